"""One form for words that are written or inflected in several ways."""

import unicodedata
from functools import lru_cache

import snowballstemmer

from index.words.irregular import IRREGULAR
from index.words.spelling import one_spelling

_STROKED = str.maketrans(
    dict(zip("łøđðħıþæœ\u00ad", "l o d d h i th ae oe ".split(" "), strict=True))
)
"""Letters that Unicode does not take apart, as who has no such key writes them."""


def folded(text: str) -> str:
    """Case, width, accents and soft hyphens away: `Fréderic` and `FREDERIC` are one, and so are
    `Łódź` and `Lodz`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_STROKED)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


fold = lru_cache(maxsize=1 << 16)(folded)
"""`folded` for words, which come again."""

_english = snowballstemmer.stemmer("english")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """What all forms of an English word share, in either spelling; for words that are folded."""
    return str(_english.stemWord(IRREGULAR.get(word) or one_spelling(word)))
