"""What people say of an answer by its buttons, which may be taken back."""

from buttons import THANKS, UNKNOWN, labels, shown
from world import SERVED, World, answered, member

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import State


async def test_who_says_right_is_thanked_and_it_is_noted(world: World, state: State) -> None:
    answer = await answered(world)
    assert shown(await world.ada.click(answer, label="Right")) == [THANKS]
    (said,) = state.feedback(SERVED)
    assert (said["right"], said["why"], said["person"]) == (True, "", str(world.ada.id))
    assert said["message"] == answer.jump_url
    assert [quote["line"] for quote in said["quotes"]] == [5]


async def test_wrong_is_noted_at_once_and_the_reason_when_it_is_there(
    world: World, state: State
) -> None:
    form = await world.ada.click(await answered(world), label="Wrong")
    assert [(row["right"], row["why"]) for row in state.feedback(SERVED)] == [(False, "")]
    assert shown(form) == [THANKS]
    assert form.modal
    field = form.modal["components"][0]["components"][0]["custom_id"]
    assert shown(await world.ada.submit_modal(form, {field: " It was\nJune. "})) == []
    assert [(r["right"], r["why"]) for r in state.feedback(SERVED)] == [(False, "It was\nJune.")]


async def test_a_reason_that_is_written_over_a_restart_is_noted(
    world: World, pool: Pool, state: State
) -> None:
    form = await world.ada.click(await answered(world), label="Wrong")
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED])))
    assert shown(await world.ada.submit_modal(form, {"why": "June"})) == []
    assert [row["why"] for row in state.feedback(SERVED)] == ["June"]


async def test_two_forms_for_one_answer_are_each_taken_up_once(world: World, state: State) -> None:
    answer, bob = await answered(world), member(world, "bob")
    one, two = [await who.click(answer, label="Wrong") for who in (world.ada, bob)]
    assert shown(await bob.submit_modal(two, {"why": "May"})) == []
    assert shown(await world.ada.submit_modal(one, {"why": "June"})) == []
    assert {row["why"] for row in state.feedback(SERVED)} == {"May", "June"}


async def test_a_reason_for_an_answer_that_is_forgotten_is_not_thanked_for(
    world: World, state: State
) -> None:
    form = await world.ada.click(await answered(world), label="Wrong")
    state.forget_before("9999")
    assert shown(await world.ada.submit_modal(form, {"why": "June"})) == [UNKNOWN]


async def test_a_reason_may_be_left_out(world: World, state: State) -> None:
    form = await world.ada.click(await answered(world), label="Wrong")
    assert shown(await world.ada.submit_modal(form, {})) == []
    assert [(row["right"], row["why"]) for row in state.feedback(SERVED)] == [(False, "")]


async def test_each_person_has_a_say_and_may_change_it(world: World, state: State) -> None:
    answer, bob = await answered(world), member(world, "bob")
    await bob.click(answer, label="Right")
    await world.ada.click(answer, label="Right")
    await world.ada.click(answer, label="Wrong")
    said = {row["person"]: row["right"] for row in state.feedback(SERVED)}
    assert said == {str(bob.id): True, str(world.ada.id): False}


async def test_what_was_said_of_an_answer_can_be_taken_back(
    world: World, pool: Pool, state: State
) -> None:
    answer, bob = await answered(world), member(world, "bob")
    await bob.click(answer, label="Wrong")
    right = (await world.ada.click(answer, label="Right")).response
    form = await world.ada.click(answer, label="Wrong")
    (wrong,) = form.followups
    assert right
    assert labels(right) == labels(wrong) == ["Take back"]
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED])))
    for thanked in (wrong, right):
        result = await world.ada.click(thanked, label="Take back")
        assert shown(result)[-1] == "Taken back."
        assert [row["person"] for row in state.feedback(SERVED)] == [str(bob.id)]
