"""Cost against size, drawn as SVG."""

import re
from collections.abc import Sequence
from math import log10

from benchmarks.sides import Row

WIDTH, HEIGHT, MARGIN = 640, 360, 60
_SIZE = re.compile(r"a warm question, ([\d,]+) passages")
_INK = {"ours": "#0a7", "theirs": "#888"}


def draw(timed: Sequence[Row]) -> str:
    """The milliseconds of a warm question, and of encoding it, at each size of index; log scale."""
    sized = [(int(m[1].replace(",", "")), r) for r in timed if (m := _SIZE.fullmatch(r.what))]
    most = 1.2 * max((row.ours for _, row in sized), default=1.0)
    lines = [_curve([(size, getattr(r, side)) for size, r in sized], most, side) for side in _INK]
    labels = [_text(_x(size), HEIGHT - MARGIN + 20, f"{size:,}") for size, _ in sized]
    steps = [most * i / 4 for i in range(5)]
    labels += [_text(MARGIN - 24, _y(step, most) + 4, f"{step:.0f}") for step in steps]
    labels += [
        _text(WIDTH // 2, HEIGHT - 14, "passages in the index"),
        _text(WIDTH // 2, 20, "milliseconds of a warm question (green) and of encoding it (grey)"),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n' + "\n".join([*lines, *labels])
    ) + "\n</svg>\n"


def _x(size: int) -> float:
    return MARGIN + (log10(max(size, 100)) - 2) / 4 * (WIDTH - 2 * MARGIN)


def _y(cost: float, most: float) -> float:
    return HEIGHT - MARGIN - cost / most * (HEIGHT - 2 * MARGIN)


def _curve(points: Sequence[tuple[int, float]], most: float, side: str) -> str:
    places = [(_x(size), _y(cost, most)) for size, cost in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in places)
    ink = _INK[side]
    return f'<polyline points="{path}" fill="none" stroke="{ink}"/><g fill="{ink}">{dots}</g>'


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{words}</text>'
