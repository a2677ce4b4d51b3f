"""How wide a Word table's columns are: by their weights, but with room for every word that stands in them.

Word breaks a word where its column is too narrow, a figure too. Letters are reckoned as wide as in Arial, which stands
in for Calibri where that is not installed, and is wider.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.shared import Length, Pt, Twips

from analytics.documents.paper.shapes import Grid
from analytics.documents.paper.table import PaperHead, PaperTable
from analytics.documents.paper.word_xml import INSET

LETTERS = {
    0.20: "'",
    0.25: "ijl",
    0.30: " !,./:;I[\\]ftí|·",
    0.35: "()-r`{}",
    0.40: '"*°',
    0.50: "Jckszxvyé",
    0.57: "0123456789abdeghnopquLåäö#$?_–",
    0.60: "FTZ+<=>~",
    0.67: "ABEKPSVXY&ÅÄ",
    0.73: "CDHNRUwÜ",
    0.80: "GOQÖ",
    0.85: "Mm",
    0.90: "%",
    0.95: "W",
}
"""Widths in parts of the letters' size, a little more than they are."""
WIDTHS = {letter: width for width, letters in LETTERS.items() for letter in letters}
OTHER = 0.8  # of any other letter
BOLD = 1.08  # of a bold letter beside one that is not
SIZE = Pt(10)  # of a cell's text, at most
EDGES = 2 * Twips(INSET)
END = re.compile(r"[ \n]|(?<=[^\W\d][-/])")
"""Where a text may go on in the next line: an amount's blanks hold it together, and a day is not parted."""


def column_widths(block: PaperTable, width: Length) -> list[int]:
    """By their weights, where every word has room; else the others give what that takes, each by what it has to spare.
    Where that is too much, it is done for the headings and figures alone, or the figures."""
    weights = [column.width for column in block.columns]
    widths = [width * weight // sum(weights) for weight in weights]
    for counts in (_heads_and_cells, _heads_and_figures, _figures):
        least = [max(_widest(counts(block, n, column)), 0 if column.numeric else widths[n] // 2)
                 for n, column in enumerate(block.columns)]  # fmt: skip
        if found := given(widths, least):
            return found
    return widths


def given(widths: Sequence[int], least: Sequence[int]) -> list[int] | None:
    """The widths with none below its least; None where there is not enough to spare."""
    spare = [max(own - need, 0) for own, need in zip(widths, least, strict=True)]
    lacking = sum(max(need - own, 0) for own, need in zip(widths, least, strict=True))
    if sum(spare) < lacking:
        return None
    if not lacking:
        return [*widths]
    return [max(own, need) - lacking * over // sum(spare) for own, need, over in zip(widths, least, spare, strict=True)]


Texts = list[tuple[str, bool]]
"""Texts of a column, and whether each is bold."""


def _figures(block: PaperTable, n: int, column: PaperHead) -> Texts:
    return _cells(block, n) if column.numeric else []


def _heads_and_figures(block: PaperTable, n: int, column: PaperHead) -> Texts:
    return [(column.heading, True), *_figures(block, n, column)]


def _heads_and_cells(block: PaperTable, n: int, column: PaperHead) -> Texts:
    return [(column.heading, True), *_cells(block, n)]


def _cells(block: PaperTable, n: int) -> Texts:
    return [*((row[n], False) for row in block.rows), *([(block.total[n], True)] if block.total else [])]


def grid_widths(block: Grid, width: Length) -> list[int]:
    """A name and its box a column, each with room for its words; the box is wide where it holds a name instead of a
    tick. Where all of it is too much, by halves."""
    widths, least = [], []
    for n in range(block.columns):
        there = block.cells[n :: block.columns]
        named = any(len(mark) > 3 for _, mark in there)
        name = width // block.columns * (55 if named else 85) // 100
        widths += [name, width // block.columns - name]
        least += [_widest([(name, False) for name, _ in there]), _widest([(mark, True) for _, mark in there])]
    return given(widths, least) or widths


def _widest(texts: Texts) -> int:
    """What the longest piece that may not be broken takes, with its cell's edges."""
    pieces = {(piece, bold) for text, bold in texts for piece in END.split(text)}
    return max((_wide(piece, bold) for piece, bold in pieces), default=0) + EDGES


def _wide(piece: str, bold: bool) -> int:
    return round(sum(WIDTHS.get(letter, OTHER) for letter in piece) * SIZE * (BOLD if bold else 1))
