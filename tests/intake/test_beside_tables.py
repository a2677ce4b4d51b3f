"""What stands beside a table's rows, days that only their column tells, lists of schools as they are, lists in JSON."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.intake.files import Intake
from tests.intake.making import csv_bytes, refusals, rows, save, take, take_table

PROJECT = "projekt_id | titel | program | projektstart | projektslut"


def levels(intake: Intake) -> list[tuple]:
    assert intake.problems == []
    return list(zip(*(intake.answers[name].to_pylist() for name in ("school_id", "level", "row")), strict=True))


@pytest.mark.parametrize(
    "below",
    [
        "Summa | 7 | 2",
        "Medelvärde | 3,5 | 2",
        "Antal svar: | 2 |",
        *("Totalsumma | 7 | 2", "Summa totalt | 7 | 2", "Slutsumma: | 7 | 2", "Medelvärde alla skolor | 3,5 | 2"),
        *("Totalt antal svar | 2 |", "Antal svarande | 2 |", "Snitt 2023 | 3,5 | 2", "Medelv. | 3,5 | 2"),
        *("Medelvärde (exkl. vet ej) | 3,5 | 2", "Σ | 7 | 2", "Std.av. | 0,7 |", "Svarsfrekvens: | 80 % |"),
        *("Hela kommunen | 3,5 | 2", "Samtliga skolor | 3,5 | 2", "Overall | 3.5 | 2", "Averages | 3.5 | 2"),
        "Källa: egen enkät | |",
        "* Avser hela läsåret i år | |",
    ],
)
def test_sums_and_notes_below_a_table_are_left_out_and_told(tmp_path, below):
    text = f"Skola | A1 | Anm\nalfa | 3 |\nbeta | 4 | x\n{below}"
    intake = take_table(tmp_path, text, framework="prov-2020", year=2023)
    assert levels(intake) == [("alfa", 3, 1), ("beta", 4, 2)]
    assert f"Left out below the table: “{below.split(' | ')[0]}”." in intake.reports[0].notes


@pytest.mark.parametrize(
    "row",
    [
        "Omegaskolan | 3 |",
        "Summa | |",
        "Omegaskolan | |",
        "Strandens skola | |",
        "Summaskolan | 3 |",
        "Medelby | 3 | 4",
    ],
)
def test_a_row_at_the_end_is_not_left_out_for_little(tmp_path, row):
    text = f"Skola | A1 | Anm\nalfa | 3 |\n{row}"
    intake = take_table(tmp_path, text, framework="prov-2020", year=2023)
    if row.startswith("Strand"):
        assert levels(intake) == [("alfa", 3, 1), ("strand", None, 2)]
    else:
        assert [(row, problem) for row, _, _, problem in refusals(intake)] == [(2, "The school is not known.")]


def test_what_several_rows_begin_with_is_no_sum(tmp_path):
    """Else the rows of a framework or a school that is called so would go, each as a sum."""
    text = "Skola | A1 | A2\nalfa | 3 | 2\nMedian | 1 | 2\nMedian | 2 | 2"
    intake = take_table(tmp_path, text, framework="prov-2020", year=2023)
    assert [(row, problem) for row, _, _, problem in refusals(intake)] == [
        (2, "The school is not known."), (3, "The school is not known."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["01/09/2018", "25/09/2018"], [date(2018, 9, 1), date(2018, 9, 25)]),
        (["01/09/2018", "09/25/2018"], [date(2018, 1, 9), date(2018, 9, 25)]),
        (["43344", "2018-09-25"], [date(2018, 9, 1), date(2018, 9, 25)]),
        (["2018-09-01 13:30:00", "2018-09-25T08:00"], [date(2018, 9, 1), date(2018, 9, 25)]),
    ],
)
def test_a_column_of_days_tells_what_its_days_are(tmp_path, cells, days):
    text = "\n".join([PROJECT, *(f"p{i} | T | E | {cell} | 2020-08-31 00:00:00" for i, cell in enumerate(cells))])
    intake = take_table(tmp_path, text)
    assert intake.problems == []
    assert [one.row.start for one in intake.funding] == days
    assert len(intake.reports[0].notes) == (cells[0] == "43344")


@pytest.mark.parametrize("cells", [["01/09/2018", "02/09/2018"], ["01/09/2018", "25/09/2018", "09/25/2018"]])
def test_a_column_that_leaves_a_doubt_is_refused(tmp_path, cells):
    text = "\n".join([PROJECT, *(f"p{i} | T | E | {cell} | 2020-08-31" for i, cell in enumerate(cells))])
    problems = refusals(take_table(tmp_path, text))
    assert {problem for *_, problem in problems} == {"This day can be read in two ways."}
    assert (1, "projektstart", "01/09/2018") in {problem[:3] for problem in problems}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", "Skola\nNyskolan\nAlfaskolan\n"),
        ("a.csv", "Skola;Skolenhetskod\nNyskolan;62677188\nAlfaskolan;10000001\n"),
        ("a.csv", "SKOLENHETSKOD;SKOLENHETENS NAMN;POSTORT\n62677188;Nyskolan;Hjo\n10000001;Alfaskolan;Hjo\n"),
        ("a.csv", "kod,namn,status,start,slut\n62677188,Nyskolan,AKTIV,2020-07-01,\n10000001,Alfaskolan,AKTIV,,\n"),
        ("a.json", '[{"kod": "62677188", "namn": "Nyskolan"}, {"kod": "10000001", "namn": "Alfaskolan"}]'),
    ],
)
def test_a_list_of_schools_as_it_is(tmp_path, name, data):
    intake = take(tmp_path, save(tmp_path / name, data))
    assert intake.problems == []
    assert [(row.school.id, row.school.name) for row in intake.schools] == [
        ("nyskolan", "Nyskolan"),
        ("alfa", "Alfaskolan"),
    ]
    code = intake.schools[0].school.school_unit_code
    assert code == (None if data.startswith("Skola\n") else "62677188")


@pytest.mark.parametrize("data", ["{}", '{"a": 1}', "[1, 2]", '{"a": [{"b": {}}]}', '{"a": "b"'])
def test_json_that_is_no_list_is_told_as_what_it_is(tmp_path, data):
    (problem,) = take(tmp_path, save(tmp_path / "a.json", data)).problems
    assert problem.problem == "This is JSON, and no list of things that can be read as rows."


def test_our_own_apostrophe_before_a_formula_is_taken_away_again(tmp_path):
    file = save(tmp_path / "s.csv", csv_bytes(rows("skol_id | namn\n'=1+1 | '=HYPERLINK(x)\n'åsa | O'Hara")))
    schools = take(tmp_path, file).schools
    assert [(row.school.id, row.school.name) for row in schools] == [("=1+1", "=HYPERLINK(x)"), ("'åsa", "O'Hara")]


@pytest.mark.parametrize(
    "text",
    [
        "alfa | 3 | 2\nbeta | 4 | 1\nSumma | 7 | 3\nstrand | 1 | 1",
        "alfa | 3 | 2\nbeta | 4 | 1\nMedel: | 3,5 | 1,5\nstrand | 1 | 1",
        "alfa | 3 |\nbeta | 4 | 1\nSumma | 7 |\nalfa | 1 |\nbeta | 1 |\nSUMMA | 2 |\nstrand | 1 | 1",
        "alfa | 3 |\nbeta | 4 |\nSumma | 7 |\nbeta | 1 |\nbeta | 1 |\nTotalt | 9 |\nstrand | 1 | 1",
    ],
)
def test_sums_within_a_table_are_left_out_and_told(tmp_path, text):
    intake = take_table(tmp_path, f"Skola | A1 | A2\n{text}", framework="prov-2020", year=2023)
    assert intake.problems == [] and set(intake.answers["school_id"].to_pylist()) == {"alfa", "beta", "strand"}
    (note,) = [note for note in intake.reports[0].notes if "within the table" in note]
    assert "3 “Summa”" in note or "3 “Medel:”" in note


@pytest.mark.parametrize(
    "row",
    [
        "Summa | 8 | 3",
        "Summa | 7 | 1",
        "Summa | 7 | x",
        "Summa | |",
        "Max | 4 | 2",
        "Summaskolan | 7 | 3",
        "Medel | 4 | 1",
    ],
)
def test_what_is_no_sum_of_the_rows_above_is_a_row(tmp_path, row):
    text = f"Skola | A1 | A2\nalfa | 3 | 2\nbeta | 4 | 1\n{row}\nstrand | 1 | 1"
    intake = take_table(tmp_path, text, framework="prov-2020", year=2023)
    assert (3, "The school is not known.") in {(row, problem) for row, _, _, problem in refusals(intake)}


def test_a_project_that_is_called_so_keeps_its_payments(tmp_path):
    head = "projekt_id | redovisningsår | enhet | belopp_sek"
    text = f"{head}\nA | 2018 | x | 100\nA | 2018 | x | 200\nTotal | 2018 | | 300\nB | 2019 | x | 5"
    assert {problem[0] for problem in refusals(take_table(tmp_path, text))} >= {3}
