"""How often something is called clear that is not there, and how often what is there is found."""

from __future__ import annotations

from functools import partial

import numpy as np

from analytics.demo.answers import DONT_KNOW
from analytics.maturity.methods.claims import against_the_mean, claims, welch
from analytics.maturity.methods.consensus import consensus
from analytics.model.figures import Accord
from tests.simulation.coverage import area_figures
from tests.simulation.world import (
    CRITERIA,
    LEAST,
    MOST,
    PER_AREA,
    SIZES,
    Piece,
    Row,
    answers,
    by_size,
    chances,
    figure,
    figures,
    true_levels,
    true_means,
)

SCHOOLS = 3000
CITIES = 1000
BESIDE = 150  # cities; each has 75 schools beside it
STAFFS = 10_000
CHANGED = 10  # of the criteria, where some have changed
CHANGE = 0.3  # levels
DEPARTS = 0.1  # levels: how schools depart from the city's move, of which there is none


def pieces() -> list[Piece]:
    school = [
        Piece(of_school, "change_school", case, size, SCHOOLS) for case in ("demo", "3.5", "3.8") for size in SIZES
    ]
    some = [Piece(of_some, "change_some", "demo", size, SCHOOLS) for size in SIZES]
    area = [Piece(of_areas, "change_areas", "demo", size, SCHOOLS) for size in SIZES]
    city = [
        Piece(partial(of_city, schools), "change_city", f"{schools} schools", size, CITIES)
        for schools, size in ((75, "mixed"), (75, 8), (75, 60), (10, "mixed"), (10, 15))
    ] + [Piece(partial(of_city, 10), "change_city", "check", 8, 50)]
    side = [
        Piece(of_side, "side", case, size, BESIDE)
        for case in ("alike", "alike at 3.6", "demo")
        for size in (*SIZES, "mixed")
    ]
    side.append(Piece(of_side, "side", "check", 8, 10))
    divided = [Piece(of_staff, "divided", case, size, STAFFS) for case in ("one", "two") for size in (10, *SIZES[1:])]
    return school + some + area + city + side + divided


def _families(draws: int, members: int) -> np.ndarray:
    return np.repeat(np.arange(draws), members)


def _changed(rng: np.random.Generator, piece: Piece, change: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of schools and their criteria: whether a change was called clear, and how large it seems."""
    true = true_means(rng, true_levels(rng, piece.case, piece.draws))
    before_mean, before_sd = figures(answers(rng, true, piece.size))
    mean, sd = figures(answers(rng, np.clip(true + change, LEAST, MOST), piece.size))
    error, freedom = welch(sd, piece.size, before_sd, piece.size)
    family = _families(*true.shape)
    found = claims((mean - before_mean).ravel(), error.ravel(), freedom.ravel(), family)
    return found.clear.reshape(true.shape), mean - before_mean


def of_school(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Nothing has changed: the share of schools where a change on any of the criteria is called clear."""
    clear, _ = _changed(rng, piece, np.zeros(CRITERIA))
    return [figure(clear.any(axis=1), question="change_school_false", criteria=clear.mean())]


def of_some(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Some criteria have risen: of the claims, the share that is about others; and of the rises, the share found."""
    risen = np.arange(CRITERIA) < CHANGED
    clear, moved = _changed(rng, piece, np.where(risen, CHANGE, 0.0))
    false = (clear & (~risen | (moved < 0))).sum(axis=1)
    return [
        figure(false / np.maximum(clear.sum(axis=1), 1), question="change_some_false"),
        figure(clear[:, risen].mean(axis=1), question="change_some_found"),
    ]


def of_areas(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Nothing has changed: the share of schools where a change in any area, or in the whole, is called clear."""
    true = true_means(rng, true_levels(rng, piece.case, piece.draws))
    now, before = (answers(rng, true, piece.size, DONT_KNOW) for _ in range(2))
    parts = [slice(a, a + PER_AREA) for a in range(0, CRITERIA, PER_AREA)]
    rows = []
    for question, widths in (("change_areas_false", parts), ("change_whole_false", [slice(CRITERIA)])):
        found = [[area_figures(levels[:, :, w])[:3] for w in widths] for levels in (now, before)]
        (mean, error, n), (before_mean, before_error, before_n) = (np.moveaxis(np.array(f), 1, 0) for f in found)
        noise, freedom = welch(error * np.sqrt(n), n, before_error * np.sqrt(before_n), before_n)
        family = np.tile(np.arange(piece.draws), len(widths))
        clear = claims((mean - before_mean).ravel(), noise.ravel(), freedom.ravel(), family).clear
        rows.append(figure(clear.reshape(len(widths), -1).any(axis=0), question=question))
    return rows


def of_city(schools: int, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """The city has not moved, though its schools have, each its own way: the share of cities where a change on any
    criterion is called clear. The same schools both times, each once."""
    any_clear = []
    sizes = np.resize(SIZES, schools) if piece.size == "mixed" else np.full(schools, piece.size)
    for _ in range(piece.draws):
        true = true_means(rng, true_levels(rng, "demo", schools))
        departs = rng.normal(0, DEPARTS, (schools, 1)) + rng.normal(0, DEPARTS / 2, true.shape)
        difference = np.empty(true.shape)
        for size, these in by_size(sizes):
            before = answers(rng, true[these] - departs[these] / 2, size).mean(axis=1, dtype=float)
            difference[these] = answers(rng, true[these] + departs[these] / 2, size).mean(axis=1, dtype=float) - before
        error = difference.std(axis=0, ddof=1) / np.sqrt(schools)
        same = np.zeros(CRITERIA, dtype=int)
        any_clear.append(claims(difference.mean(axis=0), error, np.full(CRITERIA, schools - 1.0), same).clear.any())
    return [figure(np.array(any_clear), question="change_city_false")]


def of_side(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Schools beside their city's mean. Where all are alike, every claim is false: the share of schools with any. Where
    they differ as the demo's do: of a school's claims the share on the wrong side, and of its criteria that differ by
    half a level or more the share found."""
    alike = piece.case.startswith("alike")
    false, found, sizes = [], [], piece.sizes
    for _ in range(piece.draws):
        level = true_levels(rng, "3.6" if piece.case == "alike at 3.6" else "demo", len(sizes))
        true = np.repeat(true_means(rng, level[:1]), len(sizes), axis=0) if alike else true_means(rng, level)
        mean, sd = np.empty(true.shape), np.empty(true.shape)
        for size, these in by_size(sizes):
            mean[these], sd[these] = figures(answers(rng, true[these], size))
        # sigma as the random-intercept model has it: the pooled standard deviation within schools.
        sigma = np.sqrt(((sizes - 1)[:, None] * sd**2).sum(axis=0) / (sizes - 1).sum())
        noise = [against_the_mean(*of, sizes) for of in zip(sd.T, sigma, strict=True)]
        error, freedom = np.moveaxis(np.array(noise), 0, -1)
        difference = mean - mean.mean(axis=0)
        told = claims(difference.ravel(), error.ravel(), freedom.ravel(), _families(*true.shape))
        clear = told.clear.reshape(true.shape)
        if alike:
            false.append(clear.any(axis=1).mean())
            continue
        really = true - true.mean(axis=0)
        wrong = clear & (np.sign(difference) != np.sign(really))
        false.append((wrong.sum(axis=1) / np.maximum(clear.sum(axis=1), 1)).mean())
        found.append(clear[np.abs(really) >= 0.5].mean())
    rows = [figure(np.array(false), question="side_false" if alike else "side_wrong")]
    return rows + ([figure(np.array(found), question="side_found")] if found else [])


def of_staff(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Staffs called divided. With one opinion: a rounded normal anywhere on the scale. Of two: half of the staff around
    level 1.5 and half around 4, as the demo's divided school."""
    shape = piece.draws
    if piece.case == "one":
        each = chances(rng.uniform(1.8, 3.6, shape), rng.uniform(0.6, 0.9, shape))
        counts = rng.multinomial(piece.size, each)
    else:
        lower = piece.size // 2
        counts = rng.multinomial(lower, chances(np.full(shape, 1.5), 0.25))
        counts = counts + rng.multinomial(piece.size - lower, chances(np.full(shape, 4.0), 0.25))
    kinds = [consensus(row).kind for row in counts.tolist()]
    divided = np.array([kind is Accord.DIVIDED for kind in kinds])
    return [figure(divided, question="divided_false" if piece.case == "one" else "divided_found")]
