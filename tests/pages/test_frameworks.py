"""Ramverk: read by all who may be there; changed, followed on and copied by who may load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from analytics.loads.framework_texts import part_of, texts_of
from analytics.model.frameworks import Change, Framework
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks
from analytics.words.language import words
from pages.data.frameworks.editor import _problems
from pages.data.frameworks.plan import has_plan, plan_html
from pages.data.frameworks.rows import _take_in
from pages.data.frameworks.wording import FrameworkWording
from pages.ui import door
from pages.ui.forms import Form
from pages.ui.grid.operations import CellTyped, RowAdded, RowRemoved, RowRestored
from tests.intake.making import PROV
from tests.loads.test_load import SCHOOLS, put
from tests.loads.test_withdrawing import answers, people
from tests.pages.reading import said


@pytest.fixture(scope="module")
def asked(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A framework that ended in 2024, with a round; for reading alone."""
    store = copytree(empty_store, tmp_path_factory.mktemp("asked") / "store")
    put(store, prov=PROV, schools=SCHOOLS)
    put(store, first=answers(people("alfa", 2021, "33443322"), people("beta", 2021, "22222111")))
    return store


@pytest.fixture
def city(asked: Path, tmp_path: Path) -> Path:
    return copytree(asked, tmp_path / "city")


@pytest.fixture
def open_frameworks(at_store, open_page, city: Path) -> Callable[..., AppTest]:
    def opened(**query: str) -> AppTest:
        at_store(city)
        app = open_page("ramverk", **{"framework": "prov-2020", **query})
        assert not app.exception
        return app

    return opened


def known(store: Path) -> dict[str, Framework]:
    return {one.id: one for one in read_frameworks(Store(store).current())}


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def saves(app: AppTest) -> str:
    return next(key for key in keys(app) if key.startswith("save "))


def field(app: AppTest, name: str):
    boxes = [*app.text_input, *app.text_area, *app.selectbox]
    return next(box for box in boxes if f" {name} " in f"{box.key} " and str(box.key).startswith("typed "))


def test_what_a_framework_asks_is_read(open_frameworks):
    app = open_frameworks()
    text = said(app)
    assert "Prov frågar om 3 kriterier i 2 områden. Sista året var 2024, och någon efterföljare finns inte än." in text
    assert {"2020–2024", "Trygg"} <= set(text.replace("\n", " ").split(" ")) and "A1 Rektor följer upp" in text


def test_a_framework_that_has_ended_gets_a_successor_in_three_clicks(open_frameworks, city):
    """From the import page: the link that it gives, the button, and the save."""
    before, app = Store(city).current().number, open_frameworks()
    clicks = 1
    app.button(key="make_successor").click().run()
    clicks += 1
    assert not app.exception
    assert {name: field(app, name).value for name in ("id", "title_sv", "valid_from", "valid_to", "previous")} == {
        "id": "prov-2025",
        "title_sv": "Prov 2025–2029",
        "valid_from": "2025",
        "valid_to": "2029",
        "previous": "prov-2020",
    }
    assert Store(city).current().number == before, "nothing is stored until somebody says so"
    app.text_input(key="saver_name").set_value("Anna")
    field(app, "title_sv").set_value("Prov igen").run()
    app.button(key=saves(app)).click().run()
    clicks += 1
    assert not app.exception and clicks == 3
    made = known(city)["prov-2025"]
    assert Store(city).current().number == before + 1
    assert (made.title.sv, made.valid_from, made.valid_to, made.previous) == ("Prov igen", 2025, 2029, "prov-2020")
    assert [(c.id, c.previous, c.change) for c in made.criteria] == [
        (id_, id_, Change.IDENTICAL) for id_ in ("A1", "A2", "B1")
    ]
    assert "Prov igen frågar om 3 kriterier" in said(app), "the page shows what was made"
    assert "make_successor" not in keys(open_frameworks()), "one framework follows on another"


def test_of_two_who_make_one_the_second_is_told(open_frameworks, city):
    one, other = open_frameworks(), open_frameworks()
    for app in (one, other):
        app.button(key="make_successor").click().run()
        app.text_input(key="saver_name").set_value("Anna")
    one.button(key=saves(one)).click().run()
    number = Store(city).current().number
    other.button(key=saves(other)).click().run()
    assert not other.exception and Store(city).current().number == number
    assert "prov-2025 följer redan på det: någon har gjort ett under tiden." in said(other)
    assert saves(other), "what was typed is there still"


def test_a_change_is_saved_and_what_would_harm_is_refused_where_it_stands(open_frameworks, city):
    app = open_frameworks()
    app.session_state["change prov-2020"] = True
    app.run()
    field(app, "title_sv").set_value("Vår prövning")
    field(app, "valid_to").set_value("2020").run()
    app.text_input(key="saver_name").set_value("Anna")
    app.button(key=saves(app)).click().run()
    assert known(city)["prov-2020"].title.sv == "Prov"
    assert said(app).count("Det finns svar från 2021, då ramverket inte skulle gälla.") == 2, (
        "in the table and at the field"
    )
    field(app, "valid_to").set_value("20x").run()
    assert "Det här är inget heltal. Skriv det sista året med fyra siffror, eller lämna tomt." in said(app)
    field(app, "valid_to").set_value("2023").run()
    app.button(key=saves(app)).click().run()
    assert not app.exception
    assert (known(city)["prov-2020"].title.sv, known(city)["prov-2020"].valid_to) == ("Vår prövning", 2023)


def test_who_may_not_load_only_reads(open_frameworks, monkeypatch):
    monkeypatch.setattr("pages.data.frameworks.page.may_change", lambda: False)
    app = open_frameworks()
    assert "A1 Rektor följer upp" in said(app)
    assert not keys(app) & {"make_successor", "make_copy"} and not any(
        f.key == "change prov-2020" for f in app.expander
    )
    assert door.DOOR["importera"] < door.DOOR["ramverk"]


def test_who_may_not_load_any_more_saves_nothing(open_frameworks, city, monkeypatch):
    app = open_frameworks()
    app.button(key="make_copy").click().run()
    app.text_input(key="saver_name").set_value("Anna")
    monkeypatch.setattr("pages.data.frameworks.editor.may_change", lambda: False)
    number = Store(city).current().number
    app.button(key=saves(app)).click().run()
    assert Store(city).current().number == number and "prov-2020-kopia" not in known(city)


def test_the_import_page_leads_to_the_framework_that_needs_a_successor(at_store, open_page, asked):
    at_store(asked)
    text = said(open_page("importera"))
    assert "Inget ramverk här gäller" in text and "Gör en efterföljare till Prov" in text


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> dict:
    """What a grid keeps, in place of a draft on disk."""
    kept: dict = {}

    def keep_all(about, typed, forgotten=()):
        kept.update(typed)
        for name in forgotten:
            kept.pop(name, None)

    monkeypatch.setattr("pages.data.frameworks.rows.kept_drafts.keep_all", keep_all)
    monkeypatch.setattr("pages.data.frameworks.rows.as_it_is_now", lambda current: current)
    return kept


def test_what_is_typed_in_a_grid_is_kept_by_its_field(typing, asked):
    framework = known(asked)["prov-2020"]
    texts, say = texts_of(framework), words("sv")
    wording = FrameworkWording(texts, framework, {}, say)
    current = Form("framework prov-2020", texts, None, say)
    a1, new = part_of("criteria", "A1").partition(".r")[2], "n0123456789abcdef"
    done = (
        CellTyped(a1, "change", "Omformulerat"),
        CellTyped(a1, "previous", "A2 planen har mål"),
        CellTyped(a1, "title_sv", " Ny\n  text "),
        RowAdded(new, {"id": "B2", "area": "Undervisning"}),
        RowRemoved(a1),
        RowRestored(a1),
    )
    _take_in(current, "criteria", wording, done)
    assert {name.rpartition(".r")[2]: one.text for name, one in typing.items()} == {
        f"{a1}.change": "reworded",
        f"{a1}.previous": "A2",
        f"{a1}.title_sv": "Ny text",
        f"{new}.begun": "yes",
        f"{new}.id": "B2",
        f"{new}.area": "undervisning",
    }
    assert typing[f"criteria.r{a1}.title_sv"].before == "Rektor följer upp"
    _take_in(current, "criteria", wording, (RowRemoved(a1),))
    assert typing[f"criteria.r{a1}.removed"].text == "yes"


@pytest.mark.parametrize("typed", ["a2", "A2", "A2 Planen har mål", " planen HAR mål "])
def test_a_criterion_is_followed_on_by_its_id_or_its_text(asked, typed):
    framework = known(asked)["prov-2020"]
    wording = FrameworkWording(texts_of(framework), framework, {}, words("sv"))
    assert wording.read("previous", typed) == "A2"
    assert wording.read("previous", "A9") == "A9"


def test_what_is_wrong_in_a_crosswalk_is_told_as_it_is_typed_in_the_readers_words(asks, asked):
    """Before anything is saved: the other framework has no such criterion, and how it follows on is not said."""
    framework = known(asked)["prov-2020"]
    a1, b1 = (part_of("criteria", id_) for id_ in ("A1", "B1"))
    texts = {**texts_of(framework), "previous": "prov-2015", f"{a1}.previous": "Z9", f"{a1}.change": "identical",
             f"{b1}.previous": "A1"}  # fmt: skip
    wording = FrameworkWording(texts, framework, {}, asks["sv"].say)
    found = _problems(Form("framework prov-2020", texts, None, asks["sv"].say), wording, asks["sv"])
    assert found[f"{a1}.previous"].hint == "Ramverkets kriterier är: A1, A2, B1."
    assert found[f"{b1}.change"].hint == "Skriv något av: ordagrant lika, omformulerat, delat, sammanslaget."
    assert set(found) == {f"{a1}.previous", f"{b1}.change"}


def test_a_place_that_is_typed_moves_the_row_and_no_other_is_typed_in(typing, asked):
    framework = known(asked)["prov-2020"]
    texts, say = texts_of(framework), words("sv")
    wording = FrameworkWording(texts, framework, {}, say)
    current = Form("framework prov-2020", texts, None, say)
    part = {id_: part_of("criteria", id_) for id_ in ("A1", "A2", "B1")}
    row = {id_: its.partition(".r")[2] for id_, its in part.items()}
    new = "n0123456789abcdef"
    _take_in(current, "criteria", wording, (
        CellTyped(row["A1"], "place", "2"),
        RowAdded(new, {"id": "A3", "area": "Ledning", "place": "2"}),
        CellTyped(row["B1"], "place", "sist"),
    ))  # fmt: skip
    assert typing["criteria_order"].text == " ".join([part["A2"], part["A1"], f"criteria.r{new}", part["B1"]])
    assert typing["criteria_order"].before == texts["criteria_order"]
    assert {name: one.text for name, one in typing.items() if name.endswith(".place")} == {
        f"{part['B1']}.place": "sist"
    }
    shown = FrameworkWording({**texts, f"criteria.r{new}.id": "A3"}, framework, {}, say)
    assert shown.written("criteria_order", typing["criteria_order"].text) == "A2, A1, A3, B1"
    _take_in(current, "criteria", wording, (CellTyped(row["B1"], "place", "1"),))
    assert f"{part['B1']}.place" not in typing, "a number takes the place of what was none"


def test_aims_states_and_responsibilities_are_read_area_by_area(asks):
    say, catalogue = words("sv"), asks["sv"].catalogue
    goteborg = catalogue.framework("goteborg-2021")
    told = plan_html(goteborg, say)
    assert told.count("<details") == 4 and "Kollegialt lärande och erfarenhetsutbyte: D7, D9" in told
    assert "Ansvar: Rektor" in told and "Nuläge när planen skrevs" in told
    assert has_plan(goteborg) and not has_plan(catalogue.framework("vebs-2022"))
