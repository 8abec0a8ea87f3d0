"""`quoth bot`: the client from its start to SIGTERM."""

import asyncio
import logging
import signal
from pathlib import Path

from bot.config import Config, ConfigError
from bot.discord.client import Client
from bot.discord.connection import Connection, explained
from bot.discord.doors import with_doors
from bot.discord.log import log, log_to_stderr
from bot.discord.pool import Pool
from bot.discord.state import State, WrongState
from index import Index, SentenceEncoder


class Bot(Connection, Client):
    """The client, on its connection."""


def serve(config: Config) -> None:
    """Answer on Discord until SIGTERM, SIGINT or SIGHUP.

    Raises ConfigError for what a setting mends, at Discord or of the state; QuothError where
    Discord cannot be reached.
    """
    log_to_stderr()
    encoder = SentenceEncoder(
        config.model, on_unkept=lambda why: log("model_not_kept", logging.WARNING, why=why)
    )
    pool = Pool(config.index, lambda: _open(config, encoder))
    state = _remembered(config.state)
    bot = with_doors(
        Bot(
            pool,
            state,
            guilds=config.guilds,
            message_content=config.message_content,
            keep_days=config.keep_days,
            corpus=config.corpus,
            config=config,
        )
    )
    try:
        with explained(config.discord_api):
            asyncio.run(_until_told(bot, config.token or ""))
    finally:
        pool.close()
        state.close()


def _remembered(path: Path) -> State:
    try:
        return State(path)
    except WrongState as error:
        raise ConfigError(str(error)) from None


def _open(config: Config, encoder: SentenceEncoder) -> Index:
    return Index.open(config.index, model=encoder, threshold=config.threshold)


async def _until_told(client: Client, token: str) -> None:
    loop, told_to_leave = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_leave.set)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup has it
        loop.add_signal_handler(signal.SIGHUP, told_to_leave.set)
    async with client:
        online = loop.create_task(client.start(token))
        leave = loop.create_task(told_to_leave.wait())
        await asyncio.wait({online, leave}, return_when=asyncio.FIRST_COMPLETED)
        if leave.done():
            log("leaving")
            await client.close()
            online.cancel()
            await asyncio.gather(online, return_exceptions=True)
        else:
            leave.cancel()
            await online
