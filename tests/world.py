"""Discord as simcord plays it, with a small real index: what the tests of the bot share."""

import hashlib
import re
import threading
from collections.abc import Sequence

import discord
import numpy as np
import simcord
from simcord import InteractionResult, MemberActor
from simcord.backend.models.message import AllowedMentions

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.render import Message, render
from bot.discord.state import State
from index.types import Progress, Vectors

TEXT = """# Rules

Date: 2020-01-28

The board dropped the 10% rule on 3 May 2019. It pinged @everyone about **it**, see https://a.b/c.
"""
QUESTION = "when was the 10% rule dropped?"
ECHO = f"-# asked\\: {QUESTION}\n"
FIRST = (
    "**3 May 2019**, as the passage states\n> The board dropped the 10% rule on **3 May 2019**\\.\n"
)
SENTENCE = "The board dropped the 10% rule on 3 May 2019."
FIND = "Find this in the documents"
FAILED = (
    "Something went wrong. Try again; if it happens again, please tell an admin\\: my log says why."
)
FOLLOW_UP = "and who did it?"
READ = "-# read as\\: who did it? (when was the 10% rule dropped)\n"
SERVED, OTHER = 1001, 1002


class Words:
    """An encoder for which texts are alike that share words; it waits where it is told to."""

    name, fingerprint = "words", "0" * 64

    def __init__(self) -> None:
        self.gate, self.reached, self.threads = threading.Event(), threading.Event(), set[int]()
        self.gate.set()

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.threads.add(threading.get_ident())
        self.reached.set()
        assert self.gate.wait(20)
        vectors = np.full((len(texts), 64), 1e-3, np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[hashlib.sha256(word.encode()).digest()[0] % 64] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class World:
    """A server that the bot serves, one that it does not, and Ada in the first."""

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        self.served, self.other = (env.create_guild(id=id) for id in (SERVED, OTHER))
        self.ada = self.served.add_member(env.create_user("ada"))
        self.channel = self.served.create_text_channel("general")

    async def mention(self, text: str) -> list[str]:
        """What comes back to a mention of the bot with this text."""
        await self.ada.send(self.channel, f"<@{self.me}> {text}")
        return self.said()

    def layoffs(self) -> simcord.ChannelHandle:
        """A channel that Ada may see and not everybody."""
        served = self.env.bot.get_guild(SERVED)
        assert served is not None
        hidden, shown = (discord.PermissionOverwrite(view_channel=may) for may in (False, True))
        overwrites = {served.default_role: hidden, self.ada: shown}
        return self.served.create_text_channel("layoffs", overwrites=overwrites)

    @property
    def me(self) -> int:
        assert self.env.bot.user
        return self.env.bot.user.id

    def said(self) -> list[str]:
        return [m.content for m in self.channel.history() if m.author.id == self.me]


async def answered(world: World, question: str = QUESTION) -> discord.Message:
    """What carries the buttons of the answer to a mention: its last message."""
    await world.mention(question)
    last = world.channel.last_message
    assert last
    return last


async def ask(pool: Pool, question: str) -> tuple[Message, ...]:
    return await pool.run(lambda index: render(index.ask(question)))


def contents(result: InteractionResult) -> list[str]:
    return [message.content for message in (result.response, *result.followups) if message]


def private(result: InteractionResult) -> list[str]:
    """What is shown to who used the command, and to nobody else."""
    assert all(message.ephemeral for message in (result.response, *result.followups) if message)
    return contents(result)


async def use(world: World, name: str, /, **options: object) -> list[str]:
    """What comes back to a command of Ada's."""
    return contents(await world.ada.slash(world.channel, name, **options))


def forgiven(world: World) -> None:
    """Take note of what was raised, which simcord would else report at the end."""
    world.env.errors  # noqa: B018 (reading is what takes note)


async def thread_on(world: World, message: discord.Message) -> simcord.ChannelHandle:
    """A thread that is started on a message; it has the number of that message."""
    channel = world.env.bot.get_partial_messageable(world.channel.id, guild_id=SERVED)
    await channel.get_partial_message(message.id).create_thread(name="more")
    await world.env.settle()
    (thread,) = world.channel.threads
    return thread


def answers(world: World, channel: simcord.ChannelHandle) -> list[discord.Message]:
    found = [m for m in channel.history() if m.author.id == world.me]
    return [m for m in found if m.type is not discord.MessageType.thread_created]


def said(world: World, channel: simcord.ChannelHandle) -> list[str]:
    return [m.content for m in answers(world, channel)]


async def restart(world: World, pool: Pool, state: State, **how: bool) -> None:
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED], **how)))


async def mention(world: World, channel: simcord.ChannelHandle, text: str) -> str:
    """What the bot says to a mention somewhere."""
    await world.ada.send(channel, f"<@{world.me}> {text}")
    return said(world, channel)[-1]


async def unmentioned(world: World, text: str, to: discord.Message) -> None:
    """Reply to a message without the mention that Discord puts in."""
    reference = {"channel_id": str(to.channel.id), "message_id": str(to.id)}
    files = world.env.backend.store_attachments(to.channel.id, [] if text else [("a.png", b"a")])
    world.env.backend.create_message(
        to.channel.id,
        world.ada.id,
        text,
        reference=reference,
        attachments=files,
        allowed_mentions=AllowedMentions(replied_user=False),
    )
    await world.env.settle()


def member(world: World, name: str, **permissions: bool) -> MemberActor:
    """Somebody else of the team, with these permissions."""
    role = world.served.create_role(name, permissions=discord.Permissions(**permissions))
    return world.served.add_member(world.env.create_user(name), roles=[role])
