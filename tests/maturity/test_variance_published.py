"""The random-intercept model on two public sets of schools of very different sizes, against what others published.

Where the data are from, and who published what: data/README.md beside this file.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM

from analytics.maturity.methods.variance import random_intercept
from tests.maturity.test_variance import with_tau_known

DATA = Path(__file__).parent / "data"
HSB, LANGUAGE = "high-school-and-beyond", "language-of-pupils"


@dataclass(frozen=True)
class Schools:
    """Pupils, mean and standard deviation (n-1) of their scores, an entry a school."""

    n: np.ndarray
    mean: np.ndarray
    sd: np.ndarray

    def deviance(self, city: float, between: float, within: float) -> float:
        """-2 log of the restricted likelihood, constants and all, as SAS and lme4 write it; variances."""
        of_mean = within + self.n * between  # the variance of a school's mean, times n
        known = np.sum(self.n / of_mean)
        spread = np.sum((self.n - 1) * np.log(within) + np.log(of_mean))
        squares = np.sum((self.n - 1) * self.sd**2 / within + self.n * (self.mean - city) ** 2 / of_mean)
        return float(spread + squares + np.log(known) + (self.n.sum() - 1) * np.log(2 * np.pi))


def schools(name: str) -> Schools:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Schools(
        np.array([int(row["n"]) for row in rows]), *(np.array([float(row[c]) for row in rows]) for c in ("mean", "sd"))
    )


def printed(value: float, as_in: str) -> str:
    """As many decimals as the publication has."""
    return f"{value:.{len(as_in.partition('.')[2])}f}"


@pytest.mark.parametrize(
    ("name", "pupils", "count", "smallest", "largest", "mean"),
    [(HSB, 7185, 160, 14, 67, "12.7478526"), (LANGUAGE, 2287, 131, 4, 35, None)],
)
def test_the_data_are_those_that_were_published(name, pupils, count, smallest, largest, mean):
    """Numbers of pupils and schools, and the mean of all pupils where a source prints it."""
    data = schools(name)
    assert (data.n.sum(), len(data.n), data.n.min(), data.n.max()) == (pupils, count, smallest, largest)
    if mean:
        assert printed(float(data.n @ data.mean / data.n.sum()), mean) == mean


@pytest.mark.parametrize(
    ("name", "city", "between", "within"),
    [
        (HSB, "12.64", "8.61", "39.15"),  # Raudenbush & Bryk (2002), table 4.2
        (LANGUAGE, "40.3624", "19.63", "64.56"),  # lme4
    ],
)
def test_to_the_last_digit_that_is_printed(name, city, between, within):
    data = schools(name)
    ours = random_intercept(data.n, data.mean, data.sd)
    found = (printed(ours.city, city), printed(ours.tau**2, between), printed(ours.sigma**2, within))
    assert found == (city, between, within)


@pytest.mark.parametrize(
    ("by", "city", "between", "within"),
    [("SAS PROC MIXED", 12.6370, 8.6097, 39.1487), ("HLM 6", None, 8.61431, 39.14831)],
)
def test_programs_that_stop_early_are_near_and_not_better(by, city, between, within):
    """Both say that they stopped when the likelihood hardly rose any more; ours goes on to where it is best."""
    data = schools(HSB)
    ours = random_intercept(data.n, data.mean, data.sd)
    assert (ours.tau**2, ours.sigma**2) == pytest.approx((between, within), rel=6e-4)
    assert city is None or printed(ours.city, "12.6370") == f"{city:.4f}"
    gain = data.deviance(ours.city, between, within) - data.deviance(ours.city, ours.tau**2, ours.sigma**2)
    assert 0 < gain < 1e-4


@pytest.mark.parametrize(("name", "deviance"), [(HSB, "47116.8"), (LANGUAGE, "16253.1")])
def test_the_likelihood_is_the_published_one(name, deviance):
    data = schools(name)
    ours = random_intercept(data.n, data.mean, data.sd)
    assert printed(data.deviance(ours.city, ours.tau**2, ours.sigma**2), deviance) == deviance


def test_pulled_means_keep_as_much_as_published():
    """HLM 6 prints the mean of tau^2 / (tau^2 + sigma^2 / n) over the 160 schools: 0.901."""
    data = schools(HSB)
    ours = random_intercept(data.n, data.mean, data.sd)
    kept = (with_tau_known(ours, data.mean, data.n) - ours.city) / (data.mean - ours.city)
    assert printed(float(kept.mean()), "0.901") == "0.901"
    assert np.diff(kept[np.argsort(data.n)]).min() > -1e-9, "the more pupils, the more is kept"


@pytest.mark.parametrize("name", [HSB, LANGUAGE])
def test_mixedlm_says_the_same(name):
    """MixedLM wants pupils: as many as there were, with the same mean and standard deviation in every school, which is
    all that the likelihood sees of them."""
    data = schools(name)
    ours = random_intercept(data.n, data.mean, data.sd)
    pupils = []
    for n, mean, sd in zip(data.n, data.mean, data.sd, strict=True):
        scores = np.arange(n) - (n - 1) / 2
        pupils.append(mean + sd * scores / scores.std(ddof=1))
    everybody, school = np.concatenate(pupils), np.repeat(np.arange(len(data.n)), data.n)
    theirs = MixedLM(everybody, np.ones(len(everybody)), school).fit(reml=True)
    between, within, city = float(theirs.cov_re[0, 0]), float(theirs.scale), float(theirs.fe_params[0])
    assert (ours.tau**2, ours.sigma**2, ours.city) == pytest.approx((between, within, city), rel=3e-4)
    assert data.deviance(city, between, within) >= data.deviance(ours.city, ours.tau**2, ours.sigma**2) - 1e-9
    shrunken = [city + theirs.random_effects[i].iloc[0] for i in range(len(data.n))]
    assert with_tau_known(ours, data.mean, data.n) == pytest.approx(shrunken, rel=1e-4)
    # With so many schools tau is known well enough: what is not known of it moves no mean by a twentieth of its noise.
    noise = ours.sigma / np.sqrt(data.n)
    assert np.abs((ours.posterior.shrunken(data.mean, data.n) - shrunken) / noise).max() < 0.05
    limited = np.abs(shrunken - data.mean) > 1.96 * noise  # of the usual ones none is
    assert limited.sum() <= 2
    assert np.abs((ours.shrunken(data.mean, data.n) - shrunken) / noise)[~limited].max() < 0.05
