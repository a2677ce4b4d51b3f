"""What a school's readiness is worth: the share of resamples that meet the goal, held against two truths.

Either that the school's true means all reach the goal, or that a new round of the same size would meet the raw rule.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from analytics.maturity.methods.resampling import resample_people
from analytics.maturity.readiness import verdict
from analytics.model.figures import Verdict
from tests.simulation.world import CRITERIA, GOAL, SIZES, Piece, Row, answers, figure, true_levels, true_means

SCHOOLS = 1500
AGAIN = 20  # new rounds of each school
ASKED = CRITERIA, 5, 1
FEWEST = 20  # schools with a verdict: fewer tell nothing of it


def pieces() -> list[Piece]:
    held = [Piece(of_schools, "readiness", spread, size, SCHOOLS) for spread in ("demo", "flat") for size in SIZES]
    rule = [
        Piece(partial(of_rule, level), "raw_rule", f"true {level} everywhere", size, 60_000 // size)
        for level in (3.1, 3.2, 3.3)
        for size in SIZES
    ]
    return [*held, Piece(of_schools, "readiness", "check", 8, 100), *rule]


def of_schools(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """A row a number of criteria, truth and verdict: of the schools with the verdict, the share where the truth is so;
    beside it what the verdict said on average, and how many of the schools got it."""
    true = true_means(rng, true_levels(rng, "flat" if piece.case == "flat" else "demo", piece.draws))
    said, again = np.empty((len(ASKED), piece.draws)), np.empty((len(ASKED), piece.draws))
    for i, levels in enumerate(answers(rng, true, piece.size)):
        met = resample_people(levels.astype(float), GOAL, f"{piece.case}/{piece.size}/{i}").meets(GOAL)
        new = answers(rng, np.repeat(true[i : i + 1], AGAIN, axis=0), piece.size).sum(axis=1) >= GOAL.level * piece.size
        for k, asked in enumerate(ASKED):
            said[k, i], again[k, i] = (each[:, :asked].all(axis=1).mean() for each in (met, new))
    rows = []
    for k, asked in enumerate(ASKED):
        really = (true[:, :asked] >= GOAL.level).all(axis=1)
        for truth, happened in (("true means", really), ("new round", again[k])):
            rows += _by_verdict(said[k], happened, {"criteria": asked, "truth": truth})
    return rows


def _by_verdict(said: np.ndarray, happened: np.ndarray, keys: Row) -> list[Row]:
    verdicts = np.array([verdict(share) for share in said])
    rows = []
    for kind in Verdict:
        these = verdicts == kind
        if these.sum() >= FEWEST:
            more = {"verdict": kind.value, "said": said[these].mean(), "draws": int(these.sum())}
            rows.append(figure(happened[these], **keys, **more))
    return rows


def of_rule(level: float, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """How often schools whose true means are all this high meet the raw rule on all 25 criteria."""
    total = answers(rng, np.full((piece.draws, CRITERIA), level), piece.size).sum(axis=1)
    return [figure((total >= GOAL.level * piece.size).all(axis=1), question="raw_rule_met")]
