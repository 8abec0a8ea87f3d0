"""The installed `quoth bot`, as a process, led by its settings to a Discord on this machine."""

import os
import re
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest

from e2e.discord_server import (
    APPLICATION_ID,
    GUILD,
    HEARTBEAT,
    IDENTIFY,
    INVALID_SESSION,
    RECONNECT,
    RESUME,
    TOKEN,
    DiscordServer,
)
from e2e.door import Door
from e2e.led import INTENT, REFUSED, settings

QUESTION = "when was the 10% rule dropped?"
ANSWER = "**3 May 2019**, as the passage states"


@dataclass
class Bot:
    """`quoth bot` while it runs; what it logs is read as it comes, each answer given apart."""

    process: subprocess.Popen[bytes]
    server: DiscordServer
    log: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def logged(self, event: str, since: int = 0) -> list[str]:
        """The lines of an event, each from its name on."""
        found = (re.search(rf"event={event}\b.*", line) for line in self.log[since:])
        return [line[0] for line in found if line]

    def end(self) -> int:
        """The exit code of a bot that has been told to leave or cannot stay."""
        self.process.wait(120)
        self._reader.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream
            stream.close()
        return self.process.returncode

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.end()

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            with self.server.changed:
                given = b" event=answer " in line
                (self.answers if given else self.log).append(line.decode())
                self.server.changed.notify_all()


@contextmanager
def running(home: Door, server: DiscordServer, **others: str) -> Iterator[Bot]:
    """A bot, which a test that fails does not leave behind."""
    bot = Bot(home.start("bot", **settings(server, **others)), server)
    try:
        yield bot
    finally:
        bot.process.kill()
        bot.end()


@pytest.fixture(scope="module")
def server() -> Iterator[DiscordServer]:
    with DiscordServer(interval=2) as made:
        yield made


@pytest.fixture(scope="module")
def shared(home: Door, server: DiscordServer) -> Iterator[Bot]:
    """A bot that has its model: for all tests, one after the other."""
    with running(home, server) as bot:
        server.wait(lambda: bot.logged("online") and bot.logged("index_opened"))
        yield bot
        assert bot.stop() == 0


def answered(server: DiscordServer, asked: str) -> str:
    """The one reply to a message, once it has come and another question has been answered."""
    server.wait(lambda: server.replies(asked))
    after = server.mention(QUESTION)
    server.wait(lambda: server.replies(after))
    (reply,) = server.replies(asked)
    return reply


def test_the_installed_command_needs_no_more_than_settings(
    shared: Bot, server: DiscordServer
) -> None:
    assert answered(server, server.mention(QUESTION)).startswith(ANSWER)
    (offered,) = server.asked("PUT", f"/applications/{APPLICATION_ID}/guilds/{GUILD}/commands")
    assert "ask" in {command["name"] for command in offered.body["list"]}
    assert server.sockets[0].request.query["v"] == "10"


def test_heartbeats_come_while_fifty_ask_at_once(shared: Bot, server: DiscordServer) -> None:
    """Who is late by an interval is dropped, so one connection means that no heartbeat was."""
    sockets, here, since = len(server.sockets), server.sockets[-1], len(shared.log)
    before = len(here.beats)
    asked = [server.mention(QUESTION + "!" * number) for number in range(50)]
    command = server.slash(QUESTION)
    server.wait(lambda: all(map(server.replies, asked)) and len(here.beats) >= before + 2)
    assert [len(server.replies(one)) for one in asked] == [1] * 50
    assert all(server.replies(one)[0].startswith(ANSWER) for one in asked)
    assert len(server.sockets) == sockets
    heard = [beat["d"] for beat in here.beats if beat["d"] is not None]
    assert heard == sorted(heard)
    assert heard[-1] <= len(server.events)
    server.wait(lambda: server.shown(command))
    assert shared.log[since:] == []


def test_a_command_is_acknowledged_in_time_and_answered(shared: Bot, server: DiscordServer) -> None:
    token = server.slash(QUESTION)
    server.wait(lambda: server.shown(token))
    (acknowledged,) = server.asked("POST", f"/interactions/[0-9]+/{token}/callback")
    assert acknowledged.body["type"] == 5  # that it will be answered
    assert server.shown(token)[0].splitlines()[1] == ANSWER


def test_what_was_missed_is_replayed_on_resume_and_answered_once(
    shared: Bot, server: DiscordServer
) -> None:
    heard = server.mention(QUESTION)
    server.wait(lambda: server.replies(heard))
    since, sockets, session = len(shared.log), len(server.sockets), server.session
    server.drop()
    missed = [server.mention(QUESTION) for _ in range(3)]
    server.wait(lambda: shared.logged("session_resumed", since))
    assert all(answered(server, one).startswith(ANSWER) for one in missed)
    assert len(server.replies(heard)) == 1
    assert (len(server.sockets), server.session) == (sockets + 1, session)
    here = server.sockets[-1]
    assert here.request.path == "/ws/again"  # the address that READY gave
    assert [said["op"] for said in here.received if said["op"] != HEARTBEAT] == [RESUME]
    assert shared.logged("", since) == [
        "event=gateway_lost code=1006 session_kept=true",
        "event=session_resumed",
    ]


@pytest.mark.parametrize(
    ("ask_to_leave", "code"),
    [
        (lambda server: server.send({"op": RECONNECT, "d": None}), 4000),
        (lambda server: server.send({"op": INVALID_SESSION, "d": True}), 4000),
        (lambda server: server.close(1001), 1001),
        (lambda server: server.close(4000), 4000),
        (lambda server: server.close(4009), 4009),
    ],
    ids=["reconnect", "invalid session that can be resumed", "1001", "4000", "4009"],
)
def test_whatever_ends_a_connection_the_session_goes_on(
    shared: Bot, server: DiscordServer, ask_to_leave: Callable[[DiscordServer], None], code: int
) -> None:
    since, session = len(shared.log), server.session
    ask_to_leave(server)
    asked = server.mention(QUESTION)
    server.wait(lambda: shared.logged("session_resumed", since))
    assert answered(server, asked).startswith(ANSWER)
    assert server.session == session
    assert shared.logged("", since) == [
        f"event=gateway_lost code={code} session_kept=true",
        "event=session_resumed",
    ]


def test_a_gateway_that_is_away_for_long_is_lost_once(shared: Bot, server: DiscordServer) -> None:
    since, session = len(shared.log), server.session
    server.refused = 2
    server.drop()
    missed = server.mention(QUESTION)
    server.wait(lambda: shared.logged("session_resumed", since))
    assert answered(server, missed).startswith(ANSWER)
    assert (server.refused, server.session) == (0, session)
    assert [line.partition(" level=")[2] for line in shared.log[since:]] == [
        "warning from=quoth event=gateway_lost code=1006 session_kept=true\n",
        "warning from=quoth event=discord_failing status=503\n",
        "info from=quoth event=session_resumed\n",
    ]


def test_a_session_that_is_gone_is_begun_anew(shared: Bot, server: DiscordServer) -> None:
    since, session = len(shared.log), server.session
    server.send({"op": INVALID_SESSION, "d": False})
    server.wait(lambda: shared.logged("online", since))
    assert answered(server, server.mention(QUESTION)).startswith(ANSWER)
    assert server.session == session + 1
    assert shared.logged("", since) == [
        "event=gateway_lost code=1000 session_kept=false",
        "event=session_new",
        "event=online servers=1 served=1",
    ]
    assert len(server.asked("PUT", "/applications/.*")) == 1  # offered once a run


def test_a_reply_that_comes_too_often_waits_as_long_as_it_is_told(
    shared: Bot, server: DiscordServer
) -> None:
    since = len(shared.log)
    limited = {"message": "You are being rate limited.", "retry_after": 0.2, "global": False}
    server.fail_once("/messages$", 429, limited, **{"Retry-After": "1", "Via": "1.1 google"})
    asked = server.mention(QUESTION)
    first, second = server.wait(lambda: server.replies(asked)[1:] and server.replies(asked))
    assert first == second
    assert shared.logged("", since) == ['event=rate_limited retry_after="1"']


def test_a_reply_that_discord_fails_to_take_is_sent_again(
    shared: Bot, server: DiscordServer
) -> None:
    since = len(shared.log)
    for status in (500, 502):
        server.fail_once("/messages$", status, {"message": "Internal", "code": 0})
    asked = server.mention(QUESTION)
    attempts = server.wait(lambda: server.replies(asked)[2:] and server.replies(asked))
    assert len(attempts) == 3
    assert len(set(attempts)) == 1
    assert shared.logged("", since) == ["event=discord_failing status=500"]  # an outage is one


def test_an_answer_whose_connection_breaks_is_sent_again_as_the_same(
    shared: Bot, server: DiscordServer
) -> None:
    """Discord says what has a nonce only once, where it is told to see to that."""
    since = len(shared.log)
    server.break_once("/messages$")
    asked = server.mention(QUESTION)
    server.wait(lambda: server.replies(asked)[1:])
    one, two = [r.body for r in server.requests if r.body.get("message_reference")][-2:]
    assert one == two
    assert one["enforce_nonce"]
    (line,) = shared.logged("", since)
    assert line.startswith("event=sent_again error=")
    server.break_once("/webhooks/")
    token = server.slash(QUESTION)
    one, two = server.wait(lambda: server.shown(token)[1:] and server.shown(token))
    assert one == two


def test_neither_a_question_nor_a_token_is_ever_logged(shared: Bot, server: DiscordServer) -> None:
    secret = "does xyzzy pay the plugh?"
    limited = {"message": "xyzzy", "retry_after": 0.1, "global": True}
    for status in (500, 503):
        server.fail_once("/webhooks/", status, {"message": "xyzzy", "code": 0})
        token = server.slash(secret)
        server.wait(partial(lambda token: server.shown(token)[1:], token))
    server.fail_once("/messages$", 429, limited, **{"Retry-After": "1", "Via": "1.1 google"})
    server.fail_once("/messages$", 403, {"message": "xyzzy", "code": 50013})
    server.mention(secret)
    server.wait(lambda: shared.logged("discord_refused status=403"))
    lines = shared.log + shared.answers
    assert not re.search(f"xyzzy|plugh|token[0-9]|{re.escape(TOKEN)}", "".join(lines))
    assert all(re.match(r"time=\S+ level=\w+ from=\S+ event=\w+", line) for line in lines)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP], ids=lambda told: told.name)
def test_who_is_told_to_leave_finishes_the_answer_that_hangs(
    home: Door, told: signal.Signals
) -> None:
    """SIGHUP: its terminal was closed."""
    with DiscordServer() as server, running(home, server) as bot:
        server.wait(lambda: bot.logged("online"))
        release = server.hold("/messages$")
        asked = server.mention(QUESTION)
        server.wait(lambda: server.replies(asked))
        bot.process.send_signal(told)
        server.wait(lambda: bot.logged("leaving"))
        late = server.mention(QUESTION)
        server.wait(lambda: bot.logged("turned_away"))
        release()
        assert bot.end() == 0
        (reply,) = server.replies(asked)
        assert reply.startswith(ANSWER)
        assert server.replies(late) == ["I am being restarted; ask again in a minute."]
        assert bot.logged("gateway_lost") == []


def test_a_second_bot_with_the_same_state_is_refused_and_the_first_goes_on(
    shared: Bot, home: Door, server: DiscordServer
) -> None:
    code, out, err = ended(home, server)
    assert (code, out) == (3, "")
    assert err == (
        f"quoth: {server.port}.sqlite: process {shared.process.pid} on {os.uname().nodename} is a "
        "bot with this state, and two would answer everything twice; stop that one first; a bot "
        "with another token needs another QUOTH_STATE\n"
    )
    assert answered(server, server.mention(QUESTION)).startswith(ANSWER)


def test_a_bot_takes_the_place_of_one_that_is_leaving_or_was_killed(home: Door) -> None:
    with DiscordServer() as server, running(home, server) as first:
        server.wait(lambda: first.logged("online"))
        release = server.hold("/messages$")
        asked = server.mention(QUESTION)
        server.wait(lambda: server.replies(asked))
        first.process.send_signal(signal.SIGTERM)
        server.wait(lambda: first.logged("leaving"))
        with running(home, server) as second:
            assert second.process.poll() is None
            release()
            assert first.end() == 0
            server.wait(lambda: second.logged("online"))
            second.process.kill()
            with running(home, server) as third:
                server.wait(lambda: third.logged("online"))
                assert third.stop() == 0


@pytest.mark.parametrize(
    ("path", "reason"),
    [("rule.md/bot.sqlite", "File exists"), ("rule.md", "file is not a database")],
)
def test_a_state_that_cannot_be_used_is_a_wrong_setting(home: Door, path: str, reason: str) -> None:
    """In the first there can be no lock either."""
    with DiscordServer() as server:
        code, out, err = ended(home, server, QUOTH_STATE=path)
    assert (code, out) == (2, "")
    assert err.startswith(f"quoth: {path}: {reason}; mend or move the file, or ")


def test_a_state_that_another_process_holds_is_tried_again(home: Door) -> None:
    with closing(sqlite3.connect(home.home / "held.sqlite")) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with DiscordServer() as server:
            code, _, err = ended(home, server, QUOTH_STATE="held.sqlite")
    assert (code, err.partition(";")[0]) == (3, "quoth: held.sqlite: database is locked")


def test_under_nohup_the_bot_outlives_its_terminal(home: Door) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with DiscordServer() as server, running(home, server) as bot:
            server.wait(lambda: bot.logged("online"))
            bot.process.send_signal(signal.SIGHUP)
            asked = server.mention(QUESTION)
            server.wait(lambda: server.replies(asked))
            assert bot.stop() == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_server_that_names_no_application_is_told_its_id(home: Door) -> None:
    """REST at the bare address, and a gateway elsewhere to resume at: the bot stays here."""
    with DiscordServer(prefix="") as server:
        server.application, server.resume_url = None, "wss://gateway.discord.example"
        others = {"QUOTH_APPLICATION_ID": "56", "QUOTH_MESSAGE_CONTENT": "on"}
        with running(home, server, **others) as bot:
            server.wait(lambda: bot.logged("online"))
            server.drop()
            server.wait(lambda: bot.logged("session_resumed"))
            assert bot.stop() == 0
        assert [socket.request.path for socket in server.sockets] == ["/ws", "/ws"]
        assert len(server.asked("PUT", f"/applications/56/guilds/{GUILD}/commands")) == 1
        identified = next(said for said in server.sockets[0].received if said["op"] == IDENTIFY)
        assert identified["d"]["intents"] & 1 << 15  # the message content intent


ELSEWHERE = (
    "the server at QUOTH_DISCORD_API names a gateway that is not on this machine, and the token "
    "would be sent there; have it name one such as ws://127.0.0.1:8080"
)


def ended(home: Door, server: DiscordServer, **others: str) -> tuple[int, str, str]:
    """What is seen of a bot that cannot stay, but for its log."""
    code, out, err = home.run("bot", **settings(server, **others)).seen
    return code, out, re.sub("(?m)^time=.*\n", "", err)


def test_a_token_that_discord_refuses_is_one_line(home: Door) -> None:
    with DiscordServer() as server:
        assert ended(home, server, QUOTH_TOKEN="wrong") == (2, "", f"quoth: {REFUSED}\n")
        assert not server.sockets


@pytest.mark.parametrize(
    ("code", "line"), [(4004, REFUSED), (4014, INTENT)], ids=["the token", "the intent"]
)
def test_what_only_the_gateway_refuses_is_one_line(home: Door, code: int, line: str) -> None:
    with DiscordServer() as server:
        server.close_code = code
        assert ended(home, server) == (2, "", f"quoth: {line}\n")
        assert len(server.sockets) == 1


def test_an_intent_that_is_on_here_alone_is_one_line_before_it_connects(home: Door) -> None:
    with DiscordServer() as server:
        assert ended(home, server, QUOTH_MESSAGE_CONTENT="on") == (2, "", f"quoth: {INTENT}\n")
        assert not server.sockets


@pytest.mark.parametrize(
    "gateway", ["wss://gateway.discord.gg", "ws://me@127.0.0.1.example", "http://127.0.0.1:80"]
)
def test_a_gateway_on_another_machine_gets_no_token(home: Door, gateway: str) -> None:
    with DiscordServer() as server:
        server.gateway_url = gateway
        assert ended(home, server) == (2, "", f"quoth: {ELSEWHERE}\n")


def test_a_redirect_to_another_machine_is_not_followed(home: Door) -> None:
    with DiscordServer() as server:
        server.fail_once("/users/@me", 307, {}, Location="https://discord.example/api/users/@me")
        line = "Discord cannot be reached (ClientConnectionError); see that this machine is online"
        assert ended(home, server) == (3, "", f"quoth: {line}\n")


def test_a_discord_that_is_down_is_one_line(home: Door) -> None:
    with DiscordServer() as server:
        server.fail_once("/users/@me", 503, {"message": "Unavailable", "code": 0})
        assert ended(home, server) == (3, "", "quoth: Discord answers 503; try again later\n")


def test_a_discord_out_of_reach_is_one_line(home: Door) -> None:
    with DiscordServer() as server:
        line = "Discord cannot be reached (ClientConnectorError); see that this machine is online"
        assert ended(home, server, QUOTH_DISCORD_API="http://127.0.0.1:9") == (
            *(3, ""),
            f"quoth: {line}\n",
        )


def test_a_gateway_out_of_reach_is_one_line(home: Door) -> None:
    with DiscordServer() as server:
        server.gateway_url = "ws://127.0.0.1:9"
        line = "Discord's gateway cannot be reached (ClientConnectorError); try again"
        assert ended(home, server) == (3, "", f"quoth: {line}\n")


def test_a_server_that_is_no_discord_is_one_line(home: Door) -> None:
    with DiscordServer(prefix="/other") as server:
        api = server.address
        line = "(QUOTH_DISCORD_API) does not answer as Discord does (no GET /gateway)"
        assert ended(home, server) == (3, "", f"quoth: {api} {line}; see what runs there\n")


def test_a_user_that_is_none_is_one_line(home: Door) -> None:
    with DiscordServer() as server:
        server.fail_once("/users/@me", 200, {"hello": "there"})
        line = "(QUOTH_DISCORD_API) does not answer as Discord does (KeyError); see what runs there"
        assert ended(home, server) == (3, "", f"quoth: {server.address} {line}\n")


def test_a_server_that_names_no_application_is_one_line_without_its_id(home: Door) -> None:
    with DiscordServer() as server:
        server.application = None
        line = "does not name the application; set QUOTH_APPLICATION_ID to its id"
        assert ended(home, server) == (
            *(2, ""),
            f"quoth: the server at QUOTH_DISCORD_API {line}\n",
        )


def test_no_token_is_one_line(home: Door) -> None:
    assert home.run("bot").seen == (
        2,
        "",
        "quoth: QUOTH_TOKEN is not set; put your bot's token into .env as QUOTH_TOKEN=..., in the "
        "folder where quoth is run; you get it at https://discord.com/developers/applications, "
        "Bot, Reset Token\n",
    )
