"""How often the range that is foretold holds the number of schools that meet the goal in the round that comes.

A city of 75 schools has some rounds behind it. Between two rounds the city moves, and its schools and their criteria
each depart from that: normally, as the forecast takes it, or with heavier tails (Student's t with three degrees of
freedom, of the same standard deviation). The city's last known round lies about where the demo's lies in 2025.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np

from analytics.maturity.methods.prediction import Drift, drift, move, presents
from analytics.maturity.methods.resampling import resample_people
from analytics.maturity.publish.forecast import ForecastDraw
from analytics.maturity.publish.shown import Figures, RoundKey, ShownMean
from analytics.model.frameworks import WHOLE
from tests.maturity.worlds import framework_of
from tests.simulation.coverage import area_figures
from tests.simulation.world import (
    AREAS,
    GOAL,
    LEAST,
    MIXED,
    MOST,
    PER_AREA,
    Piece,
    Row,
    answers,
    by_size,
    figure,
    figures,
    true_levels,
    true_means,
)

CITIES = 100
CITY_MOVES, CITY_SD = 0.08, 0.08  # levels a round: mean and standard deviation of the city's moves
SCHOOL_DEPARTS, CRITERION_DEPARTS = 0.10, 0.05  # levels a round
FREEDOM = 3  # of the heavier tails
SMALL, LARGE = np.resize([8, 15], len(MIXED)), np.resize([60, 120], len(MIXED))
CITY_OF = {"mixed": MIXED, "small": SMALL, "large": LARGE}
FRAMEWORK = replace(
    framework_of("f", {f"a{a}": [f"c{a}{i}" for i in range(PER_AREA)] for a in range(AREAS)}), goal=GOAL
)
THINGS = [(criterion.area, criterion.id) for criterion in FRAMEWORK.criteria]

Draw = Callable[..., np.ndarray]


def pieces() -> list[Piece]:
    cases = [("normal", 6, size) for size in CITY_OF] + [
        ("heavy", 6, "mixed"),
        ("normal", 3, "mixed"),
        ("heavy", 3, "mixed"),
    ]
    return [
        Piece(partial(of_cities, moves, tails), "forecast", f"{tails} drift, {moves} moves", size, CITIES)
        for tails, moves, size in cases
    ] + [Piece(partial(of_cities, 3, "normal"), "forecast", "check", "small", 5)]


def of_cities(moves: int, tails: str, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """The share of cities where the range held the number; how many schools wide it was; and by how much more the
    expected number was than what came, on average."""
    held, width, ahead, came = [], [], [], []
    for city in range(piece.draws):
        row = _foretold(rng, rng.standard_normal if tails == "normal" else partial(_heavy, rng), moves, piece, city)
        held.append(row["low"] <= row["actual"] <= row["high"])
        width.append(row["high"] - row["low"] + 1)
        ahead.append(row["expected"] - row["actual"])
        came.append(row["actual"])
    more = {"width": np.mean(width), "ahead": np.mean(ahead), "ahead_error": figure(np.array(ahead))["error"]}
    return [figure(np.array(held), question="forecast_range", **more, actual=np.mean(came))]


def _heavy(rng: np.random.Generator, shape: int | tuple[int, ...] = ()) -> np.ndarray:
    return rng.standard_t(FREEDOM, shape) / np.sqrt(FREEDOM / (FREEDOM - 2))


def _foretold(rng: np.random.Generator, draw: Draw, moves: int, piece: Piece, city: int) -> Row:
    """A city's rounds, the forecast after all but the last, and what came: a row of the product's table."""
    sizes = CITY_OF[piece.size]
    rounds = [("f", year) for year in range(moves + 2)]
    true = true_means(rng, true_levels(rng, "demo", len(sizes))) - moves * CITY_MOVES
    known: dict[str, Figures] = {f"s{i:02}": {} for i in range(len(sizes))}
    for round_ in rounds:
        if round_[1]:
            true = true + CITY_MOVES + CITY_SD * draw() + SCHOOL_DEPARTS * draw((len(sizes), 1))
            true = np.clip(true + CRITERION_DEPARTS * draw(true.shape), LEAST, MOST)
        given = _given(rng, true, sizes)
        if round_ == rounds[-1]:
            break
        _add_figures(known, round_, given, sizes)
        before_last = given
    found = drift([move(a, b, known) for a, b in pairwise(rounds[:-1])])
    return _row(known, rounds[-2], found, before_last, given, f"{piece.case}/{piece.size}/{city}")


def _given(rng: np.random.Generator, true: np.ndarray, sizes: np.ndarray) -> list[np.ndarray]:
    """A school's answers each: people x criteria."""
    given = [np.empty(0)] * len(sizes)
    for size, these in by_size(sizes):
        for place, levels in zip(these, answers(rng, true[these], size), strict=True):
            given[place] = levels
    return given


def _add_figures(known: dict[str, Figures], round_: RoundKey, given: list[np.ndarray], sizes: np.ndarray) -> None:
    """What the product would publish of the round: criteria and the whole."""
    for size, these in by_size(sizes):
        levels = np.stack([given[place] for place in these])
        mean, sd = figures(levels)
        whole, error, people, _ = area_figures(levels)
        for i, place in enumerate(these):
            own = {thing: ShownMean(mean[i, c], sd[i, c], size, size) for c, thing in enumerate(THINGS)}
            own[WHOLE, ""] = ShownMean(whole[i], error[i] * np.sqrt(people[i]), size, size)
            known[f"s{place:02}"][round_] = own


def _row(
    known: dict[str, Figures], last: RoundKey, found: Drift, given: list[np.ndarray], came: list[np.ndarray], name: str
) -> Row:
    schools = sorted(known)
    stand = dict(zip(schools, presents([known[s] for s in schools], last, THINGS), strict=True))
    told = ForecastDraw(FRAMEWORK, last[1], last[1] + 1, found, stand)
    for school, levels in zip(schools, given, strict=True):
        told.take(school, resample_people(levels.astype(float), GOAL, f"{name}/{school}").mean)
    reached = [bool((levels.sum(axis=0) >= GOAL.level * len(levels)).all()) for levels in came]
    return told.row(dict(zip(schools, reached, strict=True)))
