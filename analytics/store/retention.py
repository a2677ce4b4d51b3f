"""How long a store keeps what, as its `retention.toml` says: written by hand, as somebody has decided it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from analytics.model.errors import KvalitetError

FILE = "retention.toml"
MOST = 100_000  # bytes, years, days: what is more is a slip


@dataclass(frozen=True, slots=True)
class Retention:
    """What may be kept for how long; None: for as long as nobody says otherwise.

    `answers_years`: the answers of a round, after the end of the round's year. `versions_days`: a version, after
    another has taken its place. `decision`: where it was decided, as the protocol is to say it.
    """

    answers_years: int | None = None
    versions_days: int | None = None
    decision: str = ""

    def round_is_due(self, year: int, today: date) -> bool:
        return self.answers_years is not None and year + self.answers_years < today.year


class RetentionWrong(KvalitetError):
    """The file says something else than it can; the key (None: the whole file) and what stands there."""

    def __init__(self, key: str | None, value: str):
        super().__init__(f"{FILE}: {key}: {value}")
        self.key, self.value = key, value


def read_retention(folder: Path) -> Retention | None:
    """None where there is no such file; raises RetentionWrong."""
    try:
        with (folder / FILE).open("rb") as file:
            said = tomllib.loads(file.read(MOST).decode("utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise RetentionWrong(None, str(error)) from error
    known = {field.name for field in fields(Retention)}
    for key, value in said.items():
        right = isinstance(value, str) if key == "decision" else type(value) is int and 0 <= value <= MOST
        if key not in known or not right:
            raise RetentionWrong(key, str(value)[:100])
    return Retention(**said)
