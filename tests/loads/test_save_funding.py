"""Saving what was typed: one version with a name on it, refused whole, and nobody's work written over."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.funding.difference import difference
from analytics.funding.register import as_last_reported
from analytics.intake.files import Reading
from analytics.loads.load import LoadRefused, load
from analytics.loads.register_rows import rows_of
from analytics.loads.save_funding import Conflict, Edits, conflicts, save
from analytics.model.funding import Funding, Payment, Question
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.store.funding import read_funding
from analytics.store.reading import Store, version_history
from analytics.words.language import words
from tests.store.making import tree

SAY = words("en")
PROJECTS = (
    "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2018-09-01,2020-08-31\n"
    "skog,Skogen,Nordplus,2019-01-01,2019-12-31\n"
)
PAYMENTS = (
    "project_id,report_year,unit,amount_sek\nhav,2018,Förvaltningen,100.50\nhav,2019,Förvaltningen,200\n"
    "skog,2019,Förvaltningen,30\n"
)


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saving")
    store = shutil.copytree(store_once_built, folder / "store")
    for name, text in (("projects", PROJECTS), ("payments", PAYMENTS)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    reading = Reading(provenance=Provenance.PUBLISHED)
    load(store, [folder / "projects.csv", folder / "payments.csv"], reading, SAY, loaded_by="test")
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A store of its own with two projects and three payments."""
    return shutil.copytree(loaded, tmp_path / "store")


def register(store: Path) -> Funding:
    return read_funding(Store(store).current())


def payments(store: Path, project: str) -> list[dict]:
    return [dict(row) for row in rows_of(register(store), "payments", project)]


def test_a_table_is_saved_whole_as_one_version_with_a_name(store):
    seen, rows = register(store), payments(store, "hav")
    rows[0]["amount_sek"] = "100.75"
    rows = [rows[0], {**rows[1], "report_year": "2020", "note": "sista"}]
    save(store, Edits(tables={("payments", "hav"): rows}), seen, SAY, saved_by="Anna Ek")
    assert [p for p in register(store).payments if p.project_id == "hav"] == [
        Payment("hav", 2018, "Förvaltningen", Decimal("100.75")),
        Payment("hav", 2020, "Förvaltningen", Decimal("200.00"), note="sista"),
    ]
    last = version_history(store)[-1]
    assert (last.loaded_by, last.action, [file.kind for file in last.files]) == ("Anna Ek", "edit", ["payments"])


def test_what_is_typed_in_a_published_project_is_published_no_more(store):
    assert {p.provenance for p in register(store).projects} == {Provenance.PUBLISHED}
    save(store, Edits(tables={("payments", "hav"): []}), register(store), SAY, saved_by="A")
    assert {p.id: p.provenance for p in register(store).projects} == {
        "hav": Provenance.IMPORTED,
        "skog": Provenance.PUBLISHED,
    }
    assert [p.project_id for p in register(store).payments] == ["skog"]


def test_a_new_project_with_its_tables_and_one_taken_away_with_all_of_its(store):
    row = {**dict.fromkeys(rows_of(register(store), "projects")[0], ""), "project_id": "sol", "title": "Solen"}
    row |= {"programme": "Erasmus+", "start": "2021-01-01", "end": "2021-12-31"}
    paid = {"project_id": "sol", "report_year": "2021", "unit": "Skolan", "amount_sek": "12"}
    edits = Edits([row], frozenset({"hav"}), {("payments", "sol"): [paid]})
    save(store, edits, register(store), SAY, saved_by="A")
    assert {p.id for p in register(store).projects} == {"skog", "sol"}
    assert {p.project_id for p in register(store).payments} == {"skog", "sol"}


def test_answers_are_written_changed_and_taken_away(store):
    for text in ("Vi lärde oss.", "Vi lärde oss mycket.\n\nOch mer.", ""):
        save(store, Edits(answers={(2018, Question.RESULTS): text}), register(store), SAY, saved_by="A")
        assert [n.text for n in register(store).narratives] == ([text] if text else [])


def test_what_is_wrong_is_told_row_by_row_and_nothing_changes(store):
    seen, rows, before = register(store), payments(store, "hav"), tree(store)
    rows[1]["amount_sek"], rows[0]["report_year"] = "12.345,67", ""
    with pytest.raises(LoadRefused) as refused:
        save(store, Edits(tables={("payments", "hav"): rows}), seen, SAY, saved_by="A")
    assert [(p.row, p.column, p.value) for p in refused.value.problems] == [
        (1, "report_year", ""),
        (2, "amount_sek", "12.345,67"),
    ]
    assert tree(store) == before


def test_the_second_of_two_is_told_what_changed_and_writes_nothing_over(store):
    seen, mine, theirs = register(store), payments(store, "hav"), payments(store, "hav")
    theirs.append({**theirs[0], "report_year": "2020", "amount_sek": "5"})
    mine[0]["amount_sek"] = "101"
    save(store, Edits(tables={("payments", "hav"): theirs}), seen, SAY, saved_by="Bo")
    before = tree(store)
    with pytest.raises(Conflict) as conflict:
        save(store, Edits(tables={("payments", "hav"): mine}), seen, SAY, saved_by="Anna")
    (changed,) = conflict.value.changes
    assert (changed.part, changed.about, len(changed.before), len(changed.now)) == ("payments", "hav", 2, 3)
    assert tree(store) == before
    save(store, Edits(tables={("payments", "hav"): mine}), register(store), SAY, saved_by="Anna")
    assert [p.amount_sek for p in register(store).payments if p.project_id == "hav"] == [101, 200]


def test_two_who_change_different_things_do_not_meet(store):
    seen = register(store)
    save(store, Edits(tables={("payments", "skog"): []}), seen, SAY, saved_by="Bo")
    save(store, Edits(tables={("payments", "hav"): []}), seen, SAY, saved_by="Anna")
    assert register(store).payments == ()


def test_a_project_is_not_taken_away_under_somebody_who_pays_into_it(store):
    seen, rows = register(store), payments(store, "hav")
    save(store, Edits(tables={("payments", "hav"): rows[:1]}), seen, SAY, saved_by="Bo")
    with pytest.raises(Conflict):
        save(store, Edits(removed=frozenset({"hav"})), seen, SAY, saved_by="Anna")
    assert conflicts(Edits(removed=frozenset({"skog"})), seen, register(store)) == ()


def test_published_figures_are_taken_over_as_they_are(demo_store, tmp_path):
    store = shutil.copytree(demo_store, tmp_path / "demo")
    figures = "select * from {} order by all"
    before = {t: Store(store).current().rows(figures.format(t)) for t in ("cell", "city_area", "school_round")}
    save(store, Edits(answers={(2025, Question.RESULTS): "x"}), register(store), SAY, saved_by="A")
    assert {t: Store(store).current().rows(figures.format(t)) for t in before} == before


def test_an_invented_project_is_never_called_real_again(demo_store, tmp_path):
    store = shutil.copytree(demo_store, tmp_path / "demo")
    project = next(p for p in register(store).projects if p.provenance is Provenance.SYNTHETIC)
    row = {**rows_of(register(store), "projects", project.id)[0], "note": "ändrad"}
    save(store, Edits(projects=[row]), register(store), SAY, saved_by="A")
    changed = next(p for p in register(store).projects if p.id == project.id)
    assert (changed.note, changed.provenance) == ("ändrad", Provenance.MIXED)


def test_last_year_s_report_is_what_the_register_held_before_this_year_began(store):
    whole = Viewer("x", schools=None)

    def before(year: int) -> Funding | None:
        found = Store(store)
        return as_last_reported(found, found.current().number, whole, year)

    assert before(2019) is None, "both years came in one load"
    assert [p.title for p in before(2020).projects] == ["Havet", "Skogen"]
    row = {**rows_of(register(store), "projects", "hav")[0], "title": "Havets skola"}
    paid = {**payments(store, "hav")[0], "report_year": "2020", "amount_sek": "5"}
    edits = Edits(projects=[row], tables={("payments", "hav"): [*payments(store, "hav"), paid]})
    save(store, edits, register(store), SAY, saved_by="A")
    (renamed,) = difference(before(2020), register(store), 2020).renamed
    assert (renamed.before, renamed.now) == ("Havet", "Havets skola")
