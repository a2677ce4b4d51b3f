"""A store that another edition of the program published: an earlier one's is published once more without loss, a later
one's is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.cli import main
from analytics.loads.recounting import republish
from analytics.model.errors import StoreNewer, StoreOld
from analytics.store.reading import Store, version_history
from analytics.store.rollback import is_whole
from analytics.store.sources import SourceFile
from analytics.store.versions import read_current
from tests.store.making import SCHOOLS, answers, put, sources, tree

APP = Path(__file__).parents[2] / "app.py"


def everything(store) -> dict[str, list[tuple]]:
    view = Store(store).current()
    tables = [name for (name,) in view.rows("select table_name from duckdb_tables() where not internal order by 1")]
    return {name: view.rows(f"select * from {name} order by all") for name in tables if name != "version"}


@pytest.fixture(scope="module")
def loaded(store_once_built, tmp_path_factory):
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("editions") / "store")
    put(store, schools=SCHOOLS, answers=answers("alfa"))
    return store


@pytest.fixture
def store(loaded, tmp_path):
    """A store of its own, at version 2, with answers of one school."""
    return shutil.copytree(loaded, tmp_path / "store")


@pytest.fixture
def old_store(loaded, store):
    """A store with answers, and what is in it; then it is as an edition without forecasts would have left it, which
    noted in the view what the version was made from."""
    current = read_current(store)
    with duckdb.connect(str(store / current.in_force.view)) as connection:
        connection.execute("drop table forecast; drop table school_context; alter table version drop column edition")
        connection.execute("alter table version drop column answers; alter table version drop column answers_digest")
        connection.execute("alter table cell drop column ready")
        connection.execute(
            "create table source_file as select 'a.csv' as file, 'abc' as sha256, 'answers' as kind, 26 as rows"
        )
    with duckdb.connect(str(store / current.in_force.answers)) as connection:
        connection.execute("drop table made; drop table source_file")
    return store, everything(loaded)


def test_an_old_store_is_told_apart(old_store):
    store, _ = old_store
    with pytest.raises(StoreOld):
        Store(store).current()
    with pytest.raises(StoreOld):
        put(store, answers=answers("beta"))
    assert len(version_history(store)) == 2, "what was loaded can be listed all the same"
    assert sources(store)[1:] == [[SourceFile("a.csv", "abc", "answers", 26)]]


def test_publishing_once_more_brings_everything_back(old_store):
    store, held = old_store
    outcome = republish(store, loaded_by="somebody")
    assert Store(store).current().number == outcome.version == 3
    again = everything(store)
    assert again == held
    assert is_whole(store, read_current(store).in_force)
    assert put(store, answers=answers("beta")).ok
    assert version_history(store)[2].action == "republish"


def test_the_app_says_what_to_do(old_store, monkeypatch):
    from streamlit.testing.v1 import AppTest

    store, _ = old_store
    monkeypatch.setenv("KVALITET_STORE", str(store))
    page = AppTest.from_file(str(APP), default_timeout=60).run()
    assert "kvalitet republish" in "".join(info.value for info in page.info)


@pytest.fixture
def newer_store(store):
    """A store as a later edition will leave it, which keeps what this one knows nothing of."""
    with duckdb.connect(str(store / "view-2.duckdb")) as connection:
        connection.execute("create table visit_note as select 'alfa' as school_id, 'typed' as text")
        connection.execute("update version set edition = 'later'")
    return store


def test_a_program_that_was_set_back_leaves_nothing_of_a_newer_store_out(newer_store, capsys):
    """As when an earlier copy of the program is started by `make run`, which publishes an old store once more."""
    before = tree(newer_store)
    with pytest.raises(StoreNewer):
        Store(newer_store).current()
    with pytest.raises(StoreNewer):
        republish(newer_store, loaded_by="somebody")
    with pytest.raises(StoreNewer):
        put(newer_store, answers=answers("beta"))
    with pytest.raises(SystemExit) as ended:
        main(["republish", "--if-old", "--store", str(newer_store)])
    assert ended.value.code == 3 and "senare utgåva" in capsys.readouterr().err
    assert tree(newer_store) == before


def test_the_app_tells_a_newer_store_apart(newer_store, monkeypatch):
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("KVALITET_STORE", str(newer_store))
    told = "".join(info.value for info in AppTest.from_file(str(APP), default_timeout=60).run().info)
    assert "senare utgåva" in told and "kvalitet republish" not in told
