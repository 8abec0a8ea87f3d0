"""Signs that may be written otherwise and mean the same; what a number is not parted from. Pure."""

import re

from index.words.numbers import SCALES

SPACE, UNSEEN = r"\s\x00-\x1f\x7f-\x9f", "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""What sets words apart, and what cannot be seen at all: marks of direction, soft hyphens."""
DASH = "(?:-{2,3}|[-‐‑‒–—―−])"
APOSTROPHE = "['’‘‛ʼ′`´]"
DOTS = r"(?:…|\.{3})"
QUOTATION_MARK = '["“”„‟«»″]'
PIECE = re.compile(
    rf"(?P<unseen>[{UNSEEN}]+(?![{SPACE}{UNSEEN}]))|(?P<gap>[{SPACE}{UNSEEN}]+)"
    rf"|(?P<dash>{DASH})|(?P<apostrophe>{APOSTROPHE})|(?P<quote>{QUOTATION_MARK})"
    rf"|(?P<dots>{DOTS})|[^\W\d_][\u0300-\u036f]+|.",
    re.DOTALL,
)
"""A text's characters one by one, a letter with the accents after it; the group named for what may
be another of its kind."""
ANY_SHAPE = {
    "unseen": f"[{UNSEEN}]*",
    "gap": f"[{UNSEEN}]*[{SPACE}][{SPACE}{UNSEEN}]*",
    "dash": DASH,
    "apostrophe": APOSTROPHE,
    "quote": QUOTATION_MARK,
    "dots": DOTS,
}
"""A pattern for each of these kinds, which any of the kind fits."""
UNIT = (
    r"(?:[%‰]|°(?:\s?[CF]\b)?"
    rf"|(?:{'|'.join(scale for scale in SCALES if len(scale) > 1)}|hundred|thousand|million"
    r"|billion|trillion|per\s?cent|percentage)\b)"
)
"""The sign, scale or share that follows a number."""
