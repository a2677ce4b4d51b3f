"""The workbook's sheets of the register's own rows: projects, payments, budgets, partners."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from analytics.documents.report.field_columns import Cell, RowColumn, columns_of, sheet_of
from analytics.documents.report.sheet import visit_lines
from analytics.documents.report.sheet_shapes import Kind, Sheet, SheetColumn
from analytics.funding.report import ProjectSheet, Report
from analytics.model.funding import Budget, Currency, Partner
from analytics.registers.funding import BUDGETS, PARTNERS, PAYMENTS, PROJECTS
from analytics.words.funding import goal_title
from analytics.words.labels import label_of
from analytics.words.language import Words
from analytics.words.provenance import provenance_word


def register_sheets(report: Report, say: Words) -> Iterator[Sheet]:
    """The year's rows of the register."""
    yield _projects(report, say)
    yield _payments(report, say)
    yield _budgets(report, say)
    yield _partners(report, say)


def _projects(report: Report, say: Words) -> Sheet:
    """A row is a project."""
    kind, year = PROJECTS, report.year
    paid = sum((sheet.paid_sek for sheet in report.sheets), Decimal(0))
    parts = (
        *_of_project(say),
        "start",
        "end",
        RowColumn(SheetColumn(say("Paid SEK"), Kind.AMOUNT), lambda of, _: of.paid_sek, paid),
        _amount(say("Paid up to and with {year}, SEK", year=year), lambda of, _: of.paid_to_date_sek),
        _amount(say("The administration's share SEK"), lambda of, _: of.own_budget_sek),
        "programme",
        "action",
        "budget_goal",
        _text(say("Goal"), lambda of, _: goal_title(of.goal, say) if of.goal else None),
        "role",
        "lead_country",
        "networks",
        _text(say("Study visits"), lambda of, _: "\n".join(visit_lines(of.visits, year, say)), 50),
        _text(say("Sectors"), lambda of, _: ", ".join(label_of(sector, say) for sector in of.sectors)),
        _text(say("Countries"), lambda of, _: ", ".join(say.country(code) for code in of.countries), 50),
        _text(say("Participating schools"), lambda of, _: ", ".join(_schools(of, report)), 50),
        ...,
        "note",
        _origin(say),
    )
    # Sectors stand as the report counts them, its partners' too; how the grant is paid is no matter of the year's.
    left_out = ("id", "title", "sectors", "plan", "provenance")
    columns = columns_of(kind, parts, report, say, left_out=left_out, widths={"role": 16})
    return sheet_of(say.marked(kind.title), columns, ((sheet, sheet.project) for sheet in report.sheets), say)


def _payments(report: Report, say: Words) -> Sheet:
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
    return sheet_of(say.marked(kind.title), columns, _rows(report, "payments"), say)


def _budgets(report: Report, say: Words) -> Sheet:
    """A row is a budget, as stated; SEK and EUR have a column each and no sum, as shares lie within wholes."""
    kind = BUDGETS

    def of(currency: Currency) -> RowColumn:
        def amount(_: ProjectSheet, budget: Budget) -> Decimal | None:
            return budget.amount if budget.currency is currency else None

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


def _partners(report: Report, say: Words) -> Sheet:
    """A row is a partner in a project; a country alone is the tick in the form's grid."""
    kind = PARTNERS

    def country(_: ProjectSheet, partner: Partner) -> str:
        return partner.country

    parts = (*_of_project(say), _text(say("Code"), country, 8), ..., _origin(say))
    columns = columns_of(kind, parts, report, say, left_out=("project_id",))
    return sheet_of(say.marked(kind.title), columns, _rows(report, "partners"), say)


def _rows(report: Report, part: str) -> Iterator[tuple[ProjectSheet, Any]]:
    """The rows that hang on the projects, each with its project's sheet."""
    return ((sheet, row) for sheet in report.sheets for row in getattr(sheet, part))


def _of_project(say: Words) -> tuple[RowColumn, RowColumn]:
    """Which project the row is of."""
    return (
        _text(say("Project id"), lambda of, _: of.project.id, 24),
        _text(say("Project"), lambda of, _: of.project.title, 40),
    )


def _origin(say: Words) -> RowColumn:
    """Where the row's project comes from."""
    return _text(say("Provenance"), lambda of, _: provenance_word(of.project.provenance, say), 24)


def _schools(of: ProjectSheet, report: Report) -> list[str]:
    return [report.school_names.get(p.school_id, p.school_id) for p in of.participants]


def _text(heading: str, cell: Cell, width: int | None = None) -> RowColumn:
    return RowColumn(SheetColumn(heading, width=width), cell)


def _amount(heading: str, cell: Cell) -> RowColumn:
    return RowColumn(SheetColumn(heading, Kind.AMOUNT), cell)
