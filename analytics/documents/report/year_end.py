"""The turn of the year: the sum by report year, and by calendar year within the bounds that the register gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from analytics.documents.paper.shapes import Block, Paragraph, Tone
from analytics.documents.paper.table import PaperColumn, PaperTable
from analytics.documents.report.amounts import writer, written
from analytics.documents.report.sheet_shapes import CellFormat, SheetColumn, WorkbookSheet
from analytics.funding.report import Report
from analytics.model.funding import Payment
from analytics.words.language import Words
from analytics.words.provenance import provenance_word


def year_end_blocks(report: Report, say: Words) -> Iterator[Block]:
    """Both readings and the payments that tell them apart; nothing where none is near the turn of the year."""
    if not report.readings.near_year_end:
        return
    sums = tuple(_readings(report, say))
    sum_ = writer((amount for _, amount in sums), say)
    near = writer((payment.amount_sek for payment in report.readings.near_year_end), say)
    readings: tuple[PaperColumn[tuple[str, Decimal]], ...] = (
        PaperColumn(say("Payments counted to {year}", year=report.year), lambda reading: reading[0], 9),
        PaperColumn("SEK", lambda reading: sum_(reading[1]), 3, True),
    )
    yield PaperTable.of("", readings, sums)
    yield Paragraph(year_end_reason(report, say), Tone.NOTE)
    columns: tuple[PaperColumn[Payment], ...] = (
        PaperColumn(say("Project"), lambda p: _project(report, p, say), 6),
        PaperColumn(say("Paid to"), lambda p: p.unit, 6),
        PaperColumn(say("Report year"), lambda p: str(p.report_year), 4, True),
        PaperColumn(say("Invoices up to"), lambda p: p.paid_until.isoformat() if p.paid_until else "", 3),
        PaperColumn("SEK", lambda p: near(p.amount_sek), 3, True),
    )
    yield PaperTable.of(say("Payments near the turn of the year"), columns, report.readings.near_year_end)
    elsewhere = [p for p in report.readings.near_year_end if p.report_year != report.year]
    if elsewhere:
        yield Paragraph(_elsewhere(elsewhere, say), Tone.NOTE)


def year_end_figures(report: Report, say: Words) -> Iterator[tuple[str, Decimal]]:
    """The sums by calendar year, each with its name; none where nothing is near the turn of the year."""
    if report.readings.near_year_end:
        yield say("Paid in the calendar year, at least"), report.readings.at_least
        yield say("Paid in the calendar year, at most"), report.readings.at_most


def year_end_reason(report: Report, say: Words) -> str:
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


def year_end_sheets(report: Report, say: Words) -> Iterator[WorkbookSheet]:
    """A row is a payment near the turn of the year, of this report or of another; no sheet where there is none."""
    if not report.readings.near_year_end:
        return
    origins = {sheet.project.id: provenance_word(sheet.project.provenance, say) for sheet in report.sheets}
    columns: tuple[SheetColumn[Payment], ...] = (
        SheetColumn(say("Project id"), lambda p: p.project_id, width=24),
        SheetColumn(say("Project"), lambda p: _project(report, p, say), width=40),
        SheetColumn(say("Paid to"), lambda p: p.unit, width=45),
        SheetColumn(say("Report year"), lambda p: p.report_year, CellFormat.NUMBER, 14),
        SheetColumn(say("Invoices up to"), lambda p: p.paid_until, CellFormat.DAY),
        SheetColumn("SEK", lambda p: p.amount_sek, CellFormat.AMOUNT),
        SheetColumn(say("Provenance"), lambda p: origins.get(p.project_id), width=24),
    )
    yield WorkbookSheet.of(say("Turn of the year"), columns, report.readings.near_year_end)


def year_end_notes(report: Report, say: Words) -> dict[str, str]:
    """What the workbook says of it among where the figures come from."""
    if not report.readings.near_year_end:
        return {}
    return {say("Turn of the year"): year_end_reason(report, say)}


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
