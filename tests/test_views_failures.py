"""Buttons where the bot cannot serve: who left, busy, an index or a state that cannot be read."""

import asyncio
import logging
from pathlib import Path

import pytest
from buttons import labels, shown
from world import FIRST, OTHER, QUESTION, SERVED, Words, World, answered, ask, member

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import QUEUE, THREADS, Pool
from bot.discord.state import State
from index import Index


async def test_who_has_left_the_team_gets_nothing_more(world: World, state: State) -> None:
    await world.ada.send_dm(QUESTION)
    answer = world.ada.user.dm_channel.last_message
    assert answer
    world.served.remove_member(world.ada)
    for label in ("Show in context", "Right", "Wrong", "Delete"):
        result = await world.ada.user.click(answer, label=label)
        assert shown(result) == ["I am not set up here."]
    assert list(state.feedback(SERVED)) == []


async def test_in_a_server_that_is_no_longer_served_buttons_say_so(
    world: World, pool: Pool, state: State
) -> None:
    answer = await answered(world)
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[OTHER])))
    result = await world.ada.click(answer, label="Show in context")
    assert shown(result) == ["I am not set up here."]


async def test_a_button_that_is_pressed_when_all_are_busy_says_so(
    world: World, pool: Pool, words: Words
) -> None:
    answer = await answered(world)
    words.reached.clear()
    words.gate.clear()
    waiting = [asyncio.create_task(ask(pool, QUESTION)) for _ in range(THREADS + QUEUE)]
    await asyncio.to_thread(words.reached.wait)
    result = await world.ada.click(answer, label="Show in context")
    assert shown(result) == ["I am busy with other questions; ask again in a moment."]
    words.gate.set()
    await asyncio.gather(*waiting)


async def test_a_button_says_that_the_index_cannot_be_read(
    world: World, pool: Pool, state: State, tmp_path: Path
) -> None:
    answer = await answered(world)
    (tmp_path / "idx" / "current.json").write_text("{")
    unread = Pool(tmp_path / "idx", lambda: Index.open(tmp_path / "idx", model=Words()))
    await world.env.restart_bot(with_doors(Client(unread, state, guilds=[SERVED])))
    line = "I cannot read the documents just now. Please tell an admin\\: my log says why."
    assert shown(await world.ada.click(answer, label="Show in context")) == [line]


async def test_a_button_says_that_its_answer_cannot_be_looked_up(
    world: World, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await answered(world)
    state.close()
    line = "I cannot reach my notes just now. Please tell an admin\\: my log says why."
    for label in ("Show in context", "Right", "Wrong", "Delete"):
        result = await world.ada.click(answer, label=label)
        assert shown(result) == [line]
    assert events(caplog) == ["event=state_unreadable"] * 4


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged that an admin must look at."""
    ours = [r for r in caplog.records if r.name == "quoth" and r.levelno >= logging.WARNING]
    return [record.getMessage().split()[0] for record in ours]


async def test_without_its_state_the_bot_answers_all_the_same_but_for_the_buttons(
    world: World, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    await answered(world)
    state.close()
    first = await answered(world)
    assert (first.content.startswith(FIRST), labels(first)) == (True, [])
    asked = await world.ada.slash(world.channel, "ask", question=QUESTION)
    assert asked.response
    assert FIRST in asked.response.content
    assert labels(asked.response) == []
    refused = await answered(world, "how tall is the moon?")
    assert refused.content.startswith("**The documents do not answer this.**")
    assert events(caplog) == ["event=state_unwritable"] * 3


async def test_without_its_state_the_bot_answers_in_threads_and_direct_messages(
    world: World, state: State
) -> None:
    state.close()
    await world.ada.send_dm(QUESTION)
    last = world.ada.user.dm_channel.last_message
    assert last
    assert last.content.startswith(FIRST)


async def test_without_its_state_the_bot_keeps_out_of_what_people_say_to_each_other(
    world: World, state: State
) -> None:
    state.close()
    said = await world.ada.send(world.channel, "Who is in on Monday?")
    await member(world, "bob").send(world.channel, "I am.", reply_to=said)
    assert world.said() == []
