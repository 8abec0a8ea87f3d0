"""What people write to the bot: mentions, replies, threads, direct messages, and how they go on."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
import simcord
from simcord.backend.models.message import AllowedMentions
from world import FIRST, QUESTION, SERVED, Words, World, answered, forgiven

from bot.discord import messages
from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import Settings, State

NO_COMMAND = (
    "I do not take commands from a message\\: in a channel of your server type `/`, and choose "
    "it from the list that appears."
)
FOLLOW_UP = "and who did it?"
READ = "-# read as\\: who did it? (when was the 10% rule dropped)\n"


async def thread_on(world: World, message: discord.Message) -> simcord.ChannelHandle:
    """A thread that is started on a message; it has the number of that message."""
    channel = world.env.bot.get_partial_messageable(world.channel.id, guild_id=SERVED)
    await channel.get_partial_message(message.id).create_thread(name="more")
    await world.env.settle()
    (thread,) = world.channel.threads
    return thread


def answers(world: World, channel: simcord.ChannelHandle) -> list[discord.Message]:
    found = [m for m in channel.history() if m.author.id == world.me]
    return [m for m in found if m.type is not discord.MessageType.thread_created]


def said(world: World, channel: simcord.ChannelHandle) -> list[str]:
    return [m.content for m in answers(world, channel)]


async def restart(world: World, pool: Pool, state: State, **how: bool) -> None:
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED], **how)))


async def mention(world: World, channel: simcord.ChannelHandle, text: str) -> str:
    """What the bot says to a mention somewhere."""
    await world.ada.send(channel, f"<@{world.me}> {text}")
    return said(world, channel)[-1]


async def unmentioned(world: World, text: str, to: discord.Message) -> None:
    """Reply to a message without the mention that Discord puts in."""
    reference = {"channel_id": str(to.channel.id), "message_id": str(to.id)}
    files = world.env.backend.store_attachments(to.channel.id, [] if text else [("a.png", b"a")])
    world.env.backend.create_message(
        to.channel.id,
        world.ada.id,
        text,
        reference=reference,
        attachments=files,
        allowed_mentions=AllowedMentions(replied_user=False),
    )
    await world.env.settle()


async def test_in_a_thread_a_mention_goes_on_and_says_how_it_was_read(world: World) -> None:
    thread = await thread_on(world, await world.ada.send(world.channel, "lunch?"))
    assert (await mention(world, thread, QUESTION)).startswith(FIRST)
    assert (await mention(world, thread, FOLLOW_UP)).startswith(READ)


async def test_a_slip_of_the_pen_is_said_to_be_read_as_what_is_meant(world: World) -> None:
    shown = await mention(world, world.channel, "when was the 10% rule droped?")
    assert shown.startswith("-# read as\\: when was the 10% rule dropped?\n")


async def test_a_channel_that_not_all_may_see_is_not_named_in_how_a_question_was_read(
    world: World,
) -> None:
    for place, named in ((world.channel, "in general?"), (world.layoffs(), "in?")):
        text = f"when was the 10% rule droped in <#{place.id}>?"
        shown = await mention(world, world.channel, text)
        assert shown.startswith(f"-# read as\\: when was the 10% rule dropped {named}\n")


async def test_who_is_spoken_to_as_well_emoji_links_and_marks_do_not_spoil_a_question(
    world: World,
) -> None:
    bob = world.served.add_member(world.env.create_user("bob")).mention
    for text in (
        f"{bob} {QUESTION}",
        f"{QUESTION} {bob} <:tada:123456789012345678>",
        f"{QUESTION} https://a.b/2020/123456",
        f"**{QUESTION}**",
        f"> {QUESTION}",
        f"```\n{QUESTION}\n```",
        "_when_ was the `10%` [rule](https://a.b/c) ~~dropped~~?",
    ):
        assert (await mention(world, world.channel, text)).startswith(FIRST)


async def test_another_command_that_is_sent_as_text_is_told_where_commands_are(
    world: World,
) -> None:
    assert await mention(world, world.channel, "/verify The board dropped it.") == NO_COMMAND
    assert (await mention(world, world.channel, "/help")).startswith("**Quoth answers")


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
    assert said == "That is too long for a message, and I may not attach files here."


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
    monkeypatch.setattr("bot.discord.client.monotonic", lambda: clock[0])
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
