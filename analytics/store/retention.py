"""How long a store keeps what, as its `retention.toml` says: written by hand, as somebody has decided it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from analytics.model.errors import KvalitetError

FILE = "retention.toml"
MOST = 100_000  # bytes, years, days: what is more is a slip


@dataclass(frozen=True, slots=True)
class Retention:
    """What may be kept for how long; None: for as long as nobody says otherwise.

    `answers_years`: the answers of a round, after the end of the round's year. `versions_days`: a version, after
    another has taken its place. `drafts_days`: what is typed and not saved, after it was last changed. `decision`:
    where it was decided, as the protocol is to say it.
    """

    answers_years: int | None = None
    versions_days: int | None = None
    drafts_days: int | None = None
    decision: str = ""

    def round_is_due(self, year: int, today: date) -> bool:
        return self.answers_years is not None and year + self.answers_years < today.year

    def drafts_are_due(self, today: date) -> datetime | None:
        """Drafts that were last changed before then (UTC) are to go."""
        return None if self.drafts_days is None else _midnight(today) - timedelta(days=self.drafts_days)

    def versions_are_due(self, today: date) -> datetime | None:
        """Versions that another took the place of before then (UTC) are to go."""
        return None if self.versions_days is None else _midnight(today) - timedelta(days=self.versions_days)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


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
