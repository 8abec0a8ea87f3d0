"""Messages that ask the bot something: which do, what was asked before, and the reply."""

import asyncio
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from math import inf

import discord
from discord.utils import DEFAULT_FILE_SIZE_LIMIT_BYTES

from bot.discord import asking
from bot.discord.attached import files, sendable
from bot.discord.client import Client
from bot.discord.conversation import Before
from bot.discord.failures import (
    NO_COMMAND,
    NO_MEMBER,
    NO_PLACE,
    NO_QUESTION,
    NOT_HERE,
    NOT_ME,
    NOT_SEEN,
    UNSEEN,
    Leaving,
    TooSoon,
    insist,
    survived,
    told,
)
from bot.discord.log import log
from bot.discord.markdown import without_links
from bot.discord.pages import HELP
from bot.discord.render import Message, read_asked, read_scope
from bot.discord.talk import calls_for_help, greets, is_command, thanks, without_command
from index import reads_as_question

LOOK_BACK = 30
"""Messages of a thread that are read again for its questions after a restart."""
SOON = 0.5
"""Seconds within which an answer comes without a sign before it, as nearly all do."""
TOLD_S = 60
"""Seconds for which a greeting, a call for help or a stranger gets no second reply."""


async def hear(client: Client, message: discord.Message) -> None:
    """Answer a message if it asks something; whatever fails is told. Who goes on asking too fast is
    told once: Discord takes five messages in five seconds, and others wait for theirs."""
    late = client.leaving
    try:
        with client.finishing():
            question = await _question(client, message)
            if question is not None and late:
                raise Leaving
            if question is not None:
                await _reply(client, message, question)
    except Exception as error:
        line = told(error, message.channel.id)
        if line and not (isinstance(error, TooSoon) and error.again):
            await _say(message, line)


async def _question(client: Client, message: discord.Message) -> str | None:
    """What a message asks the bot, "" where that cannot be seen; None where it asks nothing.

    A direct message all of it, and one that mentions the bot, or where it holds no more than that,
    the message that it replies to; else what reads as a question, in reply to the bot or in a
    thread in which it answered, but there not in reply to somebody else. Thanks ask nothing,
    wherever they are said.
    """
    me = client.user.id if client.user else None
    if me is None or message.author.bot or message.is_system():
        return None
    role = message.guild and message.guild.self_role
    apart = me, role.id if role else me
    if message.guild is None or _mentions(message, me) or role in message.role_mentions:
        to = _replied_to(message)
        text = _text(message, *apart) or (_text(to, *apart) if to else "")
        return None if thanks(text) else "" if greets(text) else text
    if await _replies_to_it(client, message):
        text = _text(message, *apart)
        return _asked(text) if text or _is_handed_over(client, message) else ""
    goes_on = (
        client.intents.message_content
        and isinstance(message.channel, discord.Thread)
        and not (message.mentions or message.role_mentions or message.mention_everyone)
        and not _replies_to_another(client, message)
        and await client.recall(lambda state: state.answered_in(message.channel.id), False)
    )
    return _asked(_text(message, *apart)) if goes_on else None


def _text(message: discord.Message, *apart: int) -> str:
    """What a message says, without links and a command that was sent as text."""
    return without_command(without_links(asking.words(message, *apart)))


def _replied_to(message: discord.Message) -> discord.Message | None:
    """The message of somebody else to which one replies. The bot sees its text where it mentions
    the bot as well, in direct messages, and everywhere with the intent."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return None
    to = message.reference.resolved
    return to if isinstance(to, discord.Message) and not to.author.bot else None


def _asked(text: str) -> str | None:
    """A text that was not expressly written to the bot, if it is a question and no "thanks!"."""
    return text if reads_as_question(text) else None


def _mentions(message: discord.Message, me: int) -> bool:
    """Whether a message itself mentions the bot: the mention of a reply is not in its text."""
    spelled = any(f"<@{sign}{me}>" in message.content for sign in ("", "!"))
    return spelled and any(user.id == me for user in message.mentions)


def _hint(client: Client, message: discord.Message, me: int) -> str:
    """How to ask, for who wrote what the bot is handed no question of."""
    reads = client.intents.message_content
    if message.guild is None or reads or _mentions(message, me):
        to = _replied_to(message)
        return UNSEEN if to and not to.content else NO_QUESTION
    return NOT_ME if message.role_mentions else NOT_SEEN


def _aside(question: str) -> str:
    """What is said to who asks how to ask, or sends a command as text; "" to who asks."""
    return HELP if calls_for_help(question) else NO_COMMAND if is_command(question) else ""


async def _replies_to_it(client: Client, message: discord.Message) -> bool:
    """Whether a message replies to one of the bot's. A forward refers to one too, and is none."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return False
    to = message.reference.message_id
    return client.user in message.mentions or (
        to is not None and await client.recall(lambda state: state.is_answer(to), False)
    )


def _replies_to_another(client: Client, message: discord.Message) -> bool:
    """Whether a message replies to one that is neither the bot's nor the writer's own, or to one of
    which it is not told whose it is."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return False
    to = message.reference.resolved
    return not isinstance(to, discord.Message) or to.author not in (client.user, message.author)


def _is_handed_over(client: Client, message: discord.Message) -> bool:
    """Whether the bot sees what a reply holds, so that where nothing is there nothing is asked.

    Without the intent it sees those that mention it. One to what a command sent does not, though
    Discord lists the bot as mentioned. Stickers are seen everywhere.
    """
    to = message.reference.resolved if message.reference else None
    of_command = isinstance(to, discord.Message) and to.interaction_metadata is not None
    mentions = bool(message.mentions) and not of_command
    return mentions or client.intents.message_content or bool(message.stickers)


async def _reply(client: Client, message: discord.Message, question: str) -> None:
    guild = await client.home(message.guild.id if message.guild else None, message.author.id)
    if guild is None or not question:
        me = client.user.id if client.user else 0
        nobody = NOT_HERE if message.guild else NO_MEMBER
        await _tell(client, message, nobody if guild is None else _hint(client, message, me))
        return
    if not _may_write(message):
        await _tell(client, message, NO_PLACE)
        return
    if line := _aside(question):
        await _tell(client, message, line)
        return
    async with client.taking(guild, message.author.id):
        before = await _before(client, message)
        reading, scope = before.read(question)
        asked = asking.Request(
            reading,
            *(guild, message.channel.id, message.author.id, scope),
            direct=message.guild is None,
            parent=asking.parent(message.channel),
        )
        with _typing(message) as typing:
            now = await asking.answer(client, asked, _replying_to(message, typing), before)
        client.keep(_conversation(message), now)


@contextmanager
def _typing(message: discord.Message) -> Iterator[asyncio.Task[None]]:
    """While what runs within takes long, Discord shows that the bot is typing; the task does."""
    task = asyncio.create_task(_type(message))
    try:
        yield task
    finally:
        task.cancel()


async def _type(message: discord.Message) -> None:
    """Wait, then type till cancelled; an answer waits for none of it and whatever befalls it."""
    await asyncio.sleep(SOON)
    with suppress(Exception):
        async with message.channel.typing():
            await asyncio.Event().wait()


async def _before(client: Client, message: discord.Message) -> Before:
    """What was asked before a question: of the answer that it replies to, else of its thread or
    direct channel."""
    to = message.reference.message_id if message.reference else None
    for key in (to, _conversation(message)):
        known = None if key is None else client.conversations.before(key)
        if known is not None:
            return known
    with survived(message.channel.id):
        return await _read_again(client, message)
    return Before()


async def _read_again(client: Client, message: discord.Message) -> Before:
    """The questions before one, read from Discord where they are forgotten since a restart, and the
    scope that a command was given, or that the answer which is replied to was of."""
    asked = Before()
    for former in reversed(await _former(client, message)):
        own = former.author == client.user
        question = read_asked(former.content) if own else await _question(client, former)
        if question and not _aside(question):
            reading, scope = asked.read(question)
            asked = asked.then(reading, read_scope(former.content) if own else scope)
    to = message.reference and message.reference.resolved
    if isinstance(to, discord.Message) and to.author == client.user:
        asked = replace(asked, scope=read_scope(to.content) or asked.scope)
    return asked


async def _former(client: Client, message: discord.Message) -> list[discord.Message]:
    """The messages that tell what was asked before one, newest first."""
    channel, key = message.channel, _conversation(message)
    if key is None:
        return await _asked_by(client, message.reference and message.reference.resolved)
    if not await client.recall(lambda state: state.answered_in(key), False):
        return []
    found = [each async for each in channel.history(limit=LOOK_BACK, before=message)]
    is_answer = await client.recall(lambda state: state.is_answer(key), False)
    if is_answer and isinstance(channel, discord.Thread) and channel.parent is not None:
        begun_on = client.get_partial_messageable(channel.parent.id).get_partial_message(key)
        found += await _asked_by(client, await begun_on.fetch())
    return found


async def _tell(client: Client, message: discord.Message, line: str) -> None:
    """Say a line that answers nothing, unless it was just said to the same person there: each takes
    the place of an answer. How to reply is said once, for people comment on an answer in reply to
    it, which need not be meant for the bot."""
    within = inf if line == NOT_SEEN else TOLD_S
    if client.pace.not_told(line, message.channel.id, message.author.id, within=within):
        await _say(message, line)


async def _say(message: discord.Message, line: str) -> None:
    """Reply with a line; where the bot may not write, tell it directly to who asked."""
    with survived(message.channel.id):
        if _may_write(message):
            await _post(message, Message(line))
        elif line != NOT_HERE:
            log("may_not_write", logging.WARNING, channel=message.channel.id)
            await message.author.send(f"<#{message.channel.id}>: {line}")


async def _asked_by(client: Client, answer: object) -> list[discord.Message]:
    """The question that an answer replies to, or the answer, which says what a command asked."""
    if not isinstance(answer, discord.Message) or answer.author != client.user:
        return []
    if answer.reference is None or answer.reference.message_id is None:
        return [answer]
    return [await answer.channel.fetch_message(answer.reference.message_id)]


def _conversation(message: discord.Message) -> int | None:
    """The thread or the direct channel that a message is in; elsewhere people talk at once."""
    alone = message.guild is None or isinstance(message.channel, discord.Thread)
    return message.channel.id if alone else None


def _permissions(message: discord.Message) -> discord.Permissions:
    """What the bot may do where a message is; everything, as far as is known, in direct ones."""
    if message.guild is None or isinstance(message.channel, discord.PartialMessageable):
        return discord.Permissions.all()
    return message.channel.permissions_for(message.guild.me)


def _may_write(message: discord.Message) -> bool:
    """Asked before writing: many refusals of Discord's lead to a ban."""
    held, channel = _permissions(message), message.channel
    may = held.send_messages
    if isinstance(channel, discord.Thread):
        may = held.send_messages_in_threads and (held.manage_threads or not channel.locked)
    return may and held.read_message_history  # without which Discord takes no reply


def _replying_to(message: discord.Message, typing: asyncio.Task[None]) -> asking.Send:
    """Sends what answers a message as replies to it; nothing is typed any more once there is
    something to send."""
    most = message.guild.filesize_limit if message.guild else DEFAULT_FILE_SIZE_LIMIT_BYTES

    async def send(reply: Message, view: discord.ui.View | None) -> int:
        typing.cancel()
        may_attach = _permissions(message).attach_files
        return await _post(message, sendable(reply, may_attach=may_attach, most=most), view)

    return send


async def _post(
    message: discord.Message, reply: Message, view: discord.ui.View | None = None
) -> int:
    """Reply to a message, also where it is deleted meanwhile; the reply's id. By its nonce Discord
    knows a reply that it has been sent before.
    https://discord.com/developers/docs/resources/message#create-message"""
    reference, nonce = message.to_reference(fail_if_not_exists=False), secrets.randbits(64)
    sent = await insist(
        lambda: message.channel.send(
            reply.content,
            files=files(reply),
            view=view or discord.utils.MISSING,
            reference=reference,
            nonce=nonce,
            suppress_embeds=True,
        )
    )
    return sent.id
