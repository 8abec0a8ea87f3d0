"""From a question to the messages that answer it, for all doors of the bot alike.

What a door hands in is how its messages are sent; what is remembered of an answer is written here.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import discord

from bot.discord.client import Client
from bot.discord.conversation import Before
from bot.discord.log import log
from bot.discord.markdown import said, seen
from bot.discord.render import SEVERAL, Message, asked_line, read_line, render, scope_line
from bot.discord.state import BadState, Given, place
from bot.discord.views import buttons
from index import Answer, Index, Reading, Scope, question_key

SHOWN, FURTHER = 3, 15
"""Quotes of an answer that are shown at once, and passages that are there for who wants more."""

_ENDS = re.compile(r"\?(?!\S)")
"""Of a question."""

Send = Callable[[Message, discord.ui.View | None], Awaitable[int]]
"""Sends a message, with buttons or without; its id."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question, who asked it where, and as a member of which server.

    echo: whether what was asked is repeated, since the others in the channel do not see it.
    public: whether they see the answer. direct: whether it is asked in a direct message. parent:
    the channel of which `channel` is a thread.
    """

    reading: Reading
    guild: int
    channel: int
    person: int
    scope: Scope | None = None
    echo: bool = False
    public: bool = True
    direct: bool = False
    parent: int | None = None


async def answer(client: Client, asked: Request, send: Send, before: Before) -> Before:
    """Answer a question, asked after those before; these and itself as it was read, which is kept
    by its messages for who goes on from it. Raises Busy, QuothError, HTTPException."""
    found, messages = await client.pool.run(lambda index: _ask(index, asked))
    log("answer", answered=found.answered, ms=round(found.elapsed_ms), messages=len(messages))
    number = await _remember(client, asked, found)
    view = None if number is None else buttons(number, found, public=asked.public)
    *first, last = messages
    ids = [await send(message, None) for message in first]
    ids.append(await send(last, view))
    if number is not None:
        await client.recall(lambda state: state.sent(number, ids), None)
    now = before.then(found.reading or asked.reading, asked.scope)
    for id in ids:
        client.keep(id, now)
    return now


def namer(
    person: discord.abc.User, known: Mapping[int, str], *, public: bool
) -> Callable[[int], str]:
    """What somebody, a role or a channel is called, as a person may see it: as Discord hands it
    over with a mention, which is in `known`, else as the server has it; "" where neither does.

    public: whether others read it, so that a channel is named only if the whole server may see it.
    """

    def name(id: int) -> str:
        if id in known or not isinstance(person, discord.Member):
            return known.get(id, "")
        if (channel := person.guild.get_channel(id)) is not None:
            readers = (person, person.guild.default_role) if public else (person,)
            told = all(channel.permissions_for(each).view_channel for each in readers)
            return channel.name if told else ""
        member, role = person.guild.get_member(id), person.guild.get_role(id)
        return member.display_name if member else role.name if role else ""

    return name


def parent(channel: object) -> int | None:
    """The channel of which one is a thread."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def words(message: discord.Message, *apart: int) -> str:
    """What a message says, in words that others may read, without the mentions of those apart."""
    known = {each.id: each.display_name for each in message.mentions}
    own = re.compile(rf"<@[!&]?(?:{'|'.join(map(str, apart)) or '-'})>")
    return seen(said(own.sub(" ", message.content), namer(message.author, known, public=True)))


def _ask(index: Index, asked: Request) -> tuple[Answer, Sequence[Message]]:
    found = index.ask(asked.reading, top=SHOWN, further=FURTHER, scope=asked.scope)
    return found, render(found, _notes(asked, found))


def _notes(asked: Request, found: Answer) -> list[str]:
    question = asked.reading.question
    notes = [asked_line(question)] if asked.echo else []
    notes += [read_line(found.question)] if found.question != question else []
    notes += [scope_line(asked.scope)] if asked.scope else []
    if not found.answered and len(_ENDS.findall(question)) > 1:
        notes.append(SEVERAL)
    return notes


async def _remember(client: Client, asked: Request, found: Answer) -> int | None:
    """The number under which the answer is kept; None, and no buttons, where it cannot be."""
    given, question = _given(asked, found), str(asked.reading)
    try:
        number = await client.remember(lambda state: state.add(given))
        if not found.answered:
            key = question_key(question)
            await client.remember(lambda state: state.add_gap(number, key=key, question=question))
        return number
    except BadState as error:
        log("state_unwritable", logging.ERROR, reason=str(error))
        return None


def _given(asked: Request, found: Answer) -> Given:
    shown = found.quotes or found.near
    return Given(
        guild=asked.guild,
        channel=asked.channel,
        asker=asked.person,
        public=asked.public,
        given=datetime.now(UTC).isoformat(timespec="seconds"),
        answered=found.answered,
        confidence=found.confidence,
        shown=len(shown),
        places=tuple(map(place, (*shown, *found.further))),
        direct=asked.direct,
        parent=asked.parent,
    )
