"""Payments as a table, the latest first, each with a way to its project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from analytics.funding.sums import sum_of
from analytics.model.funding import Currency, MoneyKind, Payment, Project
from analytics.model.provenance import Missing
from analytics.words.labels import label_of
from analytics.words.language import Words, true_minus
from pages.funding.amounts import date_column, kr, kr_column
from pages.funding.ways import project_address
from pages.shared.row_table import RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, text_column


def payment_list(ask: Ask, payments: Iterable[Payment], projects: Sequence[Project]) -> Block:
    """Every payment; `projects`: those that the payments are of, at least."""
    say, of = ask.say, {project.id: project for project in projects}
    latest_first = newest_first(payments)
    amount: TableColumn[Payment] = kr_column(say("Amount, SEK"), lambda payment: payment.amount_sek, latest_first, say)
    rows = [
        TableRow(
            of[payment.project_id].title,
            project_address(payment.project_id, say),
            (
                RowCell(label_of(payment.kind, say)),
                RowCell(payment.unit),
                RowCell(str(payment.report_year), payment.report_year),
                _own_cell(payment, say),
                RowCell(amount.write(payment.amount_sek), float(payment.amount_sek)),
                RowCell(day.isoformat()) if (day := payment.day or payment.paid_until) else RowCell("–", ""),
            ),
        )
        for payment in latest_first
    ]
    columns = [
        RowColumn(say("Kind"), "say"),
        RowColumn(say("Unit"), "say"),
        RowColumn(say("Report year"), "num"),
        RowColumn(say("Own currency"), "num", short=say("Own currency")),
        RowColumn(say("Amount, SEK"), "num"),
        RowColumn(say("Day, or invoices up to"), "num", short=say("Day, or invoices up to")),
    ]
    more = say.plural("Show the one row", "Show all {n} rows", len(rows))
    heads = TableHeadings(say("Amounts and events, the latest first"), say("Project"), more)
    spent = kr(sum_of(latest_first, MoneyKind.SPENT), say)
    listed: tuple[TableColumn[Payment], ...] = (
        text_column(say("Project"), lambda payment: of[payment.project_id].title),
        text_column(say("Programme"), lambda payment: of[payment.project_id].programme),
        text_column(say("Kind"), lambda payment: label_of(payment.kind, say)),
        text_column(say("Unit"), lambda payment: payment.unit),
        text_column(say("Report year"), lambda payment: payment.report_year),
        amount,
        date_column(say("Date"), lambda payment: payment.day),
        date_column(say("Invoices up to"), lambda payment: payment.paid_until),
        text_column(say("Amount in its own currency"), lambda payment: _own_amount(payment, say)),
        text_column(say("Voucher"), lambda payment: payment.voucher or Missing.NOT_COLLECTED),
    )
    return Block(
        key="payments",
        title=say("All amounts and events"),
        short=say.integer(len(latest_first)),
        headline=say.plural(
            "{n} amount; spent: {amount}",
            "{n} amounts; spent together: {amount}",
            len(latest_first),
            amount=spent,
        ),
        alt=say("One row per amount, the latest first: project, kind, unit, report year, own currency and SEK."),
        table=Table.of(listed, latest_first),
        drawing=html.element("div", row_table(heads, columns, rows), class_="kd-drawn"),
    )


def _own_amount(payment: Payment, say: Words) -> str | Missing:
    """What it was in euros; what was in kronor from the beginning stands in the column of those."""
    if payment.amount is None or payment.currency is Currency.SEK:
        return Missing.NOT_APPLICABLE
    return f"{true_minus(say.number(payment.amount))}\N{NO-BREAK SPACE}{payment.currency.value}"


def _own_cell(payment: Payment, say: Words) -> RowCell:
    own = _own_amount(payment, say)
    return RowCell("–", "") if isinstance(own, Missing) else RowCell(own, float(payment.amount or 0))


def newest_first(payments: Iterable[Payment]) -> list[Payment]:
    """By report year, and within it by its day or the one that invoices are counted to; those without come last."""
    return sorted(payments, key=lambda p: (p.report_year, p.day or p.paid_until or date.min), reverse=True)
