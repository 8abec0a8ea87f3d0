"""What goes wrong is told to who asked and named in the log."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import simcord
from world import ECHO, FAILED, FIRST, QUESTION, SERVED, World, forgiven, use

from bot.discord import failures
from bot.discord.attached import sendable
from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pages import HELP
from bot.discord.pool import Pool
from bot.discord.render import File, Message
from bot.discord.state import State
from index import Index


@pytest.mark.parametrize(
    ("status", "code"), [(404, 10062), (403, 50013), (404, 10008), (401, 50027), (500, 0)]
)
async def test_what_discord_refuses_is_survived_and_logged_each_time(
    world: World, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    """Nor is it given up at once: what went wrong is told, which an outage refuses too."""
    times = None if status == 500 else 1
    for path in ("/interactions/*", "/channels/*/messages"):
        world.env.inject_error("POST", path, status=status, code=code, times=times)
    await world.ada.slash(world.channel, "ask", question=QUESTION)
    await world.mention(QUESTION)
    forgiven(world)
    logged = [r.getMessage() for r in caplog.records if r.name == "quoth"]
    mend = "give the bot, in that channel, the permissions that its invite link asks for"
    what = f' mend="{mend}"' if code == 50013 else ""
    line = f"event=discord_refused status={status} code={code} channel={world.channel.id}{what}"
    assert logged == [line] * (2 if times else 4)
    world.env.backend.faults.clear()
    assert (await world.mention(QUESTION))[-1].startswith(FIRST)


async def test_a_mistake_of_ours_is_told_and_logged_without_what_was_asked(
    tmp_path: Path, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> Index:
        raise RuntimeError(QUESTION)

    pool = Pool(tmp_path, fail)
    async with simcord.run(
        with_doors(Client(pool, state, guilds=[SERVED])), check_errors=False
    ) as env:
        world = World(env)
        said = await world.mention(QUESTION)
    pool.close()
    assert said == [FAILED]
    assert QUESTION not in caplog.text.replace("\\", "")
    assert re.search(
        'event=failed error="RuntimeError" at="test_failures.py:[0-9]+ pool.py:[0-9]+ ', caplog.text
    )


@pytest.mark.parametrize("code", [10062, 10015])
async def test_past_the_deadline_nothing_is_said_to_others(
    world: World, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    path = "/interactions/*" if code == 10062 else "/webhooks/*"
    world.env.inject_error("POST", path, status=404, code=code)
    await world.ada.slash(world.channel, "ask", question=QUESTION, private=True)
    forgiven(world)
    assert [content for content in world.said() if content] == []
    assert caplog.text.count(f"event=discord_refused status=404 code={code} ") == 1


async def test_an_answer_that_discord_refuses_is_told_to_have_failed(world: World) -> None:
    world.env.inject_error("POST", "/webhooks/*", status=413, code=40005, times=1)
    result = await world.ada.slash(world.channel, "ask", question=QUESTION)
    assert result.response
    assert result.response.content == FAILED
    forgiven(world)
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, times=1)
    assert (await world.mention(QUESTION))[-1] == FAILED
    forgiven(world)


@pytest.mark.parametrize("late", [False, True])
async def test_an_answer_whose_connection_breaks_is_sent_again_and_said_once(
    world: World,
    broken: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
    late: bool,
) -> None:
    broken("POST /channels/*/messages", 3, late=late)
    (answer,) = await world.mention(QUESTION)
    assert answer.startswith(FIRST)
    error = "ClientOSError" if late else "ServerDisconnectedError"
    assert ours(caplog) == [f'event=sent_again error="{error}"']


async def test_an_answer_is_sent_again_while_discord_is_down(
    world: World, broken: Callable[..., None]
) -> None:
    broken("", 0)
    for path in ("/channels/*/messages", "/webhooks/*"):
        world.env.inject_error("POST", path, status=503, times=3)
    await world.mention(QUESTION)
    await use(world, "ask", question=QUESTION)
    assert [text.startswith((FIRST, ECHO)) for text in world.said()] == [True, True]


@pytest.mark.parametrize("path", ["POST /interactions/*", "POST /webhooks/*"])
async def test_a_command_whose_connection_breaks_is_answered_all_the_same(
    world: World, broken: Callable[..., None], path: str
) -> None:
    broken(path, 3)
    (answer,) = await use(world, "ask", question=QUESTION)
    assert answer.startswith(f"{ECHO}{FIRST}")


async def test_a_page_whose_connection_breaks_is_turned_all_the_same(
    world: World, put: Callable[..., None], broken: Callable[..., None]
) -> None:
    put(**{f"note-{n:02}": "One sentence.\n" for n in range(20)})
    listed = (await world.ada.slash(world.channel, "sources")).response
    assert listed
    broken("PATCH */messages/@original", 3)
    await world.ada.click(listed, label="Next")
    assert listed.content.startswith("**21 documents**, page 2 of 3\n")


async def test_a_discord_that_stays_out_of_reach_is_no_mistake_of_ours(
    world: World, broken: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    """Nor is what went wrong told of, which does not get through either."""
    broken("POST /channels/*/messages", 8)
    assert await world.mention(QUESTION) == []
    error = 'error="ServerDisconnectedError"'
    lost = f"event=discord_unreached {error} channel={world.channel.id}"
    assert ours(caplog) == [f"event=sent_again {error}", lost] * 2
    (answer,) = await world.mention(QUESTION)
    assert answer.startswith(FIRST)


def ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the bot itself warned of."""
    warned = (r for r in caplog.records if r.name == "quoth" and r.levelno >= logging.WARNING)
    return [record.getMessage() for record in warned]


@pytest.mark.parametrize("command", ["ask", "help"])
@pytest.mark.parametrize("after", [0, 3600])
async def test_what_was_acknowledged_before_is_answered_all_the_same(
    world: World,
    command: str,
    after: int,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """discord.py sends again what Discord answered with 5xx, although it may have arrived: but not
    at once, so that another bot with the same token is told from that."""
    monkeypatch.setattr(failures, "AGAIN_AFTER", after)
    world.env.inject_error("POST", "/interactions/*/*/callback", status=400, code=40060, times=1)
    options = {"question": QUESTION} if command == "ask" else {}
    result = await world.ada.slash(world.channel, command, **options)
    shown = [m.content for m in (result.response, *result.followups) if m]
    assert [text.startswith((ECHO, HELP)) for text in shown] == [True]
    assert ("event=answered_by_another mend=" in caplog.text) == (after > 0)
    assert ("event=acknowledged_before" in caplog.text) == (after == 0)
    forgiven(world)


FILES = (File("a.txt", b"1234"), File("b.txt", b"5678"))
BIG = "The file is left out\\: it is too big to be attached here."
BARRED = "The file is left out\\: I may not attach any here."


@pytest.mark.parametrize(
    ("content", "may_attach", "most", "said"),
    [
        ("one\ntwo", True, 8, None),
        ("one\ntwo", True, 7, f"one\ntwo\n{BIG}"),
        ("one\ntwo", False, 8, f"one\ntwo\n{BARRED}"),
        (f"one\n{'🎉' * 990}", False, 8, f"one\n{BARRED}"),
    ],
)
def test_files_that_may_not_be_attached_are_said_not_to_be_beside_what_is_written(
    content: str, may_attach: bool, most: int, said: str | None
) -> None:
    message = Message(content, FILES)
    sent = sendable(message, may_attach=may_attach, most=most)
    assert sent == (Message(said) if said else message)
