"""Which funders each kind of remark applies to, as the table beside the funders' has it."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from analytics.funding.checks.report import report_remarks
from analytics.funding.funders import REFERENCE, applies
from analytics.model.funding import MoneySource
from analytics.model.remarks import RemarkKind
from analytics.words.language import words
from tests.funding.worlds import euro, project, world

EN = words("en")


def test_the_table_says_of_every_kind_whom_it_applies_to_and_why():
    with (REFERENCE / "remarks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == list(RemarkKind)
    assert all(row["why"] for row in rows)


@pytest.mark.parametrize(
    ("programme", "partners", "rates"),
    [
        ("Erasmus+", True, True), ("Interreg", True, True), ("Något nytt", True, True), ("Nordplus", True, False),
        ("ICLD", True, False), ("ESF+", False, True), ("erasmus+ ", True, True),
    ],
)  # fmt: skip
def test_what_a_programme_does_not_ask_for_is_not_remarked_on(programme, partners, rates):
    funded = project(programme=programme, lead_country=None)
    found = {r.kind for r in report_remarks(world(projects=(funded,), partners=()), 2018, EN)}
    assert (RemarkKind.NO_PARTNER in found, RemarkKind.PARTNER_WITHOUT_LEAD in found) == (partners, partners)
    in_euro = world(projects=(project(programme=programme),), budgets=(euro("9", rate="10.2943"),))
    assert (RemarkKind.RATE_DAYS in {r.kind for r in report_remarks(in_euro, 2018, EN)}) is rates


def test_what_the_project_itself_says_of_its_money_goes_before_its_programme():
    nordplus = project(programme="Nordplus")
    assert not applies(RemarkKind.RATE_DAYS, nordplus)
    assert applies(RemarkKind.RATE_DAYS, project(programme="Nordplus", source=MoneySource.EU))


def test_other_funders_rates_are_not_held_against_the_unions():
    def two(programme: str) -> set[str]:
        rows = (project(), project("luna", programme=programme))
        budgets = (euro("100", rate="10.3"), euro("100", project_id="luna", rate=Decimal("9.84")))
        return {r.kind for r in report_remarks(world(projects=rows, budgets=budgets), 2018, EN)}

    assert "two_rates" in two("Interreg") and "two_rates" not in two("Nordplus")
