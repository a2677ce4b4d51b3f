"""What a city's round tells of its schools, by the product's own functions: of few answers what is told of few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.cells import compute_cells
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.maturity.methods.intervals import Scale
from analytics.maturity.methods.together import ENOUGH, Noise, correlation
from analytics.maturity.methods.variance import random_intercept
from analytics.maturity.publish.coarse import city_ratios, told_cells
from analytics.model.figures import HIDE_BELOW_FLOOR
from tests.maturity.worlds import framework_of
from tests.simulation.coverage import area_figures
from tests.simulation.world import AREAS, GOAL, LEVELS, PER_AREA, answers, by_size

FRAMEWORK = replace(
    framework_of("f", {f"a{a}": [f"c{a}{i}" for i in range(PER_AREA)] for a in range(AREAS)}), goal=GOAL
)
THINGS = [(criterion.area, criterion.id) for criterion in FRAMEWORK.criteria]


class Published(NamedTuple):
    """Of cells (schools x criteria; nothing is hidden): the mean, and the standard deviation of so many answers that
    its noise is reckoned with. `low`, `high`: between what the mean lies, where it is told as a bound. `sigma`: within
    schools, a criterion each. `noise`, `error`, `people`: an entry a school
    where people are followed over the criteria."""

    mean: np.ndarray
    sd: np.ndarray
    n: np.ndarray
    low: np.ndarray
    high: np.ndarray
    sigma: np.ndarray
    noise: Noise
    error: np.ndarray
    people: np.ndarray


def given(rng: np.random.Generator, true: np.ndarray, sizes: np.ndarray, camps: float = 0.0) -> list[np.ndarray]:
    """The answers of schools with these true means, a school each: people x criteria."""
    found = [np.empty(0)] * len(sizes)
    for size, these in by_size(sizes):
        for place, levels in zip(these, answers(rng, true[these], size, camps=camps), strict=True):
            found[place] = levels
    return found


def published(answered: Sequence[np.ndarray]) -> Published:
    """Of schools in which everybody answers everything, and at least five do."""
    counts = np.stack([(levels[..., None] == LEVELS).sum(axis=0) for levels in answered])
    shape, flat = counts.shape[:2], counts.reshape(-1, len(LEVELS))
    figures = compute_cells(flat, LEVELS, GOAL)
    assert figures.n.min() >= HIDE_BELOW_FLOOR
    rounds = [(0, criterion) for _ in answered for _, criterion in THINGS]
    ratio = city_ratios(flat, LEVELS, figures.n, rounds, flat[:0])
    told = told_cells(FRAMEWORK, flat, figures, ratio, HIDE_BELOW_FLOOR)
    ends = told.ends(Scale.of(LEVELS))
    mean, sd, n, own, low, high = (
        a.reshape(shape) for a in (told.mean, told.noise_sd, told.noise_n, told.own_sd, *ends)
    )
    # As cells.py has it: the city's sigma is told by those whose own answers may be, if there are any.
    models = [
        random_intercept(n[:, c], mean[:, c], sd[:, c] if np.isnan(own[:, c]).all() else own[:, c], interval=False)
        for c in range(shape[1])
    ]
    sigma = np.array([model.sigma for model in models])
    followed = [area_figures(levels[None]) for levels in answered if len(levels) >= CERTAIN_FROM]
    parts = [[f[1] for f in followed], [f[2] for f in followed], *zip(*(f[3] for f in followed), strict=True)]
    error, people, *noise = (np.concatenate([*part, []]) for part in parts) if followed else np.empty((5, 0))
    return Published(mean, np.where(sd > 0, sd, sigma), n, low, high, sigma, Noise(*noise), error, people)


def together_in(rounds: Iterable[Published], else_: float) -> float:
    """How a person's answers go together, by the schools' rounds in which people are followed; else as is assumed."""
    of = list(rounds)
    noise = Noise(*map(np.concatenate, zip(*(each.noise for each in of), strict=True)))
    error, people = (np.concatenate([getattr(each, name) for each in of]) for name in ("error", "people"))
    found, by = correlation(noise, error, people)
    return found if by >= ENOUGH else else_
