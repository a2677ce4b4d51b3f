"""When a difference is called clear, against Benjamini & Hochberg's rule as it is told."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, strategies
from scipy.stats import t as student
from scipy.stats import ttest_ind_from_stats

from analytics.maturity.methods.claims import (
    FALSE_CLAIMS,
    STEPS,
    against_the_mean,
    at_least_from_the_mean,
    claims,
    clear_in_list,
    enough_evidence,
    from_the_whole_down,
    members,
    numbered,
    welch,
)
from tests.maturity.twin import claimed
from tests.maturity.twin import from_the_whole_down as by_twin
from tests.sampling import examples

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


def test_families_of_one_size_are_judged_at_once_as_each_p_value_is_by_itself():
    """To the last bit, ties and steps that are hit exactly among them, each family at its own level."""
    rng = np.random.default_rng(5)
    for m in (1, 2, 5, 50):
        level = rng.choice([0.0, 0.01, 0.03, 0.05], 40)
        p = rng.random((40, m)) ** 3
        p[:20] = rng.choice(np.arange(m + 2) * 0.05 / m, (20, m))
        p[30:, 0] = np.nan
        for family, of_family, found in zip(p, level, enough_evidence(p, level), strict=True):
            steps = of_family * np.arange(1, m + 1) / m
            others = [[(np.delete(family, place) <= step).sum() for step in steps] for place in range(m)]
            furthest = [max(r for r in range(m) if within[r] >= r) for within in others]
            assert found.tolist() == steps[furthest].tolist()


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


@given(DIFFERENCES, strategies.lists(strategies.integers(0, 2), min_size=30, max_size=30))
def test_from_the_whole_down_each_step_has_what_the_one_above_leaves(rows, steps):
    """Against the twin, which takes one school at a time."""
    difference, error, freedom, whose = of(rows)
    step = np.array(steps[: len(rows)])
    found = from_the_whole_down(difference, error, freedom, whose, step)
    for school in set(whose.tolist()):
        places = [np.flatnonzero((whose == school) & (step == which)) for which in range(3)]
        told = by_twin(*([(difference[i], error[i], freedom[i]) for i in these] for these in places))
        for these, answers in zip(places, told, strict=True):
            for i, (clear, needed) in zip(these, answers, strict=True):
                if needed is None or not np.isclose(abs(difference[i]), needed, rtol=1e-9):
                    assert found.clear[i] == clear
                assert found.needed[i] == pytest.approx(np.nan if needed is None else needed, rel=1e-9, nan_ok=True)


def test_the_steps_together_are_what_may_be_false():
    assert sum(STEPS) == pytest.approx(FALSE_CLAIMS)
    assert len(from_the_whole_down(*(np.empty(0),) * 3, *(np.empty(0, dtype=int),) * 2).clear) == 0


@pytest.mark.parametrize("common", [0.0, 0.5, 1.0])
def test_at_most_one_school_in_twenty_is_said_to_have_changed_where_nothing_has(common):
    """6 000 schools: criteria that have nothing, half, or all of their noise in common; areas and whole are their
    means."""
    rng, schools, step = np.random.default_rng(8), 6000, np.array([0] + [1] * 5 + [2] * 25)
    of_school, own = rng.standard_normal((schools, 1)), rng.standard_normal((schools, 25))
    each = np.sqrt(common) * of_school + np.sqrt(1 - common) * own
    said = np.hstack([each.mean(axis=1, keepdims=True), each.reshape(schools, 5, 5).mean(axis=2), each])
    error = np.sqrt(common + (1 - common) / np.repeat([25, 5, 1], [1, 5, 25]))
    found = from_the_whole_down(
        said.ravel(),
        np.tile(error, schools),
        np.full(said.size, 1e9),
        np.repeat(np.arange(schools), 31),
        np.tile(step, schools),
    )
    any_claim = found.clear.reshape(said.shape).any(axis=1).mean()
    assert 0.02 < any_claim <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / schools)


@given(DIFFERENCES)
def test_in_a_list_is_what_is_clear_to_the_school_and_among_the_schools(rows):
    """Benjamini & Hochberg over the list, with those that are not clear to their own school as p = 1."""
    difference, error, freedom, lists = of(rows)
    alone = claims(difference, error, freedom, np.arange(len(rows)), 0.03).clear
    found = clear_in_list(difference, error, freedom, alone, lists)
    assert not (found & ~alone).any()
    for which in set(lists.tolist()):
        these = np.flatnonzero((lists == which) & (error > 0))
        p = 2 * student.sf(np.abs(difference[these]) / error[these], freedom[these])
        assert found[these].tolist() == claimed(np.where(alone[these], p, 1.0).tolist())


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


@pytest.mark.long
@pytest.mark.parametrize("sizes", [(10, 100), (5, 5, 100), (10,) * 9 + (100,), (30,) * 40])
def test_schools_that_are_alike_are_seldom_told_from_their_mean(sizes):
    """Five times in a hundred, a large one among small ones too (by its own interval alone: up to 37 times)."""
    rng, n, draws = np.random.default_rng(7), np.array(sizes), examples(2000, 4000)
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


def test_a_mean_that_is_told_as_a_bound_lies_as_near_the_others_as_it_may():
    """Means of 3.8 and 3.4, and one of 3.5 or higher: all of them lie at 3.57 to 3.73 on average."""
    low, high = np.array([3.8, 3.4, 3.5]), np.array([3.8, 3.4, 4.0])
    assert at_least_from_the_mean(low, high) == pytest.approx([3.8 - 11.2 / 3, 3.4 - 10.7 / 3, 0.0])
    assert at_least_from_the_mean(low, low) == pytest.approx(low - low.mean())
    assert at_least_from_the_mean(np.array([1.0, 3.5]), np.array([1.5, 4.0])) == pytest.approx([-0.75, 0.75])


def test_families_by_name():
    family = numbered([("a", 1), ("b", 1), ("a", 1), ("a", 2)])
    assert [these.tolist() for these in members(family)] == [[0, 2], [1], [3]]
    assert members(np.empty(0)) == []
