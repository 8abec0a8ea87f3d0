"""What heads the columns of a table."""

import pytest
from conftest import Ask, quoted
from soon import soon

from index.documents.columns import head_above

RULED = "Prices\n\n| Meal | Limit |\n|:---|---:|\n| Lunch | €20 |\n| Dinner | €35 |\n\nEnd | it\n"
TABS = "Boats:\nBoat\tSeats\nHeron\t4\nKite\t2\n\nAn end\twith a tab\n"
GAPS = """\
Boats

Boat     Place    Seats
Heron    the bay      4
Kite     Kiel        22

An    end
"""
UNDERLINED = "====     ====\nBoat     Port\n----     ----\nHeron    Kiel\nKite     Oslo\n"
LISTED = "Reception     Anna Berg\nKitchen       Tom Hall\n"
VALUES = 'Boats\n\nboat,seats,port\nHeron,4,Kiel\nKite,2,"Elsinore, north"\n\nAn end,with a comma\n'


@pytest.mark.parametrize(
    ("text", "at", "head"),
    [
        (RULED, "| Lunch", "Meal | Limit"),
        (RULED, "Dinner", "Meal | Limit"),
        (RULED.replace("Lunch | €20", "-- | none"), "Dinner", "Meal | Limit"),
        (RULED, "| Meal", ""),
        (RULED, "Prices", ""),
        (RULED, "End", ""),
        (RULED.replace("|:---|---:|\n", ""), "| Lunch", ""),
        ("Area | Owner\n--- | ---\nWeb | Ida\n", "Web", "Area | Owner"),
        (TABS, "Kite", "Boat | Seats"),
        ("\nBoat\tSeats\nHeron\t4\n", "Heron", "Boat | Seats"),
        (TABS, "Boat\t", ""),
        (TABS, "An end", ""),
        (TABS.replace("Seats", "2024"), "Kite", ""),
        (TABS.replace("Kite\t2", "Kite\t2\tred"), "Kite", ""),
        (GAPS, "Kite", "Boat | Place | Seats"),
        (GAPS.replace("\n", "\n  "), "Heron", "Boat | Place | Seats"),
        (GAPS, "Boat  ", ""),
        (GAPS, "An", ""),
        (GAPS.replace("Seats", "2024 "), "Kite", ""),
        (GAPS.replace(" 4\n", " no\n").replace("22", "no"), "Kite", "Boat | Place | Seats"),
        (TABS.replace("Kite\t2", "Kite\tnone"), "Heron", "Boat | Seats"),
        ("Boat\tSeats\tNote\nHeron\t4\told\nKite\t2\t\n", "Heron", "Boat | Seats | Note"),
        ("Team\tLead\tOffice\nSales\tAnn\tLeeds\nIT\tBen\tYork\n", "Sales", "Team | Lead | Office"),
        (UNDERLINED, "Kite", "Boat | Port"),
        (UNDERLINED, "Heron", "Boat | Port"),
        (UNDERLINED, "Boat", ""),
        (UNDERLINED.replace("----     ----\n", ""), "Kite", ""),
        (UNDERLINED.replace("----", "===="), "Kite", "Boat | Port"),
        (LISTED, "Kitchen", ""),
        (LISTED.replace("     ", "\t"), "Kitchen", ""),
        (GAPS.replace("Kite   ", "Kite"), "Kite", ""),
        (GAPS.replace("Kiel    ", "        "), "Kite", ""),
        (VALUES, "Kite", "boat | seats | port"),
        (VALUES, "Heron", "boat | seats | port"),
        (VALUES, "boat,", ""),
        (VALUES, "An end", ""),
        (VALUES.replace("boat,", "Boat,"), "Kite", "Boat | seats | port"),
        (VALUES.replace("seats", "2024"), "Kite", ""),
        (VALUES.replace("seats", ""), "Kite", ""),
        ("Boat,Seats\nHeron,4\nKite,none\n", "Kite", ""),
        (VALUES.replace("Heron,4", "Heron"), "Kite", ""),
        ("Name;Rate\nHeron;1,5\nKite;2,5\n", "Kite", "Name | Rate"),
        ("name,team\nIda,Web\nBen,Ops\n", "Ben", "name | team"),
        ("name,team\nIda,Web\nben,ops\n", "ben", ""),
        ("Ida,Web\nBen,Ops\nTom,Web\n", "Tom", ""),
        ("We came, saw\nand paid, in all, 5\nor, well, 6\n", "or", ""),
        ("We came, saw, and\nwe paid, say, 5\nor, well, 6\n", "or", ""),
        ('a,"b\nc,1\n', "c", ""),
        ("no row", "no row", ""),
        ("", "", ""),
    ],
)
def test_the_head_of_a_row_is_that_of_its_table(text: str, at: str, head: str) -> None:
    assert head_above(text, text.index(at)) == head


@pytest.mark.parametrize(
    ("head", "row", "named"),
    [
        ("boat,seats\n", "Heron,4\n", "boat | seats"),
        ("Boat\tSeats\n", "Heron\t4\n", "Boat | Seats"),
        ("| Boat | Seats |\n|---|---|\n", "| Heron | 4 |\n", "Boat | Seats"),
    ],
)
def test_a_head_is_looked_for_among_500_rows_or_so(head: str, row: str, named: str) -> None:
    text = head + row * 600
    assert head_above(text, len(head) + len(row) * 490) == named
    assert head_above(text, len(head) + len(row) * 510) == ""


@pytest.mark.parametrize(
    "unit", ["|", "\t", "|-", "a|\n", "|--|\n", "-", "\t\n", "\n", "a,\n", '",']
)
def test_any_number_of_rows_is_looked_through_in_no_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    with soon():
        assert head_above(text, len(text) - 1) == ""


MEALS = "# Travel\n\n| Meal | Limit | Note |\n|---|---|---|\n" + "".join(
    f"| {meal} | €{limit} | {note} |\n"
    for meal, limit, note in (
        ("Breakfast", 12, "only when travelling"),
        ("Lunch", 20, "on working days"),
        ("Tea", 6, "with guests"),
        ("Dinner", 35, "with receipt"),
    )
)


def test_a_row_is_read_under_the_heads_of_its_columns(ask: Ask) -> None:
    assert (
        quoted(ask("what is the limit for dinner?", a=MEALS))[0]
        == "| Dinner | €35 | with receipt |"
    )
