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
from analytics.maturity.publish.shown import Figures, ShownMean
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.publish.trends import trends_of
from analytics.model.frameworks import WHOLE
from tests.simulation.coverage import area_figures
from tests.simulation.forecast import FRAMEWORK, THINGS
from tests.simulation.world import (
    AREAS,
    CRITERIA,
    LEAST,
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

CITIES = 30
CITY_PACE, CITY_CRITERION_PACE = 0.03, 0.03  # levels a year: the city's, and how its criteria depart from it (sd)
SCHOOL_PACE, CRITERION_PACE = 0.05, 0.03  # levels a year: standard deviations
MOVES = {  # levels a round: of the city, of its schools, of their criteria
    "still": (0.0, 0.0, 0.0),
    "passing moves": (0.03, 0.06, 0.05),
    "lasting moves": (0.03, 0.08, 0.05),
}
LAYERS = {"whole": slice(0, 1), "area": slice(1, 1 + AREAS), "criterion": slice(1 + AREAS, 1 + AREAS + CRITERIA)}


def pieces() -> list[Piece]:
    cases = [("passing moves", rounds, "mixed") for rounds in (3, 4, 8)]
    cases += [("still", 4, "mixed"), ("lasting moves", 4, "mixed"), ("lasting moves", 8, "mixed")]
    cases += [("passing moves", 4, size) for size in (8, 30)]
    return [
        Piece(partial(of_cities, rounds, moves), "trend", f"{moves}, {rounds} rounds", size, CITIES)
        for moves, rounds, size in cases
    ] + [Piece(partial(of_cities, 4, "passing moves"), "trend", "check", 8, 2)]


class City(NamedTuple):
    """True paces (criteria x schools, the city last) and what is known, and the figures of the round that follows."""

    pace: np.ndarray
    known: dict[str, Figures]
    after: np.ndarray


def of_cities(rounds: int, moves: str, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Of each kind of thing: how often the interval held the true pace, a city at a time; of the city's pace, and of
    how much faster a school's is; how often the direction was right where it was called at least 80 % sure; and squared
    errors of the criteria's next round, of those of the last value."""
    held: dict[str, list[float]] = {name: [] for name in (*LAYERS, "city", "beside")}
    wide: dict[str, list[float]] = {name: [] for name in LAYERS}
    right, errors = [], []
    for _ in range(piece.draws):
        city = drawn(rng, piece.sizes, rounds, moves)
        found = trends_of(ShownRounds(FRAMEWORK, city.known), together_in(city.known))
        true = _of_things(city.pace)
        inside = np.abs(found.pace - true) <= found.half
        for name, rows in LAYERS.items():
            held[name].append(inside[rows, :-1].mean())
            wide[name].append(found.half[rows, :-1].mean())
        held["city"].append(inside[:, -1].mean())
        held["beside"].append((np.abs(found.beside - (true - true[:, -1:])) <= found.beside_half)[:, :-1].mean())
        right.append(_right(found, true))
        errors.append(_errors(found, city))
    rows = [figure(np.array(held[name]), question=f"pace_{name}", half=np.mean(wide[name])) for name in LAYERS]
    rows += [figure(np.array(held[name]), question=f"pace_{name}") for name in ("city", "beside")]
    told = np.array(right)
    rows.append(figure(told[~np.isnan(told)], question="pace_direction"))
    trend, last, line = np.array(errors).T
    better = {"trend": np.sqrt(trend.mean()), "last": np.sqrt(last.mean()), "line": np.sqrt(line.mean())}
    return [*rows, figure(trend / last, question="trend_next", **better)]


def together_in(known: dict[str, Figures]) -> float:
    """How a person's answers go together, by the schools' rounds in which people are followed, each as much."""
    sums = np.zeros(2)
    for rounds in known.values():
        for things in rounds.values():
            errors = np.sqrt([told.noise for thing, told in things.items() if thing[1]])
            alone = (errors**2).sum()
            sums += len(errors) ** 2 * things[WHOLE, ""].noise - alone, errors.sum() ** 2 - alone
    return float(np.clip(sums[0] / sums[1], 0.0, 0.95))


def drawn(rng: np.random.Generator, sizes: np.ndarray, rounds: int, moves: str) -> City:
    """A city's rounds, and the one that follows."""
    schools, passes = len(sizes), moves != "lasting moves"
    city_sd, school_sd, criterion_sd = MOVES[moves]
    level = true_means(rng, true_levels(rng, "demo", schools))
    city = CITY_PACE + CITY_CRITERION_PACE * rng.standard_normal(CRITERIA)
    own = SCHOOL_PACE * rng.standard_normal((schools, 1)) + CRITERION_PACE * rng.standard_normal(level.shape)
    moved = np.zeros_like(level)
    known: dict[str, Figures] = {f"s{i:02}": {} for i in range(schools)}
    for year in range(rounds + 1):
        step = city_sd * rng.standard_normal() + school_sd * rng.standard_normal((schools, 1))
        step = step + criterion_sd * rng.standard_normal(level.shape)
        moved = step if passes else moved + step * (year > 0)
        true = np.clip(level + (city + own) * (year - (rounds - 1) / 2) + moved, LEAST, MOST)
        if year < rounds:
            _add(known, year, rng, true, sizes)
    after = np.stack([answers(rng, true[[i]], size).mean(axis=1)[0] for i, size in enumerate(sizes)])
    return City(np.vstack([city + own, city + own.mean(axis=0)]).T, known, after.T)


def _add(known: dict[str, Figures], year: int, rng: np.random.Generator, true: np.ndarray, sizes: np.ndarray) -> None:
    """What is shown of a round: criteria, and the whole, in which people are followed."""
    for size, these in by_size(sizes):
        levels = answers(rng, true[these], size)
        mean, sd = figures(levels)
        whole, error, people, _ = area_figures(levels)
        for i, place in enumerate(these):
            own = {thing: ShownMean(mean[i, c], sd[i, c], size, size) for c, thing in enumerate(THINGS)}
            own[WHOLE, ""] = ShownMean(whole[i], error[i] * np.sqrt(people[i]), size, size)
            known[f"s{place:02}"]["f", year] = own


def _of_things(criteria: np.ndarray) -> np.ndarray:
    """Of the whole, the areas, the criteria: their criteria's mean."""
    areas = criteria.reshape(AREAS, PER_AREA, -1).mean(axis=1)
    return np.vstack([criteria.mean(axis=0), areas, criteria])


def _right(found: Trends, pace: np.ndarray) -> float:
    """Of the schools' directions that are told, the share that is so; nan where none is."""
    told = found.sure[:, :-1] >= 0.8
    return float((np.sign(found.pace) == np.sign(pace))[:, :-1][told].mean()) if told.any() else np.nan


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
