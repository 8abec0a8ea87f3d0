"""Tokens: words, numbers, amounts and codes as search sees them."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soon import soon

from index.words.lexical import content, exact, is_number, telling, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("when was the 10% rule dropped?", ["when", "was", "the", "10%", "rule", "drop"]),
        ("5% 15% 0.5% 50%", ["5%", "15%", "0.5%", "50%"]),
        ("10 per cent, 10 percent, 10 %, ten per cent", ["10%", "10%", "10%", "10%"]),
        ("£900 million", ["900", "million", "900000000", "pound", "£900000000"]),
        ("$2.39 Bln", ["2.39", "billion", "2390000000", "dollar", "$2390000000"]),
        ("£900", ["900", "pound", "£900"]),
        ("two thousand and five", ["2005"]),
        ("two and a half years", ["2.5", "year"]),
        ("one of two-thirds", ["one", "of", "2", "third"]),
        ("5-10%", ["5", "5%", "10%"]),
        ("from 2019 to 10%", ["from", "2019", "to", "10%"]),
        ("200-300%", ["200", "200%", "300%"]),
        ("5% to 10 million", ["5%", "to", "10", "million", "10000000"]),
        ("pages 3,5", ["page", "3", "5"]),
        ("3.10 and 192.168.100.200", ["3.10", "and", "192.168.100.200"]),
        ("the fourth of July, it may first be", "the 4 of juli it may first be".split()),
        ("10 m", ["10", "m"]),
        ("1,000,000 people", ["1000000", "peopl"]),
        ("COVID-19", ["covid", "19", "covid19"]),
        ("US-China talks", ["us", "china", "talk"]),
        ("the U.S. and the US", ["the", "us", "and", "the", "us"]),
        ("Pentagon’s, Pentagon's, Pentagon", ["pentagon", "pentagon", "pentagon"]),
        ("5G 10th", ["5g", "10th"]),
        ("11th 12th 21st 22nd 23rd 111th", ["11th", "12th", "21st", "22nd", "23rd", "111th"]),
        ("he'll they've I'm we'd you’re", ["he", "they", "i", "we", "you"]),
        ("x" * 70, ["x" * 64]),
        ("v2.4.0, V2.4.0, 2.4.0 of quoth-2.4.0", ["2.4.0"] * 3 + ["of", "quoth", "2.4.0"]),
        ("v2, a v8 engine, version 2", ["v2", "a", "v8", "engin", "version", "2"]),
        ("ISO27001, ISO 27001", ["iso27001", "iso", "27001"]),
        ("£2.60\nEuro pallet", ["2.6", "pound", "£2.6", "euro", "pallet"]),
        ("4.20\nPound cake", ["4.20", "pound", "cake"]),
        ("at 10:30\nbn", ["at", "10h30", "10:30", "bn"]),
        ("at 9.30 at 9.30 per unit", "at 9.30 09h30 9:30 at 9.30 per unit".split()),
        ("121 °C", ["121", "degre", "celsius", "121c", "121°"]),
        ("room 12C, 16 F-35", ["room", "12°", "12c", "16", "f", "35", "f35"]),
        ("from 2.30 pm to 21:30", ["from", "2:30", "14h30", "to", "9:30", "21h30"]),
        ("2019-08-03, 03/08/2019", ["3", "august", "2019", "03", "08", "2019"]),
        ("3 Mar with Jan to mar km", "3 march with jan to mar kilometr".split()),
        ("ring 020 7946 0000", ["ring", "020", "7946", "0000", "tel79460000"]),
        ("20kg, 1.5x, 4.2p, 24h", ["20", "kilogram", "1.5x", "4.2", "p", "24", "hour"]),
        ("room 12 300, 132 000", ["room", "12", "300", "132000"]),
        ("44 020 7946", ["44", "020", "7946"]),
        ("Price £\n12 boxes", ["price", "12", "box"]),
        ("5\n- 10%", ["5", "10%"]),
        ("recommended recommendation", ["recommend", "recommend"]),
        ("six chiefs", ["6", "chief"]),
        ("FRÉDÉRIC frédéric Frederic", ["freder", "freder", "freder"]),
        (
            "Łódź Lodz, SØREN Soren, Malmo\u0308 Malmö Malmo",
            "lodz lodz soren soren malmo malmo malmo".split(),
        ),
        ("encyclopædia encyclopaedia", ["encyclopedia", "encyclopedia"]),
        ("the moor-\ning fee", ["the", "moor", "ing", "moor", "fee"]),
        ("com-\r\n  mission", ["com", "mission", "commiss"]),
        ("Mon-\nFri, pre-\n\nwar", ["mon", "fri", "pre", "war"]),
        ("Au\u00adgust", ["august"]),
        ("日本語", ["日本", "本語"]),
        ("?!… — 👍", []),
    ],
)
def test_a_text_has_these_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "forms",
    [
        ("10%", "ten per cent", "10 per cent", "ten percent", "10pc", "10.0 %", "10-per-cent"),
        ("25%", "twenty-five per cent", "twenty five percent"),
        ("1%", "one per cent"),
        ("1.5%", "1,5 %", "one and a half per cent"),
        ("0.5%", ".5%", "half a per cent"),
        ("£900m", "£900 million", "900 million pounds", "GBP 900m", "nine hundred million pounds"),
        ("£900m", "£900\nmillion", "900\r\nmillion\npounds"),
        ("$1.5bn", "US$1.5 billion", "1.5 billion dollars", "1.5bn US dollars", "USD 1.5bn"),
        ("$1.5bn", "1.5 billion U.S. dollars"),
        ("$2tn", "$2 trillion", "2 trn dollars", "USD 2,000,000,000,000"),
        ("€900,000", "900,000 euros", "EUR 900\u00a0000", "900,000 €", "€900.000,00"),
        ("€1,000,000", "€1.000.000"),
        ("₹500", "Rs 500", "Rs. 500", "INR 500", "500 rupees"),
        ("£39", "GBP 39", "gbp 39", "39 gbp", "39 GBP", "39 quid"),
        ("€5 million", "EUR 5m", "eur 5m", "5 mio euros"),
        ("£5m, £10m", "£5 to 10 million", "£5-10m", "between £5 and 10 million"),
        ("5%, 10%", "5-10 %", "5 or 10%", "between 5 and 10 per cent", "between five and ten %"),
        ("2°, 8°", "2-8 °C", "between 2 and 8 degrees"),
        ("121°", "121 °C", "121 C", "121 degrees", "121 deg", "121ºC", "121 ℃", "121-degree"),
        ("2.5", "2½", "2 ½", "two and a half"),
        ("0.25%", "¼%"),
        ("10 min", "10min", "10 minutes", "10 mins"),
        ("at 9.30", "9:30"),
        ("¥500", "500 yen", "JPY 500"),
        ("CN¥500", "RMB 500", "CNY 500", "500 yuan", "500 renminbi"),
        ("A$5", "AU$5", "AUD 5"),
        ("C$5", "CA$5", "CAD 5"),
        ("NZ$5", "NZD 5"),
        ("S$5", "SGD 5"),
        ("a million", "one million", "1m"),
        ("2,500", "2500", "2\u2009500", "2\u202f500", "two thousand five hundred"),
        ("200 people", "two hundred people"),
        ("21st century", "twenty-first century"),
        ("1st", "first"),
        ("July 4", "July 4th", "July the fourth"),
        ("3 January 2020", "January 3rd, 2020", "3 Jan 2020", "Jan. 3, 2020", "2020-01-03"),
        ("22 November 2023", "22/11/2023", "11/22/2023", "22.11.2023", "22-Nov-2023"),
        ("14:30", "2.30pm", "2:30 p.m.", "14h30", "14:30:00"),
        ("9 am", "9am", "9:00 a.m.", "09:00"),
        ("+44 20 7946 0000", "020 7946 0000", "(020) 7946-0000", "02079460000"),
        ("20kg", "20 kg", "20 kilograms"),
        ("90 mins", "90 minutes", "90mins"),
        ("22%", "22 pct", "22pct"),
        ("£132 000", "£132,000", "132 000 pounds", "£132k"),
        ("E-07", "E07"),
        ("mid-2019", "2019"),
    ],
)
def test_what_is_written_in_many_ways_is_found_by_all_of_them(forms: tuple[str, ...]) -> None:
    assert [exact(form) for form in forms] == [exact(forms[0])] * len(forms)
    assert all(set(exact(form)) <= set(tokens(other)) for form in forms for other in forms)


@pytest.mark.parametrize(
    ("asked", "others"),
    [
        ("£900 million", "$900 million, €900m, £900, 900 million, £900 billion, £90 million"),
        ("$5", "A$5, HK$5, £5, 5 euros, $5m, 5%"),
        ("5%", "15%, 0.5%, .5%, 50%, 5, £5, 5 percentage points, 1,5%, 2.5%"),
        ("15%", "1,5%, 15, 1-5%"),
        ("0.5%", "5%, 5.0%, 50%"),
        ("1.5 million", "15 million, 1.5, 1.5 billion, half a million"),
        ("¥500", "RMB 500, 500 rupees, 500"),
        ("DKK 5", "SEK 5, NOK 5, $5, 5"),
        ("3.1", "3.10, 3.1%"),
        ("9:30 pm", "9:30 am, 09:30, 19:30, 9:00 pm, 9.30"),
        ("2p", "4.2p"),
        ("12F", "12C, 12"),
        ("121°", "121, 121%, 12°"),
        ("5%", "between 5 and 10 people, 5 and 10%"),
        ("020 7946 0000", "020 7946 0001, 7946, 0000"),
    ],
)
def test_a_number_is_no_other(asked: str, others: str) -> None:
    assert not set(exact(asked)) & {t for other in others.split(", ") for t in tokens(other)}


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organised organisations recognising", "organized organizations recognizing"),
        ("criticise a specialised computer", "criticize a specialized computer"),
        ("analysed and paralysing", "analyzed and paralyzing"),
        ("colourful neighbours honoured labour", "colorful neighbors honored labor"),
        ("the centre's theatres centred on fibre", "the center's theaters centered on fiber"),
        ("kilometres litres metres calibre", "kilometers liters meters caliber"),
        ("defence and offence under licence", "defense and offense under license"),
        ("programmes catalogued in a dialogue", "programs cataloged in a dialog"),
        ("travelled cancelled fuelled counsellors", "traveled canceled fueled counselors"),
        ("a manoeuvre of judgement is practised", "a maneuver of judgment is practiced"),
        ("anaemia paediatrics oestrogen haemorrhage", "anemia pediatrics estrogen hemorrhage"),
        ("grey aluminium moulds and jewellery", "gray aluminum molds and jewelry"),
        ("LABOUR Organisation", "labor organization"),
    ],
)
def test_british_and_american_spelling_are_one(british: str, american: str) -> None:
    assert tokens(british) == tokens(american)


@pytest.mark.parametrize(
    ("forms", "words"),
    [
        ("paid spent bought sold", "pays spends buys sells"),
        ("Children, women and thieves", "child, woman and thief"),
        ("it was begun, written and withdrawn", "it was beginning, writing and withdrawing"),
        ("the criteria of crises", "the criterion of crisis"),
    ],
)
def test_forms_that_no_ending_tells_are_one_word(forms: str, words: str) -> None:
    assert tokens(forms) == tokens(words)


@pytest.mark.parametrize(
    "words",
    [
        "left leave rose rise ground grind wound wind bore bear fed feed bit bite",
        "lives life leaves leaf bases basis axes axis",
        "four for hour hor tour tor your yore course corse flour flor mourn morn pour por",
        "prize prise size sis seize maize mais wise wiz rise",
        "literal litre liberal meteor metre central cent tire tier sure suer here heer acre acer",
        "advert advertise expert expertise treat treatise parade paradise promise precis",
        "rogue rog vogue league leg synagogue apologue apology",
        "cheque check tyre tire storey story draught draft kerb curb",
        "poet pet shoe she does canoe cane phoebe aloe ale michael michel",
        "fence fens pence hence sense silence",
    ],
)
def test_words_that_only_look_so_stay_apart(words: str) -> None:
    assert len(set(tokens(words))) == len(words.split())


def test_an_accent_may_be_a_character_of_its_own() -> None:
    text = "Müller's Ní Bhriain, Saint-Étienne, É"
    assert tokens(normalize("NFD", text)) == tokens(text)


def test_a_token_knows_the_characters_it_was_made_from() -> None:
    text = "a 10 per cent rise"
    assert [text[s.start : s.end] for _, s in words(text)] == ["a", "10 per cent", "rise"]


def test_stop_words_tell_nothing_unless_there_is_nothing_else() -> None:
    assert telling("what is it?") == []
    assert content("what is it?") == ["what", "is", "it"]
    assert content("what is the rule?") == ["rule"]


def test_a_country_is_no_pronoun() -> None:
    assert content("what did the US do in May?") == ["us", "may"]


@pytest.mark.parametrize(
    ("token", "expected"), [("10%", True), ("5g", True), ("£900", True), ("rule", False)]
)
def test_a_token_with_a_digit_is_a_number(token: str, expected: bool) -> None:
    assert is_number(token) is expected


@pytest.mark.parametrize("plain", ["ten thousand men", "5 dollars", "5 usd", "2 million", "sixth"])
@pytest.mark.parametrize(("letter", "other"), [("s", "ſ"), ("i", "İ"), ("i", "ı"), ("k", "\u212a")])
def test_letters_that_are_others_in_capitals_are_read_as_these(
    plain: str, letter: str, other: str
) -> None:
    assert tokens(plain.replace(letter, other)) == tokens(plain)


@given(st.text())
def test_any_text_has_tokens_whose_characters_lie_in_it_in_order(text: str) -> None:
    spans = [span for _, span in words(text)]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    "piece", ["a.", "a-", "a'", "1,", "1-", "$", "ten ", "a hundred ", "5 to ", ".", "é\u0301"]
)
def test_a_long_run_of_anything_is_read_in_linear_time(piece: str) -> None:
    with soon():
        assert sum(1 for _ in words(piece * 100_000)) <= 400_000


@pytest.mark.parametrize("text", ["who owns the mill?", "what do they own", "is mining allowed?"])
def test_a_verb_is_no_small_word_though_a_small_word_reads_like_it(text: str) -> None:
    assert {"own", "mine"} & set(content(text))
