"""What keeps the installed `quoth bot` from staying is said in one line."""

import pytest

from e2e.discord_server import DiscordServer
from e2e.door import Door
from e2e.led import INTENT, REFUSED, ended

UNREACHED = "(QUOTH_DISCORD_API) cannot be reached"
SEE = "see what runs there, or leave that out to use Discord"
ELSEWHERE = (
    "the server at QUOTH_DISCORD_API names a gateway that is not on this machine, and the token "
    "would be sent there; have it name one such as ws://127.0.0.1:8080"
)


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
        line = f"the server at {server.address} {UNREACHED}: it leads to another machine; {SEE}"
        assert ended(home, server) == (3, "", f"quoth: {line}\n")


def test_a_discord_that_is_down_is_one_line(home: Door) -> None:
    with DiscordServer() as server:
        server.fail_once("/users/@me", 503, {"message": "Unavailable", "code": 0})
        assert ended(home, server) == (3, "", "quoth: Discord answers 503; try again later\n")


def test_a_discord_out_of_reach_is_one_line(home: Door) -> None:
    with DiscordServer() as server:
        line = f"the server at http://127.0.0.1:9 {UNREACHED}: connection refused; {SEE}"
        assert ended(home, server, QUOTH_DISCORD_API="http://127.0.0.1:9") == (
            *(3, ""),
            f"quoth: {line}\n",
        )


def test_a_gateway_out_of_reach_is_one_line(home: Door) -> None:
    with DiscordServer() as server:
        server.gateway_url = "ws://127.0.0.1:9"
        line = "Discord's gateway cannot be reached: connection refused; try again"
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
