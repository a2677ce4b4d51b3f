"""How amounts, rates and plans may be written: what can mean one thing only is read to the öre, the rest is refused."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.intake.amounts import amount, plan, rate
from analytics.intake.raw import number_texts
from analytics.intake.word_problem import WordProblem
from analytics.model.funding import Currency
from analytics.words.language import words
from tests.intake.making import SAY

HARD, NARROW, THIN, FIGURE = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{FIGURE SPACE}"
MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"


def read(word: str, currency: Currency = Currency.SEK) -> Decimal | WordProblem:
    return amount(word, currency, SAY, negative=True)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("179906,50", "179906.50"),
        ("71947,75", "71947.75"),
        ("1,5", "1.50"),
        ("123 456,78", "123456.78"),
        (f"123{HARD}456,78", "123456.78"),
        (f"123{NARROW}456.78", "123456.78"),
        (f"123{THIN}456,78", "123456.78"),
        (f"123{FIGURE}456,78", "123456.78"),
        ("1 000 000", "1000000"),
        ("  580 111 \t", "580111"),
        ("12345 kr", "12345"),
        ("12 345 kr.", "12345"),
        (f"12{HARD}345,50{HARD}kr", "12345.50"),
        ("12345,50kr", "12345.50"),
        ("kr 12 345", "12345"),
        ("KR12 345", "12345"),
        ("12345 SEK", "12345"),
        ("SEK 12345", "12345"),
        ("12 345 kronor", "12345"),
        ("12 345:-", "12345"),
        (f"12 345:{DASH}", "12345"),
        ("12 345,-", "12345"),
        ("12 345:- kr", "12345"),
        ("-12500", "-12500"),
        (f"{MINUS}12 500,50", "-12500.50"),
        (f"{DASH}12 500", "-12500"),
        ("- 12 500", "-12500"),
        ("-   12 345,00 kr ", "-12345"),
        ("-kr 500", "-500"),
        ("kr -500", "-500"),
        ("+12500", "12500"),
        ("0", "0"),
        ("007", "7"),
        ("580111.00", "580111"),
    ],
)
def test_amounts_that_mean_one_thing(word, value):
    found = read(word)
    assert found == Decimal(value)
    assert str(found) == f"{Decimal(value):.2f}"


def test_nothing_below_nothing_has_no_sign():
    assert str(read("-0")) == str(read(f"{MINUS}0,00")) == "0.00"


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("12.345", "two ways"),
        ("12,345", "two ways"),
        ("-12.345 kr", "two ways"),
        ("6.068,50", "between thousands"),
        ("12,345.67", "between thousands"),
        ("1.234.567", "between thousands"),
        ("1.234.567,89", "between thousands"),
        ("1'000'000", "between thousands"),
        ("1\N{RIGHT SINGLE QUOTATION MARK}000", "between thousands"),
        ("12,3456", "more than two decimals"),
        ("1 234,567", "more than two decimals"),
        ("0,125", "more than two decimals"),
        ("12 34", "not an amount"),
        ("12  345", "not an amount"),
        ("1 2345", "not an amount"),
        ("12.345.67", "not an amount"),
        ("1.234,567", "not an amount"),
        ("5:50", "not an amount"),
        ("12_000", "not an amount"),
        ("- -5", "not an amount"),
        ("-kr -5", "not an amount"),
        ("kr", "not an amount"),
        ("-", "not an amount"),
        ("inf", "not an amount"),
        ("NaN", "not an amount"),
        ("0x1F", "not an amount"),
        ("tusen", "not an amount"),
        ("500 USD", "not an amount"),
        ("1e5", "exponent"),
        ("1,2E+05", "exponent"),
        ("12 tkr", "thousands or millions"),
        ("1,5 mkr", "thousands or millions"),
        ("2 miljoner", "thousands or millions"),
        ("12500-", "minus does not stand before"),
        ("(12 500,00)", "minus does not stand before"),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}", "other digits"),
        ("\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}", "other digits"),
        ("12\N{VULGAR FRACTION ONE HALF}", "other digits"),
        ("500 EUR", "in EUR, but"),
        ("\N{EURO SIGN}500", "in EUR, but"),
        ("kr 500 EUR", "in EUR, but"),
        ("1000000000000", "too large"),
        ("-1000000000000", "too large"),
        ("", "missing"),
        (" ", "missing"),
    ],
)
def test_amounts_that_are_refused_say_why(word, problem):
    found = read(word)
    assert isinstance(found, WordProblem), found
    assert problem in found.problem
    assert found.hint


@pytest.mark.parametrize(
    ("word", "instead"),
    [("6.068,50", "6068,50"), ("1.234.567", "1234567"), ("12,345.67", "12345,67"), ("12.345", "12345")],
)
def test_the_hint_writes_the_amount_out_so_that_it_can_be_read(word, instead):
    assert instead in read(word).hint
    assert isinstance(read(instead), Decimal)


def test_only_where_they_are_taken_may_amounts_be_negative():
    trouble = amount("-1", Currency.SEK, SAY)
    assert trouble.problem == "The amount is negative."
    assert amount("-0", Currency.SEK, SAY) == 0


def test_euros_in_a_column_of_euros():
    assert read("\N{EURO SIGN}1 500,25", Currency.EUR) == read("1500.25 euro", Currency.EUR) == Decimal("1500.25")
    assert "in SEK, but" in read("1500 kr", Currency.EUR).problem


@given(st.decimals(-(10**11), 10**11, places=2), st.sampled_from(["", " ", HARD, NARROW, THIN]), st.sampled_from(",."))
def test_an_amount_is_read_back_however_it_is_written(value, group, point):
    text = f"{value:,.2f}".replace(",", "#").replace(".", point).replace("#", group)
    assert read(text) == value
    assert read(text.replace("-", f"{MINUS} ") + f"{HARD}kr") == value


@given(st.text(st.sampled_from("0123456789.,'- +\N{MINUS SIGN}ekrsSEK:\N{NO-BREAK SPACE}\N{ARABIC-INDIC DIGIT ONE}")))
def test_what_is_read_has_the_digits_that_are_written(word):
    """No digit is dropped or moved: the öre that are read are all the digits written, whatever stands between them."""
    found = read(word)
    if isinstance(found, Decimal):
        digits = "".join(c for c in word if c.isdigit())
        part = word.replace(",", ".").rpartition(".")[2] if "." in word.replace(",", ".") else ""
        places = len("".join(c for c in part if c.isdigit()))
        assert places <= 2 and abs(found) * 10**places == int(digits)
        assert (found < 0) == (
            any(sign in word.replace(":-", "").replace(",-", "").replace(".-", "") for sign in "-\N{MINUS SIGN}")
            and int(digits) > 0
        )


@pytest.mark.parametrize("word", ["10,3520", "10.3520", "10,352", "10", " 10,352 kr", "10,3520 SEK"])
def test_rates(word):
    assert Decimal("10") <= rate(word, SAY) <= Decimal("10.3520")


@pytest.mark.parametrize(
    "word", ["0", "0,00", "-10", "1 000", "10,1234567", "1e1", "10 EUR", "\N{FULLWIDTH DIGIT ONE}"]
)
def test_no_rates(word):
    assert isinstance(rate(word, SAY), WordProblem)


@pytest.mark.parametrize("word", ["80/20", "80 / 20", "80 % / 20 %", "80,0/20", f"80{HARD}%/20{HARD}%"])
def test_plans(word):
    assert plan(word, SAY) == (Decimal("0.8"), Decimal("0.2"))


@pytest.mark.parametrize("word", ["80-20", "80/10", "80/", "allt", "\N{ARABIC-INDIC DIGIT ONE}00", "120/-20"])
def test_no_plans(word):
    assert isinstance(plan(word, SAY), WordProblem)


def test_a_spreadsheets_own_fractions_are_read_as_it_shows_them():
    texts = number_texts(pa.chunked_array([[0.1 + 0.2, 1234.5600000000002, None, 2.5]])).to_pylist()
    assert texts == ["0.3", "1234.56", None, "2.5"]
    assert number_texts(pa.array([1 / 3, 1.0])).to_pylist() == ["0.333333333333333", "1.0"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_amount_as_the_language_writes_it_is_read_back_or_refused_never_another(language):
    say = words(language)
    for value in (Decimal("179906.50"), Decimal("0.05"), Decimal("12345.00"), Decimal("1234567.89")):
        found = amount(say.number(value), Currency.SEK, say, negative=True)
        assert found == value if language == "sv" or value < 1000 else isinstance(found, WordProblem)
