"""`quoth bot` led to a Discord on this machine, and what it says where that refuses it."""

import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from e2e.discord_server import GUILD, TOKEN, DiscordServer
from e2e.door import Door

QUESTION = "when was the 10% rule dropped?"
ANSWER = "**3 May 2019**, as the passage states"
TEXT = """# Rules

Date: 2020-01-28

The board dropped the 10% rule on 3 May 2019. It recommended a new one.
"""
REFUSED = (
    "Discord refuses QUOTH_TOKEN; copy it anew from "
    "https://discord.com/developers/applications, Bot, Reset Token"
)
INTENT = (
    "QUOTH_MESSAGE_CONTENT is on, but Discord has not granted that intent; switch Message Content "
    "Intent on at https://discord.com/developers/applications, Bot, or set "
    "QUOTH_MESSAGE_CONTENT=off"
)


def settings(server: DiscordServer, **others: str) -> dict[str, str]:
    return {
        "QUOTH_TOKEN": TOKEN,
        "QUOTH_GUILDS": str(GUILD),
        "QUOTH_DISCORD_API": server.address,
        "QUOTH_INDEX": "idx",
        "QUOTH_STATE": f"{server.port}.sqlite",
        **others,
    }


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


def answered(server: DiscordServer, asked: str) -> str:
    """The one reply to a message, once it has come and another question has been answered."""
    server.wait(lambda: server.replies(asked))
    after = server.mention(QUESTION)
    server.wait(lambda: server.replies(after))
    (reply,) = server.replies(asked)
    return reply


def ended(home: Door, server: DiscordServer, **others: str) -> tuple[int, str, str]:
    """What is seen of a bot that cannot stay, but for its log."""
    code, out, err = home.run("bot", **settings(server, **others)).seen
    return code, out, re.sub("(?m)^time=.*\n", "", err)
