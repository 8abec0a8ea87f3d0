"""Many questions to one open index: lines of standard input, or a conversation at a prompt."""

import contextlib
import io
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.terminal import note, print_question, print_reading, waiting

if TYPE_CHECKING:
    from index import Answer, Index, Reading

_REMEMBERED = 1000
"""Questions kept in the history file."""

_NOT_UTF8 = re.compile("[\ud800-\udfff]")
"""How Python keeps bytes that are not UTF-8: https://peps.python.org/pep-0383/"""


@dataclass(slots=True)
class Desk:
    """An open index and how its answers are written."""

    index: "Index"
    top: int
    write: Callable[["Answer"], None]
    quiet: bool = False
    """Whether nothing moves during a question: always in JSON, else once the first has loaded the
    model, which takes seconds."""

    def ask(self, question: "str | Reading") -> bool:
        """Write the answer; False if the documents have none. Raises BadQuestion."""
        check(str(question))
        with contextlib.nullcontext() if self.quiet else waiting("loading the model"):
            answer = self.index.ask(question, top=self.top)
        self.quiet = True
        self.write(answer)
        return answer.answered


def check(question: str) -> None:
    """Raise BadQuestion, at once and without an index, for what cannot be asked."""
    from index import BadQuestion, read_question

    if _NOT_UTF8.search(question):
        raise BadQuestion("the question is not UTF-8; write it in UTF-8")
    read_question(question)


def answer_lines(desk: Desk, questions: Iterable[str], *, json: bool) -> None:
    """Answer each line; one that cannot be asked is named on stderr, in JSON it is unanswered."""
    from index import Answer, BadQuestion

    for number, question in enumerate(questions, 1):
        if not json:
            print_question(question)
        try:
            desk.ask(question)
        except BadQuestion as error:
            note(f"line {number}: {error}")
            if json:
                asked = question.encode("utf-8", "backslashreplace").decode()
                desk.write(Answer(asked, False, 0.0, None, (), (), 0.0))
        if not json:
            print(flush=True)


def chat(desk: Desk, questions: Iterable[str], *, echo: bool) -> None:
    """Answer each question in the light of those before it, until `exit` or `quit`."""
    from index import BadQuestion, read_follow_up

    before: list[Reading] = []
    for question in filter(None, map(str.strip, questions)):
        if question in ("exit", "quit"):
            return
        if echo:
            print_question(question)
        reading = read_follow_up(question, before)
        if str(reading) != question:
            print_reading(str(reading))
        try:
            desk.ask(reading)
            before.append(reading)
        except BadQuestion as error:
            note(error)
        print(flush=True)


def piped_lines() -> Generator[str]:
    """Lines as they come, without their ends; bytes that are not UTF-8 are kept as surrogates."""
    for line in sys.stdin.buffer:
        yield line.rstrip(b"\r\n").decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def typed_lines() -> Generator[str]:
    """Lines typed on the terminal until Ctrl-D; Ctrl-C gives up a line and asks for another."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    with _history():
        while True:
            try:
                line = input("> ")
            except EOFError:
                print()
                return
            except KeyboardInterrupt:
                print()
                continue
            yield line


@contextlib.contextmanager
def _history() -> Iterator[None]:
    """Line editing with a history, where Python has readline and the file can be kept."""
    try:
        import readline
    except ImportError:
        yield
        return
    path = _history_file()
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    try:
        yield
    finally:
        readline.set_history_length(_REMEMBERED)
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            readline.write_history_file(path)


def _history_file() -> Path:
    from platformdirs import user_state_path

    return user_state_path("quoth") / "history"
