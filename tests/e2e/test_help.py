"""`--help` shows how, at once, and what it shows works."""

import re
import shlex
import subprocess
import sys

import pytest

from bot.terminal.options import parse
from e2e.door import QUOTH, ROOT, Door

COMMANDS = ("index", "ask", "verify", "timeline", "chat", "status", "eval", "bot")


def examples(help: str) -> list[str]:
    _, _, after = help.partition("\nexamples:\n")
    return [line.strip() for line in after.splitlines() if line.strip()]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_help_ends_with_examples_that_are_understood(door: Door, command: str) -> None:
    ran = door.run(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    found = examples(ran.out)
    assert len(found) >= 2
    for example in found:
        quoth, *words = shlex.split(re.sub(r" [<>] \S+", "", example))
        assert quoth == "quoth"
        if "--help" in words:
            assert words[0] in COMMANDS
        else:
            assert parse(words).command == (command or words[0])


def test_the_help_of_the_program_names_every_command(door: Door) -> None:
    shown = door.run("--help").out
    assert re.findall(r"^    (\w+) ", shown, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("columns", [40, 60, 120])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    columns: int,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    with pytest.raises(SystemExit):
        parse([*command.split(), "--help"])
    said, _, _ = capsys.readouterr().out.partition("\nexamples")
    assert said
    lines = [line for line in said.splitlines() if not line.startswith("  {")]
    assert max(map(len, lines)) <= columns


def test_help_loads_nothing_slow(door: Door) -> None:
    ran = door.run("ask", "--help", PYTHONPROFILEIMPORTTIME="1")
    assert "bot.terminal.options" in ran.loaded
    assert ran.loaded.isdisjoint({"torch", "numpy", "faiss", "rich", "index"})


def test_python_m_bot_is_the_same_program_whatever_the_current_folder_holds(door: Door) -> None:
    (door.home / "index").mkdir()

    def run(*program: str) -> tuple[int, bytes, bytes]:
        ended = subprocess.run(
            [*program, "status", "--index", "nowhere"],
            capture_output=True,
            cwd=door.home,
            env=door.environment(),
        )
        return ended.returncode, ended.stdout, ended.stderr

    assert run(sys.executable, "-m", "bot") == run(QUOTH)
    assert run(QUOTH)[0] == 3


def test_the_version_is_that_of_the_distribution(door: Door) -> None:
    from importlib.metadata import version

    assert door.run("--version").seen == (0, f"quoth {version('quoth')}\n", "")


@pytest.mark.parametrize(
    ("script", "named"),
    [
        (["docs/session.py"], "--check    exits 1"),
        (["docs/pictures.py"], "--check    exits 1"),
        (["-m", "benchmarks.stall"], "benchmarks.stall [FILE]"),
        (["-m", "benchmarks"], "1000, 10000, 100000"),
    ],
)
def test_a_script_that_runs_long_or_writes_files_only_shows_its_help(
    script: list[str], named: str
) -> None:
    command = [sys.executable, *script, "--help"]
    ended = subprocess.run(command, capture_output=True, cwd=ROOT, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert named in ended.stdout
