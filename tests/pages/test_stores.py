"""Every page with demo data, with an empty store, with none, and with one that is broken."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from pages.ui import frame
from tests.pages.reading import ABOUT, TITLES, figures, markup, said, title, unfolded

PICTURES = {
    "oversikt": 5, "skolor": 4, "skola": 5, "kriterier": 1, "certifiering": 6, "stod": 1, "dialog": 1,
    "uppfoljning": 4, "lara": 1,
}  # fmt: skip
PATHS = list(PICTURES)
FUNDING = [path for path in TITLES if path and path not in PICTURES]
SYNTHETIC = "Syntetiska data: påhittade skolor, svar och projekt"
BADGES = {"certifiering": "Delvis syntetiska data: en del skolor, svar och projekt är påhittade"}  # three are real


@pytest.mark.parametrize("path", PATHS)
def test_with_demo_data(open_demo, path):
    app = unfolded(open_demo(path, **ABOUT.get(path, {})))
    assert not app.exception and not app.error and not app.info
    assert title(app) == {"skola": "Kvartsskolan"}.get(path, TITLES[path])
    assert len(figures(app)) == PICTURES[path]
    assert BADGES.get(path, SYNTHETIC) in said(app)
    assert "Dataversion 1" in said(app)


@pytest.mark.parametrize("path", PATHS)
def test_in_english(open_demo, path):
    app = open_demo(path, lang="en", **ABOUT.get(path, {}))
    assert not app.exception
    assert re.search("Synthetic data: invented|Partly synthetic data: some", said(app))
    assert any(
        words in said(app)
        for words in ("at the goal", "reach", "lies", "below the goal", "given up", "can apply", "held on")
    )
    assert not {"skolor", "staden", "målet", "svar"} & set(said(app).lower().split())
    assert app.query_params["lang"] == "en"


@pytest.mark.parametrize("path", FUNDING)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_funding_pages_with_demo_data(open_demo, path, language):
    app = open_demo(path, lang=language)
    assert not app.exception and not app.error and not app.info
    badge = {"sv": "yntetiska data: ", "en": "ynthetic data: "}[language]
    assert badge in said(app)


@pytest.mark.parametrize("path", FUNDING)
def test_funding_pages_of_an_empty_store(at_store, open_page, empty_store, path):
    at_store(empty_store)
    app = open_page(path)
    assert not app.exception and title(app) == TITLES[path] and figures(app) == []
    assert re.search(r"Det finns inga (projekt|utbetalningar) i registret|Registret är tomt", said(app))


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_store_says_how_to_load_answers(at_store, open_page, empty_store, path):
    at_store(empty_store)
    app = open_page(path)
    assert not app.exception
    assert title(app) == TITLES[path]
    assert figures(app) == []
    assert "Det finns inga svar i datalagret än" in app.info[0].value
    assert "Ladda upp en fil med svar" in app.info[0].value
    assert "importera?lang=sv" in " ".join(markup(app))


@pytest.mark.parametrize("path", list(TITLES))
def test_no_store_says_how_to_make_one(at_store, open_page, tmp_path, path):
    at_store(tmp_path / "nowhere")
    app = open_page(path)
    assert not app.exception
    assert title(app) == TITLES[path]
    assert "Här finns inga uppgifter än" in app.info[0].value
    assert "importera?lang=sv" in " ".join(markup(app))
    assert not (tmp_path / "nowhere").exists(), "a page must not make a store"


BROKEN_POINTERS = {
    "garbage": b"\x00\xffgarbage",
    "no object": b"[1, 2]",
    "a number": b"3",
    "empty": b"",
    "another version than was published": b'{"version": 9, "published": []}',
    "files that are not there": b'{"version": 1, "published": [{"number": 1, "view": "v", "answers": "a"}]}',
}


@pytest.mark.parametrize("pointer", list(BROKEN_POINTERS))
def test_a_broken_pointer_says_whom_to_tell(at_store, open_page, tmp_path, pointer):
    (tmp_path / "CURRENT").write_bytes(BROKEN_POINTERS[pointer])
    assert_says_broken(at_store, open_page, tmp_path, "oversikt")


@pytest.mark.parametrize("left", ["view-1.duckdb", "answers-1.duckdb"])
def test_a_store_that_has_lost_its_pointer_is_broken_and_not_missing(at_store, open_page, tmp_path, left):
    """To make a store is no advice where one lies."""
    (tmp_path / left).write_bytes(b"a version's")
    assert_says_broken(at_store, open_page, tmp_path, "oversikt")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_of_a_broken_store_says_whom_to_tell(at_store, open_page, tmp_path, path):
    (tmp_path / "CURRENT").write_bytes(BROKEN_POINTERS["garbage"])
    assert_says_broken(at_store, open_page, tmp_path, path)


@pytest.mark.parametrize("damage", ["not a database", "cut off", "another database", "a table is gone"])
def test_a_damaged_version_says_whom_to_tell(at_store, open_page, demo_store, tmp_path, damage):
    folder = tmp_path / "store"
    shutil.copytree(demo_store, folder)
    view = folder / json.loads((folder / "CURRENT").read_text("utf-8"))["published"][0]["view"]
    break_view(view, damage)
    assert_says_broken(at_store, open_page, folder, "skola")


def break_view(view: Path, damage: str) -> None:
    if damage == "not a database":
        view.write_bytes(b"this is not a database" * 1000)
    elif damage == "cut off":
        view.write_bytes(view.read_bytes()[:100_000])
    elif damage == "another database":
        view.unlink()
        duckdb.connect(str(view)).close()
    else:
        with duckdb.connect(str(view)) as connection:
            connection.execute("drop table area_cell")


def assert_says_broken(at_store, open_page, folder: Path, path: str) -> None:
    at_store(folder)
    app = open_page(path, **ABOUT.get(path, {}))
    assert [e.value for e in (*app.exception, *app.error)] == []
    assert title(app) in (TITLES[path], "Kvartsskolan"), "its own, as far as that can be read"
    assert "Datalagret går inte att läsa" in app.info[0].value
    assert re.findall(r"kvalitet \w+", app.info[0].value) == ["kvalitet versions"], "it changes nothing"


def test_a_store_that_appears_is_there_at_the_next_click(at_store, open_page, demo_store, tmp_path):
    folder = tmp_path / "store"
    at_store(folder)
    app = open_page("oversikt")
    assert app.info
    shutil.copytree(demo_store, folder)
    app.run()
    assert not app.info and len(figures(app)) == 1


def test_a_fault_of_ours_is_told_by_a_number_and_its_details_to_the_log_alone(monkeypatch, caplog):
    shown = []
    monkeypatch.setattr(frame, "st", SimpleNamespace(session_state={}, error=shown.append))
    assert frame.failed(ValueError("secret detail")) is True, "or Streamlit shows a traceback of its own"
    assert len(shown) == 1 and "gick fel" in shown[0] and "secret" not in shown[0]
    (number,) = re.findall(r"\b[0-9a-f]{8}\b", shown[0])
    assert "secret detail" in caplog.text and number in caplog.text
    frame.failed(ValueError("another"))
    assert number not in shown[1]
