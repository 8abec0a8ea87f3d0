"""Ordered lists: which lines open an item, and where a sentence goes on with a number. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

from index.documents.rows import adjacent, has_end
from index.types import Span

_MARK = re.compile(
    r"(?:>\s?)*(?P<open>\((?![c\d]))?(?P<of>\d{1,3}|[a-z]|[ivx]{2,5})(?P<close>[.)])(?!\s[a-z]\.)\s"
)
"""Of an item: "12.", "12)", "b.", "(b)", "iv."; not the first letter of "i. e.", nor what may be
something else: "(c)" of a copyright, "(2)" within a sentence."""
_STEPS = (-1, -2, -3, 1)
"""From a place in a list to that before it: some are left out, as of an agenda, or count down."""
_ROMAN = ("", *"i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split())


def opening(text: str, rows: Sequence[Span]) -> Mapping[int, bool]:
    """Of the lines that open with the mark of an item, by their numbers, whether they open one.

    Below a line that ends no sentence only the first of a list does, and what follows one that is
    in it, if not far: else the sentence may go on, as in "will be raised to\\n75. Nobody objected".
    A list and those inside it end where a paragraph opens that has no mark and is not farther in.
    """
    found: dict[int, bool] = {}
    listed: set[tuple[str, int]] = set()
    for number, row in enumerate(rows):
        mark = _MARK.match(text, row.start, row.end)
        above = rows[number - 1] if number else Span(0, 0)
        below = adjacent(text, above, row)
        if mark is None:
            if not below and row.end > row.start and text[row.start - 1 : row.start] in ("", "\n"):
                listed.clear()
            continue
        places = set(_places(mark))
        known = any(
            place == 1 or any((form, place + step) in listed for step in _STEPS)
            for form, place in places
        )
        found[number] = known or not below or has_end(text, above)
        listed |= places
    return found


def _places(mark: re.Match[str]) -> Iterator[tuple[str, int]]:
    """In each list to which a mark may belong, its place there: "i" opens one or follows "h"."""
    of = mark["of"]
    readings = {
        "1": int(of) if of.isdigit() else 0,
        "a": ord(of) - ord("a") + 1 if of.isalpha() and len(of) == 1 else 0,
        "i": _ROMAN.index(of) if of in _ROMAN else 0,
    }
    for form, place in readings.items():
        if place:
            yield (mark["open"] or "") + form + mark["close"], place
