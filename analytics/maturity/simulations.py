"""How often the rules were right when they were tried: the figures that `make simulate` has left in data/method."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import orjson

from analytics.model.installed import DATA

FILE = DATA / "method" / "simulations.json"


@dataclass(frozen=True, slots=True)
class Trial:
    """A question tried on schools of one size ('mixed': a city of all sizes) in one kind of world (`case`).

    `figure` is most often a share of the draws (0-1), `error` its Monte Carlo standard error. `low`..`high` is what is
    promised of it, None where nothing is; `kept`: whether it is, but for two Monte Carlo errors. Of readiness: the
    verdict, on how many criteria, and what it is held against.
    """

    question: str
    case: str
    size: int | str
    draws: int
    figure: float
    error: float
    low: float | None = None
    high: float | None = None
    kept: bool | None = None
    verdict: str | None = None
    criteria: int | None = None
    truth: str | None = None

    @property
    def exceeded(self) -> float | None:
        """The end of what is promised that the figure lies beyond; None where it is within, or nothing is promised."""
        if self.high is not None and self.figure > self.high:
            return self.high
        return self.low if self.low is not None and self.figure < self.low else None


@cache
def simulations() -> tuple[Trial, ...]:
    """Every row of the file, in its order; none where the file is not there."""
    if not FILE.exists():
        return ()
    names = Trial.__slots__
    return tuple(Trial(**{name: row[name] for name in names if name in row}) for row in orjson.loads(FILE.read_bytes()))
