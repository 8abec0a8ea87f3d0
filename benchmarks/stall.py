"""How long the bot's event loop stalls while fifty people ask at once.

python -m benchmarks.stall [FILE]    prints a table, and writes its numbers to FILE as JSON

The bot's own client answers over real HTTP and a real WebSocket; a Discord of loopback, in a
process of its own, hands it fifty uses of /ask in one go. Meanwhile a ticker on the loop sleeps for
a millisecond again and again: what it oversleeps by, at most, is the stall, for so long would a
heartbeat or an acknowledgement have waited too. The other side of each ratio is the same client
with the same questions, asked on the loop's own thread. The sides take turns.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import aiohttp
import discord

from benchmarks.corpus import ROOT
from benchmarks.loopback import GUILD, a_discord
from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.failures import BUSY
from bot.discord.log import log_to_stderr
from bot.discord.pool import Pool
from bot.discord.state import Settings, State
from index import Index, SentenceEncoder

AT_ONCE, ROUNDS, TICK_S, TO_REACH_MS = 50, 5, 0.001, 100

T = TypeVar("T")
Row = dict[str, Any]


class OnTheLoop(Pool):
    """What a bot does that asks its index where it is asked."""

    async def run(self, job: Callable[[Index], T]) -> T:
        return job(self._index())


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
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stall",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, nargs="?")
    options = parser.parse_args()
    numbers = main()
    if options.file:
        options.file.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
