"""The published report for 2018, built as anybody builds it: its sums, and what in it contradicts itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.funding.checks.rates import daily_rates, in_sek
from analytics.funding.checks.report import report_remarks
from analytics.funding.plan import course, in_words
from analytics.funding.register import funding
from analytics.funding.report import report, report_years
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.words.language import words


@pytest.fixture(scope="module")
def view(published_store):
    return Store(published_store).current()


@pytest.fixture(scope="module")
def register(view):
    return funding(view, Viewer("all", None))


@pytest.fixture(scope="module")
def year(register):
    return report(register, 2018, words("sv"))


def test_the_register_is_denied_to_whoever_may_see_nothing(view):
    with pytest.raises(NotAllowed):
        funding(view, Viewer("nobody"))


def test_table_1_and_table_3(year):
    assert year.total_sek == 580111
    assert [row.amount_sek for row in year.by_unit] == [179906, 310447, 6068, 65865, 17825]
    assert [row.amount_sek for row in year.by_goal] == [0, 0, 580111, 0, 0, 0, 0, 0, 0]


def test_what_the_source_contradicts_is_found(year):
    assert [(remark.kind, remark.project_id) for remark in year.remarks] == [
        ("partner_without_lead", "dsoe"),
        ("partner_twice", "dsoe"),
        ("rate_unexplained", "mobilitet-ict"),
        ("partner_without_lead", "dawn-of-schools"),
        ("partner_without_lead", "my-place-my-story"),
        ("rate_unexplained", "my-place-my-story"),
        ("own_share_of_whole", "dsoe"),
        ("about_amount", "dsoe"),
        ("two_rates", None),
        ("turn_of_year", None),
    ]


def test_both_rates_the_whole_budget_and_the_sum_stand_in_the_words(year):
    text = {(remark.kind, remark.project_id): remark.text for remark in year.remarks}
    space = "\N{NO-BREAK SPACE}"
    assert "9,8428" in text["two_rates", None] and "10,3520" in text["two_rates", None]
    ict = text["rate_unexplained", "mobilitet-ict"]
    assert f"1{space}338{space}620{space}kr" in ict and f"136{space}000{space}EUR" in ict
    assert "9,842794" in ict and "9,8425" in ict and "2018-01-17" in ict and f"1{space}338{space}580{space}kr" in ict
    place = text["rate_unexplained", "my-place-my-story"]
    assert f"112{space}216{space}kr" in place and f"10{space}840{space}EUR" in place
    assert "10,3515" in place and "2018-09-25" in place and f"112{space}210{space}kr" in place
    whole = text["own_share_of_whole", "dsoe"]
    assert f"2{space}989{space}177{space}kr" in whole and f"310{space}000{space}kr" in whole and f"10{space}%" in whole
    assert f"580{space}111{space}kr" in text["turn_of_year", None]
    assert "2019-01-03" in text["turn_of_year", None]


def test_no_rate_until_the_projects_end_makes_the_published_amounts():
    """10.3520 was the ECB's on 4 November 2020, which explains nothing: the report was written in 2019."""

    def days(euro: int, krona: int) -> list[date]:
        return [day for day, rate in daily_rates().items() if in_sek(Decimal(euro), rate) == krona]

    assert days(136000, 1338620) == []
    assert days(10840, 112216) == [date(2020, 11, 4)]


def test_both_readings(year):
    assert (year.readings.by_report_year, year.readings.at_least, year.readings.at_most) == (580111, 0, 580111)
    assert len(year.readings.near_year_end) == 5


def test_in_the_demo_only_the_deliberate_rate_is_unexplained(demo_store):
    demo = funding(Store(demo_store).current(), Viewer("all", None))
    rows = [remark for year in report_years(demo) for remark in report_remarks(demo, year, words("sv"))]
    assert {remark.project_id for remark in rows if remark.kind == "rate_unexplained"} == {
        "spelet-om-framtiden",
        "mobilitet-ict",
        "my-place-my-story",
    }
    assert not {"payment_twice", "dates_wrong_way", "unit_spelt_differently"} & {remark.kind for remark in rows}
    assert {remark.project_id for remark in rows if remark.kind == "lead_in_text"} == {"las-med-mig"}


def test_58_percent_after_95_percent_of_the_time_is_what_was_spent(register):
    dsoe = next(project for project in register.projects if project.id == "dsoe")
    text = in_words(course(register, dsoe, 2018), words("en"))
    assert text.startswith("58% of the own budget is spent after 95% of the time.")
    assert text.endswith("What has come in from the funder is not in the register.")
