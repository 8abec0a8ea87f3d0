"""The index behind the bot: off the event loop, opened anew, and kept if the new one cannot be."""

import asyncio
import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import simcord
from world import FIRST, QUESTION, SERVED, TEXT, Words, World, ask, forgiven

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import QUEUE, THREADS, Pool
from bot.discord.state import State
from index import Index


async def test_the_event_loop_does_no_work(world: World, words: Words) -> None:
    await world.mention(QUESTION)
    assert words.threads
    assert threading.get_ident() not in words.threads


async def test_the_model_is_warm_before_the_first_question(world: World, words: Words) -> None:
    assert words.reached.is_set()


async def test_a_new_index_answers_the_next_question(
    world: World, build: Callable[[str], Path]
) -> None:
    await world.mention(QUESTION)
    build(TEXT.replace("3 May 2019", "7 June 2018"))
    assert (await world.mention(QUESTION))[-1].startswith("**7 June 2018**")


async def test_a_question_in_flight_ends_on_the_index_it_began_on(
    pool: Pool, words: Words, build: Callable[[str], Path]
) -> None:
    await ask(pool, QUESTION)
    words.reached.clear()
    words.gate.clear()
    old = asyncio.create_task(ask(pool, QUESTION))
    await asyncio.to_thread(words.reached.wait)
    build(TEXT.replace("3 May 2019", "7 June 2018"))
    words.gate.set()
    assert (await old)[0].content.startswith("**3 May 2019**")
    assert (await ask(pool, QUESTION))[0].content.startswith("**7 June 2018**")


async def test_beyond_the_queue_it_says_at_once_that_it_is_busy(
    world: World, pool: Pool, words: Words
) -> None:
    words.gate.clear()
    waiting = [asyncio.create_task(ask(pool, QUESTION)) for _ in range(THREADS + QUEUE)]
    await asyncio.to_thread(words.reached.wait)
    busy = "I am busy with other questions; ask again in a moment."
    result = await world.ada.slash(world.channel, "ask", question=QUESTION)
    assert result.response
    assert (result.response.content, result.ephemeral) == (busy, True)
    assert await world.mention(QUESTION) == [busy]
    forgiven(world)
    words.gate.set()
    assert all(m[0].content.startswith(FIRST) for m in await asyncio.gather(*waiting))


@pytest.mark.parametrize("harm", ["gone", "broken"])
async def test_an_index_that_cannot_be_read_is_told_without_its_path(
    pool: Pool, state: State, tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    line = "I cannot read the documents just now. Please tell an admin\\: my log says why."
    if harm == "gone":
        shutil.rmtree(tmp_path / "idx")
    else:
        (tmp_path / "idx" / "current.json").write_text("{")
    async with simcord.run(with_doors(Client(pool, state, guilds=[SERVED]))) as env:
        world = World(env)
        assert await world.mention(QUESTION) == [line]
        result = await world.ada.slash(world.channel, "ask", question=QUESTION)
        forgiven(world)
        assert result.response
        assert result.response.content == line
    logged = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert [m.split()[0] for m in logged] == ["event=index_unreadable"] * 3  # one as it warms up
    assert str(tmp_path) in logged[0]


@pytest.mark.parametrize("harm", ["gone", "broken"])
async def test_while_a_new_index_cannot_be_read_the_former_answers(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    await world.mention(QUESTION)
    current = tmp_path / "idx" / "current.json"
    good = current.read_bytes()
    if harm == "gone":
        current.unlink()
    else:
        current.write_text("{")
    for _ in range(2):
        assert (await world.mention(QUESTION))[-1].startswith(FIRST)
    kept = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert [m.partition(" reason=")[0] for m in kept] == ["event=index_kept documents=1"]
    rule = tmp_path / "docs" / "rule.md"
    rule.write_text(TEXT.replace("3 May 2019", "7 June 2018"))
    current.write_bytes(good)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=Words())
    assert (await world.mention(QUESTION))[-1].startswith("**7 June 2018**")


async def test_an_index_that_is_mended_where_it_is_is_opened_within_a_minute(
    pool: Pool, tmp_path: Path, build: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(pool, QUESTION)
    build(TEXT.replace("3 May 2019", "7 June 2018"))
    (newest,) = sorted((tmp_path / "idx" / "generations").iterdir())[-1:]
    newest.rename(tmp_path / "away")
    assert (await ask(pool, QUESTION))[0].content.startswith("**3 May 2019**")
    (tmp_path / "away").rename(newest)
    assert (await ask(pool, QUESTION))[0].content.startswith("**3 May 2019**")
    monkeypatch.setattr("bot.discord.pool.RETRY_S", 0)
    assert (await ask(pool, QUESTION))[0].content.startswith("**7 June 2018**")
