"""A connection of the installed `quoth bot` that breaks, ends or is slow, and what becomes of
answers on it."""

from collections.abc import Callable

import pytest

from e2e.discord_server import HEARTBEAT, INVALID_SESSION, RECONNECT, RESUME, DiscordServer
from e2e.led import ANSWER, QUESTION, Bot, answered


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
