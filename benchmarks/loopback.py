"""A Discord of loopback: as much of its gateway and REST as the use of /ask needs.

`python -m benchmarks.loopback` serves until standard input ends; the address is the first line
printed. A module of its own, so that it runs in a process of its own.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import yarl
from aiohttp import WSMsgType, web

from benchmarks.corpus import ROOT

GUILD, CHANNEL, ME = "1001", "2002", "9"
Json = dict[str, Any]


class Discord:
    """As much of Discord as /ask needs. `POST /fire` with questions has each asked by somebody
    else, all at once, and returns what was answered when all are."""

    def __init__(self) -> None:
        self.app = web.Application()
        self.app.router.add_get("/gateway", self.gateway)
        self.app.router.add_post("/fire", self.fire)
        self.app.router.add_post("/webhooks/{application}/{token}", self.answered)
        self.app.router.add_route("*", "/{path:.*}", self.rest)
        self.socket: web.WebSocketResponse | None = None
        self.said, self.all_said, self.expected = dict[str, str](), asyncio.Event(), 0
        self.sequence = 0

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        await self.socket.send_json({"op": 10, "d": {"heartbeat_interval": 40_000}})
        async for received in self.socket:
            if received.type == WSMsgType.TEXT and received.json()["op"] == 2:
                await self.send("READY", READY)
                await self.send("GUILD_CREATE", SERVER)
            elif received.type == WSMsgType.TEXT and received.json()["op"] == 1:
                await self.socket.send_json({"op": 11})
        return self.socket

    async def send(self, name: str, data: object) -> None:
        assert self.socket is not None
        self.sequence += 1
        await self.socket.send_json({"op": 0, "s": self.sequence, "t": name, "d": data})

    async def fire(self, request: web.Request) -> web.Response:
        questions = await request.json()
        self.said, self.expected = {}, len(questions)
        self.all_said.clear()
        for number, question in enumerate(questions, self.sequence + 1):
            await self.send("INTERACTION_CREATE", interaction(number, question))
        await self.all_said.wait()
        return as_json(list(self.said.values()))

    async def answered(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.said.setdefault(request.match_info["token"], body["content"])
        if len(self.said) == self.expected:
            self.all_said.set()
        return as_json(message(body["content"]))

    async def rest(self, request: web.Request) -> web.Response:
        if request.path.endswith("/commands"):
            return as_json([])
        if request.path.endswith("/callback"):
            return as_json({"interaction": {"id": request.path.split("/")[2], "type": 2}})
        return as_json(BOT if request.path == "/users/@me" else APPLICATION)


def as_json(data: object) -> web.Response:
    """discord.py reads JSON only under exactly this type."""
    return web.Response(
        body=json.dumps(data).encode(), headers={"Content-Type": "application/json"}
    )


BOT = {"id": ME, "username": "quoth", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {"id": ME, "name": "quoth", "description": "", "icon": None, "owner": BOT} | {
    **dict.fromkeys(("bot_public", "bot_require_code_grant"), False),
    **{"verify_key": "", "flags": 0},
}
READY = {"v": 10, "user": BOT, "session_id": "s", "application": {"id": ME, "flags": 0}} | {
    "guilds": [{"id": GUILD, "unavailable": True}], "resume_gateway_url": "ws://127.0.0.1:9",
}  # fmt: skip
EVERYONE = {"id": GUILD, "name": "@everyone", "permissions": str(2**40 - 1), "position": 0} | {
    **dict.fromkeys(("hoist", "managed", "mentionable"), False), **{"color": 0, "flags": 0},
}  # fmt: skip
PLACE = {"id": CHANNEL, "type": 0, "name": "general", "guild_id": GUILD, "position": 0} | {
    "permission_overwrites": [], "nsfw": False, "parent_id": None,
}  # fmt: skip
SERVER = {"id": GUILD, "name": "team", "owner_id": "1", "member_count": 2, "unavailable": False} | {
    **dict.fromkeys(("emojis", "stickers", "features", "members", "threads"), ()),
    **{"channels": [PLACE], "roles": [EVERYONE]},
}


def interaction(number: int, question: str) -> Json:
    """The use of /ask by a person who has not asked before, as the gateway sends it."""
    person = {"id": str(5000 + number), "username": "p", "discriminator": "0", "avatar": None}
    member = {"user": person, "roles": [], "joined_at": None, "flags": 0, "deaf": False}
    option = {"name": "question", "type": 3, "value": question}
    asked = {"id": "3", "name": "ask", "type": 1, "guild_id": GUILD, "options": [option]}
    return {
        "id": str(discord.utils.time_snowflake(discord.utils.utcnow()) + number),
        **{"application_id": ME, "type": 2, "token": f"token{number}", "version": 1},
        **{"guild_id": GUILD, "channel_id": CHANNEL, "channel": PLACE, "data": asked},
        **{"member": member | {"mute": False, "permissions": EVERYONE["permissions"]}},
        **{"app_permissions": EVERYONE["permissions"], "locale": "en-US", "entitlements": []},
        **{"attachment_size_limit": 2**20},
    }


def message(content: str) -> Json:
    empty = dict.fromkeys(("attachments", "embeds", "mentions", "mention_roles", "components"), ())
    plain = dict.fromkeys(("tts", "mention_everyone", "pinned"), False)
    when = {"timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "type": 0}
    return {"id": "71", "channel_id": CHANNEL, "author": BOT, "content": content} | (
        empty | plain | when
    )


async def be_discord() -> None:
    runner = web.AppRunner(Discord().app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print("http://{}:{}".format(*runner.addresses[0]), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


@asynccontextmanager
async def a_discord() -> AsyncIterator[str]:
    """A Discord in a process of its own, to which discord.py is pointed; its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.loopback"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin
    assert process.stdout
    address = (await process.stdout.readline()).decode().strip()
    discord.http.Route.BASE = address
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{address}/gateway")
    try:
        yield address
    finally:
        process.stdin.close()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(be_discord())
