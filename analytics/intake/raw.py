"""A table of texts as it comes out of a file, before anybody knows what it holds, and why a file may be no table."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.coded import coded_at, texts_of, words_of
from analytics.model.errors import Problem, Refused
from analytics.words.language import Words

# Soft hyphens, zero-width spaces and joiners, marks of direction: copied along unseen, and nobody's name has them.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
LONG = 17  # characters of a number that may have more digits than it is meant to have
FORMULA = r"=+\-@＝＋－＠"
SHOWN = 200  # characters of a cell in a message


@dataclass(frozen=True, slots=True)
class RawTable:
    """Headings, and a column of stripped texts under each ('' where a cell is empty).

    `rows` has a row's number as a reader counts it: 1 is the first line under the headings, blank lines count too.
    `notes`: what was read in another way than it may seem, in sentences.
    """

    headings: list[str]
    columns: Sequence[pa.StringArray]
    rows: np.ndarray
    notes: tuple[str, ...] = ()

    def without_blank_rows(self) -> RawTable:
        """The rows that hold something."""
        blank = np.ones(len(self.rows), dtype=bool)
        for place in range(len(self.columns)):
            column = coded_at(self.columns, place)
            if not pc.any(pc.equal(words_of(column), "")).as_py():
                return self
            blank &= pc.equal(texts_of(column), "").to_numpy(zero_copy_only=False)
            if not blank.any():
                return self
        kept = pa.array(~blank)
        return replace(self, columns=tuple(column.filter(kept) for column in self.columns), rows=self.rows[~blank])


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing that keeps a file from being read as a table."""

    problem: str
    hint: str
    row: int | None = None
    value: str | None = None
    column: str | None = None


OF_A_PIVOT = ("radetiketter", "kolumnetiketter", "row labels", "column labels")  # as Excel heads them
PIVOT_WITHIN = 6  # rows: filters may stand above it


class Unreadable(Exception):
    """The file is no table, or not one that can be read safely; `faults` has every reason."""

    def __init__(self, *faults: FileProblem):
        super().__init__(faults[0].problem)
        self.faults = faults

    def refused(self, file: str) -> Refused:
        """What the caller is told of the file that goes by this name."""
        return Refused([Problem(file, f.row, f.column, f.value, f.problem, f.hint) for f in self.faults])


def empty_file(say: Words) -> Unreadable:
    return Unreadable(FileProblem(say("The file is empty."), say("Export it again, with headings and rows.")))


def refuse_a_pivot(rows: Sequence[Sequence[str]], say: Words) -> None:
    """Raises Unreadable for a spreadsheet's pivot table: sums under headings of its own making."""
    if any(cell.casefold() in OF_A_PIVOT for row in rows[:PIVOT_WITHIN] for cell in row if cell):
        raise Unreadable(
            FileProblem(
                say("This is a pivot table: it has sums of what somebody has counted, and not the rows themselves."),
                say("Leave the sheet that it was made of, or choose it with --sheet."),
            )
        )


def outside_the_headings(row: int, value: str, say: Words) -> FileProblem:
    """A cell further right than the last heading."""
    return FileProblem(
        say("The row has cells to the right of the last heading."),
        say("Give the column a heading, or clear the cells."),
        row,
        shown(value),
    )


def above_the_headings(rows: Sequence[Sequence[str]], say: Words) -> tuple[str, ...]:
    """The note on what stands above a table's headings, if anything does."""
    said = " ".join(cell for row in rows for cell in row if cell)
    return (say("Left out above the headings: “{text}”", text=shown(said)),) if said else ()


def cleaned(text: str) -> str:
    """The text with every letter written one way (å as one character, not a and a ring), and nothing invisible."""
    if text.isascii():
        return text
    if any(character in text for character in INVISIBLE):
        text = text.translate(dict.fromkeys(map(ord, INVISIBLE)))
    return unicodedata.normalize("NFC", text)


def text_column(cells: Sequence[str]) -> pa.StringArray:
    """A column of texts that are clean already, stripped."""
    return pc.utf8_trim_whitespace(pa.array(cells, pa.string()))


def armed(column: pa.StringArray) -> pa.StringArray:
    """The texts without the apostrophe that our own exports put before what a spreadsheet would run as a formula."""
    if not pc.any(pc.starts_with(column, "'")).as_py():
        return column  # and no copy: of millions of rows it takes much
    return pc.replace_substring_regex(column, pattern=f"^'([{FORMULA}])", replacement="\\1")


def cleaned_column(column: pa.StringArray) -> pa.StringArray:
    """A column of texts, cleaned and stripped."""
    if pc.all(pc.string_is_ascii(column)).as_py() is False:
        column = pc.replace_substring_regex(column, pattern=f"[{INVISIBLE}]", replacement="")
        column = pc.utf8_normalize(column, form="NFC")
    return pc.utf8_trim_whitespace(column)


def number_texts(numbers: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Numbers with decimals as texts; where all are whole, without the decimals. What is no number is missing."""
    numbers = pc.if_else(pc.is_nan(numbers), pa.scalar(None, numbers.type), numbers)
    whole = pc.cast(numbers, pa.int64(), safe=False)
    is_whole = pc.all(pc.equal(pc.cast(whole, numbers.type, safe=False), numbers)).as_py() is not False
    texts = (whole if is_whole else numbers).cast(pa.string())
    if is_whole or (pc.max(pc.utf8_length(texts)).as_py() or 0) < LONG:
        return texts
    shorter = pa.array([None if number is None else number_text(number) for number in numbers.to_pylist()], pa.string())
    return pa.chunked_array([shorter]) if isinstance(numbers, pa.ChunkedArray) else shorter


def number_text(number: float) -> str:
    """A number with decimals as a spreadsheet shows it, to 15 digits: what it keeps of 0.1 + 0.2 has 17."""
    shortest = str(number)
    return shortest if len(shortest) < LONG else f"{number:.15g}"


def shown(value: str) -> str:
    """As much of a cell as a message holds."""
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file that somebody left on a page: what it is called there, and what is in it. It is opened as a path is."""

    name: str
    data: bytes

    def __str__(self) -> str:
        return self.name

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix

    def open(self, mode: str = "rb") -> BytesIO:
        return BytesIO(self.data)


def file_name(path: Path | LeftFile) -> str:
    """A path as text; what is no Unicode in it (a name from another system) shows as a question mark."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
