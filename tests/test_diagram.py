"""The calibration as a picture."""

import xml.etree.ElementTree as ET

from printed import answer, quote

from bot.terminal.diagram import draw_calibration
from index.evaluation.measure import judge, measure
from index.evaluation.sets import Asked

WHO = Asked("1", "who signs?", ("Ada",), ())
FOUND = measure(
    [judge(WHO, answer(quote(f"{name} signs."), confidence=0.25)) for name in ("Ada", "Ben")], 0.5
)
SVG = "{http://www.w3.org/2000/svg}"


def test_a_bar_stands_on_its_tenth_as_high_as_the_share_right_with_its_questions_above() -> None:
    """The square is 320 wide, and begins 60 from the left and 60 from the top."""
    drawn = ET.fromstring(draw_calibration("mine", FOUND))
    (bar,) = [one for one in drawn.iter(f"{SVG}rect") if one.get("class") == "bar"]
    places = {name: bar.get(name) for name in ("x", "y", "width", "height")}
    assert places == {"x": "126.0", "y": "220.0", "width": "28.0", "height": "160.0"}
    (count,) = [one for one in drawn.iter(f"{SVG}text") if one.get("class") == "small"]
    assert (count.text, count.get("x"), count.get("y")) == ("2", "140.0", "216.0")


def test_the_axes_go_from_0_to_1_and_the_dashed_line_from_corner_to_corner() -> None:
    drawn = ET.fromstring(draw_calibration("mine", FOUND))
    paths = {one.get("class"): one.get("d") for one in drawn.iter(f"{SVG}path")}
    assert paths == {"line": "M60 60V380H380", "aim": "M60 380L380 60"}
    marks = [(t.text, t.get("x"), t.get("y")) for t in drawn.iter(f"{SVG}text")]
    for text, along, up in (("0.0", "60.0", "384.0"), ("1.0", "380.0", "64.0")):
        assert (text, along, "398.0") in marks
        assert (text, "42.0", up) in marks
    assert ("mine: calibration error 0.250", "220.0", "24.0") in marks
    assert ("share right", "60.0", "48.0") in marks
    below = "confidence (numbers: questions; dashed: as it should be)"
    assert (below, "220.0", "420.0") in marks
    assert ("0.2", "124.0", "398.0") in marks
    assert ("0.2", "42.0", "320.0") in marks


def test_the_name_of_a_set_is_text_whatever_it_is() -> None:
    drawn = ET.fromstring(draw_calibration('a<b>&"\x1b', FOUND))
    title = drawn.find(f"{SVG}title")
    assert title is not None
    assert title.text == 'a<b>&"\N{REPLACEMENT CHARACTER}: calibration error 0.250'
