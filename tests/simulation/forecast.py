"""How often the range that is foretold holds the number of schools that meet the goal in the round that comes.

A city of 75 schools has some rounds behind it. Between two rounds the city moves, and its schools and their criteria
each depart from that: normally, as the forecast takes it, or with heavier tails (Student's t with three degrees of
freedom, of the same standard deviation). The city's last known round lies about where the demo's lies in 2025. Under
twenty answers enter as they are told, with the spread and the correlation of larger schools that are like these.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.maturity.methods.prediction import drift, may_be_foretold, move, presents
from analytics.maturity.methods.resampling import Resampler
from analytics.maturity.methods.together import Noise, correlation
from analytics.maturity.publish.forecast import ForecastDraw
from analytics.maturity.publish.shown import Figures, RoundKey, ShownMean
from analytics.model.frameworks import WHOLE
from tests.simulation.coverage import area_figures
from tests.simulation.published import FRAMEWORK, THINGS
from tests.simulation.told import spread, together, told_cells, typical_counts
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
CITY_OF = {"mixed": MIXED} | {
    name: np.resize(sizes, len(MIXED)) for name, sizes in (("few", [5]), ("small", [8, 15]), ("large", [60, 120]))
}
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
    correlation that these people's have; of under twenty, only those that are told."""
    draw = rng.standard_normal if tails == "normal" else partial(_heavy, rng)
    found = [_foretold(rng, draw, moves, piece, city) for city in range(piece.draws)]
    rows = []
    for question, told in zip(("forecast_range", "forecast_range_counts"), zip(*found, strict=True), strict=True):
        held = np.array([row["low"] <= row["actual"] <= row["high"] for row in told])
        ahead = figure(np.array([row["expected"] - row["actual"] for row in told]))
        more = {"told": float(may_be_foretold(CITY_OF[piece.size].tolist()))}  # of all or of none
        more |= {"width": np.mean([row["high"] - row["low"] + 1 for row in told]), "ahead": ahead["figure"]}
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
        of_these = _add_figures(known, counted, round_, given, sizes)
        before_last = given
    rows, resampler = [], Resampler()
    for figures_of, correlated in ((known, None), (counted, of_these)):
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
    shown = {size: _shown(np.stack([given[place] for place in these])) for size, these in by_size(sizes)}
    followed = [each for size, each in shown.items() if size >= CERTAIN_FROM]
    correlated = together("demo")
    if followed:
        every = Noise(*map(np.concatenate, zip(*(each.noise for each in followed), strict=True)))
        correlated, _ = correlation(every, *(np.concatenate([each[at] for each in followed]) for at in (4, 5)))
    for size, these in by_size(sizes):
        mean, sd, n, whole, error, people, noise = shown[size]
        by_counts = noise.error(correlated)
        by_people = error if size >= CERTAIN_FROM else by_counts
        for i, place in enumerate(these):
            own = {thing: ShownMean(mean[i, c], sd[i, c], int(n[i, c]), size) for c, thing in enumerate(THINGS)}
            for of, its_error, told in ((known, by_people[i], size), (counted, by_counts[i], None)):
                whole_of = ShownMean(whole[i], its_error * np.sqrt(people[i]), int(n[i].min()), told)
                of[f"s{place:02}"][round_] = own | {(WHOLE, ""): whole_of}
    return correlated


class _Shown(NamedTuple):
    """What is shown of schools with as many answers each: criteria (schools x criteria), the whole, and its noise."""

    mean: np.ndarray
    sd: np.ndarray
    n: np.ndarray
    whole: np.ndarray
    error: np.ndarray
    people: np.ndarray
    noise: Noise


def _shown(levels: np.ndarray) -> _Shown:
    """Of schools' answers (schools x people x criteria)."""
    whole, error, people, _ = area_figures(levels)
    if levels.shape[1] < CERTAIN_FROM:
        mean, sd, n = told_cells(levels, spread("demo"))
        whole, people = mean.mean(axis=1), n.min(axis=1)
    else:
        mean, sd = figures(levels)
        n = np.full(mean.shape, levels.shape[1])
    errors = sd / np.sqrt(n)
    noise = Noise((errors**2).sum(axis=1), errors.sum(axis=1), np.full(len(sd), len(THINGS)))
    return _Shown(mean, sd, n, whole, error, people, noise)


def _resampled(resampler: Resampler, levels: np.ndarray, name: str, correlated: float | None) -> np.ndarray:
    """The means of a school's resamples: its people drawn anew, or (with a correlation) made-up ones."""
    if len(levels) < CERTAIN_FROM:
        counts = typical_counts(*(each[0] for each in told_cells(levels[None], spread("demo"))))
        return resampler.counts(counts, LEVELS, GOAL, correlated or together("demo"), name).mean
    if correlated is None:
        return resampler.people(levels.astype(float), GOAL, name).mean
    counts = np.stack([(levels == level).sum(axis=0) for level in LEVELS], axis=1)
    return resampler.counts(counts, LEVELS, GOAL, correlated, name).mean
