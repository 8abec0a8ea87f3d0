"""How long the bot's event loop stalls while fifty people ask at once.

python benchmarks/stall.py [FILE]    prints a table, and writes its numbers to FILE as JSON

The bot's own client answers over real HTTP and a real WebSocket; a Discord of loopback, in a
process of its own, hands it fifty uses of /ask in one go. Meanwhile a ticker on the loop sleeps for
a millisecond again and again: what it oversleeps by, at most, is the stall, for so long would a
heartbeat or an acknowledgement have waited too. The other side of each ratio is the same client
with the same questions, asked on the loop's own thread. The sides take turns.
"""

import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import aiohttp
import discord
import yarl
from aiohttp import WSMsgType, web

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.failures import BUSY
from bot.discord.log import log_to_stderr
from bot.discord.pool import Pool
from bot.discord.state import Settings, State
from index import Index, SentenceEncoder

ROOT = Path(__file__).parent.parent
AT_ONCE, ROUNDS, TICK_S, TO_REACH_MS = 50, 5, 0.001, 100
GUILD, CHANNEL, ME = "1001", "2002", "9"

T = TypeVar("T")
Row = dict[str, Any]


class OnTheLoop(Pool):
    """What a bot does that asks its index where it is asked."""

    async def run(self, job: Callable[[Index], T]) -> T:
        return job(self._index())


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


def interaction(number: int, question: str) -> Row:
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


def message(content: str) -> Row:
    empty = dict.fromkeys(("attachments", "embeds", "mentions", "mention_roles", "components"), ())
    plain = dict.fromkeys(("tts", "mention_everyone", "pinned"), False)
    when = {"timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "type": 0}
    return {"id": "71", "channel_id": CHANNEL, "author": BOT, "content": content} | (
        empty | plain | when
    )


async def be_discord() -> None:
    """Serve until standard input ends; the address is the first line printed."""
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
        *(sys.executable, __file__, "--be-discord"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
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


class Ticker:
    """The longest that the loop kept somebody waiting who wanted to go on, in ms."""

    def __init__(self) -> None:
        self.longest_ms = 0.0

    async def tick(self) -> None:
        while True:
            before = perf_counter()
            await asyncio.sleep(TICK_S)
            self.longest_ms = max(self.longest_ms, (perf_counter() - before - TICK_S) * 1000)


async def fire(address: str, questions: list[str]) -> tuple[float, float, list[str]]:
    """The longest stall, in ms, while all the questions are answered; seconds it took; answers."""
    ticker = Ticker()
    ticking = asyncio.create_task(ticker.tick())
    await asyncio.sleep(0)
    began = perf_counter()
    url = f"{address}/fire"
    async with aiohttp.request("POST", url, json=questions) as answered:
        said = await answered.json()
    ticking.cancel()
    wrong = [text for text in said if not text.startswith(("-# asked", BUSY))]
    assert not wrong, wrong[0]
    return ticker.longest_ms, perf_counter() - began, said


async def side(pool: Pool, folder: Path, questions: list[str]) -> tuple[float, float, int]:
    """A client comes online, is warm, and is asked. Stall in ms, seconds, questions turned away."""
    state = State(folder / "bot.sqlite")
    state.set(int(GUILD), Settings(cooldown=0))
    client = with_doors(Client(pool, state, guilds=[int(GUILD)]))
    async with a_discord() as address, client, asyncio.TaskGroup() as group:
        group.create_task(client.start("token"))
        await client.wait_until_ready()
        await pool.warm()
        await fire(address, questions[:1])
        stall, seconds, said = await fire(address, questions)
        await client.close()
    state.close()
    return stall, seconds, sum(BUSY in text for text in said)


async def measured(folder: Path) -> list[Row]:
    rows = [json.loads(line) for line in (ROOT / "tests/data/seeds.jsonl").open(encoding="utf-8")]
    questions = ([row["question"] for row in rows] * 2)[:AT_ONCE]
    encoder = SentenceEncoder()
    Index.build([ROOT / "seeds"], folder / "index", model=encoder)
    pools = [
        kind(folder / "index", lambda: Index.open(folder / "index", model=encoder))
        for kind in (Pool, OnTheLoop)
    ]
    found = [[await side(pool, folder, questions) for pool in pools] for _ in range(ROUNDS)]
    for pool in pools:
        pool.close()
    names = "bot (two threads)", "asked on the loop"
    return [row(name, rounds) for name, rounds in zip(names, zip(*found, strict=True), strict=True)]


def row(name: str, rounds: tuple[tuple[float, float, int], ...]) -> Row:
    stalls, seconds, away = zip(*rounds, strict=True)
    return {
        "side": name,
        "stall_ms": round(statistics.median(stalls), 1),
        "worst_ms": round(max(stalls), 1),
        "seconds": round(statistics.median(seconds), 2),
        "turned_away": sum(away),
    }


def main() -> Row:
    """Print the table; the numbers, `rows` of the two sides and what there is to reach."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    with (
        tempfile.TemporaryDirectory() as folder,
        open(os.devnull, "w") as nowhere,
        contextlib.redirect_stderr(nowhere),
    ):
        log_to_stderr()  # a line an answer is work of the loop's too
        rows = asyncio.run(measured(Path(folder)))
    ratio = round(rows[1]["stall_ms"] / rows[0]["stall_ms"], 1)
    print(f"{AT_ONCE} questions at once on the seeds, {ROUNDS} rounds of each side\n")
    print(f"{'':20}{'longest stall':>16}{'worst of all':>16}{'all answered in':>18}")
    for each in rows:
        print(
            f"{each['side']:20}{each['stall_ms']:>13} ms{each['worst_ms']:>13} ms"
            f"{each['seconds']:>16} s"
        )
    print(f"\nthe loop waits {ratio} times as long; to reach: under {TO_REACH_MS} ms")
    return {"at_once": AT_ONCE, "rounds": ROUNDS, "rows": rows, "ratio": ratio}


if __name__ == "__main__":
    if sys.argv[1:] == ["--be-discord"]:
        asyncio.run(be_discord())
    else:
        numbers = main()
        for file in sys.argv[1:]:
            Path(file).write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
