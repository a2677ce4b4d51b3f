"""Stages, the funnel, who is on course and which labels hold: by the rules, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.dialogue.certification import (
    FunnelYear,
    GoalPath,
    funnel_by_year,
    is_ready,
    labels,
    on_course,
    stages,
    valid_labels,
    valid_on,
    years_left,
)
from analytics.maturity.rounds import SchoolRound as Round
from analytics.maturity.rounds import school_rounds
from analytics.model.dialogue import Event, Label, Mark
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.store.reading import Store, View
from tests.dialogue.registers import counts_of, happened, published
from tests.maturity.worlds import World, framework_of

EVERYBODY = Viewer("all", None)
FOUR = framework_of("four", {"a": ("A1", "A2", "A3", "A4")}, years=(2021, 2023))
MET, MISSED, HIDDEN = (0, 0, 3, 3), (0, 3, 3, 0), (0, 0, 2, 2)
A, P, C, R, D = Event.APPLIED, Event.IN_PROCESS, Event.CERTIFIED, Event.RENEWED, Event.DECLINED

AT_GOAL = {  # school -> criteria at the goal in 2021, 2022 and 2023; None: no round
    "s1": (1, 4, 4),
    "s2": (1, 2, 3),
    "s3": (0, 2, 4),
    "s4": (None, 3, 3),
    "s6": (3, 3, 3),
    "s7": (3, 1, 1),
}
EVENTS = [
    *happened("s1", (C, "2022-05-01"), (A, "2021-11-01"), (P, "2022-02-01"), (A, "2023-10-01")),
    *happened("s2", (A, "2022-03-01"), (D, "2022-09-01")),
    *happened("s3", (C, "2022-05-01"), (D, "2023-06-01")),
    *happened("s6", (D, "2022-05-01"), (C, "2022-05-01"), (A, "2022-05-01")),
    *happened("s7", (C, "2021-05-01"), (R, "2023-05-01")),
    *happened("s8", (D, "2022-01-10"), (C, "2023-01-10")),
]
LABELS = [
    Label("s1", Mark.SCHOOL_LABEL, date(2021, 3, 1), date(2023, 2, 28)),
    Label("s1", Mark.PRIZE, date(2022, 5, 9)),
    Label("s2", Mark.CERTIFICATE, date(2021, 1, 1), date(2021, 12, 31)),
]


@pytest.fixture(scope="module")
def view(tmp_path_factory) -> View:
    world = World((FOUR,), tuple(f"s{n}" for n in range(1, 9)))
    criteria = [criterion.id for criterion in FOUR.criteria]
    for school, reached in AT_GOAL.items():
        for year, n in zip((2021, 2022, 2023), reached, strict=True):
            if n is not None:
                told = {c: MET if place < n else MISSED for place, c in enumerate(criteria)}
                world.counts += counts_of("four", year, school, told)
    for year in (2021, 2022, 2023):  # s5 meets what is shown of it; one criterion is hidden in 2022
        shown = {c: MET if place < 2 or year > 2021 else MISSED for place, c in enumerate(criteria)}
        world.counts += counts_of("four", year, "s5", shown | ({"A4": HIDDEN} if year == 2022 else {}))
    return published(world, tmp_path_factory.mktemp("city"), {"certification": EVENTS, "label": LABELS})


def at(view: View, until: str | None = None) -> dict:
    found = stages(view, EVERYBODY, date.fromisoformat(until) if until else None)
    return {stage.school_id: (stage.event, stage.day.isoformat(), stage.certified_since) for stage in found}


def school_stage(view, viewer, school_id):
    return next((stage for stage in stages(view, viewer, None) if stage.school_id == school_id), None)


def test_a_stage_is_the_latest_event_whatever_order_they_were_told_in(view):
    assert at(view)["s1"] == (A, "2023-10-01", date(2022, 5, 1)), "applying anew leaves the certification"
    assert [row.event for row in school_stage(view, EVERYBODY, "s1").events] == [A, P, C, A]
    assert at(view)["s7"] == (R, "2023-05-01", date(2021, 5, 1)), "a renewal leaves its first day"


def test_a_decline_ends_a_certification_and_is_the_last_word_of_its_day(view):
    assert at(view)["s3"] == (D, "2023-06-01", None)
    assert at(view, "2023-05-31")["s3"] == (C, "2022-05-01", date(2022, 5, 1)), "it held until then"
    assert at(view)["s6"] == (D, "2022-05-01", None)
    assert at(view)["s8"] == (C, "2023-01-10", date(2023, 1, 10)), "certified after a decline"


def test_before_the_first_event_a_school_has_no_stage(view):
    assert set(at(view, "2021-12-31")) == {"s1", "s7"} and at(view, "2021-05-01")["s7"][0] is C
    assert school_stage(view, EVERYBODY, "s4") is None


def test_only_schools_that_the_viewer_may_see_have_a_stage(view):
    viewer = Viewer("head", frozenset({"s2"}))
    assert [stage.school_id for stage in stages(view, viewer)] == ["s2"]
    assert school_stage(view, viewer, "s1") is None
    assert {label.school_id for label in labels(view, viewer)} == {"s2"}
    assert {row.school_id for row in on_course(view, viewer, FOUR, [2022])[2022]} == {"s2"}
    with pytest.raises(NotAllowed):
        funnel_by_year(view, Viewer("nobody"), FOUR, 2023, date(2023, 12, 31))


def test_the_funnel_counts_the_years_round_and_all_up_to_its_end(view):
    whole = (
        FunnelYear(2021, date(2021, 12, 31), took_part=6, met=0, applied=2, in_process=1, certified=1),
        FunnelYear(2022, date(2022, 12, 31), took_part=7, met=1, applied=6, in_process=6, certified=3),
        FunnelYear(2023, date(2023, 12, 31), took_part=7, met=3, applied=6, in_process=6, certified=3),
    )
    assert funnel_by_year(view, EVERYBODY, FOUR, 2023, date(2023, 12, 31)) == whole
    assert all(row.over for row in whole)
    assert funnel_by_year(view, EVERYBODY, FOUR, 2022, date(2023, 6, 1)) == whole[:2], "2022 is over, though not 2023"


def test_a_year_that_is_not_over_is_told_of_up_to_the_day(view):
    """s3 is declined on the first of June, s8 was certified in January."""
    *_, before = funnel_by_year(view, EVERYBODY, FOUR, 2023, date(2023, 5, 31))
    *_, on = funnel_by_year(view, EVERYBODY, FOUR, 2023, date(2023, 6, 1))
    assert before == FunnelYear(2023, date(2023, 5, 31), 7, 3, 6, 6, certified=4) and not before.over
    assert on == FunnelYear(2023, date(2023, 6, 1), 7, 3, 6, 6, certified=3)
    *_, early = funnel_by_year(view, EVERYBODY, FOUR, 2022, date(2022, 2, 28))
    assert (early.applied, early.in_process, early.certified) == (3, 3, 1), "s1, s7 and s8; no other event has been"


def test_a_framework_without_rounds_or_events_of_its_own_has_no_funnel(view):
    assert funnel_by_year(view, EVERYBODY, replace(FOUR, id="later", valid_from=2022), 2022, date(2022, 12, 31)) == ()


def courses(view: View, year: int, framework=FOUR) -> dict[str, GoalPath]:
    return {row.school_id: row.course for row in on_course(view, EVERYBODY, framework, [year])[year]}


def test_on_course_is_what_is_left_against_what_was_taken_a_year(view):
    reached, on, off, cannot = GoalPath.REACHED, GoalPath.ON_COURSE, GoalPath.NOT_ON_COURSE, GoalPath.CANNOT_TELL
    assert courses(view, 2022) == {
        "s1": reached,
        "s2": off,  # two left, one a year, one year
        "s3": on,  # two left, two a year, one year
        "s4": cannot,  # no earlier round
        "s5": cannot,  # hidden
        "s6": off,  # one left, none taken
        "s7": off,  # two lost
    }
    (third,) = (row for row in on_course(view, EVERYBODY, FOUR, [2022])[2022] if row.school_id == "s3")
    assert (third.left, third.pace, third.since) == (2, 2.0, 2021)
    (hidden,) = (row for row in on_course(view, EVERYBODY, FOUR, [2022])[2022] if row.school_id == "s5")
    assert (hidden.left, hidden.pace, hidden.since) == (None, None, None)
    undecided = {row.school_id for row in on_course(view, EVERYBODY, FOUR, [2022])[2022] if not row.decided}
    assert undecided == {"s5"}, "s4 misses the goal, though nobody knows where it is heading"


def test_more_years_left_bring_more_schools_on_course(view):
    longer = replace(FOUR, valid_to=2024)
    assert courses(view, 2022, longer)["s2"] is GoalPath.ON_COURSE and years_left(longer, 2022) == 2


def test_in_the_first_round_only_those_that_are_there_can_be_told(view):
    assert set(courses(view, 2021).values()) == {GoalPath.CANNOT_TELL}


@pytest.mark.parametrize("valid_to", [2023, 2022, None])
def test_in_after_or_without_a_last_year_schools_are_there_or_not(view, valid_to):
    found = courses(view, 2023, replace(FOUR, valid_to=valid_to))
    assert {school for school, course in found.items() if course is GoalPath.REACHED} == {"s1", "s3", "s5"}
    assert {found[school] for school in ("s2", "s4", "s6", "s7")} == {GoalPath.NOT_ON_COURSE}


def test_ready_is_surely_or_probably_where_that_is_told_else_the_raw_rule(demo_store):
    found = school_rounds(Store(demo_store).current(), EVERYBODY, "vebs-2022", 2025)
    ready = {row.school_id for row in found if is_ready(row)}
    assert ready == {row.school_id for row in found if row.outcome == "met" and row.ready >= 0.8} and len(ready) > 2
    assert any(row.outcome == "met" and row.school_id not in ready for row in found)
    raw = Round("f", 2025, "s", None, None, None, "ok", 4, 4, 4, "met", None, None, "imported")
    assert is_ready(raw) and not is_ready(replace(raw, outcome="not_met"))


def test_a_label_holds_from_its_first_day_to_its_last(view):
    school_label, prize, _ = LABELS
    assert [valid_on(school_label, day) for day in (date(2021, 2, 28), date(2021, 3, 1), date(2023, 2, 28))] == [
        False,
        True,
        True,
    ]
    assert not valid_on(school_label, date(2023, 3, 1)) and valid_on(prize, date(2040, 1, 1))
    held = valid_labels(view, EVERYBODY, date(2022, 12, 31))
    assert [(row.school_id, row.label) for row in held] == [("s1", Mark.SCHOOL_LABEL), ("s1", Mark.PRIZE)]
    assert [row.label for row in labels(view, EVERYBODY, date(2021, 12, 31))] == [Mark.CERTIFICATE, Mark.SCHOOL_LABEL]
