"""Which framework held when: a thin band over a year axis, a heading over rows of rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Era:
    """The years (both included) in which one framework was used, and its name; any length, it is shortened to fit."""

    first: int
    last: int
    name: str


def ribbon(eras: Sequence[Era], low: float, high: float, pixels: int) -> tuple[list[dict], list[dict]]:
    """Shapes and annotations of the band at the top of a year axis that goes from `low` to `high`."""
    raise NotImplementedError
