"""What is said of a file that has been read."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.intake.columns import SheetCheck
from analytics.intake.kinds import ignored_headings, named_columns
from analytics.intake.personal import why_dropped
from analytics.registers.kinds import REGISTERS


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


def report_of(check: SheetCheck) -> FileReport:
    """What is said of a sheet that has been checked."""
    sheet, dropped = check.sheet, check.dropped
    if check.kind.name != "form":
        no_column = check.say("is no column of the kind; not stored")
        ignored = ignored_headings(sheet, check.kind)
        plain = check.kind in REGISTERS  # a register names no respondents
        dropped += [
            (name, no_column if plain else why_dropped(name, sheet.column(name), no_column, check.say))
            for name in ignored
        ]
        check.taken.extend((heading, name) for name, heading in named_columns(sheet, check.kind).items())
    notes = (*sheet.notes, *check.notes)
    return FileReport(
        sheet.file, sheet.sha256, check.kind.name, len(sheet.rows), tuple(dropped), tuple(check.taken), notes
    )
