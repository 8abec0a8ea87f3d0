"""The Discord client: its command, its events, and what it says when something fails.

The event loop only talks to Discord. Opening an index, asking it and rendering what it answers run
on the threads of a Pool.
"""

import asyncio
import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import discord
from discord import app_commands

from bot.log import log, place
from bot.pool import Busy, Pool
from bot.render import Message, escape, render
from index import BadQuestion, QuothError

PATIENCE = 30
"""Seconds that answers in flight are given when the bot is told to leave."""

NOT_HERE = "I am not set up here."
BUSY = "I am busy with other questions; ask again in a moment."
LEAVING = "I am being restarted; ask again in a minute."
NO_QUESTION = "Mention me with a question, or use /ask."
UNREADABLE = "The index cannot be read; an admin has been told in the log."
FAILED = "Something went wrong; an admin has been told in the log."


class Leaving(Exception):
    """The bot has been told to leave, and takes nothing further."""


class Client(discord.Client):
    """Answers the members of the servers `guilds`; without any, those of the one it is in.

    message_content: whether Discord is asked for the text of every message.
    """

    def __init__(
        self, pool: Pool, guilds: Sequence[int] = (), *, message_content: bool = False
    ) -> None:
        nobody = discord.AllowedMentions.none()
        intents = discord.Intents.default()  # none of the privileged ones
        intents.message_content = message_content
        super().__init__(intents=intents, allowed_mentions=nobody, max_messages=None)
        self.tree = Commands(self)
        self.tree.add_command(ask)
        self.pool, self._named = pool, frozenset(guilds)
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

    @contextmanager
    def answering(self) -> Iterator[None]:
        """What runs within is finished before the client closes. Raises Busy, Leaving."""
        if self._leaving:
            raise Leaving
        self.pool.check()
        task = asyncio.current_task()
        assert task is not None, "events and commands run in tasks"
        self._in_flight.add(task)
        try:
            yield
        finally:
            self._in_flight.discard(task)

    async def setup_hook(self) -> None:
        """Warm the model up while Discord is logged in to; offer the command in named servers."""
        self._warming = asyncio.create_task(self._warm())
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

    async def on_message(self, message: discord.Message) -> None:
        question = self._question(message)
        if question is None:
            return
        try:
            with self.answering():
                replies = await self._replies(message, question)
                for reply in replies:
                    await message.reply(reply.content, files=_files(reply), suppress_embeds=True)
        except Exception as error:
            if line := told(error):
                with _survived():
                    await message.reply(line)

    async def close(self) -> None:
        """Finish the answers in flight, then leave."""
        self._leaving = True
        waiting = self._in_flight - {asyncio.current_task()}
        if waiting:
            await asyncio.wait(waiting, timeout=PATIENCE)
        await super().close()

    async def _warm(self) -> None:
        try:
            await self.pool.warm()
        except Exception as error:
            told(error)

    async def _offer(self, guild_id: int) -> None:
        """Make /ask known in a server, once a run: what a server knows already counts as changed,
        not as created, of which it is allowed 200 a day."""
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

    def _question(self, message: discord.Message) -> str | None:
        """What a message asks the bot: a direct message all of it, others where they mention it."""
        me = self.user
        if me is None or message.author.bot or message.is_system():
            return None
        if message.guild is None:
            return message.content
        if not any(user.id == me.id for user in message.mentions):
            return None
        return re.sub(rf"<@!?{me.id}>", " ", message.content).strip()

    async def _replies(self, message: discord.Message, question: str) -> Sequence[Message]:
        if not await self._is_served(message):
            return [Message(NOT_HERE)]
        return await self._answer(question) if question.strip() else [Message(NO_QUESTION)]

    async def _answer(self, question: str) -> Sequence[Message]:
        return await self.pool.run(lambda index: render(index.ask(question)))

    async def _is_served(self, message: discord.Message) -> bool:
        """Whether the author is, now, a member of a served server."""
        if message.guild is not None:
            return message.guild.id in self.served()
        for guild in filter(None, map(self.get_guild, sorted(self.served()))):
            with suppress(discord.NotFound):
                await guild.fetch_member(message.author.id)
                return True
        return False


class Commands(app_commands.CommandTree[Client]):
    """The commands; what they raise ends in `on_error`."""

    async def interaction_check(self, interaction: discord.Interaction[Client]) -> bool:
        served = interaction.guild_id in self.client.served()
        if not served:
            with _survived():
                await interaction.response.send_message(NOT_HERE, ephemeral=True)
        return served

    async def on_error(
        self, interaction: discord.Interaction[Client], error: app_commands.AppCommandError
    ) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        line = told(cause)
        if line is None:
            return
        with _survived():
            if interaction.response.is_done():
                await interaction.followup.send(line, ephemeral=True)
            else:
                await interaction.response.send_message(line, ephemeral=True)


@app_commands.command()
@app_commands.guild_only()
@app_commands.describe(question="what to ask", private="show the answer to nobody but you")
async def ask(
    interaction: discord.Interaction[Client], question: str, private: bool = False
) -> None:
    """Ask the documents; the answer is their own words."""
    client = interaction.client
    with client.answering():
        await interaction.response.defer(thinking=True, ephemeral=private)
        for reply in await client.pool.run(lambda index: render(index.ask(question))):
            await interaction.followup.send(
                reply.content, files=_files(reply), ephemeral=private, suppress_embeds=True
            )


def told(error: Exception) -> str | None:
    """Log an error, once; what to tell the person, or None where there is no way to tell.

    In this order: cannot be taken now; cannot be asked; an index that cannot be read; what Discord
    refuses (too late, deleted, not permitted, down); anything else, a mistake of ours.
    """
    if isinstance(error, Busy | Leaving):
        log("turned_away")
        return BUSY if isinstance(error, Busy) else LEAVING
    if isinstance(error, BadQuestion):
        return escape(str(error))
    if isinstance(error, QuothError):
        log("index_unreadable", logging.ERROR, error=type(error).__name__, reason=str(error))
        return UNREADABLE
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


def _files(message: Message) -> list[discord.File]:
    return [discord.File(io.BytesIO(file.data), file.name) for file in message.files]
