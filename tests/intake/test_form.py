"""A forms tool's export: a column a criterion, and nothing of who answered."""

from __future__ import annotations

import hashlib

import pytest

from analytics.model.present import present
from tests.intake.making import csv_bytes, refusals, rows, save, take, xlsx_bytes

# As Microsoft Forms exports it, with the questions that a municipality added.
EXPORT = """
ID | Start time | Completion time | Email | Name | Personnummer | Vilken skola arbetar du på? | Roll | A1. Rektor följer upp | A2 | Eleverna läser, skriver och räknar* | Kommentar
1 | 2023-01-16 08:01:12 | 2023-01-16 08:04:50 | eva.ek@skola.example | Eva Ek | 19800101-1234 | Alfaskolan | lärare | 3 | 2 - Aktiverad | Trygg | Ring Bo Alm
2 | 2023-01-16 09:30:00 | 2023-01-16 09:31:01 | bo.alm@skola.example | Bo Alm | 790202-4321 | 10000002 | rektor | vet ej | | Välutvecklad |
3 | 2023-01-17 10:00:00 | 2023-01-17 10:02:00 | anonymous |  | | beta | lärare | 4 | 4 | 4 | 070-123 45 67
"""  # noqa: E501
SECRETS = ("eva.ek", "Eva Ek", "19800101", "1234", "bo.alm", "Bo Alm", "790202", "4321", "08:01", "09:30", "070-123")


def take_form(folder, text: str, **said):
    said = {"framework": "prov-2020", "year": 2023} | said
    return take(folder, save(folder / "form.csv", csv_bytes(rows(text), ";")), **said)


def test_what_is_kept_and_what_is_dropped(tmp_path):
    intake = take_form(tmp_path, EXPORT)
    assert intake.problems == []
    names = ("school_id", "criterion", "level", "role", "row")
    kept = sorted(zip(*(intake.answers[name].to_pylist() for name in names), strict=True), key=str)
    assert kept == [
        *[("alfa", "A1", 3, "lärare", 1), ("alfa", "A2", 2, "lärare", 1), ("alfa", "B1", 3, "lärare", 1)],
        *[("beta", "A1", 4, "lärare", 3), ("beta", "A1", None, "rektor", 2)],
        *[("beta", "A2", 4, "lärare", 3), ("beta", "A2", None, "rektor", 2)],
        *[("beta", "B1", 4, "lärare", 3), ("beta", "B1", 4, "rektor", 2)],
    ]
    personal = "holds names, addresses, personal numbers or times; never stored"
    assert intake.reports[0].rows == 3
    assert dict(intake.reports[0].dropped) == {
        "ID": "is no criterion of the framework; not stored",
        "Start time": personal,
        "Completion time": personal,
        "Email": personal,
        "Name": personal,
        "Personnummer": personal,
        "Kommentar": "is no criterion of the framework; not stored",
    }


def test_nothing_of_a_person_is_in_what_goes_to_the_store(tmp_path):
    answers = take_form(tmp_path, EXPORT).answers.drop_columns(["file"])
    said = str(answers.to_pylist())
    assert [secret for secret in SECRETS if secret in said] == []
    assert sorted(set(answers["respondent"].to_pylist())) == [0, 1, 2]


@pytest.mark.parametrize("heading", ["Vem är du?", "Svarande", "Kontakt"])
@pytest.mark.parametrize(
    "cell", ["eva@skola.example", "19800101-1234", "800101-1234", "8001011234", "Eva <eva@b.example>"]
)
def test_columns_are_told_by_what_they_hold(tmp_path, heading, cell):
    intake = take_form(tmp_path, f"Skola | A1 | {heading}\nalfa | 3 |\nalfa | 2 | {cell}")
    assert intake.reports[0].dropped == ((heading, "holds names, addresses, personal numbers or times; never stored"),)


@pytest.mark.parametrize("heading", ["Roll", "Arbetslag"])
def test_a_role_that_is_a_person_is_dropped_too(tmp_path, heading):
    intake = take_form(tmp_path, f"Skola | A1 | {heading}\nalfa | 3 | lärare\nalfa | 2 | eva@skola.example")
    assert intake.reports[0].dropped == ((heading, "holds names, addresses, personal numbers or times; never stored"),)
    assert intake.answers["role"].null_count == intake.answers["team"].null_count == 2


@pytest.mark.parametrize(
    "headings",
    ["Skola | A1", "Skolenhetskod | A1", "school_id | A1", "Skolans namn: skola | A1", "Namn | Din skola | A1"],
)
def test_the_column_of_schools(tmp_path, headings):
    cells = "Eva | 10000001 | 3" if headings.count("|") == 2 else "10000001 | 3"
    intake = take_form(tmp_path, f"{headings}\n{cells}")
    assert intake.problems == []
    assert intake.answers["school_id"].to_pylist() == ["alfa"]


def test_a_forms_names_are_never_taken_for_schools(tmp_path):
    """`school_id` and `name` make a file of schools, unless there are criteria beside them."""
    text = "school_id | name | A1 | A2\nalfa | Eva Ek | 3 | 2"
    intake = take_form(tmp_path, text)
    assert (intake.schools, intake.answers.num_rows) == ([], 2)
    unsaid = take_form(tmp_path, text, framework=None, year=None)
    assert unsaid.schools == []
    assert [(p.problem, p.hint) for p in unsaid.problems] == [
        (
            "A forms tool's export does not say which framework and year it is about.",
            "Add --framework and --year.",
        )
    ]


def test_other_files_may_come_in_the_same_call(tmp_path):
    schools = save(tmp_path / "schools.csv", "school_id,name\ngamma,Gammaskolan\n")
    form = save(tmp_path / "form.xlsx", xlsx_bytes(rows("Skola | A1\nGammaskolan | 3")))
    intake = take(tmp_path, form, schools, framework="prov-2020", year=2023)
    assert intake.problems == []
    assert [report.kind for report in intake.reports] == ["form", "schools"]
    assert intake.answers["school_id"].to_pylist() == ["gamma"]


def test_mistakes(tmp_path):
    text = "Skola | A1 | A2\nalfa | 3 | 5\nomega | 4 - Trygg | 2\n | 1 | kanske"
    assert refusals(take_form(tmp_path, text)) == [
        (1, "A2", "5", "The level is not on the scale."),
        (2, "A1", "4 - Trygg", "The level is not on the scale."),
        (2, "Skola", "omega", "The school is not known."),
        (3, "A2", "kanske", "The level is not on the scale."),
        (3, "Skola", "", "The school is missing."),
    ]


@pytest.mark.parametrize(
    ("text", "said", "column", "problem"),
    [
        ("Skola | A1\nalfa | 3", {"year": 2019}, "--year", "The year is outside the framework's valid years."),
        ("Skola | A1\nalfa | 3", {"framework": "nope"}, "--framework", "The framework is not known."),
        ("Plats | A1\nomega | 3", {}, "school", "There is no column of schools."),
        ("Skola | Z1\nalfa | 3", {}, None, "No heading is a criterion of prov-2020."),
        ("Skola | A1 | A1. Rektor följer upp\nalfa | 3 | 3", {}, "A1", "Two columns hold the criterion A1."),
    ],
)
def test_what_a_form_needs(tmp_path, text, said, column, problem):
    first = take_form(tmp_path, text, **said).problems[0]
    assert (first.row, first.column, first.problem) == (None, column, problem)


def test_two_rows_are_two_people_and_the_same_file_twice_is_refused(tmp_path):
    data = csv_bytes(rows("Skola | A1\nalfa | 3\nalfa | 3"))
    files = [save(tmp_path / name, data) for name in ("a.csv", "b.csv")]
    alone = take(tmp_path, files[0], framework="prov-2020", year=2023)
    assert len(set(alone.answers["respondent"].to_pylist())) == 2
    assert alone.reports[0].sha256 == hashlib.sha256(data).hexdigest()
    both = take(tmp_path, *files, framework="prov-2020", year=2023)
    assert [(p.file, p.row, p.problem) for p in both.problems] == [
        (str(files[1]), row, "The same answer stands twice.") for row in (1, 2)
    ]


@pytest.mark.parametrize("said", ["alfa", "Alfaskolan"])
def test_a_form_without_a_column_of_schools_is_all_of_the_school_that_somebody_says(tmp_path, said):
    form = "Läst skolans plan? | A1 | B1\nJa | 3 | 2\nNej | 1 | vet ej"
    answers = present(take_form(tmp_path, form, school=said).answers)
    assert set(answers["school_id"].to_pylist()) == {"alfa"} and answers["level"].to_pylist() == [3, 1, 2, None]
    unsaid = take_form(tmp_path, "Läst skolans plan? | A1\nJa | 3")
    assert [problem.problem for problem in unsaid.problems] == ["There is no column of schools."]
    wrong = take_form(tmp_path, "Läst skolans plan? | A1\nJa | 3", school="omega")
    assert [(one.column, one.value, one.problem) for one in wrong.problems] == [
        ("school", "omega", "The school is not known.")
    ]
    own = present(take_form(tmp_path, "Skola | A1\nbeta | 3", school=said).answers)
    assert own["school_id"].to_pylist() == ["beta"], "what the file says itself counts"
