"""Tables as files: no text in a CSV is run as a formula by whatever program opens it, however that parts its lines."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from decimal import Decimal
from zipfile import ZipFile

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from analytics.documents import tables
from analytics.documents.tables import TooManyRows, csv_bytes, new_file, table_bytes, write_table

TEXTS = [
    "=1+1", "a;=cmd|' /C calc'!A0", "a,=1+1", "a\n=1+1", "a\t@SUM(1)", 'a";=1+1', "a; =1+1", "x;+1+cmd|' '!A",
    "x;-2+3|y", "-1+1", "＝1", "a;＝1", "\r=1", "a,-x",
]  # fmt: skip
HARMLESS = [
    "-4",
    "+46 40 34 10 00",
    "a, -4 grader",
    "1;-5",
    "a=b",
    "F-3",
    "a; - b",
    "x@y.se; z@y.se",
    "100,-5,-6",
    "-3,5",
]


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("text", TEXTS)
def test_no_part_of_a_text_begins_like_a_formula(text, excel):
    told = csv_bytes(["n", "text", "after"], [[1, text, "z"]], excel=excel).decode("utf-8-sig")
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(told, newline=""), delimiter=delimiter):
            assert not [cell for cell in row if cell.lstrip(" ").startswith(tuple("=+-@＝")) and len(cell) > 1], (
                delimiter,
                row,
            )


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stand_as_they_are(text):
    (_, row) = csv.reader(io.StringIO(csv_bytes(["t"], [[text]]).decode()))
    assert row == ([text] if not text.startswith("+46") else [f"'{text}"])


def a_table(rows: int) -> pa.Table:
    return pa.table(
        {
            "text": [f"Skola {n}" if n % 3 else None for n in range(rows)],
            "n": range(rows),
            "mean": [n / 7 for n in range(rows)],
            "sum": [Decimal(n).scaleb(-2) for n in range(rows)],
        }
    )


@pytest.mark.parametrize("rows", [0, 1, 9, 10, 11, 25])
def test_what_is_written_in_parts_is_what_is_written_at_once(monkeypatch, rows):
    table = a_table(rows).drop_columns(["sum"])
    at_once = {suffix: table_bytes(table, suffix, {"Version": "1"}) for suffix in (".csv", ".json")}
    assert json.loads(at_once[".json"]) == table.to_pylist()
    monkeypatch.setattr(tables, "AT_ONCE", 10)
    assert {suffix: table_bytes(table, suffix, {"Version": "1"}) for suffix in at_once} == at_once


def test_a_long_workbook_holds_the_same_as_a_short_one(monkeypatch):
    short = table_bytes(a_table(25), ".xlsx", {"Version": "1"})
    monkeypatch.setattr(tables, "AT_ONCE", 10)
    long = table_bytes(a_table(25), ".xlsx", {"Version": "1"})
    books = [CalamineWorkbook.from_filelike(io.BytesIO(data)) for data in (short, long)]
    for name in books[0].sheet_names:
        assert len({str(book.get_sheet_by_name(name).to_python()) for book in books}) == 1
    for data in (short, long):
        sheet = ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
        assert '<autoFilter ref="A1:D26"/>' in sheet and 'state="frozen"' in sheet and "<col min=" in sheet


def test_more_rows_than_a_sheet_has_room_for_are_refused_and_no_file_is_left(monkeypatch, tmp_path):
    monkeypatch.setattr(tables, "MOST_IN_A_SHEET", 24)
    with pytest.raises(TooManyRows), new_file(tmp_path / "t.xlsx") as out:
        write_table(out, a_table(25), ".xlsx", {})
    assert [*tmp_path.iterdir()] == []
    write_table(io.BytesIO(), a_table(24), ".xlsx", {})


def test_memory_does_not_grow_with_the_rows(monkeypatch, tmp_path):
    """What is Python's, beside the table itself; Parquet is written by Arrow."""
    monkeypatch.setattr(tables, "AT_ONCE", 100)
    for suffix in (".csv", ".xlsx", ".json"):
        peaks = []
        for rows in (500, 2_500):
            table = a_table(rows) if suffix != ".json" else a_table(rows).drop_columns(["sum"])
            with (tmp_path / f"t{suffix}").open("wb") as out:
                tracemalloc.start()
                write_table(out, table, suffix, {})
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.stop()
        assert peaks[1] < 2 * peaks[0], (suffix, peaks)
