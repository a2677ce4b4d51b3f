"""Pages of a server whose store is damaged while it runs: they go on with what they could last read, and say so; and
pages to type on whose drafts cannot be kept."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import anyio
import duckdb
import pytest

from analytics.store.drafts import FILE, Drafts, Typed
from analytics.store.reading import Store
from analytics.store.versions import CURRENT, read_current
from pages.ui import access, server
from pages.ui.saving import WHO
from tests.pages.reading import ABOUT, TITLES, figures, said, title
from tests.pages.test_dialogue_drafts import ABOUT as DIALOGUE
from tests.pages.test_dialogue_drafts import SCHOOL, field, saved
from tests.sampling import NIGHTLY, pairs
from tests.store.damages import LOST

HELD_ON = "Det du ser är version 1"


@pytest.fixture
def store(few_copy: Path, at_store) -> Path:
    at_store(few_copy)
    return few_copy


def points_to(spoil: Callable[[Path], None]) -> Callable[[Path], None]:
    """CURRENT names a second version, whose view is spoilt."""

    def damage(store: Path) -> None:
        shutil.copyfile(store / "view-1.duckdb", store / "view-2.duckdb")
        with duckdb.connect(str(store / "view-2.duckdb")) as connection:
            connection.execute("update version set number = 2")
        spoil(store / "view-2.duckdb")
        said = json.loads((store / CURRENT).read_text("utf-8"))
        said["published"].append({"number": 2, "view": "view-2.duckdb", "answers": "answers-1.duckdb"})
        (store / CURRENT).write_text(json.dumps({**said, "version": 2}), "utf-8")

    return damage


def overwritten_at_the_end(view: Path) -> None:
    """Such a file opens, and is found out where somebody reads that far."""
    held = bytearray(view.read_bytes())
    held[len(held) // 4 :] = bytes(len(held) - len(held) // 4)
    view.write_bytes(held)


def of_another_edition(*changes: str) -> Callable[[Path], None]:
    def spoil(view: Path) -> None:
        with duckdb.connect(str(view)) as connection:
            for change in changes:
                connection.execute(change)

    return spoil


BROKEN = {
    **LOST,
    "a view that is gone": points_to(Path.unlink),
    "a view that is none": points_to(lambda view: view.write_bytes(b"no database" * 1000)),
    "a view that is cut off": points_to(lambda view: view.write_bytes(view.read_bytes()[:100_000])),
    "a view that is half there": points_to(overwritten_at_the_end),
    "a view without a table": points_to(of_another_edition("drop table area_cell")),
}
EDITIONS = {
    "an earlier edition's view": (of_another_edition("alter table version drop column edition"), "kvalitet republish"),
    "a later edition's view": (
        of_another_edition("create table more as select 1 as x", "update version set edition = 'later'"),
        "senare utgåva",
    ),
}


TRIED = pairs(list(BROKEN), list(TITLES)) if NIGHTLY else pairs(list(BROKEN)[1::3], ["", "skola", "dialog", "eu"])


@pytest.mark.parametrize(("state", "path"), TRIED)
def test_a_page_goes_on_with_what_could_last_be_read(store, open_page, state, path):
    app = open_page(path, **({"school": "alabasterskolan"} if path == "skola" else {}))
    before, pictures = said(app), len(figures(app))
    assert not app.exception and not app.warning
    held = (store / CURRENT).read_bytes()
    BROKEN[state](store)
    app.run()
    assert not app.exception and len(figures(app)) == pictures and title(app) in (TITLES[path], "Alabasterskolan")
    (warning,) = app.warning
    assert HELD_ON in warning.value and "Inget kan sparas nu" in warning.value
    assert re.findall(r"kvalitet \w+", warning.value) == ["kvalitet versions"], "it changes nothing"
    another = open_page("oversikt")
    assert HELD_ON in another.warning[0].value, "whoever comes now sees it too"

    if (store / CURRENT).is_dir():
        (store / CURRENT).rmdir()
    (store / CURRENT).unlink(missing_ok=True)
    (store / CURRENT).write_bytes(held)
    app.run()
    assert not app.warning and said(app) == before, "mended, nothing is said any more"


@pytest.mark.parametrize("state", EDITIONS)
def test_what_another_edition_published_meanwhile_takes_nothing_away(store, open_page, state):
    spoil, told = EDITIONS[state]
    app = open_page("oversikt")
    points_to(spoil)(store)
    app.run()
    assert HELD_ON in app.warning[0].value and told in app.warning[0].value and figures(app)


def test_a_server_that_is_started_then_has_nothing_to_go_on_with(store, open_page):
    open_page("oversikt")
    LOST["empty"](store)
    access._store.cache_clear()
    app = open_page("oversikt")
    assert not app.warning and "Datalagret går inte att läsa" in app.info[0].value


def test_a_store_that_is_gone_altogether_is_not_shown_on(store, open_page):
    """Somebody has taken it away: what it held is not to be read any more."""
    app = open_page("oversikt")
    shutil.rmtree(store)
    app.run()
    assert not app.warning and "Här finns inga uppgifter än" in app.info[0].value


def test_a_running_server_takes_away_what_a_killed_load_has_left(store, monkeypatch):
    monkeypatch.setattr(server, "quicken", lambda: None)  # takes hold of what other tests look at
    part = store / "answers-2.duckdb.part"
    part.write_bytes(b"individual answers")

    async def serve() -> None:
        async with server.kept_warm([])(None):
            with anyio.fail_after(30):
                while part.exists():
                    await anyio.sleep(0.05)

    anyio.run(serve)


def dialogue(open_page, **query: str):
    school, framework, year = SCHOOL
    app = open_page("dialog", school=school, framework=framework, year=str(year), **query)
    app.text_input(key=WHO).set_value("Anna Ek")
    return app


def test_what_is_typed_meanwhile_is_kept_and_saved_once_it_can_be(store, open_page):
    app = dialogue(open_page)
    held = (store / CURRENT).read_bytes()
    LOST["empty"](store)
    field(app, "notes").set_value("Det första.").run()
    app.button(key=f"save {DIALOGUE}").click().run()
    assert not app.exception and "går inte att skriva" in said(app)
    assert field(app, "notes").value == "Det första." and Drafts(store).about(DIALOGUE)
    (store / CURRENT).write_bytes(held)
    app.button(key=f"save {DIALOGUE}").click().run()
    assert saved(store)["notes"] == "Det första." and read_current(store).number == 2


def in_place_of(path: Path) -> None:
    for beside in path.parent.glob(f"{path.name}*"):
        beside.unlink()
    path.mkdir()


NOT_KEPT = "Det du skriver kan inte behållas som utkast just nu."


def test_drafts_that_cannot_be_kept_take_no_page_down(store, open_page):
    app = dialogue(open_page)
    field(app, "notes").set_value("Det första.").run()
    assert NOT_KEPT not in said(app) and not app.warning
    in_place_of(store / FILE)
    field(app, "participants").set_value("Rektor").run()
    assert not app.exception and NOT_KEPT in app.warning[0].value
    assert re.findall(r"kvalitet \w+", app.warning[0].value) == []
    assert (field(app, "notes").value, field(app, "participants").value) == ("Det första.", "Rektor")
    assert "Spara innan du stänger sidan" in said(app)
    app.button(key=f"save {DIALOGUE}").click().run()
    assert not app.exception and saved(store) == {"notes": "Det första.", "participants": "Rektor"}
    other = dialogue(open_page)
    assert not other.exception and field(other, "notes").value == "Det första." and NOT_KEPT in other.warning[0].value


@pytest.mark.parametrize("path", ["dialog", "eu-rapport", "eu-projekt"] if NIGHTLY else ["eu-rapport"])
def test_a_damaged_file_of_drafts_is_put_aside_and_told(store, open_page, path):
    """By whichever page finds it, once."""
    Drafts(store).keep("d1", "s", DIALOGUE, "notes", Typed("", "x"))
    (store / FILE).write_bytes(b"no database" * 1000)
    app = open_page(path, **(ABOUT.get(path, {}) if path != "dialog" else {"school": SCHOOL[0]}))
    assert not app.exception and not app.warning
    assert len([*store.glob("drafts-damaged-*.sqlite")]) == 1 and Drafts(store).about(DIALOGUE) == ()


def test_who_types_goes_on_in_another_file(store, open_page):
    app = dialogue(open_page)
    field(app, "notes").set_value("Det första.").run()
    (store / FILE).write_bytes(b"no database" * 1000)
    field(app, "participants").set_value("Rektor").run()
    assert not app.exception and not app.warning and "i en fil som skadades" in said(app)
    (draft,) = Drafts(store).about(DIALOGUE)
    assert {name: typed.text for name, typed in draft.fields.items()} == {
        "notes": "Det första.",
        "participants": "Rektor",
    }
    again = dialogue(open_page, draft=app.query_params["draft"])
    assert field(again, "notes").value == "Det första."
    again.button(key=f"save {DIALOGUE}").click().run()
    assert Store(store).current().number == 2
