"""`/admin`: for those who may manage the server."""

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.codes import UNREADABLE, WRONG_USAGE
from bot.discord.client import Client, Interaction
from bot.discord.failures import MOST_REASON, NOT_TAKEN, insist, survived, told
from bot.discord.log import log
from bot.discord.markdown import escape, short
from bot.discord.pages import feedback_page, gaps_page, report_page, settings_line, status_page
from bot.discord.render import Message
from bot.discord.state import Settings
from bot.wording import visible
from index import QuothError, Report, Skipped

MANAGERS_ONLY = "Only those who may manage the server can do that."
STARTED = "Reindexing; this message will say what has changed."
RUNNING = "It is being reindexed already."
NOT_INDEXED = "**Reindexing failed**, and the former index stays\\:"
LONGEST_COOLDOWN = 3600


class NotManager(app_commands.CheckFailure):
    """Somebody who may not manage the server used an admin's command."""

    def __init__(self) -> None:
        super().__init__(MANAGERS_ONLY)


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Admin(app_commands.Group, name="admin", description="For those who may manage the server"):
    """Kept to them by Discord, and here again, since what Discord shows can be set otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._reindexing = asyncio.Lock()

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        if not interaction.permissions.manage_guild:
            raise NotManager
        return True

    @app_commands.command()
    async def reindex(self, interaction: Interaction) -> None:
        """Read the documents again: only what has changed."""
        if self._reindexing.locked():
            await interaction.client.say(interaction, RUNNING)
            return
        async with self._reindexing:
            await interaction.client.say(interaction, STARTED)
            try:
                out = await _reindexed(interaction.client)
                page = await interaction.client.pool.run(lambda _: _reported(out))
            except QuothError as error:
                log("not_reindexed", logging.ERROR, reason=str(error))
                page = (_failed(str(error)),)
            await _report_to(interaction, page)

    @app_commands.command()
    async def status(self, interaction: Interaction) -> None:
        """What the index holds, and what was answered here."""
        guild = interaction.guild_id or 0
        await interaction.client.acknowledge(interaction)
        counts = await interaction.client.remember(lambda state: state.counts(guild))
        settings = await interaction.client.settings(guild)
        for message in await interaction.client.pool.run(
            lambda index: status_page(
                index.status(), counts, settings, interaction.client.pool.kept
            )
        ):
            await interaction.client.follow_up(interaction, message, private=True)

    @app_commands.command()
    async def feedback(self, interaction: Interaction) -> None:
        """What was said of the answers: those said to be wrong, and all of it as a file."""
        guild = interaction.guild_id or 0
        await interaction.client.acknowledge(interaction)
        rows = await interaction.client.remember(lambda state: list(state.feedback(guild)))
        page = await asyncio.to_thread(feedback_page, rows)
        await interaction.client.follow_up(interaction, page, private=True)

    @app_commands.command()
    async def gaps(self, interaction: Interaction) -> None:
        """Questions that found no answer, most asked first."""
        guild = interaction.guild_id or 0
        await interaction.client.acknowledge(interaction)
        page = await interaction.client.remember(lambda state: gaps_page(state.gaps(guild)))
        await interaction.client.follow_up(interaction, page, private=True)

    @app_commands.command()
    @app_commands.describe(
        cooldown="seconds between two questions of one person",
        keep_questions="keep the text of questions that find no answer, but for private ones; "
        "off forgets those kept",
    )
    async def settings(
        self,
        interaction: Interaction,
        cooldown: app_commands.Range[int, 0, LONGEST_COOLDOWN] | None = None,
        keep_questions: bool | None = None,
    ) -> None:
        """Show what is set for this server, or set it."""
        guild = interaction.guild_id or 0
        await interaction.client.acknowledge(interaction)
        held = await interaction.client.settings(guild)
        wanted = Settings(
            held.cooldown if cooldown is None else cooldown,
            held.keep_questions if keep_questions is None else keep_questions,
        )
        if wanted != held:
            await interaction.client.set(guild, wanted)
        await interaction.client.follow_up(
            interaction, Message(settings_line(wanted)), private=True
        )


async def _report_to(interaction: Interaction, messages: Sequence[Message]) -> None:
    """In the place of STARTED; directly to who asked where Discord does not take it there, as where
    it took longer than Discord waits."""
    first, *others = messages
    try:
        await insist(lambda: interaction.edit_original_response(content=first.content))
        for message in others:
            await interaction.client.follow_up(interaction, message, private=True)
    except NOT_TAKEN as error:
        told(error, interaction.channel_id)
        with survived():
            for message in messages:
                await interaction.user.send(message.content)


async def _reindexed(client: Client) -> bytes:
    """Run `quoth index` in a process of its own, so that no question waits for it: what it prints.

    What is set to be indexed, else what the index was built from that was last opened. An index
    that cannot be read is made anew where one of them is known. The process reads `.env`, as every
    command does, but its environment has no token, and it runs this very program, installed or not,
    and nothing that is named `bot` in the current folder. Raises QuothError: with why it failed.
    """
    paths: Sequence[str] = list(map(str, client.corpus))
    paths = paths or await client.pool.run(lambda index: index.status().paths)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot", "index", "--json"),
        *("--index", str(client.pool.directory), "--", *paths),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(),
    )
    try:
        out, err = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()
        raise
    if process.returncode:
        raise QuothError(_why(process.returncode, err.decode(errors="replace")))
    return out


def _environment() -> dict[str, str]:
    path = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    own = {name: value for name, value in os.environ.items() if name != "QUOTH_TOKEN"}
    return own | {"PYTHONPATH": os.pathsep.join(path)}


def _why(code: int, said: str) -> str:
    """Why a process failed: the last line that it said, where its exit code is that of one who says
    why; else how it ended, since the last line may then be how far it was."""
    if code in (WRONG_USAGE, UNREADABLE) and said.strip():
        return said.rstrip().splitlines()[-1].removeprefix("quoth: ")
    if code >= 0:
        return f"exit code {code}"
    enough = " (is there enough memory?)" if -code == signal.SIGKILL else ""
    return f"it was ended by signal {-code}{enough}"


def _failed(reason: str) -> Message:
    """Why nothing was reindexed, for who may mend it: who manages the server, and nobody else."""
    return Message(f"{NOT_INDEXED}\n{escape(short(visible(reason), MOST_REASON))}")


def _reported(out: bytes) -> tuple[Message, ...]:
    """What is said of a run that went well, which is logged."""
    report = _report(out)
    log(
        "reindexed",
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        unchanged=report.unchanged,
        skipped=len(report.skipped),
    )
    return report_page(report)


def _report(out: bytes) -> Report:
    row = json.loads(out)
    skipped = tuple(Skipped(**each) for each in row.pop("skipped"))
    added, changed, removed = (tuple(row.pop(key)) for key in ("added", "changed", "removed"))
    return Report(added, changed, removed, skipped=skipped, **row)
