"""What people write to the bot that goes on: threads, replies, direct messages."""

from collections.abc import Callable

import discord
import pytest
from world import (
    FIRST,
    FOLLOW_UP,
    QUESTION,
    READ,
    SERVED,
    World,
    answered,
    answers,
    mention,
    restart,
    said,
    thread_on,
    unmentioned,
)

from bot.discord.pool import Pool
from bot.discord.state import State


async def test_in_a_thread_a_mention_goes_on_and_says_how_it_was_read(world: World) -> None:
    thread = await thread_on(world, await world.ada.send(world.channel, "lunch?"))
    assert (await mention(world, thread, QUESTION)).startswith(FIRST)
    assert (await mention(world, thread, FOLLOW_UP)).startswith(READ)


async def test_in_a_channel_where_people_talk_at_once_a_mention_stands_alone(world: World) -> None:
    await answered(world)
    assert "read as" not in await mention(world, world.channel, FOLLOW_UP)


async def test_a_thread_on_an_answer_goes_on_from_its_question(
    world: World, pool: Pool, state: State
) -> None:
    thread = await thread_on(world, await answered(world))
    assert (await mention(world, thread, FOLLOW_UP)).startswith(READ)
    await restart(world, pool, state)
    assert (await mention(world, thread, "when was that?")).startswith(
        "-# read as\\: when was that? ("
    )


async def test_a_thread_goes_on_after_a_restart(world: World, pool: Pool, state: State) -> None:
    thread = await thread_on(world, await world.ada.send(world.channel, "lunch?"))
    await mention(world, thread, QUESTION)
    await world.ada.send(thread, "when was the moon made?")  # to nobody
    await restart(world, pool, state)
    assert (await mention(world, thread, FOLLOW_UP)).startswith(READ)


async def test_a_complete_question_is_not_bent_by_those_before_it(world: World) -> None:
    thread = await thread_on(world, await answered(world))
    assert (await mention(world, thread, QUESTION)).startswith(FIRST)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_reply_to_an_answer_goes_on_from_its_question(
    world: World, pool: Pool, state: State, restarted: bool
) -> None:
    answer = await answered(world)
    await answered(world, "who pinged everyone?")
    if restarted:
        await restart(world, pool, state)
    await world.ada.send(world.channel, f"<@{world.me}> {FOLLOW_UP}", reply_to=answer)
    reply = answers(world, world.channel)[-1]
    assert reply.content.startswith(READ)


async def test_a_reply_to_the_answer_of_a_command_goes_on_after_a_restart(
    world: World, pool: Pool, state: State
) -> None:
    await world.ada.slash(world.channel, "ask", question=f"**{QUESTION}**")
    answer = answers(world, world.channel)[-1]
    await restart(world, pool, state)
    await world.ada.send(world.channel, f"<@{world.me}> {FOLLOW_UP}", reply_to=answer)
    assert said(world, world.channel)[-1].startswith(READ)
    thread = await thread_on(world, answer)
    assert (await mention(world, thread, FOLLOW_UP)).startswith(READ)


async def test_in_a_thread_a_command_goes_on_after_a_restart_and_nobody_can_pretend_one(
    world: World, pool: Pool, state: State
) -> None:
    thread = await thread_on(world, await world.ada.send(world.channel, "lunch?"))
    await world.ada.slash(thread, "ask", question=QUESTION)
    await world.ada.send(thread, "-# asked\\: who pinged the moon?")
    await restart(world, pool, state)
    assert (await mention(world, thread, FOLLOW_UP)).startswith(READ)


@pytest.mark.parametrize("threaded", [False, True])
async def test_who_goes_on_asks_the_same_documents_and_a_complete_question_all(
    world: World, put: Callable[..., None], threaded: bool
) -> None:
    put(early="# Early\n\nDate: 2016-02-01\n\nAda dropped the 10% rule on 1 May 2015.\n")
    lunch = await world.ada.send(world.channel, "lunch?")
    place = await thread_on(world, lunch) if threaded else world.channel
    await world.ada.slash(place, "ask", question=QUESTION, before="2016")
    shown = []
    for text in (FOLLOW_UP, "and why?", QUESTION, FOLLOW_UP):
        to = None if threaded else answers(world, place)[-1]
        await world.ada.send(place, f"<@{world.me}> {text}", reply_to=to)
        shown.append(said(world, place)[-1])
    only = "\n-# only documents dated 2016 or earlier\n"
    assert [only in text for text in shown] == [True, True, False, False]
    assert ["rule.md" in text for text in shown] == [False, False, True, True]


async def test_a_reply_that_cannot_be_read_is_told_how_once_a_person_in_a_channel(
    world: World,
) -> None:
    """Without the intent Discord hands over no text of a message that does not mention the bot."""
    answer = await answered(world)
    for text in (FOLLOW_UP, "Thanks!", "so I said"):
        await unmentioned(world, text, answer)
    await world.ada.slash(world.channel, "ask", question=QUESTION)
    of_command = answers(world, world.channel)[-1]
    bob = world.served.add_member(world.env.create_user("bob"))
    for person in (world.ada, bob):
        await person.send(world.channel, FOLLOW_UP, reply_to=of_command)
    told = "I can read a reply only if it mentions me\\: write my @ into it, or use /ask."
    assert [line == told for line in said(world, world.channel)] == [False, True, False, True]
    assert answers(world, world.channel)[-1].reference.resolved.author.id == bob.id
    other = world.served.create_text_channel("random")
    await mention(world, other, QUESTION)
    await unmentioned(world, FOLLOW_UP, answers(world, other)[-1])
    assert said(world, other)[-1] == told


@pytest.mark.parametrize("talk", ["Thanks!", "ok, will do", "great, that is what I said"])
@pytest.mark.parametrize("intent", [False, True])
async def test_a_reply_that_asks_nothing_is_left_alone(
    world: World, pool: Pool, state: State, talk: str, intent: bool
) -> None:
    """Discord has a reply mention whom it replies to, unless that is switched off each time."""
    await restart(world, pool, state, message_content=intent)
    answer = await answered(world)
    await world.ada.send(world.channel, talk, reply_to=answer)
    await world.ada.send(world.channel, "", attachments=[("a.png", b"png")], reply_to=answer)
    if intent:
        await unmentioned(world, talk, answer)
        await unmentioned(world, "", answer)
    assert len(said(world, world.channel)) == 1
    await world.ada.send(world.channel, FOLLOW_UP, reply_to=answer)
    assert said(world, world.channel)[-1].startswith(READ)


async def test_a_forwarded_answer_is_no_reply_to_it(world: World) -> None:
    answer = await answered(world)
    other = world.served.create_text_channel("random")
    elsewhere = world.other.create_text_channel("elsewhere")
    world.other.add_member(world.ada.user)
    for channel in (other, elsewhere):
        await world.ada.forward(answer, channel)
        assert said(world, channel) == []


@pytest.mark.parametrize("intent", [False, True])
async def test_a_mention_of_the_role_of_its_name_is_answered_or_told_how(
    world: World, pool: Pool, state: State, intent: bool
) -> None:
    await restart(world, pool, state, message_content=intent)
    guild = world.env.bot.get_guild(SERVED)
    assert guild
    (role,) = (role for role in guild.roles if role.managed)
    role.tags = discord.RoleTags({"bot_id": str(world.me)})  # simcord gives it none
    await world.ada.send(world.channel, f"<@&{role.id}> {QUESTION}")
    told = "That is my role, and I am not told what is written to it\\: mention me, or use /ask."
    assert said(world, world.channel)[-1].startswith(FIRST if intent else told)
    await world.ada.send(world.channel, f"<@&{role.id}> hi!")
    assert said(world, world.channel)[-1].startswith("Ask me a question" if intent else told)


async def test_a_reply_to_somebody_else_is_not_for_the_bot(world: World) -> None:
    await world.ada.send(
        world.channel, QUESTION, reply_to=await world.ada.send(world.channel, "hello")
    )
    assert said(world, world.channel) == []


@pytest.mark.parametrize("intent", [False, True])
async def test_a_mention_in_reply_to_a_question_asks_that_where_it_can_be_read(
    world: World, pool: Pool, state: State, intent: bool
) -> None:
    await restart(world, pool, state, message_content=intent)
    bob = world.served.add_member(world.env.create_user("bob"))
    asked = await bob.send(world.channel, QUESTION)
    await world.ada.send(world.channel, f"<@{world.me}>", reply_to=asked)
    told = "I cannot read the message that you reply to\\: write its question beside my @, or "
    assert said(world, world.channel)[-1].startswith(FIRST if intent else told)


async def test_a_direct_message_goes_on(world: World, pool: Pool, state: State) -> None:
    channel = world.ada.user.dm_channel
    await world.ada.send_dm(QUESTION)
    await world.ada.send_dm(FOLLOW_UP)
    assert said(world, channel)[-1].startswith(READ)
    await restart(world, pool, state)
    await world.ada.send_dm("and why?")
    assert said(world, channel)[-1].startswith("-# read as\\: why? (")


async def test_without_the_intent_a_thread_needs_mentions(world: World) -> None:
    thread = await thread_on(world, await answered(world))
    await world.ada.send(thread, FOLLOW_UP)
    assert said(world, thread) == []


async def test_with_the_intent_a_thread_goes_on_without_mentions_where_something_is_asked(
    world: World, pool: Pool, state: State
) -> None:
    await restart(world, pool, state, message_content=True)
    thread = await thread_on(world, await answered(world))
    other = world.served.add_member(world.env.create_user("bob"))
    for talk in ("thanks!", "ok, will do", f"{other.mention} who did it?"):
        await world.ada.send(thread, talk)
    assert said(world, thread) == []
    await world.ada.send(thread, FOLLOW_UP)
    assert [text.startswith(READ) for text in said(world, thread)] == [True]
    await world.ada.send(world.channel, QUESTION)  # no thread of the bot's
    assert len(said(world, world.channel)) == 1


async def test_with_the_intent_a_reply_to_somebody_else_is_left_alone_in_a_thread_too(
    world: World, pool: Pool, state: State
) -> None:
    await restart(world, pool, state, message_content=True)
    thread = await thread_on(world, await answered(world))
    other = world.served.add_member(world.env.create_user("bob"))
    await unmentioned(world, "and when will you be back?", await other.send(thread, "I am off."))
    assert said(world, thread) == []
    await unmentioned(world, FOLLOW_UP, await world.ada.send(thread, "I mean the rule."))
    await unmentioned(world, FOLLOW_UP, answers(world, thread)[-1])
    assert [text.startswith("-# read as") for text in said(world, thread)] == [True, True]


@pytest.mark.parametrize("threaded", [False, True])
async def test_who_goes_on_after_a_restart_asks_the_same_documents(
    world: World, pool: Pool, state: State, put: Callable[..., None], threaded: bool
) -> None:
    put(early="# Early\n\nDate: 2016-02-01\n\nAda dropped the 10% rule on 1 May 2015.\n")
    lunch = await world.ada.send(world.channel, "lunch?")
    place = await thread_on(world, lunch) if threaded else world.channel
    await world.ada.slash(place, "ask", question=QUESTION, before="2016")
    await restart(world, pool, state)
    for text in ("and who dropped the rule?", FOLLOW_UP):
        to = None if threaded else answers(world, place)[-1]
        await world.ada.send(place, f"<@{world.me}> {text}", reply_to=to)
        assert "\n-# only documents dated 2016 or earlier\n" in said(world, place)[-1]
        await restart(world, pool, state)
