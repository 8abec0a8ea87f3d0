"""A question set: questions about some documents, and what answers them."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import BadQuestion, BadSet
from index.questions.question import read

QUESTIONS, DOCUMENTS = "questions.jsonl", "docs"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set; each of `answers` alone answers it, `docs` name the files that do.

    answers: none for a question that the documents do not answer.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    docs: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.answers)


def read_set(folder: Path) -> tuple[Asked, ...]:
    """The questions of the set in `folder`. Raises BadSet, which names the line that is wrong."""
    path = folder / QUESTIONS
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        mend = f"a set is a folder with {DOCUMENTS}/ and {QUESTIONS}"
        raise BadSet(f"{path} cannot be read ({error.strerror}); {mend}") from None
    documents = folder / DOCUMENTS
    if not documents.is_dir():
        raise BadSet(f"{folder} has no folder {DOCUMENTS}; put the documents asked about there")
    written = [(f"{path}:{n}", line) for n, line in enumerate(lines, 1) if line.strip()]
    asked = tuple(_read(line, place, documents) for place, line in written)
    if not asked:
        raise BadSet(f"{path} has no question; write one a line, as JSON")
    return asked


def _read(line: bytes, place: str, documents: Path) -> Asked:
    try:
        raw = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise BadSet(f"{place} is not JSON in UTF-8; write one object a line") from None
    if not isinstance(raw, dict):
        raise BadSet(f"{place} is no JSON object; write one object a line")
    question, answers = raw.get("question"), _texts(raw, "answers", place)
    if not isinstance(question, str):
        raise BadSet(f'{place} has no text for "question"; write what is asked')
    try:
        read(question)
        question.encode()
    except UnicodeEncodeError:  # JSON can spell half a character: "\ud800"
        raise BadSet(f"{place}: the question is not UTF-8; write it in UTF-8") from None
    except BadQuestion as error:
        raise BadSet(f"{place}: {error}") from None
    answers = answers if _answerable(raw, answers, place) else ()
    docs = _texts(raw, "docs", place)
    for name in docs:
        if not os.path.isfile(documents / name):
            mend = f"write the path of a file as it is below {documents}, or leave it out"
            raise BadSet(f'{place}: "docs" names {name!r}, which is no file there; {mend}')
    return Asked(str(raw.get("id", "")), question, answers, docs)


def _answerable(raw: dict[str, Any], answers: tuple[str, ...], place: str) -> bool:
    """As the set says, else whether it gives any answer."""
    answerable = raw.get("answerable", bool(answers))
    if not isinstance(answerable, bool):
        raise BadSet(f'{place}: "answerable" is neither true nor false; write one of them')
    if answerable and not any(any(map(str.isalnum, answer)) for answer in answers):
        raise BadSet(f'{place} is answerable and has no answer; give "answers" its words')
    return answerable


def _texts(raw: dict[str, Any], name: str, place: str) -> tuple[str, ...]:
    value = raw.get(name, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadSet(f'{place}: "{name}" is no list of texts; write ["...", "..."]')
    return tuple(value)
