"""Payments as a table, the latest first, each with a way to its project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from analytics.model.funding import Payment, Project
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
                RowCell(payment.unit),
                RowCell(str(payment.report_year), payment.report_year),
                RowCell(amount.write(payment.amount_sek), float(payment.amount_sek)),
                RowCell(payment.paid_until.isoformat()) if payment.paid_until else RowCell("–", ""),
            ),
        )
        for payment in latest_first
    ]
    columns = [
        RowColumn(say("Unit"), "say"),
        RowColumn(say("Report year"), "num"),
        RowColumn(say("Amount, SEK"), "num"),
        RowColumn(say("Paid until"), "num", short=say("Paid until")),
    ]
    more = say.plural("Show the one row", "Show all {n} rows", len(rows))
    heads = TableHeadings(say("The payments, the latest first"), say("Project"), more)
    together = kr(sum((payment.amount_sek for payment in latest_first), Decimal(0)), say)
    listed: tuple[TableColumn[Payment], ...] = (
        text_column(say("Project"), lambda payment: of[payment.project_id].title),
        text_column(say("Programme"), lambda payment: of[payment.project_id].programme),
        text_column(say("Unit"), lambda payment: payment.unit),
        text_column(say("Report year"), lambda payment: payment.report_year),
        amount,
        date_column(say("Paid until"), lambda payment: payment.paid_until),
    )
    return Block(
        key="payments",
        title=say("All payments"),
        headline=say.plural(
            "{n} payment lies behind the sums: {amount}",
            "{n} payments lie behind the sums: {amount} together",
            len(latest_first),
            amount=together,
        ),
        alt=say("A row a payment, the latest first: project, unit, report year and amount."),
        table=Table.of(listed, latest_first),
        drawing=html.element("div", row_table(heads, columns, rows), class_="kd-drawn"),
    )


def newest_first(payments: Iterable[Payment]) -> list[Payment]:
    """By report year, and within it by the day that invoices are counted to; those without a day come last."""
    return sorted(payments, key=lambda p: (p.report_year, p.paid_until or date.min), reverse=True)
