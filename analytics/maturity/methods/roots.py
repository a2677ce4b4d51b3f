"""Where a function of one number is zero."""

from __future__ import annotations

from collections.abc import Callable

from scipy.optimize import brentq


def root(of: Callable[[float], float], low: float, high: float, xtol: float = 2e-12) -> float:
    """Brent's method; `of` has other signs at `low` and `high`. `xtol`: SciPy's own, unless somebody needs it finer."""
    found = brentq(of, low, high, xtol=xtol)
    assert isinstance(found, float)  # it is a pair only where somebody asks how it was found
    return found
