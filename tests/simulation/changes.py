"""How often something is called clear that is not there, and how often what is there is found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from analytics.demo.answers import DONT_KNOW
from analytics.maturity.methods.claims import (
    against_the_mean,
    at_least_from_the_mean,
    claims,
    clear_in_list,
    from_the_whole_down,
    welch,
)
from analytics.maturity.methods.consensus import consensus
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.model.figures import HIDE_BELOW_FLOOR, Accord
from tests.simulation.coverage import area_figures
from tests.simulation.promises import CHECK
from tests.simulation.published import given, published
from tests.simulation.told import told_round
from tests.simulation.world import (
    APART,
    AREAS,
    CAMPS,
    CRITERIA,
    FROM_FIVE,
    LEAST,
    MOST,
    PER_AREA,
    SIZES,
    Piece,
    Row,
    answers,
    by_size,
    camped,
    camps_of,
    chances,
    figure,
    true_levels,
    true_means,
)

ALIKE = {  # cities whose schools all stand where one does, of a city of this kind
    "alike": "demo", "alike at 1.3": "1.3", "alike at 3.6": "3.6", "alike at 3.8": "3.8", "alike in camps": CAMPS
}  # fmt: skip
LONE_CAMPS = "camps among others"  # a school of two camps in a city where the others agree, and tell how answers spread
SCHOOLS = 3000
CITIES = 1000
BESIDE = 40  # cities; each has 75 schools beside it
CHANGING = 150  # cities; in each, some of 75 schools change
STAFFS = 10_000
CHANGED = 10  # of the criteria, in two of the areas, where some have changed
CHANGE = 0.3  # levels
DEPARTS = 0.1  # levels: how schools depart from the city's move, of which there is none
OVER_A_LIMIT = "9 to 10", "19 to 20", "8 to 30"  # answers in two rounds, of which not the same is told
PARTS = [slice(CRITERIA), *(slice(a, a + PER_AREA) for a in range(0, CRITERIA, PER_AREA))]
STEP = np.array(
    [0] + [1] * AREAS + [2] * CRITERIA
)  # of what is claimed of a school: the whole, its areas, its criteria


def pieces() -> list[Piece]:
    school = [
        Piece(of_school, "change_school", case, size, SCHOOLS)
        for case in ("demo", "1.3", "3.5", "3.8", CAMPS, LONE_CAMPS)
        for size in (*FROM_FIVE, *OVER_A_LIMIT)
    ]
    some = [Piece(of_some, "change_some", "demo", size, SCHOOLS) for size in SIZES]
    changing = [
        Piece(partial(of_changing, share), "change_claims", f"{share}% change", size, CHANGING)
        for share in (0, 25, 50, 100)
        for size in (*FROM_FIVE, "mixed")
    ] + [Piece(partial(of_changing, 25), "change_claims", "check", 8, 10)]
    city = [
        Piece(partial(of_city, schools), "change_city", f"{schools} schools", size, CITIES)
        for schools, size in ((75, "mixed"), (75, 8), (75, 60), (10, "mixed"), (10, 15))
    ] + [Piece(partial(of_city, 10), "change_city", "check", 8, 50)]
    side = [
        Piece(of_side, "side", case, size, BESIDE) for case in (*ALIKE, "demo", CAMPS) for size in (*FROM_FIVE, "mixed")
    ]
    side.append(Piece(of_side, "side", "check", 8, 10))
    divided = [Piece(of_staff, "divided", case, size, STAFFS) for case in ("one", "two") for size in (10, *SIZES[1:])]
    return school + some + changing + city + side + divided


def _families(draws: int, members: int) -> np.ndarray:
    return np.repeat(np.arange(draws), members)


def _of_round(levels: np.ndarray, case: str, mixed: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean, squared error and number of answers of everything that is said of schools in a round, in the order of
    STEP. Where all answer alike on a criterion its spread is that of the schools together, as where claims are made.
    Of few answers the spread is the city's, whose schools are of the case; `mixed`: some of them are larger."""
    if levels.shape[1] < CERTAIN_FROM:
        return told_round(levels, case, PARTS, larger_beside=mixed)
    n, mean = (~np.isnan(levels)).sum(axis=1), np.nanmean(levels, axis=1, dtype=float)
    variance = np.nanvar(levels, axis=1, ddof=1, dtype=float)
    variance = np.where(variance > 0, variance, variance.mean(axis=0))
    areas = [area_figures(levels[:, :, part])[:3] for part in PARTS]
    of_areas, error, people = (np.stack(found, axis=1) for found in zip(*areas, strict=True))
    return (
        np.hstack([of_areas, mean]),
        np.hstack([error**2, variance / n]),
        np.hstack([people, n]),
    )


@dataclass(frozen=True)
class _Claimed:
    """Of schools (rows) and what is said of them (columns, in the order of STEP)."""

    moved: np.ndarray
    clear: np.ndarray
    error: np.ndarray
    freedom: np.ndarray


def _claimed(now: np.ndarray, before: np.ndarray, case: str, mixed: bool = False) -> _Claimed:
    """What is claimed of schools with these answers (schools x people x criteria), but for what is hidden in either."""
    mean, noise, n = _of_round(now, case, mixed)
    before_mean, before_noise, before_n = _of_round(before, case, mixed)
    error, freedom = welch(np.sqrt(noise * n), n, np.sqrt(before_noise * before_n), before_n)
    moved = mean - before_mean
    shown = ~np.isnan(moved)
    clear = np.zeros(moved.shape, dtype=bool)
    family, step = _families(*moved.shape)[shown.ravel()], np.broadcast_to(STEP, moved.shape)[shown]
    clear[shown] = from_the_whole_down(moved[shown], error[shown], freedom[shown], family, step).clear
    return _Claimed(moved, clear, error, freedom)


def _changed(rng: np.random.Generator, piece: Piece, change: np.ndarray) -> _Claimed:
    """Of schools that change by so much on each criterion."""
    camps, case = (APART, "2.5") if piece.case == LONE_CAMPS else (camps_of(piece.case), piece.case)
    true = true_means(rng, true_levels(rng, case, piece.draws))
    then, size = (int(size) for size in piece.size.split(" to ")) if isinstance(piece.size, str) else [piece.size] * 2
    before = answers(rng, true, then, _unknown(then), camps)
    now = answers(rng, np.clip(true + change, LEAST, MOST), size, _unknown(size), camps)
    return _claimed(now, before, case)


def _unknown(people: int | str) -> float:
    """Of five everybody answers all: else hardly any cell would be told."""
    return 0.0 if people == HIDE_BELOW_FLOOR else DONT_KNOW


def of_school(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Nothing has changed: the share of schools where anything is said to have."""
    clear = _changed(rng, piece, np.zeros(CRITERIA)).clear
    steps = {name: (clear & (step == STEP)).any(axis=1).mean() for step, name in enumerate(("whole", "areas", "each"))}
    return [figure(clear.any(axis=1), question="change_school_false", **steps)]


def of_some(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Some criteria have risen: of the claims, the share that is about others; and of the rises, the share found."""
    risen = np.arange(CRITERIA) < CHANGED
    found = _changed(rng, piece, np.where(risen, CHANGE, 0.0))
    true = np.concatenate([[risen[part].any() for part in PARTS], risen])
    false = (found.clear & (~true | (found.moved < 0))).sum(axis=1)
    rises = {name: found.clear[:, true & (step == STEP)].mean() for step, name in enumerate(("whole", "areas"))}
    return [
        figure(false / np.maximum(found.clear.sum(axis=1), 1), question="change_some_false"),
        figure(found.clear[:, true & (STEP == 2)].mean(axis=1), question="change_some_found", **rises),
    ]


def of_changing(share: int, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Of a city's schools a share has risen on everything, and the others stand still. Of those that stand still, the
    share of which anything is said; of those of which something is said, the share that stands still; the same of the
    list of schools that have clearly moved over all areas; and of those that have risen the share found, in both."""
    schools = len(piece.sizes)
    risen = np.arange(schools) % 4 < share // 25
    of_city = []
    for _ in range(piece.draws):
        true = true_means(rng, true_levels(rng, "demo", schools))
        clear, up, whole = (np.zeros(schools, dtype=bool) for _ in range(3))
        moved, error, freedom = (np.zeros(schools) for _ in range(3))
        for size, these in by_size(piece.sizes):
            before = answers(rng, true[these], size, _unknown(size))
            change = np.where(risen[these], CHANGE, 0.0)[:, None]
            now = answers(rng, np.clip(true[these] + change, LEAST, MOST), size, _unknown(size))
            found = _claimed(now, before, "demo", mixed=piece.size == "mixed")
            clear[these], up[these] = found.clear.any(axis=1), (found.clear & (found.moved > 0)).any(axis=1)
            whole[these], moved[these] = found.clear[:, 0], found.moved[:, 0]
            error[these], freedom[these] = found.error[:, 0], found.freedom[:, 0]
        listed = clear_in_list(moved, error, freedom, whole, np.zeros(schools, dtype=int))
        of_city.append((clear, listed, up, listed & (moved > 0)))
    said, listed, up, listed_up = np.moveaxis(np.array(of_city), 1, 0)
    rows = [
        _among(listed & ~(risen & listed_up), listed, "change_list_among"),
        figure(
            (listed & ~(risen & listed_up)).sum(axis=1) / np.maximum(listed.sum(axis=1), 1),
            question="change_list_false",
        ),
        _among(said & ~(risen & up), said, "change_claims_among"),
    ]
    if not risen.all():
        rows.append(figure(said[:, ~risen].mean(axis=1), question="change_still_false"))
    if risen.any():
        rows.append(figure(up[:, risen].mean(axis=1), question="change_claims_found"))
        rows.append(figure(listed_up[:, risen].mean(axis=1), question="change_list_found"))
    return rows


def _among(false: np.ndarray, claimed: np.ndarray, question: str) -> Row:
    """Of all that is claimed in all the cities (rows), the share that is false; its error linearised."""
    claims, wrong = claimed.sum(axis=1), false.sum(axis=1)
    if not claims.any():
        return {"question": question, "figure": 0.0, "error": 0.0, "claims": 0.0}
    share = wrong.sum() / claims.sum()
    error = np.std(wrong - share * claims, ddof=1) / np.sqrt(len(claims)) / claims.mean()
    return {"question": question, "figure": share, "error": error, "claims": claims.mean()}


def of_city(schools: int, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """The city has not moved, though its schools have, each its own way: the share of cities where anything
    is said to have changed. The same schools both times, each once."""
    any_clear = []
    sizes = np.resize(SIZES, schools) if piece.size == "mixed" else np.full(schools, piece.size)
    for _ in range(piece.draws):
        true = true_means(rng, true_levels(rng, "demo", schools))
        departs = rng.normal(0, DEPARTS, (schools, 1)) + rng.normal(0, DEPARTS / 2, true.shape)
        difference = np.empty(true.shape)
        for size, these in by_size(sizes):
            before = answers(rng, true[these] - departs[these] / 2, size).mean(axis=1, dtype=float)
            difference[these] = answers(rng, true[these] + departs[these] / 2, size).mean(axis=1, dtype=float) - before
        said = np.hstack([*(difference[:, part].mean(axis=1)[:, None] for part in PARTS), difference])
        error, freedom = said.std(axis=0, ddof=1) / np.sqrt(schools), np.full(len(STEP), schools - 1.0)
        found = from_the_whole_down(said.mean(axis=0), error, freedom, np.zeros(len(STEP), dtype=int), STEP)
        any_clear.append(found.clear.any())
    return [figure(np.array(any_clear), question="change_city_false")]


def of_side(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Schools beside their city's mean, as they are told. Where all are alike, every claim is false: the share of
    schools with any. Where they differ as the demo's do: of a school's claims the share on the wrong side, and of its
    criteria that differ by half a level or more the share found."""
    alike, kind = piece.case in ALIKE, ALIKE.get(piece.case, piece.case)
    false, found, sizes, camps = [], [], piece.sizes, camps_of(kind)
    for _ in range(piece.draws):
        level = true_levels(rng, "demo" if kind == CHECK else kind, len(sizes))
        true = np.repeat(true_means(rng, level[:1]), len(sizes), axis=0) if alike else true_means(rng, level)
        shown = published(given(rng, true, sizes, camps))
        noise = [against_the_mean(*of) for of in zip(shown.sd.T, shown.sigma, shown.n.T, strict=True)]
        error, freedom = np.moveaxis(np.array(noise), 0, -1)
        ends = zip(shown.low.T, shown.high.T, strict=True)
        difference = np.stack([at_least_from_the_mean(*of) for of in ends], axis=1)
        told = claims(difference.ravel(), error.ravel(), freedom.ravel(), _families(*true.shape))
        clear = told.clear.reshape(true.shape)
        if alike:
            false.append(clear.any(axis=1).mean())
            continue
        really = camped(true, camps) - camped(true, camps).mean(axis=0)
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
