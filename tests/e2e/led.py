"""What leads `quoth bot` to a Discord on this machine, and what it says where that refuses it."""

from e2e.discord_server import GUILD, TOKEN, DiscordServer

TEXT = """# Rules

Date: 2020-01-28

The board dropped the 10% rule on 3 May 2019. It recommended a new one.
"""
REFUSED = (
    "Discord refuses QUOTH_TOKEN; copy it anew from "
    "https://discord.com/developers/applications, Bot, Reset Token"
)
INTENT = (
    "QUOTH_MESSAGE_CONTENT is on, but Discord has not granted that intent; switch Message Content "
    "Intent on at https://discord.com/developers/applications, Bot, or set "
    "QUOTH_MESSAGE_CONTENT=off"
)


def settings(server: DiscordServer, **others: str) -> dict[str, str]:
    return {
        "QUOTH_TOKEN": TOKEN,
        "QUOTH_GUILDS": str(GUILD),
        "QUOTH_DISCORD_API": server.address,
        "QUOTH_INDEX": "idx",
        "QUOTH_STATE": f"{server.port}.sqlite",
        **others,
    }
