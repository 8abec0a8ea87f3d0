"""Two of the installed `quoth bot` with one state, and a state that cannot be used."""

import os
import signal
import sqlite3
from contextlib import closing

import pytest

from e2e.discord_server import DiscordServer
from e2e.door import Door
from e2e.led import ANSWER, QUESTION, Bot, answered, ended, running


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
