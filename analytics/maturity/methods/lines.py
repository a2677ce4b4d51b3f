"""The city's own course: a straight line through few rounds, with what the rounds depart from it by.

Schools are many and tell how they differ; the city is one, and what moved it in a round moved all of its schools. So
how far its rounds lie from a line is all that says how sure its pace is: Student's t, with as many degrees of freedom
as there are rounds beyond two. Lines of several areas or criteria share what they depart by.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

LEAST_ROUNDS = 3


class Lines(NamedTuple):
    """Of series (a row each): the smoothed level each round, the pace a year and its standard error, 0 for a series of
    fewer than three rounds, which has no line and is left as it is. `freedom`: by what the errors are known."""

    level: np.ndarray
    pace: np.ndarray
    error: np.ndarray
    freedom: float


def lines(series: np.ndarray, years: np.ndarray, passing: float, lasting: float, free: float = 1.0) -> Lines:
    """`series` has a column a round, nan where there is none. `passing` and `lasting`: the variances of the moves that
    pass and of those that last from year to year; how they compare is taken from the schools, how large they are from
    the series themselves. `free`: the share of the series that could be anything (those that sum to 0 could not)."""
    level, pace, spread, freedom = series.copy(), np.zeros(len(series)), np.zeros(len(series)), 0
    moved = 0.0
    passing = max(passing, 1e-6)  # no figure is without chance
    for row, values in enumerate(series):
        there = np.flatnonzero(~np.isnan(values))
        if len(there) < LEAST_ROUNDS:
            continue
        year = years[there] - years[there].mean()
        lasts = lasting * np.minimum.outer(years[there] - years[there[0]], years[there] - years[there[0]])
        known = np.linalg.inv(passing * np.eye(len(there)) + lasts)
        line = np.column_stack([np.ones(len(there)), year])
        uncertain = np.linalg.inv(line.T @ known @ line)
        fitted = uncertain @ line.T @ known @ values[there]
        left = values[there] - line @ fitted
        level[row, there] = line @ fitted + lasts @ known @ left
        pace[row], spread[row] = fitted[1], uncertain[1, 1]
        freedom, moved = freedom + len(there) - 2, moved + float(left @ known @ left)
    return Lines(level, pace, np.sqrt(spread * moved / max(freedom, 1)), freedom * free)
