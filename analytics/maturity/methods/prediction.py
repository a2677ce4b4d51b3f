"""How many schools will meet the goal next round, if they go on as they have: a range, from a described model.

A school's next mean on a criterion = where it stands + how the city moves + how the school, and the criterion in it,
depart from that + who happens to answer. Where it stands: its means, pulled towards its own level, and that towards the
city's, by their uncertainty. How the city moves is drawn from the moves that it has made between two rounds of one
framework (Student's t, as they are few); how schools depart from it, from how much they have departed, sampling noise
taken out. Who happens to answer: from the round's resamples, widened by what is not known of where the school stands.
Nothing of a school's own past but its present level is carried on: a few noisy rounds tell too little of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.maturity.publish.shown import Figures, RoundKey, comparable
from analytics.model.frameworks import WHOLE

LEAST_MOVES = 3  # moves of the city between two rounds: fewer tell too little of how much it moves to go by
USUAL_MOVE = 0.1
"""A standard deviation of the city's moves that is not to be wondered at, in thirds of a scale: with fewer moves the
model is only tried on what has been, and that counts as three of them."""
MOST_FEW = 0.5
"""Of the figures that a forecast starts from, the part that may be of under twenty answers. These are told so coarsely
(as bounds near the scale's end) that the city is foretold to stand lower than it comes to: the range held 50 % with 5
answers in every school, 77 % with 8 and 15 in turn, 88 % where two schools in five have so few (data/method)."""
DRAWS = 1000
RANGE = 0.05, 0.95


def may_be_foretold(answers: Sequence[float]) -> bool:
    """Whether figures of so many answers each tell where the city stands well enough to start from."""
    return sum(n < CERTAIN_FROM for n in answers) <= MOST_FEW * len(answers)


@dataclass(frozen=True, slots=True)
class CityStep:
    """What happened between two rounds: the city's move, and the variances of the schools' departures from it and of
    their criteria's, sampling noise taken out (they may come out below 0); in levels."""

    city: float
    schools: float
    criteria: float


def move(before: RoundKey, after: RoundKey, figures: dict[str, Figures]) -> CityStep | None:
    """Over the schools that show some criteria in both rounds, on those; None for fewer than two schools."""
    wholes, parts = [], []
    for school in figures.values():
        for thing, (now, then) in comparable(school, before, after).items():
            moved = now.mean - then.mean, now.noise + then.noise
            if np.isnan(moved[1]):
                continue
            if thing == (WHOLE, ""):
                wholes.append(moved)
            elif thing[1]:
                parts.append(moved)
    if len(wholes) < 2:
        return None
    city = float(np.mean([moved for moved, _ in wholes]))
    schools = _departures(wholes, city)
    return CityStep(city, schools, _departures(parts, city) - schools if parts else 0.0)


def _departures(moves: Sequence[tuple[float, float]], city: float) -> float:
    """The variance of moves, told with their noise, around the city's; the noise taken out."""
    moved, noise = np.array(moves).T
    return float(((moved - city) ** 2 - noise).mean())


@dataclass(frozen=True, slots=True)
class Drift:
    """How the city has moved, an entry a move, and the standard deviations of how schools, and criteria within them,
    departed from that; in levels. `usual`: of the city's moves, where they are too few to tell theirs."""

    moves: np.ndarray
    school_sd: float
    criterion_sd: float
    usual: float = 0.0

    def of_city(self, rng: np.random.Generator) -> np.ndarray:
        """Moves that the city may make next, one a draw."""
        count, middle = len(self.moves), self.moves.mean()
        squares, freedom = ((self.moves - middle) ** 2).sum(), count - 1
        if count < LEAST_MOVES:
            squares, freedom = squares + LEAST_MOVES * self.usual**2, freedom + LEAST_MOVES
        spread = np.sqrt(squares / freedom * (1 + 1 / count))
        return middle + spread * rng.standard_t(freedom, DRAWS)


def drift(moves: Sequence[CityStep], thirds: float) -> Drift | None:
    """None where there is no move to go by. `thirds`: a third of the scale, in levels."""
    if not moves:
        return None
    schools, criteria = (max(np.mean([getattr(m, name) for m in moves]), 0.0) for name in ("schools", "criteria"))
    city = np.array([m.city for m in moves])
    return Drift(city, float(np.sqrt(schools)), float(np.sqrt(criteria)), USUAL_MOVE * thirds)


@dataclass(frozen=True, slots=True)
class SchoolEstimate:
    """Where a school stands, a figure a criterion: its raw means, what they are pulled to, and how much is known of the
    school's level and of each criterion's departure from it (weights, 0-1)."""

    mean: np.ndarray
    stands: np.ndarray
    level_weight: float
    weight: np.ndarray


def presents(schools: Sequence[Figures], round_: RoundKey, criteria: Sequence[tuple[str, str]]) -> list[SchoolEstimate]:
    """One a school; all of them are shown on all these criteria (area, criterion), and there are at least two."""
    mean, noise = (
        np.array([[getattr(s[round_][thing], name) for thing in criteria] for s in schools])
        for name in ("mean", "noise")
    )
    level_noise = np.array([s[round_][WHOLE, ""].noise for s in schools])
    city = mean.mean(axis=0)
    level = (mean - city).mean(axis=1)
    departs = mean - city - level[:, None]
    departs_noise = np.maximum(noise - level_noise[:, None], 0)
    level_weight = _weight(level.var(ddof=1) - level_noise.mean(), level_noise)
    weight = _weight((departs**2 - departs_noise).mean(), departs_noise)
    stands = city + (level_weight * level)[:, None] + weight * departs
    return [SchoolEstimate(*row) for row in zip(mean, stands, level_weight, weight, strict=True)]


def _weight(spread: float, noise: np.ndarray) -> np.ndarray:
    """How much figures with this noise tell of what varies with this variance."""
    spread = max(spread, 0.0)
    return np.divide(spread, spread + noise, out=np.ones_like(noise), where=spread + noise > 0)


def next_means(
    present: SchoolEstimate, drift: Drift, resampled: np.ndarray, city: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """What the school's means may be next round: a row a draw, a column a criterion. `resampled`: its means in each
    resample; `city`: the city's moves, the same for all its schools."""
    chance = resampled[:DRAWS] - present.mean
    common = chance.mean(axis=1, keepdims=True)
    chance -= common
    chance *= np.sqrt(1 + present.weight)
    of_all = common * np.sqrt(1 + present.level_weight) + city[:, None]
    of_all += drift.school_sd * rng.standard_normal((DRAWS, 1), dtype=np.float32)
    chance += of_all
    of_criteria = rng.standard_normal(chance.shape, dtype=np.float32) * np.float32(drift.criterion_sd)
    chance += np.asarray(of_criteria, order="F")
    chance += present.stands
    return chance
