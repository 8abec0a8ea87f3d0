"""Why Discord cannot be reached is said in words."""

import socket
import ssl
from errno import ECONNREFUSED, ENETUNREACH
from typing import Any

import aiohttp
import discord
import pytest

from bot.discord.connection import explained
from index import QuothError

KEY: Any = None


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (
            aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(-2, "Name or service not known")),
            "its name is not found",
        ),
        (
            aiohttp.ClientConnectorError(
                KEY, OSError(ENETUNREACH, "Connect call failed ('::', 1)")
            ),
            "network is unreachable",
        ),
        (ConnectionRefusedError(ECONNREFUSED, "Connect call failed"), "connection refused"),
        (
            aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError(1, "no cipher")),
            "no secure connection can be made",
        ),
        (TimeoutError(), "it does not answer"),
        (aiohttp.ServerDisconnectedError(), "Server disconnected"),
        (aiohttp.ClientPayloadError(), "the connection is cut"),
        (
            discord.GatewayNotFound(),
            "The gateway to connect to discord was not found.",
        ),
    ],
)
def test_why_discord_is_out_of_reach_is_said_in_words(error: Exception, why: str) -> None:
    with pytest.raises(QuothError) as caught, explained():
        raise error
    line = f"Discord cannot be reached: {why}; see that this machine is online"
    assert str(caught.value) == line
