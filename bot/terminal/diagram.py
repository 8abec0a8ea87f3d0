"""The calibration as a picture: confidence against the share that was right, as SVG."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Bin, Measures

_SIDE, _MARGIN = 320, 60
_STYLE = """
text { font: 12px sans-serif; fill: #24292f } .small { font-size: 10px }
.page { fill: #ffffff } .line { stroke: #8c959f; fill: none } .bar { fill: #54aeff }
.aim { stroke: #24292f; stroke-width: 2; stroke-dasharray: 5 4 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .page { fill: #0d1117 } .line { stroke: #7d8590 } .bar { fill: #1f6feb }
.aim { stroke: #e6edf3 }
}
"""


def draw_calibration(name: str, found: "Measures") -> str:
    """A bar for each bin, as high as the share right; dashed, how high it should be."""
    full = _SIDE + 2 * _MARGIN
    title = f"{name}: calibration error {found.calibration_error:.3f}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full} {full}" role="img">',
            f"<title>{_text(title)}</title><style>{_STYLE}</style>",
            f'<rect class="page" width="{full}" height="{full}"/>',
            _words(full / 2, 24, title),
            *_axes(),
            *(part for n, one in enumerate(found.bins) if one.count for part in _bar(n, one)),
            f'<path class="aim" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>',
            "</svg>\n",
        ]
    )


def _axes() -> Iterator[str]:
    yield f'<path class="line" d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}"/>'
    for step in range(0, 11, 2):
        yield _words(_x(step / 10), _y(0) + 18, f"{step / 10:.1f}")
        yield _words(_x(0) - 18, _y(step / 10) + 4, f"{step / 10:.1f}")
    yield _words(_x(0.5), _y(0) + 40, "confidence (numbers: questions; dashed: as it should be)")
    yield _words(_x(0), _y(1) - 12, "share right")


def _bar(number: int, one: "Bin") -> Iterator[str]:
    left, high = _x(number / 10) + 2, one.right * _SIDE
    width = _SIDE / 10 - 4
    yield (
        f'<rect class="bar" x="{left:.1f}" y="{_y(one.right):.1f}" width="{width:.1f}" '
        f'height="{high:.1f}"/>'
    )
    yield _words(left + width / 2, _y(one.right) - 4, f"{one.count}", small=True)


def _x(share: float) -> float:
    return _MARGIN + share * _SIDE


def _y(share: float) -> float:
    return _MARGIN + (1 - share) * _SIDE


def _words(x: float, y: float, words: str, *, small: bool = False) -> str:
    kind = ' class="small"' if small else ""
    return f'<text{kind} x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{_text(words)}</text>'


def _text(words: str) -> str:
    """What XML can hold of it: https://www.w3.org/TR/xml/#charsets"""
    return escape("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words))
