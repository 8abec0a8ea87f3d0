"""What can go wrong for who asks on Discord, and what they are told of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from math import ceil
from time import monotonic
from typing import TypeVar

import aiohttp
import discord
from discord import app_commands

from bot.discord.log import UNKNOWN_INTERACTION, log, place
from bot.discord.markdown import escape, short
from bot.discord.pool import Busy
from bot.discord.state import BadState
from bot.wording import count
from index import BadQuestion, QuothError

T = TypeVar("T")

UNREACHED: tuple[type[Exception], ...] = (aiohttp.ClientError, ConnectionError, TimeoutError)
"""What is raised where Discord cannot be reached, or does not answer; not all is aiohttp's own."""
NOT_TAKEN: tuple[type[Exception], ...] = (discord.HTTPException, *UNREACHED)
"""What is raised where Discord refuses something, or is not there to take it."""
TOO_LATE = (UNKNOWN_INTERACTION, 10015, 50027)
"""Discord's codes for an interaction whose 3 seconds, or 15 minutes, are over.
https://discord.com/developers/docs/topics/opcodes-and-status-codes"""
MAY_NOT = (50001, 50013)
"""Discord's codes for a channel that the bot does not see, and for a permission that it lacks."""
ACKNOWLEDGED = 40060
"""Discord's code for an interaction that was acknowledged before."""
AGAIN_AFTER = 1
"""Seconds that discord.py, and `insist`, wait at least before they send anew what Discord failed
to answer."""
PAUSES = (1, 2, 4, 8, 16)
"""Seconds before each further attempt to say something."""
UNAVAILABLE = 503
"""The status of an outage after which discord.py does not send all of it anew."""

NOT_HERE = "I am not set up here."
NO_MEMBER = "I only answer members of the servers that I serve."
BUSY = "I am busy with other questions; ask again in a moment."
LEAVING = "I am being restarted; ask again in a minute."
NO_QUESTION = (
    "Ask me a question, and I answer with the exact words of the documents. "
    'Say "help" to me to see what else I can do.'
)
UNSEEN = (
    "I cannot read the message that you reply to\\: write its question beside my @, or use /ask."
)
NOT_SEEN = "I can read a reply only if it mentions me\\: write my @ into it, or use /ask."
NOT_ME = "That is my role, and I am not told what is written to it\\: mention me, or use /ask."
NO_COMMAND = (
    "I do not take commands from a message\\: in a channel of your server type `/`, and choose "
    "it from the list that appears."
)
NO_PLACE = "I may not write there; use /ask, or ask me here."
NO_FILES = "The file is left out\\: I may not attach any here."
TOO_BIG = "The file is left out\\: it is too big to be attached here."
NOT_READ = "I cannot read the documents just now. Please tell an admin\\: my log says why."
FORGETFUL = "I cannot reach my notes just now. Please tell an admin\\: my log says why."
FAILED = (
    "Something went wrong. Try again; if it happens again, please tell an admin\\: my log says why."
)


MOST_REASON = 900
"""Characters: a message holds them however many of them are escaped."""


class Leaving(Exception):
    """The bot has been told to leave, and takes nothing further."""


class TooSoon(Exception):
    """A person asks faster than their server allows, in as many seconds they may; again: they have
    been told so since their last question."""

    def __init__(self, seconds: int, *, again: bool) -> None:
        super().__init__(seconds)
        self.seconds, self.again = seconds, again


def told(error: Exception, channel: int | None = None) -> str | None:
    """Log an error, once; what to tell the person, or None where there is no way to tell. channel:
    where it befell them.

    In this order: asked too soon; cannot be taken now; cannot be asked; not for this person; a
    state or an index that cannot be read; what Discord refuses (deleted, not permitted, too big,
    down, or too late, which Discord itself says to who asked); a Discord that is out of reach;
    anything else, a mistake of ours.
    """
    if isinstance(error, TooSoon):
        return f"One question at a time\\: you can ask again in {_lasting(error.seconds)}."
    if isinstance(error, Busy | Leaving):
        log("turned_away")
        return BUSY if isinstance(error, Busy) else LEAVING
    if isinstance(error, BadQuestion):
        return escape(short(_sentence(str(error)), MOST_REASON))
    if isinstance(error, app_commands.CheckFailure):
        return escape(str(error))
    if isinstance(error, QuothError):
        state = isinstance(error, BadState)
        event = "state_unreadable" if state else "index_unreadable"
        log(event, logging.ERROR, error=type(error).__name__, reason=str(error))
        return FORGETFUL if state else NOT_READ
    if isinstance(error, discord.HTTPException):
        log("discord_refused", logging.WARNING, **_refusal(error, channel))
        return None if error.code in TOO_LATE else FAILED
    if isinstance(error, UNREACHED):
        log("discord_unreached", logging.WARNING, error=type(error).__name__, **_where(channel))
        return FAILED
    log("failed", logging.ERROR, error=type(error).__name__, at=place(error))
    return FAILED


def _refusal(error: discord.HTTPException, channel: int | None) -> dict[str, object]:
    """What Discord refused, where, and the mend where a permission is missing. Not what it says:
    that may hold what was sent."""
    mend = "give the bot, in that channel, the permissions that its invite link asks for"
    what = {"mend": mend} if channel and error.code in MAY_NOT else {}
    return {"status": error.status, "code": error.code, **_where(channel), **what}


def _where(channel: int | None) -> dict[str, object]:
    return {"channel": channel} if channel else {}


def _sentence(line: str) -> str:
    """A line as a sentence, as all that the bot says is one."""
    whole = line.endswith((".", "?", "!", '"'))
    return f"{line[:1].upper()}{line[1:]}{'' if whole else '.'}"


def _lasting(seconds: int) -> str:
    """A time to wait as people say it: never less than it is."""
    return count(seconds, "second") if seconds < 60 else count(ceil(seconds / 60), "minute")


@contextmanager
def survived(channel: int | None = None) -> Iterator[None]:
    """What Discord refuses within, or is not there to take, is logged, and no more. channel: where
    that is."""
    try:
        yield
    except NOT_TAKEN as error:
        told(error, channel)


async def insist(send: Callable[[], Awaitable[T]]) -> T:
    """What `send` returns: it is called again, for half a minute, where the connection breaks or
    Discord is down, after which discord.py gives up at once. Raises what the last attempt does."""
    for number, pause in enumerate(PAUSES):
        try:
            return await send()
        except NOT_TAKEN as error:
            if isinstance(error, discord.HTTPException) and error.status != UNAVAILABLE:
                raise
            if number == 0:
                log("sent_again", logging.WARNING, error=type(error).__name__)
        await asyncio.sleep(pause)
    return await send()


@contextmanager
def acknowledged() -> Iterator[None]:
    """An acknowledgement within is taken for given where Discord says that it was given before.

    discord.py sends one again that Discord failed to answer, after a while; if it is given at once,
    it was by another bot, which Discord tells of all that this one is told of.
    """
    began = monotonic()
    try:
        yield
    except discord.HTTPException as error:
        if error.code != ACKNOWLEDGED:
            raise
        if monotonic() - began < AGAIN_AFTER:
            mend = "stop the other bot that runs with this token, or reset the token"
            log("answered_by_another", logging.WARNING, mend=mend)
        else:
            log("acknowledged_before", logging.WARNING)
