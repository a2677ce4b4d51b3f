"""Whether pulled means lie nearer the truth than raw ones, and whether tau and schools' places are told truly."""

from __future__ import annotations

import numpy as np

from analytics.maturity.methods.cells import Cells
from analytics.maturity.methods.variance import RandomIntercept, random_intercept
from analytics.maturity.publish.areas import places
from tests.simulation.coverage import holds
from tests.simulation.world import (
    MEAN,
    SCHOOL_SD,
    SIZES,
    Piece,
    Row,
    by_size,
    cells,
    figure,
    true_levels,
)

CITIES = 1000
RANKED = 150  # cities; each has 75 schools to be placed
ALIKE_SD = 0.1  # levels: a city whose schools hardly differ
FEW = {f"{schools} schools": schools for schools in (3, 5, 10)}
FEW_CITIES = 4000
SPREADS = {"demo": SCHOOL_SD, "hardly differ": ALIKE_SD, "check": SCHOOL_SD}


def pieces() -> list[Piece]:
    wanted = [(case, size) for case in ("demo", "hardly differ") for size in (*SIZES, "mixed")]
    spread = [Piece(of_city, "comparison", case, size, CITIES) for case, size in wanted]
    placed = [Piece(of_places, "places", case, size, RANKED) for case, size in wanted]
    few = [Piece(of_few, "few", case, size, FEW_CITIES) for case in FEW for size in SIZES]
    return [
        *spread,
        *few,
        Piece(of_few, "few", "check", 8, 50),
        Piece(of_city, "comparison", "check", "mixed", 50),
        *placed,
        Piece(of_places, "places", "check", 8, 20),
    ]


def _city(piece: Piece, rng: np.random.Generator) -> tuple[np.ndarray, Cells, RandomIntercept]:
    """Of 75 schools on one criterion: what is true, what was answered, and the model fitted to it."""
    true = MEAN + (true_levels(rng, "demo", len(piece.sizes)) - MEAN) * SPREADS[piece.case] / SCHOOL_SD
    _, found = cells(rng, true, piece.sizes)
    return true, found, random_intercept(found.n, found.mean, found.sd)


def of_city(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Squared errors of raw and pulled means by school size; and how often the interval of tau holds what is true."""
    sd, groups = SPREADS[piece.case], by_size(piece.sizes)
    squares, held = [], []
    for _ in range(piece.draws):
        true, found, model = _city(piece, rng)
        errors = [(m - true) ** 2 for m in (found.mean, model.shrunken(found.mean, found.n))]
        squares.append([[error[these].mean() for error in errors] for _, these in groups])
        held.append(model.tau_low <= sd <= model.tau_high)
    rows = []
    for (size, _), (raw, shrunken) in zip(groups, np.moveaxis(np.array(squares), 0, -1), strict=True):
        rows.append({"city": str(piece.size), "size": size} | _pulled(raw, shrunken))
    return [*rows, figure(np.array(held), question="interval_between")]


def of_few(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """Squared errors of raw and pulled means in a city of few schools, which differ as the demo's."""
    squares = []
    for _ in range(piece.draws):
        true = true_levels(rng, "demo", FEW.get(piece.case, 3))
        _, found = cells(rng, true, piece.size)
        model = random_intercept(found.n, found.mean, found.sd, interval=False)
        squares.append([((m - true) ** 2).mean() for m in (found.mean, model.shrunken(found.mean, found.n))])
    return [{"city": str(piece.size)} | _pulled(*np.array(squares).T)]


def _pulled(raw: np.ndarray, shrunken: np.ndarray) -> Row:
    """Of cities' mean squared errors: those of pulled means as a part of those of raw ones."""
    saved = figure(raw - shrunken)
    ratio = {"figure": shrunken.mean() / raw.mean(), "error": saved["error"] / raw.mean()}
    return {"question": "pulled"} | ratio | {"raw": np.sqrt(raw.mean()), "pulled": np.sqrt(shrunken.mean())}


def of_places(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """How often the range of places holds the school's true place, and how many places wide it is."""
    held, width = [], []
    for _ in range(piece.draws):
        true, found, model = _city(piece, rng)
        low, high = places(model, found.mean, found.sd, found.n)
        held.append(holds((low, high), np.argsort(np.argsort(-true)) + 1).mean())
        width.append((high - low + 1).mean())
    return [figure(np.array(held), question="interval_place", width=np.mean(width))]
