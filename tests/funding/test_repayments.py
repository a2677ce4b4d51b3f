"""Repayments and corrections: payments below 0, in every sum, sentence and file of the yearly report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import mammoth
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from analytics.documents.report import FORMATS, report_bytes
from analytics.documents.report.chapters import money_blocks, paid_projects
from analytics.documents.report.year_end import year_end_blocks, year_end_reason
from analytics.funding.difference import difference
from analytics.funding.difference import in_words as difference_in_words
from analytics.funding.plan import course, in_words
from analytics.funding.report import readings, report
from analytics.model.funding import Funding
from analytics.words.language import words
from tests.funding.worlds import krona, paid, project, world
from tests.sampling import pairs

SV, EN = words("sv"), words("en")
ABOUT = {"Version": "7"}
BACK = {"note": "Outnyttjade medel återbetalda"}


def register() -> Funding:
    """2018, made by hand: sol (goal 3) 40 000.10 less 12 500.55, vind (goal 8) 0.40 taken back, regn (no goal) 700
    repaid of what another year paid. In all 40 000.50 was paid and 13 200.95 repaid: 26 799.55."""
    return world(
        projects=(
            project("sol"),
            project("vind", programme="Interreg", budget_goal=8, lead_country="DK"),
            project("regn", end="2018-06-30", budget_goal=None),
        ),
        budgets=(krona("100000"), krona("500", project_id="regn")),
        payments=(
            paid("40000.10"),
            paid("-12500.55", unit="Alfaskolan", **BACK),
            paid("0.40", project_id="vind"),
            paid("-0.40", project_id="vind", note="Fel projekt"),
            paid("-700.00", project_id="regn", until="2019-01-03", **BACK),
            paid("-90.05", 2017, until="2018-01-05", **BACK),
        ),
    )


@pytest.fixture(scope="module")
def year():
    return report(register(), 2018, EN)


def test_every_sum_is_net_to_the_ore(year):
    assert (year.total_sek, year.repaid_sek) == (Decimal("26799.55"), Decimal("13200.95"))
    assert {row.unit: row.amount_sek for row in year.by_unit} == {
        "Kontoret": Decimal("39300.10"),
        "Alfaskolan": Decimal("-12500.55"),
    }
    goals = {row.goal and row.goal.number: row.amount_sek for row in year.by_goal if row.amount_sek}
    assert goals == {3: Decimal("27499.55"), None: Decimal("-700.00")}
    assert {row.programme: row.amount_sek for row in year.by_programme} == {
        "Erasmus+": Decimal("26799.55"),
        "Interreg": 0,
    }
    assert [(s.project.id, s.paid_sek, s.paid_to_date_sek, s.was_paid) for s in year.sheets] == [
        ("sol", Decimal("27499.55"), Decimal("27409.50"), True),
        ("vind", Decimal("0.00"), Decimal("0.00"), True),
        ("regn", Decimal("-700.00"), Decimal("-700.00"), False),
    ]
    assert paid_projects(year) == 2


def test_a_repayment_near_the_turn_of_the_year_widens_the_bounds_downwards():
    found = readings(register(), 2018)
    assert found.by_report_year == Decimal("26799.55")
    assert found.at_least == Decimal("27499.55") - Decimal("700.00") - Decimal("90.05")
    assert found.at_most == Decimal("27499.55")
    both = replace(register(), payments=(*register().payments, paid("10.00", until="2019-02-01")))
    found = readings(both, 2018)
    assert (found.at_least, found.at_most) == (Decimal("26709.50"), Decimal("27509.55"))
    assert found.at_least <= found.by_report_year <= found.at_most


@pytest.mark.parametrize("say", [SV, EN], ids=["sv", "en"])
def test_what_is_said_of_the_turn_of_the_year_holds_for_repayments(say):
    year = report(register(), 2018, say)
    least, most = (
        ("26\N{NO-BREAK SPACE}709,50", "27\N{NO-BREAK SPACE}499,55") if say is SV else ("26,709.50", "27,499.55")
    )
    assert least in year_end_reason(year, say) and most in year_end_reason(year, say)
    last = list(year_end_blocks(year, say))[-1]
    assert ("repayments" in last.text) if say is EN else ("återbetalningar" in last.text)


def test_a_goal_that_was_paid_and_repaid_says_0_and_is_not_said_to_have_got_nothing(year):
    goals = next(block for block in money_blocks(year, EN) if "Table 3" in getattr(block, "caption", ""))
    told = {row[0].split(".")[0]: row[1] for row in goals.rows}
    assert told == {
        **{str(n): "" for n in range(1, 10)},
        "3": "27,499.55",
        "8": "0.00",
        "No budget goal": "\N{MINUS SIGN}700.00",
    }


def test_the_register_is_remarked_on_where_more_is_repaid_than_paid(year):
    kinds = {remark.project_id: remark.text for remark in year.remarks if remark.kind == "repaid_above_paid"}
    assert kinds == {"regn": "Up to and including 2018, SEK\N{NO-BREAK SPACE}700 more was corrected than was spent."}
    assert "payment_after_end" not in {remark.kind for remark in year.remarks}


def test_the_course_of_a_project_that_repaid_more_than_it_was_paid():
    found = course(register(), project("regn", end="2018-06-30"), 2018)
    assert (found.paid_sek, found.paid_share) == (Decimal("-700.00"), Decimal("-1.4"))
    assert in_words(found, EN) == (
        "100% of the time has gone. More has been corrected than was spent. What has come in from the funder is not in"
        " the register."
    )


def test_the_difference_between_two_years_counts_repayments():
    found = difference(register(), register(), 2018)
    assert found.total.change == Decimal("26799.55") - Decimal("-90.05")
    assert all("{" not in text for text in difference_in_words(found, SV))


@pytest.mark.parametrize(("suffix", "language"), pairs(list(FORMATS), ["sv", "en"]))
def test_every_file_holds_the_repayment_and_the_net_sum(suffix, language):
    say = words(language)
    data = report_bytes(report(register(), 2018, say), suffix, ABOUT, say)
    assert len(data) > 300
    match suffix:
        case ".json":
            told = json.loads(data, parse_float=Decimal)
            assert told["total_sek"] == Decimal("26799.55")
            assert sum(row["amount_sek"] for row in told["by_budget_goal"]) == told["total_sek"]
            assert told["projects"][2]["paid_sek"] == -700
        case ".csv":
            lines = data.decode().splitlines()
            amounts = [Decimal(line.split(",")[lines[0].split(",").index("amount_sek")]) for line in lines[1:]]
            assert sum(amounts) == Decimal("26799.55") and Decimal("-12500.55") in amounts
        case ".zip":
            with ZipFile(BytesIO(data)) as tables:
                held = "".join(tables.read(name).decode() for name in tables.namelist())
            assert "26799.55" in held and "-12500.55" in held
        case ".xlsx":
            sheets = CalamineWorkbook.from_filelike(BytesIO(data))
            cells = [
                cell
                for name in sheets.sheet_names
                for row in sheets.get_sheet_by_name(name).to_python()
                for cell in row
            ]
            assert {-12500.55, -700, 26799.55} <= {cell for cell in cells if isinstance(cell, float | int)}
        case ".docx" | ".pdf":
            text = (
                mammoth.convert_to_html(BytesIO(data)).value
                if suffix == ".docx"
                else "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
            )
            comma = "." if language == "sv" else ""
            told = "".join(text.split()).replace(",", comma).replace("\N{MINUS SIGN}", "-")
            assert "-12500.55" in told and "26799.55" in told and "-700" in told


def test_a_year_with_a_repayment_alone():
    alone = world(payments=(paid("5000", 2017, until="2017-12-31"), paid("-100.25", 2018, **BACK)))
    found = report(alone, 2018, EN)
    assert (found.total_sek, found.repaid_sek, paid_projects(found)) == (Decimal("-100.25"), Decimal("100.25"), 0)
    assert "no_payment" not in {remark.kind for remark in found.remarks}
    for suffix in FORMATS:
        assert report_bytes(found, suffix, ABOUT, EN)


def test_what_is_repaid_after_the_end_is_as_it_should_be():
    ended = world(
        projects=(project(end="2018-12-31"),),
        payments=(paid("100", 2018), paid("-40", 2019, until="2019-06-01", **BACK)),
        narratives=(),
    )
    assert {remark.kind for remark in report(ended, 2019, EN).remarks} <= {"narratives_missing", "lead_in_text"}
    assert date(2019, 6, 1) in report(ended, 2019, EN).sheets[0].paid_until
