"""Settings: the only reader of the environment and of `.env` in the current directory."""

import hashlib
import io
import logging
import os
import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import FrameType

APPLICATIONS = "https://discord.com/developers/applications"
"""Where Discord keeps an application's token and its intents."""
NO_TOKEN = (
    "QUOTH_TOKEN is not set; put your bot's token into .env as QUOTH_TOKEN=..., in the folder "
    f"where quoth is run; you get it at {APPLICATIONS}, Bot, Reset Token"
)
SEEDS = (Path("seeds"),)
"""What the first index is built from where neither a path nor QUOTH_CORPUS is given."""
MOST_DAYS = 36_500
"""A hundred years: dates that far back can still be worked out."""
PIPE_S = 5
"""For a program that keeps secrets to fill `.env` where it is a pipe."""
_SETTING = re.compile(r"^\s*(?:export\s+)?(QUOTH_\w+)", re.MULTILINE)
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_LOOPBACK = rf"(?:localhost|127(?:\.{_OCTET}){{3}}|\[::1\])"
"""A host of this machine, as it is written out: https://www.rfc-editor.org/rfc/rfc6890#section-2.2.2

Taken whole, not picked out by a parser: parsers differ about what comes before an @, about
shortened, decimal and octal addresses, and the one that connects is not ours.
"""
_ON, _OFF = ("on", "1", "true", "yes"), ("off", "0", "false", "no")


class ConfigError(Exception):
    """A setting that cannot be used; the message, one line, names it, the reason and the mend."""


@dataclass(frozen=True, slots=True)
class Config:
    """Where the index is, what it is built from (nothing: no corpus is set), and with which model
    (None: the packaged one).

    token, guilds: the bot's at Discord, and the ids of the servers it serves (none: its first).
    application_id, discord_api: of a server on this machine that stands in for Discord (None:
    Discord itself); the address is without a slash at its end. message_content: whether the bot
    asks Discord for the text of every message. state, keep_days: the file of what the bot
    remembers, and for how many days it remembers an answer, 1 to MOST_DAYS. threshold: the least
    confidence (0..1) of an answer; None for the fitted one.
    """

    index: Path
    corpus: tuple[Path, ...]
    model: str | None
    token: str | None = field(default=None, repr=False)
    guilds: tuple[int, ...] = ()
    application_id: int | None = None
    discord_api: str | None = None
    message_content: bool = False
    state: Path = field(default_factory=lambda: default_state())
    keep_days: int = 90
    threshold: float | None = None

    @property
    def first_corpus(self) -> tuple[Path, ...]:
        """What a first index is built from, where no path is given."""
        return self.corpus or SEEDS


def read_config() -> Config:
    """The settings in force: the environment wins over `.env`; an empty value counts as unset.

    Raises ConfigError.
    """
    _need_folder()
    in_file = _from_file(Path(".env"))
    _check_names(in_file, os.environ)
    values = in_file | {name: text for name, text in os.environ.items() if text}
    index, corpus, state = map(values.get, ("QUOTH_INDEX", "QUOTH_CORPUS", "QUOTH_STATE"))
    return Config(
        index=as_path("QUOTH_INDEX", index) if index else default_index(),
        corpus=_paths(corpus) if corpus else (),
        model=values.get("QUOTH_MODEL"),
        token=_token(values.get("QUOTH_TOKEN")),
        guilds=_ids(values.get("QUOTH_GUILDS", "")),
        application_id=_id(values.get("QUOTH_APPLICATION_ID")),
        discord_api=_loopback(values.get("QUOTH_DISCORD_API")),
        message_content=_switch(values.get("QUOTH_MESSAGE_CONTENT", "off")),
        state=as_path("QUOTH_STATE", state) if state else default_state(),
        keep_days=_days(values.get("QUOTH_KEEP_DAYS", "90")),
        threshold=_share(values.get("QUOTH_THRESHOLD")),
    )


def default_index() -> Path:
    """Where the index is kept where nothing else is said: in the user's data directory."""
    return _data() / "index"


def default_state() -> Path:
    """Where what the bot remembers is kept where nothing else is said: beside the index."""
    return _data() / "bot.sqlite"


def index_of_set(documents: Path) -> Path:
    """Where the index of a question set's documents is kept: in the user's cache directory."""
    from platformdirs import user_cache_path

    name = hashlib.sha256(os.fsencode(documents.resolve())).hexdigest()[:16]
    return user_cache_path("quoth") / "sets" / name


def on_this_machine(address: str, scheme: str) -> bool:
    """Whether the address is of a loopback host and hides no other. scheme: a pattern."""
    pattern = rf"{scheme}://{_LOOPBACK}(?::([0-9]{{1,5}}))?(?:[/?][!-~]*)?"
    matched = re.fullmatch(pattern, address, re.IGNORECASE)
    return matched is not None and int(matched[1] or 0) < 2**16


def as_path(name: str, text: str) -> Path:
    """The path that the setting or option `name` gives, `~` expanded. Raises ConfigError."""
    if not text or "\0" in text:
        raise ConfigError(f"{name} is {text!r}, which is no path; name a file or a folder")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ConfigError(f"{name} is {text!r}, but there is no such home directory") from None


def _check_names(in_file: Iterable[str], in_environment: Iterable[str]) -> None:
    """Raise ConfigError for a name that is none, as by a slip: what it was to set would not hold.

    In the environment only for one that begins with QUOTH_ and is like a setting's: others may be
    of another's making, as Kubernetes sets QUOTH_PORT where there is a service of that name.
    """
    known = [f"QUOTH_{each.name.upper()}" for each in fields(Config)]
    for name in in_file:
        if name not in known and (named := _intended(name, known)):
            raise ConfigError(f".env sets {name}, which is no setting; write {named}, or remove it")
    for name in in_environment:
        if name.startswith("QUOTH_") and name not in known and (meant := _meant(name, known)):
            raise ConfigError(f"{name} is no setting; set {meant} in the environment, or unset it")


def _intended(name: str, known: Iterable[str]) -> str | None:
    """What to write in `.env` for a name that is no setting's; None for one of another program.
    QUOTE_TOKEN, QOUTH_TOKEN and QUOTH-TOKEN are slips in what all settings begin with."""
    from difflib import SequenceMatcher

    own = name.upper().replace("-", "_")
    if own.startswith("QUOTH_"):
        return _meant(own, known) or "a name in .env.example"
    begin, _, end = own.partition("_")
    like = SequenceMatcher(None, begin, "QUOTH").ratio() >= 0.75
    return f"QUOTH_{end}" if like and f"QUOTH_{end}" in known else None


def _meant(name: str, known: Iterable[str]) -> str | None:
    """The setting that a name is most like, if it is much so."""
    from difflib import get_close_matches

    named = {each.removeprefix("QUOTH_"): each for each in known}
    near = get_close_matches(name.upper().removeprefix("QUOTH_"), named, 1, cutoff=0.75)
    return named[near[0]] if near else None


def _paths(text: str) -> tuple[Path, ...]:
    paths = tuple(as_path("QUOTH_CORPUS", part) for part in text.split(os.pathsep) if part)
    if not paths:
        raise ConfigError(
            f"QUOTH_CORPUS is {text!r}, which names no path; set it to a file or a folder"
        )
    return paths


def _token(text: str | None) -> str | None:
    """Not repeated in the message: it is a secret."""
    if text and not re.fullmatch(r"[!#-&(-~]+", text.strip()):
        what = "holds what no token does, such as a space or a quotation mark"
        raise ConfigError(f"QUOTH_TOKEN {what}; copy it anew")
    return text and text.strip()


def _ids(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if not re.fullmatch(r"[0-9]{1,20}", part):
            raise ConfigError(
                f"QUOTH_GUILDS names {part!r}, which is no server id; write the ids with commas "
                "between"
            )
    return tuple(map(int, parts))


def _id(text: str | None) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,20}", text.strip()):
        raise ConfigError(
            f"QUOTH_APPLICATION_ID is {text!r}, which is no id; copy it from {APPLICATIONS}"
        )
    return int(text)


def _loopback(text: str | None) -> str | None:
    """Only where nobody else listens, for the token is sent there. Of any other address no more is
    repeated than that it is none: it may hold a password."""
    if text and not re.search(r"[?#]", text) and on_this_machine(text.strip(), "https?"):
        return text.strip().rstrip("/")
    if text:
        raise ConfigError(
            "QUOTH_DISCORD_API is no address of this machine, and the token would be sent there; "
            "write one such as http://127.0.0.1:8080, or leave it out to use Discord"
        )
    return None


def _switch(text: str) -> bool:
    word = text.strip().lower()
    if word not in _ON + _OFF:
        raise ConfigError(f"QUOTH_MESSAGE_CONTENT is {text!r}, which is neither; write on or off")
    return word in _ON


def _days(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text.strip()) and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise ConfigError(f"QUOTH_KEEP_DAYS is {text!r}; write a number of days, 1 to {MOST_DAYS}")


def _share(text: str | None) -> float | None:
    if not text:
        return None
    if re.fullmatch(r"0|1|[01]?\.[0-9]{1,9}", text.strip()) and float(text) <= 1:
        return float(text)
    raise ConfigError(
        f"QUOTH_THRESHOLD is {text!r}; write a number from 0 to 1, such as 0.35 (quoth eval shows "
        "what each does)"
    )


def _data() -> Path:
    from platformdirs import user_data_path

    return user_data_path("quoth")


def _need_folder() -> None:
    try:
        Path.cwd()
    except OSError as error:
        raise ConfigError(
            f"the current folder cannot be read: {error.strerror}; change to one that is there"
        ) from None


def _from_file(path: Path) -> dict[str, str]:
    try:
        with _at_most(PIPE_S) if path.is_fifo() else nullcontext():
            text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return {}
    except OSError as error:
        raise ConfigError(f".env cannot be read: {error.strerror}; make it readable") from None
    except UnicodeDecodeError:
        raise ConfigError(".env is not UTF-8; save it as UTF-8") from None
    return _parse(text)


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Raise ConfigError where a pipe has not been read by then. For the main thread."""

    def end(number: int, frame: FrameType | None) -> None:
        raise ConfigError(".env is a pipe into which nobody writes; make it a file, or remove it")

    former = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


def _parse(text: str) -> dict[str, str]:
    """What `.env` sets, taken literally: nothing in it is executed and no ${NAME} is expanded.

    A line that cannot be read matters only where it sets something of ours: the file may belong to
    another program that works in this directory.
    """
    from dotenv import dotenv_values

    logging.getLogger("dotenv").setLevel(logging.ERROR)
    values = dotenv_values(stream=io.StringIO(text), interpolate=False)
    for name in _SETTING.findall(text):
        if name not in values:
            raise ConfigError(f".env sets {name} in a way that cannot be read; write {name}=VALUE")
    return {name: value for name, value in values.items() if value}
