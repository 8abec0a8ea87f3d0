"""Documents in, answers out, through Index with the real model."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FirstUse
from world import Words

from index import Answer, BadQuestion, BrokenIndex, Index, Span
from index.encode import SentenceEncoder

Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path, encoder: SentenceEncoder) -> Ask:
    """Ask a question of files given as name=text."""

    def asked(question: str, *, top: int = 3, **files: str) -> Answer:
        folder = tmp_path / "docs"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name}.txt").write_bytes(text.encode())
        Index.build([folder], tmp_path / "idx", model=encoder)
        return Index.open(tmp_path / "idx", model=encoder).ask(question, top=top)

    return asked


def shown(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.quotes or answer.near]


RATES = (
    "The fee for members is 15% of the price.\n\nThe fee for guests is 5% of the price.\n\n"
    "The fee for children is 0.5% of the price.\n\nThe fee for groups is 50% of the price."
)


@pytest.mark.parametrize(
    ("token", "who"),
    [("5%", "guests"), ("15%", "members"), ("0.5%", "children"), ("50%", "groups")],
)
def test_a_percentage_finds_itself_and_no_other(ask: Ask, token: str, who: str) -> None:
    assert shown(ask(f"who pays a fee of {token}?", rates=RATES))[0] == (
        f"The fee for {who} is {token} of the price."
    )


def test_a_number_that_the_documents_do_not_have_is_refused(ask: Ask) -> None:
    assert not ask("who pays a fee of 17%?", rates=RATES).answered


def test_an_opening_pronoun_brings_the_sentence_before_along(ask: Ask) -> None:
    text = "Victor Zhang joined the firm as an engineer. He became its head of sales in Leeds.\n"
    assert shown(ask("who became head of sales in Leeds?", people=text))[0] == text.strip()


def test_a_date_is_worked_out_from_the_words_and_the_date_of_the_document(ask: Ask) -> None:
    answer = ask(
        "when did the minister open the new bridge?",
        news="Bridge opened\n11 July 2019\n\nThe minister opened the new bridge on Sunday.",
    )
    assert answer.when is not None
    assert (answer.when.date, answer.when.basis) == ("2019-07-07", "relative")
    assert answer.when.text == "Sunday"


def test_an_undated_document_never_makes_a_date(ask: Ask) -> None:
    text = "The minister opened the new bridge on Sunday, to great applause."
    answer = ask("when did the minister open the new bridge?", news=text)
    assert answer.answered
    assert answer.when is None


def test_a_button_does_not_win_over_a_sentence(ask: Ask) -> None:
    page = "Subscribe\nShare this\n\nYou subscribe by sending a letter to the editor."
    answer = ask("how do I subscribe?", page=page)
    assert shown(answer)[0] == "You subscribe by sending a letter to the editor."


def test_what_stands_beside_a_sentence_stays_findable(ask: Ask) -> None:
    page = "Related:\n\nDutch port bans loud cranes\nFibre Diet for Britain\n\nThe end came soon."
    assert "Dutch port bans loud cranes" in shown(ask("loud cranes", page=page))


def test_the_same_text_in_two_files_is_two_sources(ask: Ask) -> None:
    text = "The harbour was dredged in 1931 by the city of Hull."
    answer = ask("when was the harbour dredged?", a=text, b=text)
    assert [(q.source, q.text) for q in answer.quotes] == [("a.txt", text), ("b.txt", text)]


def test_no_more_is_quoted_than_was_asked_for(ask: Ask) -> None:
    assert len(shown(ask("fee", top=1, rates=RATES))) == 1


@pytest.mark.parametrize("files", [{}, {"empty": ""}, {"marks": "---\n***\n?!\n"}])
def test_documents_without_words_answer_nothing(ask: Ask, files: dict[str, str]) -> None:
    answer = ask("is there anything?", **files)
    assert (answer.answered, answer.confidence, answer.quotes, answer.near) == (False, 0.0, (), ())


def test_a_question_that_cannot_be_asked_is_refused(ask: Ask) -> None:
    with pytest.raises(BadQuestion):
        ask("?!", rates=RATES)


def test_the_same_question_is_answered_the_same_way(ask: Ask, tmp_path: Path,
                                                    encoder: SentenceEncoder) -> None:  # fmt: skip
    first = ask("who pays a fee of 5%?", rates=RATES)
    again = Index.open(tmp_path / "idx", model=encoder).ask("who pays a fee of 5%?")
    assert replace(again, elapsed_ms=0) == replace(first, elapsed_ms=0)


def test_an_open_index_stays_as_it_was(tmp_path: Path, encoder: SentenceEncoder) -> None:
    file, index = tmp_path / "docs.txt", tmp_path / "idx"
    file.write_text("The bridge was opened in 1931 by the mayor.")
    Index.build([file], index, model=encoder)
    opened = Index.open(index, model=encoder)
    for text in ("The bridge was closed in 1950 by the mayor.", "There is no bridge any more."):
        file.write_text(text)
        Index.build([file], index, model=encoder)
    assert opened.ask("when was the bridge opened?").quotes[0].text.endswith("1931 by the mayor.")


class Renamed(SentenceEncoder):
    """The same model under another name and fingerprint, as another model would have them."""

    def __init__(self, name: str, fingerprint: str) -> None:
        super().__init__()
        self.name, self.fingerprint = name, fingerprint


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("other", "made with the model sentence-transformers/all-MiniLM-L6-v2, not other"),
        ("sentence-transformers/all-MiniLM-L6-v2", "made with other files of the model sentence"),
    ],
)
def test_an_index_of_another_model_is_named_and_how_to_mend_it(
    tmp_path: Path, encoder: SentenceEncoder, name: str, why: str
) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=encoder)
    with pytest.raises(BrokenIndex, match=why) as refusal:
        Index.open(tmp_path / "idx", model=Renamed(name, "0" * 64))
    mend = f"quoth index {tmp_path / 'a.txt'} --index {tmp_path / 'idx'}"
    assert str(refusal.value).endswith(f"build it again: {mend}")


def test_further_passages_come_after_those_that_answer_and_change_nothing(
    first_use: FirstUse, encoder: SentenceEncoder
) -> None:
    index = Index.open(first_use.index, model=encoder)
    asked = "when was the 10% rule dropped?"
    plain, wider = index.ask(asked), index.ask(asked, further=5)
    assert (wider.quotes, wider.confidence, plain.further) == (plain.quotes, plain.confidence, ())
    places = [(q.source, q.span) for q in (*wider.quotes, *wider.further)]
    assert len(wider.further) == 5
    assert len(set(places)) == len(places)


def test_an_excerpt_has_no_blank_lines_at_its_ends(tmp_path: Path) -> None:
    text = "one\n\ntwo\n\n\nthree is here\r\n\n\nfour\n"
    (tmp_path / "a.txt").write_text(text, newline="")
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=Words())
    index = Index.open(tmp_path / "idx", model=Words())
    start = text.index("three")
    found = index.excerpt("a.txt", Span(start, start + 5), lines=2)
    assert (found.text, found.line_start, found.line_end) == ("three is here\r", 6, 6)
    found = index.excerpt("a.txt", Span(start, start + 5), lines=3)
    assert (found.text, found.line_start, found.line_end) == (
        "two\n\n\nthree is here\r\n\n\nfour",
        3,
        9,
    )
    assert text[found.span.start : found.span.end] == found.text
