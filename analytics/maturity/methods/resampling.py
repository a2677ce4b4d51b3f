"""How sure a school's goal is: its respondents are drawn anew, with replacement, many times (Efron & Tibshirani 1993).

The draws are fixed by the round's name and by what is shown of it, not by the order of anything in a file: the same
answers give the same figures, whoever loads them and whatever else is loaded.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from analytics.model.frameworks import Goal
from analytics.model.present import present

RESAMPLES, BATCHES = 2000, 20
SEED = 2022


@dataclass(frozen=True, slots=True)
class Resampled:
    """What came out of each resample (a row) on each criterion (a column): answers, their sum, and how many of them lie
    at the goal level or above."""

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


def resample_people(answers: np.ndarray, goal: Goal, name: str) -> Resampled:
    """People drawn with all their answers. `answers`: a row a person, a column a criterion, nan where none is."""
    answers = answers[np.lexsort(np.nan_to_num(answers, nan=-1.0).T)]  # people have no order of their own
    people = len(answers)
    drawn = _generator(name).integers(0, people, (RESAMPLES, people))
    drawn += np.arange(RESAMPLES)[:, None] * people
    times = np.bincount(drawn.ravel(), minlength=RESAMPLES * people).reshape(RESAMPLES, people).astype(np.float32)
    given = ~np.isnan(answers)
    parts = np.concatenate([given, np.where(given, answers, 0), given & (answers >= goal.level)], axis=1)
    # Whole numbers well below 2^24, so that 32 bits lose nothing. In batches: a product too small to be shared between
    # threads does not wait for them on a busy machine.
    product = times.reshape(BATCHES, -1, people) @ parts.astype(np.float32)
    return Resampled(*np.split(product.reshape(RESAMPLES, -1), 3, axis=1))


def resample_counts(counts: np.ndarray, levels: np.ndarray, goal: Goal, name: str) -> Resampled:
    """Each criterion's answers drawn by themselves, where nobody knows who gave which. `counts`: a row a criterion, a
    column a level; every criterion has an answer. They need not be whole numbers, but a row's sum is one."""
    rng, n = _generator(name), np.rint(counts.sum(axis=1)).astype(int)
    drawn = np.stack([rng.multinomial(k, row / row.sum(), RESAMPLES) for k, row in zip(n, counts, strict=True)], axis=1)
    answers = np.broadcast_to(n, (RESAMPLES, len(n)))
    return Resampled(answers, drawn @ levels, drawn[..., levels >= goal.level].sum(axis=2))


def _generator(name: str) -> np.random.Generator:
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])
