"""Of a row of a table one cell is marked."""

import pytest

from index.answers.highlight import highlight
from index.answers.said import Said
from index.questions.question import read
from index.types import Span

BUFFETS = (
    "| Buffet | Min. persons | Price | Note |\n|---|---|---|---|\n"
    "| Harvest | 15 | € 17.00 | cold |\n"
)
DRINKS = "| | Glass | Bottle |\n|---|---|---|\n| House red | 4.80 | 21 |\n"
ROTA = "Course\tDay\tPrice\tPlace\nAqua fit\tTuesday\t12\tSpa\nDiving\tThursday\t15\tDeep pool"
HOURS = "Day\tOpens\tCloses\tTours\nTue\t10:00\t16:00\tnone\nFri\t10:00\tnever\tnone"
ROTAS = "Week    On call     Backup\n1       Tom         Ida\n2       Anna        Tom"
STORE = (
    "item,warehouse,quantity,reorder level,supplier\n"
    "M10 hex bolts,Leeds,4800,2000,Boltco\nsafety goggles,Hull,0,150,Seesafe"
)
GOODS = "| Product | Price | Lead time |\n|---|---|---|\n| Oak shelf | £17.20 | 5 days |"
PHONES = "| Name | Role | Extension |\n|---|---|---|\n| Asha Rao | Finance | 4420 |"
PLANS = "| Name | Owner | Begins |\n|---|---|---|\n| Harbour Hall | Ida Berg | May |"
PARTS = "| Part number | Bin | Left |\n|---|---|---|\n| 4711 | 12 | 300 |"
STOCK = "item,price_eur,stock,supplier\nLamp,48.00,7,Lumotec\nChain,29.95,44,Osaka"


@pytest.mark.parametrize(
    ("question", "text", "row", "likely", "expected"),
    [
        ("how many persons must it be?", BUFFETS, "| Harvest", "15 | € 17.00", ["15"]),
        ("how much is the Harvest buffet?", BUFFETS, "| Harvest", "15 | € 17.00", ["€ 17.00"]),
        ("what is the note on it?", BUFFETS, "| Harvest", "Harvest", ["cold"]),
        ("is it cold or warm?", BUFFETS, "| Harvest", "€ 17.00 | cold", ["€ 17.00"]),
        ("what does a bottle of red cost?", DRINKS, "| House", "4.80", ["21"]),
        ("how many lamps are in stock?", STOCK, "Lamp", "48.00,7", ["7"]),
        ("how much is the lamp?", STOCK, "Lamp", "48.00,7", ["48.00"]),
        ("who is the supplier of the chain?", STOCK, "Chain", "Osaka", ["Osaka"]),
        ("when is diving?", ROTA, "Diving", "Deep pool", ["Thursday"]),
        ("which day is the diving course?", ROTA, "Diving", "Diving", ["Thursday"]),
        ("when does it close on Tuesday?", HOURS, "Tue", "Tue", ["16:00"]),
        ("when does it close on Friday?", HOURS, "Fri", "Fri", []),
        ("when is the tour?", HOURS, "Tue", "Tue", []),
        ("when did the price of diving change?", ROTA.replace("Day", "Pal"), "Diving", "Deep", []),
        ("who is on call in week 2?", ROTAS, "2", "Anna", ["Anna"]),
        ("how many M10 hex bolts do we have?", STORE, "M10", "2000", ["4800"]),
        ("how many safety goggles are in stock?", STORE, "safety", "150", ["0"]),
        ("how many safety goggles are in the Hull warehouse?", STORE, "safety", "Hull", ["0"]),
        ("what is the reorder level of goggles?", STORE, "safety", "0,150", ["150"]),
        ("how many are left in bin 12?", PARTS, "| 4711", "4711", ["300"]),
        ("how many does a box take?", PARTS, "| 4711", "300", ["300"]),
        ("which product costs £17.20?", GOODS, "| Oak", "£17.20", ["Oak shelf"]),
        ("which product has a lead time of 5 days?", GOODS, "| Oak", "5 days", ["Oak shelf"]),
        ("what is the lead time of the oak shelf?", GOODS, "| Oak", "£17.20", ["5 days"]),
        ("who is extension 4420?", PHONES, "| Asha", "4420", ["Asha Rao"]),
        ("what is the role of extension 4420?", PHONES, "| Asha", "4420", ["Finance"]),
        ("who runs the Harbour plan?", PLANS, "| Harbour", "Ida Berg", ["Ida Berg"]),
        ("what costs 48.00?", STOCK, "Lamp", "48.00,7", ["Lamp"]),
        ("which item is of Osaka?", STOCK, "Chain", "29.95", ["Chain"]),
        ("how much is a big check?", "Big check    35.-", "Big", "check    35.-", ["35.-"]),
        ("how much is a check?", "Check      35.-      45.-", "Check", "35.-      45", ["35.-"]),
    ],
)
def test_of_a_row_of_a_table_one_cell_is_marked(
    question: str, text: str, row: str, likely: str, expected: list[str]
) -> None:
    start = text.index(row)
    span = Span(start, text.find("\n", start) if "\n" in text[start:] else len(text))
    words = Span(at := text.index(likely, start), at + len(likely))
    found = highlight(Said(read(question), text, span), None, words)
    assert [text[s.start : s.end] for s in found] == expected
