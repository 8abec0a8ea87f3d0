"""What the reader learns from: a question and passages, some of whose sentences answer it."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from questions import built
from swaps import Swaps, near_names

from index.answers.answer import sift, weights
from index.answers.features import best_passages, candidates
from index.answers.window import window_of
from index.documents.passages import split
from index.questions.question import read
from index.types import Encoder, Span, Window
from index.words.lexical import distinct

MORE = ("quiz", "pairs")
"""Kinds of questions that a document may have besides: those that tell of the news before they ask,
as a paper's quiz does; and each beside its twin, which one word parts from it, and nothing answers.
"""
NEAREST = 12
"""Wrong passages of a question that are kept: of those found, the best."""
NEAR = 3
"""Documents so near each other in a file may tell of one thing."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text under its title. sentences: its spans. right: which of them answer.

    answer: where the answer stands in `text`, once for each right sentence.
    """

    title: str
    text: str
    sentences: tuple[Span, ...]
    right: tuple[bool, ...]
    answer: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A question, and passages that answer it (if any does) and that only look so."""

    question: str
    kind: str
    right: tuple[Passage, ...]
    wrong: tuple[Passage, ...]


def passage(title: str, text: str, answers: Sequence[str]) -> Passage:
    sentences = tuple(sentence.span for sentence in split(text))
    places = [find(answers, text[span.start : span.end], span.start) for span in sentences]
    return Passage(
        title, text, sentences, tuple(p is not None for p in places), tuple(filter(None, places))
    )


def find(answers: Sequence[str], text: str, offset: int) -> Span | None:
    """The first place of an answer in whole words, whatever the case and punctuation."""
    for answer in answers:
        wanted = re.findall(r"\w+", answer)
        pattern = r"\b" + r"\W+".join(map(re.escape, wanted)) + r"\b"
        if wanted and (found := re.search(pattern, text, re.IGNORECASE)):
            return Span(offset + found.start(), offset + found.end())
    return None


def read_rows(path: Path) -> list[Group]:
    """The rows of a file: a line a question, with positives and negatives. What its positives hold
    of an answer is right; a negative that holds one too is left out, for nobody looked at it."""
    groups = []
    for line in path.read_text("utf-8").splitlines():
        raw = json.loads(line)
        answers = sorted({a for p in raw["positives"] for a in p["answers"]}, key=len, reverse=True)
        right = (passage(p["title"], p["text"], p["answers"]) for p in raw["positives"])
        wrong = (passage(p["title"], p["text"], answers) for p in raw["negatives"])
        groups.append(
            Group(
                raw["question"],
                raw["kind"],
                tuple(p for p in right if any(p.right)),
                tuple(p for p in wrong if p.sentences and not any(p.right)),
            )
        )
    return [g for g in groups if g.right or g.wrong]


def read_documents(path: Path, work: Path, encoder: Encoder) -> list[Group]:
    """Questions about whole documents, a document a line, beside what Quoth itself finds for each.

    Documents near each other in the file tell of much the same. What answers is only known of a
    question's own: a passage of a near one is no wrong answer to a question without an answer, nor
    to one about news, which two reports may both answer in other words.
    """
    lines = path.read_text("utf-8").splitlines()
    documents = {f"{n:05}.txt": json.loads(line) for n, line in enumerate(lines)}
    folder = work / path.stem
    folder.mkdir(parents=True, exist_ok=True)
    for name, one in documents.items():
        (folder / name).write_text(f"{one['title']}\n\n{one['text']}\n", "utf-8")
    corpus = built(folder, work / f"{path.stem}-index", encoder)
    numbers = {corpus.number(name): n for n, name in enumerate(documents)}
    asked = [
        (n, key if key in MORE else one["kind"], row)
        for n, one in enumerate(documents.values())
        for key in ("questions", *MORE)
        for row in one.get(key, ())
    ]
    questions = [read(row[0]) for *_, row in asked]
    vectors = encoder.encode([question.text for question in questions])
    groups = []
    for (own, kind, row), question, vector in zip(asked, questions, vectors, strict=True):
        shared = corpus.hits(question.terms, vector, weights().dense)
        found = candidates(question, vector, shared, corpus)
        order = best_passages(found, sift(found, weights()), corpus)
        firsts = (int(corpus.passages[number, 0]) for number in order)
        apart = [numbers[corpus.document_of(first)] - own for first in firsts]
        windows = [window_of(number, corpus) for number in order]
        groups.append(_group(row, kind, list(zip(windows, apart, strict=True))))
    return [g for g in groups if g.right or g.wrong]


def _group(row: Sequence[str | None], kind: str, found: Sequence[tuple[Window, int]]) -> Group:
    """A written question with the passages found for it; found: each with how far in the file its
    document is from the question's own. If it has an answer, and no passage found of its own
    document holds that, it gets no passages."""
    question, answer, *rest = row
    each = [(_answered(window, answer, *rest), apart) for window, apart in found]
    right = tuple(made for made, apart in each if apart == 0 and any(made.right))
    near = 0 if answer is not None and kind not in ("news", "quiz") else NEAR
    wrong = [
        made for made, apart in each if not any(made.right) and (apart == 0 or abs(apart) > near)
    ]
    known = answer is None or right
    return Group(question or "", kind, right, tuple(wrong[:NEAREST]) if known else ())


def _answered(window: Window, answer: str | None, opening: str | None = "") -> Passage:
    """The window, and which of its sentences answer: those that hold the answer and open so."""
    said = [(span, window.text[span.start : span.end]) for span in window.sentences]
    held = [
        find([answer], text, span.start) if answer and text.startswith(opening or "") else None
        for span, text in said
    ]
    right = tuple(place is not None for place in held)
    return Passage(window.title, window.text, window.sentences, right, tuple(filter(None, held)))


def other_questions(
    groups: Sequence[Group], swaps: Swaps, chance: random.Random
) -> Iterator[Group]:
    """Answerable questions with one thing changed: what their passages then do not say.

    A name is changed for one of a passage that does not answer, if any has one; what names that
    may answer the changed question, and is left out.
    """
    for group in groups:
        if not group.right:
            continue
        right = [p.text for p in group.right]
        near = near_names(right, [p.text for p in group.wrong])
        for changed in (
            swaps.number_or_name(group.question, group.question, near, chance),
            swaps.word(group.question, " ".join(right), chance),
        ):
            if changed:
                new = distinct(changed) - distinct(group.question)
                others = [p for p in group.wrong if not new & distinct(p.text)]
                wrong = (
                    replace(p, right=(False,) * len(p.right), answer=())
                    for p in (*group.right, *others)
                )
                yield Group(changed, group.kind, (), tuple(wrong))


def decoy(group: Group, swaps: Swaps, chance: random.Random) -> Passage | None:
    """A right passage in which something that the question names is another."""
    if not group.right:
        return None
    one = chance.choice(group.right)
    text = swaps.number_or_name(group.question, one.text, (), chance)
    if not text:
        return None
    made = passage(one.title, text, ())
    return made if made.sentences else None
