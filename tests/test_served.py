"""Whom the bot answers: members of the servers that it serves, and nobody else."""

import json
import logging
import re
from collections.abc import Callable

import pytest
import simcord
from world import ECHO, FIRST, OTHER, QUESTION, SERVED, World, forgiven

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import State


async def test_elsewhere_it_says_one_line_and_nothing_of_the_documents(world: World) -> None:
    eve = world.other.add_member(world.env.create_user("eve"))
    lobby = world.other.create_text_channel("lobby")
    await eve.send(lobby, f"<@{world.me}> {QUESTION}")
    assert lobby.last_message
    assert lobby.last_message.content == "I am not set up here."
    assert eve.available_commands(lobby) == ()
    await eve.send_dm(QUESTION)
    assert eve.user.dm_channel.last_message
    told = "I only answer members of the servers that I serve."
    assert eve.user.dm_channel.last_message.content == told


async def test_without_a_name_the_first_server_is_served_and_never_another(
    pool: Pool, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "quoth")
    refused = "I am not set up here."
    async with simcord.run(with_doors(Client(pool, state))) as env:
        team = env.create_guild(id=SERVED)
        ada, channel = (
            team.add_member(env.create_user("ada")),
            team.create_text_channel("general"),
        )
        await env.settle()
        strange = env.create_guild(id=OTHER)
        eve, lobby = (
            strange.add_member(env.create_user("eve")),
            strange.create_text_channel("lobby"),
        )
        await env.settle()
        env.bot.dispatch("guild_join", env.bot.get_guild(OTHER))
        for client in (None, with_doors(Client(pool, state))):
            if client:
                await env.restart_bot(client)
            result = await ada.slash(channel, "ask", question=QUESTION)
            assert result.response
            assert result.response.content.startswith(f"{ECHO}{FIRST}")
            await eve.send(lobby, f"<@{env.bot.user.id}> {QUESTION}")
            assert lobby.last_message.content == refused
        await env.bot.get_guild(SERVED).leave()
        await env.restart_bot(with_doors(Client(pool, state)))
        await eve.send(lobby, f"<@{env.bot.user.id}> {QUESTION}")
        assert lobby.last_message.content == refused
    told = [r.getMessage() for r in caplog.records if re.search("settled|not_s|=no_s", r.msg)]
    named = json.dumps(team.name), json.dumps(strange.name)
    assert told[0] == f"event=settled server={SERVED} name={named[0]}"
    assert told[1].startswith(f"event=not_served server={OTHER} name={named[1]} mend=")
    mend = 'mend="set QUOTH_GUILDS to those to serve"'
    assert told[-1] == f'event=no_server_served servers="{OTHER}" {mend}'


async def test_servers_that_are_not_served_and_those_it_is_not_in_are_named_in_the_log(
    world: World, pool: Pool, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    await world.env.restart_bot(Client(pool, state, guilds=[SERVED, 5]))
    told = [r.getMessage() for r in caplog.records if "event=not_" in r.getMessage()]
    assert told[-2].startswith(f"event=not_served server={OTHER} name=")
    mend = 'mend="invite the bot to it, or take it out of QUOTH_GUILDS"'
    assert told[-1] == f"event=not_in_server server=5 {mend}"


async def test_where_it_is_in_no_server_the_log_says_how_to_invite_it(
    pool: Pool, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    async with simcord.run(Client(pool, state)):
        pass
    told = [r.getMessage() for r in caplog.records if "in_no_server" in r.getMessage()]
    mend = 'mend="invite the bot by the link that quoth bot --check prints"'
    assert told == [f"event=in_no_server {mend}"]


async def test_where_it_is_in_several_from_the_start_none_is_served(
    pool: Pool, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    async with simcord.run(with_doors(Client(pool, state, guilds=[SERVED]))) as env:
        world = World(env)
        await env.restart_bot(with_doors(Client(pool, state)))
        assert await world.mention(QUESTION) == ["I am not set up here."]
    told = [r.getMessage() for r in caplog.records if "no_server_served" in r.getMessage()]
    mend = 'mend="set QUOTH_GUILDS to those to serve"'
    assert told == [f'event=no_server_served servers="{SERVED},{OTHER}" {mend}']


async def test_the_command_is_offered_once_a_run_to_the_servers_that_are_served(
    world: World, pool: Pool, state: State
) -> None:
    def offered() -> list[str]:
        return [r.path for r in world.env.http_requests if r.method == "PUT"]

    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED])))
    assert [path.split("/")[-2] for path in offered()][-1] == str(SERVED)
    before = len(offered())
    world.env.bot.dispatch("guild_available", world.env.bot.get_guild(SERVED))
    await world.env.settle()
    assert len(offered()) == before
    assert str(OTHER) not in "".join(offered())


async def test_a_server_that_cannot_be_set_up_is_named_in_the_log(
    pool: Pool, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    async with simcord.run(with_doors(Client(pool, state))) as env:
        env.inject_error("PUT", "/applications/*", status=403, code=50001)
        env.create_guild(id=SERVED)
        await env.settle()
    assert f"event=not_set_up server={SERVED} code=50001 mend=" in caplog.text


@pytest.mark.parametrize("reached", [True, False])
async def test_commands_that_could_not_be_offered_are_when_the_server_comes_again(
    world: World,
    pool: Pool,
    state: State,
    broken: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
    reached: bool,
) -> None:
    if reached:
        world.env.inject_error("PUT", "/applications/*", status=500, code=0, times=None)
    else:
        broken("PUT /applications/*", 2)  # as it logs in, and as the server comes
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED])))
    forgiven(world)
    why = "code=0" if reached else 'error="ServerDisconnectedError"'
    assert f'event=not_set_up server={SERVED} {why} again="within the hour"' in caplog.text
    world.env.backend.faults.clear()

    def offers() -> int:
        return sum(r.method == "PUT" for r in world.env.http_requests)

    before = offers()
    for _ in range(2):
        world.env.bot.dispatch("guild_available", world.env.bot.get_guild(SERVED))
        await world.env.settle()
    assert offers() == before + 1
