"""`quoth bot`: the client from its start to SIGTERM, and what is said where it cannot start."""

import asyncio
import signal

import aiohttp
import discord

from bot.client import Client
from bot.config import APPLICATIONS, Config, ConfigError
from bot.log import log, log_to_stderr
from bot.pool import Pool
from bot.state import State
from index import Index, QuothError, SentenceEncoder


def serve(config: Config) -> None:
    """Answer on Discord until SIGTERM or SIGINT.

    Raises ConfigError for a token that Discord refuses, QuothError where it cannot be reached.
    """
    log_to_stderr()
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks
    encoder = SentenceEncoder(config.model)
    pool = Pool(config.index, lambda: Index.open(config.index, model=encoder))
    state = State(config.state)
    client = Client(
        pool,
        state,
        guilds=config.guilds,
        message_content=config.message_content,
        keep_days=config.keep_days,
    )
    try:
        asyncio.run(_until_told(client, config.token or ""))
    except discord.LoginFailure:
        raise ConfigError(
            f"Discord refuses QUOTH_TOKEN; copy it anew from {APPLICATIONS}, Bot, Reset Token"
        ) from None
    except (OSError, aiohttp.ClientError, discord.DiscordException) as error:
        raise QuothError(
            f"Discord cannot be reached ({type(error).__name__}); see that this machine is online"
        ) from None
    finally:
        pool.close()
        state.close()


async def _until_told(client: Client, token: str) -> None:
    loop, told_to_leave = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_leave.set)
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
