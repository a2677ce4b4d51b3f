"""The published report for 2018, built as anybody builds it: its sums, and what in it contradicts itself."""

from __future__ import annotations

import pytest

from analytics.funding.plan import course, in_words
from analytics.funding.register import funding
from analytics.funding.report import report
from analytics.language import words
from analytics.model import NotAllowed, Viewer
from analytics.store.reading import Store
from tests.conftest import built


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    return Store(built(tmp_path_factory.mktemp("malmo") / "store", "--no-demo")).current()


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
        ("partner_without_lead", "dawn-of-schools"),
        ("partner_without_lead", "my-place-my-story"),
        ("own_share_of_whole", "dsoe"),
        ("about_amount", "dsoe"),
        ("rate_days", "mobilitet-ict"),
        ("rate_days", "my-place-my-story"),
        ("two_rates", None),
        ("turn_of_year", None),
    ]


def test_both_rates_the_whole_budget_and_the_sum_stand_in_the_words(year):
    text = {(remark.kind, remark.project_id): remark.text for remark in year.remarks}
    space = "\N{NO-BREAK SPACE}"
    assert "9,8428" in text["two_rates", None] and "10,3520" in text["two_rates", None]
    assert "2017-11-23" in text["rate_days", "mobilitet-ict"]
    whole = text["own_share_of_whole", "dsoe"]
    assert (
        f"2{space}989{space}177{space}SEK" in whole and f"310{space}000{space}SEK" in whole and f"10{space}%" in whole
    )
    assert f"580{space}111{space}SEK" in text["turn_of_year", None]
    assert "2019-01-03" in text["turn_of_year", None]


def test_58_percent_after_95_percent_of_the_time_is_explained(register):
    dsoe = next(project for project in register.projects if project.id == "dsoe")
    text = in_words(course(register, dsoe, 2018), words("en"))
    assert text.startswith("58% is paid after 95% of the time; by the plan 80% is paid before the end and 20%")
