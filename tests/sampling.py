"""What is tried on every change, and what at night alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

NIGHTLY = os.environ.get("NIGHTLY") == "1"
"""Everything is tried, with examples that nobody has tried yet: `make nightly`."""

One = TypeVar("One")


def sample(every: Sequence[One], step: int, first: int = 0) -> Sequence[One]:
    """Every so-manyeth, the same each time; at night all."""
    return every if NIGHTLY else every[first::step]
