"""Schools that are drawn: what is true of them, and what their staff answer.

As in the demo data (analytics/demo.py), an answer is the school's level on the criterion + what the person is like +
chance, rounded to the levels 1-4. Here the *true mean* on a criterion is drawn, and what is rounded is found from it:
so the truth is known exactly, as the mean of the answers of infinitely many people like these.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analytics.demo.answers import ANSWER_SD, CRITERION_SD, PERSON_SD, SCHOOL_AREA_SD
from analytics.maturity.methods.cells import Cells, compute_cells
from analytics.model.frameworks import Goal

SEED = 2022
SIZES = 8, 15, 30, 60, 120
FROM_FIVE = 5, *SIZES
MIXED = np.repeat(SIZES, 15)  # 75 schools
MOSTLY_8 = "mostly 8"  # and five schools of 30, which tell how answers spread
LEVELS, GOAL = np.arange(1, 5), Goal(3)
AREAS, PER_AREA = 5, 5
CRITERIA = AREAS * PER_AREA
MEAN, SCHOOL_SD = 2.92, 0.39  # of the demo's true levels in 2025
FLAT = 2.6, 3.6
LEAST, MOST = 1.05, 3.95  # no true mean lies at the very end of the scale
CAMPS, APART = "two camps", 0.9  # a staff's people lie so much above the middle or below it, each as likely

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the simulation that stands by itself: its draws are fixed by its name, so it can be run alone."""

    work: Callable[[Piece, np.random.Generator], list[Row]]
    about: str
    case: str
    size: int | str  # how many answer in each school; 'mixed': 75 schools, 15 of each of SIZES
    draws: int

    def rows(self) -> list[Row]:
        name = f"{self.about}/{self.case}/{self.size}"
        found = self.work(self, np.random.default_rng([SEED, zlib.crc32(name.encode())]))
        own = {"case": self.case, "size": self.size, "draws": self.draws}
        return [_rounded({"question": self.about} | own | row) for row in found]

    @property
    def sizes(self) -> np.ndarray:
        """Of the schools of a city: how many answer in each."""
        if self.size == MOSTLY_8:
            return np.repeat((8, 30), (len(MIXED) - 5, 5))
        return MIXED if self.size == "mixed" else np.full(len(MIXED), self.size)


def _rounded(row: Row) -> Row:
    return {k: round(float(v), 4) if isinstance(v, (float, np.floating)) else v for k, v in row.items()}


def figure(values: np.ndarray, **more: object) -> Row:
    """The mean of what independent draws came to, and its Monte Carlo standard error."""
    values = np.asarray(values, dtype=float)
    return {"figure": values.mean(), "error": values.std(ddof=1) / np.sqrt(len(values))} | more


SPREAD = float(np.hypot(PERSON_SD, ANSWER_SD))


def chances(unrounded: np.ndarray, sd: float | np.ndarray = SPREAD) -> np.ndarray:
    """Of answers whose unrounded mean is this: the chance of each level, along a new last axis."""
    above = ndtr((np.asarray(unrounded)[..., None] - (LEVELS[:-1] + 0.5)) / np.asarray(sd)[..., None])
    return -np.diff(above, axis=-1, prepend=1.0, append=0.0)


_UNROUNDED = np.linspace(-1, 6, 7001)
_TRUE = chances(_UNROUNDED) @ LEVELS


def unrounded(true: np.ndarray) -> np.ndarray:
    """What is to be rounded, so that the mean of the levels is `true`."""
    return np.interp(true, _TRUE, _UNROUNDED)


def true_levels(rng: np.random.Generator, spread: str, schools: int) -> np.ndarray:
    """Schools' own levels: spread like the demo's ('demo', CAMPS), evenly over FLAT ('flat'), or all the same
    ('3.2')."""
    if spread in ("demo", CAMPS):
        return rng.normal(MEAN, SCHOOL_SD, schools)
    return rng.uniform(*FLAT, schools) if spread == "flat" else np.full(schools, float(spread))


def true_means(rng: np.random.Generator, level: np.ndarray, criteria: int = CRITERIA) -> np.ndarray:
    """Schools' true means, a column a criterion: the school, its areas, and the criteria in them."""
    area = np.repeat(rng.normal(0, SCHOOL_AREA_SD, (len(level), AREAS)), PER_AREA, axis=1)[:, :criteria]
    return np.clip(level[:, None] + area + rng.normal(0, CRITERION_SD, area.shape), LEAST, MOST)


def camps_of(case: str) -> float:
    """How far apart the camps lie in schools of the case."""
    return APART if case == CAMPS else 0.0


def camped(true: np.ndarray, camps: float) -> np.ndarray:
    """True means where staffs lie in camps, so much above and below what would have these true means."""
    return sum(chances(unrounded(true) + side) @ LEVELS for side in (camps, -camps)) / 2 if camps else true


def answers(
    rng: np.random.Generator, true: np.ndarray, people: int, dont_know: float = 0.0, camps: float = 0.0
) -> np.ndarray:
    """Rounds of schools with these true means (schools x criteria): schools x people x criteria, nan for don't know.
    With `camps` a person lies so much above or below, each as likely; true means are then those of `camped`."""
    shape = len(true), people, true.shape[1]
    each = unrounded(true).astype(np.float32)[:, None, :] + np.float32(ANSWER_SD) * rng.standard_normal(
        shape, np.float32
    )
    each += np.float32(PERSON_SD) * rng.standard_normal((len(true), people, 1), np.float32)
    if camps:
        each += np.float32(camps) * rng.choice(np.array([-1, 1], np.float32), (len(true), people, 1))
    levels = np.clip(np.rint(each), LEVELS[0], LEVELS[-1])
    if dont_know:
        levels[rng.random(shape, np.float32) < dont_know] = np.nan
    return levels


def cells(rng: np.random.Generator, true: np.ndarray, people: int | np.ndarray) -> tuple[np.ndarray, Cells]:
    """Answers per level on a single criterion, a row a school, and their figures as the product computes them."""
    counts = rng.multinomial(people, chances(unrounded(true)))
    return counts, compute_cells(counts, LEVELS, GOAL)


def figures(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation (n-1) of each school on each criterion, from answers without don't know. Where all
    answer alike the deviation is that of the schools together, as where the product makes claims."""
    mean, sd = levels.mean(axis=1, dtype=float), levels.std(axis=1, ddof=1, dtype=float)
    return mean, np.where(sd > 0, sd, np.sqrt((sd**2).mean(axis=0)))


def by_size(sizes: np.ndarray) -> Sequence[tuple[int, np.ndarray]]:
    """Each size with the places of its schools, so that schools of one size are drawn together."""
    return [(int(size), np.flatnonzero(sizes == size)) for size in np.unique(sizes)]
