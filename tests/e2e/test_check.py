"""`quoth bot --check` against a Discord on this machine: what it finds, what it leaves alone."""

import sqlite3
from contextlib import closing

import pytest

from bot.discord.state import State
from e2e.discord_server import (
    APPLICATION,
    MESSAGE_CONTENT,
    MESSAGE_CONTENT_LIMITED,
    TEAM,
    DiscordServer,
    Json,
)
from e2e.door import Door
from e2e.led import INTENT, REFUSED, TEXT, settings

LINK = (
    "invite       https://discord.com/oauth2/authorize?client_id=8&scope=bot+applications.commands"
    "&permissions=274878008320"
)
"""View Channels 1024, Send Messages 2048, Attach Files 32768, Read Message History 65536, Send
Messages in Threads 274877906944, in all."""
assert LINK.endswith(str(1024 + 2048 + 32768 + 65536 + 274877906944))


def checked(home: Door, server: DiscordServer, **others: str) -> tuple[int, dict[str, str]]:
    """The exit code of --check, and what it says of each thing."""
    ran = home.run("bot", "--check", **settings(server, **others))
    assert ran.err == ""
    assert not server.sockets
    return ran.code, {line[:12].strip(): line[13:] for line in ran.out.splitlines()}


def test_a_check_says_that_all_is_well_and_prints_the_link(home: Door) -> None:
    set_here = {"QUOTH_STATE": "new.sqlite", "QUOTH_THRESHOLD": "0.35"}
    with DiscordServer() as server:
        ran = home.run("bot", "--check", **settings(server, **set_here))
        assert ran.seen == (
            0,
            f"""discord      ok: logged in as quoth
application  ok: Quoth (8)
intents      ok: none that is privileged is asked for
servers      ok: Team (1001)
{LINK}
index        ok: 1 document in idx; answers from 0.35 on
state        ok: new.sqlite
""",
            "",
        )
        assert not server.sockets
        assert {request.method for request in server.requests} == {"GET"}
    assert not (home.home / "new.sqlite").exists()


TWO = [TEAM, TEAM | {"id": "1002", "name": "Other\x1b[2J\nteam"}]


@pytest.mark.parametrize(
    ("guilds", "named", "code", "said"),
    [
        ([], "", 0, "ok: none yet; the link invites the bot"),
        (TWO[:1], "", 0, "ok: Team (1001)"),
        (TWO, "1001", 0, r"ok: Team (1001); not served: Other\x1b[2J\nteam (1002)"),
        (*(TWO, "", 2, "the bot is in several and so serves none; set QUOTH_GUILDS to those of "),),
        (TWO, "1002,1001", 0, r"ok: Other\x1b[2J\nteam (1002), Team (1001)"),
        (*(TWO[:1], "1001,1003,1004", 2, "QUOTH_GUILDS names 1003, 1004, which the bot is not "),),
    ],
)
def test_a_check_tells_which_servers_are_served(
    home: Door, guilds: list[Json], named: str, code: int, said: str
) -> None:
    with DiscordServer() as server:
        server.guilds = guilds
        found = checked(home, server, QUOTH_GUILDS=named)
    assert found[0] == code
    assert found[1]["servers"].startswith(said)


def test_a_check_tells_which_server_was_settled_in(home: Door) -> None:
    settled, elsewhere = ("bot.sqlite", "other.sqlite")
    for name, guild in ((settled, 1002), (elsewhere, 1003)):
        state = State(home.home / name)
        state.settle(guild)
        state.close()
    with DiscordServer() as server:
        server.guilds = TWO
        code, said = checked(home, server, QUOTH_GUILDS="", QUOTH_STATE=settled)
        assert (code, said["servers"]) == (
            0,
            r"ok: Other\x1b[2J\nteam (1002); not served: Team (1001)",
        )
        code, said = checked(home, server, QUOTH_GUILDS="", QUOTH_STATE=elsewhere)
    assert code == 2
    lost = "the bot is not in the one that it served and so serves none; set QUOTH_GUILDS to "
    assert said["servers"].startswith(f"{lost}those of Team (1001), Other")


def test_a_check_warns_of_a_bot_that_anybody_may_invite(home: Door) -> None:
    with DiscordServer() as server:
        server.application = APPLICATION | {"bot_public": True}
        code, said = checked(home, server)
    assert code == 0
    assert said["application"] == (
        "ok: Quoth (8); Public Bot is on, so that anybody may invite it: at "
        "https://discord.com/developers/applications set Installation, Install Link to None, "
        "then Bot, Public Bot to off"
    )


def test_a_check_tells_what_the_application_lacks(home: Door) -> None:
    with DiscordServer() as server:
        code, said = checked(home, server, QUOTH_MESSAGE_CONTENT="on")
        assert (code, said["intents"]) == (2, INTENT)
        both = "ok: Message Content Intent is on, here and at Discord"
        for flags in (MESSAGE_CONTENT, MESSAGE_CONTENT_LIMITED):
            server.application = APPLICATION | {"flags": flags}
            code, said = checked(home, server, QUOTH_MESSAGE_CONTENT="on")
            assert (code, said["intents"]) == (0, both)
        server.application = APPLICATION | {"interactions_endpoint_url": "https://example.com/"}
        code, said = checked(home, server)
        assert code == 2
        assert said["application"].startswith(
            "has an Interactions Endpoint URL, so that no command"
        )


@pytest.mark.parametrize(
    ("name", "value", "code", "said"),
    [
        ("QUOTH_TOKEN", "wrong", 2, REFUSED),
        ("QUOTH_TOKEN", "", 2, "QUOTH_TOKEN is not set; put your bot's token into .env as "),
        ("QUOTH_DISCORD_API", "http://[::1]:9", 3, "the server at http://[::1]:9 (QUOTH_DISC"),
    ],
)
def test_a_check_that_cannot_log_in_still_tries_the_rest(
    home: Door, name: str, value: str, code: int, said: str
) -> None:
    with DiscordServer() as server:
        found = checked(home, server, **{name: value})
    assert (found[0], list(found[1])) == (code, ["discord", "index", "state"])
    assert found[1]["discord"].startswith(said)
    assert found[1]["index"].startswith("ok: ")


def test_a_check_builds_no_index_and_says_whether_the_bot_can(home: Door) -> None:
    with DiscordServer() as server:
        code, said = checked(home, server, QUOTH_INDEX="none", QUOTH_CORPUS="rule.md")
        assert (code, said["index"]) == (
            0,
            "ok: none in none yet; quoth bot builds it from rule.md as it starts",
        )
        code, said = checked(home, server, QUOTH_INDEX="none", QUOTH_CORPUS="away.md")
    assert (code, said["index"]) == (
        3,
        "there is no index in none; make one with: quoth index PATH --index none",
    )
    assert not (home.home / "none").exists()


def test_a_corpus_that_cannot_be_looked_at_loses_nothing_else_that_was_found(home: Door) -> None:
    """A name too long stands for a folder that only another user may enter."""
    with DiscordServer() as server:
        code, said = checked(home, server, QUOTH_INDEX="none", QUOTH_CORPUS="x" * 300)
        reason = f"{'x' * 300} cannot be read (File name too long); have the bot's user read it"
        assert (code, said["index"]) == (3, f"none in none yet, and {reason}")
        assert said["discord"].startswith("ok: ")
        assert said["state"].startswith("ok: ")
        (home.home / "loop").symlink_to("loop")
        code, said = checked(home, server, QUOTH_CORPUS="loop")
    assert code == 0
    assert said["index"].endswith(
        "QUOTH_CORPUS is not what it was built from; quoth index reads it"
    )


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("rule.md", "file is not a database"),
        ("rule.md/bot.sqlite", "Not a directory"),
        ("idx", "Is a directory"),
    ],
)
def test_a_check_tells_where_nothing_can_be_remembered(home: Door, path: str, reason: str) -> None:
    with DiscordServer() as server:
        code, said = checked(home, server, QUOTH_STATE=path)
    mend = f"{path} cannot be written ({reason}); set QUOTH_STATE to a file that can"
    assert (code, said["state"]) == (2, mend)
    assert (home.home / "rule.md").read_text() == TEXT


@pytest.mark.parametrize(("version", "made"), [(99, "a newer quoth; install"), (0, "another pro")])
def test_a_check_tells_of_a_state_that_is_not_for_this_version(
    home: Door, version: int, made: str
) -> None:
    path = home.home / f"state {version}"
    with closing(sqlite3.connect(path)) as state:
        state.executescript(f"CREATE TABLE mice (name); PRAGMA user_version = {version}")
    before = path.read_bytes()
    with DiscordServer() as server:
        code, said = checked(home, server, QUOTH_STATE=path.name)
    assert code == 2
    assert said["state"].startswith(f"{path.name}: made by {made}")
    assert path.read_bytes() == before


def test_a_check_tells_of_an_index_of_nothing_or_of_other_than_what_is_set(home: Door) -> None:
    (home.home / "none here").mkdir()
    assert home.run("index", "none here", "--index", "empty").code == 0
    with DiscordServer() as server:
        code, said = checked(home, server, QUOTH_INDEX="empty")
        assert (code, said["index"]) == (
            3,
            "empty holds no document; fill it with: quoth index PATH --index empty",
        )
        others = {"QUOTH_CORPUS": "rule.md:none here", "QUOTH_THRESHOLD": "0.35"}
        code, said = checked(home, server, **others)
        assert code == 0
        assert said["index"] == (
            "ok: 1 document in idx; answers from 0.35 on; QUOTH_CORPUS is not what it was built "
            "from; quoth index reads it"
        )
        assert "QUOTH_CORPUS" in checked(home, server, QUOTH_CORPUS="seeds")[1]["index"]
        assert "QUOTH_CORPUS" not in checked(home, server, QUOTH_CORPUS="./rule.md")[1]["index"]


def test_a_wrong_setting_weighs_more_than_an_index_that_cannot_be_read(home: Door) -> None:
    with DiscordServer() as server:
        assert checked(home, server, QUOTH_INDEX="none", QUOTH_GUILDS="5")[0] == 2
