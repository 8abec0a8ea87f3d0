"""Buttons with ids that were never issued there show nothing of any answer."""

import pytest
from buttons import CONTEXT, UNKNOWN, forged, shown
from world import QUESTION, SERVED, World, answered

from bot.discord.state import State


@pytest.mark.parametrize(
    "custom_id",
    [
        "quoth:more:999999:0",
        "quoth:more:0:0",
        "quoth:context:999999999999999:999",
        "quoth:delete:2:0",
    ],
)
async def test_of_an_answer_that_it_does_not_know_it_says_so(world: World, custom_id: str) -> None:
    answer = await answered(world)
    assert shown(await forged(world, answer, custom_id)) == [UNKNOWN]
    assert len(world.said()) == 1


async def test_an_answer_of_another_channel_is_not_known(world: World, state: State) -> None:
    other = world.served.create_text_channel("secret")
    await world.ada.send(other, f"<@{world.me}> {QUESTION}")
    here = await answered(world)
    for act in ("context", "more", "right", "wrong", "delete"):
        assert shown(await forged(world, here, f"quoth:{act}:1:0")) == [UNKNOWN]
    assert other.last_message
    assert list(state.feedback(SERVED)) == []


@pytest.mark.parametrize("custom_id", ["quoth:more:1:999", "quoth:more:1:3"])
async def test_beyond_what_was_found_there_is_nothing_further(world: World, custom_id: str) -> None:
    answer = await answered(world)
    assert shown(await forged(world, answer, custom_id)) == ["Nothing further comes close."]


async def test_the_context_beyond_the_last_quote_is_that_of_the_last(world: World) -> None:
    answer = await answered(world)
    assert shown(await forged(world, answer, "quoth:context:1:999")) == [CONTEXT]


@pytest.mark.parametrize(
    "custom_id",
    [
        "quoth:nuke:1:0",
        "quoth:more:1:1000",
        "quoth:more:1",
        "quoth:more:1:0:0",
        f"quoth:more:{'9' * 80}:0",
        "quoth:more:-1:0",
        "quoth:more:١:0",
        "quoth:sources:9999999",
        "'; DROP TABLE answers; --",
    ],
)
async def test_what_was_never_a_button_is_met_with_silence(world: World, custom_id: str) -> None:
    result = await forged(world, await answered(world), custom_id)
    assert not result.acknowledged
    assert len(world.said()) == 1
