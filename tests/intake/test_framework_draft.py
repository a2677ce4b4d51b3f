"""A framework drafted of a form: which columns are questions, which scale, which areas; and what a draft may not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.intake.framework_draft import (
    DraftScale,
    FrameworkDraft,
    likely_areas,
    likely_questions,
    likely_scale,
    made_framework,
    question_of,
)
from analytics.intake.likely_round import YearFrom, likely_round
from analytics.intake.raw import LeftFile
from analytics.intake.readers import TextTable, read_sheet
from analytics.model.errors import Refused
from tests.intake.making import SAY, framework

HEAD = "ID;Starttid;E-post;Skola;A1. Plan;A2. Mål;B1 Lärande;Kommentar;Poäng - A1"


def table(text: str, name: str = "form.csv") -> TextTable:
    return read_sheet(LeftFile(name, text.encode()), SAY)


def form(*levels: str, name: str = "form.csv") -> TextTable:
    rows = (
        f"{n};2023-01-0{n} 08:00:00;a{n}@b.se;Ek;{level};{level};{level};Bra {n};{n}"
        for n, level in enumerate(levels, 1)
    )
    return table("\n".join([HEAD, *rows]), name)


def test_columns_of_levels_are_questions_and_nothing_else():
    found = likely_questions(form("1 - Låg", "3 - Hög", "vet ej"), "Skola")
    assert [(one.code, one.title) for one in found] == [("A1", "Plan"), ("A2", "Mål"), ("B1", "Lärande")]


def test_a_question_is_one_whatever_words_stand_in_it():
    questions = (
        "Planen uppdateras",
        "Vi har telefonfria lektioner",
        "Alla på skolan vet vilket datum planen gäller från",
    )
    text = "\n".join([";".join(["Skola", *questions, "Svarsdatum", "Mejladress"]), "Ek;1;2;3;1;2", "Al;2;3;1;2;1"])
    assert [one.title for one in likely_questions(table(text), "Skola")] == list(questions)


def test_a_scale_has_the_names_of_its_cells_and_numbers_where_nobody_has_answered():
    sheet = form("1 - Låg", "3 (Hög)", "vet ej")
    assert likely_scale(sheet, likely_questions(sheet)) == DraftScale(1, ("Låg", "2", "Hög"), True)


def test_words_without_numbers_are_told_to_be_put_in_order():
    sheet = form("Stämmer", "Stämmer inte", "Stämmer")
    questions = likely_questions(sheet, "Skola")
    assert likely_scale(sheet, questions) == DraftScale(1, ("Stämmer", "Stämmer inte"), False)


def test_letters_of_codes_are_areas():
    questions = likely_questions(form("1", "2"), "Skola")
    assert likely_areas(questions, "Alla", "Område") == (("Område A", "A1. Plan"), ("Område B", "B1 Lärande"))
    assert likely_areas(tuple(map(question_of, ["En", "Två"])), "Alla", "Område") == (("Alla", "En"),)


def draft() -> FrameworkDraft:
    questions = likely_questions(form("1", "2"), "Skola")
    scale = DraftScale(1, ("Låg", "Mellan", "Hög"), True)
    areas = likely_areas(questions, "Alla", "Område")
    return FrameworkDraft("Vår skattning", "–", 2023, None, scale, 2, questions, areas)


def test_a_draft_is_a_framework_whose_criteria_are_the_headings():
    made, headings = made_framework(draft(), "var-skattning", "the framework", SAY)
    assert headings == {"A1. Plan": "A1", "A2. Mål": "A2", "B1 Lärande": "B1"}
    assert [(area.title.sv, [c.id for c in area.criteria]) for area in made.areas] == [
        ("Område A", ["A1", "A2"]), ("Område B", ["B1"]),
    ]  # fmt: skip
    assert (made.levels, made.goal.level, made.valid_from, made.valid_to) == ((1, 2, 3), 2, 2023, None)


@pytest.mark.parametrize(
    "changed",
    [
        {"questions": (), "areas": ()},
        {"goal": 4},
        {"valid_to": 2020},
        {"scale": DraftScale(1, ("Låg", "låg"), True)},
        {"scale": DraftScale(1, ("Låg",), True)},
        {"title": " "},
    ],
    ids=str,
)
def test_a_draft_that_cannot_be_is_refused_with_why(changed):
    with pytest.raises(Refused) as refused:
        made_framework(replace(draft(), **changed), "var-skattning", "the framework", SAY)
    assert all(problem.problem and problem.hint for problem in refused.value.problems)


def test_codes_that_are_not_all_there_or_not_their_own_give_way_to_numbers():
    mixed = replace(draft(), questions=tuple(map(question_of, ["A1. Plan", "Mål"])), areas=(("Alla", "A1. Plan"),))
    assert made_framework(mixed, "x", "f", SAY)[1] == {"A1. Plan": "F1", "Mål": "F2"}


def test_the_round_is_that_of_the_files_times_then_its_name_then_today(tmp_path):
    known, today = [framework(tmp_path)], date(2022, 5, 1)
    timed = table("Starttid;Skola;A1\n2023-01-09 08:00:00;Ek;3\n")
    by_times = likely_round(timed, known, (), SAY, today)
    assert (by_times.framework, by_times.year, by_times.year_from) == ("prov-2020", 2023, YearFrom.TIMES)
    assert by_times.matched == 1
    plain = "Skola;A1\nEk;3\n"
    assert likely_round(table(plain, "Svar 2021.csv"), known, (), SAY, today).year == 2021
    assert likely_round(table(plain), known, (), SAY, today).year_from is YearFrom.TODAY
    assert likely_round(table(plain, "Svar 2031.csv"), known, (), SAY, today).year == 2024, "its last"
    assert likely_round(table("Skola;Annat\nEk;3\n"), known, (), SAY, today).framework is None
