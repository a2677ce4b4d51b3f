"""A file on disk as a table of texts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.by_hand import ByHand
from analytics.intake.cell_faults import without_mark
from analytics.intake.coded import Coded, TextColumns, changed, coded_at, coded_columns
from analytics.intake.guard import read_apart
from analytics.intake.headings import bare
from analytics.intake.parsing import parsed
from analytics.intake.raw import LeftFile, RawTable, Unreadable, armed, cleaned, file_name
from analytics.model.provenance import Provenance
from analytics.store.saved_forms import SavedForm, form_with
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file as a table of stripped texts ('' where a cell is empty); `rows`: row numbers as a reader counts them.

    `ids`: of what an editor's rows are in the store, an id a row; none where that is not known, as of a file's.
    `notes`: what was read in another way than it may seem. `from_file`: nobody typed it in an editor. `as_written`: a
    heading as the file has it, of those that are called otherwise here because it has them twice, or has none ('').
    `told`: columns that only a framework explains, as those of its levels, with what each is. `school`: whose all of it
    is, as somebody says.
    """

    file: str
    sha256: str
    headings: tuple[str, ...]
    columns: Sequence[pa.StringArray]
    rows: np.ndarray
    provenance: Provenance | None = None  # where it is another than the call's
    ids: tuple[str, ...] = ()
    by_hand: ByHand | None = None  # what somebody has said that its columns are
    notes: tuple[str, ...] = ()
    from_file: bool = False
    as_written: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    school: str = ""

    def written(self, heading: str) -> str:
        """The heading as the file has it."""
        return self.as_written.get(heading, heading)

    def column(self, heading: str) -> pa.StringArray:
        """The column under this heading, to the letter; raises ValueError."""
        return self.columns[self.headings.index(heading)]

    def coded(self, heading: str) -> Coded:
        """The same by its different words, where they are known."""
        return coded_at(self.columns, self.headings.index(heading))

    def as_kept(self) -> TextTable:
        """The table without the texts that have been made of its columns so far: of millions of rows they take much."""
        return replace(self, columns=TextColumns(coded_columns(self.columns)))

    def without_rows(self, gone: Sequence[int], note: str) -> TextTable:
        """The table without the rows at these places, which the note tells."""
        kept = np.ones(len(self.rows), dtype=bool)
        kept[gone] = False
        columns = TextColumns(column.filter(pa.array(kept)) for column in coded_columns(self.columns))
        return replace(self, columns=columns, rows=np.asarray(self.rows)[kept], notes=(*self.notes, note))


def read_sheet(path: Path | LeftFile, say: Words, sheet: str | None = None, known: Collection[str] = ()) -> TextTable:
    """Reads CSV, a workbook (its first sheet that can be seen, or `sheet`) or Parquet; raises Refused with every row
    that is off. `known`: bare words that are headings of what can be loaded (`known_headings`), by which the rows of
    headings and the sheet are found below titles and beside other sheets."""
    table, sha256 = read_apart(path, say, sheet, known)
    return checked_table(path, table, sha256, say)


def headings_of(forms: Iterable[SavedForm]) -> frozenset[str]:
    """The bare headings of forms that somebody has put right: by them the next one's are found below any title."""
    return frozenset(bare(heading) for form in forms for heading in form.columns)


def headed_by(table: TextTable, row: int, say: Words) -> TextTable:
    """The table with one of its rows as its headings, and the rows below that; as it is, where there is no such row or
    none below it."""
    at = int(np.searchsorted(table.rows, row))
    if at + 1 >= len(table.rows) or table.rows[at] != row:
        return table
    headings = [column[at].as_py() for column in table.columns]
    below = RawTable(headings, tuple(column[at + 1 :] for column in table.columns), table.rows[at + 1 :] - row)
    return replace(checked_table(LeftFile(table.file, b""), below, table.sha256, say), notes=table.notes)


def as_saved(table: TextTable, forms: Sequence[SavedForm]) -> TextTable:
    """The table with what somebody has said before of a form with these headings."""
    form = form_with(forms, table.headings) if table.by_hand is None else None
    return replace(table, by_hand=ByHand(form.kind, form.columns, form.levels)) if form else table


def sheets_in(folder: Path, provenance: Provenance, say: Words, names: Iterable[str] | None = None) -> list[TextTable]:
    """The named files of one of the project's own folders of data (None: every CSV), called after the folder. They are
    no stranger's, so they are parsed here."""
    paths = [folder / name for name in names] if names is not None else sorted(folder.glob("*.csv"))
    sheets = []
    for path in paths:
        data = path.read_bytes()
        try:
            table = parsed(path.suffix.lower(), data, None, say)
        except Unreadable as error:
            raise error.refused(file_name(path)) from None
        sheet = checked_table(path, table, hashlib.sha256(data).hexdigest(), say)
        sheets.append(replace(sheet, file=f"{folder.name}/{path.name}", provenance=provenance))
    return sheets


def checked_table(path: Path | LeftFile, table: RawTable, sha256: str, say: Words) -> TextTable:
    """The table with a heading of its own on every column; a column without a heading and without cells is none."""
    headings: dict[str, int] = {}
    as_written: dict[str, str] = {}
    taken: set[str] = set()
    for place, text in enumerate(table.headings):
        heading = own = " ".join(without_mark(cleaned(text)).split())
        if not heading:
            if pc.all(pc.equal(table.columns[place], "")).as_py() is not False:
                continue
            own = say("column {letters}", letters=column_letters(place))
        number = 1
        while own.casefold() in taken:
            number += 1
            own = f"{heading or say('column {letters}', letters=column_letters(place))} ({number})"
        taken.add(own.casefold())
        headings[own] = place
        if own != heading:
            as_written[own] = heading
    columns = TextColumns(changed(coded_at(table.columns, place), armed) for place in headings.values())
    return TextTable(
        file_name(path),
        sha256,
        tuple(headings),
        columns,
        table.rows,
        notes=table.notes,
        from_file=True,
        as_written=as_written,
    )


def column_letters(place: int) -> str:
    """What spreadsheet programs call the so-manyeth column, from 0."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
