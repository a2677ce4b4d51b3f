"""How often the range that is foretold holds the number of schools that meet the goal in the round that comes.

A city of 75 schools has some rounds behind it. Between two rounds the city moves, and its schools and their criteria
each depart from that: normally, as the forecast takes it, or with heavier tails (Student's t with three degrees of
freedom, of the same standard deviation). The city's last known round lies about where the demo's lies in 2025.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np

from analytics.maturity.methods.prediction import drift, move, presents
from analytics.maturity.methods.resampling import Resampler
from analytics.maturity.methods.together import Noise, correlation
from analytics.maturity.publish.forecast import ForecastDraw
from analytics.maturity.publish.shown import Figures, RoundKey, ShownMean
from analytics.model.frameworks import WHOLE
from tests.simulation.coverage import area_figures
from tests.simulation.published import FRAMEWORK, THINGS
from tests.simulation.world import (
    GOAL,
    LEAST,
    LEVELS,
    MIXED,
    MOST,
    Piece,
    Row,
    answers,
    by_size,
    figure,
    figures,
    true_levels,
    true_means,
)

CITIES = 60
CITY_MOVES, CITY_SD = 0.08, 0.08  # levels a round: mean and standard deviation of the city's moves
SCHOOL_DEPARTS, CRITERION_DEPARTS = 0.10, 0.05  # levels a round
FREEDOM = 3  # of the heavier tails
SMALL, LARGE = np.resize([8, 15], len(MIXED)), np.resize([60, 120], len(MIXED))
CITY_OF = {"mixed": MIXED, "small": SMALL, "large": LARGE}
Draw = Callable[..., np.ndarray]


def pieces() -> list[Piece]:
    cases = [("normal", 6, size) for size in CITY_OF] + [
        ("heavy", 6, "mixed"),
        ("normal", 3, "mixed"),
        ("heavy", 3, "mixed"),
        ("normal", 1, "mixed"),
    ]
    return [
        Piece(partial(of_cities, moves, tails), "forecast", f"{tails} drift, {moves} moves", size, CITIES)
        for tails, moves, size in cases
    ] + [Piece(partial(of_cities, 3, "normal"), "forecast", "check", "small", 5)]


def of_cities(moves: int, tails: str, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """The share of cities where the range held the number; how many schools wide it was; and by how much more the
    expected number was than what came, on average. From people's answers, and from the same answers as counts with the
    correlation that these people's have."""
    draw = rng.standard_normal if tails == "normal" else partial(_heavy, rng)
    found = [_foretold(rng, draw, moves, piece, city) for city in range(piece.draws)]
    rows = []
    for question, told in zip(("forecast_range", "forecast_range_counts"), zip(*found, strict=True), strict=True):
        held = np.array([row["low"] <= row["actual"] <= row["high"] for row in told])
        ahead = figure(np.array([row["expected"] - row["actual"] for row in told]))
        more = {"width": np.mean([row["high"] - row["low"] + 1 for row in told]), "ahead": ahead["figure"]}
        more |= {"ahead_error": ahead["error"], "actual": np.mean([row["actual"] for row in told])}
        rows.append(figure(held, question=question, **more))
    return rows


def _heavy(rng: np.random.Generator, shape: int | tuple[int, ...] = ()) -> np.ndarray:
    return rng.standard_t(FREEDOM, shape) / np.sqrt(FREEDOM / (FREEDOM - 2))


def _foretold(rng: np.random.Generator, draw: Draw, moves: int, piece: Piece, city: int) -> tuple[Row, Row]:
    """A city's rounds, the forecast after all but the last, and what came: a row of the product's table from answers,
    and one from counts."""
    sizes = CITY_OF[piece.size]
    rounds = [("f", year) for year in range(moves + 2)]
    true = true_means(rng, true_levels(rng, "demo", len(sizes))) - moves * CITY_MOVES
    known, counted = ({f"s{i:02}": {} for i in range(len(sizes))} for _ in range(2))
    for round_ in rounds:
        if round_[1]:
            true = true + CITY_MOVES + CITY_SD * draw() + SCHOOL_DEPARTS * draw((len(sizes), 1))
            true = np.clip(true + CRITERION_DEPARTS * draw(true.shape), LEAST, MOST)
        given = _given(rng, true, sizes)
        if round_ == rounds[-1]:
            break
        together = _add_figures(known, counted, round_, given, sizes)
        before_last = given
    rows, resampler = [], Resampler()
    for figures_of, correlated in ((known, None), (counted, together)):
        found = drift([move(a, b, figures_of) for a, b in pairwise(rounds[:-1])], 1.0)
        stand = dict(zip(figures_of, presents(list(figures_of.values()), rounds[-2], THINGS), strict=True))
        told = ForecastDraw(FRAMEWORK, rounds[-2][1], rounds[-1][1], found, stand)
        for school, levels in zip(figures_of, before_last, strict=True):
            told.take(school, _resampled(resampler, levels, f"{piece.case}/{piece.size}/{city}/{school}", correlated))
        reached = [bool((levels.sum(axis=0) >= GOAL.level * len(levels)).all()) for levels in given]
        rows.append(told.row(dict(zip(figures_of, reached, strict=True))))
    return rows[0], rows[1]


def _given(rng: np.random.Generator, true: np.ndarray, sizes: np.ndarray) -> list[np.ndarray]:
    """A school's answers each: people x criteria."""
    given = [np.empty(0)] * len(sizes)
    for size, these in by_size(sizes):
        for place, levels in zip(these, answers(rng, true[these], size), strict=True):
            given[place] = levels
    return given


def _add_figures(
    known: dict[str, Figures], counted: dict[str, Figures], round_: RoundKey, given: list[np.ndarray], sizes: np.ndarray
) -> float:
    """What the product would publish of the round, criteria and the whole, of people and of counts with the correlation
    of the people's answers, which is returned."""
    parts = []
    for size, these in by_size(sizes):
        levels = np.stack([given[place] for place in these])
        mean, sd = figures(levels)
        whole, error, people, _ = area_figures(levels)
        parts.append((size, these, mean, sd, whole, error, people))
    noises = [Noise((sd**2 / n).sum(axis=1), (sd / n**0.5).sum(axis=1), np.full(len(sd), len(THINGS)))
              for n, _, _, sd, *_ in parts]  # fmt: skip
    every = Noise(*map(np.concatenate, zip(*noises, strict=True)))
    together, _ = correlation(every, *(np.concatenate([part[at] for part in parts]) for at in (5, 6)))
    for (size, these, mean, sd, whole, error, people), noise in zip(parts, noises, strict=True):
        by_counts = noise.error(together)
        for i, place in enumerate(these):
            own = {thing: ShownMean(mean[i, c], sd[i, c], size, size) for c, thing in enumerate(THINGS)}
            for of, its_error, told in ((known, error[i], size), (counted, by_counts[i], None)):
                whole_of = ShownMean(whole[i], its_error * np.sqrt(people[i]), size, told)
                of[f"s{place:02}"][round_] = own | {(WHOLE, ""): whole_of}
    return together


def _resampled(resampler: Resampler, levels: np.ndarray, name: str, together: float | None) -> np.ndarray:
    """The means of a school's resamples: its people drawn anew, or (with a correlation) made-up ones."""
    if together is None:
        return resampler.people(levels.astype(float), GOAL, name).mean
    counts = np.stack([(levels == level).sum(axis=0) for level in LEVELS], axis=1)
    return resampler.counts(counts, LEVELS, GOAL, together, name).mean
