"""Respondents drawn anew: against plain numpy on each resample, and what may not make any difference."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from analytics.maturity.methods.cells import compute_cells
from analytics.maturity.methods.resampling import RESAMPLES, Resampled, Resampler, staffs_like
from analytics.model.frameworks import Goal
from tests.maturity.twin import Near, chance_of_goal
from tests.maturity.worlds import framework_of

LEVELS = np.arange(1, 5)
GOALS = [Goal(3), Goal(3, "median"), *(Goal(3, "share", share) for share in (0.5, 0.55, 0.6, 0.7, 0.9))]


def a_staff(people: int = 17, criteria: int = 4, seed: int = 3) -> np.ndarray:
    """Levels, a row a person; a tenth of them don't know."""
    rng = np.random.default_rng(seed)
    levels = rng.integers(1, 5, (people, criteria)).astype(float)
    levels[rng.random(levels.shape) < 0.1] = np.nan
    return levels


def same(one: Resampled, two: Resampled) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in ("answers", "total", "at_goal"))


def test_the_order_of_people_makes_no_difference_to_the_last_digit():
    staff = a_staff()
    one = Resampler().people(staff, Goal(3), "f/2020/s")
    for seed in range(5):
        shuffled = np.random.default_rng(seed).permutation(staff)
        assert not np.array_equal(shuffled, staff, equal_nan=True)
        assert same(one, Resampler().people(shuffled, Goal(3), "f/2020/s"))


def test_the_same_round_draws_the_same_and_another_draws_anew():
    staff, counts = a_staff(), np.array([[1, 2, 3, 4], [4, 3, 2, 1]])
    assert same(Resampler().people(staff, Goal(3), "a"), Resampler().people(staff.copy(), Goal(3), "a"))
    assert not same(Resampler().people(staff, Goal(3), "a"), Resampler().people(staff, Goal(3), "b"))
    one, two = (Resampler().counts(counts, LEVELS, Goal(3), 0.0, "a") for _ in range(2))
    assert same(one, two)
    assert not same(one, Resampler().counts(counts, LEVELS, Goal(3), 0.0, "b"))


@pytest.mark.parametrize("goal", GOALS, ids=str)
def test_each_resample_is_judged_as_a_cell_is(goal):
    """Every staff of up to twenty at or below the goal level, by the rule that decides on the raw figures."""
    counts = np.array([(0, below, at, 0) for below, at in product(range(21), range(21)) if below + at])
    met = compute_cells(counts, LEVELS, goal).goal_met
    answers, total, at_goal = (x[None, :].astype(np.float32) for x in (counts.sum(1), counts @ LEVELS, counts[:, 2]))
    assert Resampled(answers, total, at_goal).meets(goal)[0].tolist() == met.tolist()
    assert set(met.tolist()) == {True, False}


@pytest.mark.parametrize("goal", GOALS, ids=str)
def test_goals_against_numpy_on_each_resample(goal):
    """The answers of each resample are found again from what is told of them: levels 2 and 3 only, so that their number
    and their sum say how many of each there were."""
    staff = np.where(np.isnan(a_staff()), np.nan, np.where(a_staff() > 2, 3.0, 2.0))
    found = Resampler().people(staff, goal, "f/2020/s")
    met = found.meets(goal)
    for draw, criterion in product(range(0, RESAMPLES, 20), range(staff.shape[1])):
        n, threes = (int(x[draw, criterion]) for x in (found.answers, found.total - 2 * found.answers))
        drawn = np.repeat([2, 3], [n - threes, threes])
        if goal.statistic != "mean":  # a mean is met by the sum alone, and nothing else is counted for it
            assert found.at_goal[draw, criterion] == threes
        if goal.statistic == "mean":
            wanted = drawn.mean() >= 3
        elif goal.statistic == "median":
            wanted = np.quantile(drawn, 0.5, method="inverted_cdf") >= 3
        else:
            wanted = Fraction(threes, n) >= Fraction(str(goal.share))
        assert met[draw, criterion] == wanted
    assert found.mean == pytest.approx(found.total / found.answers)


@pytest.mark.parametrize("goal", GOALS, ids=str)
def test_the_chance_of_the_goal_counted_over_every_outcome(goal):
    framework, staff = framework_of("f", {"a": ("A1",)}, goal=goal), a_staff()
    met = Resampler().people(staff, goal, "f/2020/s").meets(goal).mean(axis=0)
    for column, share in zip(staff.T, met, strict=True):
        given = [None if np.isnan(level) else int(level) for level in column]
        assert Near(chance_of_goal(given, framework)).holds(float(share))
    counts = np.array([[2, 3, 4, 5], [0, 1, 0, 6]])
    met = Resampler().counts(counts, LEVELS, goal, 0.0, "f/2020/s").meets(goal).mean(axis=0)
    for row, share in zip(counts, met, strict=True):
        given = [*np.repeat(LEVELS, row).tolist(), *[None] * (14 - row.sum())]  # some have no answer to the second
        assert Near(chance_of_goal(given, framework)).holds(float(share))


def test_people_are_drawn_with_all_their_answers():
    """Everybody says the same on three criteria: so does every resample. Drawn one by one they would all meet the goal
    in an eighth of the resamples, not in half."""
    column = np.array([2.0, 4.0] * 10)
    found = Resampler().people(np.stack([column] * 3, axis=1), Goal(3), "f/2020/s")
    assert (found.total == found.total[:, :1]).all()
    alone = (found.total[:, 0] >= 60).mean()
    assert found.meets(Goal(3)).all(axis=1).mean() == alone == pytest.approx(0.588, abs=0.05)
    apart = Resampler().counts(np.array([[0, 10, 0, 10]] * 3), LEVELS, Goal(3), 0.0, "f/2020/s")
    assert apart.meets(Goal(3)).all(axis=1).mean() == pytest.approx(0.588**3, abs=0.05)


def test_one_person_who_thinks_otherwise():
    """Nineteen at the goal and one at 1: a resample without that person meets it, (19/20)^20 = 0.358 of them."""
    staff = np.full((20, 1), 3.0)
    staff[7] = 1
    found = Resampler().people(staff, Goal(3), "f/2020/s")
    assert found.meets(Goal(3)).mean() == pytest.approx(0.358, abs=0.045)
    assert (found.answers == 20).all()


def test_nobody_who_knows_is_no_goal_met():
    """One of six has an answer: (5/6)^6 = 0.335 of the resamples have none."""
    staff = np.full((6, 2), 4.0)
    staff[1:, 1] = np.nan
    for goal in GOALS:
        met = Resampler().people(staff, goal, "f/2020/s").meets(goal)
        assert met[:, 0].all()
        assert 1 - met[:, 1].mean() == pytest.approx(0.335, abs=0.045)


def test_counts_are_drawn_as_the_answers_of_made_up_people():
    counts = np.array([[5, 0, 0, 15], [0, 0, 0, 8]])
    found = Resampler().counts(counts, LEVELS, Goal(3, "median"), 0.0, "f/2020/s")
    assert (found.answers[:, 0] == 20).all()
    assert found.answers[:, 1].mean() == pytest.approx(8, abs=0.2)  # twelve of twenty have no answer to it
    assert (found.total[:, 1] == 4 * found.answers[:, 1]).all()
    assert found.total[:, 0].mean() == pytest.approx(65, abs=0.6)
    assert found.total[:, 0].var() == pytest.approx(20 * 9 * 0.1875, rel=0.15)
    assert (found.at_goal[:, 0] * 4 + (20 - found.at_goal[:, 0]) == found.total[:, 0]).all()


def together_in(staffs: np.ndarray) -> float:
    """The correlation of people's answers on two criteria, on average over staffs and pairs."""
    apart = np.nan_to_num(staffs - np.nanmean(staffs, axis=1, keepdims=True))
    spread = np.sqrt((apart**2).sum(axis=1))
    pairs = (spread.sum(axis=1) ** 2 - (spread**2).sum(axis=1)).sum()
    return ((apart.sum(axis=2) ** 2).sum() - (apart**2).sum()) / pairs


@pytest.mark.parametrize("share", [(0.1, 0.2, 0.5, 0.2), (0.0, 0.03, 0.27, 0.7)], ids=["middling", "at the end"])
@pytest.mark.parametrize("wanted", [0.0, 0.2, 0.35, 0.5])
def test_made_up_staffs_gave_these_answers_and_agree_as_they_should(share, wanted):
    """Fewer people agree a little less, as there are as many ranks as people."""
    rng = np.random.default_rng(5)
    for people, near in ((60, 0.02), (8, 0.08)):
        counts = rng.multinomial(people, share, 10)
        counts[3] = [1, 1, 1, 2]  # somebody has no answer there
        staffs = staffs_like(counts, LEVELS, wanted, 200, rng)
        for level in LEVELS:
            assert ((staffs == level).sum(axis=1) == counts[:, level - 1]).all()
        assert together_in(np.delete(staffs, 3, axis=2)) == pytest.approx(wanted, abs=near)


def test_counts_of_very_many_are_normal():
    counts = np.array([[0, 6000, 0, 4000], [0, 5000, 5000, 0]])
    found = Resampler().counts(counts, LEVELS, Goal(3), 0.5, "f/2020/s")
    assert found.mean.mean(axis=0) == pytest.approx([2.8, 2.5], abs=0.002)
    assert found.mean.std(axis=0) == pytest.approx([(0.96 / 10000) ** 0.5, 0.005], rel=0.06)
    assert np.corrcoef(found.mean.T)[0, 1] == pytest.approx(0.5, abs=0.06)
    assert found.at_goal.mean(axis=0) == pytest.approx([4000, 5000], rel=0.001)


def test_two_schools_of_as_many_people_have_nothing_to_do_with_each_other():
    """They share how often people are drawn, not the order of the resamples."""
    staff = np.random.default_rng(1).integers(1, 5, (20, 1)).astype(float)
    resampler = Resampler()
    one, two = (resampler.people(staff, Goal(3), name) for name in ("f/2020/s", "f/2020/t"))
    assert np.corrcoef(one.total[:, 0], two.total[:, 0])[0, 1] == pytest.approx(0, abs=0.07)
    assert np.array_equal(np.sort(one.total[:, 0]), np.sort(two.total[:, 0]))
