"""Buttons say what has become of the document since the answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from buttons import CONTEXT, THANKS, quotes, shown
from world import TEXT, Words, World, answered

from index import Index

NEW = TEXT.replace("3 May 2019", "7 June 2018")
STALE = {
    "edited": "**rule.md has changed since it was indexed.**",
    "edited and indexed": "**rule.md has changed since this answer.** Ask again.",
    "no longer to be read": "**rule.md cannot be read now.**",
    "deleted": "**rule.md has been deleted since it was indexed.**",
    "deleted and indexed": "**rule.md is no longer among the documents.**",
}


@pytest.mark.parametrize("harm", STALE)
async def test_what_has_become_of_the_document_is_said_on_every_button(
    world: World, tmp_path: Path, build: Callable[[str], Path], harm: str
) -> None:
    answer = await answered(world)
    rule = tmp_path / "docs" / "rule.md"
    if harm == "edited and indexed":
        build(NEW)
    elif harm == "deleted and indexed":
        build(TEXT)
        rule.rename(tmp_path / "docs" / "other.md")
        build_as_is(tmp_path)
    elif harm == "edited":
        rule.write_text(NEW)
    else:
        rule.unlink()
    if harm == "no longer to be read":
        rule.symlink_to(rule)
    line = STALE[harm]
    kept = harm not in ("edited and indexed", "deleted and indexed")
    context = shown(await world.ada.click(answer, label="Show in context"))
    assert context == [f"{line}\n{CONTEXT}" if kept else line]
    assert shown(await world.ada.click(answer, label="Right")) == [f"{THANKS}\n{line}"]
    assert shown(await world.ada.click(answer, label="Wrong")) == [f"{THANKS}\n{line}"]


def build_as_is(tmp_path: Path) -> None:
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=Words())


async def test_of_more_passages_those_that_have_changed_are_named_and_not_shown(
    world: World, tmp_path: Path, notes: None
) -> None:
    answer = await answered(world)
    (before,) = shown(await world.ada.click(answer, label="More passages"))
    (tmp_path / "docs" / "rule.md").write_text(NEW)
    for day in range(1, 9):
        (tmp_path / "docs" / f"note-{day}.md").write_text(f"It was day {day}.")
    build_as_is(tmp_path)
    (after,) = shown(await world.ada.click(answer, label="More passages"))
    assert len(quotes([before])) == 3
    assert len(after.splitlines()) == 3
    assert all("has changed since this answer.** Ask again." in n for n in after.splitlines())
