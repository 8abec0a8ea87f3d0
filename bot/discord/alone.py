"""One bot a state at a time: a second one would answer every question again."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.discord.state import BadState

WAIT_S = 5
"""For a bot that is leaving: the one that takes its place may be started before it has ended."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other bots from the state at `path` while the block lasts. Raises BadState.

    The lock is beside the file, for SQLite has locks of its own on that. Where there can be none,
    as in a folder that cannot be written, the state itself says what is wrong.
    """
    lock = _opened(Path(f"{os.path.realpath(path)}.lock"))
    if lock is None:
        yield
        return
    try:
        _take(lock, path)
        yield
    finally:
        os.close(lock)


def _opened(path: Path) -> int | None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None


def _take(lock: int, path: Path) -> None:
    """Take the lock, and write into it who has it. The kernel lets go of it with the process."""
    until = time.monotonic() + WAIT_S
    while not _took(lock):
        if time.monotonic() > until:
            holder = os.pread(lock, 1000, 0).decode(errors="replace") or "another process"
            raise BadState(
                f"{path}: {holder} is a bot with this state, and two would answer everything "
                "twice; stop that one first; a bot with another token needs another QUOTH_STATE"
            )
        time.sleep(0.1)
    with suppress(OSError):  # the disk is full: the state itself says so
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"process {os.getpid()} on {os.uname().nodename}".encode(), 0)


def _took(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # there are no locks on this file system
        return True
    return True
