"""Tables as files: no text in a CSV is run as a formula by whatever program opens it, however that parts its lines."""

from __future__ import annotations

import csv
import io

import pytest

from analytics.documents.tables import csv_bytes

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
