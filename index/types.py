"""Every value that passes between modules. All are frozen; positions are code points, half open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Basis = Literal["stated", "relative", "document"]
Vectors = NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of a text: code points, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that a text gives, and where.

    date: ISO, as precise as the words are (YYYY, YYYY-MM or YYYY-MM-DD).
    span: the words it was read from, in the text that was searched.
    basis: `stated` if the words alone give it, `relative` if the document's own date was needed.
    """

    date: str
    span: Span
    basis: Literal["stated", "relative"] = "stated"


@dataclass(frozen=True, slots=True)
class Document:
    """One file, decoded. `id` is its path relative to the folder that was indexed, with /."""

    id: str
    title: str | None
    date: DateMention | None
    text: str
    sha256: str


class Kind(IntEnum):
    """What a sentence is on its page."""

    PROSE = 0
    HEADING = 1
    FRAGMENT = 2
    """A line that is no sentence: a button, a caption, a related headline, front matter."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, or what stands for one: a heading, a line that is no sentence."""

    span: Span
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was understood.

    topic: the questions before in their own words, with "; " between, if it needs them. otherwise:
    how else it may be meant; one with a topic is for a question that has no answer as it stands.
    """

    question: str
    topic: str = ""
    otherwise: "Reading | None" = None

    def __str__(self) -> str:
        return f"{self.question} ({self.topic})" if self.topic else self.question


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, by its number; cosine is -1..1, bm25 0..1 of the best one found."""

    passage: int
    score: float
    cosine: float
    bm25: float


@dataclass(frozen=True, slots=True)
class Window:
    """A passage to be read. title: a line each, its document's title, the headings over it and, if
    it is of a table, what heads the columns. sentences: spans of `text`, in order."""

    title: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader makes of a sentence.

    evidence: the log-odds that it answers against that nothing does, taken alone. likely: those of
    the best words in it to be the answer, against there being no such words in the window. words:
    where in the window's text those are. sure: the probability (0..1) that one of them is of the
    answer, if any of the sentence's are.
    """

    evidence: float
    likely: float
    words: Span
    sure: float


@dataclass(frozen=True, slots=True)
class When:
    """The answer to "when": `date` as precise as its source, and the words it was taken from.

    above: whether it is, or was worked out from, the date of a heading or a mail above the passage,
    or one that opens its line, where that is not the document's own.
    """

    date: str
    basis: Basis
    text: str
    above: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A document's own characters `span`; lines are 1-based and end at \\n and nowhere else."""

    text: str
    source: str
    span: Span
    line_start: int
    line_end: int
    highlight: tuple[Span, ...]
    title: str | None
    date: str | None
    sha256: str
    score: float
    section: str | None = None
    """The date that the heading above gives its part of the document, ISO, if not the same."""
    under: tuple[str, ...] = ()
    """The headings it stands under, the outermost first, but for those that say what the title
    does."""
    columns: str = ""
    """What heads the columns of the table whose row it opens with, " | " between; else empty."""

    @property
    def dates_from(self) -> str | None:
        """The date of what it says, as far as is known: its section's, else its document's, ISO."""
        return self.section or self.date


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to a question; `near` is what comes closest where they say nothing."""

    question: str
    answered: bool
    confidence: float
    when: When | None
    quotes: tuple[Quote, ...]
    near: tuple[Quote, ...]
    elapsed_ms: float
    further: tuple[Quote, ...] = ()
    """What comes after the quotes or the near ones, if more was asked for; none need answer."""
    differ: bool = False
    """Whether quotes of different dates give different answers, the newest first."""
    reading: Reading | None = None
    """The reading that was used, for what follows in a conversation."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents may answer: the one of that id, those whose own date lies wholly within.

    after, before: ISO, YYYY, YYYY-MM or YYYY-MM-DD, both included: `after=2020` begins on its first
    day, `before=2020` ends on its last. An undated document is within no dates, and one dated 2020
    is not shown to lie after 2020-06.
    """

    source: str | None = None
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the documents say a sentence word for word, and where.

    places: all of them, by source and start; the quote's text differs from the sentence, if at all,
    in white space, signs that cannot be seen, the encoding of accents, the shape of quotation
    marks, apostrophes, dashes and dots, the case of the very first letter, full stops at the end, a
    pair of quotation marks around the whole, and what but_for_marks tells. closest: empty where
    there are places; else what comes nearest, best first, `highlight` on the words of the quote
    that differ from the sentence. differs: the words of `sentence` that the first of `closest`
    lacks, as spans of `sentence`. but_for_marks: whether some place holds marks of Markdown, or a
    word that a line end parts, which a reader does not see.
    """

    sentence: str
    places: tuple[Quote, ...]
    closest: tuple[Quote, ...]
    differs: tuple[Span, ...]
    but_for_marks: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A piece of evidence and its date; None where neither it nor its document gives one."""

    quote: Quote
    when: When | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The evidence for a question, oldest first, undated last.

    `events` is empty where the documents do not answer; `near` is then what comes closest.
    """

    question: str
    answered: bool
    confidence: float
    events: tuple[Event, ...]
    near: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Whole lines `span` of a document around a place `quoted` in it, without the last line end.

    cut: characters of these lines that are left out, before the span and after it.
    """

    text: str
    source: str
    span: Span
    quoted: Span
    line_start: int
    line_end: int
    sha256: str
    cut: tuple[int, int] = (0, 0)


State = Literal["current", "changed", "gone", "unreadable"]
"""How a file compares with what was indexed; unreadable: it may be as it was."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be indexed, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or an update did. The tuples hold document ids, sorted.

    unread: how many documents of kinds that are not read were passed over, by their endings.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    skipped: tuple[Skipped, ...]
    sentences: int
    seconds: float
    unread: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One indexed document. bytes, sha256: of the file as it was indexed."""

    id: str
    path: str
    title: str | None
    date: str | None
    sentences: int
    bytes: int
    sha256: str
    state: State


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds and how it was made.

    paths: what was indexed, absolute. built: ISO 8601, UTC. bytes: its size on disk. new: files
    there that could be indexed since.
    """

    directory: str
    paths: tuple[str, ...]
    built: str
    model: str
    sources: tuple[Source, ...]
    sentences: int
    bytes: int
    new: tuple[str, ...] = ()


class Encoder(Protocol):
    """Turns texts into vectors of unit length."""

    @property
    def name(self) -> str:
        """What people call it: a folder, or a name on the hub."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the files that decide its vectors and its tokens."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """float32[len(texts), dim], each row of length 1."""
