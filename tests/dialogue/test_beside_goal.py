"""A figure below its goal is written below it, and only as finely as that takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.model.frameworks import Goal
from analytics.words.goal_figure import MOST, digits_beside, figure_text, is_below, start_beside
from analytics.words.goals import goal_level
from analytics.words.language import words
from tests.maturity.worlds import framework_of

SV, EN = words("sv"), words("en")
MEAN, SHARE = (framework_of(goal.statistic, {"all": ("A1",)}, goal=goal) for goal in (Goal(3), Goal(3, "share", 0.5)))
ANSWERS = st.integers(5, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def read(text: str) -> float:
    """The number that a reader sees."""
    return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)


@pytest.mark.parametrize(
    ("value", "goal", "text"),
    [
        (62 / 125, None, "49.6%"),
        (0.495, None, "49%"),
        (0.4996, None, "49.96%"),
        (0.5, None, "50%"),
        (0.504, None, "50%"),
        (0.503, 0.505, "50%"),
        (0.5046, 0.505, "50%"),
        (0.505, 0.505, "50.5%"),
    ],
)
def test_a_share_beside_its_goal(value, goal, text):
    assert figure_text(value, SHARE, EN, goal) == text


def test_a_share_in_swedish():
    assert figure_text(62 / 125, SHARE, SV) == "49,6\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("value", "goal", "text"),
    [
        (2.995, None, "2.995"),
        (2.9999, None, "2.9999"),
        (2.987, None, "2.99"),
        (3.0, None, "3.00"),
        (3.004, None, "3.00"),
        (2.746, 2.75, "2.746"),
        (2.75, 2.75, "2.75"),
        (3.001, 3.004, "3.00"),
        (3.004, 3.004, "3.004"),
    ],
)
def test_a_mean_beside_its_goal(value, goal, text):
    assert figure_text(value, MEAN, EN, goal) == text


@given(ANSWERS)
def test_no_share_below_the_goal_is_read_as_at_it(answers):
    part, n = answers
    assert (read(figure_text(part / n, SHARE, EN)) < 0.5) == (2 * part < n)


@given(ANSWERS, st.sampled_from((2, 3)))
def test_no_mean_below_the_goal_is_read_as_at_it(answers, whole):
    part, n = answers
    assert (read(figure_text(whole + part / n, MEAN, EN)) < 3) == (whole * n + part < 3 * n)


@given(st.floats(0, 4), st.floats(0, 4))
def test_no_more_decimals_than_it_takes(value, goal):
    digits = digits_beside(value, goal)
    assert 2 <= digits <= MOST
    if is_below(value, goal) and digits > 2:
        assert round(value, digits - 1) >= goal - 1e-9


@given(st.floats(1, 4), st.sampled_from((0.5, 2, 2.75, 3)))
def test_a_goal_starts_below_where_the_school_is_below(value, goal):
    start = start_beside(value, goal)
    assert is_below(start, goal) == is_below(value, goal) and abs(start - value) < 0.0101


def test_a_goal_that_is_no_whole_percent_says_so():
    third = framework_of("third", {"all": ("A1",)}, goal=Goal(3, "share", 0.625))
    assert goal_level(third, EN) == "at least 62.5% at level 3 (step 3)"
