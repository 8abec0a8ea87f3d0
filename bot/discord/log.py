"""The bot's log: one line of key=value an event, on standard error.

Never a question, never a token: what is logged is named in code, and of other libraries' records
only what holds neither.
"""

import json
import logging
from collections.abc import Collection, Mapping
from pathlib import Path
from traceback import walk_tb

UNKNOWN_INTERACTION = 10062
"""Discord's code for one whose 3 seconds are over.
https://discord.com/developers/docs/topics/opcodes-and-status-codes"""
CALLS = 6
"""Of those that led to a mistake as many are logged: with a library's own, enough to find ours."""
_log = logging.getLogger("quoth")


def log(event: str, level: int = logging.INFO, **facts: object) -> None:
    """One line of key=value. Never a question, never a token."""
    pairs = (f"{key}={json.dumps(value)}" for key, value in facts.items())
    _log.log(level, " ".join([f"event={event}", *pairs]))


def log_servers(here: Mapping[int, str], served: Collection[int]) -> None:
    """What is amiss with the servers that the bot is in, by id and name, and those it serves."""
    if not here:
        mend = "invite the bot by the link that quoth bot --check prints"
        log("in_no_server", logging.WARNING, mend=mend)
    elif not here.keys() & set(served):
        mend = "set QUOTH_GUILDS to those to serve"
        log("no_server_served", logging.ERROR, servers=",".join(map(str, here)), mend=mend)
    else:
        for server in here.keys() - set(served):
            log_not_served(server, here[server])
        for server in set(served) - here.keys():
            mend = "invite the bot to it, or take it out of QUOTH_GUILDS"
            log("not_in_server", logging.WARNING, server=server, mend=mend)


def log_not_served(server: int, name: str) -> None:
    """The bot is in a server that it does not serve."""
    mend = "add it to QUOTH_GUILDS to serve it; with Public Bot off, only you can invite it"
    log("not_served", logging.WARNING, server=server, name=name, mend=mend)


class Lines(logging.Formatter):
    """Each record as one line of key=value.

    Of other libraries' records the first line of the template, and what was raised where: the rest
    and the arguments may hold what people wrote, or an address with the token of an interaction.
    """

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage() if record.name == _log.name else _of_library(record)
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        return f"time={when} level={record.levelname.lower()} from={record.name} {text}"


def _of_library(record: logging.LogRecord) -> str:
    said, *_ = [*str(record.msg).splitlines(), ""]
    error = record.exc_info[1] if record.exc_info else None
    raised = f' error="{type(error).__name__}" at="{place(error)}"' if error else ""
    return f"event=library said={json.dumps(said)}{raised}"


def log_to_stderr() -> None:
    """Ours from INFO, of other libraries warnings and worse; not what an event of ours says too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    _log.setLevel(logging.INFO)
    for name in ("discord.http", "discord.webhook.async_"):  # these warn of nothing but limits
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("discord.client").addFilter(_is_news)
    logging.getLogger("discord.app_commands.tree").addFilter(is_timely)


def _is_news(record: logging.LogRecord) -> bool:
    """Not each attempt of a gateway that is known to be lost."""
    return not str(record.msg).startswith("Attempting a reconnect")


def is_timely(record: logging.LogRecord) -> bool:
    """Not each key for which Discord has stopped waiting: what is typed next asks anew."""
    error = record.exc_info[1] if record.exc_info else None
    return getattr(error, "code", None) != UNKNOWN_INTERACTION


def place(error: BaseException) -> str:
    """Where it was raised, as file:line, and before it the calls that led there, the last first.
    The message stays out, for it may quote a question."""
    calls = [*walk_tb(error.__traceback__)][-CALLS:]
    return " ".join(f"{Path(f.f_code.co_filename).name}:{line}" for f, line in reversed(calls))
