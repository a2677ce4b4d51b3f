"""How a person's answers go together in each framework, by the rounds in which people are followed over criteria."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.together import ENOUGH, Noise, correlation
from analytics.model.figures import Basis
from analytics.model.frameworks import WHOLE, Framework

DECIMALS = 2
"""Of a correlation: people enough tell it to 0.05, and ten thousand to no better than 0.005. With more of them every
answer in the store would change a little of all that is told of every other round."""


class Together(NamedTuple):
    """The correlation of a person's answers on two criteria of an area, and on any two of the framework; nan where
    nothing tells it. `people`: by how many it is told, less one a school-round."""

    areas: float
    whole: float
    people: int
    basis: Basis

    def on(self, area: str, assumed: float) -> float:
        """The correlation on an area ('': on all); where nothing tells it, as it is assumed."""
        if self.basis is Basis.ASSUMED:
            return assumed
        return self.whole if area == WHOLE else self.areas


UNKNOWN = Together(np.nan, np.nan, 0, Basis.ASSUMED)


def people_together(
    keys: Sequence[tuple[str, int, str, str]],
    noise: Noise,
    followed: np.ndarray,
    people: np.ndarray,
    frameworks: Sequence[Framework],
) -> dict[str, Together]:
    """framework -> how answers go together in it: by its own rounds, or else by all of the store's. An entry of `keys`
    (framework, year, school, area) and of the arrays is a row of area_cell; `followed`: the standard error where people
    are followed, else nan; `people`: how many."""
    of = np.array([framework for framework, *_ in keys], dtype=object)
    is_whole = np.array([area == WHOLE for *_, area in keys], dtype=bool)

    def among(these: np.ndarray, basis: Basis) -> Together | None:
        def told(rows: np.ndarray) -> tuple[float, int]:
            return correlation(Noise(*(part[rows] for part in noise)), followed[rows], people[rows])

        whole, by = told(these & is_whole)
        if by < ENOUGH:
            return None
        areas, _ = told(these & ~is_whole)
        whole, areas = round(whole, DECIMALS), round(areas, DECIMALS)
        return Together(whole if np.isnan(areas) else areas, whole, by, basis)

    borrowed = among(np.ones(len(keys), dtype=bool), Basis.BORROWED) or UNKNOWN
    return {framework.id: among(of == framework.id, Basis.CORRELATION) or borrowed for framework in frameworks}
