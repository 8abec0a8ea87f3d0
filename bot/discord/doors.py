"""All ways to reach the bot on Discord, put on its client."""

from typing import TypeVar

import discord

from bot.discord import commands
from bot.discord.client import Client, Interaction
from bot.discord.messages import hear
from bot.discord.views import Act, Turn, submitted

C = TypeVar("C", bound=Client)


def with_doors(client: C) -> C:
    """The client, with its commands, its buttons, and an ear for messages."""
    commands.add_to(client.tree)
    client.add_dynamic_items(Act, Turn)

    @client.event
    async def on_interaction(interaction: Interaction) -> None:
        """Commands and buttons discord.py hands on itself; forms it would know until a restart."""
        await submitted(interaction)

    @client.event
    async def on_message(message: discord.Message) -> None:
        await hear(client, message)

    return client
