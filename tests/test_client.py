"""The bot on Discord, as simcord plays it: real discord.py, a real small index, no network."""

import asyncio
import json
import logging
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import simcord
from e2e.door import Door
from world import ECHO, FIRST, OTHER, QUESTION, SERVED, TEXT, Words, World, ask, forgiven

from bot.discord import failures
from bot.discord.attached import sendable
from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.log import Lines, is_timely
from bot.discord.pages import HELP
from bot.discord.pool import QUEUE, THREADS, Pool
from bot.discord.render import File, Message
from bot.discord.state import State
from index import Index

ROOT = Path(__file__).parents[1]
ASK_ME = (
    "Ask me a question, and I answer with the exact words of the documents. "
    'Say "help" to me to see what else I can do.'
)
FAILED = (
    "Something went wrong. Try again; if it happens again, please tell an admin\\: my log says why."
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


async def test_the_event_loop_does_no_work(world: World, words: Words) -> None:
    await world.mention(QUESTION)
    assert words.threads
    assert threading.get_ident() not in words.threads


async def test_the_model_is_warm_before_the_first_question(world: World, words: Words) -> None:
    assert words.reached.is_set()


async def test_a_new_index_answers_the_next_question(
    world: World, build: Callable[[str], Path]
) -> None:
    await world.mention(QUESTION)
    build(TEXT.replace("3 May 2019", "7 June 2018"))
    assert (await world.mention(QUESTION))[-1].startswith("**7 June 2018**")


async def test_a_question_in_flight_ends_on_the_index_it_began_on(
    pool: Pool, words: Words, build: Callable[[str], Path]
) -> None:
    await ask(pool, QUESTION)
    words.reached.clear()
    words.gate.clear()
    old = asyncio.create_task(ask(pool, QUESTION))
    await asyncio.to_thread(words.reached.wait)
    build(TEXT.replace("3 May 2019", "7 June 2018"))
    words.gate.set()
    assert (await old)[0].content.startswith("**3 May 2019**")
    assert (await ask(pool, QUESTION))[0].content.startswith("**7 June 2018**")


async def test_beyond_the_queue_it_says_at_once_that_it_is_busy(
    world: World, pool: Pool, words: Words
) -> None:
    words.gate.clear()
    waiting = [asyncio.create_task(ask(pool, QUESTION)) for _ in range(THREADS + QUEUE)]
    await asyncio.to_thread(words.reached.wait)
    busy = "I am busy with other questions; ask again in a moment."
    result = await world.ada.slash(world.channel, "ask", question=QUESTION)
    assert result.response
    assert (result.response.content, result.ephemeral) == (busy, True)
    assert await world.mention(QUESTION) == [busy]
    forgiven(world)
    words.gate.set()
    assert all(m[0].content.startswith(FIRST) for m in await asyncio.gather(*waiting))


@pytest.mark.parametrize("harm", ["gone", "broken"])
async def test_an_index_that_cannot_be_read_is_told_without_its_path(
    pool: Pool, state: State, tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    line = "I cannot read the documents just now. Please tell an admin\\: my log says why."
    if harm == "gone":
        shutil.rmtree(tmp_path / "idx")
    else:
        (tmp_path / "idx" / "current.json").write_text("{")
    async with simcord.run(with_doors(Client(pool, state, guilds=[SERVED]))) as env:
        world = World(env)
        assert await world.mention(QUESTION) == [line]
        result = await world.ada.slash(world.channel, "ask", question=QUESTION)
        forgiven(world)
        assert result.response
        assert result.response.content == line
    logged = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert [m.split()[0] for m in logged] == ["event=index_unreadable"] * 3  # one as it warms up
    assert str(tmp_path) in logged[0]


@pytest.mark.parametrize("harm", ["gone", "broken"])
async def test_while_a_new_index_cannot_be_read_the_former_answers(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    await world.mention(QUESTION)
    current = tmp_path / "idx" / "current.json"
    good = current.read_bytes()
    if harm == "gone":
        current.unlink()
    else:
        current.write_text("{")
    for _ in range(2):
        assert (await world.mention(QUESTION))[-1].startswith(FIRST)
    kept = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert [m.partition(" reason=")[0] for m in kept] == ["event=index_kept documents=1"]
    rule = tmp_path / "docs" / "rule.md"
    rule.write_text(TEXT.replace("3 May 2019", "7 June 2018"))
    current.write_bytes(good)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=Words())
    assert (await world.mention(QUESTION))[-1].startswith("**7 June 2018**")


async def test_an_index_that_is_mended_where_it_is_is_opened_within_a_minute(
    pool: Pool, tmp_path: Path, build: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(pool, QUESTION)
    build(TEXT.replace("3 May 2019", "7 June 2018"))
    (newest,) = sorted((tmp_path / "idx" / "generations").iterdir())[-1:]
    newest.rename(tmp_path / "away")
    assert (await ask(pool, QUESTION))[0].content.startswith("**3 May 2019**")
    (tmp_path / "away").rename(newest)
    assert (await ask(pool, QUESTION))[0].content.startswith("**3 May 2019**")
    monkeypatch.setattr("bot.discord.pool.RETRY_S", 0)
    assert (await ask(pool, QUESTION))[0].content.startswith("**7 June 2018**")


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
        'event=failed error="RuntimeError" at="test_client.py:[0-9]+ pool.py:[0-9]+ ', caplog.text
    )


async def test_no_question_is_logged_at_any_level(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "quoth")
    await world.mention(QUESTION)
    await world.mention("`" * 50)
    assert not [r for r in caplog.records if r.name == "quoth" and "rule" in r.getMessage()]


@pytest.mark.parametrize(
    ("name", "template", "line"),
    [
        ("discord.http", "%s %s responded with 429", '"%s %s responded with 429"'),
        ("asyncio", "Task exception\nfuture: secret %s %s", '"Task exception"'),
    ],
)
def test_of_other_libraries_only_what_holds_no_secret_is_logged(
    name: str, template: str, line: str
) -> None:
    record = logging.LogRecord(name, logging.ERROR, "", 0, template, ("POST", "secret"), None)
    assert re.fullmatch(
        rf"time=\S+ level=error from={name} event=library said={re.escape(line)}",
        Lines().format(record),
    )


def test_of_what_a_library_raised_the_kind_and_the_place_are_logged_and_no_word() -> None:
    try:
        int("secret")
    except ValueError as error:
        raised = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("asyncio", logging.ERROR, "", 0, "Ignoring %s", ("secret",), raised)
    shown = Lines().format(record)
    assert re.search(r' said="Ignoring %s" error="ValueError" at="test_client.py:[0-9]+"$', shown)


@pytest.mark.parametrize(("code", "kept"), [(10062, False), (50001, True)])
def test_what_is_typed_and_completed_too_late_is_not_logged(code: int, kept: bool) -> None:
    error = Exception("Unknown interaction")
    error.code = code  # type: ignore[attr-defined]  # as discord.py's errors have it
    record = logging.LogRecord("tree", logging.ERROR, "", 0, "x", (), (Exception, error, None))
    assert is_timely(record) is kept


async def test_a_server_that_cannot_be_set_up_is_named_in_the_log(
    pool: Pool, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    async with simcord.run(with_doors(Client(pool, state))) as env:
        env.inject_error("PUT", "/applications/*", status=403, code=50001)
        env.create_guild(id=SERVED)
        await env.settle()
    assert f"event=not_set_up server={SERVED} code=50001 mend=" in caplog.text


async def test_commands_that_could_not_be_offered_are_when_the_server_comes_again(
    world: World, pool: Pool, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("PUT", "/applications/*", status=500, code=0, times=None)
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED])))
    forgiven(world)
    assert f'event=not_set_up server={SERVED} code=0 again="within the hour"' in caplog.text
    world.env.backend.faults.clear()

    def offers() -> int:
        return sum(r.method == "PUT" for r in world.env.http_requests)

    before = offers()
    for _ in range(2):
        world.env.bot.dispatch("guild_available", world.env.bot.get_guild(SERVED))
        await world.env.settle()
    assert offers() == before + 1


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


def test_who_asks_on_the_command_line_loads_no_discord(door: Door) -> None:
    ran = door.run("ask", QUESTION, "--index", "none", PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rpartition("|")[2].strip() for line in ran.err.splitlines()}
    assert "index.engine" in loaded
    assert not {name for name in loaded if name.split(".")[0] == "discord"}


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


@pytest.mark.parametrize("most", [8, 7])
def test_files_too_big_for_a_message_are_said_to_be(most: int) -> None:
    message = Message("long", (File("a.txt", b"1234"), File("b.txt", b"5678")))
    said = "That is too long for a message, and too big to be attached here."
    sent = sendable(message, may_attach=True, most=most)
    assert sent == (message if most == 8 else Message(said))


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
