"""What is a date together with that of its document, and how precise it is."""

from datetime import date, timedelta

import pytest
from dated import THURSDAY, told

from index.dates import mentions


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("added in May which", "May", "2019-05"),
        ("in July", "July", "2019-07"),
        ("in September last year", "September last year", "2018-09"),
        ("it fell in November", "November", "2018-11"),
        ("a report in May", "May", "2019-05"),
        ("The pump will be\nfitted on Monday.", "Monday", "2019-07-15"),
        ("was opened in August", "August", "2018-08"),
        ("in june", "june", "2019-06"),
        ("last June", "last June", "2019-06"),
        ("last July", "last July", "2018-07"),
        ("since mid-May", "May", "2019-05"),
        ("closed at the end of August", "August", "2018-08"),
        ("in August the council sold it", "August", "2018-08"),
        ("in May last year", "May last year", "2018-05"),
        ("in June of this year", "June of this year", "2019-06"),
        ("last August", "last August", "2018-08"),
        ("this May", "this May", "2019-05"),
        ("next May", "next May", "2020-05"),
        ("next July", "next July", "2020-07"),
        ("signed on 11 July", "11 July", "2019-07-11"),
        ("On May 5 he", "May 5", "2019-05-05"),
        ("the 5th of May", "5th of May", "2019-05-05"),
        ("a fire on 12 May killed two", "12 May", "2019-05-12"),
        ("will be held in May", "May", "2020-05"),
        ("will be held in July", "July", "2019-07"),
        ("is due on November 5", "November 5", "2019-11-05"),
        ("are expected to be finished by 5 August", "5 August", "2019-08-05"),
        ("The board meets on 2 August", "2 August", "2019-08-02"),
        ("On 2 August the board will meet", "2 August", "2019-08-02"),
        ("It will close. It opened on 2 November", "2 November", "2018-11-02"),
        ("It will close. The U.K. opened it on 2 November", "2 November", "2018-11-02"),
        ("The hospitals won't open on 1 August", "1 August", "2019-08-01"),
        ("The deadline was extended to 1 August", "1 August", "2019-08-01"),
        ("They agreed to meet on 1 August", "1 August", "2019-08-01"),
        ("New schools open in September", "September", "2019-09"),
        ("She is set to turn 115 on 1 August", "1 August", "2019-08-01"),
        ("He is retiring in September", "September", "2019-09"),
        ("it will be held\non 2 August", "2 August", "2019-08-02"),
        ("On 2 August the\nboard will meet", "2 August", "2019-08-02"),
        ("- it will close\n- it burned on 2 November", "2 November", "2018-11-02"),
        ("May 5 last year", "May 5 last year", "2018-05-05"),
        ("July 2 to 3", "July 2 to 3", "2019-07"),
        ("on Sunday, July 7", "July 7", "2019-07-07"),
        ("Saturday, July 20", "July 20", "2019-07-20"),
        ("It opened, said Capt. Reyes, on Sunday", "Sunday", "2019-07-07"),
        ("said on Sunday that", "Sunday", "2019-07-07"),
        ("said on Thursday", "Thursday", "2019-07-11"),
        ("will meet on Sunday", "Sunday", "2019-07-14"),
        ("said it will open on Sunday", "Sunday", "2019-07-14"),
        ("On Sunday the council will decide", "Sunday", "2019-07-14"),
        ("On Sunday the council decided", "Sunday", "2019-07-07"),
        ("last Sunday", "last Sunday", "2019-07-07"),
        ("last Thursday", "last Thursday", "2019-07-04"),
        *(
            (f"On Sunday {t}. Lowe will decide", "Sunday", "2019-07-14")
            for t in "Mr Dr St Prof".split()
        ),
        ("visited the U.K. on Sunday", "Sunday", "2019-07-07"),
        ("At talks in Paris on Sunday, he refused", "Sunday", "2019-07-07"),
        ("Also on Sunday, Gov. Lowe was there", "Sunday", "2019-07-07"),
        ("It won't open on Sunday", "Sunday", "2019-07-14"),
        ("next Monday", "next Monday", "2019-07-15"),
        ("this coming Friday", "this coming Friday", "2019-07-12"),
        ("last year", "last year", "2018"),
        ("earlier this year", "earlier this year", "2019"),
        ("last month's", "last month", "2019-06"),
        ("next month", "next month", "2019-08"),
        ("last week", "last week", "2019-07"),
        ("Yesterday he", "Yesterday", "2019-07-10"),
        ("today", "today", "2019-07-11"),
        ("tomorrow", "tomorrow", "2019-07-12"),
        ("the day before yesterday", "the day before yesterday", "2019-07-09"),
        ("was lost last night", "last night", "2019-07-10"),
        ("this morning", "this morning", "2019-07-11"),
        ("held tonight", "tonight", "2019-07-11"),
        ("It said Tuesday that", "Tuesday", "2019-07-09"),
        ("He told reporters Monday night", "Monday", "2019-07-08"),
        ("It will meet Tuesday", "Tuesday", "2019-07-16"),
        ("by the end of the year", "the end of the year", "2019"),
        ("will close at the end of the month", "the end of the month", "2019-07"),
        ("will open next spring", "next spring", "2020"),
        ("opened last autumn", "last autumn", "2018"),
        ("this summer", "this summer", "2019"),
        ("a fortnight ago", "a fortnight ago", "2019-06"),
        ("5 days ago", "5 days ago", "2019-07-06"),
        ("three weeks ago", "three weeks ago", "2019-06"),
        ("a month ago", "a month ago", "2019-06"),
        ("Two years ago", "Two years ago", "2017"),
        ("The club rebuilt the mill on Monday.", "Monday", "2019-07-08"),
        ("He withheld the fee on Monday", "Monday", "2019-07-08"),
        ("The union settled the dispute on Monday", "Monday", "2019-07-08"),
        ("The club agreed on Monday to pay", "Monday", "2019-07-08"),
        ("They will play the top seed on Monday", "Monday", "2019-07-15"),
        ("He left on the 5 May", "5 May", "2019-05-05"),
        ("on the 5th of May he left", "5th of May", "2019-05-05"),
        ("this coming May", "this coming May", "2020-05"),
        ("The fair is just two days away.", "two days away", "2019-07-13"),
        ("It opens in two weeks' time", "two weeks' time", "2019-07"),
        ("It opens in a month's time", "a month's time", "2019-08"),
        ("three days from today", "three days from today", "2019-07-14"),
        ("It closes a week from today", "a week from today", "2019-07"),
        ("a fortnight from today", "a fortnight from today", "2019-07"),
        ("two years from now", "two years from now", "2021"),
        ("the week after next", "the week after next", "2019-07"),
        ("the month before last", "the month before last", "2019-05"),
        ("the year after next", "the year after next", "2021"),
    ],
)
def test_a_relative_date_is_read_from_a_thursday_in_july(text: str, words: str, iso: str) -> None:
    assert told(text, THURSDAY) == [(words, iso)]


@pytest.mark.parametrize(
    "text",
    [
        *("next September", "last Tuesday", "next Friday"),  # this one, or a year off?
        *("the last year", "over the past year", "last spring", "last winter"),
        *("last quarter", "last weekend", "last morning", "next evening"),
        *("in August", "on 12 July", "at the end of August"),  # of a year ago, or soon to come?
        # Soon to come, or, as news would not say it without the year, of a year ago?
        *(
            "a fire on 12 July killed two",
            "It opened on 2 August",
            "They had until 1 August to pay",
        ),
        "Talks on 1 August, the club said",
        *("The launch has been scheduled for 5 August", "It has been moved to 5 December"),
        *("had been due to start in March", "He is retiring in December"),
        *("from the last Sunday of May", "the first Sunday", "the next Monday"),
        # What is wished, planned or allowed may not have been.
        *(
            f"{words} on 5 May"
            for words in (
                *("The upcoming fair is", "The board plans a vote", "The board wants a vote"),
                *("It might be held", "It should be held", "It can be held", "It cannot be held"),
            )
        ),
        *("Talks on Sunday, the club said", "A decision to shut on Sunday"),
        "The lease ends at the end of the year",
        # Without a verb, of a year that is yet to come?
        *("Fire drill: 3 December", "Next audit 15 January", "She joins in November"),
        *("Dogs are allowed on Thursday", "The office is closed on 8 July"),
        *("on Sunday", "Doors open on Sunday, the club said", "who takes over on Sunday"),
        *("He said its branches reopen on Sunday", "The minister flies to Paris on Sunday"),
        *("would be held in May", "could meet on Sunday", "was due on November 5"),
        *("will meet on Thursday", "meets on Sunday", "must be paid in May"),
        *("no piles may be driven between 1 April and 31 May", "the year ends on 31 March"),
        *(
            "about three years ago",
            "more than a year ago",
            "two or three weeks ago",
            "25 years ago",
        ),
        *("almost two years ago", "nearly a week ago", "roughly a month ago", "around a year ago"),
        *("some three weeks ago", "up to two years ago", "approximately a year ago"),
        *("over a year ago", "two to three weeks ago", "one and a half years ago"),
        *("2,000 years ago", "twenty-five years ago", "a few years ago", "years ago"),
        *(
            "you may 5",
            "in march",
            "May 10 people",
            "In May 10 thousand came",
            "March 5 percent",
            "the May 5 attack",
        ),
        *("had closed by the end of the year", "it shut at the end of the year"),
        *("next autumn", "watched Sunday Night Football", "open Monday to Friday", "Black Friday"),
        *("June 31", "USA TODAY", "The Today show", "just before yesterday", "on Sunday's show"),
        *("Talks proceed on Monday", "Profits exceed it on Monday", "Volunteers needed on Sunday"),
        *("the 7 July bombings", "The 15 May meeting was held", "a 5 May deadline passed"),
        *("a week last Sunday", "It closes a week from Monday", "Once a week on Monday he met"),
        *("It might open in two weeks' time", "They were to leave in two weeks' time"),
        *("It would open in two weeks' time", "in about two weeks' time", "in 30 years' time"),
        *("She is two weeks away on leave", "He had two days away", "two days away from home"),
        *("The fair was two days away", "paid within two days of today", "from now on"),
        *("It will open on Monday week", "It will close tomorrow fortnight"),
        *("Theresa May", "by May", "Sunday", "every Sunday", "Monday, July 9", "on may 5"),
        "They vote Monday through Friday next week",
    ],
)
def test_what_can_be_read_in_two_ways_is_not_mentioned(text: str) -> None:
    assert told(text, THURSDAY) == []


@pytest.mark.parametrize(
    ("text", "document", "expected"),
    [
        ("in May", "2019-07", [("May", "2019-05")]),
        ("in May", "2019", []),
        ("in July", "2019-07", [("July", "2019-07")]),
        ("on July 5", "2019-07", []),
        ("on May 5", "2019-07", [("May 5", "2019-05-05")]),
        ("on Sunday", "2019-07", []),
        ("today", "2019-07", [("today", "2019-07")]),
        ("yesterday", "2019-07", []),
        ("last month", "2019", []),
        ("last month", "2019-01", [("last month", "2018-12")]),
        ("last year", "2019", [("last year", "2018")]),
        ("last summer", "2019-08", [("last summer", "2018")]),
        ("last summer", "2019-09", []),
        ("next summer", "2019-06", [("next summer", "2020")]),
        ("next summer", "2019-05", []),
        ("last week", "2019-07-03", [("last week", "2019-06")]),
        ("last week", "2019-08-07", [("last week", "2019")]),
        ("last week", "2020-01-08", []),
        ("last year", "1000", []),
        ("last June", "2019", []),
        ("last June", "2019-07", [("last June", "2019-06")]),
        ("last December", "2019-01", [("last December", "2018-12")]),
    ],
)
def test_a_relative_date_is_never_more_than_the_documents_date_supports(
    text: str, document: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, document) == expected


@pytest.mark.parametrize(
    ("text", "document", "expected"),
    [
        ("Fire drill: 29 February", "2024-01-10", [("29 February", "2024-02-29")]),
        ("It will open on February 29", "2024-01-10", [("February 29", "2024-02-29")]),
        ("It burned on 29 February", "2024-01-10", []),
        ("It burned on 29 February", "2024-03-10", [("29 February", "2024-02-29")]),
        ("Fire drill: 29 February", "2023-01-10", []),
    ],
)
def test_a_leap_day_is_in_a_year_that_has_one(
    text: str, document: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, document) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bake sale: Sat 3 May", [("3 May", "2025-05-03")]),
        ("Mon 5 May", [("5 May", "2025-05-05")]),
        ("Book sale: Sat., May 3", [("May 3", "2025-05-03")]),
        ("The board sat 3 June", [("3 June", "2024-06-03")]),
        ("On duty: Ahmed, 3 June", []),
        ("Rose, 3 June", []),
        ("The shed opens 3 June", []),
        ("The tool shed: 3 June", []),
    ],
)
def test_a_weekday_a_name_and_a_thing_are_no_verbs_of_the_past(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, "2025-01-15") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board decided to hold the summer ball on 8 October.", []),
        ("They have agreed with the city to open it on 8 October", []),
        ("Members voted to raise the fees from 1 September", []),
        ("It was decided to drain the pool on 3 March.", [("3 March", "2025-03-03")]),
        ("The city asked the firm to finish on 8 October", []),
        ("Fees have to be paid on 8 October", []),
        ("They agreed on 8 October to pay", [("8 October", "2024-10-08")]),
        ("On 8 October they decided to hold it", [("8 October", "2024-10-08")]),
        ("She agreed to changes on 8 October", [("8 October", "2024-10-08")]),
        ("They agreed to the sale on 8 October", [("8 October", "2024-10-08")]),
        ("The mill began to make flour on 8 October", [("8 October", "2024-10-08")]),
        ("He went to work on 8 October", [("8 October", "2024-10-08")]),
    ],
)
def test_what_was_decided_to_happen_on_a_day_is_not_over(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, "2025-01-15") == expected


@pytest.mark.parametrize(
    ("words", "soon", "year"),
    [
        ("The spring voucher is valid until", "2025", None),
        ("The coach's contract runs until", "2025", None),
        ("The summer rate is valid through", "2025", None),
        ("Please check the boiler before", "2025", None),
        ("The trial was adjourned until", "2025", None),
        ("The hall was booked by the club for", "2025", None),
        ("Next audit of the boiler:", None, None),
        ("Closing date for entries:", None, None),
        ("The season ran until", None, "2024"),
        ("The hall was booked on", None, "2024"),
        ("The work was done before", None, "2024"),
    ],
)
def test_up_to_a_day_nothing_lasts_that_was_over_before(
    words: str, soon: str | None, year: str | None
) -> None:
    """Of a day in ten weeks, and of one in ten months."""
    for day, expected in [("14 April", soon), ("3 December", year)]:
        dates = [iso for said, iso in told(f"{words} {day}.", "2025-02-03") if said == day]
        assert [iso[:4] for iso in dates] == ([expected] if expected else [])


@pytest.mark.parametrize("text", ["signed on 3 Jan 25", "It opened on 3 Mar 10 am"])
def test_a_number_after_a_day_and_its_month_is_no_day_of_that_month(text: str) -> None:
    assert told(text, "2025-06-01") == []


def test_a_number_before_a_month_and_its_day_and_year_is_no_day() -> None:
    assert told("moved to room 12 May 5, 2019", THURSDAY) == [("May 5, 2019", "2019-05-05")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 3 May '18", [("3 May '18", "2018-05-03")]),
        ("on May 3, ’18,", [("May 3, ’18", "2018-05-03")]),
        ("in May '98", [("May '98", "1998-05")]),
        ("in May '25", [("May '25", "2025-05")]),
        ("in May '39", [("May '39", "2039-05")]),
        ("in May '40", [("May '40", "1940-05")]),
        ("| Audit | 13-May-18 | done |", [("13-May-18", "2018-05-13")]),
        ("paid 1-Dec-98", [("1-Dec-98", "1998-12-01")]),
        ("In May, '18 copies' were sold", [("May", "2019-05")]),
    ],
)
def test_a_year_of_two_digits_is_the_latest_within_twenty_years(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, THURSDAY) == expected


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("renewed last year in May", "last year in May", "2018-05"),
        ("It opened last year, on May 3.", "last year, on May 3", "2018-05-03"),
        ("It opened early last year, in May.", "early last year, in May", "2018-05"),
        ("moved to later next year on Oct. 8", "later next year on Oct. 8", "2020-10-08"),
        ("will close next year at the end of May", "next year at the end of May", "2020-05"),
        ("It moved two years ago in May", "two years ago in May", "2017-05"),
        ("It moved in May two years ago", "May two years ago", "2017-05"),
        ("It opened on 3 May, a year ago", "3 May, a year ago", "2018-05-03"),
    ],
)
def test_a_year_beside_a_day_or_a_month_is_its_year(text: str, words: str, iso: str) -> None:
    assert told(text, THURSDAY) == [(words, iso)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales fell last year, in May they rose", [("last year", "2018"), ("May", "2019-05")]),
        ("Over the last year in May it rose", [("May", "2019-05")]),
        ("In May, last year's levy was cut", [("May", "2019-05"), ("last year", "2018")]),
        ("last year may be different", [("last year", "2018")]),
    ],
)
def test_a_year_that_only_stands_beside_a_month_is_not_its_year(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, THURSDAY) == expected


@pytest.mark.parametrize(
    "year",
    [
        *("of that year", "that year", "the following year", "in the same year"),
        *("the year after", "about two years ago", "more than a decade ago"),
    ],
)
@pytest.mark.parametrize("words", ["on 3 May", "on May 3", "in May"])
def test_of_a_year_that_is_told_elsewhere_no_date_is_made(words: str, year: str) -> None:
    assert told(f"It opened {words} {year}.", THURSDAY) == []


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("tested on Monday last week", "Monday last week", "2019-07-01"),
        ("tested on Sunday evening last week", "Sunday evening last week", "2019-07-07"),
        ("It opens Monday of next week", "Monday of next week", "2019-07-15"),
        ("It was on Monday this week", "Monday this week", "2019-07-08"),
        ("The test is this Sunday", "this Sunday", "2019-07-14"),
        ("The club said the test is this Sunday", "this Sunday", "2019-07-14"),
        ("Join us this Sunday!", "this Sunday", "2019-07-14"),
    ],
)
def test_a_week_beside_a_weekday_and_this_tell_which_it_is(text: str, words: str, iso: str) -> None:
    assert told(text, THURSDAY) == [(words, iso)]


def test_on_a_sunday_no_week_tells_which_monday_is_meant() -> None:
    assert told("It was shut on Monday last week", "2019-07-07") == []


@pytest.mark.parametrize("text", ["The club voted this Sunday", "The test is this Thursday"])
def test_this_weekday_is_to_come_and_not_today(text: str) -> None:
    assert told(text, THURSDAY) == []


def test_a_day_of_this_week_is_dated() -> None:
    found = [("this week", "2019-07"), ("Monday", "2019-07-08")]
    assert told("It was shut this week on Monday", THURSDAY) == found


def test_the_calendar_agrees_with_every_weekday_of_a_year() -> None:
    for day in (date(2019, 7, 11) + timedelta(n) for n in range(365)):
        [found] = mentions("met on Sunday", document_date=day.isoformat())
        assert date.fromisoformat(found.date).weekday() == 6
        assert timedelta(0) <= day - date.fromisoformat(found.date) < timedelta(7)
