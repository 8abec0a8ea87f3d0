"""Slips of the pen in a question, read as the word of the documents that is nearest; and a question
that is all in capitals, read as the documents would write it."""

import re
from collections.abc import Iterable, Iterator, Set
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.storage.corpus import Corpus
from index.words.lexical import STOP_STEMS, STOP_WORDS, tokens

MIN_LENGTH, MAX_LENGTH, TWO_SLIPS = 5, 20, 9
"""Letters: a shorter word is as near to many others; in so long a one there may be two slips."""
SHORTEST = 4
"""Letters of a word that may lack one, or have two in another order: "mnth", "whta"."""
TOGETHER = 6
"""Letters that two words have at least which are read apart: "ofcom" is a name."""
MOST = 5
"""Strange words in a question; with more of them it is in another language, or none."""
FAR = 5
"""How many times more passages the nearest word is in than the next, to be the one meant."""
LOOKED_AT = 20
"""Passages in which the form of a word is looked for."""
_WORD = re.compile(
    rf"(?<![\w.'’-])[A-Za-z][a-z]{{{SHORTEST - 1},{MAX_LENGTH - 1}}}(?![\w-]|[.'’]\w{{2}})"
)
_ENDINGS = ("", "e", "s", "y", "ed", "es", "er", "al", "ion", "ing", "ation", "ment")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december".split()
)
"""Names that everybody has: with a capital they are read as the language's words are."""
_JOINING = frozenset("by down in off on out over through under up".split())
"""Small words that make words of their own with others: "upfront", "leftover"."""
_ASKING = STOP_WORDS | {"many", "may"}
"""Small words, and those of a question: what stands beside one may be any word."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHARED = frozenset(
    "a am an as at be by do has he her i in is it me no of on or over s so t to was we will".split()
)
"""Small words of English that its neighbours have as well: French "a", German "was", Dutch "is"."""
_LETTERED = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile(r"(?<![\w.'’-])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w'’-]|\.\w)")


def mend(text: str, corpus: Corpus, vocabulary: Set[str]) -> str:
    """The text with each word that is none of the documents' nor of the language's as it is meant,
    and without its capitals where there is nothing else.

    vocabulary: common words in lower case. What is not among them may be a name: it is read as one
    of the documents' only if letters in its midst are missing, too many or in another order, since
    Hanson is not Hansen. No number, no code and no other word in capitals is changed, nor any word
    of a question in another language.
    """
    text = _lowered(text, corpus)
    if _is_foreign(text):
        return text
    strange = [m for m in _WORD.finditer(text) if not _known(m.group().lower(), corpus, vocabulary)]
    if len(strange) <= MOST:
        for match in reversed(strange):
            meant = _meant(match.group(), corpus, vocabulary, opens=match.start() == 0)
            text = text[: match.start()] + meant + text[match.end() :]
    return text


def _is_foreign(text: str) -> bool:
    """Whether a text is a sentence in another language: none of its small words is only English,
    and few are of both.

    Words to find ("ferry timetable summer") are no sentence and have no small words either: what
    tells a sentence is its question mark, or a letter that English has not.
    """
    words = [word.lower() for word in _LETTERED.findall(text)]
    if len(words) < 3 or any(word in STOP_WORDS - _SHARED for word in words):
        return False
    few = 3 * sum(word in _SHARED for word in words) < len(words)
    return few and ("?" in text or not all(word.isascii() for word in words))


def _lowered(text: str, corpus: Corpus) -> str:
    """A text of several words, all in capitals, in small letters but for names and abbreviations:
    what the documents write with a capital only. Capitals name nothing there, and the reader knows
    few words in them."""
    if any(c.islower() for c in text) or len(_CAPITALS.findall(text)) < 2:
        return text
    return _CAPITALS.sub(lambda match: _as_written(match.group(), corpus), text)


def _as_written(word: str, corpus: Corpus) -> str:
    lower = word.lower()
    forms = (form for form in (lower, word.title(), word) if _written(form, corpus))
    return next(forms, lower)


def _known(word: str, corpus: Corpus, vocabulary: Set[str]) -> bool:
    """Whether the documents or the language have a word, in any of its forms."""
    return (
        word in vocabulary
        or bool(_held(word, corpus))
        or any(tokens(word)[0] + end in vocabulary for end in _ENDINGS)
    )


def _meant(word: str, corpus: Corpus, vocabulary: Set[str], *, opens: bool) -> str:
    """The one word within a slip or two that the documents have, or a small word of the language,
    or two words that were written as one; else the word itself.

    opens: whether it is the first of the question, whose capital names nothing.
    """
    name, lower = word[0].isupper(), word.lower()
    common = _CALENDAR if name else vocabulary
    meant = _near(lower, corpus, common) or ("" if name else _as_in_small(lower, corpus))
    if opens or not name:
        meant = _small(lower, turned=True) or meant or _small(lower) or _apart(lower, corpus)
    return (meant.capitalize() if name else meant) or word


def _near(word: str, corpus: Corpus, common: Set[str]) -> str:
    """The word of the documents that is meant by one with a slip or two; "" where none is."""
    near = _held_by(corpus, sorted(_one_slip(word, common)), common)
    if not near and len(word) >= TWO_SLIPS:
        alike = sorted(w for w in common if w[0] == word[0] and _may_be_near(w, word))
        near = _held_by(corpus, (w for w in alike if _distance(w, word) <= 2), common)
    return _foremost(near.values())


def _as_in_small(word: str, corpus: Corpus) -> str:
    """The word with another letter that the documents write in small letters: it is no name."""
    if len(word) < MIN_LENGTH:
        return ""
    other = (word[:i] + c + word[i + 1 :] for i in range(1, len(word)) for c in _LETTERS)
    held = {w: _held(w, corpus) for w in other}
    return _foremost((n, w) for w, n in held.items() if n and _written(w, corpus))


def _small(word: str, *, turned: bool = False) -> str:
    """The one small word of the language that is a slip away. They tell nothing, and so may be in
    no document; turned: that has the same letters, which no other word is meant by."""
    near = STOP_WORDS.intersection(_one_slip(word, STOP_WORDS))
    found = [w for w in near if not turned or sorted(w) == sorted(word)]
    return found[0] if len(found) == 1 else ""


def _apart(word: str, corpus: Corpus) -> str:
    """Two words, each of the documents' or small, that have no space between them."""
    if len(word) < TOGETHER:
        return ""
    parts = ((word[:i], word[i:]) for i in range(2, len(word) - 1))
    held = ((_held_apart(*both, corpus), " ".join(both)) for both in parts)
    return _foremost((n, both) for n, both in held if n)


def _held_apart(one: str, other: str, corpus: Corpus) -> int:
    """How many passages hold two words, side by side where both together may be a word of its own:
    "datacentre" and "walkout", but not "thecentre". All do, of small words."""
    telling = [part for part in (one, other) if part not in _ASKING]
    if not telling:
        return corpus.bm25.size
    own = len(telling) == 2 or not _JOINING.isdisjoint((one, other))
    said = f"{one} {other}" if own else telling[0]
    whole = min(map(len, telling)) > 2 and _written(said, corpus, any_case=True)
    return _held(said, corpus) if whole else 0


def _foremost(found: Iterable[tuple[int, str]]) -> str:
    """The word that far more passages hold than any other; "" where none is."""
    held = sorted(found, reverse=True)
    clear = held and (len(held) == 1 or held[0][0] >= FAR * held[1][0])
    return held[0][1] if clear else ""


def _held_by(corpus: Corpus, words: Iterable[str], common: Set[str]) -> dict[str, tuple[int, str]]:
    """The telling words that the documents hold, by token, and in how many passages they are."""
    held: dict[str, tuple[int, str]] = {}
    for word in words:
        count = _held(word, corpus)
        if not count:
            continue
        token = tokens(word)[0]
        if token in held or token in STOP_STEMS:
            continue
        if word in common or _written(word, corpus, any_case=True):
            held[token] = count, word
    return held


def _held(word: str, corpus: Corpus) -> int:
    """How many passages hold a word, in any of its forms."""
    return min(len(corpus.bm25.holders(token)) for token in tokens(word))


def _written(word: str, corpus: Corpus, *, any_case: bool = False) -> bool:
    """Whether one of the first passages that hold a word, or two, has it in this form."""
    holders = reduce(_both, map(corpus.bm25.holders, tokens(word)))
    for passage in holders[:LOOKED_AT].tolist():
        start, end = corpus.passages[passage].tolist()
        texts = map(corpus.text, range(start, end))
        if any(word in (text.lower() if any_case else text) for text in texts):
            return True
    return False


def _both(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.intersect1d(one, other, assume_unique=True)


def _one_slip(word: str, vocabulary: Set[str]) -> Iterator[str]:
    """What differs by a letter more, less or other, or by two in turn, and begins as the word does.

    With another letter, or another one at its end, only what is in the vocabulary; of a short word
    only what has a letter more, or the same ones, and is in it.
    """
    short = len(word) < MIN_LENGTH
    for i in range(1, len(word) + 1):
        before, after = word[:i], word[i:]
        inside = [before + c + after for c in _LETTERS]
        other = [before + c + after[1:] for c in _LETTERS if after and not short]
        if after and not short:
            inside.append(before + after[1:])
        turned = before + after[1:2] + after[:1] + after[2:]
        if len(after) > 1 and (not short or turned in vocabulary):
            yield turned
        if not short:
            yield from (w for w in inside if w[-1] == word[-1])
        yield from (w for w in (*inside, *other) if w in vocabulary)


def _may_be_near(one: str, other: str) -> bool:
    """Whether words may be two slips apart: each changes the length by one, two letters at most."""
    return abs(len(one) - len(other)) <= 2 and len(set(one) ^ set(other)) <= 4


def _distance(one: str, other: str) -> int:
    """Damerau and Levenshtein's: letters more, less, other, or two in turn (restricted)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and (a, b) == (other[j - 2], one[i - 2]):
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
