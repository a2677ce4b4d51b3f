"""What the program exports to be mended, and its templates, loads again as it is, in both languages and formats."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.intake.files import Intake, ReadingOptions, take_in
from analytics.loads.adding import added_rows, added_said
from analytics.loads.own_files import EXPORTED, TEMPLATES, OwnFile, own_rows, template
from analytics.registers.kinds import KIND
from analytics.store.reading import Store, View
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.registers import Registers, read_registers
from analytics.words.language import LANGUAGES, words
from tests.sampling import sample

WAYS = ("xlsx", "csv", "excel", "versioned")
EVERY = [(kind, language, way) for kind in EXPORTED for language in LANGUAGES for way in WAYS]


@pytest.fixture(scope="module")
def view(demo_store: Path) -> View:
    return Store(demo_store).current()


@pytest.fixture(scope="module")
def registers(view: View) -> Registers:
    return read_registers(view)


def written(folder: Path, own: OwnFile, language: str, way: str) -> Path:
    own = own.with_version(7) if way == "versioned" else own
    data = own.xlsx({"Version": "1"}, words(language)) if way == "xlsx" else own.csv(excel=way == "excel")
    path = folder / f"file.{'xlsx' if way == 'xlsx' else 'csv'}"
    path.write_bytes(data)
    return path


def loaded(view: View, registers: Registers, path: Path, **said: object) -> Intake:
    """What the file holds, in the light of all that the store knows."""
    intake = take_in(
        [path],
        read_frameworks(view),
        read_schools(view),
        ReadingOptions(**said),
        words("en"),
        known_funding=registers.funding,
        known_dialogues=registers.dialogues,
    )
    assert intake.problems == []
    assert [name for name, _ in intake.reports[0].dropped] == (["version"] if b"version" in head_of(path) else [])
    return intake


def head_of(path: Path) -> bytes:
    """The headings of a file of text."""
    return path.read_bytes().partition(b"\n")[0] if path.suffix == ".csv" else b""


def said_by(rows: list) -> list[tuple]:
    """The rows as they are compared: without where they come from, and with 10.69 and 10.690 alike."""
    names = [field.name for field in fields(rows[0]) if field.name != "provenance"]
    return sorted((tuple(_plain(getattr(row, name)) for name in names) for row in rows), key=str)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value.normalize() if isinstance(value, Decimal) else value


@pytest.mark.parametrize(("kind", "language", "way"), sample(EVERY, 7))
def test_every_export_loads_again_as_it_is(tmp_path, view, registers, kind, language, way):
    own = own_rows(view, kind, words(language))
    intake = loaded(view, registers, written(tmp_path, own, language, way))
    assert intake.reports[0].kind == kind
    assert intake.reports[0].notes == ()
    assert bool(intake.reports[0].dropped) == (way == "versioned")
    if kind == "schools":
        assert said_by([row.school for row in intake.schools]) == said_by(list(read_schools(view)))
        return
    there = getattr(registers.funding, KIND[kind].part, None) or getattr(registers.dialogues, KIND[kind].part)
    got = [one.row for one in (*intake.funding, *intake.dialogues)]
    assert len(got) == len(there) > 0
    assert said_by(got) == said_by(list(there))
    added = added_rows((*intake.funding, *intake.dialogues), registers)
    assert (added.new, added.otherwise) == ((), ()), "what comes back as it is adds nothing"


def test_a_whole_list_that_is_another_adds_no_rows(tmp_path, view, registers):
    own = own_rows(view, "budget_goals", words("en"))
    intake = loaded(view, registers, written(tmp_path, replace(own, rows=own.rows[1:]), "en", "csv"))
    added = added_rows(tuple(intake.funding), registers)
    n = len(own.rows) - 1
    assert (len(added.new), added.there) == (n, ())
    assert list(added_said(added, words("en"))) == [
        f"{n} rows are a whole list, which can only take the place of the one that is here."
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_is_filled_in(tmp_path, view, registers, language):
    framework = next(one for one in read_frameworks(view) if one.id == "vebs-2022")
    empty = template(view, "form", framework, 2024, words(language))
    chosen = [column.choices for column in empty.columns]
    assert len(chosen) == 3 + len(framework.criteria)
    schools, levels = chosen[0], chosen[3]
    rows = tuple(
        (school, "", "", *(levels[(i + j) % len(levels)] for j in range(len(framework.criteria))))
        for i, school in enumerate(schools)
    )
    path = written(tmp_path, replace(empty, rows=rows), language, "xlsx")
    answers = loaded(view, registers, path, framework="vebs-2022", year=2024).answers
    assert answers.num_rows == len(schools) * len(framework.criteria)
    assert set(answers["school_id"].to_pylist()) == {school.id for school in read_schools(view)}
    assert set(answers["level"].to_pylist()) == {1, 2, 3, 4, None}


def test_the_invited_of_some_schools(tmp_path, view, registers):
    framework = next(one for one in read_frameworks(view) if one.id == "vebs-2022")
    empty = template(view, "participation", framework, 2024, words("sv"))
    rows = (*((*row[:3], 40 + i, None) for i, row in enumerate(empty.rows[:3])), *empty.rows[3:])
    intake = loaded(view, registers, written(tmp_path, replace(empty, rows=rows), "sv", "xlsx"))
    assert intake.participation["invited"].to_pylist() == [40, 41, 42]
    assert intake.reports[0].notes == (f"{len(rows) - 3} rows without a number of invited were left out.",)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_has_the_headings_of_its_kind(tmp_path, view, kind):
    framework = next(one for one in read_frameworks(view) if one.id == "vebs-2022")
    own = template(view, kind, framework, 2024, words("sv"))
    path = written(tmp_path, replace(own, rows=()), "sv", "xlsx")
    intake = take_in([path], read_frameworks(view), read_schools(view), ReadingOptions(), words("en"))
    assert [p.problem for p in intake.problems] == ["The file holds headings alone."]


@pytest.mark.parametrize("name", ["results", "city", "trends"])
def test_figures_are_not_taken_for_answers(tmp_path, view, name):
    heading = {"results": "pulled_mean", "city": "mean_of_schools", "trends": "pace_low"}[name]
    path = tmp_path / "f.csv"
    path.write_text(f"framework,year,school_id,school,criterion,{heading}\nvebs-2022,2024,a,A,A1,3\n")
    intake = take_in([path], read_frameworks(view), read_schools(view), ReadingOptions(), words("en"))
    assert [p.problem for p in intake.problems] == ["The file holds figures that this program has exported."]
