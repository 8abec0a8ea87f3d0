"""The buttons under an answer, as people press them; simcord plays Discord."""

import asyncio
import logging
import re
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from simcord import InteractionResult, MemberActor
from world import FIRST, OTHER, QUESTION, SERVED, TEXT, Words, World, ask

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import QUEUE, THREADS, Pool
from bot.discord.state import State
from index import Index

UNKNOWN = "I no longer know this answer; ask again."
THANKS = "Thank you, noted."
CONTEXT = (
    "> Date\\: 2020-01-28\n> \n> **The board dropped the 10% rule on 3 May 2019\\.** It pinged "
    r"\@everyone about \*\*it\*\*, see https\:\/\/a.b\/c."
    "\n-# rule.md, lines 3-5 · the quote in bold"
)


async def answered(world: World, question: str = QUESTION) -> discord.Message:
    """What carries the buttons of an answer to a mention."""
    await world.ada.send(world.channel, f"<@{world.me}> {question}")
    last = world.channel.last_message
    assert last
    return last


def shown(result: InteractionResult) -> list[str]:
    """What a press shows to who pressed; all of it to nobody else."""
    messages = [m for m in (result.response, *result.followups) if m]
    if messages and "Delete" in labels(messages[0]):
        del messages[0]  # the answer itself, which was pressed
    assert all(message.ephemeral for message in messages)
    return [message.content for message in messages]


def labels(message: object) -> list[str]:
    """The buttons that a message has now."""
    return [button["label"] for row in rows(message) for button in row["components"]]


def rows(message: object) -> list[dict[str, list[dict[str, str]]]]:
    components = getattr(message, "components", [])
    return [row if isinstance(row, dict) else row.to_dict() for row in components]


@pytest.fixture
def notes(tmp_path: Path, build: Callable[[str], Path]) -> None:
    """Eight further documents, each of which says when a rule was dropped."""
    (tmp_path / "docs").mkdir(exist_ok=True)
    for day in range(1, 9):
        text = f"# Note {day}\n\nThe board dropped the 10% rule on {day} June 2018.\n"
        (tmp_path / "docs" / f"note-{day}.md").write_text(text)
    build(TEXT)


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


def quotes(contents: list[str]) -> list[str]:
    """Each quoted line with the line that says where it stands."""
    lines = [line for content in contents for line in content.splitlines()]
    return [f"{line}\n{lines[n + 1]}" for n, line in enumerate(lines) if line.startswith("> ")]


async def test_what_comes_after_a_refusal_is_marked_as_no_answer(world: World, notes: None) -> None:
    refusal = await answered(world, "how tall is the moon?")
    (content,) = shown(await world.ada.click(refusal, label="More passages"))
    abouts = [line for line in content.splitlines() if line.startswith("-# ")]
    assert [about.split(" · ")[0] for about in abouts] == ["-# not an answer"] * 3


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
    assert form.modal
    field = form.modal["components"][0]["components"][0]["custom_id"]
    assert shown(await world.ada.submit_modal(form, {field: " It was\nJune. "})) == [THANKS]
    assert [(r["right"], r["why"]) for r in state.feedback(SERVED)] == [(False, "It was\nJune.")]


async def test_a_reason_that_is_written_over_a_restart_is_noted(
    world: World, pool: Pool, state: State
) -> None:
    form = await world.ada.click(await answered(world), label="Wrong")
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED])))
    assert shown(await world.ada.submit_modal(form, {"why": "June"})) == [THANKS]
    assert [row["why"] for row in state.feedback(SERVED)] == ["June"]


async def test_two_forms_for_one_answer_are_each_taken_up_once(world: World, state: State) -> None:
    answer, bob = await answered(world), member(world, "bob")
    one, two = [await who.click(answer, label="Wrong") for who in (world.ada, bob)]
    assert shown(await bob.submit_modal(two, {"why": "May"})) == [THANKS]
    assert shown(await world.ada.submit_modal(one, {"why": "June"})) == [THANKS]
    assert {row["why"] for row in state.feedback(SERVED)} == {"May", "June"}


async def test_a_reason_for_an_answer_that_is_forgotten_is_not_thanked_for(
    world: World, state: State
) -> None:
    form = await world.ada.click(await answered(world), label="Wrong")
    state.forget_before("9999")
    assert shown(await world.ada.submit_modal(form, {"why": "June"})) == [UNKNOWN]


async def test_a_reason_may_be_left_out(world: World, state: State) -> None:
    form = await world.ada.click(await answered(world), label="Wrong")
    assert shown(await world.ada.submit_modal(form, {})) == [THANKS]
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
    wrong = (await world.ada.submit_modal(form, {"why": "June"})).response
    assert right
    assert wrong
    assert labels(right) == labels(wrong) == ["Take back"]
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED])))
    for thanked in (wrong, right):
        result = await world.ada.click(thanked, label="Take back")
        assert shown(result)[-1] == "Taken back."
        assert [row["person"] for row in state.feedback(SERVED)] == [str(bob.id)]


def member(world: World, name: str, **permissions: bool) -> MemberActor:
    role = world.served.create_role(name, permissions=discord.Permissions(**permissions))
    return world.served.add_member(world.env.create_user(name), roles=[role])


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


async def test_buttons_work_after_a_restart(
    world: World, pool: Pool, tmp_path: Path, state: State, notes: None
) -> None:
    answer = await answered(world)
    more = await world.ada.click(answer, label="More passages")
    first = await world.ada.click(answer, label="Show in context")
    await world.env.restart_bot(
        with_doors(Client(pool, State(tmp_path / "bot.sqlite"), guilds=[SERVED]))
    )
    assert shown(await world.ada.click(answer, label="Show in context")) == shown(first)
    assert shown(await world.ada.click(answer, label="More passages")) == shown(more)
    assert more.response
    assert shown(await world.ada.click(more.response, label="More passages")) != shown(more)
    assert shown(await world.ada.click(answer, label="Right")) == [THANKS]
    form = await world.ada.click(answer, label="Wrong")
    assert shown(await world.ada.submit_modal(form, {})) == [THANKS]
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


NEW = TEXT.replace("3 May 2019", "7 June 2018")
STALE = {
    "edited": "**rule.md has changed since it was indexed.**",
    "edited and indexed": "**rule.md has changed since this answer.** Ask again.",
    "deleted": "**rule.md has been deleted since it was indexed.**",
    "deleted and indexed": "**rule.md is no longer among the documents.**",
}


@pytest.mark.parametrize("harm", STALE)
async def test_what_has_become_of_the_document_is_said_on_every_button(
    world: World, tmp_path: Path, build: Callable[[str], Path], harm: str
) -> None:
    answer = await answered(world)
    rule = tmp_path / "docs" / "rule.md"
    if harm == "edited and indexed":
        build(NEW)
    elif harm == "deleted and indexed":
        build(TEXT)
        rule.rename(tmp_path / "docs" / "other.md")
        build_as_is(tmp_path)
    elif harm == "edited":
        rule.write_text(NEW)
    else:
        rule.unlink()
    line = STALE[harm]
    kept = "indexed.**" in line
    context = shown(await world.ada.click(answer, label="Show in context"))
    assert context == [f"{line}\n{CONTEXT}" if kept else line]
    assert shown(await world.ada.click(answer, label="Right")) == [f"{THANKS}\n{line}"]
    form = await world.ada.click(answer, label="Wrong")
    assert shown(await world.ada.submit_modal(form, {})) == [f"{THANKS}\n{line}"]


def build_as_is(tmp_path: Path) -> None:
    from index import Index

    Index.build([tmp_path / "docs"], tmp_path / "idx", model=Words())


async def test_of_more_passages_those_that_have_changed_are_named_and_not_shown(
    world: World, tmp_path: Path, notes: None
) -> None:
    answer = await answered(world)
    (before,) = shown(await world.ada.click(answer, label="More passages"))
    (tmp_path / "docs" / "rule.md").write_text(NEW)
    for day in range(1, 9):
        (tmp_path / "docs" / f"note-{day}.md").write_text(f"It was day {day}.")
    build_as_is(tmp_path)
    (after,) = shown(await world.ada.click(answer, label="More passages"))
    assert len(quotes([before])) == 3
    assert len(after.splitlines()) == 3
    assert all("has changed since this answer.** Ask again." in n for n in after.splitlines())


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


async def forged(world: World, message: discord.Message, custom_id: str) -> InteractionResult:
    """Press a button with an id that was never issued."""
    stored = world.env.backend.get_message(message.channel.id, message.id)
    stored.components[0]["components"][0]["custom_id"] = custom_id
    return await world.ada.click(message, custom_id=custom_id)


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
