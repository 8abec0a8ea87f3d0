"""The Discord client: what it listens to, whom it serves, and what it says when something fails.

The event loop only talks to Discord. Whatever touches the index, the model, files or the state runs
on the threads of a Pool and of a Clerk.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from math import ceil
from time import monotonic
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext import tasks

from bot import asking, commands
from bot.conversation import Conversations
from bot.log import log, place
from bot.markdown import escape
from bot.pool import Busy, Clerk, Pool
from bot.render import Message
from bot.state import BadState, Settings, State
from bot.views import Act, Turn
from index import BadQuestion, QuothError, Reading, read_follow_up, reads_as_question

T = TypeVar("T")
Interaction = discord.Interaction["Client"]

PATIENCE = 30
"""Seconds that answers in flight are given when the bot is told to leave."""
LOOK_BACK = 30
"""Messages of a thread that are read again for its questions after a restart."""
TOO_LATE = (10062, 10015, 50027)
"""Discord's codes for an interaction whose 3 seconds, or 15 minutes, are over.
https://discord.com/developers/docs/topics/opcodes-and-status-codes"""

NOT_HERE = "I am not set up here."
BUSY = "I am busy with other questions; ask again in a moment."
LEAVING = "I am being restarted; ask again in a minute."
NO_QUESTION = "Mention me with a question, or use /ask."
NOT_SEEN = "I can read a reply only where it mentions me\\: leave its @ on, or use /ask."
NO_FILES = "The answer is too long for messages, and I may not attach files here."
LATE = "Discord gave me no time to answer; ask again."
UNREADABLE = "The index cannot be read; an admin has been told in the log."
FORGETFUL = "I cannot look that up; an admin has been told in the log."
FAILED = "Something went wrong; an admin has been told in the log."


class Leaving(Exception):
    """The bot has been told to leave, and takes nothing further."""


class TooSoon(Exception):
    """A person asks faster than their server allows; the argument is the seconds to wait."""


class Client(discord.Client):
    """Answers the members of the servers `guilds`; without any, those of the one it is in.

    message_content: whether the privileged intent is on, so that a thread can go on without
    mentions. keep_days: how long the text of a question that found no answer is kept, at most.
    """

    def __init__(
        self,
        pool: Pool,
        state: State,
        *,
        guilds: Sequence[int] = (),
        message_content: bool = False,
        keep_days: int = 90,
    ) -> None:
        nobody = discord.AllowedMentions.none()
        intents = discord.Intents.default()  # none of the privileged ones
        intents.message_content = message_content
        super().__init__(intents=intents, allowed_mentions=nobody, max_messages=None)
        self.tree = Commands(self)
        commands.add_to(self.tree)
        self.add_dynamic_items(Act, Turn)
        self.pool, self._clerk, self._named = pool, Clerk(state), frozenset(guilds)
        self._keep = timedelta(days=keep_days)
        self._conversations = Conversations()
        self._settings: dict[int, Settings] = {}
        self._asked_at: dict[int, float] = {}
        self._in_flight: set[asyncio.Task[Any]] = set()
        self._set_up: set[int] = set()
        self._leaving = self._told_unnamed = False

    def served(self) -> frozenset[int]:
        """The ids of the servers whose members are answered."""
        if self._named:
            return self._named
        if len(self.guilds) > 1 and not self._told_unnamed:
            self._told_unnamed = True
            found = ",".join(str(guild.id) for guild in self.guilds)
            mend = "set QUOTH_GUILDS to those to serve"
            log("no_server_served", logging.ERROR, servers=found, mend=mend)
        return frozenset(guild.id for guild in self.guilds if len(self.guilds) == 1)

    async def home(self, guild: int | None, person: int) -> int | None:
        """The served server as whose member a person is answered, in it or in a direct message."""
        if guild is not None:
            return guild if guild in self.served() else None
        for known in filter(None, map(self.get_guild, sorted(self.served()))):
            with suppress(discord.NotFound):
                await known.fetch_member(person)
                return known.id
        return None

    async def remember(self, job: Callable[[State], T]) -> T:
        """What the job makes of the state. Raises BadState."""
        return await self._clerk.run(job)

    async def settings(self, guild: int) -> Settings:
        """What a server has set."""
        if guild not in self._settings:
            self._settings[guild] = await self.remember(lambda state: state.settings(guild))
        return self._settings[guild]

    async def set(self, guild: int, settings: Settings) -> None:
        """Set what a server has set."""
        await self.remember(lambda state: state.set(guild, settings))
        self._settings[guild] = settings

    async def take(self, guild: int, person: int) -> None:
        """Count a question. Raises TooSoon where the person's last one was just now."""
        try:
            wait = (await self.settings(guild)).cooldown
        except BadState as error:
            told(error)
            wait = Settings().cooldown
        now = monotonic()
        left = self._asked_at.get(person, now - wait) + wait - now
        if left > 0:
            raise TooSoon(ceil(left))
        if len(self._asked_at) > 10_000:  # long past, nearly all of them
            self._asked_at.clear()
        self._asked_at[person] = now

    @contextmanager
    def answering(self) -> Iterator[None]:
        """What runs within needs the pool, and is finished before the client closes.

        Raises Busy, Leaving.
        """
        if self._leaving:
            raise Leaving
        self.pool.check()
        with self._finished():
            yield

    @contextmanager
    def _finished(self) -> Iterator[None]:
        """What runs within is finished before the client closes."""
        task = asyncio.current_task()
        assert task is not None, "events and commands run in tasks"
        self._in_flight.add(task)
        try:
            yield
        finally:
            self._in_flight.discard(task)

    @asynccontextmanager
    async def pressed(self, press: Interaction) -> AsyncIterator[None]:
        """What a button or a form does, for who may; what it raises is told."""
        try:
            if await self.home(press.guild_id, press.user.id) is None:
                await press.response.send_message(NOT_HERE, ephemeral=True)
                return
            with self.answering():
                yield
        except Exception as error:
            await self.tell(press, error)

    async def tell(self, interaction: Interaction, error: Exception) -> None:
        """Say to who used a command or a button what went wrong, where there is a way."""
        line = told(error)
        with _survived():
            if isinstance(error, discord.HTTPException) and error.code in TOO_LATE:
                if interaction.app_permissions.send_messages and interaction.channel_id:
                    channel = self.get_partial_messageable(interaction.channel_id)
                    await channel.send(LATE)
            elif line and interaction.response.is_done():
                await interaction.followup.send(line, ephemeral=True)
            elif line:
                await interaction.response.send_message(line, ephemeral=True)

    async def follow_up(
        self,
        interaction: Interaction,
        message: Message,
        view: discord.ui.View | None = None,
        *,
        private: bool,
    ) -> int:
        """Send a message after an interaction was acknowledged; its id."""
        if message.files and not interaction.app_permissions.attach_files:
            message = Message(NO_FILES)
        sent = await interaction.followup.send(
            message.content,
            files=asking.files(message),
            view=view or discord.utils.MISSING,
            ephemeral=private,
            suppress_embeds=True,
            wait=True,
        )
        return sent.id

    async def delete(self, channel: int, message: int) -> None:
        """Delete a message of the bot's own, if it is still there."""
        with suppress(discord.NotFound):
            await self.get_partial_messageable(channel).get_partial_message(message).delete()

    def keep(self, key: int | None, reading: Reading, before: tuple[Reading, ...] = ()) -> None:
        """Remember what was asked at a place of a conversation."""
        if key is not None:
            self._conversations.keep(key, (*before, reading))

    async def setup_hook(self) -> None:
        """Warm the model up while Discord is logged in to; offer the commands in named servers."""
        self._warming = asyncio.create_task(self._warm())
        self._forget.start()
        for guild_id in sorted(self._named):
            await self._offer(guild_id)

    async def on_ready(self) -> None:
        """Comes again after a lost connection."""
        log("online", servers=len(self.guilds), served=len(self.served()))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Comes for each server at the start, and again after an outage."""
        if guild.id in self.served():
            await self._offer(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self._set_up.discard(guild.id)
        await self.on_guild_available(guild)

    async def on_raw_message_delete(self, gone: discord.RawMessageDeleteEvent) -> None:
        await self._forget_messages([gone.message_id])

    async def on_raw_bulk_message_delete(self, gone: discord.RawBulkMessageDeleteEvent) -> None:
        await self._forget_messages(sorted(gone.message_ids))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._forget_channel(channel.id)

    async def on_raw_thread_delete(self, gone: discord.RawThreadDeleteEvent) -> None:
        await self._forget_channel(gone.thread_id)

    async def on_message(self, message: discord.Message) -> None:
        late = self._leaving
        try:
            with self._finished():
                question = await self._question(message)
                if question is not None and late:
                    raise Leaving
                if question is not None:
                    await self._reply(message, question)
        except Exception as error:
            if line := told(error):
                await self._say(message, line)

    async def close(self) -> None:
        """Finish the answers in flight, then leave."""
        self._leaving = True
        waiting = self._in_flight - {asyncio.current_task()}
        if waiting:
            await asyncio.wait(waiting, timeout=PATIENCE)
        self._forget.cancel()
        await super().close()

    @tasks.loop(hours=1)
    async def _forget(self) -> None:
        """Forget the questions that have been kept for long enough."""
        before = (datetime.now(UTC) - self._keep).isoformat(timespec="seconds")
        with suppress(BadState):
            await self.remember(lambda state: state.forget_gaps(before))

    async def _forget_messages(self, messages: Sequence[int]) -> None:
        try:
            await self.remember(lambda state: state.forget(messages))
        except BadState as error:
            told(error)

    async def _forget_channel(self, channel: int) -> None:
        try:
            await self.remember(lambda state: state.forget_channel(channel))
        except BadState as error:
            told(error)

    async def _warm(self) -> None:
        try:
            await self.pool.warm()
        except Exception as error:
            told(error)

    async def _offer(self, guild_id: int) -> None:
        """Make the commands known in a server, once a run: what a server knows already counts as
        changed, not as created, of which it is allowed 200 a day."""
        if guild_id in self._set_up:
            return
        self._set_up.add(guild_id)
        guild = discord.Object(guild_id)
        self.tree.copy_global_to(guild=guild)
        try:
            await self.tree.sync(guild=guild)
        except discord.HTTPException as error:
            mend = "invite the bot to the server with the scope applications.commands"
            log("not_set_up", logging.ERROR, server=guild_id, code=error.code, mend=mend)

    async def _question(self, message: discord.Message) -> str | None:
        """What a message asks the bot, "" where that cannot be seen; None where it asks nothing.

        A direct message all of it; else one that mentions the bot or replies to it, or that goes on
        in a thread in which it answered, if messages without a mention can be read.
        """
        me = self.user and self.user.id
        if me is None or message.author.bot or message.is_system():
            return None
        if message.guild is None:
            return message.content
        if any(user.id == me for user in message.mentions):
            return re.sub(rf"<@!?{me}>", " ", message.content).strip()
        if message.reference and (to := message.reference.message_id):
            answered = await self.remember(lambda state: state.is_answer(to))
            return message.content if answered else None
        goes_on = (
            self.intents.message_content
            and isinstance(message.channel, discord.Thread)
            and not (message.mentions or message.role_mentions or message.mention_everyone)
            and reads_as_question(message.content)
            and await self.remember(lambda state: state.answered_in(message.channel.id))
        )
        return message.content if goes_on else None

    async def _reply(self, message: discord.Message, question: str) -> None:
        guild = await self.home(message.guild.id if message.guild else None, message.author.id)
        if guild is None or not question.strip():
            unseen = message.reference and message.guild and not message.mentions
            hint = NOT_SEEN if unseen else NO_QUESTION
            await self._say(message, NOT_HERE if guild is None else hint)
            return
        if not _may_write(message):
            await self._say(message, "")
            return
        self.pool.check()
        await self.take(guild, message.author.id)
        before = await self._before(message)
        reading = read_follow_up(question, before)
        asked = asking.Asked(reading, guild, message.channel.id, message.author.id)
        for id in await asking.answer(self, asked, _replying_to(message)):
            self.keep(id, reading, before)
        self.keep(_conversation(message), reading, before)

    async def _before(self, message: discord.Message) -> tuple[Reading, ...]:
        """The questions before one, as they were read: of the answer that it replies to, else of
        its thread or direct channel."""
        to = message.reference.message_id if message.reference else None
        for key in (to, _conversation(message)):
            known = None if key is None else self._conversations.before(key)
            if known is not None:
                return known
        with _survived():
            return await self._read_again(message)
        return ()

    async def _read_again(self, message: discord.Message) -> tuple[Reading, ...]:
        """The questions before one, read from Discord where they are forgotten since a restart."""
        key = _conversation(message)
        if key is None:
            former = await _replied_to(message)
        elif await self.remember(lambda state: state.answered_in(key)):
            former = [m async for m in message.channel.history(limit=LOOK_BACK, before=message)]
        else:
            former = []
        readings: tuple[Reading, ...] = ()
        for question in [await self._question(m) for m in reversed(former)]:
            readings = (*readings, read_follow_up(question, readings)) if question else readings
        return readings

    async def _say(self, message: discord.Message, line: str) -> None:
        """Reply with a line; where the bot may not write, say so to who asked, directly."""
        with _survived():
            if _may_write(message):
                reference = message.to_reference(fail_if_not_exists=False)
                await message.channel.send(line, reference=reference)
            else:
                log("may_not_write", logging.WARNING, channel=message.channel.id)
                where = f"<#{message.channel.id}>"
                await message.author.send(f"I may not write in {where}; ask me here, or use /ask.")


class Commands(app_commands.CommandTree[Client]):
    """The commands; what they raise ends in `on_error`."""

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Whether a command is answered at all. What would be completed gets no word."""
        guild = await self.client.home(interaction.guild_id, interaction.user.id)
        if guild is None and interaction.type is not discord.InteractionType.autocomplete:
            with _survived():
                await interaction.response.send_message(NOT_HERE, ephemeral=True)
        return guild is not None

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await self.client.tell(interaction, cause)


def told(error: Exception) -> str | None:
    """Log an error, once; what to tell the person, or None where there is no way to tell.

    In this order: asked too soon; cannot be taken now; cannot be asked; not for this person; a
    state or an index that cannot be read; what Discord refuses (too late, deleted, not permitted,
    down); anything else, a mistake of ours.
    """
    if isinstance(error, TooSoon):
        return f"One question at a time\\: ask again in {error} s."
    if isinstance(error, Busy | Leaving):
        log("turned_away")
        return BUSY if isinstance(error, Busy) else LEAVING
    if isinstance(error, BadQuestion):
        return escape(str(error))
    if isinstance(error, app_commands.CheckFailure):
        return escape(str(error))
    if isinstance(error, QuothError):
        state = isinstance(error, BadState)
        event = "state_unreadable" if state else "index_unreadable"
        log(event, logging.ERROR, error=type(error).__name__, reason=str(error))
        return FORGETFUL if state else UNREADABLE
    if isinstance(error, discord.HTTPException):
        log("discord_refused", logging.WARNING, status=error.status, code=error.code)
        return None
    log("failed", logging.ERROR, error=type(error).__name__, at=place(error))
    return FAILED


@contextmanager
def _survived() -> Iterator[None]:
    """What Discord refuses within is logged, and no more."""
    try:
        yield
    except discord.HTTPException as error:
        told(error)


async def _replied_to(message: discord.Message) -> list[discord.Message]:
    """The question whose answer a message replies to."""
    to = message.reference and message.reference.resolved
    asked = to.reference if isinstance(to, discord.Message) else None
    known = asked and asked.message_id
    return [await message.channel.fetch_message(known)] if known else []


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
    held = _permissions(message)
    in_thread = isinstance(message.channel, discord.Thread)
    return held.send_messages_in_threads if in_thread else held.send_messages


def _replying_to(message: discord.Message) -> asking.Send:
    """Sends what answers a message as replies to it, also where it is deleted meanwhile."""
    reference = message.to_reference(fail_if_not_exists=False)

    async def send(reply: Message, view: discord.ui.View | None) -> int:
        if reply.files and not _permissions(message).attach_files:
            reply = Message(NO_FILES)
        sent = await message.channel.send(
            reply.content,
            files=asking.files(reply),
            view=view or discord.utils.MISSING,
            reference=reference,
            suppress_embeds=True,
        )
        return sent.id

    return send
