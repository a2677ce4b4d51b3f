"""What surrounds a school: numeric columns that a file of schools names itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.model.schools import School
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from tests.intake.making import csv_bytes, parquet_bytes, refusals, rows, save, take, take_table, xlsx_bytes
from tests.store.making import put

EDUCATED, FLATS = "andel elever med högutbildade föräldrar", "Andel hyresrätter"
KNOWN = (School("alfa", "Alfaskolan", pupils=400, context=((FLATS, 40.0), (EDUCATED, 55.5))),)


def contexts(intake) -> list[tuple[tuple[str, float], ...]]:
    assert intake.problems == []
    return [row.school.context for row in intake.schools]


def test_a_heading_that_starts_with_context_names_a_measure_of_its_own(tmp_path):
    intake = take_table(
        tmp_path,
        f"school_id | name | Kontext: {EDUCATED} | CONTEXT:{FLATS} | elever\n"
        "a | A | 55,5 | 40 | 10\n"
        "b | B | 7.25 % |  | 20\n"
        "c | C |  |  | 30",
    )
    assert contexts(intake) == [((FLATS, 40.0), (EDUCATED, 55.5)), ((EDUCATED, 7.25),), ()]
    assert [row.school.pupils for row in intake.schools] == [10, 20, 30]
    assert intake.reports[0].dropped == ()


@pytest.mark.parametrize(
    ("word", "value"),
    [("0", 0.0), ("-3,5", -3.5), ("−3.5", -3.5), ("+2", 2.0), ("45%", 45.0), ("45,125 %", 45.125), ("12 500", 12500.0),
     ("0,125", 0.125), ("0.3333", 0.3333), ("1e-05", 0.00001), ("1234.567", 1234.567)],
)  # fmt: skip
def test_numbers_as_people_write_them(tmp_path, word, value):
    file = save(tmp_path / "s.csv", csv_bytes([["school_id", "name", "context: x"], ["a", "A", word]], ";"))
    assert contexts(take(tmp_path, file)) == [(("x", value),)]


@pytest.mark.parametrize("word", ["..", "~100", "1.2.3", "nan", "inf", "1e999", "%", "12 %%", "5 kr", "9" * 400, "1 2"])
def test_what_is_no_number_is_told_with_row_and_column(tmp_path, word):
    table = f"school_id | name | kontext: x\na | A | 1\nb | B | {word}"
    intake = take_table(tmp_path, table)
    told = [(row, column, problem) for row, column, _, problem in refusals(intake)]
    assert told == [(2, "kontext: x", "This is not a number.")]
    assert [row.school.id for row in intake.schools] == ["a"]


@pytest.mark.parametrize("word", ["12.345", "1,000", "-12,345"])
def test_what_can_be_read_in_two_ways_is_refused(tmp_path, word):
    file = save(tmp_path / "s.csv", csv_bytes([["school_id", "name", "context: x"], ["a", "A", word]], ";"))
    assert refusals(take(tmp_path, file)) == [(1, "context: x", word, "This number can be read in two ways.")]


def test_every_bad_cell_is_told_at_once(tmp_path):
    intake = take_table(tmp_path, "school_id | name | context: x | context: y | elever\na | A | q | 1.2.3 | många")
    assert {(row, column) for row, column, _, _ in refusals(intake)} == {
        (1, "context: x"), (1, "context: y"), (1, "elever"),
    }  # fmt: skip


def test_two_columns_for_one_measure_are_refused(tmp_path):
    intake = take_table(tmp_path, "school_id | name | context: Flats | kontext:  flats\na | A | 1 | 2")
    assert [(p.row, p.column) for p in intake.problems] == [(None, "kontext: flats")]
    assert intake.schools == []


@pytest.mark.parametrize("heading", ["context", "kontext:", "context x", "sammanhang: x"])
def test_other_headings_are_no_context(tmp_path, heading):
    intake = take_table(tmp_path, f"school_id | name | {heading}\na | A | 1")
    assert contexts(intake) == [()]
    assert [name for name, _ in intake.reports[0].dropped] == [heading]


def test_other_kinds_have_no_context(tmp_path):
    intake = take_table(tmp_path, "framework|year|school|invited|context: x\nprov-2020|2021|alfa|3|1")
    assert intake.problems == [] and [name for name, _ in intake.reports[0].dropped] == ["context: x"]


def test_a_school_keeps_what_the_file_has_no_column_for(tmp_path):
    def reloaded(text: str) -> tuple[tuple[str, float], ...]:
        return contexts(take_table(tmp_path, text, schools=KNOWN))[0]

    assert reloaded("school_id | name\nalfa | Alfaskolan") == KNOWN[0].context
    assert reloaded("school_id | name | context: new\nalfa | Alfa | 1") == (*KNOWN[0].context, ("new", 1.0))
    assert reloaded(f"school_id | name | context: {EDUCATED}\nalfa | Alfa | 60") == ((FLATS, 40.0), (EDUCATED, 60.0))
    assert reloaded(f"school_id | name | context: {EDUCATED}\nalfa | Alfa |") == ((FLATS, 40.0),)


def test_a_measure_is_spelt_as_the_register_spells_it(tmp_path):
    text = f"school_id | name | KONTEXT: {FLATS.upper()}\nalfa | Alfa | 50\nny | Ny | 60"
    assert contexts(take_table(tmp_path, text, schools=KNOWN)) == [((FLATS, 50.0), (EDUCATED, 55.5)), ((FLATS, 60.0),)]
    other = (*KNOWN, replace(KNOWN[0], id="beta", name="Beta", context=((FLATS.lower(), 1.0),)))
    twice = take_table(tmp_path, text, schools=other)
    assert [len(context) for context in contexts(twice)] == [2, 1]


def test_spreadsheets_and_parquet(tmp_path):
    table = rows("school_id | name | context: x | context: y\na | A | 0.4512 | 3\nb | B | | 4")
    expected = [(("x", 0.4512), ("y", 3.0)), (("y", 4.0),)]
    for file in (save(tmp_path / "s.xlsx", xlsx_bytes(table)), save(tmp_path / "s.parquet", parquet_bytes(table))):
        assert contexts(take(tmp_path, file)) == expected


def test_the_store_gives_back_what_was_loaded(empty_store):
    put(empty_store, schools="school_id,name,kontext: x,context: Y\nalfa,Alfaskolan,1.5,-2\nbeta,Betaskolan,,3\n")
    put(empty_store, schools="school_id,name,context: y\nalfa,Alfaskolan,7\n", replace="yes")
    found = {school.id: school.context for school in read_schools(Store(empty_store).current())}
    assert found == {"alfa": (("Y", 7.0), ("x", 1.5)), "beta": (("Y", 3.0),)}
