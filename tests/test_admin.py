"""What those who may manage the server can do; simcord plays Discord."""

import json
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from simcord import InteractionResult, MemberActor
from world import QUESTION, SERVED, World, forgiven

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import Gap, Given, Settings, State
from bot.wording import in_words

MOON = "how tall is the moon?"
ADMIN = ["reindex", "status", "feedback", "gaps", "settings"]
HINT = (
    "-# not kept\\: asked privately, deleted, or asked while "
    "`/admin settings keep_questions` was off"
)
OLD = Given(SERVED, 7, 5, True, "2020-01-01", False, 0.1, 0, ())


async def admin(world: World, eve: MemberActor, name: str, /, **options: object) -> str:
    """What an admin's command shows to who used it, and to nobody else."""
    result = await eve.slash(world.channel, f"admin {name}", **options)
    assert shown(result)
    assert all(message.ephemeral for message in shown(result))
    return "\n".join(message.content for message in shown(result))


def shown(result: InteractionResult) -> list[simcord.ResponseMessage]:
    return [message for message in (result.response, *result.followups) if message]


async def attached(result: InteractionResult) -> list[dict[str, Any]]:
    """The JSON objects in the one file that a command attaches."""
    (file,) = [file for message in shown(result) for file in message.attachments]
    return [json.loads(line) for line in (await file.read()).decode().splitlines()]


async def test_who_may_not_manage_the_server_does_not_see_the_commands(
    world: World, eve: MemberActor
) -> None:
    every = [f"admin {name}" for name in ADMIN]
    assert [n for n in eve.available_commands(world.channel) if n.startswith("admin")] == every
    assert not set(every) & set(world.ada.available_commands(world.channel))


@pytest.mark.parametrize("name", ADMIN)
async def test_who_may_not_manage_the_server_is_refused_where_discord_shows_them(
    world: World, state: State, name: str
) -> None:
    command = next(
        c for c in await world.env.bot.tree.fetch_commands(guild=world.served) if c.name == "admin"
    )
    world.served.set_command_permissions(command, {world.ada: True})
    line = "Only those who may manage the server can do that."
    assert await admin(world, world.ada, name) == line
    assert state.settings(SERVED) == Settings(cooldown=0)
    forgiven(world)


# status, feedback


async def test_status_says_what_the_index_holds_and_what_was_answered(
    world: World, eve: MemberActor, tmp_path: Path
) -> None:
    await world.mention(QUESTION)
    answer = world.channel.last_message
    assert answer
    for who in (world.ada, eve):
        await who.click(answer, label="Right")
    await world.mention(MOON)
    (tmp_path / "docs" / "rule.md").unlink()
    (tmp_path / "docs" / "plan.md").write_text("A plan.\n")
    index, model, *lines = (await admin(world, eve, "status")).splitlines()
    held, built = index.split(", built ")
    assert held.startswith("Index\\: 1 document, 4 sentences, ")
    assert re.fullmatch("<t:[0-9]{10}:f>", built)  # in the time zone of who reads it
    assert model == "Model\\: words"
    assert lines == [
        "Answers\\: 1, refusals\\: 1, judged\\: 1",
        "Settings\\: no cooldown; the text of questions that found no answer is not kept",
        "**Not as indexed**, `/admin reindex` catches up\\: 2",
        "- rule.md (gone)",
        "- plan.md (new)",
    ]


async def test_status_says_that_the_index_on_the_disk_cannot_be_read(
    world: World, eve: MemberActor, tmp_path: Path
) -> None:
    current = tmp_path / "idx" / "current.json"
    good = current.read_bytes()
    current.write_text("{")
    line = "**The index on the disk cannot be read**, and the former answers\\: "
    assert line in await admin(world, eve, "status")
    current.write_bytes(good)
    assert line not in await admin(world, eve, "status")


async def test_feedback_is_what_was_said_to_be_wrong_and_a_file_of_all(
    world: World, eve: MemberActor
) -> None:
    assert await admin(world, eve, "feedback") == "Nobody has judged an answer yet."
    await world.mention(QUESTION)
    answer = world.channel.last_message
    assert answer
    await world.ada.click(answer, label="Right")
    form = await eve.click(answer, label="Wrong")
    assert form.modal
    field = form.modal["components"][0]["components"][0]["custom_id"]
    await eve.submit_modal(form, {field: "It was June."})
    result = await eve.slash(world.channel, "admin feedback")
    (message,) = shown(result)
    day = in_words(message.message.created_at.date().isoformat())
    assert message.content.splitlines() == [
        "1 right, 1 wrong; all of it is in the file.",
        "**Said to be wrong**, newest first",
        f"- It was June. · {day} · {answer.jump_url}",
    ]
    said = await attached(result)
    assert [(row["right"], row["why"], row["message"]) for row in said] == [
        (True, "", answer.jump_url),
        (False, "It was June.", answer.jump_url),
    ]


async def test_where_it_may_not_attach_files_it_says_so(world: World, eve: MemberActor) -> None:
    await world.mention(QUESTION)
    answer = world.channel.last_message
    assert answer
    await world.ada.click(answer, label="Right")
    assert world.env.bot.user
    overwrites = {world.env.bot.user: discord.PermissionOverwrite(attach_files=False)}
    muted = world.served.create_text_channel("muted", overwrites=overwrites)
    result = await eve.slash(muted, "admin feedback")
    assert [message.content for message in shown(result)] == [
        "1 right, 0 wrong; all of it is in the file.\n"
        "The file is left out\\: I may not attach any here."
    ]


# gaps, settings


async def test_the_text_of_gaps_is_kept_only_while_a_server_wants_it(
    world: World, eve: MemberActor, state: State
) -> None:
    assert await admin(world, eve, "gaps") == "No question has gone without an answer."
    await world.mention(MOON)
    day = "on " + date(state)
    assert await admin(world, eve, "gaps") == (
        f"**Questions that found no answer**\\: 1\n- 1 × not kept, last {day}\n{HINT}"
    )
    kept = "Settings\\: no cooldown; the text of questions that found no answer "
    assert await admin(world, eve, "settings", keep_questions=True) == f"{kept}is kept"
    for question in (QUESTION, "who is the CEO of Nokia?", "How tall is the *moon*?", MOON):
        await world.mention(question)
    assert await admin(world, eve, "gaps") == (
        "**Questions that found no answer**\\: 4\n"
        f"- 2 × {MOON}, last {day}\n"
        f"- 1 × who is the CEO of Nokia?, last {day}\n"
        f"- 1 × not kept, last {day}\n{HINT}"
    )
    assert await admin(world, eve, "settings", keep_questions=False) == f"{kept}is not kept"
    assert await admin(world, eve, "gaps") == (
        f"**Questions that found no answer**\\: 4\n- 4 × not kept, last {day}\n{HINT}"
    )


async def test_the_text_of_what_was_asked_privately_is_told_to_no_admin(
    world: World, eve: MemberActor
) -> None:
    await admin(world, eve, "settings", keep_questions=True)
    await world.ada.slash(world.channel, "ask", question="can I be fired?", private=True)
    await world.ada.send_dm("how tall is Anna's daughter?")
    gaps = (await admin(world, eve, "gaps")).splitlines()
    assert re.fullmatch("- 2 × not kept, last on .*", gaps[1])
    assert gaps[2:] == [HINT]


@pytest.mark.parametrize("how", ["the button", "by hand", "with the button, once judged"])
async def test_who_deletes_a_refusal_takes_the_question_back(
    world: World, eve: MemberActor, how: str
) -> None:
    await admin(world, eve, "settings", keep_questions=True)
    await world.mention(MOON)
    assert MOON in await admin(world, eve, "gaps")
    refusal = world.channel.last_message
    assert refusal
    if how == "by hand":
        world.env.backend.bulk_delete_messages(world.channel.id, [refusal.id])
        await world.env.settle()
    else:
        if "judged" in how:
            await world.ada.click(refusal, label="Wrong")
        await world.ada.click(refusal, label="Delete")
    assert world.said() == []
    assert "moon" not in await admin(world, eve, "gaps")


def date(state: State) -> str:
    """The day of the last gap, in words."""
    return in_words(state.gaps(SERVED)[0].last[:10])


async def test_many_gaps_are_in_a_file(world: World, eve: MemberActor, state: State) -> None:
    state.set(SERVED, Settings(keep_questions=True))
    for number in range(30):
        state.add_gap(state.add(OLD), key=f"{number:02}", question=f"what of {number}?")
    result = await eve.slash(world.channel, "admin gaps")
    (message,) = shown(result)
    first, *listed, last = message.content.splitlines()
    assert first == "**Questions that found no answer**\\: 30"
    assert (listed[0], len(listed)) == ("- 1 × what of 29?, last on 1 January 2020", 25)
    assert last == "- and 5 more"
    rows = await attached(result)
    assert rows[29] == {"question": "what of 0?", "times": 1, "last": "2020-01-01"}


async def test_answers_and_gaps_are_forgotten_when_they_have_been_kept_for_long_enough(
    world: World, pool: Pool, state: State
) -> None:
    number, later = state.add(OLD), state.add(replace(OLD, given="9999-01-01"))
    for refusal in (number, later):
        state.add_gap(refusal, key="", question="")
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED], keep_days=30)))
    assert state.gaps(SERVED) == (Gap(None, 1, "9999-01-01"),)
    assert state.given(number, 7) is None


async def test_settings_are_shown_set_one_by_one_and_last_over_a_restart(
    world: World, eve: MemberActor, pool: Pool, state_file: Path
) -> None:
    kept = "the text of questions that found no answer is kept"
    await admin(world, eve, "settings", cooldown=60)
    await admin(world, eve, "settings", keep_questions=True)
    line = f"Settings\\: one question a person every 60 s; {kept}"
    assert await admin(world, eve, "settings") == line
    await world.env.restart_bot(with_doors(Client(pool, State(state_file), guilds=[SERVED])))
    assert await admin(world, eve, "settings") == line
    assert (await world.mention(QUESTION))[-1].startswith("**3 May 2019**")
    assert (await world.mention(QUESTION))[-1].startswith("One question at a time\\: you can ")


async def test_a_cooldown_outside_its_range_cannot_be_set(world: World, eve: MemberActor) -> None:
    for cooldown in (-1, 3601):
        with pytest.raises(simcord.SetupError):
            await eve.slash(world.channel, "admin settings", cooldown=cooldown)


@pytest.mark.parametrize("name", ["status", "feedback", "gaps"])
async def test_without_its_state_an_admin_is_told_and_the_log_says_why(
    world: World, eve: MemberActor, state: State, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    state.close()
    line = "I cannot reach my notes just now. Please tell an admin\\: my log says why."
    assert await admin(world, eve, name) == line
    logged = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert [m.split()[0] for m in logged if m.startswith("event=")] == ["event=state_unreadable"]
    forgiven(world)
