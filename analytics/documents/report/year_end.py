"""The turn of the year: the sum by report year, and by calendar year within the bounds that the register gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from analytics.documents.paper.shapes import Block, Column, Paragraph, Table, Tone
from analytics.documents.report.amounts import written
from analytics.documents.report.sheet_shapes import Kind, Sheet, SheetColumn
from analytics.funding.report import Report
from analytics.model.funding import Payment
from analytics.words.language import Words
from analytics.words.provenance import provenance_word


def turn_blocks(report: Report, say: Words) -> Iterator[Block]:
    """Both readings and the payments that tell them apart; nothing where none is near the turn of the year."""
    if not report.readings.near_turn:
        return
    yield Table(
        say("At the turn of the year"),
        (Column(say("Payments counted to {year}", year=report.year), 9), Column("SEK", 3, True)),
        tuple((what, written(amount, say)) for what, amount in _readings(report, say)),
    )
    yield Paragraph(turn_reason(report, say), Tone.NOTE)
    columns = (
        Column(say("Project"), 6),
        Column(say("Paid to"), 6),
        Column(say("Report year"), 4, True),
        Column(say("Invoices up to"), 3),
        Column("SEK", 3, True),
    )
    rows = tuple(
        (
            _project(report, p, say),
            p.unit,
            str(p.report_year),
            p.paid_until.isoformat() if p.paid_until else "",
            written(p.amount_sek, say),
        )
        for p in report.readings.near_turn
    )
    yield Table(say("Payments near the turn of the year"), columns, rows)
    elsewhere = [p for p in report.readings.near_turn if p.report_year != report.year]
    if elsewhere:
        yield Paragraph(_elsewhere(elsewhere, say), Tone.NOTE)


def turn_figures(report: Report, say: Words) -> Iterator[tuple[str, Decimal]]:
    """The sums by calendar year, each with its name; none where nothing is near the turn of the year."""
    if report.readings.near_turn:
        yield say("Paid in the calendar year, at least"), report.readings.at_least
        yield say("Paid in the calendar year, at most"), report.readings.at_most


def turn_reason(report: Report, say: Words) -> str:
    """Why there are bounds, in words."""
    readings = report.readings
    return say(
        "Counted to the report year {year}, {sum} SEK was paid; by calendar year between {least} and {most} SEK. The "
        "register has the day that invoices are counted to, not the days of payment, and does not say how much of the "
        "payments near the turn of the year was paid on which side of it.",
        year=report.year,
        sum=written(readings.by_report_year, say),
        least=written(readings.at_least, say),
        most=written(readings.at_most, say),
    )


def turn_sheets(report: Report, say: Words) -> Iterator[Sheet]:
    """A row is a payment near the turn of the year, of this report or of another; no sheet where there is none."""
    if not report.readings.near_turn:
        return
    origins = {sheet.project.id: provenance_word(sheet.project.provenance, say) for sheet in report.sheets}
    columns = (
        SheetColumn(say("Project id"), width=24),
        SheetColumn(say("Project"), width=40),
        SheetColumn(say("Paid to"), width=45),
        SheetColumn(say("Report year"), Kind.NUMBER, 14),
        SheetColumn(say("Invoices up to"), Kind.DAY),
        SheetColumn("SEK", Kind.AMOUNT),
        SheetColumn(say("Provenance"), width=24),
    )
    rows = tuple(
        (
            p.project_id,
            _project(report, p, say),
            p.unit,
            p.report_year,
            p.paid_until,
            p.amount_sek,
            origins.get(p.project_id),
        )
        for p in report.readings.near_turn
    )
    yield Sheet(say("Turn of the year"), columns, rows)


def turn_notes(report: Report, say: Words) -> dict[str, str]:
    """What the workbook says of it among where the figures come from."""
    if not report.readings.near_turn:
        return {}
    return {say("Turn of the year"): turn_reason(report, say)}


def _readings(report: Report, say: Words) -> Iterator[tuple[str, Decimal]]:
    yield say("by the report year that they carry, as in this report"), report.readings.by_report_year
    yield say("by calendar year, at least"), report.readings.at_least
    yield say("by calendar year, at most"), report.readings.at_most


def _elsewhere(payments: Sequence[Payment], say: Words) -> str:
    if any(payment.amount_sek < 0 for payment in payments):
        return say(
            "Payments of another report year are in that year's report. Of the sums here they are only in those by "
            "calendar year: at most, or where they are repayments at least."
        )
    return say(
        "Payments of another report year are in that year's report. Of the sums here they are only in the one by "
        "calendar year, at most."
    )


def _project(report: Report, payment: Payment, say: Words) -> str:
    """The project's title; its id where it has no sheet in this report."""
    titles = {sheet.project.id: sheet.project.title for sheet in report.sheets}
    title = titles.get(payment.project_id)
    return say("{project} (not in this report)", project=payment.project_id) if title is None else title
