"""/sources and /source, as people use them; simcord plays Discord."""

import re
from collections.abc import Callable
from pathlib import Path

import aiohttp
import discord
import pytest
from world import SERVED, TEXT, Words, World, forgiven, private, use

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import State
from index import Index
from index.storage import freshness


async def test_the_documents_are_listed_with_dates_and_lengths_a_page_at_a_time(
    world: World, put: Callable[..., None], pool: Pool, state: State
) -> None:
    put(**{f"note-{n:02}": "One sentence.\n" for n in range(20)})
    first = await world.ada.slash(world.channel, "sources")
    (content,) = private(first)
    assert content.splitlines()[:2] == [
        "**21 documents**, page 1 of 3",
        "- note-00.md · undated · 1 sentence, 14 bytes",
    ]
    assert len(content.splitlines()) == 11
    await world.env.restart_bot(with_doors(Client(pool, state, guilds=[SERVED])))
    page = first.response
    for label, number, line in (
        ("Next", 2, "- note-10.md · undated · 1 sentence, 14 bytes"),
        ("Next", 3, "- rule.md · 28 January 2020 · 4 sentences, 126 bytes"),
        ("Back", 2, "- note-10.md · undated · 1 sentence, 14 bytes"),
    ):
        assert page
        await world.ada.click(page, label=label)
        assert page.content.splitlines()[:2] == [f"**21 documents**, page {number} of 3", line]
        labels = {1: ["Next"], 2: ["Back", "Next"], 3: ["Back"]}[number]
        assert [b["label"] for row in page.components for b in row["components"]] == labels


async def test_only_the_files_of_what_is_shown_are_looked_at(
    world: World, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(**{f"note-{n:02}": "One sentence.\n" for n in range(20)})
    look, looked = freshness.file_stat, list[str]()

    def see(path: str) -> object:
        looked.append(Path(path).stem)
        return look(path)

    monkeypatch.setattr(freshness, "file_stat", see)
    listed = (await world.ada.slash(world.channel, "sources")).response
    assert listed
    await world.ada.click(listed, label="Next")
    await world.ada.slash(world.channel, "source", name="rule.md")
    assert looked == [*(f"note-{n:02}" for n in range(20)), "rule"]


async def test_a_page_that_is_no_more_is_the_last_one(
    world: World, put: Callable[..., None], tmp_path: Path
) -> None:
    put(**{f"note-{n:02}": "One sentence.\n" for n in range(20)})
    listed = (await world.ada.slash(world.channel, "sources")).response
    assert listed
    for note in (tmp_path / "docs").glob("note-*.md"):
        note.unlink()
    put()
    await world.ada.click(listed, label="Next")
    line = "- rule.md · 28 January 2020 · 4 sentences, 126 bytes"
    assert listed.content.splitlines() == ["**1 document**", line]
    assert listed.components == []


async def test_a_document_that_is_not_as_indexed_is_marked_in_the_list(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "docs" / "rule.md").write_text("Other words.")
    (content,) = await use(world, "sources")
    assert content.endswith("126 bytes · changed since it was indexed")


async def test_a_document_is_shown_with_its_facts_and_its_exact_bytes(
    world: World, tmp_path: Path
) -> None:
    raw = "# Prices\r\n\r\nDate: 2020-01-28\r\n\r\nIt costs 5 €.\n\n".encode()
    (tmp_path / "docs" / "price list.md").write_bytes(b"\xef\xbb\xbf" + raw)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=Words())
    result = await world.ada.slash(world.channel, "source", name="price list.md")
    (content,) = private(result)
    assert re.fullmatch(
        r"\*\*price list.md\*\*\nTitle\\: Prices\nDate\\: 28 January 2020\n"
        r"Length\\: 3 sentences, 52 bytes\nSHA-256\\: [0-9a-f]{64}\nState\\: as indexed",
        content,
    )
    assert result.response
    (file,) = result.response.attachments
    assert await file.read() == b"\xef\xbb\xbf" + raw


async def test_what_is_attached_is_what_was_indexed_and_said_to_have_changed(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "docs" / "rule.md").unlink()
    result = await world.ada.slash(world.channel, "source", name="rule.md")
    assert private(result)[0].endswith("\nState\\: gone since it was indexed")
    assert result.response
    assert await result.response.attachments[0].read() == TEXT.encode()


async def test_a_file_is_not_blurred_for_its_name_and_an_empty_one_not_attached(
    world: World, put: Callable[..., None]
) -> None:
    put(SPOILER_plan="The moon is high.\n", empty="")
    shown = []
    for name in ("SPOILER_plan.md", "empty.md"):
        result = await world.ada.slash(world.channel, "source", name=name)
        assert result.response
        shown += [(file.filename, file.is_spoiler()) for file in result.response.attachments]
    assert shown == [("plan.md", False)]
    assert "Length\\: 0 sentences, 0 bytes" in private(result)[0]


async def test_a_file_whose_name_holds_what_none_may_be_sent_with_is_attached(
    world: World, put: Callable[..., None]
) -> None:
    """What simcord hands on unseen is made here as it is for Discord."""
    put(**{"a\nb\x1b": "The moon is high.\n"})
    result = await world.ada.slash(world.channel, "source", name="a\nb\x1b.md")
    assert result.response
    (file,) = result.response.attachments
    assert file.filename == "a\\nb\\x1b.md"
    aiohttp.FormData().add_field("files[0]", b"", filename=file.filename)


async def test_a_file_too_big_to_be_attached_is_said_to_be(
    world: World, put: Callable[..., None]
) -> None:
    put(big=f"Words.\n{' ' * (25 << 20)}")  # more than simcord's interactions may carry
    result = await world.ada.slash(world.channel, "source", name="big.md")
    assert private(result)[0].endswith(
        "\nThe file is left out\\: it is too big to be attached here."
    )
    assert result.response
    assert result.response.attachments == []


async def test_where_it_may_not_attach_files_it_says_so(world: World) -> None:
    channel = mute(world, attach_files=False)
    result = await world.ada.slash(channel, "source", name="rule.md")
    assert private(result)[0].startswith("**rule.md**\n")
    assert private(result)[0].endswith("\nThe file is left out\\: I may not attach any here.")


def mute(world: World, **denied: bool) -> object:
    """A channel in which the bot may do less."""
    assert world.env.bot.user
    overwrites = {world.env.bot.user: discord.PermissionOverwrite(**denied)}
    return world.served.create_text_channel("muted", overwrites=overwrites)


async def test_a_document_that_has_the_very_name_is_meant_before_others_that_hold_it(
    world: World, put: Callable[..., None]
) -> None:
    put(møøn="One.\n", **{f"møøn {n}": "Two.\n" for n in range(30)})
    for typed in ("møøn", "Møøn", "moon.md"):
        result = await world.ada.slash(world.channel, "source", name=typed)
        assert private(result)[0].startswith("**møøn.md**\n")
    several = private(await world.ada.slash(world.channel, "source", name="moo"))[0]
    assert several.startswith('Several documents are called "moo"; ')
    forgiven(world)


async def test_a_document_that_is_not_there_is_said_not_to_be(world: World) -> None:
    mend = "choose one from the list that appears as you type, or see \\/sources."
    line = f'No document is called "moon"; {mend}'
    assert private(await world.ada.slash(world.channel, "source", name="moon")) == [line]
    forgiven(world)
