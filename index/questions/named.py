"""A question that names the document to look into, read as one that is asked of that document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.questions.question import PREPOSITION
from index.storage.names import Names, as_called
from index.types import Span
from index.words.figures import MONTHS
from index.words.lexical import telling

MOST = 16
"""Words that a name has at most."""
_WORD = re.compile(r"\d{4}-\d\d-\d\d|[^\W_]+")
_ENDING = re.compile(r"\.(?:txt|md|markdown)\Z", re.IGNORECASE)
_PATH = re.compile(r"(?:[\w.-]+/)+\Z")
_FOLDER = re.compile(
    r"(?P<path>(?:[\w.-]+/)+)(?=$|[\s?,])|(?P<name>[\w.-]+)\s+(?:folder|directory)\b",
    re.IGNORECASE,
)
_KIND = r"(?:file|document|doc|page|notes|minutes|meeting|changelog|report)"
_THE = (
    rf"(?:(?P<article>the|our|your|this)\s+)?(?:{_KIND}\s+(?:(?:of|on|from|for)\s+)?)?[\"'“‘`]?\Z"
)
_INTO = re.compile(
    rf"(?:^|(?<=[\s,]))(?:(?P<says>according\s+to|(?:as\s+)?per|see)|in|from|under)\s+{_THE}",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:^|(?<=[\s,])){PREPOSITION}\s+{_THE}", re.IGNORECASE)
_SUBJECT = re.compile(rf"\b(?:does|do)\s+{_THE}", re.IGNORECASE)
_DID = re.compile(rf"\bdid\s+{_THE}", re.IGNORECASE)
"""What somebody did say is told by others: a document may be called by a person's name."""
_YEAR = re.compile(
    rf"[\"'”’`]?\s+(?:(?:of|from|for|dated)\s+)?\(?(?:(?:{'|'.join(MONTHS)}),?\s+)?"
    r"([12]\d{3})\b\)?",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"\b([12]\d{3})(?:['’]s)?\s+\Z")
_AFTER = re.compile(rf"[\"'”’`]?(?:\s+{_KIND}\b)?\s*,?", re.IGNORECASE)
_SAYS = re.compile(
    r"[\"'”’`]?\s+(?:says?|states?|mentions?|tells?(?:\s+us)?|lists?|covers?)\b"
    r"(?:\s+(?:anything|something))?(?:\s+(?:about|on|of|regarding)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names: documents, by number, and what is asked of them. sure: whether it
    says that it asks what they say, and does not only have the words of their name."""

    documents: frozenset[int]
    question: str
    sure: bool


def named(text: str, names: Names) -> Named | None:
    """The documents that a question names by title, file or folder, if it does: "what does
    leave.md say about notice?" asks that document about notice.

    One word is a name with its ending, or after "in the" and the like. Others are where the
    question looks into them, and with a figure anywhere: "who came on 5 March 2024?".
    """
    for found in (*_files(text, names), *_folders(text, names)):
        place, documents = _of_year(text, *found, names)
        if not documents:
            continue
        before, name, after = text[: place.start], text[place.start : place.end], text[place.end :]
        into, several = _INTO.search(before), len(telling(name)) > 1
        told = _SAYS.match(after) and not _DID.search(before)
        says = _ENDING.search(name) or told or (into and into["says"])
        looks = (into and (several or into["article"])) or name.endswith("/")
        figure = any(map(str.isdigit, name)) or _SUBJECT.search(before)
        if says or looks or (several and figure):
            return Named(documents, _asked(text, place) or text, bool(says))
    return None


def _files(text: str, names: Names) -> Iterator[tuple[Span, frozenset[int]]]:
    """The names of documents in a text, with the folders before them, the longest first."""
    words = list(_WORD.finditer(text))
    plain = [as_called(word.group()).strip() for word in words]
    for size in range(min(MOST, len(words)), 0, -1):
        for i in range(len(words) - size + 1):
            called = names.called.get(" ".join(plain[i : i + size]), ())
            place = Span(words[i].start(), words[i + size - 1].end())
            if called and telling(text[place.start : place.end]):
                path = _PATH.search(text, 0, place.start)
                held = frozenset(n for n in called if not path or _lies(n, path.group(), names))
                if held:
                    yield Span(path.start() if path else place.start, place.end), held


def _of_year(
    text: str, place: Span, documents: frozenset[int], names: Names
) -> tuple[Span, frozenset[int]]:
    """A name with the year beside it, and those of its documents that are of it, if any has a
    date."""
    year = _YEAR.match(text, place.end) or _YEAR_BEFORE.search(text, 0, place.start)
    if year is None or not any(names.years[n] for n in documents):
        return place, documents
    of = frozenset(n for n in documents if names.years[n] == year[1])
    return Span(min(place.start, year.start()), max(place.end, year.end())), of


def _folders(text: str, names: Names) -> Iterator[tuple[Span, frozenset[int]]]:
    """The folders that a text names, with the documents in each."""
    for match in _FOLDER.finditer(text):
        path = match["path"] or match["name"] + "/"
        held = frozenset(n for n in range(len(names.ids)) if _lies(n, path, names))
        if held:
            yield Span(*match.span()), held


def _lies(document: int, path: str, names: Names) -> bool:
    """Whether a document is in a folder, by as much of its path as is told."""
    return f"/{path}".lower() in f"/{names.ids[document]}".lower()


def _asked(text: str, place: Span) -> str:
    """What is asked of a document without what names it; "" where nothing is."""
    before, after = text[: place.start], text[place.end :]
    if says := _SAYS.match(after):
        rest = after[says.end() :].strip(" ,?")
    elif leads := _INTO.search(before) or _BEFORE.search(before):
        end = _AFTER.match(after)
        after = after[end.end() if end else 0 :]
        rest = f"{before[: leads.start()].rstrip(' ,')} {after.strip(' ,?')}".strip() + "?"
    else:
        return ""
    return rest if telling(rest) else ""
