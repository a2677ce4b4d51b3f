"""What somebody says of a file's columns, where its headings stand, and that it is the same the next time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from analytics.intake.by_hand import ByHand
from analytics.intake.files import Intake, ReadingOptions, take_in
from analytics.intake.raw import LeftFile
from analytics.intake.readers import TextTable, headed_by, read_sheet
from analytics.loads.corrected import corrected
from analytics.store.saved_forms import SavedForm, forget_form, form_with, save_form, saved_forms
from tests.intake.making import SAY, SCHOOLS, framework

FORM = "Stamp;Unit;Q1;Q2;Other\n2021-02-03 10:11:12;alfa;3;4;x\n2021-02-03 10:12:12;beta;2;1;y\n"
SAID = {"Unit": "school", "Q1": "A1", "Q2": "B1"}


def table(text: str, said: dict[str, str] | None = None) -> TextTable:
    read = read_sheet(LeftFile("form.csv", text.encode()), SAY)
    return replace(read, by_hand=ByHand("form", said)) if said else read


CODES = "Unit;Q1;Q2\nalfa;A4;A1\nbeta;A2;a9\n"
MEANT = {"a1": 4, "a2": 3, "a4": 1, "a9": None}


def taken(tmp_path: Path, *files, saved: tuple[SavedForm, ...] = ()) -> Intake:
    reading = ReadingOptions(framework="prov-2020", year=2021, saved=saved)
    return take_in(files, [framework(tmp_path)], SCHOOLS, reading, SAY)


def levels(intake: Intake) -> list[tuple]:
    assert intake.problems == []
    return sorted((row["school_id"], row["criterion"], row["level"]) for row in intake.answers.to_pylist())


ANSWERS = [("alfa", "A1", 3), ("alfa", "B1", 4), ("beta", "A1", 2), ("beta", "B1", 1)]


def test_columns_are_what_somebody_says(tmp_path):
    intake = taken(tmp_path, table(FORM, SAID))
    assert levels(intake) == ANSWERS
    assert dict(intake.reports[0].taken) == SAID
    assert [heading for heading, _ in intake.reports[0].dropped] == ["Stamp", "Other"]


def test_what_is_said_wins_over_what_headings_tell(tmp_path):
    headed = FORM.replace("Q1", "A1").replace("Q2", "A2")
    assert levels(taken(tmp_path, table(headed, {"Unit": "school", "A2": "A1", "A1": "B1"}))) == [
        ("alfa", "A1", 4), ("alfa", "B1", 3), ("beta", "A1", 1), ("beta", "B1", 2),
    ]  # fmt: skip


def test_a_column_that_nobody_says_is_the_schools_is_none(tmp_path):
    problems = taken(tmp_path, table(FORM, {"Q1": "A1"})).problems
    assert [problem.problem for problem in problems] == ["There is no column of schools."]


def test_another_kinds_columns_are_said_too(tmp_path):
    schools = replace(
        table("Kort;Lång\ndelta;Deltaskolan\n"), by_hand=ByHand("schools", {"Kort": "school_id", "Lång": "name"})
    )
    intake = taken(tmp_path, schools)
    assert intake.problems == [] and [row.school.name for row in intake.schools] == ["Deltaskolan"]


def test_a_row_becomes_the_headings():
    read = table("Enkät;våren;2021;x;y\n" + FORM)
    assert read.headings[:3] == ("Enkät", "våren", "2021"), "as the reader finds them"
    read = headed_by(read, 1, SAY)
    assert read.headings == ("Stamp", "Unit", "Q1", "Q2", "Other")
    assert read.rows.tolist() == [1, 2] and read.column("Unit").to_pylist() == ["alfa", "beta"]


def test_no_row_below_is_no_table():
    read = table(FORM)
    assert headed_by(read, 2, SAY) is read and headed_by(read, 9, SAY) is read
    assert headed_by(read, 1, SAY).headings[1] == "alfa"


def test_a_saved_form_is_read_the_same_in_any_order_and_below_a_title(tmp_path):
    save_form(tmp_path, ["Stamp", "Unit", "Q1", "Q2", "Other"], "form", SAID, "prov-2020", "Anna")
    saved = saved_forms(tmp_path)
    turned = (
        "Vårens enkät;;;;\nQ2;Other;Unit;Stamp;Q1\n4;x;alfa;2021-02-03 10:11:12;3\n1;y;beta;2021-02-03 10:12:12;2\n"
    )
    assert levels(taken(tmp_path, LeftFile("next.csv", turned.encode()), saved=saved)) == ANSWERS
    other = taken(tmp_path, LeftFile("other.csv", FORM.replace("Other", "More").encode()), saved=saved)
    assert other.problems, "with another heading it is another form"


def test_saved_forms_are_replaced_forgotten_and_bounded(tmp_path):
    for by in ("Anna", "Bo"):
        save_form(tmp_path, ["a", "b"], "form", {"a": "school"}, "prov-2020", by)
    save_form(tmp_path, ["c"], "schools", {"c": "name"}, "", "Bo")
    forms = saved_forms(tmp_path)
    assert [(form.by, form.kind) for form in forms] == [("Bo", "form"), ("Bo", "schools")]
    assert datetime.now(UTC) >= forms[0].since
    assert form_with(forms, ["b", "a"]) is forms[0] and form_with(forms, ["a"]) is None
    forget_form(tmp_path, ["b", "a"])
    assert len(saved_forms(tmp_path)) == 1


def test_codes_mean_what_somebody_says(tmp_path):
    said = ByHand("form", SAID, MEANT)
    form = replace(read_sheet(LeftFile("form.csv", CODES.encode()), SAY), by_hand=said)
    intake = taken(tmp_path, form)
    assert levels(intake) == [("alfa", "A1", 1), ("alfa", "B1", 4), ("beta", "A1", 3), ("beta", "B1", None)]
    assert intake.reports[0].notes[-1] == (
        "Answers are read as somebody has said: “a1” = 4 Developed; “a2” = 3 Safe; “a4” = 1 Started; “a9” = don't know."
    )


def test_and_numbers_the_other_way_round_too(tmp_path):
    said = ByHand("form", SAID, {"1": 4, "2": 3, "3": 2, "4": 1})
    form = replace(table(FORM), by_hand=said)
    assert levels(taken(tmp_path, form)) == [
        ("alfa", "A1", 2), ("alfa", "B1", 1), ("beta", "A1", 3), ("beta", "B1", 4),
    ]  # fmt: skip


def test_a_meaning_that_the_scale_does_not_have_is_refused(tmp_path):
    form = replace(table(FORM), by_hand=ByHand("form", SAID, {"3": 9}))
    (only,) = taken(tmp_path, form).problems
    assert (only.row, only.value, only.problem) == (1, "3", "The level is not on the scale.")


def test_a_form_is_saved_with_what_its_answers_mean(tmp_path):
    save_form(tmp_path, ("Unit", "Q1", "Q2"), "form", SAID, "prov-2020", "Bo", MEANT)
    saved = saved_forms(tmp_path)
    assert saved[0].levels == MEANT
    intake = taken(tmp_path, read_sheet(LeftFile("form.csv", CODES.encode()), SAY), saved=saved)
    assert levels(intake)[0] == ("alfa", "A1", 1)
    older = (tmp_path / "forms.json").read_text("utf-8")
    (tmp_path / "forms.json").write_text(older.replace("levels", "else"), "utf-8")
    assert saved_forms(tmp_path)[0].levels == {}  # of an edition that had no meanings


def test_a_copy_that_is_put_right_has_what_the_codes_mean(tmp_path):
    form = replace(read_sheet(LeftFile("form.csv", CODES.encode()), SAY), by_hand=ByHand("form", SAID, MEANT))
    made = corrected(form, "form", tuple(SAID.items()), "prov-2020", [framework(tmp_path)], SCHOOLS, SAY)
    assert made.columns[1:] == (["1 - Started", "3 - Safe"], ["4 - Developed", "don't know"])
