"""How often the 95 % intervals hold what is true."""

from __future__ import annotations

import numpy as np

from analytics.demo.answers import DONT_KNOW
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.maturity.methods.intervals import (
    Interval,
    Scale,
    mean_interval,
    of_schools,
    staff_mean_interval,
    staff_share_interval,
)
from analytics.maturity.methods.together import ASSUMED, Noise, correlation
from tests.simulation.world import (
    GOAL,
    LEVELS,
    MIXED,
    PER_AREA,
    SIZES,
    Piece,
    Row,
    answers,
    cells,
    chances,
    figure,
    true_levels,
    true_means,
    unrounded,
)

SCALE = Scale.of(LEVELS)
OWN = tuple(size for size in SIZES if size >= CERTAIN_FROM)  # of fewer answers none of their own spread is told: few.py
FIXED = "1.2", "1.5", "2", "2.5", "3", "3.5", "3.7", "3.8", "3.9"
RATES = 0.5, 0.75, 0.9
ONE = 20_000  # draws of a single criterion
WHOLE = 4000  # of all criteria
CITIES = 2000


def pieces() -> list[Piece]:
    one = [Piece(of_people, "intervals", case, size, ONE) for case in ("demo", *FIXED) for size in OWN]
    staff = [Piece(of_staff, "staff", f"{rate:.0%} answer", size, ONE) for rate in RATES for size in OWN]
    area = [Piece(of_area, "area", case, size, WHOLE) for case in ("demo", "3.5", "3.8") for size in SIZES]
    city = [Piece(of_city, "city", "demo", size, CITIES) for size in (*SIZES, "mixed")]
    return one + staff + area + city


def holds(interval: Interval, true: np.ndarray) -> np.ndarray:
    return (interval[0] <= true) & (true <= interval[1])


def _true(rng: np.random.Generator, case: str, draws: int) -> np.ndarray:
    """True means on a criterion: of the demo's schools, or all the same."""
    return true_means(rng, true_levels(rng, "demo", draws), 1)[:, 0] if case == "demo" else np.full(draws, float(case))


def of_people(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """A cell's mean and share: of people like these."""
    true = _true(rng, piece.case, piece.draws)
    _, found = cells(rng, true, piece.size)
    share = chances(unrounded(true))[:, GOAL.level <= LEVELS].sum(axis=1)
    return [
        figure(
            holds((found.ci_low, found.ci_high), true), question="interval_mean", alike=float((found.sd == 0).mean())
        ),
        figure(holds((found.share_low, found.share_high), share), question="interval_share"),
    ]


def of_staff(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """A cell's mean and share: of this very staff, of whom some did not answer."""
    invited = round(piece.size / float(piece.case.split("%")[0]) * 100)
    true = _true(rng, "demo", piece.draws)
    counts, found = cells(rng, true, piece.size)
    everybody = counts + cells(rng, true, invited - piece.size)[0]
    reached = GOAL.level <= LEVELS
    staff = np.full(piece.draws, float(invited))
    mean = staff_mean_interval(found.mean, found.sd, found.n, SCALE, staff)
    share = staff_share_interval(counts[:, reached].sum(axis=1), found.n, staff)
    more = {"invited": invited}
    return [
        figure(holds(mean, everybody @ LEVELS / invited), question="interval_staff_mean", **more),
        figure(holds(share, everybody[:, reached].sum(axis=1) / invited), question="interval_staff_share", **more),
    ]


def area_figures(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, Noise]:
    """Figures of schools' answers (schools x people x criteria) as area_cell.sql has them: the mean of the criteria's
    means, its standard error with people followed over the criteria, how many people, and what counts say of it."""
    n = (~np.isnan(levels)).sum(axis=1)
    mean = np.nanmean(levels, axis=1, dtype=float)
    influence = np.nansum((levels - mean[:, None, :]) / n[:, None, :], axis=2)
    people = (~np.isnan(levels)).any(axis=2).sum(axis=1)
    error = np.sqrt((influence**2).sum(axis=1) * people / (people - 1)) / levels.shape[2]
    errors = np.nanstd(levels, axis=1, ddof=1, dtype=float) / np.sqrt(n)
    noise = Noise((errors**2).sum(axis=1), errors.sum(axis=1), np.full(len(errors), errors.shape[1]))
    return mean.mean(axis=1), error, people, noise


def of_area(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """An area's mean and the mean over all areas, of the same people, some of whom do not know."""
    true = true_means(rng, true_levels(rng, piece.case, piece.draws))
    levels = answers(rng, true, piece.size, DONT_KNOW)
    rows = []
    for question, width in (("interval_area", PER_AREA), ("interval_whole", true.shape[1])):
        mean, error, people, noise = area_figures(levels[:, :, :width])
        fewest = (~np.isnan(levels[:, :, :width])).sum(axis=1).min(axis=1)
        truth = true[:, :width].mean(axis=1)
        followed = mean_interval(mean, error * np.sqrt(people), people, SCALE)
        rows.append(figure(holds(followed, truth), question=question))
        together, _ = correlation(noise, error, people)
        for way, each in (("_by_counts", together), ("_by_counts_assumed", ASSUMED[1])):
            by_counts = mean_interval(mean, noise.error(each) * np.sqrt(fewest), fewest, SCALE)
            rows.append(figure(holds(by_counts, truth), question=question + way))
    return rows


def of_city(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """The mean of these very schools' true means on a criterion, each school once and each answer once."""
    schools = len(MIXED)
    true = _true(rng, piece.case, piece.draws * schools)
    n = np.tile(piece.sizes, piece.draws)
    _, found = cells(rng, true, n)
    variance = found.sd**2 / n
    each = [a.reshape(piece.draws, schools) for a in (true, found.mean, variance, n)]
    rows = []
    for question, by_answers in (("interval_city_schools", False), ("interval_city_answers", True)):
        held = []
        for truth, mean, noise, people in zip(*each, strict=True):
            weight = people if by_answers else np.ones(schools)
            held.append(holds(of_schools(mean, noise, people, weight), (weight * truth).sum() / weight.sum()))
        rows.append(figure(np.array(held), question=question))
    return rows
