"""The installed `quoth bot`, as a process, led by its settings to a Discord on this machine."""

import re
import signal
from functools import partial

import pytest

from e2e.discord_server import APPLICATION_ID, GUILD, IDENTIFY, TOKEN, DiscordServer
from e2e.door import Door
from e2e.led import ANSWER, QUESTION, Bot, answered, running


def test_the_installed_command_needs_no_more_than_settings(
    shared: Bot, server: DiscordServer
) -> None:
    assert answered(server, server.mention(QUESTION)).startswith(ANSWER)
    (offered,) = server.asked("PUT", f"/applications/{APPLICATION_ID}/guilds/{GUILD}/commands")
    assert "ask" in {command["name"] for command in offered.body["list"]}
    assert server.sockets[0].request.query["v"] == "10"


def test_a_command_is_acknowledged_in_time_and_answered(shared: Bot, server: DiscordServer) -> None:
    token = server.slash(QUESTION)
    server.wait(lambda: server.shown(token))
    (acknowledged,) = server.asked("POST", f"/interactions/[0-9]+/{token}/callback")
    assert acknowledged.body["type"] == 5  # that it will be answered
    assert server.shown(token)[0].splitlines()[1] == ANSWER


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
