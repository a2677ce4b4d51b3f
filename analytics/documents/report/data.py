"""The report for programs: JSON as the contract has it, and CSV with one row a payment of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import orjson

from analytics.documents.report.amounts import plain
from analytics.documents.report.chapters import paid_projects
from analytics.documents.report.contents import VERSION
from analytics.documents.report.parts import handed_in_json, part_json
from analytics.documents.tables import csv_bytes
from analytics.funding.checks.remark import remark_data
from analytics.funding.countries import countries_abroad
from analytics.funding.report import KindSum, ProjectSheet, Report
from analytics.funding.sums import goal_of
from analytics.model.funding import Budget, Cooperation, MoneyKind, Partner, Payment, Visit
from analytics.model.sender import NOBODY, Dispatch
from analytics.registers.funding import PAYMENTS, PROJECTS
from analytics.registers.kinds import KIND_OF
from analytics.words.funding import goal_title
from analytics.words.language import Words


def json_bytes(report: Report, about: Mapping[str, str], say: Words, dispatch: Dispatch = NOBODY) -> bytes:
    """The contract's JSON. Amounts are numbers as exact as the register's: an integer, or two decimals. A question
    without an answer is null; sums without a goal come after the nine, and only where there are any."""
    answer = {
        "year": report.year,
        "sender": {name: text or None for name, text in dispatch.told.items()},
        "introduction": dispatch.sender.introduction or None,
        "total_sek": report.total_sek,
        "projects_paid": paid_projects(report),
        "other_countries": countries_abroad(partner for sheet in report.sheets for partner in sheet.partners),
        "eu_sek": report.eu_sek,
        "not_eu": [{"programme": row.programme, "amount_sek": row.amount_sek} for row in report.not_eu],
        "by_unit": [{"unit": row.unit, "amount_sek": row.amount_sek} for row in report.by_unit],
        "by_budget_goal": [
            {
                "number": row.goal.number if row.goal else None,
                "title": goal_title(row.goal, say) if row.goal else None,
                "amount_sek": row.amount_sek,
            }
            for row in report.by_goal
        ],
        "by_programme": [{"programme": row.programme, "amount_sek": row.amount_sek} for row in report.by_programme],
        "by_kind": _by_kind(report.by_kind),
        "partners_by_sector": [
            {"sector": row.sector.value, "count": row.count, "partners": [_partner(p) for p in row.partners]}
            for row in report.by_sector
        ],
        "projects": [_project(sheet, report.school_names) for sheet in report.sheets],
        "narratives": {question.value: told.text if told else None for question, told in report.narratives},
        "narratives_provenance": {
            question.value: told.provenance.value if told else None for question, told in report.narratives
        },
        "cooperations": _rows(report.cooperations),
        "administration": _whose(report),
        "handed_in": handed_in_json(report.handed_in),
        "parts": [part_json(part) for part in report.parts],
        "remarks": [remark_data(remark) for remark in report.remarks],
        "readings": {
            "by_report_year_sek": report.readings.by_report_year,
            "by_calendar_year_sek": {"at_least": report.readings.at_least, "at_most": report.readings.at_most},
            "near_turn": [_near_turn(payment) for payment in report.readings.near_year_end],
        },
        "provenance": report.provenance.value,
        "version": about.get(VERSION),
    }
    return orjson.dumps(answer, default=_exact, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def payments_csv(report: Report, *, excel: bool = False, version: int | None = None) -> bytes:
    """One row a payment that the year's sum counts; for Excel in Swedish with semicolons, byte order mark and decimal
    comma. `version`: the store's, on every row."""
    columns = _csv_columns(report)
    if version is not None:
        columns["version"] = lambda sheet, payment: version
    rows = [
        [csv_cell(value(sheet, payment), excel) for value in columns.values()]
        for sheet in report.sheets
        for payment in sheet.payments
    ]
    return csv_bytes(list(columns), rows, excel=excel)


def _csv_columns(report: Report) -> dict[str, Callable[[ProjectSheet, Payment], Any]]:
    """Heading -> what stands under it. What payments have beside comes last, as scripts count on the others' places."""
    titles = {row.goal and row.goal.number: row.goal and row.goal.title_sv for row in report.by_goal}
    columns: dict[str, Callable[[ProjectSheet, Payment], Any]] = {
        "year": lambda sheet, payment: report.year,
        "project_id": lambda sheet, payment: sheet.project.id,
        "title": lambda sheet, payment: sheet.project.title,
        "programme": lambda sheet, payment: sheet.project.programme,
        "budget_goal": lambda sheet, payment: goal_of(payment, sheet.project),
        "budget_goal_title": lambda sheet, payment: titles.get(goal_of(payment, sheet.project)),
        "unit": lambda sheet, payment: payment.unit,
        "school": lambda sheet, payment: report.school_names.get(payment.school_id or "", payment.school_id),
        "amount_sek": lambda sheet, payment: payment.amount_sek,
        "paid_until": lambda sheet, payment: payment.paid_until,
        "note": lambda sheet, payment: payment.note,
        "provenance": lambda sheet, payment: sheet.project.provenance,
        "administration": lambda sheet, payment: sheet.project.administration,
    }
    said = {*columns, "report_year", "school_id"}
    for field in PAYMENTS.fields:
        if field.name not in said:
            columns[field.name] = lambda sheet, payment, name=field.attribute: getattr(payment, name)
    return columns


def csv_cell(value: Any, excel: bool) -> Any:
    """A value as programs read it."""
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            exact = plain(value) if value == round(value, 2) else f"{value.normalize():f}"
            return exact.replace(".", ",") if excel else exact
    return value


def _partner(partner: Partner) -> dict:
    return {"country": partner.country, "place": partner.place, "organisation": partner.organisation}


def _project(sheet: ProjectSheet, schools: Mapping[str, str]) -> dict:
    """A project with all that its sheet tells; its rows under the names that the register's files have for them."""
    project = sheet.project
    told = {
        "project_id": project.id,
        "title": project.title,
        "start": project.start,
        "end": project.end,
        "paid_sek": sheet.paid_sek,
        "by_kind": _by_kind(sheet.by_kind),
        "own_budget_sek": sheet.own_budget_sek,
        "countries": sheet.countries,
        "provenance": project.provenance.value,
        "paid_to_date_sek": sheet.paid_to_date_sek,
        "programme": project.programme,
        "action": project.action,
        "role": project.role,
        "lead_country": project.lead_country,
        "budget_goal": project.budget_goal,
        "networks": project.networks,
        "sectors": sheet.sectors,
        "note": project.note,
        "administration": project.administration,
        "budgets": _rows(sheet.budgets),
        "payments": _rows(sheet.payments),
        "other_money": _rows(event for event in sheet.events if event.kind is not MoneyKind.SPENT),
        "partners": _rows(sheet.partners),
        "schools": [{"school_id": p.school_id, "name": schools.get(p.school_id)} for p in sheet.participants],
        "visits": _rows(sheet.visits),
    }
    return told | {field.name: getattr(project, field.attribute) for field in PROJECTS.fields if field.name not in told}


def _whose(report: Report) -> str | None:
    """Of one administration's part, whose it is."""
    part = report.part_of
    return part.administration.id if part and part.administration else None


def _rows(rows: Iterable[Budget | Payment | Partner | Visit | Cooperation]) -> list[dict]:
    """The rows with all that they say, but for which project they are of."""
    return [
        {field.name: getattr(row, field.attribute) for field in KIND_OF[type(row)].fields if field.name != "project_id"}
        for row in rows
    ]


def _by_kind(sums: Sequence[KindSum]) -> list[dict]:
    """Money of each kind that there is any of, never added up: what was spent is no part of what was received."""
    return [{"kind": s.kind.value, "amount_sek": s.year_sek, "to_date_sek": s.to_date_sek} for s in sums]


def _near_turn(payment: Payment) -> dict:
    """A payment that the calendar year's bounds hang on; `report_year` is the report that it is counted to."""
    return {
        "project_id": payment.project_id,
        "unit": payment.unit,
        "report_year": payment.report_year,
        "paid_until": payment.paid_until,
        "amount_sek": payment.amount_sek,
    }


def _exact(value: object) -> orjson.Fragment:
    """A Decimal as the number it is, without a float on the way: an amount in hundredths, a rate with all it has."""
    if isinstance(value, Decimal):
        return orjson.Fragment(plain(value) if value == round(value, 2) else f"{value.normalize():f}")
    raise TypeError(type(value))
