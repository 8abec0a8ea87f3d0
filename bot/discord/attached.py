"""What a message attaches, and whether it may."""

import io

import discord

from bot.discord.failures import NO_FILES, TOO_BIG
from bot.discord.render import Message


def sendable(message: Message, *, may_attach: bool, most: int) -> Message:
    """The message; where its files may not be attached, or have more than `most` bytes in all, the
    line that says so: Discord would refuse all of it."""
    if not message.files:
        return message
    if not may_attach:
        return Message(NO_FILES)
    return message if sum(len(file.data) for file in message.files) <= most else Message(TOO_BIG)


def files(message: Message) -> list[discord.File]:
    """What a message attaches, as discord.py takes it; nothing is blurred for its name."""
    return [discord.File(io.BytesIO(f.data), f.name, spoiler=False) for f in message.files]
