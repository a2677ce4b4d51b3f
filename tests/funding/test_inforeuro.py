"""Rates that are said to be InforEuro's, against a table of its months; the rates here are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics.funding.checks.inforeuro import FILE, MonthlyRates, inforeuro_remarks, monthly_rates, read_months
from analytics.funding.checks.rates import UsedRate, basis_of, paid_rates
from analytics.funding.checks.remark import case_of
from analytics.funding.funders import REFERENCE
from analytics.model.funding import RateBasis, Weight
from analytics.model.remarks import RemarkKind
from analytics.words.language import words
from tests.funding.worlds import paid, project, world

CASE = case_of(world(), project(), 2018, words("en"))
MONTHS = MonthlyRates({"2018-03": Decimal("10.0683"), "2018-04": Decimal("10.25")})
USED = UsedRate("sol", "Sol", Decimal("10.0683"), True, date(2018, 3, 31), (), RateBasis.INFOREURO)


def test_a_rate_of_its_month_is_explained_and_the_days_of_the_month_are_one():
    assert not list(inforeuro_remarks(CASE, USED, MONTHS))
    assert not list(inforeuro_remarks(CASE, replace(USED, day=date(2018, 3, 1)), MONTHS))


@pytest.mark.parametrize(
    ("used", "months", "weight", "kind", "says"),
    [
        ({"day": date(2018, 4, 1)}, MONTHS, "check", "rate_unexplained", "10.2500"),
        ({"rate": Decimal("10.0684")}, MONTHS, "check", "rate_unexplained", "10.0683"),
        ({"day": date(2018, 5, 1)}, MONTHS, "know", "rate_not_held", "none of that month"),
        ({"day": None}, MONTHS, "know", "rate_not_held", "not of which month"),
        ({"day": date(2018, 5, 1)}, replace(MONTHS, unread=(4, 9)), "check", "rate_not_held", "4 and 9"),
    ],
)
def test_another_rate_no_rate_and_one_that_cannot_be_read_are_three_things(used, months, weight, kind, says):
    (remark,) = inforeuro_remarks(CASE, replace(USED, **used), months)
    assert (remark.weight, remark.kind) == (Weight(weight), RemarkKind(kind))
    assert says in remark.text and remark.mend


def test_a_rate_worked_out_of_amounts_is_held_against_the_month_by_its_amounts():
    amounts = ((Decimal("1000"), Decimal("10068.30")),)
    assert not list(inforeuro_remarks(CASE, replace(USED, rate=Decimal("10.068301"), amounts=amounts), MONTHS))
    wrong = replace(USED, rate=Decimal("10.068311"), amounts=((Decimal("1000"), Decimal("10068.31")),))
    assert len(list(inforeuro_remarks(CASE, wrong, MONTHS))) == 1


def test_a_file_of_months_is_read_and_its_bad_rows_are_counted():
    lines = [
        "month,sek_per_eur,source", "2018-03,10.0683,Kommissionen", "2018-04,\"10,25\",Kommissionen", "2018-13,10,x",
        "2018-05,noll,x", "2018-06,10.1,", "2018-07,-1,x", "2018-03,10.0684,x", "2018-03,10.0683,x", "2018-08,nan,x",
    ]  # fmt: skip
    assert read_months(lines) == MonthlyRates(MONTHS.rates, (4, 5, 6, 7, 8, 10))
    saved = ["month;sek_per_eur;source", "2018-03;10,0683;Kommissionen, InforEuro", "2018-04;10,25;x"]
    assert read_months(saved) == MONTHS and read_months([]) == MonthlyRates({}, (1,))
    assert read_months(["månad,kurs", "2018-03,10"]) == MonthlyRates({}, (1,))


def test_a_city_has_its_rates_in_a_file_of_its_own(tmp_path, monkeypatch):
    own = tmp_path / "kurser.csv"
    own.write_text("month,sek_per_eur,source\n2018-03,10.0683,Kommissionen\n", "utf-8")
    monkeypatch.setenv("KVALITET_INFOREURO", str(own))
    assert monthly_rates().rates == {"2018-03": Decimal("10.0683")}
    assert not list(inforeuro_remarks(CASE, USED))
    monkeypatch.setenv("KVALITET_INFOREURO", str(tmp_path / "finns inte.csv"))
    (remark,) = inforeuro_remarks(CASE, USED)
    assert remark.weight is Weight.CHECK and "finns inte.csv" in remark.mend


def test_the_products_own_file_can_be_read():
    with (REFERENCE / FILE).open(encoding="utf-8", newline="") as file:
        assert not read_months(file).unread


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("InforEuro mars 2018", "inforeuro"), ("Europeiska centralbankens dagskurs", "ecb"), ("ECB", "ecb"),
        ("Avtalets kurs", "agreement"), ("Bankens kurs", "bank"),
        ("Framräknad ur redovisningens två belopp", None),
    ],
)  # fmt: skip
def test_whose_rate_it_is_is_read_out_of_a_budgets_own_words(text, basis):
    assert basis_of(text) == basis


def test_payments_of_one_rate_are_one_and_those_of_which_nothing_is_said_are_left():
    more = {"own": Decimal(1), "rate": Decimal("10"), "rate_basis": RateBasis.INFOREURO, "day": date(2018, 3, 2)}
    rows = (paid("10", **more), paid("20", **{**more, "own": Decimal(2)}), paid("30", rate=Decimal(10)))
    (one,) = paid_rates(project(), rows)
    assert (one.day, one.where, len(one.amounts)) == (date(2018, 3, 2), "payments", 2)
    assert len(paid_rates(project(rate_rule=RateBasis.AGREEMENT), rows)) == 2
