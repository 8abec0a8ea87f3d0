"""The buttons under an answer as tests press them, and what they show."""

import discord
from simcord import InteractionResult
from world import World

UNKNOWN = "I no longer know this answer; ask again."
THANKS = "Thank you, noted."
CONTEXT = (
    "> Date\\: 2020-01-28\n> \n> **The board dropped the 10% rule on 3 May 2019\\.** It pinged "
    r"\@everyone about \*\*it\*\*, see https\:\/\/a.b\/c."
    "\n-# rule.md, lines 3-5 · the quote in bold"
)


def shown(result: InteractionResult) -> list[str]:
    """What a press shows to who pressed; all of it to nobody else."""
    messages = [m for m in (result.response, *result.followups) if m]
    if messages and "Delete" in labels(messages[0]):
        del messages[0]  # the answer itself, which was pressed
    assert all(message.ephemeral for message in messages)
    return [message.content for message in messages]


def labels(message: object) -> list[str]:
    """The buttons that a message has now."""
    return [button["label"] for row in rows(message) for button in row["components"]]


def rows(message: object) -> list[dict[str, list[dict[str, str]]]]:
    components = getattr(message, "components", [])
    return [row if isinstance(row, dict) else row.to_dict() for row in components]


def quotes(contents: list[str]) -> list[str]:
    """Each quoted line with the line that says where it stands."""
    lines = [line for content in contents for line in content.splitlines()]
    return [f"{line}\n{lines[n + 1]}" for n, line in enumerate(lines) if line.startswith("> ")]


async def forged(world: World, message: discord.Message, custom_id: str) -> InteractionResult:
    """Press a button with an id that was never issued."""
    stored = world.env.backend.get_message(message.channel.id, message.id)
    stored.components[0]["components"][0]["custom_id"] = custom_id
    return await world.ada.click(message, custom_id=custom_id)
