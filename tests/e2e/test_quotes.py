"""Whatever the documents hold, each quote, line and highlight is the document's own characters."""

import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.terminal.forms import answer_json
from e2e.door import CAFE, check_answer
from index import Index
from index.models.encode import SentenceEncoder

WORDS = st.sampled_from(
    [
        *("The", "rule", "Pentagon", "dropped", "it", "was", "pulled", "by", "Ada", "Lovelace"),
        *("10%", "$11 billion", "May 2019", "28 January 2020", "2020-01-28", "on Sunday"),
        *("nai\u0308ve", "e\u0301te\u0301", "İstanbul", "ẞ", "\ufb01ne", "Ⅷ", "１０％"),
        *("👩‍👩‍👧", "🇫🇷", "👍🏽", "\U0001f600", "日本語の規則", "العربية", "\u202eabc\u202c"),
        *("“quoted”", "(aside)", "—", "...", "\u200b", "\ufeff", "\x1b[2J", "U.S.", "i.e.", "Dr."),
    ]
)
SPACES = st.sampled_from([" ", " ", " ", "  ", "\t", "\u00a0", "\u3000", "\n", "\r\n", "\r"])
ENDS = st.sampled_from(
    [".", ".", "?", "!", "…", "。", ":", "", ".”", ".\u2028", ".\x0b", ".\x0c", ".\x85", ".\x1c"]
)
BETWEEN = st.sampled_from([" ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\t", "", "\n- ", "\n> "])
OPENINGS = st.sampled_from(
    [
        "",
        "",
        "\ufeff",
        "# ",
        "\ufeff# ",
        "date 2020-01-28 ",
        "---\ntitle: Été\n---\n",
        "\n \n",
        "```\n",
    ]
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.tuples(WORDS, SPACES), min_size=1, max_size=9))
    return "".join(word + space for word, space in words[:-1]) + words[-1][0] + draw(ENDS)


@st.composite
def texts(draw: st.DrawFn) -> str:
    rest = draw(st.lists(st.tuples(BETWEEN, sentences()), min_size=1, max_size=6))
    return draw(OPENINGS) + "".join(between + sentence for between, sentence in rest)


NAMES = st.sampled_from(
    ["a.txt", "b.md", "sub/é.txt", "🎉.md", "new\nline.txt", f"{CAFE}.txt", "e\u0301 x.markdown"]
)
QUESTIONS = st.one_of(
    st.sampled_from(
        ["when was the rule dropped?", "who pulled it?", "how much was the ferry?", "10%"]
    ),
    sentences().map(lambda words: f"what was the rule {words}"),
)


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    with suppress(OSError):  # where the disk refuses names that are not UTF-8, as macOS's does
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())


@settings(max_examples=12, deadline=None)
@given(st.dictionaries(NAMES, texts(), min_size=1, max_size=5), st.lists(QUESTIONS, min_size=2))
@example(
    {"a.txt": " May 2019\n\x1b[2J it.", "b.md": " The。 $11 billion The\n2020-01-28."},
    ["how much was the ferry?"],
)
def test_every_quote_and_highlight_is_the_documents_own_characters_and_lines(
    encoder: SentenceEncoder, documents: dict[str, str], questions: list[str]
) -> None:
    with TemporaryDirectory() as home:
        docs, idx = Path(home, "docs"), Path(home, "idx")
        docs.mkdir()
        for name, text in documents.items():
            write(docs, name, text)
        report = Index.build([docs], idx, model=encoder)
        assert report.skipped == ()
        assert len(report.added) == sum(len(names) for _, _, names in os.walk(docs))
        index = Index.open(idx, model=encoder)
        for question in questions[:4]:
            answer = index.ask(question, top=5)
            check_answer(json.loads(json.dumps(answer_json(answer))), docs, top=5)
            assert bool(answer.quotes or answer.near) == bool(report.sentences)
