"""Texts as tests see them cut: the sentences, and what each is on its page."""

from hypothesis import strategies as st

from index.documents.passages import split
from index.types import Kind

P, H, F = Kind.PROSE, Kind.HEADING, Kind.FRAGMENT


def said(text: str, *, markdown: bool = False) -> list[str]:
    """The sentences of a text, in its own characters."""
    return [text[s.span.start : s.span.end] for s in split(text, markdown=markdown)]


def kinds(text: str, *, markdown: bool = False) -> list[tuple[str, Kind]]:
    """Each sentence with what it is."""
    found = split(text, markdown=markdown)
    return [(text[s.span.start : s.span.end], s.kind) for s in found]


PIECES = st.sampled_from(
    [
        *(
            "He left",
            "\n> it",
            "a   b",
            "\n| a | b |",
            "\n10:30:05 a",
            ";c;d",
            "U.S.",
            "e.g.",
            "Mr. ",
            "1. ",
            "- ",
            "> ",
            "# ",
            "```",
            "---",
            "===",
            "| a |",
        ),
        *(". ", "! ", "? ", "… ", "...", '."', ".)", ".[1] ", "。", "」", "؟ ", "।", ":", "a", "é"),
        *("\n", "\n\n", "\r\n", "\t", "\u0085", "\u2028", "\u00a0", "\ufeff", "  ", "    ", "\r"),
        *(
            "\U0001f44d\U0001f3fd",
            "\u200d",
            "\u0301",
            "日本",
            "كيف",
            "title: A",
            "x" * 700,
            "y " * 300,
        ),
    ]
)


TEXTS = st.text(max_size=80) | st.lists(PIECES, max_size=30).map("".join)
"""Any texts, and such as break sentences, lines and characters in all ways."""
