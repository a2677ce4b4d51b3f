"""A framework drafted of a form: which columns are questions, which scale, which areas; and what a draft may not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.intake.framework_draft import FrameworkDraft, likely_areas, made_framework
from analytics.intake.likely_questions import DraftQuestion, likely_questions, questions_of
from analytics.intake.likely_round import YearFrom, likely_round
from analytics.intake.likely_scale import DraftScale, levels_by_name, likely_scale
from analytics.intake.raw import LeftFile
from analytics.intake.readers import TextTable, read_sheet
from analytics.intake.scale_ends import reaches, several_scales_likely
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


def asked(sheet: TextTable, school: str | None = "Skola") -> tuple[DraftQuestion, ...]:
    return likely_questions(sheet, school).questions


def test_columns_of_levels_are_questions_and_nothing_else():
    found = asked(form("1 - Låg", "3 - Hög", "vet ej"))
    assert [(one.code, one.title) for one in found] == [("A1", "Plan"), ("A2", "Mål"), ("B1", "Lärande")]


def test_a_question_is_one_whatever_words_stand_in_it():
    questions = (
        "Planen uppdateras",
        "Vi har telefonfria lektioner",
        "Alla på skolan vet vilket datum planen gäller från",
    )
    text = "\n".join([";".join(["Skola", *questions, "Svarsdatum", "Mejladress"]), "Ek;1;2;3;1;2", "Al;2;3;1;2;1"])
    assert [one.title for one in asked(table(text))] == list(questions)


def test_a_scale_has_the_names_of_its_cells_and_numbers_where_nobody_has_answered():
    sheet = form("1 - Låg", "3 (Hög)", "vet ej")
    assert likely_scale(sheet, asked(sheet, None)) == DraftScale(1, ("Låg", "2", "Hög"), True)


def scale_of(*levels: str) -> DraftScale:
    sheet = form(*levels)
    return likely_scale(sheet, asked(sheet))


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (("Stämmer", "Stämmer inte", "Stämmer"), ("Stämmer inte", "Stämmer")),
        (("I hög grad", "Helt och hållet", "Inte alls", "I viss mån"),
         ("Inte alls", "I viss mån", "I hög grad", "Helt och hållet")),
        (("Stämmer mycket bra", "Stämmer ganska dåligt", "Stämmer mycket dåligt", "Stämmer ganska bra"),
         ("Stämmer mycket dåligt", "Stämmer ganska dåligt", "Stämmer ganska bra", "Stämmer mycket bra")),
        (("Agree", "Strongly disagree", "Strongly agree", "Disagree", "Neutral"),
         ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")),
        (("Gul", "Röd", "Grön"), ("Gul", "Röd", "Grön")),
    ],
)  # fmt: skip
def test_words_without_numbers_are_proposed_in_an_order_that_somebody_must_say_yes_to(cells, names):
    assert scale_of(*cells) == DraftScale(1, names, False)


def test_numbers_that_are_named_the_other_way_round_tell_no_order():
    cells = ("1 - Stämmer helt", "2 - Stämmer delvis", "3 - Stämmer inte alls")
    assert scale_of(*cells) == DraftScale(1, ("Stämmer helt", "Stämmer delvis", "Stämmer inte alls"), False)
    assert scale_of("1 - Stämmer inte alls", "2", "3 - Stämmer helt").ordered
    names = ("Stämmer inte alls", "Stämmer delvis", "Stämmer helt")
    made, headings = made_framework(replace(draft(), scale=DraftScale(1, names, False)), "x", "f", SAY)
    meant = {"1 - stämmer helt": 3, "3 - stämmer inte alls": 1}
    assert levels_by_name(form(*cells), headings, made) == meant
    assert levels_by_name(form("1", "2 - Stämmer delvis", "3 (Stämmer helt)"), headings, made) == {}


@pytest.mark.parametrize("cell", ["3.21", "3,21", "100", "12-15"])
def test_a_number_that_goes_on_is_no_level(cell):
    """A mean below the table is 3.21, which is no level 3 that is called 21; a tool's progress is 100."""
    assert asked(form(cell, cell)) == ()


def columns_of(**columns: str) -> TextTable:
    """A form of these columns, their cells in a row."""
    cells = [text.split(";") for text in columns.values()]
    head = [name.replace("_", " ") for name in columns]
    return table("\n".join(";".join(row) for row in [head, *map(list, zip(*cells, strict=True))]))


def test_questions_are_those_of_the_scale_that_most_are_on_and_the_others_are_told():
    sheet = columns_of(
        Skola="Ek;Al;Ek;Al",
        Läst_planen="Ja;Nej;Ja;Ja",
        Vi_har_en_plan="Ibland;Ofta;Ofta;Vet inte",
        Vi_lär="Ofta;Ofta;Ibland;Ibland",
        Vi_följer_upp="Ibland;Aldrig;Ofta;Ibland",  # a level that nobody has answered to the others
        Får_vi_ringa="Nej;Ja;Ja;Nej",
        Årskurs="F-3;4-6;7-9;4-6",
    )
    found = likely_questions(sheet, "Skola")
    assert [one.heading for one in found.questions] == ["Vi har en plan", "Vi lär", "Vi följer upp"]
    assert found.on_other_scales == ("Läst planen", "Får vi ringa")


def test_numbers_that_are_no_levels_are_no_questions():
    sheet = columns_of(
        A="1;4;3;2", B="4;4;3;1", C="2;1;3;3", Årskurs="1;9;6;4", År_i_yrket="1 år;5 år;8 år;3 år",
        lastpage="3;3;3;3", Progress="100;100;100;80",
    )  # fmt: skip
    assert [one.heading for one in asked(sheet, None)] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("one", "other", "grid"),
    [
        ("Hur väl stämmer? [Vi har en plan]", "Hur väl stämmer? [Vi lär]", "Hur väl stämmer?"),
        ("Q2_1 [Hur är det? - Vi har en plan]", "Q2_2 [Hur är det? - Vi lär]", "Hur är det?"),
        ("G2Q2[SQ001]. Hur är det? [Vi har en plan]", "G2Q2[SQ002]. Hur är det? [Vi lär]", "Hur är det?"),
        ("Ledarskap - Vi har en plan", "Ledarskap - Vi lär", "Ledarskap"),
    ],
)
def test_a_grids_row_is_the_criterion(one, other, grid):
    assert [(found.title, found.grid) for found in questions_of([one, other])] == [
        ("Vi har en plan", grid), ("Vi lär", grid),
    ]  # fmt: skip
    assert questions_of([one])[0].title == one, "what nothing else stands beside is no grid"


def test_grids_are_areas_and_what_two_of_them_ask_keeps_its_heading():
    headings = ["Nu [Vi lär]", "Nu [Vi har en plan]", "Om ett år [Vi lär]", "Om ett år [Vi följer upp]"]
    found = questions_of(headings)
    assert [one.title for one in found] == ["Nu [Vi lär]", "Vi har en plan", "Om ett år [Vi lär]", "Vi följer upp"]
    assert likely_areas(found, "Alla", "Område") == (("Nu", headings[0]), ("Om ett år", headings[2]))


def test_letters_of_codes_are_areas():
    questions = asked(form("1", "2"))
    assert likely_areas(questions, "Alla", "Område") == (("Område A", "A1. Plan"), ("Område B", "B1 Lärande"))
    assert likely_areas(questions_of(["En", "Två"]), "Alla", "Område") == (("Alla", "En"),)


def draft() -> FrameworkDraft:
    questions = asked(form("1", "2"))
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
    mixed = replace(draft(), questions=questions_of(["A1. Plan", "Mål"]), areas=(("Alla", "A1. Plan"),))
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


def test_two_scales_of_numbers_are_told_apart_by_what_their_numbers_are_called():
    sheet = columns_of(
        Skola="Ek;Al;Ek;Al",
        Vi_har_en_plan="1 - Påbörjad;2 - Aktiverad;4 - Välutvecklad;3 - Trygg",
        Hur_ofta_möts_ni="1 - Aldrig;5 - Jämt;3 - Ofta;vet ej",
        Vi_lär="2 - Aktiverad;3 - Trygg;2 - Aktiverad;1 - Påbörjad",
        Vi_mäter="2;3;2;1",
        Hur_ofta_läser_ni="3 - Ofta;3 - Ofta;2 - Ibland;1 - Aldrig",
        Vi_delar="4 - Välutvecklad;3 – Trygg;3 (Trygg);1. Påbörjad",
        Vad_är_viktigt="1 = Lite;2 = Mer;1 = Lite;2 = Mer",
    )
    found = likely_questions(sheet, "Skola")
    assert [one.heading for one in found.questions] == ["Vi har en plan", "Vi lär", "Vi mäter", "Vi delar"]
    assert found.on_other_scales == ("Hur ofta möts ni", "Hur ofta läser ni", "Vad är viktigt")
    assert likely_scale(sheet, found.questions).names == ("Påbörjad", "Aktiverad", "Trygg", "Välutvecklad")


def test_questions_with_names_of_their_own_for_each_level_are_on_one_scale():
    """A rubric: what a 2 is stands at each question in other words."""
    sheet = columns_of(
        A1="1 Ingen plan;2 Plan finns;3 Planen följs;2 Plan finns",
        A2="1 Ingen tid;2 Viss tid;3 Avsatt tid;1 Ingen tid",
        A3="3 Alltid;2 Ibland;1 Aldrig;1 Aldrig",
        A4="3 Alltid;2 Ibland;1 Aldrig;2 Ibland",
    )
    found = likely_questions(sheet)
    assert [one.heading for one in found.questions] == ["A1", "A2", "A3", "A4"] and found.on_other_scales == ()


def test_numbers_that_end_far_from_each_other_are_two_scales():
    sheet = columns_of(
        Skola="Ek;Al;Ek;Al", A="1;4;3;2", B="4;4;3;1", C="4;1;3;3", Nöjd="7;0;8;10", Trygg="10;9;9;8", Årskurs="F;1;2;3"
    )
    found = likely_questions(sheet, "Skola")
    assert [one.heading for one in found.questions] == ["A", "B", "C"]
    assert found.on_other_scales == ("Nöjd", "Trygg")
    assert reaches(sheet, found.questions) == ()


def test_one_column_of_higher_numbers_is_told_and_not_only_left_out():
    sheet = columns_of(Skola="Ek;Al;Ek;Al", A="1;4;3;2", B="4;4;3;1", C="4;1;3;3", Nöjd="7;0;8;10")
    found = likely_questions(sheet, "Skola")
    assert ([one.heading for one in found.questions], found.on_other_scales) == (["A", "B", "C"], ("Nöjd",))


@pytest.mark.parametrize(
    ("columns", "ends", "several"),
    [
        ({"A": "1;4", "B": "4;2", "C": "1;5", "D": "5;3"}, ((4, ("A", "B")), (5, ("C", "D"))), True),
        ({"A": "1;3", "B": "5;2", "C": "1;5"}, ((3, ("A",)), (5, ("B", "C"))), True),
        ({"A": "1;4", "B": "5;2", "C": "1;5"}, ((4, ("A",)), (5, ("B", "C"))), False),  # nobody chose the highest
        ({"A": "1;5", "B": "5;2", "C": "5;vet ej"}, (), False),
        # numbers that have names are on one scale, whatever anybody has answered
        ({"A": "1 - Låg;4 - Hög", "B": "1 - Låg;3 - Bra", "C": "2 - Så;3 - Bra"}, (), False),
        ({"A": "1 - Låg;4 - Hög", "B": "1;5", "C": "2;5"}, ((4, ("A",)), (5, ("B", "C"))), False),
        ({"A": "1 - Låg;4 - Hög", "B": "1 - Låg;2 - Så", "C": "2;5"}, ((4, ("A", "B")), (5, ("C",))), True),
    ],
)
def test_where_bare_numbers_end_tells_whether_somebody_must_say_that_they_are_one_scale(columns, ends, several):
    sheet = columns_of(**columns)
    assert reaches(sheet, questions_of(list(columns))) == ends
    assert several_scales_likely(ends) is several
