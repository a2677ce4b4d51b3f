"""What is said of a file that has been read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: its kind and rows; the headings with what each was `taken` for, the name of a column or
    a criterion's id; the columns that were not stored, with the reason; and notes: what was read in another way than it
    may seem, or is not there (another sheet, rows left out, missing criteria)."""

    file: str
    sha256: str
    kind: str
    rows: int
    dropped: tuple[tuple[str, str], ...] = ()
    taken: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
