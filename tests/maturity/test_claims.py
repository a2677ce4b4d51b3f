"""When a difference is called clear, against Benjamini & Hochberg's rule as it is told."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, strategies
from scipy.stats import t as student
from scipy.stats import ttest_ind_from_stats

from analytics.maturity.methods.claims import against_the_mean, claims, enough_evidence, members, numbered, welch
from tests.maturity.twin import claimed

DIFFERENCES = strategies.lists(
    strategies.tuples(
        strategies.floats(-2, 2),  # difference
        strategies.sampled_from([0.0, 0.05, 0.1, 0.2, 0.4, float("nan")]),  # error
        strategies.integers(1, 60),  # degrees of freedom
        strategies.integers(0, 3),  # family
    ),
    min_size=1,
    max_size=30,
)


def of(rows: list[tuple]) -> tuple[np.ndarray, ...]:
    difference, error, freedom, family = (np.array(column) for column in zip(*rows, strict=True))
    return difference, error, freedom.astype(float), family


@given(DIFFERENCES)
def test_clear_where_the_difference_is_no_smaller_than_what_is_needed(rows):
    difference, error, freedom, family = of(rows)
    found = claims(difference, error, freedom, family)
    known = error > 0
    size = np.abs(difference)
    near = np.isclose(size, found.needed, rtol=1e-9)
    assert (found.clear == (size >= found.needed))[known & ~near].all()
    assert (np.isnan(found.needed) == ~known).all()
    assert (found.needed[known] > 0).all()


@given(DIFFERENCES)
def test_claims_are_benjamini_and_hochbergs_family_by_family(rows):
    difference, error, freedom, family = of(rows)
    found = claims(difference, error, freedom, family)
    for which in set(family.tolist()):
        these = np.flatnonzero((family == which) & (error > 0))
        p = 2 * student.sf(np.abs(difference[these]) / error[these], freedom[these])
        assert found.clear[these].tolist() == claimed(p.tolist())


@given(DIFFERENCES, DIFFERENCES)
def test_families_do_not_influence_each_other(rows, others):
    alone = claims(*of(rows))
    beside = claims(*of([*others, *[(*row[:3], row[3] + 10) for row in rows]]))
    assert beside.clear[len(others) :].tolist() == alone.clear.tolist()
    assert np.array_equal(beside.needed[len(others) :], alone.needed, equal_nan=True)


def test_company_raises_what_is_needed():
    """One difference alone needs t(20) = 2.086 errors; with four that are nothing it needs the 99.5 % quantile, 2.845;
    with four that are clear, no more than alone."""
    family, freedom, error = np.zeros(5), np.full(5, 20.0), np.full(5, 0.1)
    alone = claims(np.array([0.25]), error[:1], freedom[:1], family[:1])
    nothing = claims(np.array([0.25, 0, 0, 0, 0]), error, freedom, family)
    much = claims(np.array([0.25, 9, 9, 9, 9]), error, freedom, family)
    assert [found.needed[0] for found in (alone, nothing, much)] == pytest.approx([0.20860, 0.28453, 0.20860], abs=1e-5)
    assert [bool(found.clear[0]) for found in (alone, nothing, much)] == [True, False, True]


@given(strategies.lists(strategies.floats(0, 0.2), min_size=1, max_size=12))
def test_enough_evidence_is_where_the_rule_lets_go(p):
    """Each p value is moved up by itself until it is no longer a claim."""
    found = enough_evidence(np.array([p]))[0]
    for place, enough in enumerate(found):

        def is_claim(value: float, place: int = place) -> bool:
            return claimed([*p[:place], value, *p[place + 1 :]])[place]

        low, high = 0.0, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if is_claim(middle) else (low, middle)
        assert enough == pytest.approx(low, rel=1e-9)


def test_nothing_is_claimed_without_an_error():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = claims(np.array([3.0, 3.0, 3.0]), np.array([0.0, np.nan, 0.1]), np.full(3, 9.0), np.zeros(3))
        assert len(claims(*(np.empty(0),) * 4).clear) == 0
    assert found.clear.tolist() == [False, False, True]
    assert found.needed == pytest.approx([np.nan, np.nan, 0.1 * student.ppf(0.975, 9)], nan_ok=True)  # a family of one


def test_no_more_than_one_claim_in_twenty_families_without_any_difference():
    """3 000 schools with 25 criteria where nothing has happened: a family makes a false claim in 5 of 100."""
    rng = np.random.default_rng(5)
    difference, family = rng.standard_normal(75_000), np.repeat(np.arange(3000), 25)
    found = claims(difference, np.ones(75_000), np.full(75_000, 1e9), family)
    share = np.mean([found.clear[these].any() for these in members(family)])
    assert 0.035 < share < 0.065


@pytest.mark.parametrize(
    ("now", "before"), [((0.8, 31), (0.7, 28)), ((0.5, 5), (1.2, 60)), ((0.0, 8), (0.9, 12)), ((1.1, 5), (1.1, 5))]
)
def test_welch(now, before):
    """Against scipy: the same p value for a difference of 0.4."""
    error, freedom = welch(*(np.array([value], float) for value in (*now, *before)))
    p = 2 * student.sf(0.4 / error, freedom)
    assert p == pytest.approx(ttest_ind_from_stats(2.4, *now, 2.0, *before, equal_var=False).pvalue, rel=1e-9)


def test_welch_without_any_spread_tells_no_error():
    assert welch(np.array([0.0]), np.array([9.0]), np.array([0.0]), np.array([5.0]))[0] == [0.0]


@pytest.mark.parametrize("sizes", [(10, 100), (5, 5, 100), (10,) * 9 + (100,), (30,) * 40])
def test_schools_that_are_alike_are_seldom_told_from_their_mean(sizes):
    """Five times in a hundred, a large one among small ones too (by its own interval alone: up to 37 times)."""
    rng, n, draws = np.random.default_rng(7), np.array(sizes), 4000
    p = []
    for _ in range(draws):
        mean = rng.standard_normal(len(n)) / np.sqrt(n)
        squares = rng.chisquare(n - 1)
        sigma = np.sqrt(squares.sum() / (n - 1).sum())
        error, freedom = against_the_mean(np.sqrt(squares / (n - 1)), sigma, n)
        p.append(2 * student.sf(abs(mean[-1] - mean.mean()) / error[-1], freedom[-1]))
    assert 0.01 < np.mean(np.array(p) < 0.05) < 0.06


def test_distance_from_the_mean_of_two():
    """Half of the difference between them: half of Welch's error, where neither agrees more than all of them do."""
    sd, n = np.array([0.8, 1.1]), np.array([12.0, 30.0])
    error, _ = welch(sd[:1], n[:1], sd[1:], n[1:])
    assert np.array(against_the_mean(sd, 0.7, n)) == pytest.approx(np.array([[error[0] / 2] * 2, [40.0] * 2]))


def test_a_school_that_agrees_by_chance_has_the_noise_of_the_others():
    n = np.array([8.0, 20.0, 20.0])
    agreed, usual = (against_the_mean(np.array([sd, 0.7, 0.7]), 0.7, n)[0] for sd in (0.0, 0.7))
    assert agreed == pytest.approx(usual)


def test_families_by_name():
    family = numbered([("a", 1), ("b", 1), ("a", 1), ("a", 2)])
    assert [these.tolist() for these in members(family)] == [[0, 2], [1], [3]]
    assert members(np.empty(0)) == []
