"""The same answers as each forms tool exports them, in every format, encoding and with every delimiter: one figure."""

# ruff: noqa: E501  (a row of a table is a line)

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.intake.files import Intake
from analytics.intake.framework_toml import parsed_framework
from tests.intake.dressed_files import FORMATS
from tests.intake.making import PROV, SAY, refusals, rows, take, take_bytes

A1, A2, B1 = "Rektor följer upp", "Planen har mål", "Eleverna läser, skriver och räknar"
FILES = Path(__file__).parent / "files"
PROV_2020 = parsed_framework(PROV.encode(), SAY)[0]

TOOLS = {
    "plain": """
        Skola | A1 | A2 | B1
        alfa | 3 | 2 |
        beta | 4 | 1 | 3
        beta | | 4 | 2
    """,
    "Google Forms": f"""
        Tidstämpel | E-postadress | Vilken skola arbetar du på? | Hur väl? [{A1}] | Hur väl? [{A2}] | Hur väl? [{B1}] | Kommentar
        2023-01-15 08:00:01 | a@b.example | Alfaskolan | 3 | 2 | Vet ej | bra
        2023-01-15 08:00:02 | c@b.example | Betaskolan | 4 | 1 | 3 |
        2023-01-15 08:00:03 | d@b.example | Betaskolan | Vet ej | 4 | 2 |
    """,
    "Microsoft Forms": f"""
        ID | Starttid | Slutförandetid | E-post | Namn | Skola | {A1}\N{NO-BREAK SPACE} | {A2} | {B1}2
        1 | 2023-01-15 08:00:01 | 2023-01-15 08:04:01 | anonymous | | Alfaskolan; | 3 - Trygg | 2 - Aktiverad | Vet ej
        2 | 2023-01-15 08:00:02 | 2023-01-15 08:04:02 | anonymous | | Betaskolan; | 4 - Välutvecklad | 1 - Påbörjad | 3 - Trygg
        3 | 2023-01-15 08:00:03 | 2023-01-15 08:04:03 | anonymous | | Betaskolan; | Vet ej | 4 - Välutvecklad | 2 - Aktiverad
    """,
    "SurveyMonkey": f"""
        Respondent ID | Collector ID | Start Date | Vilken skola? | Hur väl stämmer det? | | | Övrigt
        | | | Response | {A1} | {A2} | {B1} | Open-Ended Response
        11427659021 | 4 | 2023-01-15 08:00:01 | Alfaskolan | Trygg | Aktiverad | | bra
        11427659022 | 4 | 2023-01-15 08:00:02 | Betaskolan | Välutvecklad | Påbörjad | Trygg |
        11427659023 | 4 | 2023-01-15 08:00:03 | Betaskolan | | Välutvecklad | Aktiverad |
    """,
    "LimeSurvey, codes": """
        id | submitdate | startlanguage | skola | Q1[A1] | Q1[A2] | Q1[B1]
        1 | 2023-01-15 08:00:01 | sv | 10000001 | 3 | 2 |
        2 | 2023-01-15 08:00:02 | sv | 10000002 | 4 | 1 | 3
        3 | 2023-01-15 08:00:03 | sv | 10000002 | | 4 | 2
    """,
    "LimeSurvey, texts": f"""
        Svars-ID | Datum inskickat | Vilken skola? | Q1[SQ1]. Hur väl? [{A1}] | Q1[SQ2]. Hur väl? [{A2}] | Q1[SQ3]. Hur väl? [{B1}]
        1 | 2023-01-15 08:00:01 | Alfaskolan | Nivå 3 | Nivå 2 | Vet ej
        2 | 2023-01-15 08:00:02 | Betaskolan | Nivå 4 | Nivå 1 | Nivå 3
        3 | 2023-01-15 08:00:03 | Betaskolan | Vet ej | Nivå 4 | Nivå 2
    """,
    "Qualtrics": f"""
        StartDate | ResponseId | Q2 | Q1_1 | Q1_2 | Q1_3
        Start Date | Response ID | Vilken skola? | Hur väl? - {A1} | Hur väl? - {A2} | Hur väl? - {B1}
        {{"ImportId":"startDate"}} | {{"ImportId":"_recordId"}} | {{"ImportId":"QID2"}} | {{"ImportId":"1"}} | {{"ImportId":"2"}} | {{"ImportId":"3"}}
        2023-01-15 08:00:01 | R_1aBcDeFgH | Alfaskolan | 3 (Trygg) | 2 (Aktiverad) |
        2023-01-15 08:00:02 | R_2aBcDeFgH | Betaskolan | 4 (Välutvecklad) | 1 (Påbörjad) | 3 (Trygg)
        2023-01-15 08:00:03 | R_3aBcDeFgH | Betaskolan | | 4 (Välutvecklad) | 2 (Aktiverad)
    """,
    "a person": f"""
        Självskattning på våra skolor 2023 | | | | |
        Nr | Skola | 1. {A1} | 2. {A2} | 3. {B1} | Anmärkning
        1 | Alfaskolan | Trygg: vi gör det alltid | Aktiverad: på väg | vet ej |
        2 | Betaskolan | Välutvecklad: helt | Påbörjad: lite | Trygg: ja | ny på skolan
        3 | Betaskolan | vet ej | Välutvecklad: helt | Aktiverad: på väg |
        Medelvärde | | 3,5 | 2,3 | 2,5 |
        Källa: förvaltningens egen enkät i januari | | | | |
    """,
}  # fmt: skip
FIGURES = [
    *[("alfa", "A1", 3), ("alfa", "A2", 2), ("alfa", "B1", None), ("beta", "A1", 4), ("beta", "A1", None)],
    *[("beta", "A2", 1), ("beta", "A2", 4), ("beta", "B1", 2), ("beta", "B1", 3)],
]


def figures(intake: Intake) -> list[tuple]:
    assert intake.problems == []
    names = ("school_id", "criterion", "level")
    return sorted(zip(*(intake.answers[name].to_pylist() for name in names), strict=True), key=str)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("tool", TOOLS)
def test_a_tools_export_in_every_format(tool, name):
    data = FORMATS[name](rows(TOOLS[tool]))
    intake = take_bytes(name, data, [PROV_2020], framework="prov-2020", year=2023)
    assert figures(intake) == FIGURES
    assert len(set(intake.answers["respondent"].to_pylist())) == 3


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_workbooks_that_libreoffice_saved(tmp_path, ending):
    said = {"framework": "prov-2020", "year": 2023}
    intake = take(tmp_path, FILES / f"form.{ending}", **said)
    assert figures(intake) == [
        *[("alfa", "A1", 3), ("alfa", "A1", 4), ("alfa", "A2", 2), ("alfa", "A2", None)],
        *[("beta", "A1", 1), ("beta", "A2", 3)],
    ]
    assert intake.reports[0].notes[:3] == (
        "Left out above the headings: “Självskattning 2023”",
        "Hidden in the workbook, and read like the others: row 3.",
        "Merged cells were read as if each of their rows held their text.",
    )
    assert [
        (row, column, problem)
        for row, column, _, problem in refusals(take(tmp_path, FILES / f"error.{ending}", **said))
    ] == [(1, "A1", "The cell holds an error of the spreadsheet's.")]


@pytest.mark.parametrize("name", [name for name in FORMATS if name.endswith((".csv", ".txt"))])
def test_the_letters_are_read_to_the_letter(name):
    """Names alone, in each encoding: nothing but the letters tells which it is."""
    data = FORMATS[name](
        [["Skola", "Ort"], ["Åsvädersskolan", "Ängelholm"], ["Östra skolan", "Hjo"], ["Café Idé", "Ås"]]
    )
    schools = [row.school.name for row in take_bytes(name, data, [], as_="schools").schools]
    assert schools == ["Åsvädersskolan", "Östra skolan", "Café Idé"]
