"""What a school's two answers on the goal are worth, from people's answers and from the same answers as counts.

*Are we there?* is held against the truth: that the school's true means all reach the goal. *Would a new round show it?*
against new rounds of the same size, which meet the raw rule or do not. Cities of 75 schools of one size. As counts: the
correlation of a person's answers is the one that the city's own answers have, or nothing is known of it. Under twenty
answers count as they are told, and nobody is followed: the spread and the correlation are those of the city's larger
schools, which are like these; or there are none, and nothing is known of either.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.city_spread import evenly
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.maturity.methods.resampling import Resampler
from analytics.maturity.methods.together import ASSUMED, correlation
from analytics.maturity.methods.true_levels import TrueLevels
from analytics.maturity.publish.shown_rounds import LEAST_NOISE
from analytics.maturity.readiness import CANNOT_TELL, verdict_between
from analytics.model.figures import Verdict
from tests.simulation.coverage import area_figures
from tests.simulation.promises import CHECK
from tests.simulation.told import spread, together, told_cells, typical_counts
from tests.simulation.world import (
    AREAS,
    CAMPS,
    CRITERIA,
    FROM_FIVE,
    GOAL,
    LEVELS,
    PER_AREA,
    SIZES,
    Piece,
    Row,
    answers,
    camped,
    camps_of,
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
UNFOLLOWED = WAYS[1:]
EVENLY = evenly(LEVELS)
THIN = "1.3", "3.8", CAMPS  # where the scale ends near by, and where a staff does not agree


def pieces() -> list[Piece]:
    kinds = [("demo", FROM_FIVE), ("flat", FROM_FIVE), *((kind, FROM_FIVE) for kind in THIN)]
    held = [Piece(of_schools, "readiness", kind, size, SCHOOLS) for kind, sizes in kinds for size in sizes]
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
    said: dict[str, list[np.ndarray]] = {way: [] for way in (WAYS if int(piece.size) >= CERTAIN_FROM else UNFOLLOWED)}
    there, again = [], []
    kind, camps = "demo" if piece.case == CHECK else piece.case, camps_of(piece.case)
    for city in range(piece.draws // CITY):
        true = true_means(rng, true_levels(rng, kind, CITY))
        given = answers(rng, true, piece.size, camps=camps)
        for question, shares in _said(given, kind, f"{piece.case}/{piece.size}/{city}", rng).items():
            said[question].append(shares)
        there.append((camped(true, camps) >= GOAL.level).all(axis=1))
        for school in range(CITY):
            new = answers(rng, np.repeat(true[[school]], AGAIN, axis=0), piece.size, camps=camps).sum(axis=1)
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
    resampled = np.concatenate(said[next(iter(said))])
    missed = (resampled[:, 0] < CANNOT_TELL)[truth["there"] == 1]
    if len(missed) >= FEWEST:
        rows.append(figure(missed, question="there_if_resampled_told_not_yet", draws=len(missed)))
    return rows


class _Shown(NamedTuple):
    """What is shown of a city's schools: mean, standard deviation and answers (schools x criteria), answers per level
    (a further axis), and which correlations a person's answers may have, two of them where it is assumed."""

    mean: np.ndarray
    sd: np.ndarray
    n: np.ndarray
    counts: np.ndarray
    together: tuple[float, ...]


def _said(given: np.ndarray, kind: str, name: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Question and way -> what is said of each school: a share from and to."""
    if given.shape[1] >= CERTAIN_FROM:
        known = _own(given)
        shown, followed = (known, known._replace(together=ASSUMED)), True
    else:
        shown, followed = (_told(given, spread(kind), (together(kind),)), _told(given, EVENLY, ASSUMED)), False
    schools, resampler = range(len(given)), Resampler()
    said = {}
    if followed:
        resampled = [resampler.people(given[i].astype(float), GOAL, f"{name}/{i}") for i in schools]
        said["readiness"] = np.array([[_share(each.meets(GOAL))] * 2 for each in resampled])
    for way, of in zip(("readiness_counts", "readiness_assumed"), shown, strict=True):
        said[way] = np.array([[_share(resampler.counts(of.counts[i], LEVELS, GOAL, each, f"{name}/{i}").meets(GOAL))
                               for each in of.together] for i in schools])  # fmt: skip
    for way, of in zip(("there", "there_assumed"), shown, strict=True):
        models = [TrueLevels(of.mean.T, _noise(of).T, AREA_OF, each, rng) for each in of.together]
        said[way] = np.array([[_share(model.drawn(i, rng) >= GOAL.level) for model in models] for i in schools])
    return {way: np.stack([shares.min(axis=1), shares.max(axis=1)], axis=1) for way, shares in said.items()}


def _share(met: np.ndarray) -> float:
    return float(met.all(axis=1).mean())


def _noise(shown: _Shown) -> np.ndarray:
    """The squares of the means' standard errors, as ShownRounds has them."""
    freedom = shown.n - 1
    city = (shown.sd**2 * freedom).sum(axis=0) / freedom.sum(axis=0)
    return np.maximum((freedom * shown.sd**2 + 10 * city) / (freedom + 10) / shown.n, LEAST_NOISE)


def _own(given: np.ndarray) -> _Shown:
    """Of twenty answers or more."""
    mean, sd = given.mean(axis=1, dtype=float), given.std(axis=1, ddof=1, dtype=float)
    _, error, people, noise = area_figures(given)
    counts = np.stack([(given == level).sum(axis=1) for level in LEVELS], axis=2)
    return _Shown(mean, sd, np.full(mean.shape, given.shape[1]), counts, (correlation(noise, error, people)[0],))


def _told(given: np.ndarray, ratio: float, together: tuple[float, ...]) -> _Shown:
    """Of fewer: with answers such as have what is told of them."""
    mean, sd, n = told_cells(given, ratio)
    return _Shown(mean, sd, n, typical_counts(mean, sd, n), together)


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
