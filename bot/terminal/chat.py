"""Many questions to one open index: lines of standard input, or a conversation at a prompt."""

import contextlib
import io
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from bot.terminal.console import note, print_question, print_reading, waiting

if TYPE_CHECKING:
    from index import Answer, Reading, Timeline, Verdict

LEAVE = "exit or Ctrl-D leaves; help says how to ask"
HELP = (
    'Ask in whole words, such as "who signs off leave?"; "and when?" goes on from the question '
    "before. exit, quit or Ctrl-D leaves."
)
_REMEMBERED = 1000
"""Questions kept in the history file."""

_NOT_UTF8 = re.compile("[\ud800-\udfff]")
"""How Python keeps bytes that are not UTF-8: https://peps.python.org/pep-0383/"""


Found = TypeVar("Found", "Answer", "Timeline", "Verdict")


@dataclass(slots=True)
class Desk(Generic[Found]):
    """What one kind of asking needs.

    find: asks the index. write: shows what was found; False if the documents have none of it.
    nothing: what is written, in JSON, of a line that cannot be asked.
    """

    find: Callable[["str | Reading"], Found]
    write: Callable[[Found], bool]
    nothing: Callable[[str], Found]
    what: Literal["question", "sentence"] = "question"
    quiet: bool = False
    """Whether nothing moves during a question: always in JSON, else once the first has loaded the
    model, which takes seconds."""

    says_reading: bool = False
    """Whether it is written how a question was read, if that is not as it was typed."""

    def ask(self, asked: "str | Reading") -> bool:
        """Find and write; False if the documents have nothing. Raises BadQuestion."""
        return self.write(self.look(asked))

    def look(self, asked: "str | Reading", typed: str | None = None) -> Found:
        """Find, and say how it was read, if that is not as a person typed it. Raises BadQuestion.

        typed: what a person wrote, if it was not what is asked.
        """
        check(str(asked), self.what)
        with contextlib.nullcontext() if self.quiet else waiting("loading the model"):
            found = self.find(asked)
        self.quiet = True
        read = getattr(found, "question", "")
        if self.says_reading and read != (typed or str(asked)):
            print_reading(read)
        return found


def check(asked: str, what: str) -> None:
    """Raise BadQuestion, at once and without an index, for what cannot be asked."""
    from index import BadQuestion, check_sentence, read_question

    if _NOT_UTF8.search(asked):
        raise BadQuestion(f"the {what} is not UTF-8; write it in UTF-8")
    check_sentence(asked) if what == "sentence" else read_question(asked)


def answer_lines(desk: Desk[Found], lines: Iterable[str], *, json: bool) -> None:
    """Answer each line; one that cannot be asked is named on stderr, in JSON it is unanswered."""
    from index import BadQuestion

    for number, line in enumerate(lines, 1):
        if not json:
            print_question(line)
        try:
            desk.ask(line)
        except BadQuestion as error:
            note(f"line {number}: {error}")
            if json:
                desk.write(desk.nothing(line.encode("utf-8", "backslashreplace").decode()))
        if not json:
            print(flush=True)


def chat(desk: "Desk[Answer]", questions: Iterable[str], *, echo: bool) -> None:
    """Answer each question in the light of those before it, until `exit` or `quit`;
    `help` says how."""
    from index import BadQuestion, read_follow_up

    before: list[Reading] = []
    for question in filter(None, map(str.strip, questions)):
        if question in ("exit", "quit"):
            return
        if echo:
            print_question(question)
        if question.lower() == "help":
            print(f"{HELP}\n", flush=True)
            continue
        reading = read_follow_up(question, before)
        try:
            found = desk.look(reading, question)
            desk.write(found)
            before.append(found.reading or reading)
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
    print(LEAVE)
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
