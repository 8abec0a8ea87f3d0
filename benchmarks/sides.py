"""What is timed: two sides of one thing, in turn, in one run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: medians of both sides, and their ratio with what it is to be.

    ratio: ours over theirs, of the medians. reach: what it is to be, in words.
    """

    what: str
    ours: float
    theirs: float
    unit: str
    against: str
    reach: str
    note: str = ""
    date: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.theirs else inf


def in_turn(
    ours: Callable[[], float], theirs: Callable[[], float], runs: int
) -> tuple[float, float]:
    """The medians of what both give, A B A B, so that a machine that drifts drifts for both."""
    pairs = [(ours(), theirs()) for _ in range(runs)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, by the wall."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def process(*command: str | Path, cwd: Path, **settings: str) -> tuple[float, float]:
    """Seconds by the wall and peak MiB of a whole process. Raises CalledProcessError."""
    words = [sys.executable, "-S", "-c", _LAUNCHER, *map(str, command)]
    ended = subprocess.run(
        words, cwd=cwd, env=os.environ | settings, stdout=subprocess.PIPE, text=True, check=True
    )
    wall, peak = map(float, ended.stdout.split())
    return wall, peak / (2**20 if sys.platform == "darwin" else 2**10)


_LAUNCHER = """
import os, subprocess, sys, time
began = time.perf_counter()
running = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(running.pid, 0)
print(time.perf_counter() - began, used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""
"""A small process between: the peak of a child counts what its parent held when it was forked."""
