"""A question that names the document to look into."""

from pathlib import Path

import pytest
from world import Words

from index import Index
from index.models.encode import SentenceEncoder
from index.questions.named import named
from index.storage.corpus import Corpus

DOCS = {
    "leave-policy.md": "# Away from work\n\nTaxis home are paid for after 22:00.\n",
    "travel.md": "# Going abroad\n\nTaxis are paid for from the airport only.\n",
    "minutes/2024-03-05.md": "# Board\n\nPresent: Anna, Ben, Carl.\n\nBen will call the bank.\n",
    "minutes/2024-04-02.md": "# Board\n\nPresent: Anna, Dora.\n\nDora will write to the bank.\n",
    "notes/2024-03-05.md": "# Visit\n\nPresent: Emma.\n\nEmma saw the boiler.\n",
    "plans/new.md": "---\ndate: 2024-01-15\n---\n# Travel plan\n\nTaxis are paid for.\n",
    "plans/old.md": "---\ndate: 2022-04-01\n---\n# Travel plan\n\nTaxis are not paid for.\n",
    "pump-2.4.txt": "Fewer copies are made of cookies.\n\nTrailing dots are kept.\n",
}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for name, text in DOCS.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "docs"


@pytest.fixture
def corpus(docs: Path) -> Corpus:
    Index.build([docs], docs.parent / "idx", model=Words())
    return Index.open(docs.parent / "idx", model=Words()).corpus


@pytest.mark.parametrize(
    ("question", "sources", "asked"),
    [
        ("what does leave-policy.md say about taxis?", "leave-policy.md", "taxis"),
        ("what does the leave policy say about taxis?", "leave-policy.md", "taxis"),
        ("What does Travel.md mention about Berlin?", "travel.md", "Berlin"),
        ("does travel say anything on taxis?", "travel.md", "taxis"),
        ("in travel.md, when are taxis paid for?", "travel.md", "when are taxis paid for?"),
        (
            "when are taxis paid for in the leave policy?",
            "leave-policy.md",
            "when are taxis paid for?",
        ),
        ("are taxis paid for according to “Going abroad”?", "travel.md", "are taxis paid for?"),
        ("who came according to minutes/2024-03-05.md?", "minutes/2024-03-05.md", "who came?"),
        ("who will call in the minutes folder?", "minutes/2024-03-05.md minutes/2024-04-02.md", ""),
        ("who is in minutes/?", "minutes/2024-03-05.md minutes/2024-04-02.md", ""),
        ("who came on 2 April 2024?", "minutes/2024-04-02.md", "who came?"),
        ("who came on 2024-03-05?", "minutes/2024-03-05.md notes/2024-03-05.md", "who came?"),
        ("what does pump 2.4 change?", "pump-2.4.txt", "what does pump 2.4 change?"),
        ("what did the travel plan of 2022 say about taxis?", "plans/old.md", "taxis"),
        ("what did the travel plan of April 2022 say about taxis?", "plans/old.md", "taxis"),
        ("what does the travel plan (2024) say about taxis?", "plans/new.md", "taxis"),
        ("what did the 2022 travel plan say about taxis?", "plans/old.md", "taxis"),
        ("what does the travel plan say about taxis?", "plans/new.md plans/old.md", "taxis"),
        ("what does travel.md say?", "travel.md", "what does travel.md say?"),
    ],
)
def test_a_document_is_named_by_title_file_or_folder(
    corpus: Corpus, question: str, sources: str, asked: str
) -> None:
    found = named(question, corpus.names)
    assert found is not None
    assert {corpus.documents[n].id for n in found.documents} == set(sources.split())
    assert not asked or found.question == asked


@pytest.mark.parametrize(
    "question",
    [
        "when are taxis paid for when going abroad?",
        "how much does travel cost?",
        "what is the leave policy?",
        "who is on the board in Berlin?",
        "what does pump 2.5 change?",
        "who came in 2024?",
        "what do the minutes say?",
        "what does the 2020 travel plan say about taxis?",
        "what did Travel say about taxis?",
        "what did the leave policy say about taxis?",
    ],
)
def test_the_words_of_a_name_alone_are_none(corpus: Corpus, question: str) -> None:
    assert named(question, corpus.names) is None


@pytest.mark.parametrize(
    ("question", "source", "quote"),
    [
        ("what does travel.md say about taxis?", "travel.md", "from the airport only"),
        ("what does the leave policy say about taxis?", "leave-policy.md", "after 22:00"),
        ("who was present on 2 April 2024?", "minutes/2024-04-02.md", "Anna, Dora"),
        ("what does pump-2.4 say about cookies?", "pump-2.4.txt", "Fewer copies"),
    ],
)
def test_the_document_that_is_named_answers(
    docs: Path, encoder: SentenceEncoder, question: str, source: str, quote: str
) -> None:
    Index.build([docs], docs.parent / "idx", model=encoder)
    answer = Index.open(docs.parent / "idx", model=encoder).ask(question)
    assert answer.answered
    assert answer.quotes[0].source == source
    assert quote in answer.quotes[0].text
    assert answer.question == question


def test_what_the_named_document_does_not_say_is_not_said_for_it(
    docs: Path, encoder: SentenceEncoder
) -> None:
    Index.build([docs], docs.parent / "idx", model=encoder)
    index = Index.open(docs.parent / "idx", model=encoder)
    answer = index.ask("who will call the bank according to travel.md?")
    assert not answer.answered
    assert {quote.source for quote in answer.near} == {"travel.md"}


def test_a_name_with_a_line_end_leaves_those_of_other_documents_theirs(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "rota\n2024.txt").write_text("Anna has the key.\n")
    (tmp_path / "docs" / "zoo.txt").write_text("Ben has the key.\n")
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=Words())
    called = Index.open(tmp_path / "idx", model=Words()).corpus.names.called
    assert (called["rota 2024"], called["zoo"]) == ((0,), (1,))
