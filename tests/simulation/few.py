"""How often the interval of a mean of 5-19 answers holds what is true: by every outcome that there can be, exactly.

Its width is the city's, whose cells of twenty answers or more are drawn from schools of every kind but camps.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from math import comb, factorial

import numpy as np

from analytics.maturity.methods.city_spread import city_ratio, ratios
from analytics.maturity.methods.coarse import told_mean
from analytics.maturity.methods.disclosure import FEW_BELOW, FEW_INTERVAL
from analytics.maturity.methods.intervals import Scale, spread_interval
from tests.simulation.world import LEVELS, Piece, Row

SCALE = Scale.of(LEVELS)
SIZES = 5, 6, 7, 8, 9, 10, 12, 15, 19
LARGE, CELLS, SEED = 30, 400, 2022  # answers in a cell of the city's, how many there are


def ordinary(mean: float) -> list[float]:
    """Of three steps up from the lowest level, each is taken with the same chance."""
    step = (mean - 1) / 3
    return [comb(3, k) * step**k * (1 - step) ** (3 - k) for k in range(4)]


WORLDS = {
    "few ordinary": [ordinary(mean) for mean in (1.3, 1.6, 2, 2.5, 3, 3.4, 3.7, 3.8)],
    "few skewed": [
        [0.8, 0.12, 0.06, 0.02], [0.02, 0.06, 0.12, 0.8], [0.25] * 4, [0.02, 0.48, 0.48, 0.02], [0.03, 0.02, 0.15, 0.8]
    ],
    "few camps": [[0.45, 0.05, 0.05, 0.45], [0.7, 0.02, 0.03, 0.25], [0.2, 0.03, 0.02, 0.75]],
}  # fmt: skip


def pieces() -> list[Piece]:
    return [Piece(of_few, "few cells", case, size, len(outcomes(size))) for case in WORLDS for size in SIZES]


@cache
def outcomes(n: int) -> np.ndarray:
    """Every way in which n people may answer, a row each, as answers per level."""
    return np.array([(*c, n - sum(c)) for c in product(range(n + 1), repeat=3) if sum(c) <= n])


@cache
def city() -> float:
    """The spread of the city's larger cells."""
    rng = np.random.default_rng(SEED)
    kinds = WORLDS["few ordinary"] + WORLDS["few skewed"]
    counts = np.array([rng.multinomial(LARGE, kinds[i]) for i in rng.integers(len(kinds), size=CELLS)])
    return city_ratio([ratios(counts, LEVELS)], LEVELS)


def held(n: int, world: list[float]) -> float:
    """How often the interval holds the mean of the people that the n are drawn from."""
    counts = outcomes(n)
    ways = factorial(n) / np.array([[factorial(c) for c in row] for row in counts], dtype=float).prod(axis=1)
    chance = ways * (np.array(world) ** counts).prod(axis=1)
    scale = tuple(int(level) for level in LEVELS)
    mean = np.array([float(told_mean(n, int(total), scale)[0]) for total in counts @ LEVELS])
    surely = np.full(len(mean), FEW_INTERVAL if n < FEW_BELOW else n)
    low, high = spread_interval(mean, surely, np.full(len(mean), city()), SCALE)
    true = float(LEVELS @ np.array(world))
    return float(chance[(low <= true) & (true <= high)].sum())


def of_few(piece: Piece, rng: np.random.Generator) -> list[Row]:
    """The world of its kind in which it holds least often."""
    n = int(piece.size)
    least = min(held(n, world) for world in WORLDS[piece.case])
    return [{"question": "interval_few", "figure": round(least, 4), "error": 0.0}]
