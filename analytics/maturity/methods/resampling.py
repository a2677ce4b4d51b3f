"""Would a new round show it? A school's respondents are drawn anew, with replacement, many times (Efron & Tibshirani
1993).

The draws are fixed by the round's name and by what is shown of it, not by the order of anything in a file: the same
answers give the same figures, whoever loads them and whatever else is loaded. How often each of so many people is drawn
is drawn once for all rounds of as many people, as it has nothing to do with what they answered; the resamples are then
dealt in an order that is the round's own, so that two schools' resamples have nothing to do with each other.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from math import factorial, sqrt

import numpy as np
from scipy.special import eval_hermitenorm, ndtri

from analytics.model.frameworks import Goal
from analytics.model.present import present

RESAMPLES, BATCHES = 2000, 20
REMEMBERED = 64  # sizes of staffs
MANY = 1000  # answers to a criterion of a school: more than any staff gives
TERMS = 12  # of the tetrachoric series
SEED = 2022


@dataclass(frozen=True, slots=True)
class Resampled:
    """What came out of each resample (a row) on each criterion (a column): answers, their sum, and how many of them lie
    at the goal level or above; of that there are no columns where the goal is a mean, which does not ask for it."""

    answers: np.ndarray
    total: np.ndarray
    at_goal: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.total / self.answers

    def meets(self, goal: Goal) -> np.ndarray:
        """Whether each resample meets the goal on each criterion; not where nobody drawn had an answer to it."""
        match goal.statistic:
            case "mean":
                met = self.total >= goal.level * self.answers
            case "median":  # the median reaches the goal where under half of the answers lie below it
                met = 2 * self.at_goal > self.answers
            case _:
                with np.errstate(divide="ignore", invalid="ignore"):
                    # In 64 bits, divided as the goal itself is decided: 3 of 5 is 0.6, not a hair less.
                    met = self.at_goal.astype(float) / self.answers >= present(goal.share)
        return met & (self.answers > 0)


class Resampler:
    """Draws people anew. It remembers how often each is drawn, for as long as it lasts."""

    def __init__(self):
        self._times: dict[int, np.ndarray] = {}

    def people(self, answers: np.ndarray, goal: Goal, name: str) -> Resampled:
        """People drawn with all their answers. `answers`: a row a person, a column a criterion, nan where none is."""
        answers = answers[np.lexsort(np.nan_to_num(answers, nan=-1.0).T)]  # people have no order of their own
        return self._drawn(answers[None], goal, _generator(name))

    def counts(self, counts: np.ndarray, levels: np.ndarray, goal: Goal, together: float, name: str) -> Resampled:
        """The same where nobody knows who gave which answer, but how a person's answers go together: staffs are made up
        that gave these very answers (staffs_like), and each is drawn from in its turn. `counts`: a row a criterion, a
        column a level; every criterion has an answer. They need not be whole numbers, but a row's sum is one."""
        rng = _generator(name)
        if counts.sum(axis=1).max() > MANY:
            return _of_many(counts, levels, goal, together, rng)
        return self._drawn(staffs_like(counts, levels, together, BATCHES, rng), goal, rng)

    def _drawn(self, staffs: np.ndarray, goal: Goal, rng: np.random.Generator) -> Resampled:
        """From staffs (x people x criteria): one, or one a batch."""
        given = ~np.isnan(staffs)
        sums = {"total": np.where(given, staffs, 0)}
        if not given.all():
            sums["answers"] = given
        if goal.statistic != "mean":
            sums["at_goal"] = given & (staffs >= goal.level)
        # Whole numbers well below 2^24, so that 32 bits lose nothing. In batches: a product too small to be shared
        # between threads does not wait for them on a busy machine. A criterion's resamples lie side by side in memory:
        # what is asked of them next goes through them criterion by criterion.
        parts = np.concatenate([*sums.values()], axis=2).astype(np.float32).transpose(0, 2, 1)
        product = (parts @ self._times_drawn(staffs.shape[1])).transpose(1, 0, 2).reshape(-1, RESAMPLES)
        product = product.take(rng.permutation(RESAMPLES), axis=1)
        drawn = dict(zip(sums, (part.T for part in np.split(product, len(sums))), strict=True))
        total = drawn["total"]
        everybody = np.broadcast_to(np.float32(staffs.shape[1]), total.shape)
        return Resampled(drawn.get("answers", everybody), total, drawn.get("at_goal", total[:, :0]))

    def _times_drawn(self, people: int) -> np.ndarray:
        """How often each of so many is drawn: batches x people x resamples."""
        if people not in self._times:
            if len(self._times) == REMEMBERED:
                self._times.clear()
            drawn = np.random.default_rng([SEED, people]).integers(0, people, (RESAMPLES, people))
            drawn += np.arange(RESAMPLES)[:, None] * people
            times = np.bincount(drawn.ravel(), minlength=RESAMPLES * people)
            times = times.astype(np.float32).reshape(BATCHES, -1, people).transpose(0, 2, 1)
            self._times[people] = np.ascontiguousarray(times)
        return self._times[people]


def _of_many(
    counts: np.ndarray, levels: np.ndarray, goal: Goal, together: float, rng: np.random.Generator
) -> Resampled:
    """Of so many answers sums are as good as normal, and nobody need be made up."""
    n, at_goal = counts.sum(axis=1), counts[:, levels >= goal.level].sum(axis=1)
    chance = sqrt(1 - together) * rng.standard_normal((RESAMPLES, len(n)))
    chance += sqrt(together) * rng.standard_normal((RESAMPLES, 1))
    share, mean = at_goal / n, counts @ levels / n
    spread = np.sqrt(np.maximum(counts @ levels**2 / n - mean**2, 0.0) * n)
    return Resampled(
        np.broadcast_to(n, chance.shape),
        np.rint(n * mean + spread * chance),
        np.clip(np.rint(at_goal + np.sqrt(n * share * (1 - share)) * chance), 0, n),
    )


def staffs_like(
    counts: np.ndarray, levels: np.ndarray, together: float, staffs: int, rng: np.random.Generator
) -> np.ndarray:
    """Made-up staffs (x people x criteria, nan where a person has no answer) that gave these answers, a row of `counts`
    a criterion, and in which a person's answers on two criteria have this correlation, on average over all pairs.

    A person has a leaning, and on each criterion some chance beside it, both normal: whoever comes lowest on a
    criterion gives its lowest answer, and so on up. Rounded to levels the answers agree less than what was rounded: by
    how much, the tetrachoric series tells (Pearson 1900).
    """
    n, criteria = np.rint(counts.sum(axis=1)).astype(int), len(counts)
    people = int(n.max())
    leaning = _leaning(counts, levels, n, together)
    scores = sqrt(1 - leaning) * rng.standard_normal((staffs, people, criteria), np.float32)
    scores += sqrt(leaning) * rng.standard_normal((staffs, people, 1), np.float32)
    for criterion in np.flatnonzero(n < people):  # somebody has no answer there
        nobody = rng.random((staffs, people)).argsort(axis=1)[:, n[criterion] :]
        np.put_along_axis(scores[..., criterion], nobody, np.inf, axis=1)
    answers = np.full(scores.shape, np.nan)
    whole = np.allclose(counts, np.rint(counts), rtol=0)
    for criterion, row in enumerate(counts):
        # Counts that are no whole numbers: as many of each level in all the staffs together, give or take one in each.
        at = np.arange(n[criterion]) + (0.5 if whole else rng.uniform(1e-6, 1 - 1e-6, (staffs, 1)))
        place = np.searchsorted(row.cumsum(), at, side="right").clip(max=len(levels) - 1)
        answers[:, : n[criterion], criterion] = levels[place]
    made = np.empty(scores.shape)
    np.put_along_axis(made, scores.argsort(axis=1), answers, axis=1)
    return made


def _leaning(counts: np.ndarray, levels: np.ndarray, n: np.ndarray, together: float) -> float:
    """The part of what is rounded that a person has in common on all criteria (0-1)."""
    share = counts / n[:, None]
    sd = np.sqrt(share @ levels**2 - (share @ levels) ** 2)
    wanted = together * _over_pairs(sd)
    at = ndtri(share.cumsum(axis=1)[:, :-1].clip(1e-12, 1 - 1e-12))  # where one level becomes the next
    height = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi) * np.diff(levels)
    series = [
        _over_pairs((height * eval_hermitenorm(m - 1, at)).sum(axis=1)) / factorial(m) for m in range(1, TERMS + 1)
    ]
    part = np.linspace(0, 0.99, 100)
    return float(np.interp(wanted, np.maximum.accumulate(np.polyval([*reversed(series), 0.0], part)), part))


def _over_pairs(of: np.ndarray) -> float:
    """The sum of the products of any two."""
    return float(of.sum() ** 2 - of @ of)


def _generator(name: str) -> np.random.Generator:
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])
