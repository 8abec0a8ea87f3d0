"""An answer that is deleted, by its button or by hand, is gone and forgotten."""

from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from buttons import UNKNOWN, shown
from world import QUESTION, World, answered, member

from bot.discord.state import State


async def test_the_asker_and_who_may_manage_messages_delete_an_answer_and_nobody_else(
    world: World,
) -> None:
    first, second = await answered(world), await answered(world)
    bob, mod = member(world, "bob"), member(world, "mod", manage_messages=True)
    refused = await bob.click(first, label="Delete")
    assert shown(refused) == ["Only who asked, or who may manage messages here, can delete this."]
    assert len(world.said()) == 2
    await world.ada.click(first, label="Delete")
    assert [m.id for m in world.channel.history() if m.author.id == world.me] == [second.id]
    await mod.click(second, label="Delete")
    assert world.said() == []


async def test_all_messages_of_an_answer_are_deleted_and_it_is_forgotten(
    world: World, state: State, build: Callable[[str], Path]
) -> None:
    build(f"The 10% rule was dropped {'🎉' * 1500}")
    answer = await answered(world, "was the 10% rule dropped?")
    parts = [m.id for m in world.channel.history() if m.author.id == world.me]
    assert len(parts) == 2
    assert state.messages(1) == tuple(parts)
    await world.ada.click(answer, label="Delete")
    assert world.said() == []
    assert state.given(1, world.channel.id) is None


async def test_an_answer_is_deleted_where_the_bot_does_not_see_the_channel(
    world: World, state: State, build: Callable[[str], Path]
) -> None:
    closed = discord.PermissionOverwrite(view_channel=False)
    hall = world.served.create_text_channel("hall", overwrites={world.env.bot.user: closed})
    asked = await world.ada.slash(hall, "ask", question=QUESTION)
    assert asked.response
    assert shown(await world.ada.click(asked.response, label="Delete")) == []
    assert hall.history() == []
    assert state.given(1, hall.id) is None
    build(f"The 10% rule was dropped {'🎉' * 1500}")
    asked = await world.ada.slash(hall, "ask", question="was the 10% rule dropped?")
    result = await world.ada.click(asked.followups[-1], label="Delete")
    line = "I may not delete all of it here; who may manage messages can."
    assert [m.content for m in result.followups if m.ephemeral] == [line]
    left = (asked.response.id, asked.followups[0].id)
    assert tuple(m.id for m in hall.history() if not m.flags.ephemeral) == left
    assert state.messages(2) == left


@pytest.mark.parametrize("by", ["hand", "many at once", "channel"])
async def test_an_answer_that_is_deleted_by_hand_is_forgotten(
    world: World, state: State, by: str
) -> None:
    answer = await answered(world)
    if by == "hand":
        await member(world, "mod", manage_messages=True).delete(answer)
    elif by == "many at once":
        world.env.backend.bulk_delete_messages(world.channel.id, [answer.id])
    else:
        world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()
    assert state.given(1, world.channel.id) is None
    assert not state.is_answer(answer.id)


async def test_what_was_shown_of_an_answer_that_is_deleted_leads_no_further(
    world: World, notes: None
) -> None:
    answer = await answered(world)
    context = await world.ada.click(answer, label="Show in context")
    await world.ada.click(answer, label="Delete")
    assert context.response
    assert shown(await world.ada.click(context.response, label="Quote 2")) == [UNKNOWN]
