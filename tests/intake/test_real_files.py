"""Files as forms tools and people have them: loaded to what they mean, or refused once, for their cause."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import pytest
import xlsxwriter

from analytics.intake.files import Intake
from tests.intake.making import csv_bytes, refusals, rows, save, take

A1, A2, B1 = "Rektor följer upp", "Planen har mål", "Eleverna läser, skriver och räknar"
ERROR = "The cell holds an error of the spreadsheet's."
UNSAVED = "The cell holds a formula whose value was never saved."


def take_form(folder, text: str, delimiter: str = ",", **said) -> Intake:
    said = {"framework": "prov-2020", "year": 2023} | said
    return take(folder, save(folder / "form.csv", csv_bytes(rows(text), delimiter)), **said)


def levels(intake: Intake) -> list[tuple]:
    assert intake.problems == []
    names = ("school_id", "criterion", "level", "row")
    return sorted(zip(*(intake.answers[name].to_pylist() for name in names), strict=True), key=str)


def book(*sheets: tuple[str, Sequence[Sequence]], hidden: Sequence[str] = ()) -> bytes:
    """A workbook; a cell that is ("=formula", value) is a formula whose value is saved, ("=formula",) one without."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, table in sheets:
            sheet = made.add_worksheet(name)
            for r, row in enumerate(table):
                for c, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        sheet.write_formula(r, c, cell[0], None, cell[1] if len(cell) > 1 else "SAVED NOWHERE")
                    else:
                        sheet.write(r, c, cell)
            if name in hidden:
                sheet.hide()
        made.worksheets()[-1].activate()
    return out.getvalue()


def without_value(data: bytes) -> bytes:
    """The workbook without the values of formulas that were to have none; an empty text is written as Excel does."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(out, "w") as new:
        for name in was.namelist():
            part = re.sub(rb' t="str"><f>([^<]*)</f><v>SAVED NOWHERE</v>', rb"><f>\1</f>", was.read(name))
            new.writestr(name, part.replace(b"><f>A9</f>", b' t="str"><f>A9</f>'))
    return out.getvalue()


@pytest.mark.parametrize(
    "headings",
    [
        f"Hur väl stämmer det? [{A1}] | Hur väl stämmer det? [{A2}]",  # Google Forms
        "Q1[A1] | Q1[A2]",  # LimeSurvey, codes
        f"G01Q01[SQ001]. Hur väl? [{A1}] | G01Q01[SQ002]. Hur väl? [{A2}]",  # LimeSurvey, codes and texts
        "Q1_A1 | Q1_A2",  # as statistics programs get it
        f"1. {A1} | 2. {A2}",
        f"3 {A1} | 4) {A2}",
        f"Fråga 1: {A1} | Q2 - {A2}",
        f"Hur väl stämmer det? - {A1} | Hur väl stämmer det? - {A2}",  # Qualtrics, SurveyMonkey in one row
        f"Hur väl stämmer det? {A1} | Hur väl stämmer det?: {A2}",
        f"{A1}2 | {A2}3",  # Microsoft Forms, questions of one wording
        f"{A1} (A1) | [A2] {A2}",
        f"\N{NO-BREAK SPACE}{A1}\N{NO-BREAK SPACE} | {A2} *",
        f"{A1.upper()}: | A2: {A2}",
        "The head follows up | 2. The plan has goals",
    ],
)
def test_criteria_within_a_question(tmp_path, headings):
    intake = take_form(tmp_path, f"Skola | {headings} | Kommentar\nalfa | 3 | 2 | bra")
    assert levels(intake) == [("alfa", "A1", 3, 1), ("alfa", "A2", 2, 1)]
    assert "missing: B1" in intake.reports[0].notes[0]


@pytest.mark.parametrize("other", [f"Kommentar: {A1}", f"Points - {A1}", f"Motivera gärna [{A1}]", f"{A1}2"])
def test_a_column_beside_the_criterion_is_no_second_one(tmp_path, other):
    intake = take_form(tmp_path, f"Skola | {A1} | {other}\nalfa | 3 | 4")
    assert levels(intake) == [("alfa", "A1", 3, 1)]
    assert [heading for heading, _ in intake.reports[0].dropped] == [other]


def test_two_grids_about_the_same_are_not_guessed_between(tmp_path):
    text = f"Skola | Hur väl? [{A1}] | Hur viktigt? [{A1}]\nalfa | 3 | 4"
    assert {p.problem for p in take_form(tmp_path, text).problems} == {"Two columns hold the criterion A1."}


def test_two_grids_with_all_the_same_criteria_are_one_cause(tmp_path):
    (problem,) = take_form(tmp_path, "Skola | Nu [A1] | Nu [B1] | Sen [A1] | Sen [B1]\nalfa | 3 | 2 | 4 | 4").problems
    assert problem.problem == "Each of these criteria has two columns or more: A1 and B1."
    assert problem.hint == "Keep one of each, as of “Nu [A1]” and “Sen [A1]”."


def test_headings_that_stand_in_the_table_once_more_are_no_answer(tmp_path):
    intake = take_form(tmp_path, "Skola | A1 | Kommentar\nalfa | 3 | A1\nSkola | A1 | Kommentar\nbeta | 2 |")
    assert levels(intake) == [("alfa", "A1", 3, 1), ("beta", "A1", 2, 3)]
    assert "Left out: row 2, where the headings stand once more." in intake.reports[0].notes
    (problem,) = take_form(tmp_path, "Skola | A1\nalfa | 3\nSkola | 2").problems
    assert problem.value == "Skola", "half of them is no row of headings"


def test_a_heading_that_is_nearly_a_criterions_is_told_and_not_dropped(tmp_path):
    (problem,) = take_form(tmp_path, f"Skola | A1 | {B1} bra\nalfa | 3 | 4").problems
    assert problem.column == f"{B1} bra"
    assert problem.problem == f"The heading is nearly that of a criterion: B1 ({'Pupils read, write and count'})."
    free = take_form(tmp_path, f"Skola | A1 | {B1} bra\nalfa | 3 | ofta men inte alltid")
    assert (free.problems, [heading for heading, _ in free.reports[0].dropped]) == ([], [f"{B1} bra"])


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        *[
            ("3 (Trygg)", 3),
            ("(3) Trygg", 3),
            ("Nivå 3", 3),
            ("nivå 3: Trygg", 3),
            ("AO02: Trygg", 3),
            ("Trygg [A1]", 3),
            ("[A9] Trygg", 3),
            ("A4 (Trygg)", 3),
            ("Level 2", 2),
            ("Trygg (3)", 3),
        ],
        *[("3 – Vi gör det regelbundet", 3), ("3. Vi gör det", 3), ("3) ofta", 3), ("3: ofta", 3), ("3 = ofta", 3)],
        *[("Trygg: vi gör det alltid", 3), ("Trygg – alltid", 3), ("Trygg (alltid)", 3), ("3;", 3), ("Trygg;", 3)],
        *[("Nivå 4 (Välutvecklad)", 4), ("3\N{NO-BREAK SPACE}- Trygg", 3), ("TRYGG", 3), ("3,0", 3), ("3 Trygg", 3)],
        *[(cell, 3) for cell in ("Nivå tre", "Nivå tre: Trygg", "Tre - Trygg", "three", "Nivå III", "Steg 3 av 4")],
        *[
            (cell, 3)
            for cell in ("3 av 4", "Level 3 of 4", "Nivå: 3", "Nr 3", "Score 3", "3 poäng", "3 stars", "nivå3")
        ],
        *[(cell, 3) for cell in ("3/Trygg", "[3] Trygg", "Trygg [3]", "Trygg 3", "3 → Trygg", "Trygg – nivå 3")],
        *[(cell, 3) for cell in ("c) Trygg", "C. Trygg", "C – Trygg", "● Trygg", "✓ Trygg", "Trygg.", "Trygg*")],
        *[(cell, 3) for cell in ("“Trygg”", "“3”", "Trygg / Safe", "3 – Trygg / Safe", "Trygg: två gånger")],
        *[
            (cell, None)
            for cell in ("0 - Vet ej", "5 – vet ej", "e) Vet ej", "Nivå 0: vet ej", "Jag vet inte", "vet ej.")
        ],
        *[(cell, None) for cell in ("Kan ej ta ställning", "Inget svar", "I don´t know", "Ingen åsikt/vet ej")],
        *[
            ("vet ej / ej aktuellt", None),
            ("Vet inte: har inte sett", None),
            ("Kan inte bedöma", None),
            ("Vet ej;", None),
        ],
    ],
)
def test_a_level_in_words(tmp_path, cell, level):
    assert levels(take_form(tmp_path, f"Skola | A1\nalfa | {cell}")) == [("alfa", "A1", level, 1)]


@pytest.mark.parametrize(
    "cell",
    [
        *[
            "3 – 4 gånger om året",
            "3-4",
            "1, 2",
            "2;3;",
            "3 (Aktiverad)",
            "4 - Trygg",
            "Nivå 3: Aktiverad",
            "Trygg (2)",
        ],
        *["5 – alltid", "0", "Nivå 5", "2024-01-15", "3/4", "3.5", "-3", "Trygg: Aktiverad", "vet", "3 Aktiverad", "#"],
        *["Tryggare", "nästan 3", "3 gånger", "III", "2 - Tryggt men 3"],
        *[
            "3 av 5",
            "3 – vet ej",
            "Trygg – nivå 2",
            "Trygg: 2",
            "Trygg 2",
            "Aktiverad/Trygg",
            "tre: Aktiverad",
            "tre fyra",
        ],
        *[
            "c. Aktiverad/Trygg",
            "3/Aktiverad",
            "[3] Aktiverad",
            "*",
            "“",
            "“-3”",
            "Nivå fem",
            "5 poäng",
            "i",
            "2 eller 3",
            "?",
        ],
        *["vet ej, kanske 3", "vet ej (2)", "Trygg: nej", "Trygg (ej)", "3 - inte trygg", "3 (ej Trygg)"],
    ],
)
def test_what_may_be_another_level_is_refused(tmp_path, cell):
    text = f"Skola | A1\nalfa | {cell}"
    if cell == "2 - Tryggt men 3":  # a label is a word by itself
        assert levels(take_form(tmp_path, text)) == [("alfa", "A1", 2, 1)]
        return
    assert refusals(take_form(tmp_path, text, ";" if "," in cell else ",")) == [
        (1, "A1", cell, "The level is not on the scale.")
    ]


@pytest.mark.parametrize("part", ["*.", "trygg: ", "'", "3 - ", "trygg / ", "nivå ", "a) ", "vet ej/", "trygg - 3 "])
def test_a_cell_that_says_the_same_over_and_over_is_read_or_refused_like_any_other(tmp_path, part):
    intake = take_form(tmp_path, f"Skola | A1\nalfa | {part * 3000}")
    assert len(refusals(intake)) + len(intake.reports) >= 1


@pytest.mark.parametrize("cell", ["A3", "AO03", "[A3]", "a1;"])
def test_a_forms_tool_s_code_is_refused_as_what_it_is(tmp_path, cell):
    """The first answer of a question may be the highest level."""
    code = "This is a forms tool's code for an answer, and does not tell which level it is."
    assert refusals(take_form(tmp_path, f"Skola | A1\nalfa | {cell}")) == [(1, "A1", cell, code)]
    for near in ("AO03 Trygg 4", "A3: Tryggare", "Trygg A3", "A3: 3 – 4", "A3 (Trygg) Aktiverad"):
        (told,) = refusals(take_form(tmp_path, f"Skola | A1\nalfa | {near}"))
        assert told[3] == "The level is not on the scale.", near


@pytest.mark.parametrize("error", ["#N/A", "#SAKNAS!", "#REF!", "#DIV/0!", "#VÄRDEFEL!", "#NAMN?", "#NUM!", "Err:502"])
@pytest.mark.parametrize("name", ["form.csv", "form.xlsx"])
def test_an_error_of_the_spreadsheets_is_never_dont_know(tmp_path, name, error):
    table = [["skola", "A1", "Anteckning"], ["alfa", ("=NA()", error), "x"], ["alfa", 3, ("=NA()", error)]]
    plain = [[cell[1] if isinstance(cell, tuple) else str(cell) for cell in row] for row in table]
    data = csv_bytes(plain) if name == "form.csv" else book(("Svar", table))
    intake = take(tmp_path, save(tmp_path / name, data), framework="prov-2020", year=2023)
    assert refusals(intake) == [(1, "A1", error, ERROR)]


def test_an_error_in_a_cell_that_may_be_empty(tmp_path):
    table = [["skol_id", "namn", "elever", "område"], ["c", "C-skolan", ("=1/0", "#DIV/0!"), ("=A1", "#REF!")]]
    intake = take(tmp_path, save(tmp_path / "s.xlsx", book(("Blad1", table))))
    assert refusals(intake) == [(1, "område", "#REF!", ERROR), (1, "elever", "#DIV/0!", ERROR)]


def test_a_formula_without_a_value_and_one_with(tmp_path):
    table = [["skola", "A1", "A2"], ["alfa", ("=1+2",), ("=1+2", 3)], ["alfa", 3, ("=A9", "")]]
    data = without_value(book(("Svar", table)))
    intake = take(tmp_path, save(tmp_path / "f.xlsx", data), framework="prov-2020", year=2023)
    assert refusals(intake) == [(1, "A1", "=1+2", UNSAVED)]


FORM = [["skola", "A1", "A2"], ["alfa", 3, 2]]


@pytest.mark.parametrize(
    ("sheets", "hidden"),
    [
        ([("Listor", [["Kod", "Text"], [1, "Påbörjad"]]), ("Svar", FORM)], ["Listor"]),
        ([("Försättsblad", [["Självskattning"], ["Fylls i av alla"]]), ("Svar", FORM), ("Diagram", [["x"]])], []),
        (
            [("_56F9DC9755BA473782653E2940F9", [["FormId", "x"], ["a", "b"]]), ("Svar", FORM)],
            ["_56F9DC9755BA473782653E2940F9"],
        ),
    ],
)
def test_the_sheet_that_is_read_is_told(tmp_path, sheets, hidden):
    data = book(*sheets, hidden=hidden)
    intake = take(tmp_path, save(tmp_path / "f.xlsx", data), framework="prov-2020", year=2023)
    assert levels(intake) == [("alfa", "A1", 3, 1), ("alfa", "A2", 2, 1)]
    assert intake.reports[0].notes[0].startswith("The sheet Svar was read; the workbook also has: ")


TWO_ROWS = """
Respondent ID | Start Date          | Vilken skola? | Hur väl stämmer det? |    | Övrigt
              |                     | Response      | {a1}                 | A2 | Open-Ended Response
114           | 2023-01-15 08:00:00 | alfa          | 3                    | 4  | bra
"""
THREE_ROWS = """
StartDate | ResponseId  | Q2            | Q1_1        | Q1_2
Start Date | Response ID | Vilken skola? | Hur? - {a1} | Hur? - {a2}
{{"ImportId":"start"}} | {{"ImportId":"_id"}} | {{"ImportId":"QID2"}} | {{"ImportId":"QID1_1"}} | {{"ImportId":"Q1_2"}}
2023-01-15 08:00:00 | R_1 | alfa | 3 | 4
"""
LEGACY = """
V1         | V8        | V9      | skola         | A1     | A2
ResponseID | StartDate | EndDate | Vilken skola? | {a1} - | {a2} -
R_1 | 2023-01-15 08:00:00 | 2023-01-15 08:05:00 | alfa | 3 | 4
"""
TITLE = """
Självskattning 2023 | | |
Utskriven 2023-02-01 | | |
skola | A1 | A2 | Arbetslag
alfa  | 3  | 4  | Blått
"""
AREAS = """
      | Ledning |    | Undervisning
Skola | A1      | A2 | B1
alfa  | 3       | 4  |
"""


@pytest.mark.parametrize(
    "text", [TWO_ROWS, THREE_ROWS, LEGACY, TITLE, AREAS], ids=["two", "three", "legacy", "title", "areas"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_headings_on_other_rows_than_the_first(tmp_path, text, delimiter):
    intake = take_form(tmp_path, text.format(a1=A1, a2=A2) if "{a1}" in text else text, delimiter)
    found = [answer for answer in levels(intake) if answer[1] != "B1"]
    assert found == [("alfa", "A1", 3, 1), ("alfa", "A2", 4, 1)]


@pytest.mark.parametrize("cell", ["alfa;", "Alfaskolan;", "Alfaskolan\N{NO-BREAK SPACE}", "1000 0001"])
def test_a_school_as_forms_write_it(tmp_path, cell):
    assert levels(take_form(tmp_path, f"Skola | A1\n{cell} | 3")) == [("alfa", "A1", 3, 1)]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("Vilken skola arbetar du på? | Övrigt om skolans arbete", "Alfaskolan | Bra"),
        ("Övrigt om skolan | Vilken skola arbetar du på?", " | Alfaskolan"),
        ("Skola | Din skola", "Grundskola | Alfaskolan"),
        ("3. Skola | Kommentar", "Alfaskolan | x"),
        ("Arbetsplats | Ort", "Alfaskolan | Malmö"),
        ("Enhet | Ort", "Alfaskolan | Malmö"),
        ("Plats | Ort", "Alfaskolan | Malmö"),
    ],
)
def test_the_column_of_schools_is_the_one_that_holds_known_schools(tmp_path, headings, cells):
    assert levels(take_form(tmp_path, f"{headings} | A1\n{cells} | 3")) == [("alfa", "A1", 3, 1)]


def test_what_it_hesitates_between_is_told(tmp_path):
    two = take_form(tmp_path, "Din skola | Skolan du besökte | A1\nalfa | beta | 3").problems
    assert [(p.column, p.problem) for p in two] == [
        ("school", "Several columns hold schools: Din skola and Skolan du besökte.")
    ]
    none = take_form(tmp_path, "Vilken skola? | Vilken skola förut? | A1\nomega | sigma | 3").problems
    assert [p.problem for p in none] == [
        "Several columns speak of schools, and none holds one that is known: Vilken skola? and Vilken skola förut?."
    ]
    asking = take_form(tmp_path, "Vilken skola? | Mer om skolan | A1\nomega | bra | 3").problems
    assert [(p.column, p.value, p.problem) for p in asking] == [("Vilken skola?", "omega", "The school is not known.")]


def test_columns_that_nobody_uses_may_have_any_heading(tmp_path):
    intake = take_form(tmp_path, " | Skola | A1 | Kommentar | Kommentar |\n0 | alfa | 3 | x | y |")
    assert levels(intake) == [("alfa", "A1", 3, 1)]
    assert [heading for heading, _ in intake.reports[0].dropped] == ["column A", "Kommentar", "Kommentar (2)"]


def test_one_cause_is_told_once(tmp_path):
    text = "Plats | Fråga 1 | Fråga 2\n" + 20 * "Malmö | 3 | 4\n"
    (problem,) = take_form(tmp_path, text).problems
    assert (problem.problem, problem.value) == ("No heading is a criterion of prov-2020.", "Plats, Fråga 1, Fråga 2")
