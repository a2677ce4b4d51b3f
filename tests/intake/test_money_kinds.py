"""Payments of every kind in files: amounts in their own currency, what is refused, what is exported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.intake.columns import SheetCheck
from analytics.intake.known_rows import KnownRows
from analytics.intake.register import CityVocabulary
from analytics.intake.rows import read_rows
from analytics.loads.register_rows import texts_of_row
from analytics.loads.sheets import sheet_of
from analytics.model.dialogue import Dialogues
from analytics.model.funding import CostKind, Currency, MoneyKind, Payment, RateBasis
from analytics.registers.funding import PAYMENTS
from analytics.registers.unsaid_kind import SETTING
from analytics.words.language import words
from tests.funding.worlds import world

SAY = words("en")


def read(*rows: dict[str, str]) -> tuple[list[Payment], list[tuple]]:
    """The rows as they are read, and (row, column, problem) of what is wrong."""
    names = [column.name for column in PAYMENTS.columns]
    usual = {"project_id": "sol", "report_year": "2018", "unit": "Kontoret"}
    texts = [{name: "" for name in names} | usual | row for row in rows]
    check = SheetCheck(sheet_of("p.csv", names, texts), PAYMENTS, CityVocabulary((), (), SAY), SAY)
    _, found = read_rows(check, PAYMENTS, KnownRows(world(), Dialogues()))
    return [one.row for one in found], [(p.row, p.column, p.problem) for p in check.problems]


def test_a_row_of_before_there_were_kinds_is_what_was_spent():
    assert read({"amount_sek": "580 111,50"}) == ([Payment("sol", 2018, "Kontoret", Decimal("580111.50"))], [])


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("granted", MoneyKind.GRANTED), ("Beviljat", MoneyKind.GRANTED), ("ändrat bidrag", MoneyKind.AMENDED),
        ("rekvirerat", MoneyKind.CLAIMED), ("certified", MoneyKind.CERTIFIED), ("inbetalning", MoneyKind.RECEIVED),
        ("Upparbetat", MoneyKind.SPENT), ("återbetalning", MoneyKind.REPAID), ("", MoneyKind.SPENT),
    ],
)  # fmt: skip
def test_each_kind_is_read_as_people_write_it(word, kind):
    (row,), wrong = read({"amount_sek": "1", "kind": word})
    assert (row.kind, wrong) == (kind, [])


def test_utbetalt_is_what_the_funder_paid_out_or_what_the_city_paid_and_is_not_guessed():
    assert read({"amount_sek": "1", "kind": "utbetalt"})[1][0][1] == "kind"


def test_euros_are_reckoned_at_their_rate_to_the_ore_and_kept_beside():
    (row,), wrong = read(
        {
            "amount": "1 000,05", "currency": "EUR", "rate": "10,3525", "rate_basis": "InforEuro",
            "rate_date": "2018-09-01", "date": "2018-09-14", "kind": "received", "voucher": "V 17",
            "cost_kind": "resor", "budget_goal": "8", "ledger_code": "4711",
        }
    )  # fmt: skip
    assert wrong == []
    assert row == Payment(
        "sol", 2018, "Kontoret", Decimal("10353.02"), kind=MoneyKind.RECEIVED, day=date(2018, 9, 14),
        amount=Decimal("1000.05"), currency=Currency.EUR, rate=Decimal("10.3525"), rate_date=date(2018, 9, 1),
        rate_basis=RateBasis.INFOREURO, budget_goal=8, cost_kind=CostKind.TRAVEL, voucher="V 17", ledger_code="4711",
    )  # fmt: skip
    again, wrong = read(texts_of_row(PAYMENTS, row))
    assert (again, wrong) == ([row], []), "what is exported is what is loaded"


def test_what_the_bank_paid_stands_where_a_fee_is_taken_and_a_slip_is_refused():
    euro = {"amount": "1000", "currency": "EUR", "rate": "10"}
    (row,), wrong = read({**euro, "amount_sek": "9960"})
    assert (row.amount_sek, wrong) == (9960, [])
    assert [(row, column) for row, column, _ in read({**euro, "amount_sek": "1000"})[1]] == [(1, "amount_sek")]
    assert read({"amount": "7", "amount_sek": "8"})[1][0][1] == "amount_sek", "kronor are kronor"


def test_every_problem_of_a_row_is_told_at_once():
    _, wrong = read({"report_year": ""}, {"amount": "5", "currency": "EUR"}, {"amount": "5", "rate": "10"})
    assert {(row, column) for row, column, _ in wrong} == {
        (1, "report_year"), (1, "amount_sek"), (2, "rate"), (3, "rate"),
    }  # fmt: skip


@pytest.mark.parametrize("sign", ["", "-", "−"])
def test_what_is_repaid_went_back_whether_it_has_a_minus_or_not(sign):
    (row,), wrong = read({"amount_sek": f"{sign}20000", "kind": "repaid"})
    assert (row.amount_sek, wrong) == (20000, [])
    (row,), wrong = read({"amount": f"{sign}100", "currency": "EUR", "rate": "10", "kind": "repaid"})
    assert (row.amount, row.amount_sek, wrong) == (100, 1000, [])


def test_what_is_below_0_says_what_it_takes_back():
    assert read({"amount_sek": "-5", "kind": "received"})[1][0][1] == "note"
    assert read({"amount_sek": "-5", "kind": "received", "note": "dubbel insättning"})[1] == []


def test_the_setting_says_what_no_kind_is(monkeypatch):
    monkeypatch.setenv(SETTING, "received")
    (row, said), _ = read({"amount_sek": "1"}, {"amount_sek": "1", "kind": "spent"})
    assert (row.kind, said.kind) == (MoneyKind.RECEIVED, MoneyKind.SPENT)
    monkeypatch.setenv(SETTING, "utbetalt")
    rows, wrong = read({"amount_sek": "1"}, {"amount_sek": "1", "kind": "spent"})
    assert [r.kind for r in rows] == [MoneyKind.SPENT]
    assert [(row, column) for row, column, _ in wrong] == [(1, "kind")] and SETTING in wrong[0][2]
