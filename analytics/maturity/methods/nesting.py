"""The whole, its areas and their criteria, as layers of which each departs from the one above it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


class Nesting:
    """Criteria in areas, both by number. Layer 0 is the whole (one group), 1 the areas, 2 the criteria."""

    def __init__(self, area_of: np.ndarray):
        """`area_of`: the number of each criterion's area."""
        self.area_of = area_of
        self.areas = [np.flatnonzero(area_of == area) for area in range(area_of.max() + 1)]
        self.alone = np.array([len(these) == 1 for these in self.areas])
        """Areas of one criterion, which is no other than its area."""
        everything = np.arange(len(area_of))
        self.criteria = [everything, *self.areas, *(everything[k : k + 1] for k in everything)]
        """Of each thing (the whole, the areas, the criteria): the criteria that it is made of."""
        self._parts = [[(0, 0)], *([(0, 0), (1, area)] for area in range(len(self.areas)))]
        self._parts += [[(0, 0), (1, int(area)), (2, k)] for k, area in enumerate(area_of)]

    def summed(self, of: Callable[[int, int], np.ndarray]) -> np.ndarray:
        """For each thing the sum of what its layers say; `of` a layer and the group in it."""
        return np.stack([sum((of(*part) for part in parts[1:]), start=of(*parts[0])) for parts in self._parts])

    def in_areas(self, shown: np.ndarray) -> np.ndarray:
        """How many of each area's criteria (the first axis) are shown."""
        return np.stack([shown[these].sum(axis=0) for these in self.areas])

    def area_means(self, values: np.ndarray) -> np.ndarray:
        """Means over each area's criteria (the first axis)."""
        return np.stack([mean_of_known(values[these], 0) for these in self.areas])


def mean_of_known(values: np.ndarray, axis: int, *, keep: bool = False) -> np.ndarray:
    """The mean of what is there; nan where nothing is."""
    there = ~np.isnan(values)
    count = there.sum(axis=axis, keepdims=keep)
    total = np.where(there, values, 0.0).sum(axis=axis, keepdims=keep)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
