"""The connection to Discord, or to what stands in for it on this machine: where it is, what befalls
it, and what is said where it cannot be made."""

import logging
import os
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import INTERNAL_API_VERSION, Route

from bot.config import APPLICATIONS, Config, ConfigError, on_this_machine
from bot.discord.log import log, place
from index import QuothError

TOKEN_REFUSED = f"Discord refuses QUOTH_TOKEN; copy it anew from {APPLICATIONS}, Bot, Reset Token"
INTENT_OFF = (
    "QUOTH_MESSAGE_CONTENT is on, but Discord has not granted that intent; switch Message Content "
    f"Intent on at {APPLICATIONS}, Bot, or set QUOTH_MESSAGE_CONTENT=off"
)
_BAD_TOKEN = 4004
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
_PATIENCE = aiohttp.ClientTimeout(total=30)


class Connection(discord.Client):
    """A client that finds Discord where `config` says, and logs once what befalls the connection.

    To be mixed in before another client. `login` and `connect` raise ConfigError where a setting
    does not fit what Discord says, QuothError where a stand-in does not answer as Discord does.
    """

    def __init__(self, *args: Any, config: Config, **options: Any) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks
        super().__init__(*args, **options)
        self._config, self._lost, self._failing = config, False, False

    async def login(self, token: str) -> None:
        self.http.http_trace = aiohttp.TraceConfig()
        self.http.http_trace.on_request_end.append(self._answered)
        if self._config.discord_api:
            await _find(self._config.discord_api, token)
            self.http.connector = _OnThisMachine(limit=0)
        with self._understood():
            await super().login(token)

    async def application_info(self) -> discord.AppInfo:
        """What Discord says of the application; of a stand-in that cannot, what the settings do."""
        try:
            return await super().application_info()
        except (discord.HTTPException, KeyError, TypeError):
            if not self._config.discord_api:
                raise
            if self._config.application_id is None:
                raise ConfigError(
                    "the server at QUOTH_DISCORD_API does not name the application; set "
                    "QUOTH_APPLICATION_ID to its id"
                ) from None
        return discord.AppInfo(self._connection, _unnamed(self._config.application_id))

    async def setup_hook(self) -> None:
        if self.intents.message_content and not may_read_content(self.application_flags):
            raise ConfigError(INTENT_OFF)
        await super().setup_hook()

    async def connect(self, *, reconnect: bool = True) -> None:
        """discord.py asks its socket where it was when one fails, and trips where none was yet."""
        try:
            with self._understood():
                await super().connect(reconnect=reconnect)
        except AttributeError as error:
            if self.ws is not None:
                raise
            why = _why(error.__context__ or error)
            raise QuothError(f"Discord's gateway cannot be reached: {why}; try again") from None

    async def on_connect(self) -> None:
        """A new session: what happened since the last one was lost is not told again."""
        if self._config.discord_api and not on_this_machine(str(self.ws.gateway), "wss?"):
            self.ws.gateway = DiscordWebSocket.DEFAULT_GATEWAY
        if self._lost:
            log("session_new")
        self._lost = False

    async def on_resumed(self) -> None:
        """The same session: what was missed comes now."""
        log("session_resumed")
        self._lost = False

    async def on_disconnect(self) -> None:
        """Comes again for each attempt to connect anew."""
        if self._lost or self.is_closed() or self.ws is None:
            return
        self._lost = True
        kept = self.ws.session_id is not None
        log("gateway_lost", logging.WARNING, code=self.ws.socket.close_code, session_kept=kept)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """discord.py takes on trust what it is answered; a stand-in may answer anything."""
        try:
            yield
        except (KeyError, TypeError, ValueError) as error:
            if not self._config.discord_api:
                raise
            log("not_understood", logging.ERROR, error=type(error).__name__, at=place(error))
            raise _no_discord(self._config.discord_api, type(error).__name__) from None

    async def _answered(
        self, _session: object, _context: object, params: aiohttp.TraceRequestEndParams
    ) -> None:
        """Neither the path nor the body is logged: an interaction's path holds its token."""
        status, failed = params.response.status, params.response.status >= 500
        if status == 429:
            after = params.response.headers.get("Retry-After")
            log("rate_limited", logging.WARNING, retry_after=after)
        if failed and not self._failing:
            log("discord_failing", logging.WARNING, status=status)
        self._failing = failed


def may_read_content(granted: discord.ApplicationFlags) -> bool:
    """Whether Discord grants that intent: to bots in fewer than a hundred servers, as limited."""
    return granted.gateway_message_content or granted.gateway_message_content_limited


@contextmanager
def explained(api: str | None = None) -> Iterator[None]:
    """What Discord, or what stands in for it at `api`, refuses within is said in one line.

    Raises ConfigError for what a setting mends, QuothError where Discord cannot be reached.
    """
    try:
        yield
    except discord.PrivilegedIntentsRequired:
        raise ConfigError(INTENT_OFF) from None
    except discord.LoginFailure:
        raise ConfigError(TOKEN_REFUSED) from None
    except (OSError, aiohttp.ClientError, discord.DiscordException) as error:
        if isinstance(error, discord.ConnectionClosed) and error.code == _BAD_TOKEN:
            raise ConfigError(TOKEN_REFUSED) from None
        if isinstance(error, discord.HTTPException):
            raise QuothError(f"Discord answers {error.status}; try again later") from None
        what, mend = "Discord", "see that this machine is online"
        if api:
            what = f"the server at {api} (QUOTH_DISCORD_API)"
            mend = "see what runs there, or leave that out to use Discord"
        raise QuothError(f"{what} cannot be reached: {_why(error)}; {mend}") from None


def _why(error: BaseException) -> str:
    """Why nothing was reached, in words; asyncio repeats addresses, and aiohttp its own objects."""
    cause = getattr(error, "os_error", error)
    if isinstance(cause, socket.gaierror):
        return "its name is not found"
    if isinstance(cause, ssl.SSLError):
        return "no secure connection can be made"
    if isinstance(cause, TimeoutError):
        return "it does not answer"
    number = getattr(cause, "errno", None)
    return os.strerror(number).lower() if number else str(cause) or "the connection is cut"


class _OnThisMachine(aiohttp.TCPConnector):
    """Connects to this machine only, whatever a redirect or an answer names: it sends the token."""

    async def connect(self, req: Any, traces: Any, timeout: Any) -> Any:
        if not on_this_machine(str(req.url), "(?:http|ws)s?"):
            raise aiohttp.ClientConnectionError("it leads to another machine")
        return await super().connect(req, traces, timeout)


async def _find(api: str, token: str) -> None:
    """Lead discord.py to the stand-in: REST is below the first address that names a gateway.

    https://discord.com/developers/docs/topics/gateway#get-gateway
    """
    authorized = {"Authorization": f"Bot {token}"}
    async with aiohttp.ClientSession(
        connector=_OnThisMachine(), headers=authorized, timeout=_PATIENCE
    ) as session:
        for base in _bases(api):
            for path in ("/gateway", "/gateway/bot"):
                if gateway := await _gateway(session, base + path):
                    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway
                    return
    raise _no_discord(api, "no GET /gateway")


def _bases(api: str) -> tuple[str, ...]:
    """Where REST may be: an address without a version means Discord's own path, else itself."""
    if re.search(r"/v[0-9]+$", api):
        return (api,)
    path = f"/v{INTERNAL_API_VERSION}" if api.endswith("/api") else f"/api/v{INTERNAL_API_VERSION}"
    return (api + path, api)


async def _gateway(session: aiohttp.ClientSession, url: str) -> yarl.URL | None:
    """The address of the gateway that is named there, if any. Raises ConfigError for another's."""
    try:
        async with session.get(url) as response:
            named = await response.json(content_type=None) if response.status == 200 else None
    except ValueError:
        return None
    address = named.get("url") if isinstance(named, dict) else None
    if not isinstance(address, str):
        return None
    if not on_this_machine(address, "wss?"):
        raise ConfigError(
            "the server at QUOTH_DISCORD_API names a gateway that is not on this machine, and the "
            "token would be sent there; have it name one such as ws://127.0.0.1:8080"
        )
    return yarl.URL(address)


def _no_discord(api: str, reason: str) -> QuothError:
    return QuothError(
        f"{api} (QUOTH_DISCORD_API) does not answer as Discord does ({reason}); see what runs there"
    )


def _unnamed(application_id: int) -> Any:
    """An application of which no more is known than its id; of its intents the gateway judges."""
    unknown = dict.fromkeys(("description", "verify_key"), "")
    granted = discord.ApplicationFlags.gateway_message_content.flag
    owner = {"id": 0, "username": "", "discriminator": "0", "avatar": None}
    return unknown | {
        "id": application_id,
        "name": "QUOTH_APPLICATION_ID",
        "icon": None,
        "bot_public": False,
        "bot_require_code_grant": False,
        "owner": owner,
        "flags": granted,
    }
