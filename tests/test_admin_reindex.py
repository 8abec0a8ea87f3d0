"""Reindexing by those who may manage the server; simcord plays Discord."""

import fcntl
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import simcord
from e2e.door import ONE_THREAD, ROOT
from simcord import MemberActor
from world import QUESTION, SERVED, TEXT, World, member

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.markdown import seen
from bot.discord.pool import Pool
from bot.discord.state import State
from index import Index
from index.models.encode import SentenceEncoder

FAILED = "**Reindexing failed**, and the former index stays\\:\n"


@pytest.fixture
def real(
    tmp_path: Path,
    encoder: SentenceEncoder,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Client]:
    """A bot whose index is made by the model that `quoth index` takes."""
    for name, value in ONE_THREAD.items():
        monkeypatch.setenv(name, value)
    docs, idx = tmp_path / "docs", tmp_path / "idx"
    docs.mkdir()
    for name in ("rule", "old", "same"):
        (docs / f"{name}.md").write_text(TEXT if name == "rule" else f"The {name} words.\n")
    Index.build([docs], idx, model=encoder)
    pool = Pool(idx, lambda: Index.open(idx, model=encoder))
    yield with_doors(Client(pool, state, guilds=[SERVED]))
    pool.close()


async def test_reindexing_says_what_changed_and_the_next_answer_is_from_the_new_index(
    real: Client, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    (docs / "rule.md").write_text(TEXT.replace("3 May 2019", "7 June 2018"))
    (docs / "new.md").write_text("New words.\n")
    (docs / "bad.md").write_bytes(b"\xff\xfe\xff")
    (docs / "old.md").unlink()
    (docs / "scan.pdf").write_bytes(b"%PDF")
    async with simcord.run(real, settle_timeout=60) as env:
        world = World(env)
        eve = member(world, "eve", manage_guild=True)
        with (tmp_path / "idx" / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # as another that is indexing holds it
            await twice_at_once(world, eve)
        await env.settle()
        report, _ = (m.content.splitlines() for m in world.channel.history(viewer=eve))
        answer = (await world.mention(QUESTION))[-1]
    assert report[0].startswith("**Indexed**, in ")
    assert report[0].endswith(" s; 1 unchanged")
    assert report[1:-2] == [
        *("1 added", "- new.md", "1 changed", "- rule.md", "1 removed", "- old.md"),
        "**1 skipped**",
    ]
    assert report[-2].startswith("- bad.md\\: not UTF-8")
    assert report[-1] == "Not read, for only .txt and .md are\\: 1 .pdf"
    assert answer.startswith("**7 June 2018**")


@pytest.mark.parametrize("times", [0, 1])
async def test_where_nothing_has_changed_reindexing_says_so_in_a_line_also_on_a_bad_connection(
    real: Client, broken: Callable[..., None], times: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "quoth")
    broken("PATCH */messages/@original", times)
    async with simcord.run(real, settle_timeout=60) as env:
        world = World(env)
        eve = member(world, "eve", manage_guild=True)
        await eve.slash(world.channel, "admin reindex")
        (report,) = (m.content for m in world.channel.history(viewer=eve))
    assert report == "**Nothing has changed**, in 3 documents"
    counts = "added=0 changed=0 removed=0 unchanged=3 skipped=0"
    assert f"event=reindexed {counts}" in [r.getMessage() for r in caplog.records]


async def test_reindexing_mends_an_index_that_cannot_be_read(real: Client, tmp_path: Path) -> None:
    real.corpus = [tmp_path / "docs"]
    (tmp_path / "idx" / "current.json").write_text("{")
    async with simcord.run(real, settle_timeout=60) as env:
        world = World(env)
        eve = member(world, "eve", manage_guild=True)
        await eve.slash(world.channel, "admin reindex")
        (report,) = (m.content for m in world.channel.history(viewer=eve))
        answer = (await world.mention(QUESTION))[-1]
    assert "\n3 added\n" in report
    assert answer.startswith("**3 May 2019**")


async def test_reindexing_reads_what_is_set_now_and_not_what_the_index_was_built_from(
    real: Client, tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "new.md").write_text("New words.\n")
    real.corpus = [tmp_path / "docs", tmp_path / "more"]
    async with simcord.run(real, settle_timeout=60) as env:
        world = World(env)
        eve = member(world, "eve", manage_guild=True)
        await eve.slash(world.channel, "admin reindex")
        (report,) = (m.content.splitlines() for m in world.channel.history(viewer=eve))
    assert r"- more\/new.md" in report


async def twice_at_once(world: World, eve: MemberActor) -> None:
    """Reindex while it is being done: neither ends, since the index is locked."""
    world.env.settle_timeout = 0.5
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await eve.slash(world.channel, "admin reindex")
    world.env.settle_timeout = 60
    assert [m.content for m in world.channel.history(viewer=eve)] == [
        "Reindexing; this message will say what has changed.",
        "It is being reindexed already.",
    ]
    assert world.channel.history(viewer=world.ada) == []


@pytest.mark.simcord(settle_timeout=60)
async def test_a_report_later_than_discord_waits_is_sent_directly(
    world: World, eve: MemberActor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(tmp_path / "docs")
    world.env.inject_error("PATCH", "/webhooks/*", status=401, code=50027)
    await eve.slash(world.channel, "admin reindex")
    (told,) = [m.content for m in eve.user.dm_channel.history()]
    assert told.startswith(FAILED)
    assert seen(told).endswith("docs cannot be indexed: No such file or directory; mend the path, "
                               "or mount its disk, and run again")  # fmt: skip
    (line,) = [r.getMessage() for r in caplog.records if "not_reindexed" in r.getMessage()]
    assert line.startswith("event=not_reindexed reason=")
    assert str(tmp_path / "docs") in line
    assert (await world.mention(QUESTION))[-1].startswith("**3 May 2019**")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has reindexing run these commands of a shell in place of Python."""

    def run(commands: str) -> None:
        (tmp_path / "program").write_text(f"#!/bin/sh\n{commands}\n")
        (tmp_path / "program").chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "program"))

    return run


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("kill -9 $$", "it was ended by signal 9 (is there enough memory?)"),
        ("kill -15 $$", "it was ended by signal 15"),
        ("exit 1", "exit code 1"),
        ("echo 'quoth: no such path' >&2; exit 2", "no such path"),
        ("echo 'quoth: the disk is full' >&2; exit 3", "the disk is full"),
    ],
)
async def test_why_reindexing_failed_is_what_it_says_last_only_if_that_is_the_reason(
    world: World, eve: MemberActor, program: Callable[[str], None], end: str, why: str
) -> None:
    program(f"echo 'quoth: embedding 500 of 20,000' >&2; {end}")
    result = await eve.slash(world.channel, "admin reindex")
    assert result.response
    assert seen(result.response.content) == seen(f"{FAILED}{why}")


async def test_what_reindexes_is_the_program_that_answers_installed_or_not(
    world: World, eve: MemberActor, program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/more")
    program('echo "$PYTHONPATH" >&2; exit 3')
    result = await eve.slash(world.channel, "admin reindex")
    assert result.response
    assert seen(result.response.content) == seen(f"{FAILED}{ROOT}:/more")
