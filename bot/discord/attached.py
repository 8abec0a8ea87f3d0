"""What a message attaches, and whether it may."""

import io

import discord

from bot.discord.failures import NO_FILES, TOO_BIG
from bot.discord.markdown import LIMIT, length
from bot.discord.render import Message


def sendable(message: Message, *, may_attach: bool, most: int) -> Message:
    """The message; where its files may not be attached, or have more than `most` bytes in all,
    without them and with a line that says so: Discord would refuse all of it. As many of its own
    lines go as that takes the place of."""
    fits = sum(len(file.data) for file in message.files) <= most
    if not message.files or (may_attach and fits):
        return message
    lines = [*message.content.split("\n"), TOO_BIG if may_attach else NO_FILES]
    while length("\n".join(lines)) > LIMIT:
        del lines[-2]
    return Message("\n".join(lines))


def files(message: Message) -> list[discord.File]:
    """What a message attaches, as discord.py takes it; nothing is blurred for its name."""
    return [discord.File(io.BytesIO(f.data), f.name, spoiler=False) for f in message.files]
