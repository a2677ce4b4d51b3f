"""Rounds of under twenty answers as they enter everything else: the mean as it is told, and the city's spread."""

from __future__ import annotations

from functools import cache

import numpy as np

from analytics.maturity.methods.city_spread import city_ratio, ratios, spread_at
from analytics.maturity.methods.coarse import told_mean
from analytics.maturity.methods.disclosure import CERTAIN_FROM, FEW_AS, FEW_BELOW
from analytics.maturity.methods.intervals import Scale
from analytics.maturity.methods.together import ASSUMED, Noise, correlation
from analytics.maturity.methods.typical import typical_answers
from analytics.model.figures import HIDE_BELOW_FLOOR
from tests.simulation.coverage import area_figures
from tests.simulation.world import LEVELS, SEED, answers, camps_of, true_levels, true_means

CITY, LARGE = 75, 30  # of a city's larger schools: how many, and the answers of each


@cache
def spread(case: str) -> float:
    """The spread of the city's larger cells, of schools like these."""
    rng = np.random.default_rng(SEED)
    drawn = answers(rng, true_means(rng, true_levels(rng, case, CITY)), LARGE, camps=camps_of(case)).astype(int)
    counts = (drawn[..., None] == LEVELS).sum(axis=1).reshape(-1, len(LEVELS))
    return city_ratio([ratios(counts, LEVELS)], LEVELS)


@cache
def _means() -> np.ndarray:
    """Answers x their sum -> the mean as it is told."""
    scale = tuple(int(level) for level in LEVELS)
    found = np.full((CERTAIN_FROM, CERTAIN_FROM * scale[-1] + 1), np.nan)
    for n in range(HIDE_BELOW_FLOOR, CERTAIN_FROM):
        for total in range(n * scale[0], n * scale[-1] + 1):
            found[n, total] = float(told_mean(n, total, scale)[0])
    return found


def told_cells(levels: np.ndarray, ratio: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean, standard deviation and number of answers that cells are told and taken to have; nan where one is hidden."""
    n = (~np.isnan(levels)).sum(axis=1)
    mean = _means()[n, np.nansum(levels, axis=1).astype(int)]
    taken = np.where(n < FEW_BELOW, FEW_AS, n)
    return mean, spread_at(mean, taken, np.full(mean.shape, ratio), Scale.of(LEVELS)), taken


def typical_counts(mean: np.ndarray, sd: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Answers per level (a further axis) such as have what is told of cells."""
    _, first, same = np.unique(mean.ravel(), return_index=True, return_inverse=True)
    chances = typical_answers(mean.ravel()[first], sd.ravel()[first], LEVELS)[same.ravel()]
    return chances.reshape(*mean.shape, -1) * n[..., None]


@cache
def together(case: str) -> float:
    """How a person's answers go together, as the city's larger schools tell it."""
    rng = np.random.default_rng(SEED)
    drawn = answers(rng, true_means(rng, true_levels(rng, case, CITY)), LARGE, camps=camps_of(case))
    _, error, people, noise = area_figures(drawn)
    return correlation(noise, error, people)[0]


def told_round(
    levels: np.ndarray, case: str, parts: list[slice], larger_beside: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means of the parts and of each criterion, the squares of their errors, and the people that tell them. Nobody is
    followed over the criteria of so few: the city's larger schools tell how their answers go together, and where there
    are none the most that is supposed is taken."""
    correlated = together(case) if larger_beside else ASSUMED[1]
    mean, sd, n = told_cells(levels, spread(case))
    errors = sd / np.sqrt(n)
    of_parts, noise, people = [], [], []
    for part in parts:
        shown = ~np.isnan(mean[:, part])
        criteria = shown.sum(axis=1)
        of_part = Noise(np.nansum(errors[:, part] ** 2, axis=1), np.nansum(errors[:, part], axis=1), criteria)
        of_parts.append(np.nanmean(mean[:, part], axis=1))
        noise.append(of_part.error(correlated) ** 2)
        people.append(np.where(shown, n[:, part], CERTAIN_FROM).min(axis=1))
    return (
        np.hstack([np.stack(of_parts, axis=1), mean]),
        np.hstack([np.stack(noise, axis=1), errors**2]),
        np.hstack([np.stack(people, axis=1), n]),
    )
