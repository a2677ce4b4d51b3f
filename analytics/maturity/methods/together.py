"""How a person's answers go together over criteria: what counts of answers cannot tell, and rounds of answers can.

The noise of an area's mean is that of its criteria's means, and how these go together. Of counts only the least and
the most that it can be are known: the most is careful in an interval and reckless where noise is subtracted, as all
that schools truly differ by goes out with it. So the correlation is estimated where people are followed over the
criteria, and used where they are not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analytics.model.figures import ASSUMED_TOGETHER as ASSUMED

__all__ = ["ASSUMED", "ENOUGH", "Noise", "correlation"]

ENOUGH = 100
"""Respondents, less one a school: fewer tell the correlation too badly. Of a hundred its standard error is about 0.05
over all criteria of a framework, and less than 0.1 over two."""


class Noise(NamedTuple):
    """What a mean over criteria may have of noise, an entry a mean: the sums of its criteria's variances and of their
    standard errors, and how many criteria."""

    apart: np.ndarray
    errors: np.ndarray
    criteria: np.ndarray

    def error(self, together: np.ndarray | float) -> np.ndarray:
        """The mean's standard error, its criteria's noise correlated as this."""
        return np.sqrt((1 - together) * self.apart + together * self.errors**2) / self.criteria


def correlation(noise: Noise, followed: np.ndarray, people: np.ndarray) -> tuple[float, int]:
    """The correlation for which means have the standard errors that people followed over the criteria say (0-0.95),
    and by how many people, less one a mean, that is told; nan, 0 where nobody is followed over two criteria.

    A ratio of sums over the means. An error squared is made comparable by its people, and known the better the more.
    """
    told = ~np.isnan(followed) & (noise.criteria > 1) & (people > 1)
    weight = people[told] * (people[told] - 1.0)
    more = weight @ ((followed[told] * noise.criteria[told]) ** 2 - noise.apart[told])
    most = weight @ (noise.errors[told] ** 2 - noise.apart[told])
    if not most > 0:
        return np.nan, 0
    return float(np.clip(more / most, 0.0, 0.95)), int((people[told] - 1).sum())
