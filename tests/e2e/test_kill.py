"""A build that is killed at any moment leaves the former index whole, and the next cleans up."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from e2e.door import QUOTH, Door, current, last_words
from index import Index
from index.models.encode import SentenceEncoder

ALONE = ("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child")
TEN_PERCENT = "when was the 10% rule dropped?"


class Dying:
    """Builds that are killed; see dying_builds.py."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self._running = running

    def build(self, docs: Path, directory: Path, kind: str, number: int) -> int:
        """The exit code of a build that is killed at that step or report, or ends before it."""
        assert self._running.stdin
        assert self._running.stdout
        self._running.stdin.write(f"{kind} {number} {docs} {directory}\n")
        return int(self._running.stdout.readline())


@pytest.fixture(scope="module")
def dying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dying]:
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("dying_builds.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        env=Door(tmp_path_factory.mktemp("dying")).environment(TOKENIZERS_PARALLELISM="false"),
    ) as running:
        yield Dying(running)
        running.kill()


def sources(directory: Path, encoder: SentenceEncoder) -> set[str]:
    return {source.id for source in Index.open(directory, model=encoder).status().sources}


def leftovers(directory: Path) -> set[str]:
    """What lies in an index beside what it consists of."""
    names = {path.name for path in (*directory.iterdir(), *(directory / "generations").iterdir())}
    return names - {"current.json", "lock", "generations", current(directory).name}


def test_a_build_killed_at_any_step_leaves_the_former_index_or_the_new_one(
    settled: Door, encoder: SentenceEncoder, dying: Dying
) -> None:
    docs, former = settled.home / "docs", settled.home / "idx"
    for long in ("001_d6e10a7ef917b09b.txt", "002_b4eacca091bd7850.txt"):
        (docs / long).unlink()
    Index.build([docs], former, model=encoder)
    before = {path.name for path in docs.iterdir()}
    (docs / "004_260a84af7aca67c8.txt").unlink()
    (docs / "003_77119e96c5a50260.txt").rename(docs / "renamed.txt")
    after = {path.name for path in docs.iterdir()}
    found: list[set[str]] = []
    for step in count(1):
        directory = settled.home / f"killed-{step}"
        shutil.copytree(former, directory)
        code = dying.build(docs, directory, "step", step)
        found.append(sources(directory, encoder))
        answer = Index.open(directory, model=encoder).ask(TEN_PERCENT)
        assert "pulled the amendment" in answer.quotes[0].text

        replaced = current(directory).name
        Index.build([docs], directory, model=encoder)
        assert sources(directory, encoder) == after
        assert leftovers(directory) <= {replaced}
        shutil.rmtree(directory)
        if code == 0:
            break
        assert code == -9
    assert len(found) > 50
    changed = found.index(after)
    assert found == [before] * changed + [after] * (len(found) - changed)
    assert 10 < changed < len(found) - 1


def test_a_build_killed_while_it_encodes_leaves_the_former_index(
    settled: Door, encoder: SentenceEncoder, dying: Dying
) -> None:
    docs, idx = settled.home / "docs", settled.home / "idx"
    before = {path.name for path in docs.iterdir()}
    years = [f"In {year} the river rose by {year % 97} feet.\n\n" for year in range(1900, 1930)]
    (docs / "chronicle.txt").write_text("".join(years))
    found: list[set[str]] = []
    while dying.build(docs, idx, "report", len(found) + 1) == -9:
        found.append(sources(idx, encoder))
    # Six files are read and two batches encoded before it writes; the last report is that it has.
    assert len(found) >= 6 + 2 + 2
    assert found == [before] * (len(found) - 1) + [before | {"chronicle.txt"}]


@pytest.mark.skipif(
    not shutil.which(ALONE[0]) or subprocess.call([*ALONE, "true"], stderr=subprocess.DEVNULL) != 0,
    reason="nobody may be process 1 here",
)
def test_process_1_of_a_container_ends_when_it_is_told_to(door: Door) -> None:
    """The kernel keeps from it all signals that it does not ask for."""
    with at_work(door, *ALONE) as outer:
        (inner,) = Path(f"/proc/{outer.pid}/task/{outer.pid}/children").read_text().split()
        os.kill(int(inner), signal.SIGTERM)
        assert outer.wait(30) == 128 + signal.SIGTERM


def test_any_other_process_that_is_told_to_end_is_ended_by_the_signal(door: Door) -> None:
    with at_work(door) as command:
        command.terminate()
        assert command.wait(30) == -signal.SIGTERM
        assert command.stderr
        assert command.stderr.read() == b""


@contextmanager
def at_work(home: Door, *before: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that has begun, and goes on till it is told to end: it reads a pipe."""
    os.mkfifo(home.home / ".env")
    words, err = (*before, QUOTH, "status"), subprocess.PIPE
    with subprocess.Popen(words, cwd=home.home, env=home.environment(), stderr=err) as command:
        writer = os.open(home.home / ".env", os.O_WRONLY)  # waits for who reads
        try:
            yield command
        finally:
            command.kill()
            os.close(writer)


def test_the_command_killed_leaves_the_former_index_and_runs_again(settled: Door) -> None:
    docs, idx = settled.home / "docs", settled.home / "idx"
    (docs / "new.txt").write_text(" ".join(f"Text {n} takes time to embed." for n in range(2000)))
    before = settled.run("status", "--index", "idx", "--json").out
    held = leftovers(idx)
    terminal = settled.on_terminal("index", "docs", "--index", "idx")
    terminal.expect("encoding")
    terminal.kill(9)
    last_words(terminal)
    assert terminal.signalstatus == 9
    (draft,) = leftovers(idx) - held

    assert settled.run("status", "--index", "idx", "--json").out == before
    (docs / "new.txt").unlink()
    ran = settled.run("index", "docs", "--index", "idx")
    assert ran.out.startswith("5 documents (0 added, 0 changed, 5 unchanged, 0 removed), ")
    assert draft not in leftovers(idx)
