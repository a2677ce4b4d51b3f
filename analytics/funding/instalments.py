"""How a programme's grants are usually paid, where a project states no plan of its own: data/reference/instalments.csv.

An assumption, always said to be one: each agreement has its own terms. Of a programme that is not there nothing is
assumed: ESF+, for one, pays what has been claimed, whenever that is.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from analytics.model.installed import DATA

FILE = DATA / "reference" / "instalments.csv"
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class UsualPlan:
    """The shares (0-1) in which grants of projects up to so many months are paid; None: of any length."""

    months_up_to: int | None
    shares: tuple[Decimal, ...]


def usual_shares(programme: str, months: int) -> tuple[Decimal, ...]:
    """The shares of a project of the programme that is so long; empty where nobody has told."""
    plans = _plans().get(programme.strip().casefold(), [])
    return next((one.shares for one in plans if one.months_up_to is None or months <= one.months_up_to), ())


@cache
def _plans() -> dict[str, list[UsualPlan]]:
    """By programme, in the file's order: the first whose length fits is the project's."""
    found: dict[str, list[UsualPlan]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            shares = tuple(Decimal(part) / HUNDRED for part in row["plan"].split("/"))
            up_to = int(row["months_up_to"]) if row["months_up_to"] else None
            found.setdefault(row["programme"].casefold(), []).append(UsualPlan(up_to, shares))
    return found
