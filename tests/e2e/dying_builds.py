"""Builds that are killed: for each line `KIND NUMBER DOCS DIRECTORY` it reads, one that dies.

Run as a program: the model is loaded once, and each build is a child that shares it. It dies just
before the step, or at the report of progress, of that number; a step is a call that could change a
file or the lock.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from index import Index
from index.models.encode import SentenceEncoder

HARMLESS = set(
    "fspath stat lstat fstat getpid uname listdir scandir read close fileno fsync flush seek tell "
    "isatty lseek".split()
)


class Countdown:
    def __init__(self, left: int) -> None:
        self.left = left

    def count(self, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, _frame: object, event: str, called: Any) -> None:
        if event == "c_call" and _may_change_a_file(called.__module__, called.__name__):
            self.count()


def _may_change_a_file(module: str | None, name: str) -> bool:
    if module in ("posix", "fcntl", "io", "_io"):
        return name not in HARMLESS
    return name in ("write", "writelines", "truncate")


def build(docs: Path, directory: Path, encoder: SentenceEncoder, death: tuple[str, int]) -> None:
    kind, number = death
    countdown = Countdown(number)
    if kind == "step":
        sys.setprofile(countdown.watch)
    progress = countdown.count if kind == "report" else None
    Index.build([docs], directory, model=encoder, progress=progress)


def main() -> None:
    encoder = SentenceEncoder()
    encoder.load()
    for line in sys.stdin:
        kind, number, docs, directory = line.split()
        child = os.fork()
        if child == 0:
            build(Path(docs), Path(directory), encoder, (kind, int(number)))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
