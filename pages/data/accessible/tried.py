"""What was tried of the pages' accessibility, and found: written by `python -m tests.browser.accessible`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import orjson

from analytics.model.installed import DATA

FILE = DATA / "accessibility" / "tried.json"


@dataclass(frozen=True, slots=True)
class Tried:
    """One trial of all pages. `left`: which of Streamlit's own faults were met, by name; none of ours may be left."""

    day: date
    axe: str  # the edition of axe-core
    pages: tuple[str, ...]
    states: tuple[str, ...]
    widths: tuple[int, ...]
    left: tuple[str, ...]


def tried() -> Tried:
    """The last trial; FileNotFoundError where the program was put in place without it."""
    found = orjson.loads(FILE.read_bytes())
    return Tried(
        date.fromisoformat(found["day"]),
        found["axe"],
        *(tuple(found[name]) for name in ("pages", "states", "widths", "left")),
    )
