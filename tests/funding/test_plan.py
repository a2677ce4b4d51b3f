"""Expected against actual payments, counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.funding.plan import course, expected_share, in_words, months, shares_of, steps, time_gone
from analytics.model.funding import MoneyKind
from analytics.words.language import words
from tests.funding.worlds import krona, paid, project, world

SAY = words("en")
HALVES = (Decimal("0.5"), Decimal("0.5"))
DSOE = project("dsoe", "2015-09-01", "2019-02-28")


def dsoe(year: int = 2018, *more, **changes):
    found = project("dsoe", "2015-09-01", "2019-02-28", **changes)
    payments = (paid("179906", 2018, project_id="dsoe", until="2019-01-03"), *more)
    budgets = (krona("310000", project_id="dsoe"),)
    return course(world(projects=(found,), budgets=budgets, payments=payments), found, year)


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("2017-09-01", "2019-08-31", 24),
        ("2017-09-01", "2019-09-01", 25),
        ("2017-09-15", "2019-09-14", 24),
        ("2015-09-01", "2019-02-28", 42),
        ("2018-01-01", "2018-01-31", 1),
    ],
)
def test_months(start, end, length):
    assert months(project(start=start, end=end)) == length


def test_without_a_plan_the_length_decides_and_it_is_said_to_be_assumed():
    assert shares_of(project(start="2017-09-01", end="2019-08-31")) == ((Decimal("0.8"), Decimal("0.2")), True)
    assert shares_of(project(start="2017-09-01", end="2019-09-01"))[0] == (
        Decimal("0.4"),
        Decimal("0.4"),
        Decimal("0.2"),
    )
    assert shares_of(project(plan=HALVES)) == (HALVES, False)


def test_of_a_programme_whose_grants_are_paid_in_no_usual_way_nothing_is_assumed():
    one = project(programme="ESF+")
    assert shares_of(one) == ((), True) and steps(one) == () and expected_share(one, date(2030, 1, 1)) is None
    assert shares_of(project(programme="ESF+", plan=HALVES)) == (HALVES, False)
    came = paid("50000", kind=MoneyKind.RECEIVED)
    found = course(world(projects=(one,), payments=(paid("40000"), came)), one, 2018)
    assert found.final_on is found.expected_share is None and found.received_share == Decimal("0.5")
    assert in_words(found, SAY).endswith(
        "50% of the grant has come in. The register states no plan, and none is usual for ESF+."
    )


def test_the_first_at_the_start_the_middle_halfway_the_last_120_days_after_the_end():
    found = steps(project(start="2018-01-01", end="2020-12-31"))
    # 1 095 days: half of them is 547 (and a half), to 2 July 2019; 31 December and 120 days is 30 April
    assert [(step.on, step.share) for step in found] == [
        (date(2018, 1, 1), Decimal("0.4")),
        (date(2019, 7, 2), Decimal("0.8")),
        (date(2021, 4, 30), Decimal("1.0")),
    ]


def test_two_middle_ones_stand_at_a_third_and_two_thirds():
    plan = (Decimal("0.25"),) * 4
    found = steps(project(start="2018-01-01", end="2018-12-31", plan=plan))
    assert [step.on for step in found] == [
        date(2018, 1, 1), date(2018, 5, 2), date(2018, 8, 31), date(2019, 4, 30),
    ]  # fmt: skip


def test_one_instalment_is_paid_at_the_start():
    (only,) = steps(project(plan=(Decimal(1),)))
    assert (only.on, only.share) == (date(2018, 1, 1), 1)


@pytest.mark.parametrize(
    ("on", "share"),
    [("2017-12-31", "0"), ("2018-01-01", "0.8"), ("2020-04-28", "0.8"), ("2020-04-29", "1.0")],
)
def test_the_expected_share_of_a_day(on, share):
    assert expected_share(project(), date.fromisoformat(on)) == Decimal(share)


def test_time_gone_is_within_0_and_1_whatever_the_dates():
    found = project(start="2018-01-01", end="2018-12-31")
    assert [time_gone(found, date(2018, 1, 1)), time_gone(found, date(2018, 12, 31))] == [Decimal(1) / 365, 1]
    assert [time_gone(found, date(2017, 1, 1)), time_gone(found, date(2020, 1, 1))] == [0, 1]
    wrong = project(start="2018-06-01", end="2018-01-01")
    assert [time_gone(wrong, date(2018, 3, 1)), time_gone(wrong, date(2019, 1, 1))] == [0, 1]
    assert len(steps(wrong)) == 2


def test_58_percent_after_95_percent_of_the_time():
    found = dsoe()
    assert found.on == date(2018, 12, 31)  # invoices are counted to 3 January, after the year
    assert found.time_gone == Decimal(1218) / 1277
    assert found.paid_share == Decimal(179906) / 310000
    assert (found.expected_share, found.assumed) == (Decimal("0.8"), True)
    assert (found.received_sek, found.received_share) == (None, None)
    assert in_words(found, SAY) == (
        "58% of the own budget is spent after 95% of the time. What has come in from the funder is not in the register."
    )


def came_in(amount: str, year: int = 2018, project_id: str = "dsoe", kind: MoneyKind = MoneyKind.RECEIVED):
    return paid(amount, year, project_id=project_id, kind=kind)


def test_what_came_in_is_held_against_the_plan_and_what_was_spent_against_the_budget():
    found = dsoe(
        2018,
        came_in("310000", kind=MoneyKind.GRANTED),
        came_in("248000", 2016),
        came_in("31000", kind=MoneyKind.REPAID),
    )
    assert (found.paid_share, found.received_sek, found.received_share) == (
        Decimal(179906) / 310000, 217000, Decimal("0.7"),
    )  # fmt: skip
    assert in_words(found, SAY) == (
        "58% of the own budget is spent after 95% of the time. 70% of the grant has come in; by the plan 80% comes"
        " before the end and 20% when the final report is approved. The register states no plan: this is how Erasmus+"
        " grants are usually paid."
    )
    cut = dsoe(
        2018, came_in("400000", kind=MoneyKind.GRANTED), came_in("-90000", kind=MoneyKind.AMENDED), came_in("155000")
    )
    assert (cut.grant_sek, cut.received_share, cut.paid_share) == (310000, Decimal("0.5"), found.paid_share)


def test_what_comes_in_later_says_that_nothing_had_come_in_before():
    assert (dsoe(2018, came_in("1", 2019)).received_sek, dsoe(2019, came_in("1", 2019)).received_sek) == (0, 1)


def test_a_stated_plan_is_not_said_to_be_assumed():
    text = in_words(dsoe(2018, came_in("1"), plan=HALVES), SAY)
    assert "50% comes before the end and 50% when" in text
    assert "usually" not in text


def test_after_the_end_the_last_part_is_awaited_and_then_was_to_be_paid():
    money = (paid("60000", 2019, until="2020-01-03"), came_in("70000", 2019, "sol"))
    ended = course(world(payments=money), project(end="2019-11-30"), 2019)
    assert (
        "70% of the grant has come in and the project has ended; by the plan 20% comes when the final report is"
        " approved, about 2020-03-29."
    ) in in_words(ended, SAY)
    late = in_words(dsoe(2020, came_in("155000")), SAY)
    assert "50% of the grant has come in; by the plan all of it was to by 2019-06-28." in late
    at_once = in_words(dsoe(2018, came_in("155000"), plan=(Decimal(1),)), SAY)
    assert at_once.endswith("50% of the grant has come in; by the plan all of it comes at the start.")


def test_the_last_day_is_still_before_the_end_and_the_final_day_is_final():
    last_day = course(world(payments=(came_in("70000", 2019, "sol"),)), project(), 2019)
    assert "comes before the end" in in_words(last_day, SAY)
    final_day = course(world(payments=(came_in("70000", 2018, "sol"),)), project(end="2018-09-02"), 2018)
    assert (final_day.on, final_day.final_on) == (date(2018, 12, 31), date(2018, 12, 31))
    assert "all of it was to by 2018-12-31" in in_words(final_day, SAY)


def test_without_a_budget_no_share_is_given():
    found = course(world(budgets=()), project(), 2018)
    assert (found.budget_sek, found.paid_share, found.actual[0].share) == (None, None, None)
    text = "50% of the time has gone. The own budget in SEK is not known, so no share can be shown."
    assert in_words(found, SAY).startswith(text)


def test_points_add_up_year_by_year_and_stop_at_the_year():
    payments = (paid("30000", 2019, until="2019-06-30"), paid("10000", 2018), paid("5000", 2018), paid("9", 2020))
    found = course(world(payments=payments), project(), 2019)
    assert [(p.year, p.on, p.paid_sek, p.share) for p in found.actual] == [
        (2018, date(2018, 12, 31), 15000, Decimal("0.15")),
        (2019, date(2019, 6, 30), 45000, Decimal("0.45")),
    ]
    assert (found.on, found.paid_sek) == (date(2019, 6, 30), 45000)


def test_other_projects_payments_are_not_counted():
    found = course(world(payments=(paid("5"), paid("7", project_id="luna"))), project(), 2018)
    assert found.paid_sek == 5
