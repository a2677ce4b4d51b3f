"""A made-up year counted by hand; see worlds.second_year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analytics.funding.report import report, report_years
from analytics.model.funding import ReportQuestion, Sector
from analytics.words.language import words
from tests.funding.worlds import second_year, world


@pytest.fixture(scope="module")
def year():
    return report(second_year(), 2019, words("en"))


def sums(rows, name):
    return {getattr(row, name): row.amount_sek for row in rows}


def test_the_total_is_what_was_counted_to_the_year(year):
    # 12 500.50 + 7 499.50 + 63 000 + 60 000 + 5 000
    assert year.total_sek == Decimal("148000.00")


def test_a_payment_split_over_two_units_is_in_both(year):
    assert sums(year.by_unit, "unit") == {
        "Kontoret": Decimal("17500.50"),  # 12 500.50 + 5 000
        "Alfaskolan": Decimal("67499.50"),  # 7 499.50 + 60 000
        "Miljö": Decimal(63000),
    }


def test_all_nine_goals_stand_there_and_last_what_has_none(year):
    assert [(row.goal.number if row.goal else None, row.amount_sek) for row in year.by_goal] == [
        (1, 60000), (2, 0), (3, 20000), (4, 0), (5, 0), (6, 0), (7, 0), (8, 63000), (9, 0), (None, 5000),
    ]  # fmt: skip


def test_two_programmes(year):
    assert sums(year.by_programme, "programme") == {"Erasmus+": 80000, "Interreg": 68000}


def test_every_table_adds_up_to_the_total(year):
    for rows in (year.by_unit, year.by_goal, year.by_programme):
        assert sum(row.amount_sek for row in rows) == year.total_sek


def test_a_project_that_ended_has_a_sheet_if_it_was_paid_and_one_that_has_not_begun_has_none(year):
    assert [sheet.project.id for sheet in year.sheets] == ["sol", "vind", "regn", "snö"]


def test_a_sheet_has_the_year_and_all_years_up_to_it(year):
    assert [(sheet.paid_sek, sheet.paid_to_date_sek) for sheet in year.sheets] == [
        (20000, 60000),
        (63000, 63000),
        (60000, 90000),
        (5000, 5000),
    ]
    assert [len(sheet.visits) for sheet in year.sheets] == [1, 0, 0, 0]
    assert [sheet.countries for sheet in year.sheets] == [("IT",), ("DK", "IT", "DE"), ("FI",), ()]


def test_a_budget_in_euros_is_converted_at_its_own_rate_and_one_that_is_missing_is_none(year):
    assert [sheet.own_budget_sek for sheet in year.sheets] == [100000, 210000, 90000, None]


def test_partners_of_two_projects_are_counted_once_and_ticks_not_at_all(year):
    assert {row.sector: row.count for row in year.by_sector} == {
        Sector.PUBLIC: 2,
        Sector.PRIVATE: 0,
        Sector.UNIVERSITY: 1,
        Sector.NONPROFIT: 0,
    }


def test_both_readings_of_the_turn_of_the_year(year):
    # out: 20 000 counted to 3 January 2020; in: 30 000 of 2018's report counted to 3 January 2019
    assert year.readings.by_report_year == 148000
    assert year.readings.at_least == 128000  # 63 000 + 60 000 + 5 000
    assert year.readings.at_most == 178000  # and 20 000 + 30 000
    assert [payment.amount_sek for payment in year.readings.near_year_end] == [
        Decimal("12500.50"),
        Decimal("7499.50"),
        30000,
    ]


def test_answers_stand_in_the_forms_order_with_what_is_missing(year):
    assert [question for question, _ in year.narratives] == list(ReportQuestion)
    assert [answer is None for _, answer in year.narratives] == [False, False, True, True, True, True]


def test_the_remarks_of_the_year(year):
    assert [(remark.weight, remark.kind, remark.project_id) for remark in year.remarks] == [
        ("check", "rate_unexplained", "vind"),  # 10.5000 was no day's rate
        ("check", "no_goal", "snö"),
        ("check", "no_partner", "snö"),
        ("check", "no_own_budget", "snö"),
        ("check", "narratives_missing", None),
        ("know", "own_share_of_whole", "vind"),
        ("know", "payment_after_end", "snö"),
        ("know", "turn_of_year", None),
        ("know", "turn_of_year_before", None),
    ]


def test_years_and_an_empty_year():
    assert report_years(second_year()) == (2020, 2019, 2018)  # 2020: is told nothing yet, but projects run on
    empty = report(world(payments=(), narratives=()), 2030, words("sv"))
    assert (empty.total_sek, empty.sheets, empty.by_unit) == (0, (), ())
    assert [row.amount_sek for row in empty.by_goal] == [0] * 9
