"""The copy in which wrong cells are marked: it is read again as it was, and runs nothing."""

from __future__ import annotations

import io
import zipfile

from analytics.documents.marked_copy import CellMark, marked_copy
from analytics.intake.raw import LeftFile
from analytics.intake.readers import read_sheet
from analytics.words.language import words


def test_every_row_stands_where_it_stood_and_texts_stay_texts():
    marks = [CellMark(3, "A1", "7", "Off the scale.", "Mend it."), CellMark(None, "Skola", "", "Twice.", "Keep one.")]
    headings, columns = ("Skola", "A1"), (["Ek", "=1+1"], ["3", "7"])
    data = marked_copy(headings, columns, [1, 3], marks, ("Row", "Column", "Value", "Wrong", "Do"), "To correct")
    read = read_sheet(LeftFile("copy.xlsx", data), words("en"), "Data")
    assert read.headings == headings and read.rows.tolist() == [1, 3]
    assert read.column("A1").to_pylist() == ["3", "7"]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = b"".join(book.read(name) for name in book.namelist() if "worksheets/sheet" in name)
        notes = b"".join(book.read(name) for name in book.namelist() if "comments" in name)
    assert b"<f>" not in sheets, "no formula"
    assert b"Off the scale. Mend it." in notes and b"Twice." in notes
    assert b'<row r="4"' in sheets, "the blank line is there"
