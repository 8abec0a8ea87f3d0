"""What holds for every command: whom it serves, and when; simcord plays Discord."""

import asyncio
import re

import pytest
from simcord import MemberActor
from world import (
    ECHO,
    FIND,
    FIRST,
    OTHER,
    QUESTION,
    SENTENCE,
    SERVED,
    Words,
    World,
    ask,
    contents,
    forgiven,
    private,
    use,
)

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pages import HELP
from bot.discord.pool import QUEUE, THREADS, Pool
from bot.discord.state import Settings, State

NOT_HERE = "I am not set up here."


async def test_help_names_every_command_that_is_offered(world: World) -> None:
    assert private(await world.ada.slash(world.channel, "help")) == [HELP]
    offered = [name for name in world.ada.available_commands(world.channel) if name != "help"]
    assert sorted(offered) == ["ask", "source", "sources", "timeline", "verify"]
    assert [name for name in offered if f"`/{name}`" not in HELP] == []
    assert FIND in HELP


COMMANDS: list[tuple[str, dict[str, object]]] = [
    ("ask", {"question": QUESTION}),
    ("verify", {"sentence": SENTENCE}),
    ("timeline", {"question": QUESTION}),
    ("sources", {}),
    ("source", {"name": "rule.md"}),
    ("help", {}),
]


async def test_elsewhere_every_command_says_one_line_and_nothing_is_completed(
    world: World, pool: Pool, state: State
) -> None:
    message = await world.ada.send(world.channel, SENTENCE)
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[OTHER])))
    for name, options in COMMANDS:
        assert private(await world.ada.slash(world.channel, name, **options)) == [NOT_HERE]
    assert private(await world.ada.context_menu(world.channel, FIND, message)) == [NOT_HERE]
    assert await world.ada.autocomplete(world.channel, "ask", "source", "rule") == []


async def test_who_asks_again_at_once_is_told_to_wait_and_others_are_not(
    world: World, state: State
) -> None:
    state.set(SERVED, Settings(cooldown=600))
    bob = world.served.add_member(world.env.create_user("bob"))

    async def asks(who: MemberActor, name: str, **options: object) -> list[str]:
        return contents(await who.slash(world.channel, name, **options))

    assert (await asks(world.ada, "ask", question=QUESTION))[0].startswith(ECHO)
    wait = r"One question at a time\\: you can ask again in 10 minutes\."
    assert re.fullmatch(wait, (await world.mention(QUESTION))[-1])
    result = await world.ada.slash(world.channel, "ask", question=QUESTION)
    assert re.fullmatch(wait, private(result)[0])
    for name, option in (("verify", "sentence"), ("timeline", "question")):
        (line,) = await asks(world.ada, name, **{option: SENTENCE})
        assert re.fullmatch(wait, line)
    assert (await asks(bob, "ask", question=QUESTION))[0].startswith(ECHO)
    assert (await asks(world.ada, "sources"))[0].startswith("**1 document**")
    forgiven(world)


async def test_a_question_that_is_turned_away_does_not_count(
    world: World, state: State, pool: Pool, words: Words
) -> None:
    state.set(SERVED, Settings(cooldown=600))
    words.gate.clear()
    waiting = [asyncio.create_task(ask(pool, QUESTION)) for _ in range(THREADS + QUEUE)]
    await asyncio.to_thread(words.reached.wait)
    busy = "I am busy with other questions; ask again in a moment."
    for name, options in COMMANDS[:5]:
        assert private(await world.ada.slash(world.channel, name, **options)) == [busy]
    words.gate.set()
    await asyncio.gather(*waiting)
    assert (await use(world, "ask", question=QUESTION))[0].startswith(ECHO)
    forgiven(world)


async def test_of_a_private_question_a_thread_learns_nothing(
    world: World, pool: Pool, state: State
) -> None:
    await world.env.restart_bot(
        with_doors(Client(pool, state, guilds=[SERVED], message_content=True))
    )
    opener = await world.ada.send(world.channel, "lunch?")
    channel = world.env.bot.get_partial_messageable(world.channel.id, guild_id=SERVED)
    await channel.get_partial_message(opener.id).create_thread(name="more")
    await world.env.settle()
    (thread,) = world.channel.threads
    secret = "when was the severance of Bob's 10% rule dropped?"
    private(await world.ada.slash(thread, "ask", question=secret, private=True))
    bob = world.served.add_member(world.env.create_user("bob"))
    await bob.send(thread, "and who did it?")
    assert [m for m in thread.history() if m.content and m.author.id == world.me] == []
    await bob.send(thread, f"<@{world.me}> and who did it?")
    told = [m.content for m in thread.history() if m.content and m.author.id == world.me]
    assert len(told) == 1
    assert "everance" not in told[0]


@pytest.mark.parametrize(
    "mistake",
    [{"question": QUESTION, "after": "yesteryear"}, {"question": "]("}, {"question": "x" * 5000}],
)
async def test_a_question_that_cannot_be_asked_does_not_count(
    world: World, state: State, mistake: dict[str, object]
) -> None:
    state.set(SERVED, Settings(cooldown=600))
    (line,) = await use(world, "ask", **mistake)
    assert re.search("no date|no word|characters", line)
    assert (await use(world, "ask", question=QUESTION))[0].startswith(ECHO)
    await use(world, "source", name="moon")  # nor does a mistake elsewhere give a turn back
    (line,) = await use(world, "ask", question=QUESTION)
    assert line.startswith("One question at a time")
    forgiven(world)


async def test_a_mention_that_cannot_be_asked_does_not_count(world: World, state: State) -> None:
    state.set(SERVED, Settings(cooldown=600))
    await world.mention("](")
    assert (await world.mention(QUESTION))[-1].startswith(FIRST)
