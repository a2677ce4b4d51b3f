"""The workbook's sheets of the register's own rows: projects, payments, budgets, partners."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from analytics.documents.report.labels import goal_title, origin, role_name, scope_name, sector_name
from analytics.documents.report.sheet import visit_lines
from analytics.documents.report.sheet_shapes import Kind, Sheet, SheetColumn, Value
from analytics.funding.report import ProjectSheet, Report
from analytics.model.funding import Currency
from analytics.words.labels import label_of
from analytics.words.language import Words


def register_sheets(report: Report, say: Words) -> Iterator[Sheet]:
    """The year's rows of the register."""
    yield _projects(report, say)
    yield _payments(report, say)
    yield _budgets(report, say)
    yield _partners(report, say)


def _projects(report: Report, say: Words) -> Sheet:
    """A row is a project."""
    columns = (
        *_project_columns(say),
        SheetColumn(say("Project start"), Kind.DAY),
        SheetColumn(say("Project end"), Kind.DAY),
        SheetColumn(say("Paid SEK"), Kind.AMOUNT),
        SheetColumn(say("Paid up to and with {year}, SEK", year=report.year), Kind.AMOUNT),
        SheetColumn(say("The administration's share SEK"), Kind.AMOUNT),
        SheetColumn(say("Programme")),
        SheetColumn(say("Sub-programme/action")),
        SheetColumn(say("No."), Kind.NUMBER),
        SheetColumn(say("Goal")),
        SheetColumn(say("Role"), width=16),
        SheetColumn(say("Led by")),
        SheetColumn(say("Part of networks")),
        SheetColumn(say("Study visits"), width=50),
        SheetColumn(say("Sectors")),
        SheetColumn(say("Countries"), width=50),
        SheetColumn(say("Participating schools"), width=50),
        SheetColumn(say("Note"), Kind.LONG),
        _origin_column(say),
    )
    rows = tuple(_project_row(sheet, report, say) for sheet in report.sheets)
    paid = sum((sheet.paid_sek for sheet in report.sheets), Decimal(0))
    total = (say("Sum"), None, None, None, paid, *[None] * (len(columns) - 5))
    return Sheet(say("Projects"), columns, rows, total)


def _project_row(sheet: ProjectSheet, report: Report, say: Words) -> tuple[Value, ...]:
    project = sheet.project
    return (
        project.id,
        project.title,
        project.start,
        project.end,
        sheet.paid_sek,
        sheet.paid_to_date_sek,
        sheet.own_budget_sek,
        project.programme,
        project.action,
        project.budget_goal,
        goal_title(sheet.goal, say) if sheet.goal else None,
        role_name(project.role, say),
        say.country(project.lead_country) if project.lead_country else None,
        project.networks,
        "\n".join(visit_lines(sheet.visits, report.year, say)),
        ", ".join(sector_name(sector, say) for sector in sheet.sectors),
        ", ".join(say.country(code) for code in sheet.countries),
        ", ".join(report.school_names.get(p.school_id, p.school_id) for p in sheet.participants),
        project.note,
        origin(project.provenance, say),
    )


def _payments(report: Report, say: Words) -> Sheet:
    """A row is a payment of the year."""
    columns = (
        *_project_columns(say),
        SheetColumn(say("Paid to"), width=45),
        SheetColumn(say("School")),
        SheetColumn(say("Paid SEK"), Kind.AMOUNT),
        SheetColumn(say("Invoices up to"), Kind.DAY),
        SheetColumn(say("Note"), Kind.LONG),
        _origin_column(say),
    )
    rows = tuple(
        (
            sheet.project.id,
            sheet.project.title,
            p.unit,
            report.school_names.get(p.school_id or "", p.school_id),
            p.amount_sek,
            p.paid_until,
            p.note,
            origin(sheet.project.provenance, say),
        )
        for sheet in report.sheets
        for p in sheet.payments
    )
    return Sheet(say("Payments"), columns, rows, (say("Sum"), None, None, None, report.total_sek, None, None, None))


def _budgets(report: Report, say: Words) -> Sheet:
    """A row is a budget, as stated; SEK and EUR have a column each and no sum, as shares lie within wholes."""
    columns = (
        *_project_columns(say),
        SheetColumn(say("Total budget"), width=26),
        SheetColumn(say("Unit")),
        SheetColumn("SEK", Kind.AMOUNT),
        SheetColumn("EUR", Kind.AMOUNT),
        SheetColumn(say("Certainty"), width=12),
        SheetColumn(say("SEK for 1 EUR"), Kind.RATE),
        SheetColumn(say("Rate of"), Kind.DAY),
        SheetColumn(say("Basis"), width=44),
        _origin_column(say),
    )
    rows = tuple(
        (
            sheet.project.id,
            sheet.project.title,
            scope_name(b.scope, say),
            b.unit,
            b.amount if b.currency is Currency.SEK else None,
            b.amount if b.currency is Currency.EUR else None,
            label_of(b.certainty, say),
            b.rate,
            b.rate_date,
            b.rate_basis,
            origin(sheet.project.provenance, say),
        )
        for sheet in report.sheets
        for b in sheet.budgets
    )
    return Sheet(say("Budgets"), columns, rows)


def _partners(report: Report, say: Words) -> Sheet:
    """A row is a partner in a project; a country alone is the tick in the form's grid."""
    columns = (
        *_project_columns(say),
        SheetColumn(say("Code"), width=8),
        SheetColumn(say("Country")),
        SheetColumn(say("Place")),
        SheetColumn(say("Organisation")),
        SheetColumn(say("Sector")),
        _origin_column(say),
    )
    rows = tuple(
        (
            sheet.project.id,
            sheet.project.title,
            p.country,
            say.country(p.country),
            p.place,
            p.organisation,
            sector_name(p.sector, say) if p.sector else None,
            origin(sheet.project.provenance, say),
        )
        for sheet in report.sheets
        for p in sheet.partners
    )
    return Sheet(say("Partners"), columns, rows)


def _project_columns(say: Words) -> tuple[SheetColumn, SheetColumn]:
    return SheetColumn(say("Project id"), width=24), SheetColumn(say("Project"), width=40)


def _origin_column(say: Words) -> SheetColumn:
    """Where the row's project comes from."""
    return SheetColumn(say("Provenance"), width=24)
