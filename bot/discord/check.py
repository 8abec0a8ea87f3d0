"""`quoth bot --check`: what the bot needs, tried over REST alone, and the link that invites it."""

import asyncio
import errno
import logging
import os
import shlex
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import discord

from bot.codes import UNREADABLE, WRONG_USAGE
from bot.config import APPLICATIONS, NO_TOKEN, Config, ConfigError
from bot.discord import schema
from bot.discord.connection import INTENT_OFF, Connection, explained, may_read_content
from bot.wording import count
from index import Index, NoIndex, QuothError

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)
"""The least that the bot works with; the README says why each."""
PRIVATE = f"at {APPLICATIONS} set Installation, Install Link to None, then Bot, Public Bot to off"
"""Discord takes the second only after the first."""
SCOPES = ("bot", "applications.commands")
OTHER_CORPUS = "; QUOTH_CORPUS is not what it was built from; quoth index reads it"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried; where code is not 0, what is wrong with it and how to mend it."""

    about: str
    said: str
    code: int = 0


def check(config: Config) -> Sequence[Finding]:
    """What was found at Discord, in the index and in the state's file, and the invite link."""
    logging.disable()  # what a library would warn of is found here
    return (*asyncio.run(_at_discord(config)), _index(config), _state(config.state))


def exit_code(findings: Sequence[Finding]) -> int:
    """That of the worst: without its settings put right, the rest was not tried as it will be."""
    return min((finding.code for finding in findings if finding.code), default=0)


async def _at_discord(config: Config) -> Sequence[Finding]:
    try:
        with explained(config.discord_api):
            return await _logged_in(config)
    except ConfigError as error:
        return [Finding("discord", str(error), WRONG_USAGE)]
    except QuothError as error:
        return [Finding("discord", str(error), UNREADABLE)]


async def _logged_in(config: Config) -> Sequence[Finding]:
    """Raises ConfigError, and what `explained` explains."""
    if not config.token:
        raise ConfigError(NO_TOKEN)
    async with Connection(config=config, intents=discord.Intents(guilds=True)) as client:
        await client.login(config.token)
        guilds = {guild.id: guild.name async for guild in client.fetch_guilds(limit=None)}
        assert client.user is not None, "who has logged in has a user"
        return [
            Finding("discord", f"ok: logged in as {client.user.name}"),
            _application(client),
            _intents(client, config),
            _servers(guilds, config.guilds, None if config.guilds else _home(config.state)),
            Finding("invite", _link(client)),
        ]


def _application(client: discord.Client) -> Finding:
    found = client.application
    assert found is not None, "who has logged in has an application"
    if found.interactions_endpoint_url:
        mend = f"clear it at {APPLICATIONS}, General Information"
        said = f"has an Interactions Endpoint URL, so that no command reaches the bot; {mend}"
        return Finding("application", said, WRONG_USAGE)
    public = f"; Public Bot is on, so that anybody may invite it: {PRIVATE}"
    said = f"ok: {found.name} ({found.id}){public if found.bot_public else ''}"
    return Finding("application", said)


def _intents(client: discord.Client, config: Config) -> Finding:
    if not config.message_content:
        return Finding("intents", "ok: none that is privileged is asked for")
    if not may_read_content(client.application_flags):
        return Finding("intents", INTENT_OFF, WRONG_USAGE)
    return Finding("intents", "ok: Message Content Intent is on, here and at Discord")


def _servers(guilds: Mapping[int, str], named: Sequence[int], home: int | None) -> Finding:
    """The bot's servers against those of QUOTH_GUILDS, else against the one that it remembers."""
    away = [str(guild_id) for guild_id in named if guild_id not in guilds]
    if away:
        said = f"QUOTH_GUILDS names {', '.join(away)}, which the bot is not in; "
        return Finding("servers", f"{said}invite it by the link, or correct the id", WRONG_USAGE)
    served = named or ([home] if home is not None else [*guilds])
    gone = home is not None and home not in guilds
    if not named and guilds and (gone or len(served) > 1):
        why = "is not in the one that it served" if gone else "is in several"
        said = f"the bot {why} and so serves none; set QUOTH_GUILDS to those of {_list(guilds)}"
        return Finding("servers", said, WRONG_USAGE)
    others = {one: name for one, name in guilds.items() if one not in served}
    said = _list({one: guilds[one] for one in served if one in guilds})
    beside = f"; not served: {_list(others)}" if others else ""
    return Finding("servers", f"ok: {said or 'none yet; the link invites the bot'}{beside}")


def _list(guilds: Mapping[int, str]) -> str:
    return ", ".join(f"{name} ({guild_id})" for guild_id, name in guilds.items())


def _home(path: Path) -> int | None:
    """The server that the bot has settled in, as far as can be read without making the file."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as state:
            return schema.home(state)
    except sqlite3.Error:
        return None


def _link(client: discord.Client) -> str:
    assert client.application_id is not None, "who has logged in has an application"
    return discord.utils.oauth_url(client.application_id, permissions=PERMISSIONS, scopes=SCOPES)


def _index(config: Config) -> Finding:
    try:
        index = Index.open(config.index, model=config.model, threshold=config.threshold)
    except NoIndex as error:
        return _first_index(config, error)
    except QuothError as error:
        return Finding("index", str(error), UNREADABLE)
    if not index.documents:
        mend = f"fill it with: quoth index PATH --index {shlex.quote(str(config.index))}"
        return Finding("index", f"{config.index} holds no document; {mend}", UNREADABLE)
    held = f"{count(index.documents, 'document')} in {config.index}"
    said = f"ok: {held}; answers from {index.threshold:.2f} on"
    return Finding("index", f"{said}{'' if _is_of_corpus(config) else OTHER_CORPUS}")


def _first_index(config: Config, why: NoIndex) -> Finding:
    """Whether the bot can build an index where there is none yet, which is why it has none."""
    try:
        there = any(path.exists() for path in config.first_corpus)
    except OSError as error:
        reason = f"{error.filename} cannot be read ({error.strerror})"
        said = f"none in {config.index} yet, and {reason}; have the bot's user read it"
        return Finding("index", said, UNREADABLE)
    if not there:
        return Finding("index", str(why), UNREADABLE)
    built = ", ".join(map(str, config.first_corpus))
    said = f"ok: none in {config.index} yet; quoth bot builds it from {built} as it starts"
    return Finding("index", said)


def _is_of_corpus(config: Config) -> bool:
    """Whether the index was built from what is set, if anything is."""
    built = set(map(os.path.realpath, Index.built_from(config.index)))
    return not config.corpus or built == set(map(os.path.realpath, config.corpus))


def _state(path: Path) -> Finding:
    try:
        other = _try_to_write(path)
    except (OSError, sqlite3.Error) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        said = f"{path} cannot be written ({reason}); set QUOTH_STATE to a file that can"
        return Finding("state", said, WRONG_USAGE)
    if other:
        return Finding("state", f"{path}: made by {other}", WRONG_USAGE)
    return Finding("state", f"ok: {path}")


def _try_to_write(path: Path) -> str:
    """Whose the file is where it is not for this version. Nothing is written, nor made where
    nothing is yet. Raises OSError, sqlite3.Error."""
    if not path.exists():
        folder = next(parent for parent in path.absolute().parents if parent.exists())
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return ""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as state:
        state.execute("BEGIN IMMEDIATE")
        state.rollback()
        return schema.whose(state)
