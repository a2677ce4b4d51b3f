"""A file on disk as a table of texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.intake.by_hand import ByHand
from analytics.intake.guard import read_apart
from analytics.intake.parsing import parsed
from analytics.intake.raw import LeftFile, RawTable, Unreadable, cleaned, file_name
from analytics.model.errors import Problem, Refused
from analytics.model.provenance import Provenance
from analytics.store.saved_forms import SavedForm, form_with
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file as a table of stripped texts ('' where a cell is empty); `rows`: row numbers as a reader counts them.

    `ids`: of what an editor's rows are in the store, an id a row; none where that is not known, as of a file's.
    """

    file: str
    sha256: str
    headings: tuple[str, ...]
    columns: tuple[pa.StringArray, ...]
    rows: np.ndarray
    provenance: Provenance | None = None  # where it is another than the call's
    ids: tuple[str, ...] = ()
    by_hand: ByHand | None = None  # what somebody has said that its columns are

    def column(self, heading: str) -> pa.StringArray:
        """The column under this heading, to the letter; raises ValueError."""
        return self.columns[self.headings.index(heading)]


def read_sheet(path: Path | LeftFile, say: Words, sheet: str | None = None) -> TextTable:
    """Reads CSV, XLSX, XLSM, ODS (first sheet, or `sheet`) or Parquet; raises Refused with every row that is off."""
    table, sha256 = read_apart(path, say, sheet)
    return _checked(path, table, sha256, say)


def as_saved(table: TextTable, forms: Sequence[SavedForm]) -> TextTable:
    """The table with what somebody has said before of a form with these headings."""
    form = form_with(forms, table.headings) if table.by_hand is None else None
    return replace(table, by_hand=ByHand(form.kind, form.columns)) if form else table


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
        sheet = _checked(path, table, hashlib.sha256(data).hexdigest(), say)
        sheets.append(replace(sheet, file=f"{folder.name}/{path.name}", provenance=provenance))
    return sheets


def _checked(path: Path | LeftFile, table: RawTable, sha256: str, say: Words) -> TextTable:
    headings = tuple(" ".join(cleaned(heading).split()) for heading in table.headings)
    _check_headings(path, headings, say)
    return TextTable(file_name(path), sha256, headings, table.columns, table.rows)


def _check_headings(path: Path | LeftFile, headings: tuple[str, ...], say: Words) -> None:
    seen: set[str] = set()
    problems = []
    for position, heading in enumerate(headings, 1):
        if not heading:
            problem = say("Column {position} has no heading.", position=position)
        elif heading.casefold() in seen:
            problem = say("Two columns have the same heading.")
        else:
            seen.add(heading.casefold())
            continue
        hint = say("Give every column a heading of its own.")
        problems.append(Problem(file_name(path), None, heading or None, None, problem, hint))
    if problems:
        raise Refused(problems)
