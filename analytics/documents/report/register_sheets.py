"""The workbook's sheets of the register's own rows: projects, payments, budgets, partners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from analytics.documents.report.field_columns import RegisterRow, RowColumn, columns_of, sheet_of
from analytics.documents.report.sheet import visit_lines
from analytics.documents.report.sheet_shapes import CellFormat, SheetColumn, Value, WorkbookSheet
from analytics.funding.report import ProjectSheet, Report
from analytics.model.funding import Currency
from analytics.registers.funding import BUDGETS, PARTNERS, PAYMENTS, PROJECTS
from analytics.words.funding import goal_title
from analytics.words.labels import label_of
from analytics.words.language import Words
from analytics.words.provenance import provenance_word


def register_sheets(report: Report, say: Words) -> Iterator[WorkbookSheet]:
    """The year's rows of the register."""
    yield _projects(report, say)
    yield _payments(report, say)
    yield _budgets(report, say)
    yield _partners(report, say)


def _projects(report: Report, say: Words) -> WorkbookSheet:
    """A row is a project."""
    kind, year = PROJECTS, report.year
    paid = sum((sheet.paid_sek for sheet in report.sheets), Decimal(0))
    parts = (
        *_of_project(say),
        "start",
        "end",
        _amount(say("Paid SEK"), lambda entry: entry.sheet.paid_sek, paid),
        _amount(say("Paid up to and with {year}, SEK", year=year), lambda entry: entry.sheet.paid_to_date_sek),
        _amount(say("The administration's share SEK"), lambda entry: entry.sheet.own_budget_sek),
        "programme",
        "action",
        "budget_goal",
        _text(say("Goal"), lambda entry: goal_title(entry.sheet.goal, say) if entry.sheet.goal else None),
        "role",
        "lead_country",
        "networks",
        _text(say("Study visits"), lambda entry: "\n".join(visit_lines(entry.sheet.visits, year, say)), 50),
        _text(say("Sectors"), lambda entry: ", ".join(label_of(sector, say) for sector in entry.sheet.sectors)),
        _text(say("Countries"), lambda entry: ", ".join(say.country(code) for code in entry.sheet.countries), 50),
        _text(say("Participating schools"), lambda entry: ", ".join(_schools(entry.sheet, report)), 50),
        ...,
        "note",
        _origin(say),
    )
    # Sectors stand as the report counts them, its partners' too; how the grant is paid is no matter of the year's.
    left_out = ("id", "title", "sectors", "plan", "provenance", "administration")
    if report.parts:
        whose = _text(say("Administration"), lambda entry: report.title_of(entry.sheet.project.administration), 40)
        parts = (*parts[:2], whose, *parts[2:])
    columns = columns_of(kind, parts, report, say, left_out=left_out, widths={"role": 16})
    return sheet_of(say.marked(kind.title), columns, ((sheet, sheet.project) for sheet in report.sheets), say)


def _payments(report: Report, say: Words) -> WorkbookSheet:
    """A row is a payment of the year."""
    kind = PAYMENTS
    parts = (*_of_project(say), "unit", "school_id", "amount_sek", "paid_until", ..., "note", _origin(say))
    columns = columns_of(
        kind,
        parts,
        report,
        say,
        left_out=("project_id", "report_year"),
        widths={"unit": 45},
        totals={"amount_sek": report.total_sek},
    )
    return sheet_of(say("Payments"), columns, _rows(report, "payments"), say)


def _budgets(report: Report, say: Words) -> WorkbookSheet:
    """A row is a budget, as stated; SEK and EUR have a column each and no sum, as shares lie within wholes."""
    kind = BUDGETS

    def of(currency: Currency) -> RowColumn:
        def amount(entry: RegisterRow) -> Decimal | None:
            return entry.row.amount if entry.row.currency is currency else None

        return _amount(currency.value, amount)

    currencies = (of(Currency.SEK), of(Currency.EUR))
    parts = (*_of_project(say), "scope", "unit", *currencies, "certainty", "rate", "rate_date", "rate_basis", ...)
    columns = columns_of(
        kind,
        (*parts, _origin(say)),
        report,
        say,
        left_out=("project_id", "amount", "currency"),
        widths={"scope": 26, "unit": 28, "certainty": 12, "rate_basis": 44},
    )
    return sheet_of(say.marked(kind.title), columns, _rows(report, "budgets"), say)


def _partners(report: Report, say: Words) -> WorkbookSheet:
    """A row is a partner in a project; a country alone is the tick in the form's grid."""
    kind = PARTNERS
    parts = (*_of_project(say), _text(say("Code"), lambda entry: entry.row.country, 8), ..., _origin(say))
    columns = columns_of(kind, parts, report, say, left_out=("project_id",))
    return sheet_of(say.marked(kind.title), columns, _rows(report, "partners"), say)


def _rows(report: Report, part: str) -> Iterator[tuple[ProjectSheet, Any]]:
    """The rows that hang on the projects, each with its project's sheet."""
    return ((sheet, row) for sheet in report.sheets for row in getattr(sheet, part))


def _of_project(say: Words) -> tuple[RowColumn, RowColumn]:
    """Which project the row is of."""
    return (
        _text(say("Project id"), lambda entry: entry.sheet.project.id, 24),
        _text(say("Project"), lambda entry: entry.sheet.project.title, 40),
    )


def _origin(say: Words) -> RowColumn:
    """Where the row's project comes from."""
    return _text(say("Provenance"), lambda entry: provenance_word(entry.sheet.project.provenance, say), 24)


def _schools(of: ProjectSheet, report: Report) -> list[str]:
    return [report.school_names.get(p.school_id, p.school_id) for p in of.participants]


def _text(heading: str, cell: Callable[[RegisterRow], Value], width: int | None = None) -> RowColumn:
    return SheetColumn(heading, cell, width=width)


def _amount(heading: str, cell: Callable[[RegisterRow], Value], total: Decimal | None = None) -> RowColumn:
    return SheetColumn(heading, cell, CellFormat.AMOUNT, total=total)
