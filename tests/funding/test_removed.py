"""A project that is taken away is told in its version's record, with what went with it."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from analytics.cli.main import main
from analytics.cli.options import say as said
from analytics.funding.removed import RemovedProject, in_words, removed_projects
from analytics.intake.files import ReadingOptions
from analytics.loads.dialogue_rows import all_of
from analytics.loads.funding_texts import texts_of
from analytics.loads.load import load
from analytics.loads.save import save
from analytics.loads.save_funding import FUNDING_REGISTER
from analytics.model.schools import Viewer
from analytics.store.drafts import Typed
from analytics.store.reading import Store
from analytics.store.registers import read_registers
from analytics.words.language import words

SAY = words("en")
FILES = {
    "projects": "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2018-09-01,2020-08-31\n"
    "skog,Skogen,Nordplus,2019-01-01,2019-12-31\n",
    "payments": "project_id,report_year,unit,amount_sek,note\nhav,2018,A,12000.50,\nhav,2019,A,500,\n"
    "hav,2020,A,-155.50,åter\nskog,2019,A,30,\n",
    "budgets": "project_id,scope,amount,currency\nhav,whole,5,EUR\nhav,own,5,SEK\nskog,own,1,SEK\n",
    "partners": "project_id,country\nhav,FI\n",
}


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("removed")
    store = shutil.copytree(store_once_built, folder / "store")
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    load(store, [folder / f"{name}.csv" for name in FILES], ReadingOptions(), SAY, loaded_by="test")
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(loaded, tmp_path / "store")


def take_away(store: Path, *projects: str) -> None:
    registers = read_registers(Store(store).current())
    texts = texts_of(registers)
    parts = [f"projects.r{kept.id}" for kept in registers.rows["projects"] if kept.row.id in projects]
    typed = {f"{part}.removed": Typed(all_of(texts, part), "yes") for part in parts}
    save(store, Viewer("everybody", None), FUNDING_REGISTER, typed, SAY, saved_by="Anna Ek")


def gone(store: Path) -> tuple[RemovedProject, ...]:
    return removed_projects(Store(store).current())


def test_what_went_with_a_project_is_told_with_it(store):
    assert gone(store) == ()
    take_away(store, "hav")
    (hav,) = gone(store)
    assert hav == RemovedProject(
        "hav", "Havet", (("payments", 3), ("budgets", 2), ("partners", 1)), Decimal("12345.00")
    )
    assert in_words(hav, words("sv")) == (
        "Projektet Havet togs bort, med 3 utbetalningar (12\N{NO-BREAK SPACE}345,00\N{NO-BREAK SPACE}kr),"
        " 2 budgetar och 1 partner."
    )
    assert in_words(hav, SAY).startswith("The project Havet was removed, with 3 payments (SEK")


def test_two_that_go_at_once_are_told_apart_and_later_versions_tell_of_neither(store):
    take_away(store, "hav", "skog")
    assert [(one.title, dict(one.rows)["payments"], one.paid_sek) for one in gone(store)] == [
        ("Havet", 3, Decimal("12345.00")),
        ("Skogen", 1, Decimal("30.00")),
    ]
    (store.parent / "projects.csv").write_text(FILES["projects"], "utf-8")
    load(store, [store.parent / "projects.csv"], ReadingOptions(), SAY, loaded_by="test")
    assert gone(store) == ()
    take_away(store, "skog")
    (skog,) = gone(store)
    assert (skog.rows, skog.paid_sek) == ((), 0)
    assert in_words(skog, SAY) == "The project Skogen was removed."


def test_a_row_that_goes_alone_is_no_project_that_goes(store):
    registers = read_registers(Store(store).current())
    part = f"payments.r{registers.rows['payments'][0].id}"
    typed = {f"{part}.removed": Typed(all_of(texts_of(registers), part), "yes")}
    save(store, Viewer("everybody", None), FUNDING_REGISTER, typed, SAY, saved_by="Anna Ek")
    assert gone(store) == ()


def test_the_list_of_versions_tells_it(store, capsys, monkeypatch):
    take_away(store, "hav")
    monkeypatch.setenv("KVALITET_STORE", str(store))
    main(["versions"])
    (hav,) = gone(store)
    assert capsys.readouterr().out.splitlines()[-1].strip() == in_words(hav, said)
    main(["versions", "--json"])
    last = json.loads(capsys.readouterr().out)["versions"][-1]
    assert list(last)[-2:] == ["removed_projects", "tells_beside_later"]
    assert last["removed_projects"] == [
        {
            "project_id": "hav",
            "title": "Havet",
            "rows": {"payments": 3, "budgets": 2, "partners": 1},
            "paid_sek": 12345.0,
        }
    ]


def test_a_version_of_an_earlier_edition_tells_of_none(store):
    take_away(store, "hav")
    view = Store(store).current()
    path, number = view.path, view.number
    view.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table register_change")
    assert removed_projects(Store(store).version(number)) == ()
