"""An answer that two exports hold is found by what is never stored of it; two people are never taken for one."""

from __future__ import annotations

import pytest

from tests.intake.making import csv_bytes, rows, save, take

TWICE = "The same answer stands twice."


def twice(folder, *texts: str) -> list[tuple[str, int | None]]:
    files = [save(folder / f"{i}.csv", csv_bytes(rows(text))) for i, text in enumerate(texts)]
    problems = take(folder, *files, framework="prov-2020", year=2023).problems
    assert {p.problem for p in problems} <= {TWICE}
    return [(p.file[-5], p.row) for p in problems]


FORMS = "Id | Starttid | Slutförandetid | E-post | Skola | A1 | A2 | B1"
GOOGLE = "Tidstämpel | Skola | A1 | A2 | B1"
MONKEY = "Respondent ID | Collector ID | Skola | A1 | A2 | B1"


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (  # Microsoft Forms, exported again when one more had answered, and put in another order
            f"{FORMS}\n1 | 2023-01-15 08:00:01 | 2023-01-15 08:04:09 | anonymous | alfa | 3 | 3 | 3\n"
            "2 | 2023-01-15 08:00:05 | 2023-01-15 08:04:11 | anonymous | alfa | 3 | 3 | 3",
            f"{FORMS}\n3 | 2023-01-15 08:09:00 | 2023-01-15 08:11:00 | anonymous | alfa | 3 | 3 | 3\n"
            "2 | 2023-01-15 08:00:05 | 2023-01-15 08:04:11 | anonymous | alfa | 3 | 3 | 3",
            [("1", 2)],
        ),
        (  # as a workbook and as CSV, with days in another order, and a fraction of a second
            f"{GOOGLE}\n2023-01-15T08:00:00.997000 | alfa | 3 | 2 | 1",
            f"{GOOGLE}\n15/01/2023 8:00:01 | alfa | 3 - Trygg | Aktiverad | 1",
            [("1", 1)],
        ),
        (  # an answer that was changed in between
            f"{MONKEY}\n11427659021 | 1 | alfa | 3 | 2 | 1",
            f"{MONKEY}\n11427659021 | 1 | Alfaskolan | 4 | 2 | 1",
            [("1", 1)],
        ),
    ],
)
def test_what_two_exports_share(tmp_path, first, second, found):
    assert twice(tmp_path, first, second) == found
    assert twice(tmp_path, first) == twice(tmp_path, second) == []


def test_what_one_export_holds_twice(tmp_path):
    row = "1 | 2023-01-15 08:00:01 | 2023-01-15 08:04:09 | a@b.se | alfa | 3 | 3 | 3"
    assert twice(tmp_path, f"{FORMS}\n{row}\n{row.replace('3 | 3 | 3', '3 | 3 | 4')}") == [("0", 2)]


@pytest.mark.parametrize(
    "text",
    [
        f"{GOOGLE}\n2023-01-15 08:00:01 | alfa | 3 | 2 | 1\n2023-01-15 08:00:01 | alfa | 3 | 2 | 2",
        f"{GOOGLE}\n2023-01-15 08:00 | alfa | 3 | 2 | 1\n2023-01-15 08:00 | alfa | 3 | 2 | 1",
        "E-post | Skola | A1\nanonymous | alfa | 3\nanonymous | alfa | 3",
        "E-post | Skola | A1\nsal3@skola.se | alfa | 3\nsal3@skola.se | alfa | 3",  # an address that several share
        "Id | Skola | A1\n1 | alfa | 3\n1 | alfa | 3",
        f"{FORMS}\n1 | 2023-01-15 08:00:01 | 2023-01-15 08:04:09 | x | alfa | 3 | 3 | 3\n"
        "1 | 2023-01-15 08:00:01 | 2023-01-15 08:04:09 | x | beta | 3 | 3 | 3",  # another school
        "Skola | A1\nalfa | 3\nalfa | 3",
    ],
)
def test_two_people_stay_two(tmp_path, text):
    assert twice(tmp_path, text) == []
    other = text.replace("alfa", "beta") if "beta" not in text else "Skola | A1\nalfa | 1"
    assert twice(tmp_path, text, other) == []


def test_nothing_of_it_is_kept(tmp_path):
    file = save(tmp_path / "f.csv", csv_bytes(rows(f"{GOOGLE}\n2023-01-15 08:00:01 | alfa | 3 | 2 | 1")))
    answers = take(tmp_path, file, framework="prov-2020", year=2023).answers
    assert set(answers["respondent"].to_pylist()) == {0}
