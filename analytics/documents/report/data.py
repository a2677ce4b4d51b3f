"""The report for programs: JSON as the contract has it, and CSV with one row a payment of the year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import orjson

from analytics.documents.report.amounts import plain
from analytics.documents.report.contents import VERSION
from analytics.documents.report.labels import goal_title
from analytics.documents.tables import csv_bytes
from analytics.funding.checks.report import Remark
from analytics.funding.report import ProjectSheet, Report
from analytics.model.funding import Partner, Payment
from analytics.words.language import Words

COLUMNS = (
    "year",
    "project_id",
    "title",
    "programme",
    "budget_goal",
    "budget_goal_title",
    "unit",
    "school",
    "amount_sek",
    "paid_until",
    "note",
    "provenance",
)
FORMULA = tuple("=+-@\t\r")


def json_bytes(report: Report, about: Mapping[str, str], say: Words) -> bytes:
    """The contract's JSON. Amounts are numbers as exact as the register's: an integer, or two decimals. A question
    without an answer is null; sums without a goal come after the nine, and only where there are any."""
    answer = {
        "year": report.year,
        "total_sek": report.total_sek,
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
        "partners_by_sector": [
            {"sector": row.sector.value, "count": row.count, "partners": [_partner(p) for p in row.partners]}
            for row in report.by_sector
        ],
        "projects": [_project(sheet) for sheet in report.sheets],
        "narratives": {question.value: told.text if told else None for question, told in report.narratives},
        "remarks": [_remark(remark) for remark in report.remarks],
        "readings": {
            "by_report_year_sek": report.readings.by_report_year,
            "by_calendar_year_sek": {"at_least": report.readings.at_least, "at_most": report.readings.at_most},
            "near_turn": [_near_turn(payment) for payment in report.readings.near_turn],
        },
        "provenance": report.provenance.value,
        "version": about.get(VERSION),
    }
    return orjson.dumps(answer, default=_exact, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def payments_csv(report: Report, *, excel: bool = False) -> bytes:
    """One row a payment of the year; for Excel in Swedish with semicolons, byte order mark and decimal comma."""
    rows = []
    for sheet in report.sheets:
        project = sheet.project
        for payment in sheet.payments:
            amount = plain(payment.amount_sek)
            row = (
                report.year,
                _harmless(project.id),
                _harmless(project.title),
                _harmless(project.programme),
                project.budget_goal,
                _harmless(sheet.goal.title_sv if sheet.goal else None),
                _harmless(payment.unit),
                _harmless(report.school_names.get(payment.school_id or "", payment.school_id)),
                amount.replace(".", ",") if excel else amount,
                payment.paid_until.isoformat() if payment.paid_until else None,
                _harmless(payment.note),
                project.provenance.value,
            )
            rows.append(row)
    return csv_bytes(COLUMNS, rows, excel=excel)


def _harmless(text: str | None) -> str | None:
    """A text that starts like a formula would be run by the program that opens the CSV."""
    return f"'{text}" if text and text.startswith(FORMULA) else text


def _partner(partner: Partner) -> dict:
    return {"country": partner.country, "place": partner.place, "organisation": partner.organisation}


def _project(sheet: ProjectSheet) -> dict:
    project = sheet.project
    return {
        "project_id": project.id,
        "title": project.title,
        "start": project.start,
        "end": project.end,
        "paid_sek": sheet.paid_sek,
        "own_budget_sek": sheet.own_budget_sek,
        "countries": sheet.countries,
        "provenance": project.provenance.value,
    }


def _near_turn(payment: Payment) -> dict:
    """A payment that the calendar year's bounds hang on; `report_year` is the report that it is counted to."""
    return {
        "project_id": payment.project_id,
        "unit": payment.unit,
        "report_year": payment.report_year,
        "paid_until": payment.paid_until,
        "amount_sek": payment.amount_sek,
    }


def _remark(remark: Remark) -> dict:
    return {
        "kind": remark.kind,
        "weight": remark.weight.value,
        "text": remark.text,
        "mend": remark.mend,
        "where": remark.where,
        "project_id": remark.project_id,
    }


def _exact(value: object) -> orjson.Fragment:
    """A Decimal as the number it is, without a float on the way."""
    if isinstance(value, Decimal):
        return orjson.Fragment(plain(value))
    raise TypeError(type(value))
