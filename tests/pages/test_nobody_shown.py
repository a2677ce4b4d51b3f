"""What pages say of a city of which no school can be shown, or of which it is not known how some stand."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analytics.dialogue.certification import CourseCount, GoalPath
from analytics.maturity.city_words import at_the_goal, since_before
from pages.shared.ready_words import schools_at_goal
from pages.talks.certification import page, road
from pages.talks.certification.lists import by_nearness
from tests.intake.making import SAY
from tests.maturity.random_worlds import FORMER

NOBODY = "No school can be shown"


def test_where_no_school_can_be_shown_none_is_counted():
    """Before: “0 of 0 schools”."""
    nobody, some = SimpleNamespace(met=0, not_met=0, year=2021), SimpleNamespace(met=1, not_met=2, year=2020)
    assert at_the_goal(nobody, SAY) == schools_at_goal(0, 0, FORMER, SAY) == NOBODY
    assert page._answer(by_nearness([]), [], 0, "North", SAY) == f"North: {NOBODY}."
    for this, last in ((nobody, some), (some, nobody), (nobody, nobody)):
        assert since_before(SimpleNamespace(round=this, last=last), SAY) == ""


@pytest.mark.parametrize(
    ("unsure", "hidden", "told"),
    [(0, 0, ""), (3, 0, "; 3 cannot"), (0, 2, "; 2 cannot"), (3, 2, "; 3 of them cannot be determined, nor 2 beside")],
)
def test_those_who_cannot_be_told_are_no_more_than_there_are(unsure, hidden, told):
    """Of two at the goal and one that is not on course; others are not known to be on course, or not known at all."""
    kinds = ((GoalPath.REACHED, True, 2), (GoalPath.NOT_ON_COURSE, True, 1))
    kinds += ((GoalPath.CANNOT_TELL, True, unsure), (GoalPath.CANNOT_TELL, False, hidden))
    rows = [CourseCount(2020, *kind) for kind in kinds if kind[-1]]
    headline = road._headline(FORMER, 2020, rows, 1, SAY)
    assert headline.startswith(f"2 of {3 + unsure} schools had reached the goal in 2020; 0 more on course for it")
    assert headline.partition(" by 2021")[2].startswith(told) and (told or headline.endswith(" by 2021"))
