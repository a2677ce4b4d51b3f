"""Forms with a column for each question and level are told for what they are, and no others."""

from __future__ import annotations

import pytest

from tests.intake.making import refusals, save, take

TICKED = "The form has a column for each question and level, with a mark where somebody has answered so."


def said(tmp_path, headings: list[str], rows: list[list[str]]):
    lines = [["school", *headings], *(["alfa", *row] for row in rows)]
    text = "\n".join("\t".join(line) for line in lines)
    return refusals(take(tmp_path, save(tmp_path / "form.csv", text), framework="prov-2020", year=2022))


@pytest.mark.parametrize(
    ("headings", "mark"),
    [
        (["A1 1", "A1 2", "A1 3", "A1 4", "A2 1", "A2 2"], "x"),
        (["A1_3", "A1_4"], "1"),
        (["A1 [3 - Trygg]", "A1 [vet ej]"], "✓"),
        (["Rektor följer upp: Trygg", "Rektor följer upp: Aktiverad"], "Ja"),
        (["1. Rektor följer upp (3)", "1. Rektor följer upp (4)"], "X"),
    ],
)
def test_a_column_for_each_level_is_told_for_what_it_is(tmp_path, headings, mark):
    rows = [[mark if place == at % len(headings) else "" for place in range(len(headings))] for at in range(6)]
    assert said(tmp_path, headings, rows) == [(None, headings[0], None, TICKED)]


@pytest.mark.parametrize(("mark", "none"), [("Ja", "Nej"), ("1", "0"), ("x", "-"), ("Selected", "Not selected")])
def test_where_there_is_no_mark_it_may_be_said(tmp_path, mark, none):
    assert said(tmp_path, ["A1: 1", "A1: 2"], [[mark, none], [none, mark]]) == [(None, "A1: 1", None, TICKED)]


def test_the_level_itself_may_be_the_mark(tmp_path):
    rows = [["Trygg", ""], ["", "Aktiverad"], ["Trygg", ""]]
    assert said(tmp_path, ["A1 - Trygg", "A1 - Aktiverad"], rows) == [(None, "A1 - Trygg", None, TICKED)]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (["A1", "A2"], ["3", "4"]),
        (["A1 3", "A2 3"], ["x", "x"]),  # one level of each question: who knows what it means
        (["A1 3", "A1 4"], ["2", "3"]),  # answers, and no marks
        (["Kommentar 1", "Kommentar 2"], ["x", ""]),
    ],
)
def test_others_are_not(tmp_path, headings, row):
    assert TICKED not in [problem for *_, problem in said(tmp_path, headings, [row, row])]
