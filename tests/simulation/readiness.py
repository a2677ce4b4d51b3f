"""What a school's two answers on the goal are worth, from people's answers and from the same answers as counts.

*Are we there?* is held against the truth: that the school's true means all reach the goal. *Would a new round show it?*
against new rounds of the same size, which meet the raw rule or do not. Cities of 75 schools of one size. As counts: the
correlation of a person's answers is the one that the city's own answers have, or nothing is known of it.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from analytics.maturity.methods.resampling import Resampler
from analytics.maturity.methods.together import ASSUMED, Noise, correlation
from analytics.maturity.methods.true_levels import TrueLevels
from analytics.maturity.readiness import verdict_between
from analytics.model.figures import Verdict
from tests.simulation.coverage import area_figures
from tests.simulation.world import (
    AREAS,
    CRITERIA,
    GOAL,
    LEVELS,
    PER_AREA,
    SIZES,
    Piece,
    Row,
    answers,
    figure,
    true_levels,
    true_means,
)

CITY = 75
SCHOOLS = 10 * CITY
AGAIN = 20  # new rounds of each school
FEWEST = 20  # schools with a verdict: fewer tell nothing of it
AREA_OF = np.repeat(np.arange(AREAS), PER_AREA)
WAYS = "readiness", "readiness_counts", "readiness_assumed", "there", "there_assumed"
"""Questions, and how answers came. Where schools truly stand is told from counts and their people's correlation alone:
there people's answers say no more than counts."""


def pieces() -> list[Piece]:
    held = [Piece(of_schools, "readiness", spread, size, SCHOOLS) for spread in ("demo", "flat") for size in SIZES]
    rule = [
        Piece(partial(of_rule, level), "raw_rule", f"true {level} everywhere", size, 60_000 // size)
        for level in (3.1, 3.2, 3.3)
        for size in SIZES
    ]
    return [*held, Piece(of_schools, "readiness", "check", 8, CITY), *rule]


def of_schools(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """A row a question, a way that answers came, and a verdict: of the schools with the verdict, the share where it was
    so; beside it what was said on average, and how many of the schools got it. And of the schools that truly are there,
    the share that is told "not yet"."""
    said: dict[str, list[np.ndarray]] = {way: [] for way in WAYS}
    there, again = [], []
    for city in range(piece.draws // CITY):
        true = true_means(rng, true_levels(rng, "flat" if piece.case == "flat" else "demo", CITY))
        given = answers(rng, true, piece.size)
        for question, shares in _said(given, f"{piece.case}/{piece.size}/{city}", rng).items():
            said[question].append(shares)
        there.append((true >= GOAL.level).all(axis=1))
        for school in range(CITY):
            new = answers(rng, np.repeat(true[[school]], AGAIN, axis=0), piece.size).sum(axis=1)
            again.append((new >= GOAL.level * piece.size).all(axis=1).mean())
    truth = {"readiness": np.array(again), "there": np.concatenate(there).astype(float)}
    rows = []
    for question, parts in said.items():
        of, shares = question.split("_")[0], np.concatenate(parts)
        verdicts = np.array([verdict_between(low, high) for low, high in shares])
        rows += _by_verdict(question, verdicts, shares.mean(axis=1), truth[of])
        at_goal = truth["there"] == 1
        if of == "there" and at_goal.sum() >= FEWEST:
            missed = verdicts[at_goal] == Verdict.NOT_YET
            rows.append(figure(missed, question=f"{question}_told_not_yet", draws=int(at_goal.sum())))
    missed = np.array([low < 0.2 for low, _ in np.concatenate(said["readiness"])])[truth["there"] == 1]
    if len(missed) >= FEWEST:
        rows.append(figure(missed, question="there_if_resampled_told_not_yet", draws=len(missed)))
    return rows


def _said(given: np.ndarray, name: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Question and way -> what is said of each school: a share from and to."""
    n = given.shape[1]
    mean, sd = given.mean(axis=1, dtype=float).T, given.std(axis=1, ddof=1, dtype=float).T
    pooled = (sd**2).mean(axis=1, keepdims=True)
    noise = ((n - 1) * sd**2 + 10 * pooled) / (n + 9) / n  # as ShownRounds has it
    _, followed, people, _ = area_figures(given)
    errors = sd.T / np.sqrt(n)
    sums = Noise((errors**2).sum(axis=1), errors.sum(axis=1), np.full(len(given), CRITERIA))
    together, _ = correlation(sums, followed, people)
    counts = np.stack([(given == level).sum(axis=1) for level in LEVELS], axis=2)
    said = {way: np.empty((len(given), 2)) for way in WAYS}
    resampler = Resampler()
    models = [TrueLevels(mean, noise, AREA_OF, each, rng) for each in (together, *ASSUMED)]
    for school in range(len(given)):
        own = f"{name}/{school}"
        resampled = [resampler.people(given[school].astype(float), GOAL, own)]
        resampled += [resampler.counts(counts[school], LEVELS, GOAL, each, own) for each in (together, *ASSUMED)]
        shares = [each.meets(GOAL).all(axis=1).mean() for each in resampled]
        levels = [(model.drawn(school, rng) >= GOAL.level).all(axis=1).mean() for model in models]
        told = shares[:1] * 2, shares[1:2] * 2, shares[2:], levels[:1] * 2, levels[1:]
        for way, between in zip(WAYS, told, strict=True):
            said[way][school] = sorted(between)
    return said


def _by_verdict(question: str, verdicts: np.ndarray, said: np.ndarray, truth: np.ndarray) -> list[Row]:
    rows = []
    for kind in Verdict:
        these = verdicts == kind
        if these.sum() >= FEWEST:
            more = {"verdict": kind.value, "said": said[these].mean(), "draws": int(these.sum())}
            rows.append(figure(truth[these], question=question, criteria=CRITERIA, **more))
    return rows


def of_rule(level: float, piece: Piece, rng: np.random.Generator) -> list[Row]:
    """How often schools whose true means are all this high meet the raw rule on all 25 criteria."""
    total = answers(rng, np.full((piece.draws, CRITERIA), level), piece.size).sum(axis=1)
    return [figure((total >= GOAL.level * piece.size).all(axis=1), question="raw_rule_met")]
