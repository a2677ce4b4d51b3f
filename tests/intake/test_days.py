"""How days may be written: what can be one day only is read, 01/09/2018 is refused with both days that it can be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.intake.days import FIRST_DAY_IN, LAST_DAY_IN, day, report_year
from analytics.intake.word_problem import WordProblem
from analytics.words.language import LANGUAGES, words
from tests.intake.making import SAY

DAY = date(2018, 9, 25)


@pytest.mark.parametrize(
    "word",
    [
        "2018-09-25",
        " 2018-09-25 ",
        "2018-9-25",
        "2018/09/25",
        "2018.09.25",
        "2018\N{EN DASH}09\N{EN DASH}25",
        "20180925",
        "2018-09-25 00:00:00",
        "2018-09-25T00:00:00",
        "2018-09-25T00:00:00.000Z",
        "2018-09-25 00:00:00+02:00",
        "2018-09-25 00:00",
        "9/25/2018 12:00:00 AM",
        "25.9.2018",
        "25.09.2018",
        "25. 9. 2018",
        "25/9/2018",
        "9/25/2018",
        "25-09-2018",
        "25/9 2018",
        "25 september 2018",
        "25 September 2018",
        "25 sep 2018",
        "25 sep. 2018",
        "25 Sept. 2018",
        "25\N{NO-BREAK SPACE}september\N{NO-BREAK SPACE}2018",
        "den 25 september 2018",
        "25-sep-2018",
        "25th September 2018",
        "September 25, 2018",
        "Sep 25 2018",
        "2018-W39-2",
        "2018W392",
        *("25/9-2018", "25/09-2018", "2018 09 25", "2018-sep-25", "2018-09-25;"),
        *("tisdag 25 september 2018", "tis 25 sep 2018", "tisdagen den 25 september 2018", "Tue, 25 Sep 2018"),
        *("2018-09-25 (tisdag)", "2018-09-25, tis", "25.9.2018 (tis.)"),
        *("2018-09-25 kl. 14:32", "2018-09-25 14.32", "2018-09-25 kl 14.32.05", "25.9.2018, 14:32"),
    ],
)
def test_a_day_that_can_be_one_only(word):
    assert day(word, SAY) == DAY


def test_a_slashed_day_is_read_where_the_other_reading_is_none_or_the_same():
    assert day("31/12/2019", SAY) == day("12/31/2019", SAY) == date(2019, 12, 31)
    assert day("05/05/2018", SAY) == date(2018, 5, 5)


@pytest.mark.parametrize("word", ["01/09/2018", "1-9-2018", "01/09 2018", "1/9/2018"])
def test_a_day_that_can_be_two_is_refused_with_both(word):
    trouble = day(word, SAY)
    assert (trouble.problem, trouble.hint) == ("This day can be read in two ways.", "Write 2018-09-01 or 2018-01-09.")


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("2018-09-25 14:30Z", "time zone"),
        (
            "2018-08-31T22:00:00Z",
            "time zone",
        ),  # midnight in Sweden, written in another zone: is it the 31st or the 1st?
        ("43368", "spreadsheet keeps"),
        ("43368,5", "spreadsheet keeps"),
        ("180925", "four digits"),
        ("18-09-25", "four digits"),
        ("25.9.18", "four digits"),
        ("25-sep-18", "four digits"),
        ("2018-02-30", "no such day"),
        ("31/06/2018", "no such day"),
        ("9.25.2018", "no such day"),
        ("20181345", "no such day"),
        ("2018-W53-1", "no such day"),
        ("1899-12-31", "before 1900"),
        ("2201-01-01", "after 2200"),
        ("25.9.0018", "before 1900"),
        ("2018-W39", "not a date"),
        ("2018-09", "not a date"),
        ("2018", "not a date"),
        ("september 2018", "not a date"),
        ("25 hösten 2018", "not a date"),
        ("2018-09/25", "not a date"),
        ("2018-268", "not a date"),
        ("1e5", "not a date"),
        ("\N{FULLWIDTH DIGIT TWO}018-09-25", "other digits"),
        ("\N{ARABIC-INDIC DIGIT TWO}018-09-25", "other digits"),
    ],
)
def test_what_is_refused_says_why(word, problem):
    trouble = day(word, SAY)
    assert isinstance(trouble, WordProblem), trouble
    assert problem in trouble.problem
    assert trouble.hint


def test_nothing_is_no_day():
    assert day("", SAY) is None and day(" \N{NO-BREAK SPACE}", SAY) is None


DAYS = st.dates(date(FIRST_DAY_IN, 1, 1), date(LAST_DAY_IN, 12, 31))


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%Y/%m/%d"]))
def test_every_day_is_read_back_however_it_is_written(when, language, form):
    assert day(when.strftime(form), SAY) == when
    assert day(words(language).day(when), SAY) == when


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"]))
def test_a_slashed_day_is_never_read_as_another(when, form):
    found = day(when.strftime(form), SAY)
    assert found == when or (isinstance(found, WordProblem) and when.isoformat() in found.hint)


@given(st.text(max_size=14))
def test_no_text_breaks_the_reading_of_days(text):
    assert day(text, SAY) is None or isinstance(day(text, SAY), (date, WordProblem))


@pytest.mark.parametrize("word", ["2018", "2 018", "2018.0", "2018,0"])
def test_report_years(word):
    assert report_year(word, SAY) == 2018


@pytest.mark.parametrize("word", ["", "18", "1994", "2101", "20x8", "2018.5", "\N{FULLWIDTH DIGIT TWO}018"])
def test_no_report_years(word):
    assert isinstance(report_year(word, SAY), WordProblem)


def test_a_day_long_ago_or_far_ahead_is_read_at_the_edges():
    assert day("1900-01-01", SAY) == date(1900, 1, 1)
    assert day("2200-12-31", SAY) == date(2201, 1, 1) - timedelta(days=1)
