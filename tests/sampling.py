"""What is tried on every change, and what at night alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import product
from typing import TypeVar

import pytest

NIGHTLY = os.environ.get("NIGHTLY") == "1"
"""Everything is tried, with examples that nobody has tried yet: `make nightly`."""

at_night = pytest.mark.skipif(not NIGHTLY, reason="at night")
"""Of a test that takes long, where a shorter one tries the same by day: in a smaller place, or in one of several."""

One = TypeVar("One")
Other = TypeVar("Other")


def sample(every: Sequence[One], step: int, first: int = 0) -> Sequence[One]:
    """Every so-manyeth, the same each time; at night all."""
    return every if NIGHTLY else every[first::step]


def pairs(ones: Sequence[One], others: Sequence[Other]) -> list[tuple[One, Other]]:
    """As few as have each of the ones and each of the others; at night each with each."""
    if NIGHTLY:
        return list(product(ones, others))
    return [(ones[n % len(ones)], others[n % len(others)]) for n in range(max(len(ones), len(others)))]


def examples(by_day: int, at_night: int = 100) -> int:
    """How many Hypothesis draws of what costs much."""
    return at_night if NIGHTLY else by_day
