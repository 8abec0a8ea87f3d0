"""How documents are called: found by a part of their names, or by what people call them."""

import heapq
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from index.words.figures import MONTHS
from index.words.forms import folded

_NO_WORD = re.compile(r"[^\w\n]+|_+")
_ISO_DAY = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")


class Names:
    """The ids, titles and years (YYYY, empty if undated) of documents, numbered in their order."""

    def __init__(
        self, ids: Sequence[str], titles: Sequence[str | None], years: Sequence[str]
    ) -> None:
        self.ids, self._titles, self.years = ids, titles, years

    def holding(self, part: str, *, limit: int) -> tuple[str, ...]:
        """Ids that hold all words of `part`, or whose title does, in any case and without accents:
        first those that begin with it, then those that hold it as it is."""
        wanted = folded(part)
        found = (
            (not (name.startswith(wanted) or title.startswith(wanted)), not held, id)
            for id, (name, title) in zip(self.ids, self._folded, strict=True)
            if (held := wanted in name or wanted in title)
            or (wanted and all(word in name or word in title for word in wanted.split()))
        )
        return tuple(id for *_, id in heapq.nsmallest(limit, found))

    @cached_property
    def _folded(self) -> tuple[tuple[str, str], ...]:
        """Each document's id and title, folded, for looking through them at every key."""
        named = zip(self.ids, self._titles, strict=True)
        return tuple((folded(id), folded(title or "")) for id, title in named)

    @cached_property
    def called(self) -> Mapping[str, Sequence[int]]:
        """The documents that are called so: by their title, or by the name of their file with its
        ending or without, as `as_called` gives it."""
        files = [id.rpartition("/")[2] for id in self.ids]
        stems = [file.rpartition(".")[0] for file in files]
        titles = [title or "" for title in self._titles]
        lone = (name.replace("\n", " ") for name in (*files, *stems, *titles))
        names = as_called("\n".join(lone)).split("\n") if files else []
        found: dict[str, dict[int, None]] = {}
        for name, number in zip(names, [*range(len(files))] * 3, strict=True):
            found.setdefault(name.strip(), {})[number] = None
        return {name: tuple(numbers) for name, numbers in found.items()}


def as_called(names: str) -> str:
    """Names, a line each, by which two ways to write one are the same: their words in small
    letters, the day of a date in words."""
    return _NO_WORD.sub(" ", folded(_ISO_DAY.sub(_in_words, names)))


def _in_words(day: re.Match[str]) -> str:
    return f" {int(day[3])} {MONTHS[int(day[2]) - 1]} {day[1]} "
