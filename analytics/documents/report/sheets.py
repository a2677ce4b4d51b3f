"""The workbook's sheets that the form has: a summary, tables 1, 3 and 4, answers, remarks, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from analytics.documents.report.chapters import countries_in, paid_projects
from analytics.documents.report.cooperation import cooperation_sheet
from analytics.documents.report.origins import stamp_of
from analytics.documents.report.parts import parts_sheet, title_of
from analytics.documents.report.register_sheets import register_sheets
from analytics.documents.report.sheet_shapes import CellFormat, SheetColumn, SheetHead, WorkbookSheet
from analytics.documents.report.year_end import year_end_figures, year_end_notes, year_end_sheets
from analytics.funding.checks.report import Remark
from analytics.funding.report import GoalSum, PartSum, Report, SectorPartners, UnitSum
from analytics.model.funding import Narrative, ReportQuestion
from analytics.model.sender import NOBODY, Dispatch
from analytics.registers.kinds import table_name
from analytics.words.funding import goal_title, no_goal, partner_name
from analytics.words.labels import WEIGHT, label_of
from analytics.words.language import Words
from analytics.words.provenance import provenance_word
from analytics.words.remarks import acknowledged_in_words
from analytics.words.sender import HEAD


def report_sheets(
    report: Report, about: Mapping[str, str], say: Words, dispatch: Dispatch = NOBODY
) -> Iterator[WorkbookSheet]:
    """Every sheet of the workbook, in order."""
    yield _summary(report, say)
    if report.parts:
        yield parts_sheet(report, say)
    yield from _form_tables(report, say)
    yield from register_sheets(report, say)
    yield from year_end_sheets(report, say)
    yield _answers(report, say)
    if report.cooperations:
        yield cooperation_sheet(report, say)
    yield _remarks(report, say)
    rows = {say("Report"): title_of(report, say)}
    rows |= {say.marked(HEAD[name]): text for name, text in dispatch.told.items() if text}
    rows |= {say("Introduction"): dispatch.sender.introduction} if dispatch.sender.introduction else {}
    rows |= {say("Provenance"): stamp_of(report, say)} | dict(about) | {say("Made by"): "Kvalitetsdialog"}
    rows |= year_end_notes(report, say)
    rows[say("Amounts")] = say("Every sum is a sum of payments in the register. SEK and EUR are never added together.")
    yield WorkbookSheet(
        say("About"), (SheetHead(say("Item")), SheetHead(say("Content"), CellFormat.LONG)), tuple(rows.items())
    )


def _answers(report: Report, say: Words) -> WorkbookSheet:
    """A row is a question of the form; of several administrations, one that an administration has answered."""
    if report.parts:
        return _answers_of_parts(report, say)
    columns: tuple[SheetColumn[tuple[ReportQuestion, Narrative | None]], ...] = (
        SheetColumn(say("Question"), lambda row: label_of(row[0], say), width=40),
        SheetColumn(
            say("Answer"), lambda row: row[1].text if row[1] else say("Not written yet."), CellFormat.LONG, 110
        ),
        SheetColumn(
            say("Provenance"), lambda row: provenance_word(row[1].provenance, say) if row[1] else None, width=24
        ),
    )
    return WorkbookSheet.of(say("Answers"), columns, report.narratives)


def _answers_of_parts(report: Report, say: Words) -> WorkbookSheet:
    """A row is an administration's answer to a question."""
    rows = [
        (part, question, narrative)
        for question in ReportQuestion
        for part in report.parts
        if (narrative := part.answer(question))
    ]
    columns: tuple[SheetColumn[tuple[PartSum, ReportQuestion, Narrative]], ...] = (
        SheetColumn(say("Question"), lambda row: label_of(row[1], say), width=40),
        SheetColumn(
            say("Administration"),
            lambda row: row[0].administration.title if row[0].administration else say("The whole city"),
            width=40,
        ),
        SheetColumn(say("Answer"), lambda row: row[2].text, CellFormat.LONG, 110),
        SheetColumn(say("Provenance"), lambda row: provenance_word(row[2].provenance, say), width=24),
    )
    return WorkbookSheet.of(say("Answers"), columns, rows)


def _summary(report: Report, say: Words) -> WorkbookSheet:
    """A row is a figure: in SEK, or a number."""
    rows = [
        _Figure(say("EU funds paid {year}, SEK", year=report.year), sek=report.eu_sek),
        *(_Figure(say("not EU funds: {programme}", programme=of.programme), sek=of.amount_sek) for of in report.not_eu),
        *([_Figure(say("EU funds and other funds paid, SEK"), sek=report.total_sek)] if report.not_eu else []),
        *(_Figure(say("of it {programme}", programme=of.programme), sek=of.amount_sek) for of in report.by_programme),
    ]
    rows += [_Figure(what, sek=amount) for what, amount in year_end_figures(report, say)]
    rows += [
        _Figure(say("Projects"), number=len(report.sheets)),
        _Figure(say("of them paid in the year"), number=paid_projects(report)),
        _Figure(say("Other countries in the projects"), number=countries_in(report)),
        _Figure(say("Remarks"), number=len(report.remarks)),
    ]
    columns: tuple[SheetColumn[_Figure], ...] = (
        SheetColumn(say("Item"), lambda row: row.item, width=60),
        SheetColumn("SEK", lambda row: row.sek, CellFormat.AMOUNT),
        SheetColumn(say("Number"), lambda row: row.number, CellFormat.NUMBER),
    )
    return WorkbookSheet.of(say("Summary"), columns, rows)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of the summary, in SEK or a number."""

    item: str
    sek: Decimal | None = None
    number: int | None = None


def _form_tables(report: Report, say: Words) -> Iterator[WorkbookSheet]:
    """Rows are units, goals and sectors."""
    paid, sum_, total = say("Paid SEK"), say("Sum"), report.total_sek
    units: tuple[SheetColumn[UnitSum], ...] = (
        SheetColumn(say("Administration, unit"), lambda row: row.unit, width=50, total=sum_),
        SheetColumn(paid, lambda row: row.amount_sek, CellFormat.AMOUNT, total=total),
    )
    yield WorkbookSheet.of(say("Table 1"), units, report.by_unit)
    goals: tuple[SheetColumn[GoalSum], ...] = (
        SheetColumn(say("No."), lambda row: row.goal.number if row.goal else None, CellFormat.NUMBER),
        SheetColumn(
            say("Goal"), lambda row: goal_title(row.goal, say) if row.goal else no_goal(say), width=50, total=sum_
        ),
        SheetColumn(paid, lambda row: row.amount_sek, CellFormat.AMOUNT, total=total),
    )
    yield WorkbookSheet.of(say("Table 3"), goals, report.by_goal)
    partners = sum(row.count for row in report.by_sector)
    sectors: tuple[SheetColumn[SectorPartners], ...] = (
        SheetColumn(say("Sector"), lambda row: label_of(row.sector, say), total=sum_),
        SheetColumn(
            say("Partners"), lambda row: ", ".join(partner_name(p, say) for p in row.partners), CellFormat.LONG
        ),
        SheetColumn(say("Number"), lambda row: row.count, CellFormat.NUMBER, total=partners),
    )
    yield WorkbookSheet.of(say("Table 4"), sectors, report.by_sector)


def _remarks(report: Report, say: Words) -> WorkbookSheet:
    """A row is a remark; its provenance is its project's, where it has one."""
    origins = {sheet.project.id: provenance_word(sheet.project.provenance, say) for sheet in report.sheets}
    columns: tuple[SheetColumn[Remark], ...] = (
        SheetColumn(say("Weight"), lambda remark: say.marked(WEIGHT[remark.weight]), width=12),
        SheetColumn(say("Project id"), lambda remark: remark.project_id),
        SheetColumn(say("Remark"), lambda remark: remark.text, CellFormat.LONG),
        SheetColumn(say("Table"), lambda remark: table_name(remark.where, say)),
        SheetColumn(say("Where to correct it"), lambda remark: remark.mend, CellFormat.LONG),
        SheetColumn(say("Provenance"), lambda remark: origins.get(remark.project_id or ""), width=24),
        SheetColumn(
            say("Acknowledged"),
            lambda remark: acknowledged_in_words(remark.acknowledged, say) if remark.acknowledged else None,
            CellFormat.LONG,
        ),
    )
    return WorkbookSheet.of(say("Remarks"), columns, report.remarks)
