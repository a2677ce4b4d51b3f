"""What is refused, each with its row (1 is the first line under the headings), its column and its value."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
import xlsxwriter

from analytics.model.errors import Problem
from tests.intake.making import csv_bytes, ods_bytes, refusals, rows, save, take, take_table, xlsx_bytes

ANSWER = "framework | year | school | respondent | criterion | level"
COUNT = "framework | year | school | criterion | level_1 | level_2 | level_3 | level_4 | dont_know"
INVITED = "framework | year | school | invited | responded"
SCHOOL = "school_id | name | school_unit_code | pupils | valid_from | valid_to | shares_practice"

NO_WORKBOOK = "The workbook cannot be opened: it is damaged, protected by a password, or something else."
A_PAGE = "The file is called a workbook, and is a web page or XML."
NO_PARQUET = "The Parquet file cannot be read: it is damaged, or has columns that are no texts or numbers."


def test_every_mistake_in_a_file_of_answers(tmp_path):
    text = f"""
    {ANSWER}
    prov-2020 | 2021 | alfa  | p1 | A1 | 3
    prov-2020 | 2021 | alfa  | p2 | A1 | 5
    prov-2020 | 2021 | alfa  | p3 | C9 | 3
    prov-2999 | 2021 | alfa  | p4 | A1 | 3
    prov-2020 | 2019 | alfa  | p5 | A1 | 3
    prov-2020 | 2021 | gamma | p6 | A1 | 3
    prov-2020 | 2021 | alfa  |    | A1 | 3
              |      |       | p7 |    |
    """
    assert refusals(take_table(tmp_path, text)) == [
        (2, "level", "5", "The level is not on the scale."),
        (3, "criterion", "C9", "The criterion is not known in prov-2020."),
        (4, "framework", "prov-2999", "The framework is not known."),
        (5, "year", "2019", "The year is outside the framework's valid years."),
        (6, "school", "gamma", "The school is not known."),
        (7, "respondent", "", "The respondent is missing."),
        (8, "framework", "", "The framework is missing."),
        (8, "school", "", "The school is missing."),
    ]


def test_every_mistake_in_a_file_of_counts(tmp_path):
    text = f"""
    {COUNT}
    prov-2020 | 2021 | alfa | A1 | 1   | 2   | 3     | 4 | 5
    prov-2020 | 2021 | alfa | A2 | -1  | 2.5 |       | x | 1,000
    prov-2020 | 2021 | alfa | A1 | 0   | 0   | 0     | 0 | 0
    """
    assert refusals(take_table(tmp_path, text)) == [
        (2, "level_1", "-1", "This is not a count."),
        (2, "level_2", "2.5", "This is not a count."),
        (2, "level_3", "", "The count is missing."),
        (2, "level_4", "x", "This is not a count."),
        (2, "dont_know", "1,000", "This count can be read in two ways."),
    ]
    twice = f"{COUNT}\n" + 3 * "prov-2020 | 2021 | alfa | A1 | 0 | 0 | 0 | 0 | 0\n"
    assert refusals(take_table(tmp_path, twice)) == [
        (2, "criterion", "A1", "An earlier row is about the same thing."),
        (3, "criterion", "A1", "An earlier row is about the same thing."),
    ]


def test_levels_that_the_framework_has_not(tmp_path):
    text = (
        "framework | year | school | criterion | level_1 | level_2 | level_3\nprov-2020 | 2021 | alfa | A1 | 1 | 1 | 1"
    )
    assert refusals(take_table(tmp_path, text)) == [
        (None, "level_4", None, "The heading level_4 is missing: the scale of prov-2020 has it.")
    ]
    text = f"{COUNT.replace('dont_know', 'level_5')}\nprov-2020 | 2021 | alfa | A1 | 1 | 1 | 1 | 1 | 7"
    assert refusals(take_table(tmp_path, text)) == [(1, "level_5", "7", "The level is not on the scale.")]


def test_every_mistake_in_a_file_of_participation(tmp_path):
    text = f"""
    {INVITED}
    prov-2020 | 2021 | alfa   | 30  | 31
    prov-2020 | 2021 | beta   | 30  | 30
    prov-2020 | 2022 | beta   | 0   |
    prov-2020 | 2021 | strand | 12  | 3,0
    """
    assert refusals(take_table(tmp_path, text)) == [(1, "responded", "31", "More responded than were invited.")]
    text = f"""
    {INVITED}
    prov-2020 | 2021 | alfa   |     | 31
    prov-2020 | 2021 | beta   | -3  | 1.5
    prov-2020 | 2022 | beta   | ca 40 | 11
    """
    assert refusals(take_table(tmp_path, text)) == [
        (1, "invited", "", "The number of invited is missing."),
        (2, "invited", "-3", "This is not a count."),
        (2, "responded", "1.5", "This is not a count."),
        (3, "invited", "ca 40", "This is not a count."),
    ]
    text = f"{INVITED}\nprov-2020 | 2021 | alfa | 3 | 1\nprov-2020 | 2021 | Alfaskolan | 3 | 1"
    assert refusals(take_table(tmp_path, text)) == [(2, "school", "alfa", "An earlier row is about the same thing.")]


def test_every_mistake_in_a_file_of_schools(tmp_path):
    text = f"""
    {SCHOOL}
    ett     | Ettan   | 01234567  | 100 | 2020       | 2019-12-31 | ja
    två     | Tvåan   | 1234567   | -1  | 2020       |            | nej
    tre fyr |         | 123456789 | 1.5 | 5/8 2020   | 2020-02-30 | kanske
    ett     | Ettan   | 1234 5678 |     |            |            |
    fem     | Femman  | 12345678  |     |            |            |
    sex     | Sexan   | 10000001  |     |            |            |
    """
    assert refusals(take_table(tmp_path, text)) == [
        (1, "school_unit_code", "01234567", "This is not a school unit code."),
        (2, "school_unit_code", "1234567", "This is not a school unit code."),
        (2, "pupils", "-1", "This is not a count."),
        (3, "school_id", "tre fyr", "This is not a school id."),
        (3, "name", "", "The name is missing."),
        (3, "school_unit_code", "123456789", "This is not a school unit code."),
        (3, "pupils", "1.5", "This is not a count."),
        (3, "valid_from", "5/8 2020", "This day can be read in two ways."),
        (3, "valid_to", "2020-02-30", "There is no such day."),
        (3, "shares_practice", "kanske", "This is neither yes nor no."),
        (5, "school_unit_code", "12345678", "Two schools have the code."),
        (6, "school_unit_code", "10000001", "Two schools have the code."),
    ]


def test_a_school_twice_and_one_that_closes_before_it_opens(tmp_path):
    text = f"{SCHOOL}\nett | Ettan | | | 2020 | 2019-12-31 |\nett | Ettan | | | | |"
    assert refusals(take_table(tmp_path, text)) == [
        (1, "valid_to", "2019-12-31", "The school closes before it opens."),
        (2, "school_id", "ett", "The school id stands twice."),
    ]


def test_a_school_in_two_files_of_one_call(tmp_path):
    files = [save(tmp_path / name, "school_id,name\nett,Ettan\n") for name in ("a.csv", "b.csv")]
    (problem,) = take(tmp_path, *files).problems
    assert (problem.file, problem.row, problem.column) == (str(files[1]), 1, "school_id")
    assert problem.hint == f"See row 1 in {files[0]}; keep one of them."


def test_codes_may_change_places(tmp_path):
    text = "school_id | name | school_unit_code\nalfa | Alfaskolan | 10000002\nbeta | Betaskolan | 10000001"
    assert refusals(take_table(tmp_path, text)) == []


@pytest.mark.parametrize("files", [1, 2])
def test_a_respondent_answers_a_criterion_once(tmp_path, files):
    first = f"{ANSWER}\nprov-2020 | 2021 | alfa | p1 | A1 | 3\nprov-2020 | 2021 | beta | p1 | A1 | 3"
    again = "\nprov-2020 | 2021 | alfa | p1 | A2 | 3\nprov-2020 | 2021 | 10000001 | p1 | a1 | 2"
    texts = [first + again] if files == 1 else [first, ANSWER + again]
    paths = [save(tmp_path / f"{i}.csv", csv_bytes(rows(text))) for i, text in enumerate(texts)]
    assert take(tmp_path, *paths).problems == [
        Problem(
            str(paths[-1]),
            4 if files == 1 else 2,
            "respondent",
            "p1",
            "The respondent has answered A1 already.",
            f"See row 1 in {paths[0]}; keep one of them.",
        )
    ]


@pytest.mark.parametrize("kind", ["counts", "participation"])
def test_two_files_of_one_call_tell_the_same(tmp_path, kind):
    text = {
        "counts": f"{COUNT}\nprov-2020 | 2021 | alfa | A1 | 1 | 1 | 1 | 1 | 1",
        "participation": f"{INVITED}\nprov-2020 | 2021 | alfa | 9 | 8",
    }[kind]
    paths = [save(tmp_path / f"{i}.csv", csv_bytes(rows(text))) for i in range(2)]
    (problem,) = take(tmp_path, *paths).problems
    assert (problem.file, problem.row, problem.problem) == (str(paths[1]), 1, "An earlier row is about the same thing.")
    assert problem.hint == f"See row 1 in {paths[0]}; keep one of them."


@pytest.mark.parametrize(
    ("headings", "problems"),
    [
        (ANSWER.replace("level", "LEVEL"), []),
        (
            ANSWER.replace("criterion", "Level"),
            [
                ("criterion", "The heading criterion is missing (the file was read as answers)."),
                ("level", "Two columns have the same heading."),
            ],
        ),
        (
            ANSWER.replace("criterion", ""),
            [("criterion", "The heading criterion is missing (the file was read as answers).")],
        ),
        (
            ANSWER.replace("respondent", "nivå"),
            [
                ("respondent", "The heading respondent is missing (the file was read as answers)."),
                ("nivå", "level and nivå are both the column level."),
            ],
        ),
        (
            ANSWER.replace("level", "grade"),
            [("level", "The heading level is missing (the file was read as answers).")],
        ),
        ("a | b | c | d | e | f", [(None, "The headings do not tell what the file holds.")]),
    ],
)
def test_headings(tmp_path, headings, problems):
    intake = take_table(tmp_path, f"{headings}\nprov-2020 | 2021 | alfa | p | A1 | 3")
    assert [(p.column, p.problem) for p in intake.problems] == problems


def test_headings_that_nothing_uses_are_reported(tmp_path):
    text = f"{ANSWER} | Namn | Anteckning\nprov-2020 | 2021 | alfa | p1 | A1 | 3 | Eva Ek | ok"
    (report,) = take_table(tmp_path, text).reports
    assert report.dropped == (
        ("Namn", "holds names, addresses, personal numbers or times; never stored"),
        ("Anteckning", "is no column of the kind; not stored"),
    )


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.xlsx", b"", "The file is empty."),
        ("a.parquet", b"", "The file is empty."),
        ("a.csv", ANSWER.replace(" | ", ",").encode(), "The file holds headings alone."),
        ("a.csv", ANSWER.replace(" | ", ",").encode() + b"\n,,,,,\n\n", "The file holds headings alone."),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is not a table: the file is neither text nor a spreadsheet."),
        ("a.xlsx", b"\x01\x02 school_id,name\0\nx,y\n", NO_WORKBOOK),
        ("a.xls", b"<html><body><table><tr><td>school_id</td></tr></table></body></html>", A_PAGE),
        ("a.xls", '\ufeff\r\n<?xml version="1.0"?><Workbook/>'.encode(), A_PAGE),
        ("a.ods", b"PK\x03\x04 no archive", NO_WORKBOOK),
        ("a.xls", b"\xd0\xcf\x11\xe0 a workbook with a password", NO_WORKBOOK),
        ("a.parquet", b"PAR1 no parquet PAR1", NO_PARQUET),
    ],
)
def test_files_that_are_no_tables(tmp_path, name, data, problem):
    assert refusals(take(tmp_path, save(tmp_path / name, data))) == [(None, None, None, problem)]


def test_every_problem_of_every_file_at_once_in_the_order_of_the_call(tmp_path):
    files = [
        save(tmp_path / "picture.csv", b"\x89PNG\r\n\x1a\n\0\0"),
        save(tmp_path / "answers.csv", csv_bytes(rows(f"{ANSWER}\nprov-2020 | 2021 | alfa | p | A1 | 9"))),
        save(tmp_path / "broken.toml", "id = \n"),
        save(tmp_path / "headings.csv", "a,b\n1,2\n"),
        save(tmp_path / "short.csv", "a,b\n1\n1,2\n3\n"),
        save(tmp_path / "schools.csv", "school_id,name\nett,\n"),
    ]
    problems = take(tmp_path, *files).problems
    assert [(p.file, p.row) for p in problems] == [
        (str(files[0]), None),
        (str(files[1]), 1),
        (str(files[2]), None),
        (str(files[3]), None),
        (str(files[4]), 1),
        (str(files[4]), 3),
        (str(files[5]), 1),
    ]


def test_a_long_cell_is_shown_in_part(tmp_path):
    (problem,) = take_table(tmp_path, f"{ANSWER}\nprov-2020 | 2021 | alfa | p | A1 | {'x' * 200_000}").problems
    assert problem.value == "x" * 199 + "…"


ROWS = 40_000


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("levels", lambda i: f"prov-2020,2021,alfa,p{i},A1,x{i}"),
        ("criteria", lambda i: f"prov-2020,2021,alfa,p{i},x{i},3"),
        ("schools", lambda i: f"prov-2020,2021,Skola {i},p{i},A1,3"),
        ("respondents", lambda i: "prov-2020,2021,alfa,p,A1,3"),
        ("cells", lambda i: f"prov-2020,2021,alfa,p{i}"),
    ],
)
def test_very_many_mistakes_are_told_in_seconds(tmp_path, name, row):
    """What takes a time that grows with the square of the rows takes minutes here."""
    file = save(tmp_path / "a.csv", ANSWER.replace(" | ", ",") + "\n" + "\n".join(map(row, range(ROWS))))
    start = time.process_time()
    problems = take(tmp_path, file).problems
    assert len(problems) in (ROWS, ROWS - 1)
    assert time.process_time() - start < 20
    assert problems[-1].row == ROWS


def test_a_stray_cell_far_from_the_table(tmp_path):
    """Room for every cell up to XFD100000 would be 50 GB; a table of 40 columns is nothing."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["school_id", "name", *(f"c{i}" for i in range(38))])
        sheet.write_row(1, 0, ["ett", "Ettan"])
        sheet.write(99_999, 16_383, "lost")
    (problem,) = take(tmp_path, save(tmp_path / "a.xlsx", out.getvalue())).problems
    assert problem.problem == "The workbook is too large, or has a stray cell far from the table."


def test_a_cell_beside_the_headings(tmp_path):
    text = "school_id | name |\nett | Ettan |\ntvå | Tvåan | och mer"
    assert refusals(take(tmp_path, save(tmp_path / "a.xlsx", xlsx_bytes(rows(text))))) == [
        (2, None, "och mer", "The row has cells to the right of the last heading.")
    ]


def test_an_ods_file_that_breaks_off(tmp_path):
    """calamine reads on for ever where a tag is never closed."""
    with zipfile.ZipFile(io.BytesIO(ods_bytes(rows("school_id | name\nett | Ettan")))) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(b"</table:table>", b"</le:table>")
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as damaged:
        for name, data in parts.items():
            damaged.writestr(name, data)
    assert refusals(take(tmp_path, tmp_path / "a.ods")) == [(None, None, None, NO_WORKBOOK)]


@pytest.mark.parametrize("text", [rb'[{"id": "\ud83d"}]', rb'[{"id": "a", "pa\ude00": 1}]'], ids=["cell", "heading"])
def test_half_of_a_letter_is_no_text(tmp_path, text):
    ((_, _, _, said),) = refusals(take(tmp_path, save(tmp_path / "half.json", text)))
    assert said.startswith('The text "') and "has half of a letter" in said
