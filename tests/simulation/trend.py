"""How often the interval of a pace holds the true one, and how near the trend comes to the round that follows.

A city of 75 schools over some rounds. Every criterion has a line in the city, every school a level and a pace of its
own besides, and each criterion in it; between rounds the city, the schools and their criteria move by more than that:
for that round alone, or for good. Only the answers are known; figures are made of them as the product makes them.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.trend import Trends
from analytics.maturity.publish.kept import KeptFigures
from analytics.maturity.publish.shown import Figures, ShownMean
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.publish.trends import TOGETHER, trends_of
from analytics.maturity.trends import SURE_ENOUGH
from tests.simulation.promises import SELDOM_TOLD, USUAL
from tests.simulation.published import FRAMEWORK, THINGS, Published, given, published, together_in
from tests.simulation.world import (
    AREAS,
    CAMPS,
    CRITERIA,
    LEAST,
    MOST,
    MOSTLY_8,
    PER_AREA,
    Piece,
    Row,
    camped,
    camps_of,
    figure,
    true_levels,
    true_means,
)

CITIES = 30
CITY_PACE, CITY_CRITERION_PACE = 0.03, 0.03  # levels a year: the city's, and how its criteria depart from it (sd)
SCHOOL_PACE, CRITERION_PACE = 0.05, 0.03  # levels a year: standard deviations
MOVES = {  # levels a round: of the city, of its schools, of their criteria
    "still": (0.0, 0.0, 0.0),
    "passing moves": (0.03, 0.06, 0.05),
    "lasting moves": (0.03, 0.08, 0.05),
}
LAYERS = {"whole": slice(0, 1), "area": slice(1, 1 + AREAS), "criterion": slice(1 + AREAS, 1 + AREAS + CRITERIA)}


THIN = "1.3", "3.8", CAMPS  # where the scale ends near by, and where a staff does not agree


def pieces() -> list[Piece]:
    cases = [("passing moves", rounds, "mixed") for rounds in (3, 4, 8)]
    cases += [("still", 4, "mixed"), ("lasting moves", 4, "mixed"), ("lasting moves", 8, "mixed")]
    cases += [("passing moves", 4, size) for size in (5, 8, 15, 30, MOSTLY_8)]
    cases += [("passing moves", 3, 5), ("still", 4, 5), ("lasting moves", 4, 5), ("lasting moves", 8, 5)]
    cases += [("lasting moves", 8, MOSTLY_8)]
    drawn = [
        Piece(partial(of_cities, rounds, moves, USUAL), "trend", f"{moves}, {rounds} rounds", size, CITIES)
        for moves, rounds, size in cases
    ]
    drawn += [
        Piece(partial(of_cities, 4, "passing moves", kind), "trend", kind, size, CITIES)
        for kind in THIN
        for size in (5, MOSTLY_8, "mixed")
    ]
    return [*drawn, Piece(partial(of_cities, 4, "passing moves", USUAL), "trend", "check", 8, 2)]


class City(NamedTuple):
    """True paces (criteria x schools, the city last) and what is known, how a person's answers go together by that, and
    the means of the round that follows."""

    pace: np.ndarray
    known: dict[str, Figures]
    together: float
    after: np.ndarray


def of_cities(rounds: int, moves: str, kind: str, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Of each kind of thing: how often the interval held the true pace, a city at a time; of the city's pace, and of
    how much faster a school's is; how often the direction was right where it was called at least 80 % sure; and squared
    errors of the criteria's next round, of those of the last value. Of what is told; where hardly any is, of it all."""
    said, whole, errors = [], [], []
    for _ in range(piece.draws):
        city = drawn(rng, piece.sizes, rounds, moves, kind)
        grid = ShownRounds(FRAMEWORK, city.known)
        found, told = trends_of(grid, city.together, KeptFigures()), grid.pace_is_known()
        said.append(_held(found, _of_things(city.pace), told))
        whole.append(_held(found, _of_things(city.pace), np.ones_like(told)))
        errors.append(_errors(found, city))
    told = {f"pace_{name}": np.mean([city[f"pace_{name}"].told for city in said]) for name in (*LAYERS, "beside")}
    rows = []
    for question in said[0]:
        of = said if told.get(question, told["pace_beside"]) >= SELDOM_TOLD else whole
        each = np.array([city[question][:2] for city in of])
        held, half = each[~np.isnan(each[:, 0])].T
        more = {"told": told[question]} if question in told else {}
        more |= {} if np.isnan(half).any() else {"half": half.mean()}
        rows.append(figure(held, question=question, **more))
    trend, last, line = np.array(errors).T
    better = {"trend": np.sqrt(trend.mean()), "last": np.sqrt(last.mean()), "line": np.sqrt(line.mean())}
    return [*rows, figure(trend / last, question="trend_next", **better)]


def drawn(rng: np.random.Generator, sizes: np.ndarray, rounds: int, moves: str, kind: str) -> City:
    """A city's rounds, and the one that follows. The true pace is the slope of the least squares line through what
    would have been without moves: near the scale's ends, and in camps, that is no line."""
    schools, passes, camps = len(sizes), moves != "lasting moves", camps_of(kind)
    city_sd, school_sd, criterion_sd = MOVES[moves]
    level = true_means(rng, true_levels(rng, kind, schools))
    city = CITY_PACE + CITY_CRITERION_PACE * rng.standard_normal(CRITERIA)
    own = SCHOOL_PACE * rng.standard_normal((schools, 1)) + CRITERION_PACE * rng.standard_normal(level.shape)
    moved = np.zeros_like(level)
    known: dict[str, Figures] = {f"s{i:02}": {} for i in range(schools)}
    told, years = [], np.arange(rounds) - (rounds - 1) / 2
    for year in range(rounds + 1):
        step = city_sd * rng.standard_normal() + school_sd * rng.standard_normal((schools, 1))
        step = step + criterion_sd * rng.standard_normal(level.shape)
        moved = step if passes else moved + step * (year > 0)
        true = np.clip(level + (city + own) * (year - (rounds - 1) / 2) + moved, LEAST, MOST)
        answered = given(rng, true, sizes, camps)
        if year < rounds:
            told.append(published(answered))
            _add(known, year, told[-1])
    after = np.stack([levels.mean(axis=0, dtype=float) for levels in answered])
    lines = np.stack([camped(np.clip(level + (city + own) * at, LEAST, MOST), camps) for at in years])
    pace = np.tensordot(years, lines, 1) / (years @ years)
    return City(np.vstack([pace, pace.mean(axis=0)]).T, known, together_in(told, TOGETHER), after.T)


def _add(known: dict[str, Figures], year: int, told: Published) -> None:
    """What is shown of the criteria in a round."""
    for school, mean, sd, n in zip(known, told.mean, told.sd, told.n, strict=True):
        known[school]["f", year] = {
            thing: ShownMean(*figures, None) for thing, *figures in zip(THINGS, mean, sd, n, strict=True)
        }


def _of_things(criteria: np.ndarray) -> np.ndarray:
    """Of the whole, the areas, the criteria: their criteria's mean."""
    areas = criteria.reshape(AREAS, PER_AREA, -1).mean(axis=1)
    return np.vstack([criteria.mean(axis=0), areas, criteria])


class _Held(NamedTuple):
    """Of the paces of a city that are told: the share that is as it is said, how far the intervals reach (nan: they
    have none), and the share of all that they are."""

    share: float
    half: float
    told: float


def _held(found: Trends, pace: np.ndarray, told: np.ndarray) -> dict[str, _Held]:
    """Question -> how it came out, of the things and schools (the city last) that are `told`."""
    schools = np.arange(told.shape[1]) < told.shape[1] - 1
    inside = np.abs(found.pace - pace) <= found.half
    beside = np.abs(found.beside - (pace - pace[:, -1:])) <= found.beside_half
    right, none = np.sign(found.pace) == np.sign(pace), np.full(told.shape, np.nan)

    def of(values: np.ndarray, half: np.ndarray, which: np.ndarray) -> _Held:
        these = told & which
        share = float(values[these].mean()) if these.any() else np.nan
        return _Held(share, float(half[these].mean()) if these.any() else np.nan, float(told[which].mean()))

    layers = {name: np.zeros(told.shape, dtype=bool) for name in LAYERS}
    for name, rows in LAYERS.items():
        layers[name][rows] = schools
    return {
        **{f"pace_{name}": of(inside, found.half, which) for name, which in layers.items()},
        "pace_city": of(inside, none, np.broadcast_to(~schools, told.shape)),
        "pace_beside": of(beside, none, np.broadcast_to(schools, told.shape)),
        "pace_direction": of(right, none, (found.sure >= SURE_ENOUGH) & schools),
    }


def _errors(found: Trends, city: City) -> tuple[float, float, float]:
    """Mean squared errors of the criteria's next round: the trend's, the last value's, each one's own line's."""
    rows = LAYERS["criterion"]
    seen = np.array(
        [
            [[known["f", year][thing].mean for year in range(len(known))] for known in city.known.values()]
            for thing in THINGS
        ]
    )
    year = np.arange(seen.shape[2]) - (seen.shape[2] - 1) / 2
    line = seen.mean(axis=2) + (seen @ year) / (year @ year) * (year[-1] + 1)
    trend = found.level[rows, :-1, -1] + found.pace[rows, :-1]
    off = [float(((told - city.after) ** 2).mean()) for told in (trend, seen[:, :, -1], line)]
    return off[0], off[1], off[2]
