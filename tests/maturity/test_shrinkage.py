"""Pulled means: the integral by brute force, what they gain against the truth, and schools that are like no other."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.maturity.methods.shrinkage import known_tau
from analytics.maturity.methods.variance import RandomIntercept, random_intercept
from tests.maturity.test_variance import with_tau_known
from tests.sampling import sample
from tests.simulation.world import MEAN, cells

Z = 1.959963985


@pytest.mark.long
def test_against_the_integral_by_brute_force():
    """Three schools, answer by answer: the likelihood of tau, sigma, the city and the schools' levels, on a lattice of
    tau and sigma fine and wide enough for two decimals more than are told."""
    groups = [np.array(levels, float) for levels in ((1, 2, 3, 2, 1), (3, 4, 3, 1, 3, 3, 4), (2, 3, 3, 1, 3, 2))]
    n, mean = np.array([len(group) for group in groups]), np.array([group.mean() for group in groups])
    within = sum(((group - group.mean()) ** 2).sum() for group in groups)
    # A row a tau, a column a sigma; schools in the third place.
    tau = np.exp(np.linspace(-9, 14, 1500))[:, None, None]
    sigma = np.exp(np.linspace(-2.5, 2.5, 250))[None, :, None]
    variance = tau**2 + sigma**2 / n
    known = (1 / variance).sum(axis=2, keepdims=True)
    city = (mean / variance).sum(axis=2, keepdims=True) / known
    log = -0.5 * (np.log(variance) + (mean - city) ** 2 / variance).sum(axis=2, keepdims=True) - 0.5 * np.log(known)
    log += -within / (2 * sigma**2) - (n.sum() - len(n)) * np.log(sigma)
    chance = np.exp(log) * tau  # flat in tau: d tau = tau d log tau
    expected = city + tau**2 / variance * (mean - city)
    brute = (chance * expected).sum(axis=(0, 1)) / chance.sum()
    found = fit(groups).shrunken(mean, n)
    assert found == pytest.approx(brute, abs=1e-4)
    assert np.abs(found - mean).max() > 0.1, "else nothing was tried"


def fit(groups: list[np.ndarray]) -> RandomIntercept:
    n, mean, sd = (np.array([f(group) for group in groups]) for f in (len, np.mean, lambda g: np.std(g, ddof=1)))
    return random_intercept(n, mean, sd)


def squared_errors(schools: int, tau: float, size: int, cities: int) -> tuple[float, float, float]:
    """Of raw means, of those pulled as if tau were known, and of ours."""
    rng, errors = np.random.default_rng([schools, round(100 * tau), size]), []
    for _ in range(cities):
        true = np.clip(rng.normal(MEAN, tau, schools), 1.05, 3.95)
        _, found = cells(rng, true, np.full(schools, size))
        model = random_intercept(found.n, found.mean, found.sd, interval=False)
        known, ours = with_tau_known(model, found.mean, found.n), model.shrunken(found.mean, found.n)
        errors.append([((levels - true) ** 2).mean() for levels in (found.mean, known, ours)])
    raw, known, ours = np.mean(errors, axis=0).tolist()
    return raw, known, ours


@pytest.mark.long
@pytest.mark.parametrize(
    ("schools", "tau", "size", "cities", "most"),
    sample(
        [
            (75, 0.39, 30, 60, 1.002),
            (75, 0.25, 8, 60, 1.01),
            (75, 0.1, 8, 60, 1.02),
            (75, 0.1, 30, 60, 1.01),
            (10, 0.39, 8, 400, 0.99),
            (5, 0.39, 8, 700, 0.97),
            (5, 0.6, 8, 700, 0.99),
            (3, 0.39, 8, 1000, 0.97),
            (3, 0.39, 30, 1000, 0.97),
            (3, 0.6, 8, 1000, 0.97),
        ],
        3,
    ),
)
def test_nearer_the_truth_than_raw_and_than_with_tau_taken_as_known(schools, tau, size, cities, most):
    """`most`: of the squared error of means that are pulled as if tau were what it is estimated to be. In cities as
    they usually are there is no more than a hair between the two; with few schools ours lies clearly nearer."""
    raw, known, ours = squared_errors(schools, tau, size, cities)
    assert ours < raw and ours < most * known


def test_where_few_schools_are_alike_in_truth_the_doubt_has_its_price():
    """Three schools that hardly differ: a tau of 0 happens to be right. Ours still lies nearer than raw means."""
    raw, known, ours = squared_errors(3, 0.1, 8, 1000)
    assert known < ours < 0.8 * raw


@pytest.mark.parametrize("schools", [3, 4, 5, 8, 10])
@pytest.mark.parametrize("answers", [20, 60, 120])
def test_a_school_of_all_ones_is_not_made_to_be_like_the_others(schools, answers):
    """Five people who all say 1, among schools around 2.85 that are much alike."""
    n = np.array([5, *[answers] * (schools - 1)])
    mean = np.array([1.0, *(2.85 + np.linspace(-0.1, 0.1, schools - 1))])
    model = random_intercept(n, mean, np.array([0.0, *[0.8] * (schools - 1)]))
    pulled = model.shrunken(mean, n)
    assert 1 < pulled[0] <= 1 + Z * model.sigma / 5**0.5 + 1e-9 < 1.8
    if (schools, answers) == (10, 120):
        assert with_tau_known(model, mean, n)[0] > 2.8, "which is what tau alone would make of it"


@pytest.mark.parametrize("seed", range(20))
def test_no_mean_is_pulled_past_the_city_or_farther_than_its_noise(seed):
    rng = np.random.default_rng(seed)
    schools = int(rng.integers(2, 80))
    n, true = (
        rng.integers(5, 120, schools),
        np.clip(rng.normal(MEAN, rng.choice([0, 0.1, 0.4, 1]), schools), 1.05, 3.95),
    )
    _, found = cells(rng, true, n)
    model = random_intercept(found.n, found.mean, found.sd)
    pulled = model.shrunken(found.mean, found.n)
    assert np.isfinite(pulled).all()
    assert (np.abs(pulled - found.mean) <= Z * model.sigma / np.sqrt(found.n) + 1e-9).all()
    assert (pulled >= found.mean.min() - 1e-9).all() and (pulled <= found.mean.max() + 1e-9).all()
    assert model.posterior.chance.sum() == pytest.approx(1)
    if schools == 2:
        assert pulled == pytest.approx(found.mean)


def test_of_two_schools_nothing_is_known_of_what_schools_differ_by():
    groups = [np.array(levels, float) for levels in ((1, 2, 3, 4, 2), (3, 3, 2, 3, 2))]
    assert fit(groups).shrunken(np.array([2.4, 2.6]), np.array([5, 5])) == pytest.approx([2.4, 2.6])


def test_with_tau_known_by_hand():
    """tau 0.3, sigma 0.9: nine answers keep half of the distance, and 81 nine tenths."""
    model = known_tau(0.3, 0.9, 2.0)
    assert model.shrunken(3.0, np.array([9, 81])) == pytest.approx([2.5, 2.9])
    assert known_tau(0.0, 0.9, 2.0).shrunken(3.0, np.array([9])) == pytest.approx([2.0])


def test_schools_that_are_far_apart_are_hardly_pulled():
    """Nearly no noise within: the points lie where the likelihood does, however narrow that is."""
    groups = [np.full(40, 1.0 + 3 * (i % 2)) for i in range(75)]
    groups[0][0] = 2.0
    n, mean = np.array([40] * 75), np.array([group.mean() for group in groups])
    assert fit(groups).shrunken(mean, n) == pytest.approx(mean, abs=1e-5)
