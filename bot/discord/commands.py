"""The slash commands and the message command: what they take, and what they hand on."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.discord import admin, asking
from bot.discord.choices import choices, chosen_scope, named, scope_of
from bot.discord.client import Client, Interaction
from bot.discord.conversation import Before
from bot.discord.failures import told
from bot.discord.markdown import said, seen, without_links
from bot.discord.pages import HELP, source_page, sources_page
from bot.discord.pool import Busy
from bot.discord.render import (
    MOST_EVENTS,
    File,
    Message,
    asked_line,
    read_line,
    render_near,
    render_timeline,
    render_verdict,
    scope_line,
)
from bot.discord.views import pager
from bot.wording import visible
from index import (
    MAX_QUESTION,
    BadQuestion,
    Index,
    QuothError,
    Reading,
    Verdict,
    check_dates,
    check_sentence,
    read_question,
)

CLOSEST = 3
"""Passages shown for a message that the documents do not say word for word."""
NO_WORDS = "That message has no words of its own to look for."


def add_to(tree: app_commands.CommandTree[Client]) -> None:
    """Put all commands into a tree."""
    command: app_commands.Command[Any, ..., None]
    for command in (ask, verify, timeline, sources, source, help):
        tree.add_command(command)
    tree.add_command(admin.Admin())
    tree.add_command(app_commands.ContextMenu(name="Find this in the documents", callback=find))


_scoped = app_commands.describe(
    source="only in this document",
    after="only in documents of this date or later, such as 2020-01-28, March 2020 or 2019",
    before="only in documents of this date or earlier",
    private="show the answer to nobody but you",
)


@app_commands.command()
@app_commands.guild_only()
@app_commands.describe(question="what to ask")
@_scoped
async def ask(
    interaction: Interaction,
    question: str,
    source: str | None = None,
    after: str | None = None,
    before: str | None = None,
    private: bool = False,
) -> None:
    """Ask the documents; the answer is their own words."""
    client, door = interaction.client, Door(interaction, private)
    words = await door.asked(question, after, before)
    async with door.entered() as guild:
        scope = await client.pool.run(lambda index: chosen_scope(index, source, after, before))
        channel, person = interaction.channel_id or 0, interaction.user.id
        asked = asking.Request(
            *(Reading(words), guild, channel, person, scope),
            echo=True,
            public=not private,
            parent=asking.parent(interaction.channel),
        )
        now = await asking.answer(client, asked, door.send, Before())
        if isinstance(interaction.channel, discord.Thread) and not private:
            client.keep(channel, now)


@app_commands.command()
@app_commands.guild_only()
@app_commands.describe(
    sentence="the words to look for", private="show the answer to nobody but you"
)
async def verify(interaction: Interaction, sentence: str, private: bool = False) -> None:
    """Whether the documents say a sentence word for word, and where."""
    door = Door(interaction, private)
    words = door.said(sentence)
    await asyncio.to_thread(check_sentence, words)
    async with door.entered():
        await door.show(
            await interaction.client.pool.run(lambda i: render_verdict(_verified(i, words)))
        )


@app_commands.command()
@app_commands.guild_only()
@app_commands.describe(question="what to ask")
@_scoped
async def timeline(
    interaction: Interaction,
    question: str,
    source: str | None = None,
    after: str | None = None,
    before: str | None = None,
    private: bool = False,
) -> None:
    """What the documents say of something, in order of date."""
    door = Door(interaction, private)
    words = await door.asked(question, after, before)

    def job(index: Index) -> tuple[Message, ...]:
        scope = chosen_scope(index, source, after, before)
        found = index.timeline(words, top=MOST_EVENTS, scope=scope)
        read = [read_line(found.question)] if found.question != words else []
        notes = [asked_line(words), *read, *([scope_line(scope)] if scope else [])]
        return render_timeline(found, notes)

    async with door.entered():
        await door.show(await interaction.client.pool.run(job))


@app_commands.guild_only()
async def find(interaction: Interaction, message: discord.Message) -> None:
    """Where the documents say what a message says, or come closest; for who asks alone."""
    door = Door(interaction, private=True)
    async with door.entered():
        text = asking.words(message)
        if not any(map(str.isalnum, text)):
            raise BadQuestion(NO_WORDS)
        await door.show(await interaction.client.pool.run(lambda i: _found(i, text)))


@app_commands.command()
@app_commands.guild_only()
async def sources(interaction: Interaction) -> None:
    """The documents, with their dates and lengths."""
    with interaction.client.answering():
        await interaction.client.acknowledge(interaction)
        text, pages = await interaction.client.pool.run(
            lambda index: sources_page(index.ids(), 0, index.source)
        )
        await interaction.client.follow_up(
            interaction, Message(text), pager(0, pages), private=True
        )


@app_commands.command()
@app_commands.guild_only()
@app_commands.describe(name="the document")
async def source(interaction: Interaction, name: str) -> None:
    """One document, what is known of it, and the file itself."""
    with interaction.client.answering():
        await interaction.client.acknowledge(interaction)
        shown = await interaction.client.pool.run(lambda index: _document(index, name))
        await interaction.client.follow_up(interaction, shown, private=True)


@app_commands.command()
@app_commands.guild_only()
async def help(interaction: Interaction) -> None:
    """What can be asked, and how."""
    await interaction.client.say(interaction, HELP)


@ask.autocomplete("source")
@timeline.autocomplete("source")
@source.autocomplete("name")
async def _documents(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Nothing where all threads are busy: keys that are hit must not wait among the questions."""
    if not interaction.client.pool.is_free():
        return []
    try:
        return await interaction.client.pool.run(lambda index: choices(index, typed))
    except (Busy, QuothError) as error:
        told(error)
        return []


@dataclass(frozen=True, slots=True)
class Door:
    """A command that was used: how it is taken, and how its answer is sent."""

    interaction: Interaction
    private: bool

    @asynccontextmanager
    async def entered(self) -> AsyncIterator[int]:
        """Count the question that is answered within, and say that an answer comes; the server in
        which it is asked. Raises Busy, Leaving, TooSoon, NoPrivateMessage."""
        client, guild = self.interaction.client, self.interaction.guild_id
        if guild is None:
            raise app_commands.NoPrivateMessage
        async with client.taking(guild, self.interaction.user.id):
            with client.answering():
                await client.acknowledge(self.interaction, private=self.private)
                yield guild

    async def asked(self, question: str, after: str | None, before: str | None) -> str:
        """A question in words. Raises BadQuestion for what can be seen without the index to be
        none, of it and of the dates: what is said before a public answer was promised is not."""
        words = without_links(seen(self.said(question), typed=True))

        def check() -> None:
            read_question(words)
            check_dates(scope_of(None, after, before))

        await asyncio.to_thread(check)
        return words

    def said(self, typed: str) -> str:
        """What was typed into an option, in words; Discord says who is mentioned in it."""
        data: Mapping[str, Any] = self.interaction.data or {}
        found = data.get("resolved", {})
        known = {
            int(id): found.get("members", {}).get(id, {}).get("nick")
            or user.get("global_name")
            or user["username"]
            for id, user in found.get("users", {}).items()
        }
        name = asking.namer(self.interaction.user, known, public=not self.private)
        return said(typed, name)

    async def send(self, message: Message, view: discord.ui.View | None = None) -> int:
        return await self.interaction.client.follow_up(
            self.interaction, message, view, private=self.private
        )

    async def show(self, messages: tuple[Message, ...]) -> None:
        for message in messages:
            await self.send(message)


def _verified(index: Index, words: str) -> Verdict:
    """Whether a sentence stands as it was typed; if not, as it is read: who copies a message of
    Discord's copies the signs that it obeys too."""
    verdict, read = index.verify(words), seen(words)
    if verdict.places or read == words or not any(map(str.isalnum, read)):
        return verdict
    as_read = index.verify(read)
    return as_read if as_read.places else verdict


def _found(index: Index, text: str) -> tuple[Message, ...]:
    """Where a text stands word for word; else what is close in words, else in meaning."""
    verdict = index.verify(text, top=CLOSEST)
    if verdict.places or verdict.closest:
        return render_verdict(verdict, closest=CLOSEST)
    found = index.ask(text[:MAX_QUESTION], top=CLOSEST)
    return render_near(found.quotes or found.near)


def _document(index: Index, typed: str) -> Message:
    """The facts of a document, and its exact bytes."""
    name = named(index, typed)
    found = index.source(name)
    page = source_page(found)
    if not found.bytes:  # Discord takes no such file; that it is empty says all of it
        return Message(page)
    title = visible(name.rpartition("/")[2])  # what it spells out is refused by aiohttp
    return Message(page, (File(title, index.raw(name)),))
