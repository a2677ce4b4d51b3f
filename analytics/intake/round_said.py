"""The round of a file that does not say it: numbers of invited, answers and counts are often of one round, and have no
column for it."""

from __future__ import annotations

from dataclasses import replace

from analytics.intake.coded import TextColumns, coded_columns, same_in_all
from analytics.intake.kinds import ANSWERS, COUNTS, PARTICIPATION, gives_away, named_columns
from analytics.intake.readers import TextTable
from analytics.intake.reading_options import ReadingOptions

OF_A_ROUND = (PARTICIPATION, ANSWERS, COUNTS)
SAYING_ANY = ReadingOptions(framework="-", year=0)
"""Of what a file is, whichever round it turns out to be of."""


def without_round(sheet: TextTable, as_: str | None = None) -> tuple[str, ...]:
    """Which of framework and year a file of these kinds has no column for."""
    kind = next((kind for kind in OF_A_ROUND if _is(sheet, kind, as_)), None)
    if kind is None or sheet.told:
        return ()
    there = named_columns(sheet, kind)
    return tuple(name for name in ("framework", "year") if name not in there)


def with_round(sheet: TextTable, reading: ReadingOptions) -> TextTable:
    """The table with them as columns, where somebody has said them; what it says itself stays."""
    words = {"framework": reading.framework, "year": None if reading.year is None else str(reading.year)}
    added = {name: word for name in without_round(sheet, reading.as_) if (word := words[name]) is not None}
    if not added:
        return sheet
    columns = (same_in_all(word, len(sheet.rows)) for word in added.values())
    hand = sheet.by_hand
    return replace(
        sheet,
        headings=(*sheet.headings, *added),
        columns=TextColumns((*coded_columns(sheet.columns), *columns)),
        by_hand=replace(hand, columns={**hand.columns, **{name: name for name in added}}) if hand else None,
    )


def _is(sheet: TextTable, kind, as_: str | None) -> bool:
    said = sheet.by_hand.kind if sheet.by_hand else as_
    return said == kind.name if said else gives_away(sheet, kind)
