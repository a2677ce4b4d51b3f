"""How high blocks come to stand on a compact document's page, so that two pages are never three and are well used.

Lines and rows are those of paper/document.typ with its small sizes; a test holds the sums against Typst itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from analytics.documents.paper.shapes import (
    Block,
    Bullets,
    Dots,
    FormFields,
    Heading,
    Paragraph,
    Ruled,
    Signatures,
    Tone,
)
from analytics.documents.paper.table import PaperTable

PAGE, WIDTH = 262.0, 174.0  # mm between the margins
MARGIN = 28.0  # mm of a page that are left alone: the same blocks take up to an eighth more in Word than in Typst
POINT = 0.3528  # mm
WRITING = 7.5  # mm of a line to write on

LETTERS = {
    0.20: "'",
    0.25: ",.:;|· ",
    0.30: "!()I\\ijl{}’‘°",
    0.35: '"-/Jft',
    0.40: "*?[]`rs”“",
    0.45: "cez~éè",
    0.50: "$#0123456789FS_abgoqvxåäöø§",
    0.55: "+<=>LPY^dhknpuyü–×−«»",
    0.60: "BERTÉ",
    0.65: "%CKVZ",
    0.70: "ADGNOQUXÅÄÖÜæØ½",
    0.75: "&Hw—…",
    0.80: "m",
    0.85: "M",
    0.95: "W",
}
"""Widths of Libertinus Serif's letters in parts of its size, a little more than they are."""
WIDTHS = {letter: width for width, letters in LETTERS.items() for letter in letters}
OTHER = 1.0  # of any other letter


class Size(NamedTuple):
    """A text's size and its line, in mm from one line to the next and from a line's top to its foot."""

    size: float
    line: float
    letter: float


def _size(points: float, leading: float) -> Size:
    """`leading` in parts of the size."""
    return Size(points * POINT, points * (0.66 + leading) * POINT, points * 0.66 * POINT)


TEXT, SMALL, CELL = _size(9.5, 0.62), _size(8.5, 0.62), _size(9, 0.5)
BETWEEN = 2.7  # mm between two paragraphs, tables, lists
HEADING, ABOVE_HEADING, BELOW_HEADING = 2.9, 5.4, 2.8
BELOW_NOTE = 3.0
ROW, IN_CELL = 2.2, 2.9  # mm above and below a row's text together; beside a cell's
ITEM, BULLET = 2.2, 6.0  # mm between points; beside their text
DOT_ROW, DOT_LINE, DOT_FRAME, DOT_NAME = 4.9, 4.1, 15.5, 0.42  # the name's part of the width
LABEL, SIGNING = 2.2, 14.2


def height(blocks: Iterable[Block]) -> float:
    """Millimetres from the first block's top to the last one's foot."""
    total, below = 0.0, None
    for block in blocks:
        over, own, under = _measures(block)
        total += own + (0.0 if below is None else max(below, over))
        below = under
    return total


def _measures(block: Block) -> tuple[float, float, float]:
    """Room above, height, room below; of two blocks' rooms the larger one stands between them."""
    match block:
        case Heading():
            return ABOVE_HEADING, HEADING, BELOW_HEADING
        case Paragraph() if block.tone is Tone.NOTE:
            return BETWEEN, _text(block.text, WIDTH, SMALL), BELOW_NOTE
        case Paragraph():
            return BETWEEN, _text(block.text, WIDTH, TEXT), BETWEEN
        case Bullets():
            texts = sum(_text(item, WIDTH - BULLET, TEXT) for item in block.items)
            return BETWEEN, texts + ITEM * (len(block.items) - 1), BETWEEN
        case PaperTable():
            return BETWEEN, _table(block), BETWEEN
        case Dots():
            return BETWEEN + 1, _dots(block), BETWEEN
        case Ruled():
            return BETWEEN, LABEL + block.lines * WRITING, BETWEEN
        case Signatures():
            return BETWEEN, SIGNING, BETWEEN
        case FormFields():
            return BETWEEN, 9.5 * len(block.rows), BETWEEN
    raise TypeError(block)


def _table(block: PaperTable) -> float:
    whole = sum(column.width for column in block.columns)
    rooms = [WIDTH * column.width / whole - IN_CELL for column in block.columns]
    rows = [tuple(column.heading for column in block.columns), *block.rows, *([block.total] if block.total else [])]
    return sum(max(_text(cell, room, CELL) for cell, room in zip(row, rooms, strict=True)) + ROW for row in rows)


def _dots(block: Dots) -> float:
    rows = (DOT_ROW + DOT_LINE * (lines_of(line.label, DOT_NAME * WIDTH, CELL.size) - 1) for line in block.lines)
    key = lines_of("".join((block.value_name, block.city_name, block.similar_name)), WIDTH - 35, CELL.size)
    note = _text(block.note, WIDTH, SMALL) + BELOW_NOTE if block.note else 0.0
    return sum(rows) + DOT_FRAME + DOT_LINE * (key - 1) + note


def _text(text: str, width: float, size: Size) -> float:
    return size.letter + (lines_of(text, width, size.size) - 1) * size.line


def lines_of(text: str, width: float, size: float) -> int:
    """Lines that the text takes, at least one: a word is broken only where it is wider than a line."""
    space, lines, used = WIDTHS[" "] * size, 1, 0.0
    for word in text.split():
        wide = sum(WIDTHS.get(letter, OTHER) for letter in word) * size
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        if wide > width:
            lines += math.ceil(wide / width) - 1
            wide %= width
        used += wide + (space if used else 0.0)
    return lines
