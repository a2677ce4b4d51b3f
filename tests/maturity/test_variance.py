"""The random-intercept model against MixedLM of statsmodels, a published analysis, and the likelihood written out."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM

from analytics.maturity.methods.shrinkage import known_tau
from analytics.maturity.methods.variance import RandomIntercept, random_intercept
from tests.sampling import pairs

# The strength of dyestuff, five samples from each of six batches (Davies & Goldsmith 1972; `Dyestuff` in R's lme4).
DYESTUFF = {
    "A": (1545, 1440, 1440, 1520, 1580),
    "B": (1540, 1555, 1490, 1560, 1495),
    "C": (1595, 1550, 1605, 1510, 1560),
    "D": (1445, 1440, 1595, 1465, 1545),
    "E": (1595, 1630, 1515, 1635, 1625),
    "F": (1520, 1455, 1450, 1480, 1445),
}

#         schools, answers a school, tau, sigma
SHAPES = {
    "two schools": (2, (8, 30), 2.0, 0.7),
    "three, one of them large": (3, (5, 200), 0.5, 0.8),
    "many": (40, (5, 50), 0.3, 0.8),
    "many small": (75, (5, 7), 0.4, 0.8),
    "tau near zero": (12, (5, 40), 0.02, 0.9),
    "tau zero": (10, (5, 30), 0.0, 0.8),
    "tau larger than sigma": (15, (5, 20), 1.5, 0.4),
}


def fit(groups: list[np.ndarray]) -> RandomIntercept:
    n, mean, sd = summary(groups)
    return random_intercept(n, mean, sd)


def summary(groups: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (
        np.array([len(group) for group in groups]),
        np.array([group.mean() for group in groups]),
        np.array([group.std(ddof=1) for group in groups]),
    )


def drawn(shape: str, seed: int, on_scale: bool) -> list[np.ndarray]:
    schools, (smallest, largest), tau, sigma = SHAPES[shape]
    rng = np.random.default_rng([seed, list(SHAPES).index(shape)])
    groups = []
    for size in np.linspace(smallest, largest, schools).astype(int):
        answers = rng.normal(2.7 + rng.normal(0, tau), sigma, size)
        groups.append(np.clip(np.rint(answers), 1, 4) if on_scale else answers)
    return groups


def with_tau_known(model: RandomIntercept, mean: np.ndarray, n: np.ndarray) -> np.ndarray:
    """What others pull means to: as if tau and sigma were what they are estimated to be."""
    return known_tau(model.tau, model.sigma, model.city).shrunken(mean, n)


def log_likelihood(groups: list[np.ndarray], tau: float, sigma: float) -> float:
    """The restricted likelihood from the covariance of a school's answers, but for a constant."""
    covariances = [sigma**2 * np.eye(len(group)) + np.full((len(group),) * 2, tau**2) for group in groups]
    precisions = [np.linalg.inv(covariance) for covariance in covariances]
    known = sum(precision.sum() for precision in precisions)
    city = sum((precision @ group).sum() for precision, group in zip(precisions, groups, strict=True)) / known
    off = sum((group - city) @ precision @ (group - city) for precision, group in zip(precisions, groups, strict=True))
    spread = sum(np.linalg.slogdet(covariance)[1] for covariance in covariances)
    return -0.5 * (spread + np.log(known) + off)


@pytest.mark.long
@pytest.mark.parametrize(("shape", "levels"), pairs([*SHAPES], ["any number", "levels 1-4"]))
def test_against_mixedlm(shape, levels):
    """The same tau, sigma and pulled means; or a likelihood as good, where MixedLM stops short."""
    agreed = 0
    for seed in range(3):
        groups = drawn(shape, seed, on_scale=levels == "levels 1-4")
        ours = fit(groups)
        school = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = MixedLM(np.concatenate(groups), np.ones(len(school)), school).fit(reml=True)
        tau, sigma = float(theirs.cov_re[0, 0]) ** 0.5, float(theirs.scale) ** 0.5
        gain = log_likelihood(groups, ours.tau, ours.sigma) - log_likelihood(groups, tau, sigma)
        assert gain >= -1e-7
        if (ours.tau, ours.sigma) != pytest.approx((tau, sigma), rel=1e-3):
            continue
        agreed += 1
        assert ours.city == pytest.approx(float(theirs.fe_params[0]), abs=1e-3)
        n, mean, _ = summary(groups)
        shrunken = [float(theirs.fe_params[0] + theirs.random_effects[i].iloc[0]) for i in range(len(groups))]
        assert with_tau_known(ours, mean, n) == pytest.approx(shrunken, abs=1e-3)
    assert agreed >= 2 or SHAPES[shape][2] < 0.1


def test_the_published_analysis_of_dyestuff():
    """Between batches 11 271.50, within 2 451.25: tau^2 = (11 271.50 - 2 451.25) / 5 = 1 764.05."""
    ours = fit([np.array(batch, float) for batch in DYESTUFF.values()])
    assert (ours.tau**2, ours.sigma**2, ours.city) == pytest.approx((1764.05, 2451.25, 1527.5), rel=1e-9)


def test_less_between_than_chance_alone_would_give_is_no_spread():
    """Means 2.4 and 2.6, within variance 1.3 and 0.3: chance alone gives means a variance of 0.16, these have 0.02."""
    groups = [np.array(levels, float) for levels in ((1, 2, 3, 4, 2), (3, 3, 2, 3, 2))]
    ours = fit(groups)
    assert ours.tau == 0
    assert ours.city == pytest.approx(2.5)
    assert with_tau_known(ours, np.array([2.4, 2.6]), np.array([5, 5])) == pytest.approx([2.5, 2.5])


def test_the_best_is_never_beaten_nearby():
    for seed in range(20):
        groups = drawn("tau near zero", seed, on_scale=True)
        ours = fit(groups)
        best = log_likelihood(groups, ours.tau, ours.sigma)
        for factor in (0.9, 1.1):
            assert best >= log_likelihood(groups, ours.tau * factor, ours.sigma)
            assert best >= log_likelihood(groups, ours.tau, ours.sigma * factor)
        assert best >= log_likelihood(groups, ours.tau + 0.02, ours.sigma)


@pytest.mark.parametrize(
    ("groups", "tau", "sigma", "shrunken"),
    [
        ([[3] * 5, [3] * 9], 0, 0, [3, 3]),  # all equal
        ([[2] * 5, [4] * 9], 2**0.5, 0, [2, 4]),  # each school of one mind: nothing to take out
        ([[1] * 5, [1] * 5, [4] * 5], 3**0.5, 0, [1, 1, 4]),
    ],
)
def test_without_noise_means_stay_where_they_are(groups, tau, sigma, shrunken):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        groups = [np.array(group, float) for group in groups]
        ours = fit(groups)
        found = ours.shrunken(*reversed(summary(groups)[:2]))
    assert (ours.tau, ours.sigma) == pytest.approx((tau, sigma))
    assert found == pytest.approx(shrunken)


def test_one_answer_apart_from_all_others_is_noise_enough():
    """75 schools at 1 or 4, and one person who thinks otherwise: nearly no noise, and all of it finite."""
    groups = [np.full(40, 1.0 + 3 * (i % 2)) for i in range(75)]
    groups[0][0] = 2.0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours = fit(groups)
    assert ours.tau == pytest.approx(np.std([group.mean() for group in groups], ddof=1), rel=1e-3)
    assert ours.sigma == pytest.approx((0.975 / (75 * 39)) ** 0.5, rel=1e-3)


@pytest.mark.parametrize("schools", [0, 1])
def test_one_school_has_no_spread(schools):
    assert fit([np.array([1.0, 2, 3, 4, 4])][:schools]) is None
