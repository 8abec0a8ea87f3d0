"""Settings: the only reader of the environment and of `.env` in the current directory."""

import io
import logging
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

APPLICATIONS = "https://discord.com/developers/applications"
"""Where Discord keeps an application's token and its intents."""
_SETTING = re.compile(r"^\s*(?:export\s+)?(QUOTH_\w+)", re.MULTILINE)


class ConfigError(Exception):
    """A setting that cannot be used; the message, one line, names it, the reason and the mend."""


@dataclass(frozen=True, slots=True)
class Config:
    """Where the index is, what it is built from, and with which model (None: the packaged one).

    token, guilds: the bot's at Discord, and the ids of the servers it serves (none: its only one).
    """

    index: Path
    corpus: tuple[Path, ...]
    model: str | None
    token: str | None = field(default=None, repr=False)
    guilds: tuple[int, ...] = ()


def read_config() -> Config:
    """The settings in force: the environment wins over `.env`; an empty value counts as unset.

    Raises ConfigError.
    """
    values = _from_file(Path(".env")) | {name: text for name, text in os.environ.items() if text}
    index = values.get("QUOTH_INDEX")
    return Config(
        index=as_path("QUOTH_INDEX", index) if index else default_index(),
        corpus=_paths("QUOTH_CORPUS", values.get("QUOTH_CORPUS", "seeds")),
        model=values.get("QUOTH_MODEL"),
        token=_token("QUOTH_TOKEN", values.get("QUOTH_TOKEN")),
        guilds=_ids("QUOTH_GUILDS", values.get("QUOTH_GUILDS", "")),
    )


def default_index() -> Path:
    """Where the index is kept where nothing else is said: in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("quoth") / "index"


def as_path(name: str, text: str) -> Path:
    """The path that the setting or option `name` gives, `~` expanded. Raises ConfigError."""
    if not text or "\0" in text:
        raise ConfigError(f"{name} is {text!r}, which is no path; name a file or a folder")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ConfigError(f"{name} is {text!r}, but there is no such home directory") from None


def _paths(name: str, text: str) -> tuple[Path, ...]:
    paths = tuple(as_path(name, part) for part in text.split(os.pathsep) if part)
    if not paths:
        raise ConfigError(f"{name} is {text!r}, which names no path; set it to a file or a folder")
    return paths


def _token(name: str, text: str | None) -> str | None:
    """Not repeated in the message: it is a secret."""
    if text and not re.fullmatch(r"[!-~]+", text.strip()):
        raise ConfigError(f"{name} holds what no token does, such as a space; copy it anew")
    return text and text.strip()


def _ids(name: str, text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if not re.fullmatch(r"[0-9]{1,20}", part):
            raise ConfigError(
                f"{name} names {part!r}, which is no server id; write the ids with commas between"
            )
    return tuple(map(int, parts))


def _from_file(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return {}
    except OSError as error:
        raise ConfigError(f".env cannot be read: {error.strerror}; make it readable") from None
    except UnicodeDecodeError:
        raise ConfigError(".env is not UTF-8; save it as UTF-8") from None
    return _parse(text)


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
