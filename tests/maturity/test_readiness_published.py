"""How sure the goal is, as published: one round with a school of each kind, and the same school in other company."""

from __future__ import annotations

from random import Random

import pytest

from analytics.model.frameworks import Goal
from tests.maturity.twin import Near, chance_of_goal
from tests.maturity.worlds import Answer, Counts, SchoolRound, World, figures, framework_of, publish

FRAMEWORK = framework_of("f", {"a": ("A1", "A2"), "b": ("B1",)})
SHARE = framework_of("share", {"a": ("A1",)}, goal=Goal(3, "share", 0.6))
CRITERIA = ("A1", "A2", "B1")

#  school -> a row a person, a level on each criterion; None: don't know
ONE_BY_ONE = {
    "far-above": [(4, 4, 4)] * 15 + [(3, 4, 4)] * 5,
    "far-below": [(1, 2, 1)] * 15 + [(2, 2, 2)] * 5,
    "one-stands-in-the-way": [(4, 4, 2)] * 16 + [(4, 4, 3)] * 8,
    "like-minded": [(2, 2, 2), (4, 4, 4)] * 10,
    "hidden-on-one": [(4, 2, 4), (4, 4, 4)] * 2 + [(4, None, 4)] * 16,
    "too-few": [(4, 4, 4)] * 4,
}
AS_COUNTS = {
    "counted": ((0, 10, 0, 10),) * 3,
    "counted-hidden-on-one": ((0, 0, 0, 20), (4, 0, 0, 0), (0, 0, 1, 8)),
}


def world(*schools: str) -> World:
    """These schools alone; all of them where none is named."""
    answers = [
        Answer(SchoolRound("f", 2020, school), f"p{n}", criterion, level)
        for school, people in ONE_BY_ONE.items()
        for n, levels in enumerate(people)
        for criterion, level in zip(CRITERIA, levels, strict=True)
    ]
    counts = [
        Counts(SchoolRound("f", 2020, school), criterion, levels)
        for school, rows in AS_COUNTS.items()
        for criterion, levels in zip(CRITERIA, rows, strict=True)
    ]
    counts += [Counts(SchoolRound("share", 2020, "counted"), "A1", (4, 4, 6, 6))]
    held = schools or (*ONE_BY_ONE, *AS_COUNTS)
    answers = [answer for answer in answers if answer.round.school in held]
    return World((FRAMEWORK, SHARE), tuple(held), answers, [count for count in counts if count.round.school in held])


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return figures(publish(world(), tmp_path_factory.mktemp("ready")))


def of(published: dict, school: str) -> tuple[float | None, str | None, dict[str, float | None]]:
    row = published["school_round"]["f", 2020, school]
    cells = {key[4]: cell["ready"] for key, cell in published["cell"].items() if key[:3] == ("f", 2020, school)}
    return row["ready"], row["ready_basis"], cells


def test_far_above_is_certain(published):
    assert of(published, "far-above") == (1.0, "respondents", {"A1": 1.0, "A2": 1.0, "B1": 1.0})


def test_far_below_is_out_of_reach(published):
    assert of(published, "far-below") == (0.0, "respondents", {"A1": 0.0, "A2": 0.0, "B1": 0.0})


def test_one_criterion_stands_in_the_way(published):
    """Eight of 24 at 3 and the rest at 2: a resample meets the goal if it is of those eight alone: hardly ever."""
    ready, _, cells = of(published, "one-stands-in-the-way")
    assert (ready, cells) == (0.0, {"A1": 1.0, "A2": 1.0, "B1": 0.0})


def test_people_who_answer_alike_on_all_criteria_meet_them_together(published):
    """Ten of 2 and ten of 4: at least ten of 4 in a resample, 0.588. Of counts it is not known how people answer over
    the criteria: more often than each criterion by itself would (0.588 to the third), and less than one of them."""
    ready, basis, cells = of(published, "like-minded")
    assert basis == "respondents"
    assert set(cells.values()) == {ready}
    assert Near(chance_of_goal([2, 4] * 10, FRAMEWORK)).holds(ready)
    ready, basis, cells = of(published, "counted")
    assert basis == "assumed"
    assert all(Near(0.5881).holds(share) for share in cells.values())
    row = published["school_round"]["f", 2020, "counted"]
    assert 0.5881**3 + 0.02 < row["ready_low"] < ready < row["ready_high"] - 0.02 < 0.5
    assert ready == pytest.approx((row["ready_low"] + row["ready_high"]) / 2)


def test_hidden_criteria_are_left_out(published):
    """A2, where four answered and the goal is far off: nothing is said of it, and the round is that of the others."""
    assert of(published, "hidden-on-one") == (1.0, "respondents", {"A1": 1.0, "A2": None, "B1": 1.0})
    ready, basis, cells = of(published, "counted-hidden-on-one")
    assert cells == {"A1": 1.0, "A2": None, "B1": None}  # nine answers to B1: too few to say how sure it is
    assert 0.8 < ready < 1 and basis == "assumed"  # of seven with a mean of 3.5, as it is told
    assert published["school_round"]["f", 2020, "hidden-on-one"]["outcome"] == "cannot_tell"


def test_a_hidden_round_says_nothing(published):
    assert of(published, "too-few") == (None, None, {"A1": None, "A2": None, "B1": None})


def test_a_goal_of_a_share(published):
    """Twelve of twenty are at the goal, and as many must be: 0.596 of the resamples have at least twelve."""
    assert Near(0.5956).holds(published["school_round"]["share", 2020, "counted"]["ready"])


def test_other_schools_and_another_order_make_no_difference_to_the_last_digit(published, tmp_path):
    schools = ("like-minded", "one-stands-in-the-way", "counted")
    alone = world(*schools)
    Random(3).shuffle(alone.answers)
    Random(4).shuffle(alone.counts)
    found = figures(publish(alone, tmp_path))
    for school in schools:
        assert of(found, school) == of(published, school)
