"""The installed command, run as a person or a program runs it, in a home of its own."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]  # it has no type hints

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
QUOTH = str(Path(sys.executable).with_name("quoth"))

NO_NETWORK = {
    f"{name}_{end}": "http://127.0.0.1:9"
    for name in ("http", "https", "all", "HTTP", "HTTPS", "ALL")
    for end in ("proxy", "PROXY")
}
"""Port 9 takes no connection: whatever would be downloaded fails."""

CAFE = os.fsdecode(b"caf\xe9") if sys.platform != "darwin" else "caf\u00e9"
"""Part of a file name that is not UTF-8; the file systems of macOS take no such names."""

ONE_THREAD = {"OMP_NUM_THREADS": "1"}
"""The threads of two processes wait for each other on few cores: ten times as long a question."""


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def seen(self) -> tuple[int, str, str]:
        return self.code, self.out, self.err

    @property
    def loaded(self) -> set[str]:
        """What Python imported, where PYTHONPROFILEIMPORTTIME made it say so."""
        return {line.rpartition("|")[2].strip() for line in self.err.splitlines()}


@dataclass(frozen=True)
class Door:
    """Runs `quoth` with `home` as its home and current directory, and no settings of its own."""

    home: Path

    def environment(self, **settings: str) -> dict[str, str]:
        base = {name: os.environ[name] for name in ("PATH", "XDG_CACHE_HOME")}
        base |= {"HOME": str(self.home), "LANG": "C.UTF-8"}
        return base | {"TERM": "xterm-256color"} | NO_NETWORK | ONE_THREAD | settings

    def run(self, *words: str | Path, stdin: bytes = b"", **settings: str) -> Ran:
        ended = subprocess.run(
            [QUOTH, *words],
            input=stdin,
            capture_output=True,
            cwd=self.home,
            env=self.environment(**settings),
        )
        return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def start(self, *words: str | Path, **settings: str) -> subprocess.Popen[bytes]:
        """A command that runs on, its three streams piped."""
        return subprocess.Popen(
            [QUOTH, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.home,
            env=self.environment(**settings),
        )

    def on_terminal(self, *words: str | Path, columns: int = 80, **settings: str) -> pexpect.spawn:
        return pexpect.spawn(
            QUOTH,
            [str(word) for word in words],
            cwd=str(self.home),
            env=self.environment(**settings),
            dimensions=(24, columns),
            encoding="utf-8",
            timeout=120,
            use_poll=True,  # select() takes no file above the 1,024th that a process has open
            # What runs in the background of a script ignores Ctrl-C, and so would what it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )


def last_words(terminal: pexpect.spawn) -> tuple[str, int | None]:
    """What a terminal still shows until its command ends, and the exit code."""
    shown = terminal.read()
    terminal.close()
    return shown, terminal.exitstatus


def plain(shown: str) -> str:
    """What a terminal shows, without escape sequences; what is drawn again is there again."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r\n", "\n")


def current(index: Path) -> Path:
    """The folder of the generation that an index consists of."""
    name: str = json.loads((index / "current.json").read_text())["generation"]
    return index / "generations" / name


def one_line(err: str) -> str:
    """The single message on standard error."""
    assert err.startswith("quoth: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    return err.removeprefix("quoth: ").removesuffix("\n")


ANSWER = {
    "question": (str,),
    "answered": (bool,),
    "confidence": (float,),
    "when": (dict, type(None)),
    "quotes": (list,),
    "near": (list,),
    "elapsed_ms": (float,),
}
QUOTE = {
    "text": (str,),
    "source": (str,),
    "start": (int,),
    "end": (int,),
    "line_start": (int,),
    "line_end": (int,),
    "highlight": (list,),
    "title": (str, type(None)),
    "date": (str, type(None)),
    "sha256": (str,),
    "score": (float,),
}
WHEN = {"date": (str,), "basis": (str,), "text": (str,)}
ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def _in_order(quotes: list[dict[str, Any]]) -> bool:
    """By score; but where documents of several dates disagree, those that do come first, the
    newest foremost."""
    dates, scores = [q["date"] for q in quotes], [q["score"] for q in quotes]
    disagree = [n for n in range(2, len(quotes) + 1) if _are_newest_first(dates[:n])]
    return any(scores[n:] == sorted(scores[n:], reverse=True) for n in (0, *disagree))


def _are_newest_first(dates: list[str | None]) -> bool:
    told = [date for date in dates if date]
    return told == dates and len(set(told)) > 1 and told == sorted(told, reverse=True)


def check_answer(answer: dict[str, Any], folder: Path, *, top: int = 3) -> None:
    """All that is promised of an answer, whatever the question."""
    _check_fields(answer, ANSWER)
    assert 0 <= answer["confidence"] <= 1
    assert answer["answered"] == bool(answer["quotes"])
    assert not (answer["quotes"] and answer["near"])
    _check_when(answer["when"], answer["quotes"])
    for quotes in (answer["quotes"], answer["near"]):
        assert len(quotes) <= top
        assert _in_order(quotes)
        for quote in quotes:
            check_quote(quote, folder)
        _check_apart(quotes)


def check_quote(quote: dict[str, Any], folder: Path) -> None:
    """The quote, its lines and its highlights are the file's own."""
    _check_fields(quote, QUOTE)
    raw = (folder / quote["source"]).read_bytes()
    text, start, end = raw.decode("utf-8"), quote["start"], quote["end"]
    assert quote["sha256"] == hashlib.sha256(raw).hexdigest()
    assert quote["text"] == text[start:end]
    assert quote["text"]
    assert not quote["text"][0].isspace()
    assert not quote["text"][-1].isspace()
    assert quote["line_start"] == text[:start].count("\n") + 1
    assert quote["line_end"] == text[: end - 1].count("\n") + 1
    edges = [start, *(edge for span in quote["highlight"] for edge in span), end]
    assert edges == sorted(edges)
    assert all(a < b for a, b in quote["highlight"])
    assert quote["date"] is None or ISO.fullmatch(quote["date"])


def _check_fields(value: dict[str, Any], fields: Mapping[str, tuple[type, ...]]) -> None:
    assert list(value) == list(fields)
    for name, kinds in fields.items():
        assert type(value[name]) in kinds, (name, value[name])


def _check_when(when: dict[str, Any] | None, quotes: list[dict[str, Any]]) -> None:
    if when is None:
        return
    _check_fields(when, WHEN)
    assert ISO.fullmatch(when["date"])
    assert when["text"]
    assert quotes
    if when["basis"] == "document":
        assert when["date"] == quotes[0]["date"]
    else:
        assert when["basis"] in ("stated", "relative")
        assert when["text"] in quotes[0]["text"]


def _check_apart(quotes: list[dict[str, Any]]) -> None:
    places = sorted((q["source"], q["start"], q["end"]) for q in quotes)
    for (source, _, end), (following, start, _) in pairwise(places):
        assert source != following or end <= start
