"""How high blocks come to stand on the page of a compact document, so that two pages are never three.

An estimate from above of what paper/document.typ does: lines are taken to hold somewhat fewer characters than they do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from analytics.documents.paper.shapes import (
    Beside,
    Block,
    Bullets,
    Dots,
    Fields,
    Heading,
    Paragraph,
    Ruled,
    Signatures,
    Table,
    Tone,
)

PAGE = 255.0  # mm of 262 between the margins
WIDTH = 174.0  # mm
LINE, SMALL_LINE, CELL_LINE = 4.3, 3.9, 3.75  # mm from line to line
LETTER, SMALL_LETTER, CELL_LETTER = 1.50, 1.34, 1.46  # mm that a letter takes, more than most texts do
GAP = 2.7  # mm between paragraphs
WRITING, SIGNING = 7.5, 17.0  # mm of a line to write on, and of one to sign on with its label
HEADING, SECOND_HEADING = 11.0, 9.5
CELL_PAD, ROW_PAD = 2.9, 2.3  # mm beside and between the texts of a table
DOT_ROW, DOT_FRAME = 5.2, 21.0
WIDE = "mw@%&"


def height(blocks: Iterable[Block], width: float = WIDTH) -> float:
    """Millimetres, from above."""
    return sum(_height(block, width) for block in blocks)


def _height(block: Block, width: float) -> float:
    match block:
        case Heading():
            return HEADING if block.level == 1 else SECOND_HEADING
        case Paragraph():
            if block.tone is Tone.NOTE:
                return lines_of(block.text, width, SMALL_LETTER) * SMALL_LINE + GAP
            return lines_of(block.text, width, LETTER) * LINE + GAP
        case Bullets():
            return sum(lines_of(item, width - 6, LETTER) * LINE + 1.6 for item in block.items) + GAP
        case Table():
            return _table(block, width)
        case Dots():
            rows = sum(DOT_ROW * max(1, lines_of(line.label, 0.38 * width, CELL_LETTER)) for line in block.lines)
            note = lines_of(block.note, width, SMALL_LETTER) * SMALL_LINE + GAP if block.note else 0
            return rows + DOT_FRAME + note
        case Ruled():
            return SMALL_LINE + block.lines * WRITING + GAP
        case Signatures():
            return SIGNING
        case Fields():
            return sum(_fields_row(row, width) for row in block.rows)
        case Beside():
            left = width * block.share / 12
            return max(height(block.left, left - 4), height(block.right, width - left - 4)) + 4
    raise TypeError(block)


def _fields_row(row: tuple, width: float) -> float:
    whole = sum(field.width for field in row)
    lines = [
        sum(lines_of(line, width * field.width / whole - 4, 1.25 * LETTER) for line in field.lines) for field in row
    ]
    return max(lines) * 1.25 * LINE + 9


def _table(block: Table, width: float) -> float:
    whole = sum(column.width for column in block.columns)
    widths = [width * column.width / whole - CELL_PAD for column in block.columns]
    rows = [tuple(column.heading for column in block.columns), *block.rows, *([block.total] if block.total else [])]
    lines = [max(lines_of(cell, room, CELL_LETTER) for cell, room in zip(row, widths, strict=True)) for row in rows]
    return sum(count * CELL_LINE + ROW_PAD for count in lines) + 2 * GAP + (2 * LINE if block.caption else 0)


def lines_of(text: str, width: float, letter: float) -> int:
    """Lines that the text takes, at least one: words are not broken unless they are wider than the line."""
    room, lines, used = max(1.0, width / letter), 1, 0.0
    for word in text.split():
        wide = _width(word)
        if used and used + 1 + wide > room:
            lines, used = lines + 1, 0.0
        if wide > room:
            lines += math.ceil(wide / room) - 1
            wide = wide % room
        used += wide + (1 if used else 0)
    return lines


def _width(word: str) -> float:
    """The word in letters; capitals are wider, and what is no Latin letter may be wider still."""
    return sum(map(_letter, word))


def _letter(character: str) -> float:
    if character > "\u02ff" and not "\u2010" <= character <= "\u2030":
        return 2.0
    return 1.45 if character.isupper() or character in WIDE else 1.0
