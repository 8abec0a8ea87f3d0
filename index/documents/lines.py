"""Where the lines of a text start; a line ends at \\n and nowhere else."""

import re
from bisect import bisect_right


def lines(text: str) -> tuple[int, ...]:
    """The offsets at which lines start; line n (1-based) starts at `lines(text)[n - 1]`."""
    return (0, *(m.end() for m in re.finditer("\n", text)))


def line_of(starts: tuple[int, ...], offset: int) -> int:
    """The 1-based number of the line that holds the character at `offset`."""
    return bisect_right(starts, offset)
