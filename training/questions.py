"""Question sets as they are read, and questions made from them that the documents do not answer."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import Index
from index.evaluation.measure import has
from index.evaluation.sets import DOCUMENTS, read_set
from index.questions.question import names_in
from index.storage.corpus import Corpus
from index.storage.made import check
from index.storage.store import open_generation
from index.types import Encoder
from index.words.lexical import telling, tokens, words

SEED = 2020
KEYWORDS, STRANGERS = 100, 100
"""Keywords (each once right and once changed) and other sets' questions that are added to a set."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what makes a text right: one of the answers, or all of the terms."""

    text: str
    answers: tuple[str, ...] = ()
    terms: frozenset[str] = frozenset()

    @property
    def answerable(self) -> bool:
        return bool(self.answers or self.terms)

    def right(self, text: str) -> bool:
        return has(self.answers, text) or (bool(self.terms) and self.terms <= set(tokens(text)))


@dataclass(frozen=True, slots=True)
class Part:
    """Documents and the questions about them: a set, or one of several that count as one."""

    corpus: Corpus
    questions: tuple[Asked, ...]


def load_sets(folders: Sequence[Path], work: Path, encoder: Encoder) -> dict[str, list[Part]]:
    """The parts of every set below the folders, by the set's name; their indexes go to `work`."""
    return {
        path.name: [load(part, work / path.name, encoder) for part in parts]
        for folder in folders
        for path in sorted(folder.iterdir())
        if (parts := sorted(found.parent for found in path.rglob("questions.jsonl")))
    }


def load(folder: Path, work: Path, encoder: Encoder) -> Part:
    own = tuple(Asked(one.question, one.answers) for one in read_set(folder))
    return Part(built(folder / DOCUMENTS, work / folder.name, encoder), own)


def built(documents: Path, directory: Path, encoder: Encoder) -> Corpus:
    """The corpus of a folder of documents; no Index, for that takes the weights to be fitted."""
    Index.build([documents], directory, model=encoder)
    generation = open_generation(directory)
    return Corpus(generation, check(generation, directory, encoder))


def foils(name: str, number: int, loaded: Mapping[str, Sequence[Part]]) -> list[Asked]:
    """Questions made from those of a part of a set: other numbers, other names, other sets'
    questions, and keywords."""
    parts = loaded[name]
    part = parts[number]
    chance = random.Random(f"{SEED} {name} {number}")
    elsewhere = [
        q for other, some in loaded.items() if other != name for one in some for q in one.questions
    ]
    names = sorted({m.group() for q in (*part.questions, *elsewhere) for m in names_in(q.text)})
    unknown = {w for q in elsewhere for w in q.text.split() if w.isalpha() and len(w) > 3}
    strange = sorted(
        w for w in unknown if telling(w) and not set(tokens(w)) & part.corpus.bm25.rows.keys()
    )
    some = [q for q in part.questions if q.answerable]
    strangers = chance.sample(elsewhere, min(STRANGERS // len(parts), len(elsewhere)))
    return [
        *filter(None, (with_other_numbers(q) for q in some)),
        *filter(None, (with_other_name(q, names, chance) for q in some)),
        *(Asked(q.text) for q in strangers),
        *keywords(part.corpus, KEYWORDS // len(parts), strange, chance),
    ]


def with_other_numbers(asked: Asked) -> Asked | None:
    """The question with its numbers changed: what it then asks for, the documents do not say."""

    def other(match: re.Match[str]) -> str:
        return str(int(match.group()) + 3) if len(match.group()) < 9 else "7"

    text = re.sub(r"\d+", other, asked.text)
    return Asked(text) if text != asked.text else None


def with_other_name(asked: Asked, names: Sequence[str], chance: random.Random) -> Asked | None:
    """The question with one name changed, for one that other questions are about."""
    own = names_in(asked.text)
    strange = [name for name in names if name.lower() not in asked.text.lower()]
    if not own or not strange:
        return None
    place = chance.choice(own)
    return Asked(asked.text[: place.start()] + chance.choice(strange) + asked.text[place.end() :])


def keywords(
    corpus: Corpus, count: int, strange: Sequence[str], chance: random.Random
) -> Iterator[Asked]:
    """What people type who look for a word or a number: some words of a sentence, and then the same
    with one of them changed for a word that the documents do not have."""
    for _ in range(count):
        number = chance.randrange(len(corpus.sentences))
        text = corpus.text(number)
        meant = set(telling(text))
        spans = sorted({span for token, span in words(text) if token in meant})
        picked = sorted(chance.sample(spans, min(len(spans), chance.randint(1, 4))))
        if not picked:
            continue
        query = [text[span.start : span.end] for span in picked]
        yield Asked(" ".join(query), terms=frozenset(telling(" ".join(query))))
        query[chance.randrange(len(query))] = chance.choice(strange)
        yield Asked(" ".join(query))
