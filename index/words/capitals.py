"""Text that is all in capitals, where a capital names nothing. Pure."""

import re
from itertools import islice

_WORD = re.compile(r"[^\W\d_]{2,}")
LEAST = 4
"""Words of such a text: fewer may be a name, or abbreviations."""


def in_capitals(text: str) -> bool:
    """Whether a text of several words has no small letter."""
    return text.isupper() and sum(1 for _ in islice(_WORD.finditer(text), LEAST)) == LEAST


def in_small_letters(text: str) -> str:
    """A text, place by place, in small letters if it is all in capitals, else as it is."""
    small = text.lower()
    return small if in_capitals(text) and len(small) == len(text) else text
