"""Where a function of one number is zero."""

from __future__ import annotations

from collections.abc import Callable


def root(of: Callable[[float], float], low: float, high: float, xtol: float = 2e-12) -> float:
    """Brent's method; `of` has other signs at `low` and `high`. `xtol`: SciPy's own, unless somebody needs it finer."""
    from scipy.optimize import brentq  # here: publishing alone needs it, and in a server of pages it takes 23 MB

    found = brentq(of, low, high, xtol=xtol)
    assert isinstance(found, float)  # it is a pair only where somebody asks how it was found
    return found
