"""Columns of the report that come from the registers' schema, with fields that payments have not got."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from analytics.documents.report import data, report_bytes
from analytics.documents.report.field_columns import columns_of, sheet_of
from analytics.documents.report.sheet_shapes import CellFormat
from analytics.funding.report import ProjectSheet, Report
from analytics.model.funding import Certainty, Payment
from analytics.registers import types
from analytics.registers.field import Field
from analytics.registers.funding import PAYMENTS
from analytics.words.language import N_, words
from tests.documents.worlds import ABOUT, report_2031

EN, SV = words("en"), words("sv")


@dataclass(frozen=True, slots=True)
class MorePayment(Payment):
    """A payment with more to it."""

    seal: str | None = None
    told: date | None = None
    fee: Decimal | None = None
    certainty: Certainty | None = None


FIELDS = (
    Field("seal", required=False, type=types.Text(), label=N_("Title")),
    Field("told", required=False, type=types.Day(), label=N_("Day")),
    Field("fee", required=False, type=types.Rate(), label=N_("SEK per EUR")),
    Field("certainty", required=False, type=types.Choice(Certainty), label=N_("Certainty")),
)
MORE = replace(PAYMENTS, row=MorePayment, fields=(*PAYMENTS.fields, *FIELDS))


@pytest.fixture
def told() -> tuple[Report, ProjectSheet]:
    """The hand-made year with one payment more, which has all that is new, in one of its projects."""
    report = report_2031("en")
    first = next(sheet for sheet in report.sheets if sheet.payments)
    was = first.payments[0]
    more = MorePayment(
        was.project_id, was.report_year, was.unit, was.amount_sek,
        seal="=1+1", told=date(2031, 5, 6), fee=Decimal("10.352"), certainty=Certainty.ABOUT,
    )  # fmt: skip
    sheet = replace(first, payments=(more,))
    return replace(report, sheets=(sheet,)), sheet


def test_a_field_that_a_kind_is_given_has_a_column_where_the_sheet_leaves_room(told):
    report, sheet = told
    left_out = {field.attribute for field in PAYMENTS.fields} - {"unit", "amount_sek", "note"}
    columns = columns_of(MORE, ("unit", "amount_sek", ..., "note"), report, EN, left_out=left_out)
    made = sheet_of("Payments", columns, [(sheet, sheet.payments[0])], EN)
    assert [column.heading for column in made.columns] == [
        "Paid to", "Paid SEK", "Title", "Day", "SEK per EUR", "Certainty", "Note",
    ]  # fmt: skip
    assert [column.kind for column in made.columns] == [
        CellFormat.LONG,
        CellFormat.AMOUNT,
        CellFormat.TEXT,
        CellFormat.DAY,
        CellFormat.RATE,
        CellFormat.TEXT,
        CellFormat.LONG,
    ]
    payment = sheet.payments[0]
    assert made.rows == (
        (payment.unit, payment.amount_sek, "=1+1", date(2031, 5, 6), Decimal("10.352"), "about", None),
    )
    assert made.total is None


def test_what_is_left_out_has_no_column_and_sums_stand_under_theirs(told):
    report, sheet = told
    columns = columns_of(
        PAYMENTS, ("unit", "amount_sek", ...), report, SV,
        left_out={field.attribute for field in PAYMENTS.fields} - {"unit", "amount_sek", "paid_until"},
        totals={"amount_sek": Decimal(7)},
    )  # fmt: skip
    made = sheet_of("Utbetalningar", columns, [(sheet, sheet.payments[0])], SV)
    assert [column.heading for column in made.columns] == ["Utbetalt till", "Utbetalt SEK", "Fakturor t.o.m."]
    assert made.total == ("Summa", Decimal(7), None)


@pytest.mark.parametrize("excel", [False, True])
def test_a_field_that_payments_are_given_is_last_in_the_csv(told, monkeypatch, excel):
    report, _ = told
    before = next(csv.reader(StringIO(text_of(report, excel)), delimiter=";" if excel else ","))
    monkeypatch.setattr(data, "PAYMENTS", MORE)
    (row,) = csv.DictReader(StringIO(text_of(report, excel), newline=""), delimiter=";" if excel else ",")
    assert list(row) == [*before, "seal", "told", "fee", "certainty"]
    new = [row[name] for name in ("seal", "told", "fee", "certainty")]
    assert new == ["'=1+1", "2031-05-06", "10,352" if excel else "10.352", "about"]


def text_of(report: Report, excel: bool) -> str:
    return report_bytes(report, ".csv", ABOUT, SV, excel=excel).decode("utf-8-sig")
