"""What a sentence is not understood without, and where the list that it leads to ends."""

from collections.abc import Callable
from pathlib import Path

import pytest
from world import Words

from index import Index
from index.answers.leads import understood, with_list

Whole = Callable[[str, str], str]


@pytest.fixture
def whole(build: Callable[[str], Path]) -> Whole:
    """The sentence of a document that opens with some words, with all that belongs to it."""

    def found(text: str, opening: str) -> str:
        corpus = Index.open(build(text), model=Words()).corpus
        numbers = range(len(corpus.sentences))
        number = next(n for n in numbers if corpus.text(n).startswith(opening))
        span = corpus.span(with_list(understood(number, set(), corpus), corpus, set()))
        return text[span.start : span.end]

    return found


@pytest.mark.parametrize(
    "said",
    [
        "Cats are not.",
        "Contractors must not.",
        "The stairs do.",
        "Lanyards need not.",
        "**Children** under ten can't, either.",
        "Cats do, too.",
    ],
)
def test_what_leaves_out_its_verb_needs_the_sentence_before(whole: Whole, said: str) -> None:
    text = f"The yard is open to all who work here. {said}"
    assert whole(f"{text} It closes at ten.\n", said) == text


@pytest.mark.parametrize(
    "said",
    [
        "Ask for what you need.",
        "Come as you are.",
        "Put it in the can.",
        "There is no need.",
        "We met in May.",
        "All of those who work for us and do not live in the town may not.",
    ],
)
def test_what_only_ends_in_a_verb_stands_alone(whole: Whole, said: str) -> None:
    assert whole(f"The yard is open to all who work here. {said}\n", said) == said


@pytest.mark.parametrize(
    "said",
    [
        "This policy was approved in May.",
        "This section is for guests.",
        "These rules are old.",
        "This quarter we meet twice.",
        "This Friday we meet.",
    ],
)
def test_this_and_a_word_for_what_it_stands_in_points_at_no_sentence(
    whole: Whole, said: str
) -> None:
    text = f"# Travel policy\n\n## The rules\n\nThe board met Anna Berg.\n\n{said}\n"
    assert whole(text, said) == said


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("Acme bought a crane.", "This crane is new."),
        ("The Board wrote a policy.", "This policy is new."),
        ("The Board met Anna Berg.", "This was on a Monday."),
        ("The Board met Anna Berg.", "That policy is new."),
    ],
)
def test_this_and_what_the_sentence_before_names_points_at_that(
    whole: Whole, before: str, said: str
) -> None:
    assert whole(f"# This policy\n\n{before}\n\n{said}\n", said) == f"{before}\n\n{said}"


LIMITS = "Nothing limits it for:\n\n(a) death;\n(b) fraud; and\n(c) wilful misconduct."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (f"{LIMITS}\n\n5. Termination\n\nEither party may end it.\n", LIMITS),
        (
            "Nothing limits it for:\n\n1. Death\n2. Fraud.\n\n3. Its end\n\nIt may end.\n",
            "Nothing limits it for:\n\n1. Death\n2. Fraud.",
        ),
        (
            "Nothing limits it for\n- death\n- fraud\n\n```yaml\nretries: 3\n```\n",
            "Nothing limits it for\n- death\n- fraud",
        ),
        (
            "Nothing but these\n\n```yaml\nretries: 3\nwait: 4\n```\n",
            "Nothing but these\n\n```yaml\nretries: 3\nwait: 4",
        ),
        (
            "- Nothing but what stands in\n  ```yaml\n  retries: 3\n  ```\n",
            "Nothing but what stands in\n  ```yaml\n  retries: 3",
        ),
        ("- Nothing but that\n\n```yaml\nretries: 3\n```\n", "Nothing but that"),
        ("- Nothing but:\n\n```yaml\nretries: 3\n```\n", "Nothing but:\n\n```yaml\nretries: 3"),
    ],
)
def test_a_list_ends_where_a_heading_or_what_it_does_not_lead_to_stands(
    whole: Whole, text: str, quote: str
) -> None:
    assert whole(text, "Nothing") == quote


def test_a_question_is_nothing_without_the_answer_that_is_quoted_already(
    build: Callable[[str], Path],
) -> None:
    text = "**Who has a key?** The porter has one. The board has another.\n"
    corpus = Index.open(build(text), model=Words()).corpus
    assert understood(0, set(), corpus) == range(2)
    assert understood(0, {1}, corpus) == range(0)
    assert understood(1, {0}, corpus) == range(1, 2)
