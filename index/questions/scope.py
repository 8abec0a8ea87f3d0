"""A scope checked, and as the passages of a corpus that may answer."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.dates import first_day, last_day
from index.errors import BadQuestion
from index.storage.corpus import Corpus
from index.storage.tables import Record
from index.types import Scope


def check_dates(scope: Scope) -> None:
    """Raise BadQuestion for dates that are none, or between which no day lies."""
    _days(scope)


def passages_of(scope: Scope, corpus: Corpus) -> NDArray[np.bool_]:
    """bool[passages]: which of them may answer. Raises BadQuestion for what is no scope."""
    after, before = _days(scope)
    chosen = _chosen(scope.source, corpus)
    allowed = np.zeros(len(corpus.passages), np.bool_)
    for record in chosen:
        if _lies(record, after, before):
            allowed[record.passages.start : record.passages.end] = True
    return allowed


def passages_in(
    documents: Iterable[int], corpus: Corpus, allowed: NDArray[np.bool_] | None
) -> NDArray[np.bool_]:
    """bool[passages]: those of some documents, of the allowed ones; None for all."""
    inside = np.zeros(len(corpus.passages), np.bool_)
    for rows in (corpus.documents[number].passages for number in documents):
        inside[rows.start : rows.end] = True
    return inside if allowed is None else inside & allowed


def _chosen(source: str | None, corpus: Corpus) -> Iterable[Record]:
    if source is None:
        return corpus.documents
    try:
        return (corpus.documents[corpus.number(source)],)
    except KeyError:
        near = " or ".join(corpus.names.holding(source, limit=3))
        mend = f"perhaps {near}" if near else "quoth status --json names those that are"
        raise BadQuestion(f"no document is named {source!r} in the index; {mend}") from None


def _days(scope: Scope) -> tuple[str | None, str | None]:
    """The first and the last day, ISO."""
    after = first_day(_iso("after", scope.after)) if scope.after is not None else None
    before = last_day(_iso("before", scope.before)) if scope.before is not None else None
    if after and before and after > before:
        raise BadQuestion(f"nothing lies after {scope.after} and before {scope.before}; swap them")
    return after, before


def _iso(name: str, date: str) -> str:
    try:
        first_day(date)
    except ValueError:
        how = "give YYYY, YYYY-MM or YYYY-MM-DD"
        raise BadQuestion(f"{name} is {date!r}, which is no date; {how}") from None
    return date


def _lies(record: Record, after: str | None, before: str | None) -> bool:
    """Whether every day that the document's date may mean is within the days."""
    if after is None and before is None:
        return True
    if record.date is None:
        return False
    own = record.date.date
    return (after is None or after <= first_day(own)) and (
        before is None or last_day(own) <= before
    )
