"""What was found as programs read it."""

from printed import REPORTED, answer, quote

from bot.terminal.forms import answer_json


def test_json_holds_the_fields_that_were_promised_and_no_more() -> None:
    shown = answer(quote("It pulled it.", bold="pulled"), when=REPORTED, confidence=0.93123456)
    assert list(answer_json(shown).items()) == [
        ("question", "q"),
        ("answered", True),
        ("confidence", 0.9312),
        ("when", {"date": "2020-01-28", "basis": "document", "text": "date 2020-01-28"}),
        (
            "quotes",
            [
                {
                    "text": "It pulled it.",
                    "source": "000.txt",
                    "start": 100,
                    "end": 113,
                    "line_start": 9,
                    "line_end": 9,
                    "highlight": [[103, 109]],
                    "title": None,
                    "date": "2020-01-28",
                    "sha256": "0" * 64,
                    "score": 0.8765,
                }
            ],
        ),
        ("near", []),
        ("elapsed_ms", 11.2),
    ]
