"""Which sentences are quoted: alone, together, once, and the newest first."""

import re
from collections.abc import Sequence
from math import exp, log1p
from pathlib import Path

import numpy as np
import pytest
from conftest import RATES, Ask, FirstUse, IndexOf, quoted, shown

from index import Index, Span
from index.answers.features import FEATURES, candidates, read
from index.models.encode import SentenceEncoder
from index.questions.question import read as question_of
from index.types import Read, Window


def test_an_opening_pronoun_brings_the_sentence_before_along(ask: Ask) -> None:
    text = "Victor Zhang joined the firm as an engineer. He became its head of sales in Leeds.\n"
    assert quoted(ask("who became head of sales in Leeds?", people=text))[0] == text.strip()


def test_a_sentence_too_long_for_a_phone_is_not_brought_along(ask: Ask) -> None:
    joined = "Victor Zhang joined the firm as an engineer, " + "and then as a clerk, " * 12
    text = f"{joined.rstrip(', ')}. He became its head of sales in Leeds.\n"
    first = quoted(ask("where did he become head of sales?", people=text))[0]
    assert first == "He became its head of sales in Leeds."


def test_a_sentence_beside_it_with_another_number_than_that_of_the_question_is_left_out(
    ask: Ask,
) -> None:
    text = "The fee for members is 15% of the price. The fee for guests is 5% of the price.\n"
    first = quoted(ask("who pays a fee of 5% of the price?", rates=text))[0]
    assert first == "The fee for guests is 5% of the price."


POINTS = (
    "Minutes of the club\n\n7 December 2023\n\n1. Boats. A new quad is bought for £14,500.\n"
    "2. Regatta. It is planned for 15 June 2024.\n3. Bar. Takings fell by a tenth.\n"
)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("how much is the new quad?", "Boats. A new quad is bought for £14,500."),
        ("by how much did takings fall?", "Bar. Takings fell by a tenth."),
        ("regatta", "Regatta. It is planned for 15 June 2024."),
    ],
)
def test_the_label_of_a_numbered_point_and_what_it_labels_stay_together(
    ask: Ask, question: str, quote: str
) -> None:
    assert quoted(ask(question, a=POINTS))[0] == quote


def test_a_button_does_not_win_over_a_sentence(ask: Ask) -> None:
    page = "Subscribe\nShare this\n\nYou subscribe by sending a letter to the editor."
    answer = ask("how do I subscribe?", page=page)
    assert quoted(answer)[0] == "You subscribe by sending a letter to the editor."


def test_what_stands_beside_a_sentence_stays_findable(ask: Ask) -> None:
    page = "Related:\n\nDutch port bans loud cranes\nFibre Diet for Britain\n\nThe end came soon."
    assert "Dutch port bans loud cranes" in shown(ask("loud cranes", page=page))


DREDGED = "The “harbour” was dredged in 1931 by the city of Hull."


def test_the_same_text_in_several_files_is_quoted_once_from_the_newest(ask: Ask) -> None:
    answer = ask(
        "when was the harbour dredged?",
        a=DREDGED,
        b=f"Minutes\n9 June 2020\n\n{DREDGED}",
        c=f"Minutes\n12 March 2019\n\n{DREDGED}",
        d='The "Harbour"  was dredged\nin 1931 by the city of Hull.',
    )
    assert [(q.source, q.text) for q in answer.quotes] == [("b.txt", DREDGED)]


def test_the_same_text_in_undated_files_is_quoted_once_from_the_first(ask: Ask) -> None:
    answer = ask("when was the harbour dredged?", a=DREDGED, b=DREDGED)
    assert [q.source for q in answer.quotes] == ["a.txt"]


MUSEUM = "The museum is near the station and has a shop. It is closed on Mondays."
POOL = "The pool is heated and has two slides. It is closed on Mondays."


@pytest.mark.parametrize(
    ("question", "files", "source", "quoted"),
    [
        (
            "is the museum closed on Mondays?",
            {"museum": f"2 May 2023\n\n{MUSEUM}\n", "pool": f"2 May 2024\n\n{POOL}\n"},
            "museum.txt",
            MUSEUM,
        ),
        (
            "what are the hours of the museum on Saturday?",
            {
                "museum.md": "# Museum\n\n2 May 2023\n\n| Day | Hours |\n|---|---|\n"
                "| Friday | 10:00 to 20:00 |\n| Saturday | 10:00 to 18:00 |\n",
                "pool.md": "# Pool\n\n2 May 2024\n\n| Day | Hours |\n|---|---|\n"
                "| Friday | 10:00 to 22:00 |\n| Saturday | 10:00 to 18:00 |\n",
            },
            "museum.md",
            "| Saturday | 10:00 to 18:00 |",
        ),
        (
            "was the boiler serviced in March 2023?",
            {
                "log.md": "# Log\n\n## 5 March 2023\n\nThe boiler was serviced.\n\n"
                "## 6 June 2024\n\nThe boiler was serviced.\n",
            },
            "log.md",
            "The boiler was serviced.",
        ),
    ],
)
def test_the_same_words_about_another_thing_are_not_quoted_for_it(
    ask: Ask, question: str, files: dict[str, str], source: str, quoted: str
) -> None:
    first = ask(question, **files).quotes[0]
    assert (first.source, first.text) == (source, quoted)
    assert first.section in (None, "2023-03-05")


def test_of_two_entries_with_the_same_words_the_newer_is_quoted(ask: Ask) -> None:
    log = "# Log\n\n## 5 March 2023\n\nThe boiler was serviced.\n\n"
    log += "## 6 June 2024\n\nThe boiler was serviced.\n"
    answer = ask("was the boiler serviced?", **{"log.md": log})
    assert [quote.section for quote in answer.quotes or answer.near] == ["2024-06-06"]


def test_a_quote_says_what_none_before_it_does(ask: Ask) -> None:
    answer = ask(
        "when did the city dredge the harbour of Hull?",
        whole="In May 1931 the city dredged the harbour of Hull.",
        part="The city dredged the harbour of Hull in May.",
        other="In May 1931 the city dredged no harbour of Hull.",
    )
    assert {q.source for q in answer.quotes} == {"whole.txt", "other.txt"}


def test_of_documents_that_tell_of_one_thing_the_newest_comes_first(ask: Ask) -> None:
    answer = ask(
        "how do guests get a badge?",
        a="Visitors\n\n12 March 2019\n\nGuests get a badge from the porter at the north gate.",
        b="Visitors\n\n4 May 2023\n\nGuests get a badge from the porter at the south gate.",
        c="Visitors\n\n9 June 2021\n\nGuests get a badge from the porter at the west gate.",
    )
    assert answer.quotes[0].source == "b.txt"


def test_how_recent_a_document_is_is_its_place_among_the_dated_ones(
    index_of: IndexOf,
) -> None:
    dates = {"a": "2 May 2020", "b": "2 May 2021", "c": "2 May 2021", "d": "3 May 2024"}
    dated = {n: f"Board\n\n{d}\n\nIt met." for n, d in dates.items()}
    recency = index_of(none="The board met.", **dated).corpus.recency
    assert recency.tolist() == [1 / 8, 4 / 8, 4 / 8, 7 / 8, 1 / 2]


def test_a_section_without_a_date_of_its_own_has_none_beside_its_documents(ask: Ask) -> None:
    answer = ask(
        "who keeps the keys?",
        keys="Keys\n\n2 May 2022\n\n## The gate\n\nThe porter keeps the keys.\n",
    )
    assert [(quote.date, quote.section) for quote in answer.quotes] == [("2022-05-02", None)]


def test_what_leads_on_is_quoted_with_what_comes_after_it(ask: Ask) -> None:
    text = "Can visitors park a bus in the yard? Yes, behind the north gate, for two hours.\n"
    answer = ask("can visitors park a bus in the yard?", a=text)
    assert "behind the north gate" in quoted(answer)[0]


@pytest.mark.parametrize(
    ("question", "text", "quote"),
    [
        (
            "when can patients shower?",
            "Keep the dressing dry for 48 hours. After that you can shower at any time.\n",
            "Keep the dressing dry for 48 hours. After that you can shower at any time.",
        ),
        (
            "how long is a round of the game?",
            "Rules of the game\n\n- **Time.** A round of the game is 90 minutes long.\n",
            "Time.** A round of the game is 90 minutes long.",
        ),
        (
            "who speaks to the press?",
            "The head speaks to the press and nobody else.\n\nPhones stay in the press room.\n",
            "The head speaks to the press and nobody else.",
        ),
    ],
)
def test_a_quote_is_what_can_be_understood_alone_and_of_one_paragraph(
    ask: Ask, question: str, text: str, quote: str
) -> None:
    assert quoted(ask(question, a=text))[0].endswith(quote)


@pytest.mark.parametrize(
    ("question", "text", "quote"),
    [
        (
            "may the tenant sublet the rooms?",
            "# Lease\n\n5.1 The tenant shall not\n   (a) sublet the rooms,\n   (b) keep bees.\n",
            "5.1 The tenant shall not\n   (a) sublet the rooms,\n   (b) keep bees.",
        ),
        (
            "may the tenant keep bees?",
            "# Lease\n\n5.1 The tenant shall not\n   (a) sublet the rooms,\n   (b) keep bees.\n",
            "5.1 The tenant shall not\n   (a) sublet the rooms,\n   (b) keep bees.",
        ),
        (
            "can we bring glass bottles to the fair?",
            "Do not bring to the fair:\n  knives\n  glass bottles\n\nThe fair opens at ten.\n",
            "Do not bring to the fair:\n  knives\n  glass bottles",
        ),
        (
            "should I restart both servers?",
            "# Restarts\n\n## Never\n\n- Restart both servers at once\n",
            "Never\n\n- Restart both servers at once",
        ),
        (
            "how do I promote the standby server?",
            "# Runbook\n\n1. Promote the standby server:\n   ```sh\n   ctl promote\n   ```\n"
            "2. Tell everybody in the channel.\n",
            "Promote the standby server:\n   ```sh\n   ctl promote",
        ),
        (
            "what does a child need for the trip?",
            "# Trip\n\nFor the trip a child needs:\n\n- a packed lunch\n- a coat\n\nBe early.\n",
            "For the trip a child needs:\n\n- a packed lunch\n- a coat",
        ),
        (
            "why do the tests hang?",
            "# Set-up\n\n**The tests hang.** Your database is too old.\n**No icons.** Wait.\n",
            "**The tests hang.** Your database is too old.",
        ),
    ],
)
def test_a_quote_holds_what_leads_to_it_and_what_it_leads_to(
    ask: Ask, question: str, text: str, quote: str
) -> None:
    assert quoted(ask(question, **{"a.md": text}))[0] == quote


def test_what_comes_close_holds_what_leads_to_it_too_through_lists_in_lists(ask: Ask) -> None:
    text = "# Cover\n\nThe firm will not pay for:\n\n1. damage by pets\n   - ferrets\n2. war\n"
    assert shown(ask("are ferrets paid for?", **{"a.md": text}))[0] == (
        "The firm will not pay for:\n\n1. damage by pets\n   - ferrets"
    )


@pytest.mark.parametrize(
    ("question", "text", "quote"),
    [
        (
            "are tyres allowed in the skip?",
            "[03/05/2025, 09:30:15] Bea: Thanks all.\n"
            "[03/05/2025, 09:31:50] Hamish: Carpet is fine. No tyres in the skip!\n",
            "[03/05/2025, 09:31:50] Hamish: Carpet is fine. No tyres in the skip!",
        ),
        (
            "when does the build move to the new server?",
            "jules  9:05 AM\nIt did.\n\n"
            "tobi  10:41 AM\nThe build moves to the new server on 3 March.\n",
            "tobi  10:41 AM\nThe build moves to the new server on 3 March.",
        ),
        (
            "do children need a vest in the boats?",
            "10:30 Talk by Ann: our river\n12:00 Lunch. Bring a plate.\n"
            "14:00 Boats. Children need a vest in the boats.\n",
            "14:00 Boats. Children need a vest in the boats.",
        ),
        (
            "who does the lathe induction?",
            "20:01 <pasc> a spare tube. bring it on sunday?\n20:02 <pasc> sure\n"
            "20:05 <grub> who does the lathe induction?\n20:06 <otti> Wiebke does it at eleven.\n",
            "20:05 <grub> who does the lathe induction?\n20:06 <otti> Wiebke does it at eleven.",
        ),
    ],
)
def test_what_is_said_in_a_chat_is_quoted_with_who_says_it(
    ask: Ask, question: str, text: str, quote: str
) -> None:
    assert quoted(ask(question, a=text))[0] == quote


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_stands_below_a_chat_is_said_by_nobody_in_it(ask: Ask, end: str) -> None:
    text = f"10:15 Anna: The hall is booked.{end}{end}The heating is switched off on Friday.{end}"
    quoted = shown(ask("when is the heating switched off?", a=text))[0]
    assert quoted == "The heating is switched off on Friday."


def test_a_line_of_nothing_but_a_date_is_no_evidence(ask: Ask) -> None:
    text = "Moss dam\n\n11/03/2021\n\nThe Moss dam was opened by the mayor.\n"
    found = quoted(ask("when was the Moss dam opened?", a=text))
    assert found == ["The Moss dam was opened by the mayor."]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("when was the handbook last updated?", "Last updated: 5 May 2024"),
        ("who approved the policy?", "Version 4.2, approved by the works council on 9 May 2024"),
        ("when was the protocol reviewed?", "Reviewed 17 October 2024"),
    ],
)
def test_the_line_that_dates_a_document_answers_what_it_says(
    ask: Ask, question: str, line: str
) -> None:
    text = f"# Policy, protocol and handbook\n\n{line}\n\nLunch is at noon. Dogs stay at home.\n"
    assert quoted(ask(question, **{"a.md": text}))[0] == line


def test_a_heading_is_quoted_only_where_it_answers(ask: Ask) -> None:
    text = (
        "# School\n\n## Year 4 trip to Hadleigh Castle\n\nOn Thursday 15 May the children "
        "will visit the castle.\n\n## The trip home\n\nThe coach brings them home.\n"
    )
    found = quoted(ask("when is the trip to Hadleigh Castle?", **{"a.md": text}))
    assert found[0].startswith("On Thursday 15 May")
    assert "The trip home" not in found


def test_the_title_of_a_plain_text_is_no_second_quote(ask: Ask) -> None:
    text = "Travel policy\n\nThe travel policy was approved by the works council in May 2024.\n"
    assert quoted(ask("who approved the travel policy?", a=text)) == [text.splitlines()[2]]


def test_where_a_document_asks_the_very_question_its_answer_is_quoted(ask: Ask) -> None:
    text = "# FAQ\n\n**How can I pay?** By card or cash at the desk.\n\n**Is there an app?**\nNo.\n"
    answer = ask("how can I pay?", **{"a.md": text})
    assert quoted(answer)[0] == "**How can I pay?** By card or cash at the desk."
    assert answer.confidence > 0.5


def test_a_heading_that_asks_is_quoted_with_its_answer(ask: Ask) -> None:
    text = "# FAQ\n\n## How long can I keep a book?\n\nThree weeks. DVDs are one week.\n"
    found = quoted(ask("how long may I keep a book?", **{"a.md": text}))
    assert found[0].startswith("How long can I keep a book?\n\nThree weeks.")


@pytest.mark.parametrize(
    ("question", "text", "first"),
    [
        (
            "can I pay by card?",
            "# FAQ\n\n**How can I pay?** By card or cash at the desk. Cards are taken from 5 euros."
            "\n\n**Is there an app?**\nNo.\n",
            "Cards are taken from 5 euros.",
        ),
        (
            "what caused incident 12?",
            "# Incident 12\n\nThe site was down for two hours on Monday.\n\n## Root cause\n\n"
            "A certificate had expired on the load balancer.\n\n## Now\n\nWe watch them all.\n",
            "Root cause\n\nA certificate had expired on the load balancer.",
        ),
        (
            "what happened to the brewery?",
            "# The brewery burnt down\n\nNobody was hurt. The fire was out by noon.\n",
            "The brewery burnt down\n\nNobody was hurt. The fire was out by noon.",
        ),
    ],
)
def test_no_question_or_heading_is_a_quote_of_its_own_beside_what_stands_below_it(
    ask: Ask, question: str, text: str, first: str
) -> None:
    found = quoted(ask(question, **{"a.md": text}))
    assert found[0] == first
    assert not any(other in first for other in found[1:])


def test_of_a_table_one_row_is_quoted_and_not_its_head(ask: Ask) -> None:
    text = (
        "# Buffets\n\n| Buffet | Persons | Price |\n|---|---|---|\n| Harvest | 15 | € 18.50 |\n"
        "| Coastline | 20 | € 24.90 |\n| Orchard | 25 | € 29.00 |\n"
    )
    answer = ask("what is the price of the Coastline buffet?", **{"a.md": text})
    assert quoted(answer)[0] == "| Coastline | 20 | € 24.90 |"
    assert not any("Persons" in quote or "\n" in quote for quote in quoted(answer))


def test_no_more_is_quoted_than_was_asked_for(ask: Ask) -> None:
    assert len(quoted(ask("fee", top=1, rates=RATES))) == 1


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


class Marks:
    """Reads that a name answers, wherever one stands."""

    def read(self, question: str, windows: Sequence[Window]) -> list[tuple[Read, ...]]:
        return [tuple(self._read(window, span) for span in window.sentences) for window in windows]

    def _read(self, window: Window, span: Span) -> Read:
        found = re.compile("Okafor|Lindqvist").search(window.text, span.start, span.end)
        assert found
        return Read(2.0, 2.0, Span(*found.span()), 0.9)


def test_documents_that_answer_with_the_same_words_speak_for_each_other(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    texts = [
        "The harbour race was won by Okafor.",
        "Okafor took the harbour race.",
        "The harbour race was won by Lindqvist.",
        "The harbour race was won by Okafor.",
    ]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text)
    Index.build([tmp_path], tmp_path / "idx", model=encoder)
    corpus = Index.open(tmp_path / "idx", model=encoder).corpus
    question = question_of("who won the harbour race?")
    (vector,) = encoder.encode([question.text])
    found = candidates(question, vector, corpus.hits(question.terms, vector, 0.8), corpus)
    told = read(question, found, found.features[:, 0], corpus, Marks())
    agreed = told.features[np.argsort(told.sentences), FEATURES.index("agreed")]
    sure = 1 / (1 + exp(-2.0))
    # A copy is no second witness: 0 and 3 have only 1 beside them, which has them both.
    assert agreed.tolist() == pytest.approx([log1p(sure), log1p(2 * sure), 0.0, log1p(sure)])


def test_a_refusal_shows_sentences_and_no_heading_date_number_or_lead_where_there_are_any(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    (tmp_path / "docs").mkdir()
    rules = "# Rules\n\nDate: 2020-01-28\n\nThe board dropped the 10% rule. It met in Ulm.\n"
    (tmp_path / "docs" / "rules.md").write_text(rules)
    (tmp_path / "docs" / "budget.md").write_text(
        "# Budget\n\n- Travel: 500 euro\n\n28 May 2021\n\n70428\n\n**Rules:**\n"
    )
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    index = Index.open(tmp_path / "idx", model=encoder)
    answer = index.ask("who signs the rules of the budget, and on which date?", further=9)
    assert not answer.answered
    shown = [quote.text for quote in (*answer.near, *answer.further)]
    assert sorted(shown) == ["The board dropped the 10% rule. It met in Ulm.", "Travel: 500 euro"]
    (tmp_path / "docs" / "rules.md").write_text("# Rules\n")
    (tmp_path / "docs" / "budget.md").unlink()
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    near = Index.open(tmp_path / "idx", model=encoder).ask("who signs the rules?").near
    assert [quote.text for quote in near] == ["Rules"]
