"""The bot on Discord, as simcord plays it: real discord.py, a real small index, no network."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from world import ECHO, FIRST, QUESTION, Words, World

from bot.discord.client import Client
from bot.discord.pages import HELP
from bot.discord.pool import Pool
from bot.discord.state import State

ASK_ME = (
    "Ask me a question, and I answer with the exact words of the documents. "
    'Say "help" to me to see what else I can do.'
)


async def test_ask_is_answered_with_the_quote_its_place_and_how_sure(world: World) -> None:
    result = await world.ada.slash(world.channel, "ask", question=QUESTION)
    assert not result.ephemeral
    first = next(r for r in world.env.http_requests if r.method == "POST")
    assert (first.path.split("/")[-1], first.json) == ("callback", {"type": 5})  # deferred
    (content,) = world.said()
    assert content.startswith(f"{ECHO}{FIRST}-# rule.md, line 5 · 28 January 2020\n-# ")
    assert re.search(r"\\: \d\d%$", content)


async def test_a_private_answer_is_shown_to_nobody_else(world: World) -> None:
    result = await world.ada.slash(world.channel, "ask", question=QUESTION, private=True)
    assert result.ephemeral
    assert result.response
    assert result.response.content.startswith(f"{ECHO}{FIRST}")


async def test_a_refusal_carries_the_closest_passages_marked_as_no_answer(world: World) -> None:
    (content,) = await world.mention("how tall is the moon?")
    assert content.startswith("**The documents do not answer this.** Chance that they do\\: 1%.\n")
    assert "\n-# not an answer · rule.md, line 5 · 28 January 2020" in content


async def test_a_mention_and_a_direct_message_are_answered_alike(world: World) -> None:
    (content,) = await world.mention(QUESTION)
    assert content.startswith(FIRST)
    await world.ada.send_dm(QUESTION)
    last = world.ada.user.dm_channel.last_message
    assert last
    assert last.content == content


@pytest.mark.parametrize("content", [False, True])
def test_discord_is_asked_for_servers_and_messages_and_for_nothing_else(
    pool: Pool, state: State, content: bool
) -> None:
    asked = {name for name, on in Client(pool, state, message_content=content).intents if on}
    kinds = {"guilds", "guild_messages", "dm_messages"}
    assert asked == kinds | ({"message_content"} if content else set())


async def test_what_is_not_for_the_bot_gets_no_reply(world: World) -> None:
    await world.ada.send(world.channel, QUESTION)
    await world.ada.send(world.channel, f"@everyone {QUESTION}")
    assert world.said() == []


async def test_a_mention_without_a_question_is_told_how(world: World) -> None:
    assert await world.mention("") == [ASK_ME]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("Hello there!", [ASK_ME]), ("good morning all", [ASK_ME]), ("hi 👋", [ASK_ME])),
        *(("thanks!", []), ("Ok, thank you so much", []), ("hi, thanks for your help", [])),
        *(("help", [HELP]), ("What can you do?", [HELP]), ("How does this work", [HELP])),
    ],
)
async def test_a_greeting_is_told_how_to_ask_a_call_for_help_answered_and_thanks_left_alone(
    world: World, text: str, said: list[str]
) -> None:
    assert await world.mention(text) == said
    await world.ada.send_dm(text)
    assert [m.content for m in world.ada.user.dm_channel.history()] == [text, *said]


@pytest.mark.parametrize("text", ["thanks! was the 10% rule dropped?", "hello: the 10% rule"])
async def test_what_asks_beside_its_greeting_is_answered(world: World, text: str) -> None:
    (content,) = await world.mention(text)
    assert "The board dropped the 10% rule" in content


async def test_a_command_that_is_sent_as_text_is_asked(world: World) -> None:
    await world.ada.send_dm(f"/ask question: {QUESTION}")
    last = world.ada.user.dm_channel.last_message
    assert last
    assert last.content.startswith(FIRST)


async def test_several_questions_that_find_nothing_are_told_to_come_one_by_one(
    world: World,
) -> None:
    line = "-# more than one question\\: one at a time finds more\n"
    several = "1. how tall is the moon?\n2. who owns Nokia?"
    assert (await world.mention(several))[-1].startswith(line)
    assert line not in (await world.mention("how tall is the moon?"))[-1]
    assert line not in (await world.mention(f"Eh?\n{QUESTION}"))[-1]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("\u200b\u202e", "The question is empty; "),
        ("`" * 1900, "The question has no word or number in it; "),
        ("](", "The question has no word or number in it; "),
    ],
)
async def test_what_cannot_be_asked_is_said_to_be(world: World, question: str, line: str) -> None:
    assert (await world.mention(question))[0].startswith(line)


@pytest.mark.parametrize(
    "question",
    [
        "who pinged @everyone about it? <@&5>",
        "who\u202e pinged about it?\u200f",
        "🎉" * 900 + " it",
    ],
)
async def test_hostile_questions_ping_nobody(world: World, question: str) -> None:
    await world.mention(question)
    (reply,) = [m for m in world.channel.history() if m.author.id == world.me]
    assert not reply.mention_everyone
    assert not reply.role_mentions + reply.mentions
    sent = [request.json for request in world.env.http_requests if request.method == "POST"][-1]
    assert sent["allowed_mentions"]["parse"] == []


async def test_what_a_document_holds_is_escaped(world: World) -> None:
    (content,) = await world.mention("why did it ping everyone?")
    assert r"It pinged \@everyone about \*\*it\*\*, see https\:\/\/a.b\/c." in content


async def test_a_long_quote_comes_in_parts_and_a_longer_one_as_a_file(
    world: World, build: Callable[[str], Path]
) -> None:
    build(f"The 10% rule was dropped {'🎉' * 1500}")
    first, second = await world.mention("was the 10% rule dropped?")
    assert "part 1 of 2, goes on" in first
    assert "part 2 of 2" in second
    build("\n\n".join(f"The moon {number} {'*' * 970} rose." for number in range(3)))
    await world.mention("how tall is it?")
    last = world.channel.last_message
    assert last
    assert [file.filename for file in last.attachments] == [f"quote-{n}.txt" for n in (1, 2, 3)]


async def test_who_leaves_finishes_the_answers_in_flight(world: World, words: Words) -> None:
    words.reached.clear()
    words.gate.clear()

    async def leave() -> None:
        await asyncio.to_thread(words.reached.wait)
        leaving = asyncio.create_task(world.env.bot.close())
        await asyncio.sleep(0)
        words.gate.set()
        await leaving

    said, _ = await asyncio.gather(world.mention(QUESTION), leave())
    assert said[0].startswith(FIRST)


async def test_while_it_leaves_it_takes_no_question_and_leaves_talk_alone(
    world: World, pool: Pool, words: Words
) -> None:
    words.gate.clear()
    first = asyncio.create_task(world.ada.send(world.channel, f"<@{world.me}> {QUESTION}"))
    await asyncio.to_thread(words.reached.wait)
    assert isinstance(world.env.bot, Client)
    world.env.bot.leaving = True
    words.gate.set()
    await first
    await world.ada.send(world.channel, "hello")
    await world.mention(QUESTION)
    answer, told = world.said()
    assert answer.startswith(FIRST)
    assert told == "I am being restarted; ask again in a minute."
