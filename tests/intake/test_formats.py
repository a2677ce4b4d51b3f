"""Every kind of file says the same in every format, with Swedish or English headings."""

from __future__ import annotations

import io
from datetime import date, datetime
from operator import attrgetter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from analytics.intake.files import Intake
from tests.intake.dressed_files import without_dashes
from tests.intake.making import csv_bytes, ods_bytes, parquet_bytes, rows, save, take, xlsx_bytes
from tests.intake.xlsb import xlsb_bytes

FORMATS = {
    "comma.csv": csv_bytes,
    "semicolon.csv": lambda table: csv_bytes(table, ";"),
    "tab.txt": lambda table: csv_bytes(table, "\t"),
    "bom.csv": lambda table: csv_bytes(table, ";", "utf-8-sig"),
    "windows.csv": lambda table: csv_bytes(table, ";", "cp1252"),
    "unicode.txt": lambda table: csv_bytes(table, "\t", "utf-16"),
    "unmarked.txt": lambda table: csv_bytes(table, "\t", "utf-16-le"),
    "dos.csv": lambda table: csv_bytes(without_dashes(table), ";", "cp850"),
    "mac.csv": lambda table: csv_bytes(table, ",", "mac_roman"),
    "called_a_book.xlsx": lambda table: csv_bytes(table, ";", "utf-8-sig"),
    "unicode.xls": lambda table: csv_bytes(table, "\t", "utf-16"),
    "book.xlsx": xlsx_bytes,
    "book.xlsm": xlsx_bytes,
    "book.xlsb": xlsb_bytes,
    "book.ods": ods_bytes,
    "table.parquet": parquet_bytes,
}

SCHOOLS_ENGLISH = """
school_id|name      |school_unit_code|district|stage|pupils|staff|valid_from|valid_to  |shares_practice
gamma|Åsvädersskolan|12345678        |Öster   |F–6  |310   |41   |2020      |2024-06-15|yes
delta|Deltaskolan   |                |        |     |      |7    |          |          |no
"""
SCHOOLS_SWEDISH = """
Delar med sig|GÄLLER TILL|Gäller från|Personal|Elever|Stadium|Område|Skolenhetskod|Namn    |Skol-id
ja           |2024-06-15 |2020       |41      |310   |F–6    |Öster |12345678 |Åsvädersskolan|gamma
nej          |           |           |7       |      |       |      |         |Deltaskolan   |delta
"""
ANSWERS_ENGLISH = """
framework | year | school           | respondent | criterion        | level      | team   | role
prov-2020 | 2021 | alfa             | p1         | A1               | 3          | Blått  | lärare
prov-2020 | 2021 | 10000001         | p1         | Planen har mål   | 3 – Trygg  | Blått  | lärare
prov-2020 | 2021 | ÄNGSSTRANDSKOLAN | p1         | b1               | vet ej     |        |
PROV-2020 | 2021 | Strandens skola  | p2         | B1               |            |        |
"""
ANSWERS_SWEDISH = """
Roll   | Arbetslag | NIVÅ      | Kriterium      | Svarande | Skola            | År   | Ramverk
lärare | Blått     | 3         | A1             | p1       | alfa             | 2021 | prov-2020
lärare | Blått     | 3 – Trygg | Planen har mål | p1       | 10000001         | 2021 | prov-2020
       |           | vet ej    | b1             | p1       | ÄNGSSTRANDSKOLAN | 2021 | prov-2020
       |           |           | B1             | p2       | Strandens skola  | 2021 | PROV-2020
"""
COUNTS_ENGLISH = """
framework | year | school | criterion | level_1 | level_2 | level_3 | level_4 | dont_know
prov-2020 | 2022 | alfa   | A1        | 1       | 2       | 3       | 4       | 5
prov-2020 | 2022 | alfa   | A2        | 0       | 0       | 12      | 0       |
"""
COUNTS_SWEDISH = """
Vet ej | Nivå 4 | Nivå 3 | Nivå 2 | Nivå 1 | Kriterium | Skola | År   | Ramverk
5      | 4      | 3      | 2      | 1      | A1        | alfa  | 2022 | prov-2020
       | 0      | 12     | 0      | 0      | A2        | alfa  | 2022 | prov-2020
"""
PARTICIPATION_ENGLISH = """
framework | year | school      | invited | responded
prov-2020 | 2022 | alfa        | 40      | 31
prov-2020 | 2022 | Betaskolan  | 12      |
"""
PARTICIPATION_SWEDISH = """
Svarat | Antal inbjudna | Skola      | År   | Ramverk
31     | 40             | alfa       | 2022 | prov-2020
       | 12             | Betaskolan | 2022 | prov-2020
"""
FORM_ENGLISH = """
School     | A1. The head follows up | The plan has goals | B1
alfa       | 3                       | 2 - Active         | 4
Betaskolan | Developed               | don't know         |
"""
FORM_SWEDISH = """
B1 | Planen har mål | A1. Rektor följer upp | Skola
4  | 2 – Aktiverad  | 3                     | alfa
   | vet ej         | Välutvecklad          | Betaskolan
"""


def schools(intake: Intake) -> list[tuple]:
    fields = attrgetter(
        *("id", "name", "school_unit_code", "district", "stage", "pupils", "staff"),
        *("valid_from", "valid_to", "shares_practice"),
    )
    return [fields(row.school) for row in intake.schools]


def columns(table, *names: str) -> list[tuple]:
    return sorted(zip(*(table[name].to_pylist() for name in names), strict=True), key=str)


@pytest.mark.parametrize("text", [SCHOOLS_ENGLISH, SCHOOLS_SWEDISH], ids=["en", "sv"])
@pytest.mark.parametrize("name", FORMATS)
def test_schools(tmp_path, name, text):
    stage = "F-6" if name == "dos.csv" else "F–6"  # a code page without dashes
    assert schools(read(tmp_path, name, text)) == [
        ("gamma", "Åsvädersskolan", "12345678", "Öster", stage, 310, 41, date(2020, 1, 1), date(2024, 6, 15), True),
        ("delta", "Deltaskolan", None, None, None, None, 7, None, None, False),
    ]


@pytest.mark.parametrize("text", [ANSWERS_ENGLISH, ANSWERS_SWEDISH], ids=["en", "sv"])
@pytest.mark.parametrize("name", FORMATS)
def test_answers(tmp_path, name, text):
    answers = read(tmp_path, name, text).answers
    assert columns(answers, "school_id", "criterion", "level", "team", "role", "row") == [
        ("alfa", "A1", 3, "Blått", "lärare", 1),
        ("alfa", "A2", 3, "Blått", "lärare", 2),
        ("strand", "B1", None, None, None, 3),
        ("strand", "B1", None, None, None, 4),
    ]
    assert set(columns(answers, "framework", "year")) == {("prov-2020", 2021)}
    assert len(set(columns(answers, "school_id", "respondent"))) == 3


@pytest.mark.parametrize("text", [COUNTS_ENGLISH, COUNTS_SWEDISH], ids=["en", "sv"])
@pytest.mark.parametrize("name", FORMATS)
def test_counts(tmp_path, name, text):
    counts = read(tmp_path, name, text).counts
    assert set(columns(counts, "framework", "year", "school_id")) == {("prov-2020", 2022, "alfa")}
    assert columns(counts, "criterion", "level", "answers") == [
        *[("A1", 1, 1), ("A1", 2, 2), ("A1", 3, 3), ("A1", 4, 4), ("A1", None, 5)],
        *[("A2", 1, 0), ("A2", 2, 0), ("A2", 3, 12), ("A2", 4, 0), ("A2", None, 0)],
    ]


@pytest.mark.parametrize("text", [PARTICIPATION_ENGLISH, PARTICIPATION_SWEDISH], ids=["en", "sv"])
@pytest.mark.parametrize("name", FORMATS)
def test_participation(tmp_path, name, text):
    participation = read(tmp_path, name, text).participation
    assert columns(participation, "framework", "year", "school_id", "invited", "responded") == [
        ("prov-2020", 2022, "alfa", 40, 31),
        ("prov-2020", 2022, "beta", 12, None),
    ]


@pytest.mark.parametrize("text", [FORM_ENGLISH, FORM_SWEDISH], ids=["en", "sv"])
@pytest.mark.parametrize("name", FORMATS)
def test_form(tmp_path, name, text):
    answers = read(tmp_path, name, text, framework="prov-2020", year=2023).answers
    assert set(columns(answers, "framework", "year")) == {("prov-2020", 2023)}
    assert columns(answers, "school_id", "criterion", "level", "row") == [
        *[("alfa", "A1", 3, 1), ("alfa", "A2", 2, 1), ("alfa", "B1", 4, 1)],
        *[("beta", "A1", 4, 2), ("beta", "A2", None, 2), ("beta", "B1", None, 2)],
    ]


def read(folder, name: str, text: str, **said) -> Intake:
    intake = take(folder, save(folder / name, FORMATS[name](rows(text))), **said)
    assert intake.problems == []
    assert [report.dropped for report in intake.reports] == [()]
    return intake


def test_a_named_sheet_is_read_and_else_the_first_that_can_be_loaded(tmp_path):
    table = rows(PARTICIPATION_ENGLISH)
    book = save(tmp_path / "b.xlsx", xlsx_bytes(table, "Inbjudna", sheets_before=["Läs mig"]))
    assert take(tmp_path, book, sheet="inbjudna").participation.num_rows == 2
    assert take(tmp_path, book).participation.num_rows == 2  # whose headings are known, as the first one's are not
    wrong = take(tmp_path, book, sheet="Läs mig")
    assert "heading" in wrong.problems[0].problem
    lost = take(tmp_path, book, sheet="Svar").problems[0]
    assert (lost.problem, lost.hint) == ("There is no sheet named Svar.", "The sheets are: Läs mig, Inbjudna.")


def test_rows_of_a_sheet_count_from_its_headings_wherever_those_stand(tmp_path):
    table = rows(PARTICIPATION_ENGLISH.replace("| 12 ", "| -1 "))
    book = save(tmp_path / "b.xlsx", xlsx_bytes(table, rows_above=4))
    assert [(p.row, p.column, p.value) for p in take(tmp_path, book).problems] == [(2, "invited", "-1")]


def test_the_kind_said_outright_wins_over_the_headings(tmp_path):
    file = save(tmp_path / "f.csv", csv_bytes(rows(PARTICIPATION_ENGLISH)))
    assert "level_1" in {p.column for p in take(tmp_path, file, as_="counts").problems}


def test_a_workbook_is_known_by_its_first_bytes_too(tmp_path):
    """Outlook and web forms lose endings."""
    assert take(tmp_path, save(tmp_path / "download", xlsx_bytes(rows(PARTICIPATION_ENGLISH)))).problems == []
    assert take(tmp_path, save(tmp_path / "x.csv", parquet_bytes(rows(PARTICIPATION_ENGLISH)))).problems == []


@pytest.mark.parametrize("written", ["3,0", "3.0", " 3 ", "+3", "3,000"])
def test_whole_numbers_with_decimals(tmp_path, written):
    file = save(
        tmp_path / "f.csv", f"framework;year;school;respondent;criterion;level\nprov-2020;2021,0;alfa;p;A1;{written}\n"
    )
    intake = take(tmp_path, file)
    assert intake.problems == []
    assert columns(intake.answers, "year", "level") == [(2021, 3)]


def test_cells_that_are_dates(tmp_path):
    """Opened 15 August 2020, as a spreadsheet and a Parquet file hold it."""
    book, parquet = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["school_id", "name", "valid_from"])
        sheet.write_row(1, 0, ["gamma", "Gammaskolan"])
        sheet.write_datetime(1, 2, datetime(2020, 8, 15))
    opened = pa.array([datetime(2020, 8, 15)], pa.timestamp("ns"))
    pq.write_table(pa.table({"school_id": ["gamma"], "name": ["Gammaskolan"], "valid_from": opened}), parquet)
    for name, data in (("a.xlsx", book.getvalue()), ("b.parquet", parquet.getvalue())):
        intake = take(tmp_path, save(tmp_path / name, data))
        assert (intake.problems, intake.schools[0].school.valid_from) == ([], date(2020, 8, 15))


def test_parquet_from_other_tools(tmp_path):
    """Dictionaries (pandas categories), NaN for a missing number, small integers."""
    table = pa.table(
        {
            "framework": pa.array(["prov-2020"] * 2).dictionary_encode(),
            "year": pa.array([2021, 2021], pa.int16()),
            "school": pa.array(["alfa", "alfa"], pa.large_string()),
            "respondent": pa.array([17, 18], pa.uint8()),
            "criterion": ["A1", "A1"],
            "level": pa.array([3.0, float("nan")], pa.float32()),
        }
    )
    pq.write_table(table, tmp_path / "f.parquet")
    intake = take(tmp_path, tmp_path / "f.parquet")
    assert intake.problems == []
    assert columns(intake.answers, "level", "row") == [(3, 1), (None, 2)]


def test_a_box_that_is_ticked_is_no_level_of_1(tmp_path):
    """What a spreadsheet and JSON keep as true is a 1 to a program, and an answer to nobody."""
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Skola", "A1"])
        sheet.write_row(1, 0, ["alfa", True])
    files = (("a.xlsx", book.getvalue()), ("b.json", b'[{"Skola": "alfa", "A1": true}]'))
    for name, data in files:
        problems = take(tmp_path, save(tmp_path / name, data), framework="prov-2020", year=2023).problems
        assert [(one.column, one.value) for one in problems] == [("A1", "true")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Skola;Inbjudna\nalfa;12\n", "participation"),
        ("Skola;Svarande;Kriterium;Nivå\nalfa;1;A1;3\n", "answers"),
        ("Skola;Kriterium;Nivå_1;Nivå_2;Nivå_3;Nivå_4\nalfa;A1;1;2;3;4\n", "counts"),
        ("Ramverk;Skola;Inbjudna\nprov-2020;alfa;12\n", "participation"),
    ],
)
def test_a_file_of_one_round_need_not_say_which(tmp_path, text, part):
    file = save(tmp_path / "a.csv", text.encode())
    intake = take(tmp_path, file, framework="prov-2020", year=2023)
    assert intake.problems == []
    assert set(zip(*(getattr(intake, part)[name].to_pylist() for name in ("framework", "year")), strict=True)) == {
        ("prov-2020", 2023)
    }
    assert {one.column for one in take(tmp_path, file).problems} <= {"framework", "year"} != set()
    said = text.replace("Skola", "År;Skola").replace("alfa", "2022;alfa").encode()
    own = take(tmp_path, save(tmp_path / "b.csv", said), framework="prov-2020", year=2023)
    assert set(getattr(own, part)["year"].to_pylist()) == {2022}, "what the file says itself counts"
