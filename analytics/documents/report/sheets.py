"""The workbook's sheets that the form has: a summary, tables 1, 3 and 4, answers, remarks, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.documents.report.chapters import countries_in, paid_projects
from analytics.documents.report.origins import stamp_of
from analytics.documents.report.register_sheets import register_sheets
from analytics.documents.report.sheet_shapes import Kind, Sheet, SheetColumn
from analytics.documents.report.year_end import turn_figures, turn_notes, turn_sheets
from analytics.funding.report import Report
from analytics.registers.kinds import table_name
from analytics.words.funding import goal_title, no_goal, partner_name
from analytics.words.labels import WEIGHT, label_of
from analytics.words.language import Words
from analytics.words.provenance import provenance_word


def report_sheets(report: Report, about: Mapping[str, str], say: Words) -> Iterator[Sheet]:
    """Every sheet of the workbook, in order."""
    yield _summary(report, say)
    yield from _form_tables(report, say)
    yield from register_sheets(report, say)
    yield from turn_sheets(report, say)
    yield _answers(report, say)
    yield _remarks(report, say)
    rows = {say("Report"): say("Account of international work {year}", year=report.year)}
    rows |= {say("Provenance"): stamp_of(report, say)} | dict(about) | {say("Made by"): "Kvalitetsdialog"}
    rows |= turn_notes(report, say)
    rows[say("Amounts")] = say("Every sum is a sum of payments in the register. SEK and EUR are never added together.")
    yield Sheet(say("About"), (SheetColumn(say("Item")), SheetColumn(say("Content"), Kind.LONG)), tuple(rows.items()))


def _answers(report: Report, say: Words) -> Sheet:
    """A row is a question of the form."""
    columns = (
        SheetColumn(say("Question"), width=40),
        SheetColumn(say("Answer"), Kind.LONG, 110),
        SheetColumn(say("Provenance"), width=24),
    )
    rows = tuple(
        (label_of(question, say), told.text, provenance_word(told.provenance, say))
        if told
        else (label_of(question, say), say("Not written yet."), None)
        for question, told in report.narratives
    )
    return Sheet(say("Answers"), columns, rows)


def _summary(report: Report, say: Words) -> Sheet:
    """A row is a figure: in SEK, or a number."""
    rows = [
        (say("EU funds paid {year}, SEK", year=report.year), report.total_sek, None),
        *((say("of it {programme}", programme=row.programme), row.amount_sek, None) for row in report.by_programme),
    ]
    rows += [(what, amount, None) for what, amount in turn_figures(report, say)]
    rows += [
        (say("Projects"), None, len(report.sheets)),
        (say("of them paid in the year"), None, paid_projects(report)),
        (say("Countries in the projects"), None, countries_in(report)),
        (say("Remarks"), None, len(report.remarks)),
    ]
    columns = (
        SheetColumn(say("Item"), width=60),
        SheetColumn("SEK", Kind.AMOUNT),
        SheetColumn(say("Number"), Kind.NUMBER),
    )
    return Sheet(say("Summary"), columns, tuple(rows))


def _form_tables(report: Report, say: Words) -> Iterator[Sheet]:
    amount = SheetColumn(say("Paid SEK"), Kind.AMOUNT)
    yield Sheet(
        say("Table 1"),
        (SheetColumn(say("Administration, unit"), width=50), amount),
        tuple((row.unit, row.amount_sek) for row in report.by_unit),
        (say("Sum"), report.total_sek),
    )
    yield Sheet(
        say("Table 3"),
        (SheetColumn(say("No."), Kind.NUMBER), SheetColumn(say("Goal"), width=50), amount),
        tuple(
            (row.goal.number, goal_title(row.goal, say), row.amount_sek)
            if row.goal
            else (None, no_goal(say), row.amount_sek)
            for row in report.by_goal
        ),
        (None, say("Sum"), report.total_sek),
    )
    yield Sheet(
        say("Table 4"),
        (SheetColumn(say("Sector")), SheetColumn(say("Partners"), Kind.LONG), SheetColumn(say("Number"), Kind.NUMBER)),
        tuple(
            (label_of(row.sector, say), ", ".join(partner_name(p, say) for p in row.partners), row.count)
            for row in report.by_sector
        ),
        (say("Sum"), None, sum(row.count for row in report.by_sector)),
    )


def _remarks(report: Report, say: Words) -> Sheet:
    """A row is a remark; its provenance is its project's, where it has one."""
    origins = {sheet.project.id: provenance_word(sheet.project.provenance, say) for sheet in report.sheets}
    columns = (
        SheetColumn(say("Weight"), width=12),
        SheetColumn(say("Project id")),
        SheetColumn(say("Remark"), Kind.LONG),
        SheetColumn(say("Table")),
        SheetColumn(say("Where to mend it"), Kind.LONG),
        SheetColumn(say("Provenance"), width=24),
    )
    rows = tuple(
        (
            say.marked(WEIGHT[r.weight]),
            r.project_id,
            r.text,
            table_name(r.where, say),
            r.mend,
            origins.get(r.project_id or ""),
        )
        for r in report.remarks
    )
    return Sheet(say("Remarks"), columns, rows)
