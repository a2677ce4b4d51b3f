"""Files as people make them beside what a forms tool exports: each is read, or refused once for its cause."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from tests.intake.making import csv_bytes, refusals, rows, save, take

SAID = {"framework": "prov-2020", "year": 2023}


def test_a_day_of_submission_tells_no_answer_from_another(tmp_path):
    """Jotform dates a submission to the day, and numbers it."""
    text = (
        "Submission Date | Skola | A1 | A2 | B1 | Submission ID\n"
        "Nov 03 2025 | alfa | 3 | 2 | 1 | 5000000001\nNov 03 2025 | alfa | 3 | 2 | 1 | 5000000002\n"
    )
    path = save(tmp_path / "jotform.csv", csv_bytes(rows(text)))
    assert take(tmp_path, path, **SAID).answers.num_rows == 6
    path = save(tmp_path / "twice.csv", csv_bytes(rows(text.replace("5000000002", "5000000001"))))
    assert [problem for *_, problem in refusals(take(tmp_path, path, **SAID))] == ["The same answer stands twice."]


def test_headings_that_stand_once_more_in_another_order_are_one_cause(tmp_path):
    """Two schools' exports, pasted below each other, with the questions in another order in the second."""
    text = "Skola | A1 | A2 | B1\nalfa | 3 | 2 | 1\nalfa | 1 | 2 | 3\nSkola | B1 | A2 | A1\nbeta | 1 | 2 | 3\n"
    ((row, column, value, problem),) = refusals(
        take(tmp_path, save(tmp_path / "pasted.csv", csv_bytes(rows(text))), **SAID)
    )
    assert (row, column, value) == (3, None, None) and "in another order" in problem


def test_a_table_that_lies_on_its_side_is_told_as_that(tmp_path):
    text = "Fråga | alfa 1 | alfa 2 | beta 1\nA1 | 3 | 2 | 1\nA2 | 3 | 2 | 1\nB1 | 3 | 2 | 1\n"
    found = refusals(take(tmp_path, save(tmp_path / "side.csv", csv_bytes(rows(text))), **SAID))
    assert len(found) == 1 and "as rows" in found[0][3] and found[0][1] == "Fråga"


@pytest.mark.parametrize("labels", [("Kolumnetiketter", "Radetiketter"), ("Column Labels", "Row Labels")])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_pivot_table_is_told_as_that(tmp_path, labels, ending):
    table = [["Antal av Svar", labels[0]], [labels[1], "Påbörjad", "Trygg", "Totalsumma"], ["alfa", "12", "30", "42"]]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(table):
            sheet.write_row(at, 0, row)
    data = out.getvalue() if ending == "xlsx" else "\n".join(";".join(row) for row in table).encode()
    path = save(tmp_path / f"pivot.{ending}", data)
    ((row, column, _, problem),) = refusals(take(tmp_path, path, **SAID))
    assert (row, column) == (None, None) and problem.startswith("This is a pivot table")
