"""What is a date by its words alone, and how precise it is."""

from datetime import date

import pytest
from dated import told
from hypothesis import given
from hypothesis import strategies as st

from index.dates import mentions


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("on 2020-01-28.", "2020-01-28", "2020-01-28"),
        ("on 2020/01/28 it", "2020/01/28", "2020-01-28"),
        ("2019-1-5", "2019-1-5", "2019-01-05"),
        ("at 2020-01-28T10:00Z", "2020-01-28", "2020-01-28"),
        ("date=2020-01-28 level=info", "2020-01-28", "2020-01-28"),
        ("[2020-01-28], that is", "2020-01-28", "2020-01-28"),
        ("since 2020-01 or so", "2020-01", "2020-01"),
        ("28/01/2020", "28/01/2020", "2020-01-28"),
        ("01/28/2020", "01/28/2020", "2020-01-28"),
        ("28.01.2020", "28.01.2020", "2020-01-28"),
        ("04/04/2020", "04/04/2020", "2020-04-04"),
        ("28 January 2020", "28 January 2020", "2020-01-28"),
        ("the 28th of January, 2020,", "28th of January, 2020", "2020-01-28"),
        ("28-Jan-2020", "28-Jan-2020", "2020-01-28"),
        ("11 SEPT. 2001", "11 SEPT. 2001", "2001-09-11"),
        ("Tuesday, January 28, 2020", "January 28, 2020", "2020-01-28"),
        ("January 28th 2020", "January 28th 2020", "2020-01-28"),
        ("Jan. 28, 2020", "Jan. 28, 2020", "2020-01-28"),
        ("january 28, 2020", "january 28, 2020", "2020-01-28"),
        ("29 February 2020", "29 February 2020", "2020-02-29"),
        ("28 January\n2020", "28 January\n2020", "2020-01-28"),
        ("_28 January 2020_", "28 January 2020", "2020-01-28"),
        ("__January 28, 2020__", "January 28, 2020", "2020-01-28"),
        ("_January 2020_", "January 2020", "2020-01"),
        ("(_2020-01-28_)", "2020-01-28", "2020-01-28"),
        ("28\u00a0January\u00a02020", "28\u00a0January\u00a02020", "2020-01-28"),
        ("12:30 May 5, 2019", "May 5, 2019", "2019-05-05"),
        ("8-10 May 2019", "8-10 May 2019", "2019-05"),
        ("May 8–10, 2019", "May 8–10, 2019", "2019-05"),
        ("8 and 10 May 2019", "8 and 10 May 2019", "2019-05"),
        ("on 3, 10 and 17 May 2019", "3, 10 and 17 May 2019", "2019-05"),
        ("May 3, 10 and 17, 2019", "May 3, 10 and 17, 2019", "2019-05"),
        ("first planned for 2023", "2023", "2023"),
        ("put off to 2024", "2024", "2024"),
        ("opened on 2024 March 5", "2024 March 5", "2024-03-05"),
        ("2023, August 5th", "2023, August 5th", "2023-08-05"),
        ("2024-Mar-05", "2024-Mar-05", "2024-03-05"),
        ("2024 March 5 to 7", "2024 March 5 to 7", "2024-03"),
        ("repaired in 11/2019.", "11/2019", "2019-11"),
        ("Sept 2020", "Sept 2020", "2020-09"),
        ("In May 2019 it", "May 2019", "2019-05"),
        ("in may 2019", "may 2019", "2019-05"),
        ("in May of 2019", "May of 2019", "2019-05"),
        ("in mid-May 2019", "May 2019", "2019-05"),
        ("in 2019", "2019", "2019"),
        ("In 2019, sales", "2019", "2019"),
        ("in the year 1066", "1066", "1066"),
        ("since 1955.", "1955", "1955"),
        ("mid-2019", "2019", "2019"),
        ("late 2020", "2020", "2020"),
        ("the class of 2019 graduated", "2019", "2019"),
        ("by the end of 2030", "2030", "2030"),
        ("In the first half of 2018 sales rose", "2018", "2018"),
        ("By 2018 sales had doubled", "2018", "2018"),
        ("From 2018 prices rose", "2018", "2018"),
        ("in Q3 2018", "Q3 2018", "2018"),
        ("in H1 of 2018", "H1 of 2018", "2018"),
        ("in FY2018", "FY2018", "2018"),
        ("in fiscal year 2018", "fiscal year 2018", "2018"),
        ("Jordan Spieth (2015)", "2015", "2015"),
        ("until 2199", "2199", "2199"),
    ],
)
def test_a_stated_date_is_as_precise_as_its_words(text: str, words: str, iso: str) -> None:
    assert told(text) == [(words, iso)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1997-98", [("1997", "1997"), ("98", "1998")]),
        ("in 2019–20", [("2019", "2019"), ("20", "2020")]),
        ("the war (1914-1918)", [("1914", "1914"), ("1918", "1918")]),
        ("during 1939–45", [("1939", "1939"), ("45", "1945")]),
        ("in 2012/13", [("2012", "2012"), ("13", "2013")]),
        ("5 March to 7 April 2019", [("5 March", "2019-03-05"), ("7 April 2019", "2019-04-07")]),
        ("5 May to 7 May 2019", [("5 May", "2019-05-05"), ("7 May 2019", "2019-05-07")]),
        (
            "30 December–2 January 2019",
            [("30 December", "2018-12-30"), ("2 January 2019", "2019-01-02")],
        ),
        (
            "In 2018, August 5, 2019 was named",
            [("2018", "2018"), ("August 5, 2019", "2019-08-05")],
        ),
        ("since 2018, May 5 is a feast", [("2018", "2018")]),
        (
            "from 01.04.2019 to 15.04.2019",
            [("01.04.2019", "2019-04-01"), ("15.04.2019", "2019-04-15")],
        ),
        (
            "04/05/2019 and 04/20/2019",
            [("04/05/2019", "2019-04-05"), ("04/20/2019", "2019-04-20")],
        ),
        ("01.04.–15.04.2019", [("01.04.", "2019-04-01"), ("15.04.2019", "2019-04-15")]),
        ("May to July 2019", [("May", "2019-05"), ("July 2019", "2019-07")]),
        ("between May and July 2019", [("May", "2019-05"), ("July 2019", "2019-07")]),
        ("November–February 2019", [("November", "2018-11"), ("February 2019", "2019-02")]),
        ("May 3 - June 7, 2019", [("May 3", "2019-05-03"), ("June 7, 2019", "2019-06-07")]),
        ("from 1977 to 1982", [("1977", "1977"), ("1982", "1982")]),
        ("in 2018 and 2019", [("2018", "2018"), ("2019", "2019")]),
        ("1 May 2019 and June 2019", [("1 May 2019", "2019-05-01"), ("June 2019", "2019-06")]),
    ],
)
def test_the_ends_of_a_range_are_two_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("2019", "the 2020 election", "$2019", "2,019", "in 2,019 homes", "in 2019%"),
        *("2019 patents", "of 2019 patents", "by 2000 votes", "around 1500", "in 2000 people"),
        *("(2000 copies)", "sleep(2000)", "the 1990s", "in the 1990s", "in 1990's", "in 1200 BC"),
        *("03/04/2020", "2010-11", "2010/11", "1939-45", "20200128", "2020-01-281", "v2019.01"),
        *("31 February 2020", "February 30, 2020", "29 February 2019", "2020-13-01", "2020-00-01"),
        *("0 May 2019", "32 May 2019", "in 0999", "in 2200", "5 May 2300", "15 March 44 BC"),
        *("CVE-2019-1234", "report-2020-01-28.pdf", "http://a.org/2020/01/28/b", "12/2019"),
        *("Theresa May", "Maybe 2019", "Decade 2019", "\u017fept 2019", "May5 2019"),
        *("28-31 February 2019", "2011/12", "in 2019–17", "the war (1918-1914)", "1997-98 people"),
        *("planned for 2019 homes", "moved to 1200", "scheduled for 2000", "due to 2020 floods"),
        *(
            "01/04/2019 to 05/06/2019",
            "13/04/2019 to 04/14/2019",
            "2019 may 5",
            "in 3/2000 of cases",
            "from 1.2000 to",
            "Invoice 2019, May 5",
            "2019 May 10 people",
        ),
        *("fiscal year 2018/19", "FY2018-19"),
        *("the car (2015 model)", "most of 2019 patents were granted"),
        *("in May", "met on Sunday", "last year", "yesterday", "three weeks ago", "May 5"),
        *("It occurs in 1/1000 patients.", "found in 1/2000 births"),
    ],
)
def test_what_is_no_date_or_not_a_clear_one_is_not_mentioned(text: str) -> None:
    assert told(text) == []


@given(
    st.dates(date(1000, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%-d %B %Y", "%B %-d, %Y", "%-d %b %Y", "%a. %d/%m/%Y"]),
)
def test_every_day_is_found_however_it_is_written(day: date, form: str) -> None:
    written = day.strftime(form.replace("%Y", f"{day.year:04}"))
    found = [m.date for m in mentions(f"It was so on {written}, they say.")]
    ambiguous = "/" in form and day.day <= 12 and day.day != day.month
    assert found == ([] if ambiguous else [day.isoformat()])
