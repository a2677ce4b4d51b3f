"""Kinds of money: granted, received, spent and repaid are never added up, in no sum and in no file of the report."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO

from analytics.documents.report import report_bytes
from analytics.funding.difference import difference
from analytics.funding.report import report
from analytics.model.funding import CostKind, Funding, MoneyKind
from analytics.words.language import words
from tests.funding.worlds import krona, paid, project, world

EN = words("en")
M = MoneyKind


def lived_through() -> Funding:
    """A grant in three instalments, two vouchers (one split over goals 3 and 8), a credit note, a repayment: 100 000.00
    granted and 10 000.00 cut, 40 000.00 + 30 000.00 + 5 000.50 received, 60 000.10 spent, 2 500.25 paid back."""
    return world(
        projects=(project(),),
        budgets=(krona("90000"),),
        payments=(
            paid("100000", kind=M.GRANTED),
            paid("-10000", kind=M.AMENDED, note="Minskad omfattning"),
            paid("40000", kind=M.RECEIVED),
            paid("30000", 2019, kind=M.RECEIVED),
            paid("5000.50", 2019, kind=M.RECEIVED),
            paid("50000.10", voucher="A1", cost_kind=CostKind.STAFF),
            paid("7000.05", voucher="A1", cost_kind=CostKind.STAFF, budget_goal=8),
            paid("3500.00", 2019, voucher="B7", cost_kind=CostKind.TRAVEL),
            paid("-500.05", 2019, voucher="B8", note="Kredit på B7"),
            paid("52000", 2018, kind=M.CLAIMED),
            paid("51000", 2018, kind=M.CERTIFIED),
            paid("2500.25", 2019, kind=M.REPAID),
        ),
    )


def test_the_year_sums_what_was_spent_and_nothing_else():
    year = report(lived_through(), 2018, EN)
    assert year.total_sek == Decimal("57000.15") == sum(row.amount_sek for row in year.by_unit)
    assert {row.goal.number: row.amount_sek for row in year.by_goal if row.goal and row.amount_sek} == {
        3: Decimal("50000.10"),
        8: Decimal("7000.05"),
    }
    assert sum(row.amount_sek for row in year.by_programme) == year.total_sek
    assert year.readings.by_report_year == year.total_sek
    assert [(k.kind, k.year_sek, k.to_date_sek) for k in report(lived_through(), 2019, EN).by_kind] == [
        (M.GRANTED, 0, 100000),
        (M.AMENDED, 0, -10000),
        (M.CLAIMED, 0, 52000),
        (M.CERTIFIED, 0, 51000),
        (M.RECEIVED, Decimal("35000.50"), Decimal("75000.50")),
        (M.SPENT, Decimal("2999.95"), Decimal("60000.10")),
        (M.REPAID, Decimal("2500.25"), Decimal("2500.25")),
    ]


def test_what_else_there_is_changes_no_sum_and_no_remark_of_the_year():
    register = lived_through()
    alone = replace(register, payments=register.spent)
    for year in (2018, 2019):
        with_all, spent = report(register, year, EN), report(alone, year, EN)
        assert (with_all.total_sek, with_all.by_unit, with_all.by_goal, with_all.readings) == (
            spent.total_sek, spent.by_unit, spent.by_goal, spent.readings,
        )  # fmt: skip
        assert [r.text for r in with_all.remarks] == [r.text for r in spent.remarks]
    assert difference(register, register, 2019).total.change == Decimal("2999.95") - Decimal("57000.15")


def test_a_voucher_split_over_goals_is_not_told_twice_and_one_told_twice_is():
    half = paid("20", voucher="A1", budget_goal=3)
    split = world(payments=(half, replace(half, budget_goal=8)))
    assert "payment_twice" not in {remark.kind for remark in report(split, 2018, EN).remarks}
    twice = world(payments=(half, half))
    assert "payment_twice" in {remark.kind for remark in report(twice, 2018, EN).remarks}
    other = world(payments=(half, replace(half, voucher="A2")))
    assert "payment_twice" not in {remark.kind for remark in report(other, 2018, EN).remarks}


def test_json_and_csv_tell_each_kind_by_itself():
    year = report(lived_through(), 2018, EN)
    told = json.loads(report_bytes(year, ".json", {"Version": "1"}, EN), parse_float=Decimal)
    assert told["total_sek"] == Decimal("57000.15")
    kinds = {row["kind"]: row["amount_sek"] for row in told["by_kind"]}
    assert kinds == {
        "granted": 100000, "amended": -10000, "claimed": 52000, "certified": 51000, "received": 40000,
        "spent": Decimal("57000.15"),
    }  # fmt: skip
    assert told["projects"][0]["by_kind"] == told["by_kind"]
    rows = list(csv.DictReader(StringIO(report_bytes(year, ".csv", {"Version": "1"}, EN).decode())))
    assert sum(Decimal(row["amount_sek"]) for row in rows) == Decimal("57000.15")
    assert [(row["kind"], row["voucher"], row["budget_goal"], row["cost_kind"]) for row in rows] == [
        ("spent", "A1", "3", "staff"),
        ("spent", "A1", "8", "staff"),
    ]
