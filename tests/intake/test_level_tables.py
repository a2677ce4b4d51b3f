"""Tables of a question a row and an answer a column, as tools of self-assessment report what was answered."""

from __future__ import annotations

import pytest

from tests.intake.making import refusals, take_table

SAID = {"framework": "prov-2020", "year": 2022, "school": "Alfaskolan"}


def counts(intake) -> dict[str, list[int]]:
    """The answers at levels 1 to 4, and without one, of each criterion."""
    assert refusals(intake) == []
    found: dict[str, dict] = {}
    for row in intake.counts.to_pylist():
        assert (row["framework"], row["year"], row["school_id"]) == ("prov-2020", 2022, "alfa")
        found.setdefault(row["criterion"], {})[row["level"]] = row["answers"]
    return {criterion: [levels[level] for level in (1, 2, 3, 4, None)] for criterion, levels in found.items()}


IN_COUNTS = """
    Fråga | Påbörjad | Aktiverad | Trygg | Välutvecklad | Vet ej | Antal svar
    Ledning | | | | | |
    Rektor följer upp | 1 | 2 | 3 | 4 | 0 | 10
    Planen har mål | | 1 | 5 | 3 | 1 | 10
    Skolan har en egen fråga | 1 | 2 | 3 | 4 | 2 | 12
"""
TRUTH = {"A1": [1, 2, 3, 4, 0], "A2": [0, 1, 5, 3, 1]}


def test_levels_are_told_by_their_names(tmp_path):
    intake = take_table(tmp_path, IN_COUNTS, **SAID)
    assert counts(intake) == TRUTH
    assert intake.reports[0].notes == (
        "1 row without any number was left out.",
        "1 question is no criterion of the framework, and was left out: “Skolan har en egen fråga”.",
    )


@pytest.mark.parametrize(
    "headings",
    [
        "Question | Started (n) | Active (n) | Safe (n) | Developed (n) | Not applicable | Number of responses",
        "Påstående | 1 | 2 | 3 | 4 | Vet inte | Antal svar",
        "Indikator | 1 - Påbörjad | 2 - Aktiverad | 3 - Trygg | 4 - Välutvecklad | Ej tillämpligt | n",
    ],
)
def test_and_as_tools_write_them(tmp_path, headings):
    first = IN_COUNTS.strip().splitlines()[0]
    assert counts(take_table(tmp_path, IN_COUNTS.replace(first, headings), **SAID)) == TRUTH


@pytest.mark.parametrize(
    "table",
    [
        "A1 | 10 % | 20 % | 30 % | 40 % | 0 % | 10\nA2 | 0 % | 10 % | 50 % | 30 % | 10 % | 10",
        "A1 | 10 | 20 | 30 | 40 | 0 | 10\nA2 | 0 | 10 | 50 | 30 | 10 | 10",
        "A1 | 0.1 | 0.2 | 0.3 | 0.4 | | 10\nA2 | 0 | 0.1 | 0.5 | 0.3 | 0.1 | 10",
        "A1 | 10,0 | 20,0 | 30,0 | 40,0 | 0,0 | 10\nA2 | | 10,0 | 50,0 | 30,0 | 10,0 | 10",
    ],
)
def test_shares_become_counts_where_one_count_alone_is_written_so(tmp_path, table):
    headings = "Fråga | Påbörjad | Aktiverad | Trygg | Välutvecklad | Vet ej | Antal svar\n"
    intake = take_table(tmp_path, headings + table, **SAID)
    assert counts(intake) == TRUTH
    assert "Shares were read as counts" in intake.reports[0].notes[-1]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("A1 | 10 % | 20 % | 30 % | 40 % | 250", "The shares are too rough for so many answers"),
        ("A1 | 10 % | 20 % | 30 % | 40 % | 7", "The shares are not of so many answers."),
        ("A1 | 10 % | 20 % | 30 % | 40 % | ", "The number of answers is missing."),
        ("A1 | 1 | 2 | 3 | 4 | 12", "The answers add up to 10, and the file says 12."),
        ("A1 | x | 2 | 3 | 4 | 12", "This is not a count."),
        ("A1 | -1 | 2 | 3 | 4 | 12", "This is not a count."),
    ],
)
def test_what_does_not_add_up_is_refused_where_it_stands(tmp_path, table, problem):
    headings = "Fråga | Påbörjad | Aktiverad | Trygg | Välutvecklad | Antal svar\nB1 | 1 | 1 | 1 | 1 | 4\n"
    headings = headings.replace("1 | 1 | 1 | 1 |", "25 % | 25 % | 25 % | 25 % |") if "%" in table else headings
    intake = take_table(tmp_path, headings + table + "\nA2 |  |  |  |  | ", **SAID)
    assert [(row, text[: len(problem)]) for row, _, _, text in refusals(intake)] == [(2, problem)]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("Fråga | Medel | Antal svar\nA1 | 2,5 | 10\nA2 | 3,1 | 10", "The file holds means"),
        ("Indikator | Värdering\nA1 | Trygg\nA2 | Aktiverad", "The file holds one rating of each question"),
        ("Fråga | 1 | 2 | 3\nA1 | 1 | 2 | 3\nA2 | 3 | 1 | 2", "Some of the framework's levels have no column."),
        (
            "Fråga | 1 | 2 | 3 | 4\nA1 | 25 | 25 | 50 | 0\nA2 | 10 | 20 | 30 | 40",
            "The file holds shares",
        ),
    ],
)
def test_a_table_that_does_not_say_how_many_gave_each_answer_is_refused_for_that(tmp_path, table, problem):
    for said in (SAID, {**SAID, "as_": None}):
        (only,) = take_table(tmp_path, table, **said).problems
        assert only.problem.startswith(problem)


GROUPS = """
    Question | User group | Started | Active | Safe | Developed | N/A | n
    A1 | Teachers | 1 | 2 | 3 | 4 | 0 | 10
    A1 | Pupils | 9 | 9 | 9 | 9 | 9 | 45
    A2 | Teachers | 0 | 1 | 5 | 3 | 1 | 10
"""


def test_groups_are_not_added_together(tmp_path):
    (only,) = take_table(tmp_path, GROUPS, **SAID).problems
    assert (
        only.problem == "The file has the answers of several groups, which are not added together: Teachers and Pupils."
    )
    intake = take_table(tmp_path, GROUPS, **SAID, group="teachers")
    assert counts(intake) == TRUTH
    assert intake.reports[0].notes == ("Only the answers of Teachers are read; left out: Pupils.",)


def test_two_columns_without_a_level_are_one(tmp_path):
    table = """
        Fråga | Påbörjad | Aktiverad | Trygg | Välutvecklad | N/A | Vill inte svara | Antal svar
        A1 | 1 | 2 | 3 | 4 | 0 | | 10
        A2 | 0 | 1 | 5 | 3 | 1 | 2 | 12
    """
    assert counts(take_table(tmp_path, table, **SAID)) == {**TRUTH, "A2": [0, 1, 5, 3, 3]}


def test_what_nobody_says_is_asked_for(tmp_path):
    found = take_table(tmp_path, IN_COUNTS).problems
    assert [(one.column, one.hint) for one in found] == [
        ("framework", "Add --framework."), ("year", "Add --year."), ("school", "Add --school."),
    ]  # fmt: skip
    with_school = "\n".join(f"{'Skola' if 'Fråga' in line else 'Alfaskolan'} | {line}" for line in
                            IN_COUNTS.strip().splitlines())  # fmt: skip
    assert counts(take_table(tmp_path, with_school, framework="prov-2020", year=2022)) == TRUTH


def test_a_question_that_is_nearly_a_criterion_is_not_left_out(tmp_path):
    intake = take_table(tmp_path, IN_COUNTS.replace("Planen har mål", "Planen har ett mål"), **SAID)
    assert [(row, value) for row, _, value, _ in refusals(intake)] == [(3, "Planen har ett mål")]
