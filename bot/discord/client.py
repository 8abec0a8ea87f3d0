"""The Discord client: whom it serves, what its doors work with, what it says when something fails.

The event loop only talks to Discord. Whatever touches the index, the model, files or the state runs
on the threads of a Pool and of a Clerk.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext import tasks

from bot.discord.attached import files, sendable
from bot.discord.conversation import Before, Conversations
from bot.discord.failures import (
    NOT_HERE,
    NOT_TAKEN,
    Leaving,
    acknowledged,
    insist,
    survived,
    told,
)
from bot.discord.log import log, log_not_served, log_servers
from bot.discord.pace import MOST_PEOPLE, Pace
from bot.discord.pool import Clerk, Pool
from bot.discord.render import Message
from bot.discord.state import BadState, Settings, State

T = TypeVar("T")
Interaction = discord.Interaction["Client"]

STRANGER_S = 60
"""Seconds for which it is known of a person that they are a member of no server that is served."""
PATIENCE = 30
"""Seconds that answers in flight are given when the bot is told to leave."""


class Client(discord.Client):
    """Answers the members of the servers `guilds`; without any, those of the first it is in alone,
    which it remembers: anybody may invite a bot that is public, and must neither be served for that
    nor keep others from it.

    message_content: whether the privileged intent is on, so that a thread can go on without
    mentions. keep_days: how long answers, what is said of them, and gaps are remembered.
    corpus: what `/admin reindex` reads; without any, what the index was built from.
    """

    def __init__(
        self,
        pool: Pool,
        state: State,
        *,
        guilds: Sequence[int] = (),
        message_content: bool = False,
        keep_days: int = 90,
        corpus: Sequence[Path] = (),
    ) -> None:
        nobody = discord.AllowedMentions.none()
        intents = discord.Intents(
            guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
        )
        super().__init__(intents=intents, allowed_mentions=nobody, max_messages=None)
        self.tree = Commands(self)
        self.pool, self._clerk, self._named = pool, Clerk(state), frozenset(guilds)
        self._keep, self.corpus = timedelta(days=keep_days), corpus
        self.conversations, self.pace = Conversations(), Pace()
        self._settings: dict[int, Settings] = {}
        self._strangers: dict[int, float] = {}
        self._in_flight: set[asyncio.Task[Any]] = set()
        self._set_up: set[int] = set()
        self.leaving, self._settled = False, frozenset[int]()

    def served(self) -> frozenset[int]:
        """The ids of the servers whose members are answered."""
        return self._named or self._settled

    async def home(self, guild: int | None, person: int) -> int | None:
        """The served server as whose member a person is answered, in it or in a direct message. Of
        who is a member of none that is remembered for a while: each look takes a call."""
        if guild is not None:
            return guild if guild in self.served() else None
        if monotonic() - self._strangers.get(person, -inf) < STRANGER_S:
            return None
        known = [*filter(None, map(self.get_guild, sorted(self.served())))]
        for each in known:
            with suppress(discord.NotFound):
                await each.fetch_member(person)
                return each.id
        if len(self._strangers) > MOST_PEOPLE:
            self._strangers.clear()
        if known:
            self._strangers[person] = monotonic()
        return None

    async def remember(self, job: Callable[[State], T]) -> T:
        """What the job makes of the state. Raises BadState."""
        return await self._clerk.run(job)

    async def recall(self, job: Callable[[State], T], otherwise: T) -> T:
        """What the job makes of the state; `otherwise` where it fails, which is logged: an answer
        does not wait for what is remembered of it."""
        try:
            return await self.remember(job)
        except BadState as error:
            told(error)
            return otherwise

    async def settings(self, guild: int) -> Settings:
        """What a server has set; the defaults where that cannot be read."""
        if guild not in self._settings:
            held = await self.recall(lambda state: state.settings(guild), None)
            if held is None:
                return Settings()
            self._settings[guild] = held
        return self._settings[guild]

    async def set(self, guild: int, settings: Settings) -> None:
        """Set what a server has set."""
        await self.remember(lambda state: state.set(guild, settings))
        self._settings[guild] = settings

    @asynccontextmanager
    async def taking(self, guild: int, person: int) -> AsyncIterator[None]:
        """Count a question that is answered within. Raises Busy; TooSoon where the person's last
        one was just now."""
        self.pool.check()
        with self.pace.turn(person, (await self.settings(guild)).cooldown):
            yield

    @contextmanager
    def answering(self) -> Iterator[None]:
        """What runs within needs the pool, and is finished before the client closes.

        Raises Busy, Leaving.
        """
        if self.leaving:
            raise Leaving
        self.pool.check()
        with self.finishing():
            yield

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """What runs within is finished before the client closes."""
        task = asyncio.current_task()
        assert task is not None, "events and commands run in tasks"
        self._in_flight.add(task)
        try:
            yield
        finally:
            self._in_flight.discard(task)

    async def pressed(self, press: Interaction, act: Callable[[], Awaitable[None]]) -> None:
        """Do what a button or a form does, for who may; what it raises is told."""
        try:
            if await self.home(press.guild_id, press.user.id) is None:
                await self.say(press, NOT_HERE)
                return
            with self.answering():
                await act()
        except Exception as error:
            await self.tell(press, error)

    async def tell(self, interaction: Interaction, error: Exception) -> None:
        """Say to who used a command or a button what went wrong, where there is a way."""
        if line := told(error, interaction.channel_id):
            with survived(interaction.channel_id):
                await self.say(interaction, line)

    async def acknowledge(self, interaction: Interaction, *, private: bool = True) -> None:
        """Within 3 seconds; the answer then has 15 minutes."""
        with acknowledged():
            await insist(lambda: interaction.response.defer(thinking=True, ephemeral=private))

    async def say(self, interaction: Interaction, line: str) -> None:
        """Say a line to who used a command or a button, whether that was acknowledged or not."""
        with acknowledged():
            if not interaction.response.is_done():
                await interaction.response.send_message(line, ephemeral=True)
                return
        await interaction.followup.send(line, ephemeral=True)

    async def follow_up(
        self,
        interaction: Interaction,
        message: Message,
        view: discord.ui.View | None = None,
        *,
        private: bool,
    ) -> int:
        """Send a message after an interaction was acknowledged; its id. Where the connection breaks
        just as Discord has it, it comes twice: Discord takes no nonce here."""
        may = interaction.app_permissions.attach_files
        message = sendable(message, may_attach=may, most=interaction.filesize_limit)
        sent = await insist(
            lambda: interaction.followup.send(
                message.content,
                files=files(message),
                view=view or discord.utils.MISSING,
                ephemeral=private,
                suppress_embeds=True,
                wait=True,
            )
        )
        return sent.id

    async def delete(self, channel: int, message: int) -> None:
        """Delete a message of the bot's own, if it is still there."""
        with suppress(discord.NotFound):
            await self.get_partial_messageable(channel).get_partial_message(message).delete()

    def keep(self, key: int | None, asked: Before) -> None:
        """Remember what was asked at a place of a conversation."""
        if key is not None:
            self.conversations.keep(key, asked)

    async def setup_hook(self) -> None:
        """Warm the model up while Discord is logged in to; offer the commands in named servers.

        Raises BadState: without it, a stranger's server could be taken for the one to serve.
        """
        self._warming = asyncio.create_task(self._warm())
        self._hourly.start()
        home = await self.remember(lambda state: state.home())
        self._settled = frozenset({home} if home is not None else ())
        for guild_id in sorted(self._named):
            await self._offer(guild_id)

    async def on_ready(self) -> None:
        """Comes again after a lost connection."""
        log("online", servers=len(self.guilds), served=len(self.served()))
        log_servers({guild.id: guild.name for guild in self.guilds}, self.served())

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Comes for each server at the start, and again after an outage."""
        await self._settle()
        if guild.id in self.served():
            await self._offer(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Who may manage its server invited the bot there; they need not be of the team."""
        self._set_up.discard(guild.id)
        await self.on_guild_available(guild)
        if guild.id not in self.served():
            log_not_served(guild.id, guild.name)

    async def on_raw_message_delete(self, gone: discord.RawMessageDeleteEvent) -> None:
        await self._forget_messages([gone.message_id])

    async def on_raw_bulk_message_delete(self, gone: discord.RawBulkMessageDeleteEvent) -> None:
        await self._forget_messages(sorted(gone.message_ids))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._forget_channel(channel.id)

    async def on_raw_thread_delete(self, gone: discord.RawThreadDeleteEvent) -> None:
        await self._forget_channel(gone.thread_id)

    async def close(self) -> None:
        """Finish the answers in flight, then leave."""
        self.leaving = True
        waiting = self._in_flight - {asyncio.current_task()}
        if waiting:
            await asyncio.wait(waiting, timeout=PATIENCE)
        self._hourly.cancel()
        await super().close()

    @tasks.loop(hours=1)
    async def _hourly(self) -> None:
        """Forget what has been kept for long enough; offer the commands where that failed."""
        before = (datetime.now(UTC) - self._keep).isoformat(timespec="seconds")
        await self.recall(lambda state: state.forget_before(before), None)
        for guild in self.guilds:
            if guild.id in self.served():
                await self._offer(guild.id)

    async def _settle(self) -> None:
        """Where no server is named or remembered, serve the one it is in, from now on."""
        if self.served() or len(self.guilds) != 1:
            return
        (guild,) = self.guilds
        self._settled = frozenset({guild.id})
        log("settled", server=guild.id, name=guild.name)
        await self.recall(lambda state: state.settle(guild.id), None)

    async def _forget_messages(self, messages: Sequence[int]) -> None:
        await self.recall(lambda state: state.forget(messages), None)

    async def _forget_channel(self, channel: int) -> None:
        await self.recall(lambda state: state.forget_channel(channel), None)

    async def _warm(self) -> None:
        try:
            await self.pool.warm()
        except Exception as error:
            told(error)

    async def _offer(self, guild_id: int) -> None:
        """Make the commands known in a server, once a run: what a server knows already counts as
        changed, not as created, of which it is allowed 200 a day. What fails is tried again when
        the server comes again, and every hour."""
        if guild_id in self._set_up:
            return
        self._set_up.add(guild_id)  # meanwhile nobody else offers them
        guild = discord.Object(guild_id)
        self.tree.copy_global_to(guild=guild)
        try:
            await self.tree.sync(guild=guild)
        except NOT_TAKEN as error:
            self._set_up.discard(guild_id)
            log("not_set_up", logging.ERROR, server=guild_id, **_why_not(error))


def _why_not(error: Exception) -> dict[str, object]:
    """Why the commands could not be offered in a server, and what mends it."""
    if not isinstance(error, discord.HTTPException):
        return {"error": type(error).__name__, "again": "within the hour"}
    mend = "invite the bot to the server with the scope applications.commands"
    what = {"mend": mend} if error.status == 403 else {"again": "within the hour"}
    return {"code": error.code, **what}


class Commands(app_commands.CommandTree[Client]):
    """The commands; what they raise ends in `on_error`."""

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Whether a command is answered at all. What would be completed gets no word."""
        guild = await self.client.home(interaction.guild_id, interaction.user.id)
        if guild is None and interaction.type is not discord.InteractionType.autocomplete:
            with survived(interaction.channel_id):
                await self.client.say(interaction, NOT_HERE)
        return guild is not None

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await self.client.tell(interaction, cause)
