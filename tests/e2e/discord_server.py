"""As much of Discord as a bot needs, on this machine: REST, and a gateway over a real WebSocket.

https://discord.com/developers/docs/topics/gateway and .../reference. It runs on a thread of its
own, so that a test reads from top to bottom and waits for what it expects.
"""

import asyncio
import json
import re
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import WSMsgType, web

T = TypeVar("T")
Json = dict[str, Any]

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = (
    *(0, 1, 2, 6, 7, 9, 10, 11),
)
WAIT = 120
"""Seconds after which what a test waits for is taken not to come."""
DEADLINE = 3
"""Seconds in which an interaction must be acknowledged, at Discord as here."""

TOKEN, BOT_ID, APPLICATION_ID, GUILD, CHANNEL = "s.e.cret", 9, 8, 1001, 71
MESSAGE_CONTENT, MESSAGE_CONTENT_LIMITED = 1 << 18, 1 << 19
"""Flags of an application to which that intent is granted, the second in fewer than 100 servers."""
BOT = {"id": str(BOT_ID), "username": "quoth", "discriminator": "0", "avatar": None, "bot": True}
ADA = {"id": "5", "username": "ada", "discriminator": "0", "avatar": None}
APPLICATION = {
    "id": str(APPLICATION_ID),
    "name": "Quoth",
    "description": "",
    "icon": None,
    "owner": ADA,
    "bot_public": False,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
}
MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}
TEAM = {
    "id": str(GUILD),
    "name": "Team",
    "owner_id": ADA["id"],
    "roles": [
        {"id": str(GUILD), "name": "@everyone", "permissions": str(1 << 10 | 1 << 11 | 1 << 16)}
        | {"color": 0, "hoist": False, "position": 0, "managed": False, "mentionable": False}
    ],
    "channels": [
        {"id": str(CHANNEL), "type": 0, "name": "general", "position": 0}
        | {"permission_overwrites": [], "parent_id": None, "nsfw": False}
    ],
    "members": [MEMBER | {"user": BOT}, MEMBER | {"user": ADA}],
    "member_count": 2,
}


@dataclass(frozen=True)
class Request:
    """What the bot asked over REST."""

    method: str
    path: str
    body: Json
    token: str | None


@dataclass
class Socket:
    """One connection of the bot to the gateway; deflate: what compresses all that it is sent."""

    socket: web.WebSocketResponse
    request: web.Request
    deflate: Any
    received: list[Json] = field(default_factory=list)

    async def send(self, payload: Json) -> None:
        text = json.dumps(payload)
        if self.deflate is None:
            await self.socket.send_str(text)
        else:
            data = self.deflate.compress(text.encode()) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(data)

    @property
    def beats(self) -> list[Json]:
        return [payload for payload in self.received if payload["op"] == HEARTBEAT]


class DiscordServer:
    """What it says can be changed before the bot comes, and what befalls the bot while it is there.

    prefix: the path under which REST is. interval: seconds between heartbeats; who is another
    interval late is dropped, as by Discord. refused: attempts to connect that fail from now on.
    """

    def __init__(self, prefix: str = "/api/v10", interval: float = 40) -> None:
        self.prefix, self.interval = prefix, interval
        self.application: Json | None = APPLICATION
        self.guilds = [TEAM]
        self.gateway_url: str | None = None
        self.resume_url: str | None = None
        self.close_code: int | None = None
        self.refused = 0
        self.requests: list[Request] = []
        self.sockets: list[Socket] = []
        self.attached: Socket | None = None
        self.session, self.events = 0, list[tuple[int, str, Json]]()
        self.faults: list[tuple[str, web.Response | None]] = []
        self.changed = threading.Condition()
        self._ids = iter(range(100_000, 200_000))
        self._held: list[tuple[str, asyncio.Event]] = []
        self._told: dict[str, float] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> "DiscordServer":
        self._thread.start()
        self._runner = self._run(self._open())
        self.port = self._runner.addresses[0][1]
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # What a test says and asks.

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait(self, met: Callable[[], T]) -> T:
        """What `met` returns once that is true."""
        with self.changed:
            assert self.changed.wait_for(met, WAIT), "it did not come"
            return met()

    def dispatch(self, name: str, data: Json) -> None:
        """An event of the session: sent at once where the bot is there, else when it resumes."""
        self._run(self._dispatch(name, data))

    def mention(self, question: str) -> str:
        """Somebody new asks the bot in the channel; the id of the message."""
        message = self._message(self._somebody(), f"<@{BOT_ID}> {question}") | {"mentions": [BOT]}
        self.dispatch("MESSAGE_CREATE", message | {"guild_id": str(GUILD), "member": MEMBER})
        return str(message["id"])

    def slash(self, question: str) -> str:
        """Somebody new gives the command /ask; the token of the interaction."""
        number = str(next(self._ids))
        options = [{"name": "question", "type": 3, "value": question}]
        data = {"id": "3", "name": "ask", "type": 1, "options": options, "guild_id": str(GUILD)}
        self._told[f"token{number}"] = self._loop.time()
        self.dispatch(
            "INTERACTION_CREATE",
            {"id": number, "application_id": str(APPLICATION_ID), "type": 2, "version": 1}
            | {"token": f"token{number}", "data": data, "guild_id": str(GUILD), "locale": "en-US"}
            | {"channel_id": str(CHANNEL), "channel": TEAM["channels"][0], "entitlements": []}
            | {
                "member": MEMBER | {"user": self._somebody(), "permissions": "0"},
                "app_permissions": "0",
            }
            | {"authorizing_integration_owners": {}, "attachment_size_limit": 10_000_000},
        )
        return f"token{number}"

    def fail_once(self, path: str, status: int, body: Json, **headers: str) -> None:
        """Answer the next request of which the path matches with this."""
        self.faults.append((path, as_json(body, status, headers)))

    def break_once(self, path: str) -> None:
        """Break the connection on the next request of which the path matches, once it is read."""
        self.faults.append((path, None))

    def hold(self, path: str) -> Callable[[], None]:
        """Leave requests of which the path matches unanswered until what is returned is called."""
        gate = asyncio.Event()
        self._held.append((path, gate))

        def release() -> None:
            self._loop.call_soon_threadsafe(gate.set)

        return release

    def send(self, payload: Json) -> None:
        self._run(self.sockets[-1].send(payload))

    def close(self, code: int) -> None:
        self._run(self.sockets[-1].socket.close(code=code))

    def drop(self) -> None:
        """Break the connection without a word; what is dispatched from now on the bot misses."""
        self._run(self._drop())

    def forget_session(self) -> None:
        self.session += 1

    def replies(self, message_id: str) -> list[str]:
        """What the bot posted in reply to a message, each attempt."""
        return [
            request.body["content"]
            for request in list(self.requests)
            if str(request.body.get("message_reference", {}).get("message_id")) == message_id
        ]

    def shown(self, token: str) -> list[str]:
        """What the bot sent to answer an interaction, each attempt."""
        return [
            request.body["content"]
            for request in list(self.requests)
            if f"/{token}" in request.path and "content" in request.body
        ]

    def asked(self, method: str, path: str) -> list[Request]:
        """The requests of which the whole path matches."""
        return [
            request
            for request in list(self.requests)
            if request.method == method and re.fullmatch(path, request.path)
        ]

    # REST.

    async def _open(self) -> web.AppRunner:
        app = web.Application()
        for path in ("/ws", "/ws/again"):
            app.router.add_get(path, self._gateway)
        app.router.add_route("*", self.prefix + "/{path:.*}", self._rest)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    async def _rest(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(self.prefix)
        body = _sent(request.headers.get("Content-Type", ""), await request.read())
        token = request.headers.get("Authorization")
        with self.changed:
            self.requests.append(Request(request.method, path, body, token))
            self.changed.notify_all()
        for held, gate in self._held:
            if re.search(held, path):
                await gate.wait()
        for number, (fault, response) in enumerate(self.faults):
            if re.search(fault, path):
                del self.faults[number]
                if response is None and request.transport:
                    request.transport.abort()
                return response or web.Response()
        return self._answer(path, token, body)

    def _answer(self, path: str, token: str | None, body: Json) -> web.Response:
        kind = path.split("/")[1]
        if kind == "gateway":
            return as_json({"url": self.gateway_url or f"ws://127.0.0.1:{self.port}/ws"})
        if kind == "interactions":
            return self._acknowledge(path.split("/")[3], body)
        if kind != "webhooks" and token != f"Bot {TOKEN}":
            return as_json({"message": "401: Unauthorized", "code": 0}, 401)
        fixed: dict[str, Any] = {
            "/users/@me": BOT,
            "/users/@me/guilds": [
                {"id": guild["id"], "name": guild["name"]} for guild in self.guilds
            ],
            "/oauth2/applications/@me": self.application,
        }
        found = fixed.get(path, [] if path.endswith("/commands") else self._message(BOT, "said"))
        return (
            as_json({"message": "404: Not Found", "code": 0}, 404)
            if found is None
            else as_json(found)
        )

    def _acknowledge(self, token: str, body: Json) -> web.Response:
        if self._loop.time() - self._told[token] > DEADLINE:
            return as_json({"message": "Unknown interaction", "code": 10062}, 404)
        interaction = {"id": token.removeprefix("token"), "type": 2}
        return as_json({"interaction": interaction, "resource": {"type": body["type"]}})

    def _somebody(self) -> Json:
        """Another person each time, since the bot makes each wait between two questions."""
        return ADA | {"id": str(next(self._ids))}

    def _message(self, author: Json, content: str) -> Json:
        lists = ("attachments", "embeds", "mentions", "mention_roles", "components")
        return {
            "id": str(next(self._ids)),
            "channel_id": str(CHANNEL),
            "author": author,
            "content": content,
            "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None,
            "type": 0,
            **{name: [] for name in lists},
            **dict.fromkeys(("tts", "mention_everyone", "pinned"), False),
        }

    # The gateway.

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.refused:
            self.refused -= 1
            return as_json({"message": "Unavailable", "code": 0}, 503)
        socket = web.WebSocketResponse(autoclose=False)
        await socket.prepare(request)
        zipped = request.query.get("compress") == "zlib-stream"
        here = Socket(socket, request, zlib.compressobj() if zipped else None)
        with self.changed:
            self.sockets.append(here)
        await here.send({"op": HELLO, "d": {"heartbeat_interval": int(self.interval * 1000)}})
        try:
            with suppress(ConnectionError):
                await self._listen(here)
        except TimeoutError:
            await socket.close(code=4009)
        finally:
            if self.attached is here:
                self.attached = None
        return socket

    async def _listen(self, here: Socket) -> None:
        due = self._loop.time() + 2 * self.interval
        while True:
            async with asyncio.timeout_at(due):
                received = await here.socket.receive()
            if received.type == WSMsgType.CLOSE:  # which is echoed: RFC 6455, 5.5.1
                await here.socket.close(code=received.data)
            if received.type != WSMsgType.TEXT:
                return
            payload = received.json()
            with self.changed:
                here.received.append(payload)
                self.changed.notify_all()
            if payload["op"] == HEARTBEAT:
                due = self._loop.time() + 2 * self.interval
                await here.send({"op": ACK, "d": None})
            elif payload["op"] == IDENTIFY:
                await self._identify(here, payload["d"])
            elif payload["op"] == RESUME:
                await self._resume(here, payload["d"])

    async def _identify(self, here: Socket, said: Json) -> None:
        granted = self.application is None or self.application["flags"] & (
            MESSAGE_CONTENT | MESSAGE_CONTENT_LIMITED
        )
        if self.close_code or (said["intents"] & 1 << 15 and not granted):
            await here.socket.close(code=self.close_code or 4014)
            return
        self.session, self.attached = self.session + 1, here
        self.events.clear()
        resume = self.resume_url or f"ws://127.0.0.1:{self.port}/ws/again"
        ready = {
            "v": 10,
            "user": BOT,
            "session_id": f"s{self.session}",
            "resume_gateway_url": resume,
        }
        there = [{"id": guild["id"], "unavailable": True} for guild in self.guilds]
        own = {"id": str(APPLICATION_ID), "flags": 0}
        await self._dispatch("READY", ready | {"guilds": there, "application": own})
        for guild in self.guilds:
            await self._dispatch("GUILD_CREATE", guild)

    async def _resume(self, here: Socket, said: Json) -> None:
        if said["session_id"] != f"s{self.session}":
            await here.send({"op": INVALID_SESSION, "d": False})
            return
        for number, name, data in list(self.events):
            if number > said["seq"]:
                await here.send({"op": DISPATCH, "s": number, "t": name, "d": data})
        self.attached = here
        await self._dispatch("RESUMED", {})

    async def _dispatch(self, name: str, data: Json) -> None:
        self.events.append((len(self.events) + 1, name, data))
        if self.attached is not None:
            with suppress(ConnectionError):  # it is replayed when the bot comes back
                await self.attached.send(
                    {"op": DISPATCH, "s": len(self.events), "t": name, "d": data}
                )

    async def _drop(self) -> None:
        here, self.attached = self.sockets[-1], None
        assert here.request.transport is not None
        here.request.transport.abort()

    def _run(self, job: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(job, self._loop).result(WAIT)


def as_json(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """discord.py reads JSON only under exactly this type."""
    kind = {"Content-Type": "application/json"}
    return web.Response(
        body=json.dumps(data).encode(), status=status, headers=kind | (headers or {})
    )


def _sent(kind: str, body: bytes) -> Json:
    """The JSON of a request, which stands in a form where files come with it."""
    if kind.startswith("multipart/"):
        found = re.search(rb'name="payload_json"\r\n.*?\r\n\r\n(.*?)\r\n--', body, re.DOTALL)
        body = found[1] if found else b"{}"
    data = json.loads(body or b"{}")
    return data if isinstance(data, dict) else {"list": data}
