"""What a reader does not see hides no sentence: marks of Markdown, hyphens at line ends."""

from pathlib import Path

import pytest
from conftest import Verify
from soon import soon
from verified import indexed, places


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("So **Chidi Eze** takes over.", "Chidi Eze** takes over"),
        ("So *Chidi* __Eze__ takes over.", "Chidi* __Eze__ takes over"),
        ("So *Chidi\r\n\r\nEze* takes over.", None),
        ("So ***Chidi** Eze* takes **over**.", "Chidi** Eze* takes **over"),
        ("So **Chidi *Eze*** takes over.", "Chidi *Eze*** takes over"),
        ("So *Chidi **Eze*** takes over.", "Chidi **Eze*** takes over"),
        ("So __Chidi _Eze___ takes over.", "Chidi _Eze___ takes over"),
        ("So ***Chidi Eze*** takes over.", "Chidi Eze*** takes over"),
        (
            "So **[Chidi Eze](people/chidi.md)** takes over.",
            "Chidi Eze](people/chidi.md)** takes over",
        ),
        ("So [Chidi\nEze](people/chidi.md) takes over.", "Chidi\nEze](people/chidi.md) takes over"),
        ("So **Chidi\n\nEze** takes over.", None),
        ("So \\*Chidi\\* Eze takes over.", None),
        ("**So Chidi _Eze_ takes over.**", "Chidi _Eze_ takes over"),
        ("So Chidi Eze `takes over`.", "Chidi Eze `takes over"),
        ("So [Chidi Eze](people/chidi.md) takes over.", "Chidi Eze](people/chidi.md) takes over"),
        ("So [**Chidi** Eze][1] takes over.", "Chidi** Eze][1] takes over"),
        ("So Chidi Eze[^1] takes over.", "Chidi Eze[^1] takes over"),
        ("> So Chidi Eze\n> takes over.", "Chidi Eze\n> takes over"),
        ("So Chidi Eze\\\ntakes over.", "Chidi Eze\\\ntakes over"),
        ("So Chidi Eze takes\\_over\\.", None),
        ("So Chi-\n  di Eze takes over.", "Chi-\n  di Eze takes over"),
        ("So **not** Chidi Eze takes it over.", None),
        ("So Chidi * Eze * takes over.", None),
        ("So ~~Chidi~~ Eze takes over.", None),
    ],
)
def test_marks_that_a_reader_does_not_see_hide_no_sentence(
    tmp_path: Path, text: str, quoted: str | None
) -> None:
    verdict = indexed(tmp_path, {"a.md": text}).verify("Chidi Eze takes over")
    assert [place.text for place in verdict.places] == ([quoted] if quoted else [])
    assert verdict.but_for_marks == bool(quoted)


def test_places_with_and_without_marks_are_all_named(tmp_path: Path) -> None:
    text = "The **fee** is due. The fee is due. `The` fee is due."
    verdict = indexed(tmp_path, {"a.md": text, "b.txt": text}).verify("The fee is due.")
    assert places(verdict) == [
        ("a.md", 0, 19),
        ("a.md", 20, 35),
        ("a.md", 37, 53),
        ("b.txt", 20, 35),
    ]
    assert verdict.but_for_marks


@pytest.mark.parametrize("sentence", ["snake_case_name is here", "The *fee* is due"])
def test_what_is_there_as_it_is_written_needs_no_marks_off(tmp_path: Path, sentence: str) -> None:
    verdict = indexed(tmp_path, {"a.md": f"{sentence}."}).verify(sentence)
    assert (len(verdict.places), verdict.but_for_marks) == (1, False)


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("The theft was reported by a", 0, 29),
        ("by a third-party firm", 25, 47),
        ("The theft was reported by a third-party firm", 0, 47),
    ],
)
def test_a_hyphen_at_a_line_end_parts_a_word_or_is_its_own(
    verify: Verify, sentence: str, start: int, end: int
) -> None:
    verdict = verify(sentence, "The theft was re-\nported by a third-\nparty firm.")
    assert places(verdict) == [("a.txt", start, end)]
    assert verdict.but_for_marks


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("The deal was disapproved", "The deal was dis\u00adapproved."),
        ("Re-elected it was", "Re\u00ad\nelected it was"),
        ("it is a non-binding rule", "it is a non‑\nbinding rule"),
    ],
)
def test_soft_hyphens_and_those_at_line_ends_are_not_seen_or_the_word_s_own(
    verify: Verify, sentence: str, text: str
) -> None:
    verdict = verify(sentence, text)
    assert len(verdict.places) == 1
    assert verdict.but_for_marks


@pytest.mark.parametrize("hostile", ["*a " * 30_000, "`" * 90_000, "[a](" * 20_000, "_*" * 40_000])
def test_marks_without_end_are_looked_through_in_time(tmp_path: Path, hostile: str) -> None:
    with soon():
        index = indexed(tmp_path, {"a.md": f"{hostile}\n\nThe **fee** is due."})
        verdict = index.verify("The fee is due")
    assert [place.text for place in verdict.places] == ["The **fee** is due"]
