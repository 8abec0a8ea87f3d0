"""A message where the bot may not write or attach, or that comes too fast or is gone meanwhile."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from world import (
    FIRST,
    QUESTION,
    SERVED,
    Words,
    World,
    answers,
    forgiven,
    mention,
    restart,
    said,
    thread_on,
)

from bot.discord import messages
from bot.discord.pool import Pool
from bot.discord.state import Settings, State


@pytest.mark.parametrize("permission", ["send_messages", "read_message_history"])
async def test_where_it_may_not_write_it_says_so_directly(
    world: World, caplog: pytest.LogCaptureFixture, permission: str
) -> None:
    closed = discord.PermissionOverwrite(**{permission: False})
    hall = world.served.create_text_channel("hall", overwrites={world.env.bot.user: closed})
    await world.ada.send(hall, f"<@{world.me}> {QUESTION}")
    (line,) = said(world, world.ada.user.dm_channel)
    assert line == f"<#{hall.id}>: I may not write there; use /ask, or ask me here."
    posted = [r.path for r in world.env.http_requests if r.method == "POST"]
    assert f"/channels/{hall.id}/messages" not in posted
    assert caplog.text.count("event=may_not_write") == 1


async def test_where_it_may_not_attach_it_says_so(
    world: World, build: Callable[[str], Path]
) -> None:
    build("\n\n".join(f"The moon {number} {'*' * 970} rose." for number in range(3)))
    bare = discord.PermissionOverwrite(attach_files=False)
    hall = world.served.create_text_channel("hall", overwrites={world.env.bot.user: bare})
    said = await mention(world, hall, "how tall is it?")
    assert said.startswith("**The documents do not answer this.** Chance")
    assert said.endswith("\nThe file is left out\\: I may not attach any here.")


async def test_a_question_that_was_deleted_meanwhile_is_answered_all_the_same(
    world: World, words: Words
) -> None:
    words.gate.clear()
    asked = asyncio.create_task(world.ada.send(world.channel, f"<@{world.me}> {QUESTION}"))
    await asyncio.to_thread(words.reached.wait)
    (question,) = [m for m in world.channel.history() if m.author.id == world.ada.id]
    world.env.backend.delete_message(world.channel.id, question.id)
    words.gate.set()
    await asked
    assert said(world, world.channel)[0].startswith(FIRST)


async def test_where_an_answer_takes_long_the_bot_is_seen_to_type(
    world: World, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed() -> int:
        return sum(r.path.endswith("/typing") for r in world.env.http_requests)

    await world.mention(QUESTION)
    assert typed() == 0
    monkeypatch.setattr(messages, "SOON", 0)  # simcord's time stands still while a question waits
    words.gate.clear()
    asked = asyncio.create_task(world.ada.send(world.channel, f"<@{world.me}> {QUESTION}"))
    async with asyncio.timeout(20):
        while not typed():
            await asyncio.sleep(0.01)
    words.gate.set()
    await asked
    assert said(world, world.channel)[-1].startswith(FIRST)


async def test_who_asks_too_fast_is_told_to_wait_and_others_are_not(
    world: World, state: State, pool: Pool
) -> None:
    state.set(SERVED, Settings(cooldown=60))
    await restart(world, pool, state)
    await world.mention(QUESTION)
    told = r"One question at a time\\: you can ask again in (59 seconds|1 minute)\."
    assert re.fullmatch(told, (await world.mention(QUESTION))[-1])
    bob = world.served.add_member(world.env.create_user("bob"))
    await bob.send(world.channel, f"<@{world.me}> {QUESTION}")
    assert said(world, world.channel)[-1].startswith(FIRST)


async def test_who_goes_on_asking_too_fast_is_told_once_each_time_they_wait(
    world: World, state: State, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each reply takes the place of an answer: Discord takes five messages in five seconds."""
    state.set(SERVED, Settings(cooldown=60))
    await restart(world, pool, state)
    clock = [1000.0]
    monkeypatch.setattr("bot.discord.pace.monotonic", lambda: clock[0])
    for now in (1000, 1001, 1002, 1003, 1060, 1061, 1062):
        clock[0] = now
        await world.mention(QUESTION)
    waits = [text.startswith("One question at a time") for text in said(world, world.channel)]
    assert waits == [False, True, False, True]
    refused = await world.ada.slash(world.channel, "ask", question=QUESTION)
    assert refused.response
    assert refused.response.content.startswith("One question at a time")  # a command needs a word
    forgiven(world)


async def test_in_a_thread_that_is_locked_it_says_directly_that_it_may_not_write(
    world: World,
) -> None:
    no_mod = discord.PermissionOverwrite(manage_threads=False)
    hall = world.served.create_text_channel("hall", overwrites={world.env.bot.user: no_mod})
    channel = world.env.bot.get_partial_messageable(hall.id, guild_id=SERVED)
    lunch = await world.ada.send(hall, "lunch?")
    made = await channel.get_partial_message(lunch.id).create_thread(name="more")
    await world.env.settle()
    (thread,) = hall.threads
    await made.edit(locked=True)  # a moderator can still write there
    await world.env.settle()
    await world.ada.send(thread, f"<@{world.me}> {QUESTION}")
    assert said(world, thread) == []
    (line,) = said(world, world.ada.user.dm_channel)
    assert line == f"<#{thread.id}>: I may not write there; use /ask, or ask me here."


async def test_a_thread_that_is_deleted_is_forgotten_with_its_answers(
    world: World, state: State
) -> None:
    thread = await thread_on(world, await world.ada.send(world.channel, "lunch?"))
    await mention(world, thread, QUESTION)
    (answer,) = answers(world, thread)
    world.env.backend.delete_channel(thread.id)
    await world.env.settle()
    assert not state.is_answer(answer.id)
    assert not state.answered_in(thread.id)


@pytest.mark.parametrize("text", ["help", "hi", "", "/verify a word"])
async def test_what_answers_nothing_is_said_once_a_minute_to_a_person_in_a_channel(
    world: World, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("bot.discord.pace.monotonic", lambda: clock[0])
    for now, lines in ((1000, 1), (1001, 1), (1059, 1), (1060, 2), (1061, 2)):
        clock[0] = now
        assert len(await world.mention(text)) == lines
    await world.mention("good morning" if text == "help" else "help")
    bob = world.served.add_member(world.env.create_user("bob"))
    await bob.send(world.channel, f"<@{world.me}> {text}")
    assert len(world.said()) == 4


async def test_of_a_stranger_it_is_asked_once_a_minute_whether_they_are_of_the_team(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("bot.discord.client.monotonic", lambda: clock[0])
    eve = world.other.add_member(world.env.create_user("eve"))
    for now in (1000, 1001, 1059):
        clock[0] = now
        await eve.send_dm(QUESTION)
    looks = [r for r in world.env.http_requests if f"/members/{eve.id}" in r.path]
    told = "I only answer members of the servers that I serve."
    assert (len(looks), said(world, eve.user.dm_channel)) == (1, [told])
    clock[0] = 1060
    world.served.add_member(eve.user)
    await eve.send_dm(QUESTION)
    assert said(world, eve.user.dm_channel)[-1].startswith(FIRST)


@pytest.mark.parametrize("command", [False, True])
async def test_a_channel_that_is_deleted_is_forgotten_with_its_archived_threads(
    world: World, state: State, command: bool
) -> None:
    """Of these Discord says nothing, and discord.py has let go of them."""
    thread = await thread_on(world, await world.ada.send(world.channel, "lunch?"))
    if command:
        await world.ada.slash(thread, "ask", question=QUESTION)
    else:
        await mention(world, thread, QUESTION)
    (answer,) = answers(world, thread)
    served = world.env.bot.get_guild(SERVED)
    assert served
    served._remove_thread(served.get_thread(thread.id))
    world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()
    assert not state.is_answer(answer.id)
