"""Rows keep their ids whatever is changed in them; every version carries who changed what, when, from what to what."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.dialogue import register as dialogue
from analytics.funding import register as funding
from analytics.intake.files import ReadingOptions
from analytics.loads.changes import changes
from analytics.loads.load import LoadRefused, load
from analytics.loads.recounting import republish
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.registers.kinds import KIND
from analytics.store.history import Entry, read_changes
from analytics.store.reading import Store
from analytics.store.registers import Registers, read_registers
from analytics.store.rollback import roll_back
from analytics.store.versions import read_current
from analytics.store.writing import locked
from analytics.words.language import words
from tests.store.making import SCHOOLS

SAY = words("en")
ALL = Viewer("everybody", schools=None)
PROJECTS = "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2018-09-01,2020-08-31\n"
PAYMENTS = (
    "project_id,report_year,unit,amount_sek,note\nhav,2018,Förvaltningen,100.50,\nhav,2018,Skolan,200,\n"
    "hav,2019,Skolan,5,\n"
)
PARTNERS = "project_id,country,place\nhav,FI,\nhav,FI,Åbo\nhav,PT,\n"
LABELS = "school,label,date,note\nalfa,prize,2021-05-01,\nbeta,prize,2021-05-02,\n"


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("history") / "store")
    put(store, schools=SCHOOLS, projects=PROJECTS, payments=PAYMENTS, partners=PARTNERS, labels=LABELS)
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(loaded, tmp_path / "store")


def put(store: Path, by: str = "Anna Ek", replace: bool = False, **texts: str) -> int:
    files = []
    for name, text in texts.items():
        files.append(store.parent / f"{name}.csv")
        files[-1].write_text(text, "utf-8")
    return load(store, files, ReadingOptions(), SAY, loaded_by=by, replace=replace).version


def held(store: Path) -> Registers:
    return read_registers(Store(store).current())


def ids(store: Path, kind: str) -> list[str]:
    return [kept.id for kept in held(store).of(KIND[kind])]


def all_ids(store: Path) -> dict[str, list[str]]:
    registers = held(store)
    return {name: sorted(kept.id for kept in registers.of(kind)) for name, kind in KIND.items()}


def done(store: Path, version: int) -> list[Entry]:
    return list(read_changes(Store(store).current(), "version = ?", [version]))


def said(entries: list[Entry]) -> list[tuple]:
    return [(e.change.kind, e.change.row, e.change.field, e.change.before, e.change.after) for e in entries]


def test_every_row_has_an_id_of_its_own(store):
    found = all_ids(store)
    for own in found.values():
        assert all(own) and len(set(own)) == len(own)
    assert found["payments"] and found["labels"]


def test_a_file_that_is_loaded_again_keeps_the_ids_and_is_no_history(store):
    before = all_ids(store)
    again = put(store, replace=True, projects=PROJECTS, payments=PAYMENTS, partners=PARTNERS, labels=LABELS)
    assert all_ids(store) == before and done(store, again) == []


def test_a_row_that_is_replaced_by_another_with_its_key_is_the_same_row(store):
    (id_,) = ids(store, "projects")
    version = put(store, by="Bo Alm", replace=True, projects=PROJECTS.replace("Havet", "Havets skola"))
    assert ids(store, "projects") == [id_]
    assert said(done(store, version)) == [("projects", id_, "title", "Havet", "Havets skola")]
    assert {(e.who, e.version) for e in done(store, version)} == {("Bo Alm", version)}


def test_a_payment_whose_amount_is_mended_is_the_same_payment(store):
    first, second, third = ids(store, "payments")
    version = put(store, replace=True, payments=PAYMENTS.replace("200", "250").replace("hav,2019,Skolan,5,\n", ""))
    assert sorted(ids(store, "payments")) == sorted([first, second, third]), "2019 was not told, so it is there still"
    assert said(done(store, version)) == [("payments", second, "amount_sek", "200", "250")]


def test_rows_that_are_alike_are_told_apart_by_all_that_they_say(store):
    finland, turku, portugal = ids(store, "partners")
    version = put(store, replace=True, partners="project_id,country,place\nhav,PT,Porto\nhav,FI,Åbo\nhav,FR,\n")
    assert ids(store, "partners")[:2] == [portugal, turku]
    told = said(done(store, version))
    assert told[0][:4] == ("partners", finland, "", '{"project_id": "hav", "country": "FI"}')
    assert told[1] == ("partners", portugal, "place", "", "Porto")
    assert (told[2][2], told[2][3], done(store, version)[2].change.texts) == (
        "", None, {"project_id": "hav", "country": "FR"},
    )  # fmt: skip


def test_the_first_appearance_of_a_row_is_one_entry_however_many_columns_it_has(store):
    rows = 10_000
    lines = "".join(f"hav,2020,Enhet {n},{n}.25,anteckning {n}\n" for n in range(1, rows + 1))
    version = put(store, payments=f"project_id,report_year,unit,amount_sek,note\n{lines}")
    entries = done(store, version)
    assert len(entries) == rows and all(e.change.added and e.change.field == "" for e in entries)
    assert entries[0].change.texts == {
        "project_id": "hav", "report_year": "2020", "unit": "Enhet 1", "amount_sek": "1.25", "note": "anteckning 1",
        "kind": "spent", "currency": "SEK",
    }  # fmt: skip


def test_each_version_carries_the_history_of_those_that_it_stands_on_and_no_others(store):
    number = Store(store).current().number
    left_out = put(store, replace=True, payments=PAYMENTS.replace("200", "999"))
    with locked(store):
        roll_back(store, number)
    kept = put(store, replace=True, payments=PAYMENTS.replace("200", "201"))
    later = put(store, replace=True, payments=PAYMENTS.replace("200", "202"))
    history = funding.history(Store(store).current(), ALL, "payments", "hav")
    amounts = [(e.version, e.change.before, e.change.after) for e in history if e.change.field]
    assert amounts == [(kept, "200", "201"), (later, "201", "202")]
    assert left_out not in {e.version for e in funding.history(Store(store).current(), ALL, "payments")}


def test_an_id_is_never_given_twice_whatever_is_rolled_back(store):
    number = Store(store).current().number
    put(store, payments="project_id,report_year,unit,amount_sek\nhav,2021,A,1\n")
    gone = ids(store, "payments")[-1]
    with locked(store):
        roll_back(store, number)
    put(store, payments="project_id,report_year,unit,amount_sek\nhav,2021,B,1\n")
    assert ids(store, "payments")[-1] != gone


def test_a_refused_load_is_no_history(store):
    before = Store(store).current().number
    with pytest.raises(LoadRefused):
        put(store, replace=True, payments=PAYMENTS.replace("200", "many"))
    assert Store(store).current().number == before


def test_a_viewer_of_one_school_reads_the_history_of_its_rows_alone(store):
    view, of_alfa = Store(store).current(), Viewer("alfa", frozenset({"alfa"}))
    assert {e.change.school_id for e in dialogue.history(view, ALL, "labels")} == {"alfa", "beta"}
    assert {e.change.school_id for e in dialogue.history(view, of_alfa, "labels")} == {"alfa"}
    assert len(dialogue.history(view, of_alfa, "labels", "alfa")) == 1
    with pytest.raises(NotAllowed):
        dialogue.history(view, of_alfa, "labels", "beta")
    with pytest.raises(KeyError):
        dialogue.history(view, of_alfa, "payments")


def test_the_funding_registers_history_is_for_those_who_may_see_the_register(store):
    view = Store(store).current()
    assert len(funding.history(view, Viewer("alfa", frozenset({"alfa"})), "payments", "hav")) == 3
    with pytest.raises(NotAllowed):
        funding.history(view, Viewer("nobody"), "payments")
    with pytest.raises(KeyError):
        funding.history(view, ALL, "labels")


@pytest.fixture
def old_store(store: Path) -> tuple[Path, Registers]:
    """A store as an edition without ids and without a history would have left it, and what it holds."""
    before = held(store)
    current = read_current(store)
    with duckdb.connect(str(store / current.in_force.view)) as connection:
        for kind in KIND.values():
            connection.execute(f"alter table {kind.table} drop column row_id")
        connection.execute("drop table register_change")
        connection.execute("update version set edition = 'earlier'")
    return store, before


def test_an_old_store_is_published_once_more_with_ids_and_loses_no_row(old_store):
    store, before = old_store
    republish(store, loaded_by="somebody")
    after = held(store)
    for kind in KIND.values():
        now = after.of(kind)
        assert [kept.row for kept in now] == [kept.row for kept in before.of(kind)]
        assert all(kept.id for kept in now) and len({kept.id for kept in now}) == len(now)
    assert read_changes(Store(store).current(), "true", []) == (), "nobody knows who brought them"
    number = put(store, replace=True, payments=PAYMENTS.replace("200", "250"))
    assert [e.change.after for e in done(store, number)] == ["250"]
    put(store, payments="project_id,report_year,unit,amount_sek\nhav,2021,A,1\n")
    assert len(set(ids(store, "payments"))) == 4


def test_publishing_once_more_changes_neither_ids_nor_history(store):
    before, history = held(store), read_changes(Store(store).current(), "true", [])
    republish(store, loaded_by="somebody")
    assert held(store) == before and read_changes(Store(store).current(), "true", []) == history
    assert changes(before, held(store)) == []


def test_ids_of_a_build_are_no_matter_of_chance(demo_store):
    """So that two builds of the same data can be held against each other."""
    view = Store(demo_store).current()
    for kind in KIND.values():
        assert all(id_.startswith("1-") for (id_,) in view.rows(f"select row_id from {kind.table}"))
