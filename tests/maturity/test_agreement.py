"""How far a staff agree: by hand, and how often chance makes two camps of people with one opinion."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multinomial, norm

from analytics.maturity.methods.consensus import consensus
from analytics.model.figures import Accord
from analytics.store.reading import Store

AGREED, DIVIDED, SPREAD = Accord.AGREED, Accord.DIVIDED, Accord.SPREAD
COUNTS = st.integers(2, 7).flatmap(lambda k: st.lists(st.integers(0, 25), min_size=k, max_size=k))


@pytest.mark.parametrize(
    ("levels", "kind", "camps"),
    [
        ((0, 0, 10, 0), AGREED, None),
        ((1, 4, 4, 1), AGREED, None),  # 80 % to the answer
        ((1, 4, 3, 2), SPREAD, None),
        ((10, 0, 0, 10), DIVIDED, (0, 3)),  # of all the cuts that are empty, the widest
        ((10, 10, 0, 20), DIVIDED, (1, 3)),  # as the demo's divided school
        ((8, 9, 4, 19), DIVIDED, (1, 3)),  # half of neither camp between
        ((3, 5, 4, 8), SPREAD, None),  # half of the smaller camp between: too many
        ((3, 5, 3, 9), DIVIDED, (1, 3)),
        ((5, 0, 0, 15), DIVIDED, (0, 3)),  # a quarter to the answer
        ((4, 0, 0, 13), SPREAD, None),  # less than a quarter, and 13 of 17 are no 80 %
        ((4, 0, 0, 16), AGREED, None),
        ((5, 5, 5, 5), SPREAD, None),
        ((9, 0), None, None),  # nine answers
        ((5, 5), SPREAD, None),  # of two levels, one must have them
        ((2, 8), AGREED, None),
        ((5, 5, 0), AGREED, None),
        ((5, 0, 5), DIVIDED, (0, 2)),
        ((0, 10, 0, 10, 0), SPREAD, None),  # of five levels, one between is too near
        ((0, 10, 0, 0, 10), DIVIDED, (1, 4)),
        ((0, 10, 0, 10, 0, 0), SPREAD, None),
        ((0, 10, 0, 0, 10, 0), DIVIDED, (1, 4)),
        ((7, 3, 2, 2, 5, 5), DIVIDED, (1, 4)),
        ((7, 3, 3, 2, 5, 5), SPREAD, None),
    ],
)
def test_kinds(levels, kind, camps):
    found = consensus(levels)
    assert (found and found.kind, found and found.camps) == (kind, camps)


def test_too_few_answers_tell_nothing():
    assert consensus((0, 0, 0, 0)) is None
    assert consensus((3, 3, 0, 3)) is None
    assert consensus((3, 3, 0, 4)) is not None


def test_consensus_by_hand():
    """Tastle and Wierman: 1 + sum of p log2(1 - |x - mean| / width)."""
    assert consensus((0, 12, 0, 0)).consensus == 1
    assert consensus((6, 0, 0, 6)).consensus == 0
    assert consensus((0, 6, 6, 0)).consensus == pytest.approx(1 + np.log2(1 - 0.5 / 3))
    # mean place 1.5: ends 1.5 / 3 away, the others 0.5 / 3
    expected = 1 + 0.5 * np.log2(0.5) + 0.5 * np.log2(5 / 6)
    assert consensus((3, 3, 3, 3)).consensus == pytest.approx(expected)
    assert consensus((6, 0, 0, 0, 6)).consensus == 0
    assert consensus((6, 0, 6)).consensus == 0


@given(COUNTS)
def test_whatever_the_answers(levels):
    found, turned = consensus(levels), consensus(levels[::-1])
    if sum(levels) < 10:
        assert found is None
        return
    assert 0 <= found.consensus <= 1
    assert (found.consensus == 1) == (max(levels) == sum(levels))
    assert turned.kind == found.kind and turned.consensus == pytest.approx(found.consensus, abs=1e-12)
    assert consensus([3 * count for count in levels]).kind == found.kind  # parts decide, not numbers
    assert (found.camps is None) == (found.kind is not DIVIDED)
    pairs = pairwise(levels) if len(levels) > 2 else [(level,) for level in levels]
    together = max(sum(pair) for pair in pairs) / sum(levels)
    if found.kind is DIVIDED:
        low, high = found.camps
        lower, upper = sum(levels[: low + 1]), sum(levels[high:])
        assert high - low >= 2 and min(lower, upper) >= sum(levels) / 4
        assert sum(levels[low + 1 : high]) < min(lower, upper) / 2
        assert together < 0.8  # no staff is both
    else:
        assert (found.kind is AGREED) == (together >= 0.8 - 1e-12)


# By chance ----------------------------------------------------------------------------------------------------------


def one_opinion(levels: int) -> list[np.ndarray]:
    """Unimodal populations: rounded normals, given on four levels and stretched to other scales."""
    stretch = (levels - 1) / 3
    cuts = np.arange(levels - 1) + 0.5
    shares = []
    for mean in np.arange(1.8, 3.61, 0.2):
        for sd in (0.6, 0.75, 0.9):
            below = norm.cdf(cuts, (mean - 1) * stretch, sd * stretch)
            shares.append(np.diff(below, prepend=0, append=1))
    return shares


def every_outcome(levels: int, answers: int) -> np.ndarray:
    """All the ways in which so many answers can fall, a row each."""
    bars = np.array(list(combinations(range(answers + levels - 1), levels - 1)))
    return np.diff(bars, axis=1, prepend=-1, append=answers + levels - 1) - 1


def chances_of_camps(levels: int, answers: int, populations: list[np.ndarray]) -> list[float]:
    """The probability that a staff of so many seem divided, for each population: summed over every outcome."""
    outcomes = every_outcome(levels, answers)
    divided = outcomes[[consensus(row).kind is DIVIDED for row in outcomes.tolist()]]
    return [float(multinomial.pmf(divided, answers, shares).sum()) for shares in populations]


@pytest.mark.parametrize(
    ("levels", "answers", "at_most"),
    [(3, 10, 0.01), (4, 10, 0.05), (4, 11, 0.05), (4, 12, 0.05), (4, 15, 0.02), (4, 20, 0.01), (4, 30, 0.003),
     (5, 10, 0.01), (5, 13, 0.01), (6, 10, 0.03), (6, 12, 0.03), (7, 10, 0.03)],
)  # fmt: skip
def test_people_with_one_opinion_seldom_seem_divided(levels, answers, at_most):
    assert 0 < max(chances_of_camps(levels, answers, one_opinion(levels))) <= at_most


@pytest.mark.parametrize(("answers", "at_least"), [(10, 0.80), (20, 0.94), (30, 0.97)])
def test_two_opinions_are_found(answers, at_least):
    """Half of the staff answer 1 or 2, the other half 4 and now and then 3."""
    assert chances_of_camps(4, answers, [np.array([0.25, 0.25, 0.05, 0.45])])[0] >= at_least


def test_the_demos_divided_school_is_divided_and_others_are_not(demo_store):
    rows = Store(demo_store).current().rows("select school_id, levels from cell where levels is not null")
    kinds = [(school == "kalcedonskolan", consensus(levels).kind is DIVIDED) for school, levels in rows]
    own = [divided for is_school, divided in kinds if is_school]
    others = [divided for is_school, divided in kinds if not is_school]
    assert len(own) > 100 and np.mean(own) > 0.9
    assert len(others) > 10_000 and np.mean(others) < 0.005
