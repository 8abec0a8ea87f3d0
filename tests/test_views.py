"""The buttons under an answer, as people press them; simcord plays Discord."""

import re
from collections.abc import Callable
from pathlib import Path

import discord
from buttons import CONTEXT, THANKS, labels, quotes, shown
from world import QUESTION, SERVED, TEXT, World, answered

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import State


async def test_an_answer_and_a_refusal_carry_their_buttons_under_the_last_message(
    world: World, notes: None
) -> None:
    every = ["Show in context", "More passages", "Right", "Wrong", "Delete"]
    assert labels(await answered(world)) == every
    assert labels(await answered(world, "how tall is the moon?")) == every


async def test_a_refusal_with_nothing_near_has_nothing_to_show(
    world: World, build: Callable[[str], Path]
) -> None:
    build("")
    assert labels(await answered(world)) == ["Right", "Wrong", "Delete"]


async def test_the_context_is_private_with_the_quote_in_bold(world: World) -> None:
    result = await world.ada.click(await answered(world), label="Show in context")
    assert shown(result) == [CONTEXT]
    assert labels(result.response) == []


async def test_the_context_of_each_quote_can_be_shown(world: World, notes: None) -> None:
    answer = await answered(world)
    one = await world.ada.click(answer, label="Show in context")
    assert labels(one.response) == ["Quote 2", "Quote 3"]
    assert one.response
    two = await world.ada.click(one.response, label="Quote 2")
    assert labels(two.response) == ["Quote 1", "Quote 3"]
    places = [line.split(",")[0] for line in answer.content.splitlines() if line.startswith("-# n")]
    assert [text.splitlines()[-1].split(",")[0] for text in shown(one) + shown(two)] == places[:2]


async def test_of_a_very_long_line_the_context_is_what_is_near_and_says_so(
    world: World, build: Callable[[str], Path]
) -> None:
    build(f"{TEXT.strip()} {'Then an item was moved. ' * 20_000}")
    (content,) = shown(await world.ada.click(await answered(world), label="Show in context"))
    left = r" · left out\\: 478,\d{3} characters after · the quote in bold$"
    assert re.search("-# rule.md, lines 3-5" + left, content)


async def test_more_passages_follow_until_there_are_none(world: World, notes: None) -> None:
    page: discord.Message = await answered(world)
    quoted = quotes([page.content])
    assert len(quoted) == 3
    while "More passages" in labels(page):
        result = await world.ada.click(page, label="More passages")
        assert result.response
        page = result.response.message
        quoted += quotes(shown(result))
    assert len(quoted) == len(set(quoted)) > 6
    assert labels(page) == []


async def test_what_comes_after_a_refusal_is_marked_as_no_answer(world: World, notes: None) -> None:
    refusal = await answered(world, "how tall is the moon?")
    (content,) = shown(await world.ada.click(refusal, label="More passages"))
    abouts = [line for line in content.splitlines() if line.startswith("-# ")]
    assert [about.split(" · ")[0] for about in abouts] == ["-# not an answer"] * 3


async def test_buttons_work_after_a_restart(
    world: World, pool: Pool, state_file: Path, state: State, notes: None
) -> None:
    answer = await answered(world)
    more = await world.ada.click(answer, label="More passages")
    first = await world.ada.click(answer, label="Show in context")
    await world.env.restart_bot(with_doors(Client(pool, State(state_file), guilds=[SERVED])))
    assert shown(await world.ada.click(answer, label="Show in context")) == shown(first)
    assert shown(await world.ada.click(answer, label="More passages")) == shown(more)
    assert more.response
    assert shown(await world.ada.click(more.response, label="More passages")) != shown(more)
    assert shown(await world.ada.click(answer, label="Right")) == [THANKS]
    assert shown(await world.ada.click(answer, label="Wrong")) == [THANKS]
    await world.ada.click(answer, label="Delete")
    assert world.said() == []


async def test_buttons_work_in_direct_messages(world: World, state: State) -> None:
    await world.ada.send_dm(QUESTION)
    answer = world.ada.user.dm_channel.last_message
    assert answer
    assert shown(await world.ada.user.click(answer, label="Show in context")) == [CONTEXT]
    assert shown(await world.ada.user.click(answer, label="Right")) == [THANKS]
    assert [(r["right"], r["message"]) for r in state.feedback(SERVED)] == [(True, None)]
    await world.ada.user.click(answer, label="Delete")
    assert [m.content for m in world.ada.user.dm_channel.history()] == [QUESTION]


async def test_a_private_answer_has_buttons_but_is_not_there_to_be_deleted(
    world: World, state: State
) -> None:
    asked = await world.ada.slash(world.channel, "ask", question=QUESTION, private=True)
    assert asked.response
    assert labels(asked.response) == ["Show in context", "More passages", "Right", "Wrong"]
    assert shown(await world.ada.click(asked.response, label="Show in context")) == [CONTEXT]
    assert shown(await world.ada.click(asked.response, label="Right")) == [THANKS]
    assert [row["message"] for row in state.feedback(SERVED)] == [None]
