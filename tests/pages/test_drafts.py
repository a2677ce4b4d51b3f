"""Drafts of the funding register: what is done in its grids and answers is kept, found again, saved or thrown away."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.loads.funding_texts import edited
from analytics.loads.save import BothChanged
from analytics.model.funding import ReportQuestion
from analytics.store.drafts import Drafts, Typed
from analytics.store.funding import read_funding
from pages.funding.editing.register import ABOUT
from pages.funding.report.answers import ANSWERS
from pages.ui.grid.operations import CellTyped, Operation, RowAdded, RowRemoved, RowRestored
from pages.ui.saving import WHO
from tests.drafting import store_in
from tests.loads.funding_edits import answered, new, part, save, texts
from tests.pages.conftest import NO_COMPONENTS
from tests.pages.reading import said

SAVE, DISCARD = f"save {ABOUT}", f"discard {ABOUT}"
RESULTS = "answer 2018 results"
PROJECT = "code-4-all"
MINE, THEIRS = "n0123456789abcdef", "nfedcba9876543210"


@pytest.fixture
def store(published_store: Path, tmp_path: Path, at_store) -> Path:
    """A store of its own: these tests write."""
    store = shutil.copytree(published_store, tmp_path / "published")
    at_store(store)
    return store


def area(app):
    if ANSWERS not in app.session_state or not app.session_state[ANSWERS]:  # the fold with the answers is opened
        app.session_state[ANSWERS] = True
        app.run()
    (found,) = [area for area in app.text_area if area.key.startswith(f"typed {ABOUT} {RESULTS} ")]
    return found


def answer(app) -> str:
    return area(app).value


def typed(app, text: str):
    assert not area(app).set_value(text).run().exception
    return app


def signed(app, who: str = "Anna Ek"):
    app.text_input(key=WHO).set_value(who)
    return app


def own(app) -> str | None:
    """The draft in the address."""
    found = app.query_params.get("draft")
    return found[0] if isinstance(found, list) else found


def fields(store: Path) -> dict[str, str]:
    """What is typed in the only draft on disk."""
    (draft,) = Drafts(store).about(ABOUT) or (None,)
    return {name: one.text for name, one in draft.fields.items()} if draft else {}


def saved_answer(store: Path) -> str:
    return texts(store)[RESULTS]


def test_what_one_session_types_another_reads_by_its_address_and_others_are_told_of(store, open_page):
    first = typed(open_page("eu-rapport", year="2018"), "Skolorna vet var de står.")
    id_ = own(first)
    assert answer(open_page("eu-rapport", year="2018", draft=id_)) == "Skolorna vet var de står."
    other = open_page("eu-rapport", year="2018")
    assert answer(other) != "Skolorna vet var de står." and own(other) is None
    assert any("Någon har skrivit något här som inte är sparat" in html.body for html in other.get("html"))
    (take,) = (button for button in other.button if (button.key or "").startswith("take "))
    assert not any(id_ in (button.key or "") for button in other.button), "who has the id has the draft"
    take.click().run()
    assert answer(other) == "Skolorna vet var de står." and own(other) == id_
    assert "take" not in " ".join(button.key or "" for button in other.button)


def test_a_draft_outlives_a_visit_to_another_page_and_is_one_for_both(store, open_page):
    id_ = own(typed(open_page("eu-rapport", year="2018"), "Skolorna vet var de står."))
    projects = open_page("eu-projekt", project=PROJECT, draft=id_)
    assert not projects.exception and own(projects) == id_
    assert any(button.key == SAVE for button in projects.button), "what is typed on the other page can be saved here"
    signed(projects).button(key=SAVE).click().run()
    assert saved_answer(store) == "Skolorna vet var de står." and Drafts(store).about(ABOUT) == ()


def test_two_sessions_that_type_in_one_draft_each_keep_their_own(store, open_page):
    first = typed(open_page("eu-rapport", year="2018"), "Ett")
    id_ = own(first)
    second = typed(open_page("eu-rapport", year="2018", draft=id_), "Två")
    typed(first, "Ett och ett halvt")
    assert own(second) == id_ != own(first)
    drafts = {draft.id: draft.fields[RESULTS].text for draft in Drafts(store).about(ABOUT)}
    assert drafts == {id_: "Två", own(first): "Ett och ett halvt"}


@pytest.mark.parametrize("end", [DISCARD, SAVE, "typed back"])
def test_once_saved_or_thrown_away_a_draft_is_on_disk_and_in_the_address_no_more(store, open_page, end):
    app = open_page("eu-rapport", year="2018")
    before = answer(app)
    typed(app, "Skolorna vet var de står.")
    if end == "typed back":
        typed(app, before)
        assert not any(button.key == SAVE for button in app.button)
    else:
        signed(app).button(key=end).click().run()
        assert own(app) is None
    assert not app.exception and fields(store) == {}
    assert answer(app) == ("Skolorna vet var de står." if end == SAVE else before)
    assert saved_answer(store) == answer(app)


def test_what_is_typed_after_a_save_is_told_to_be_in_no_version(store, open_page):
    app = signed(typed(open_page("eu-rapport", year="2018"), "Ett"))
    app.button(key=SAVE).click().run()
    number = store_in(store).current().number
    assert [told.value for told in app.success] == [f"Sparat som version {number}."] and not app.warning
    typed(app, "Två")
    assert not app.success and not app.warning, "the message of the save does not stand above what is new"
    assert f"Version {number} är sparad, men inte det du har ändrat sedan dess." in said(app)
    app.button(key=DISCARD).click().run()
    assert not app.success and not app.warning and saved_answer(store) == answer(app) == "Ett"


EARLIER = {
    "base": 1,
    "removed": [PROJECT],
    "tables": [["payments", PROJECT, [{"project_id": PROJECT, "report_year": "2019", "unit": "Strandskolan"}]]],
    "answers": [[2018, "results", "Skolorna vet var de står."]],
    "base_gone": False,
}


@pytest.mark.parametrize("text", [json.dumps(EARLIER), "{half a dra"], ids=["whole", "damaged"])
def test_a_draft_of_an_earlier_edition_stays_on_disk_is_told_of_and_shown(store, open_page, text):
    Drafts(store).keep("d1", "s", "funding", "draft", Typed("", text))
    Drafts(store).sign("d1", "Anna Ek")
    app = open_page("eu-projekt")
    (fold,) = [fold for fold in app.expander if "tidigare utgåva" in fold.label]
    assert fold.label.startswith(
        "Ett utkast från en tidigare utgåva av sidan, som inte går att fortsätta på (Anna Ek, "
    )
    said = "".join(html.proto.body for html in fold.get("html"))
    shown = [
        "Strandskolan",
        "Belopp och händelser – Code 4 All",
        "Skolorna vet var de står.",
        "Borttaget i det: Code 4 All.",
    ]
    assert all(one in said for one in (shown if text != "{half a dra" else [text]))
    assert fields_of(store, "funding") == {"draft": text}
    (away,) = [button for button in app.button if (button.key or "").startswith("discard ")]
    assert "d1" not in away.key, "everybody who is on the page is sent the key"
    away.click().run()
    assert not app.exception and fields_of(store, "funding") == {}
    assert not [fold for fold in app.expander if "tidigare utgåva" in fold.label]


def fields_of(store: Path, about: str) -> dict[str, str]:
    return {name: one.text for draft in Drafts(store).about(about) for name, one in draft.fields.items()}


def test_a_refused_save_is_signed_and_a_later_session_still_meets_what_others_saved(store, open_page):
    first = typed(open_page("eu-rapport", year="2018"), "Mitt.")
    save(store, answered(texts(store), 2018, ReportQuestion.RESULTS, "Deras."), by="Bo Alm")
    signed(first).button(key=SAVE).click().run()
    (left,) = Drafts(store).about(ABOUT)
    assert left.who == "Anna Ek" and saved_answer(store) == "Deras."
    again = signed(open_page("eu-rapport", year="2018", draft=left.id))
    assert answer(again) == "Mitt."
    again.button(key=SAVE).click().run()
    assert any(warning.value.startswith("Bo Alm har ändrat samma sak.") for warning in again.warning)
    said = "".join(html.proto.body for html in again.get("html"))
    assert re.search(r"Bo Alm skrev, \d+ \w+ 20\d\d kl\. \d\d:\d\d<", said)
    again.button(key=f"both {RESULTS}").click().run()
    assert answer(again) == "Deras.\nMitt." == answer(open_page("eu-rapport", year="2018", draft=left.id))
    assert saved_answer(store) == "Deras.", "nothing is saved until somebody saves"


@pytest.mark.parametrize(("way", "left"), [("theirs", "Deras."), ("mine", "Mitt.")])
def test_of_two_answers_to_a_question_a_person_takes_one(store, open_page, way, left):
    app = signed(typed(open_page("eu-rapport", year="2018"), "Mitt."))
    save(store, answered(texts(store), 2018, ReportQuestion.RESULTS, "Deras."), by="Bo Alm")
    app.button(key=SAVE).click().run()
    app.button(key=f"{way} {RESULTS}").click().run()
    if way == "mine":
        app.button(key=SAVE).click().run()
    assert not app.exception and answer(app) == left == saved_answer(store) and fields(store) == {}


@pytest.mark.parametrize("path", ["eu-rapport", "eu-projekt"])
def test_nothing_is_written_unless_something_was_typed(store, open_page, path, monkeypatch):
    id_ = own(typed(open_page("eu-rapport", year="2018"), "Ett"))
    writes = []
    app = open_page(path, year="2018", project=PROJECT, draft=id_)  # takes the draft up
    monkeypatch.setattr(Drafts, "_write", lambda self, *statements: writes.append(statements))
    assert not app.run().exception and own(app) == id_ and writes == []


def in_the_grids() -> None:
    """A page with nothing on it but what the grids have done: each (kind, project, operations)."""
    import streamlit as st

    from analytics.registers.kinds import KIND
    from pages.funding.editing.register import note_drawn, on_operations, register_form
    from pages.ui import access

    for kind, project, operations in st.session_state.pop("done", ()):  # before anything is drawn, as callbacks run
        on_operations(KIND[kind], project)(operations)
    note_drawn(register_form(access.ask("sv")), st.session_state.get("written", {}))


@pytest.fixture
def session(store):
    def opened(**query: str) -> AppTest:
        app = AppTest.from_function(in_the_grids, default_timeout=60)
        app._bidi_component_manager = NO_COMPONENTS
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return opened


def do(app: AppTest, kind: str, project: str | None, *operations: Operation) -> AppTest:
    app.session_state["done"] = [(kind, project, operations)]
    assert not app.run().exception
    return app


def paid(store: Path) -> str:
    """The id of a payment."""
    return part(texts(store), "payments", project_id=PROJECT, report_year="2018").removeprefix("payments.r")


def now(store: Path) -> Sequence:
    """The payments to the project as they stand in the only draft."""
    drafts = Drafts(store).about(ABOUT)
    whole = edited(texts(store), drafts[0].fields if drafts else {})
    return [row for kind in whole.rows.values() for row in kind if row.part.startswith("payments.")
            and row.texts["project_id"] == PROJECT]  # fmt: skip


def test_cells_rows_added_and_rows_taken_away_are_one_draft(store, session):
    row = paid(store)
    do(session(), "payments", PROJECT, CellTyped(row, "amount_sek", "66 000,50"), RowAdded(MINE, {"unit": "Ny"}),
       CellTyped(MINE, "report_year", "2019"), RowRemoved(row))  # fmt: skip
    first, added = now(store)
    assert (first.texts["amount_sek"], first.removed) == ("66 000,50", True)
    assert (added.texts["unit"], added.texts["report_year"], added.texts["project_id"]) == ("Ny", "2019", PROJECT)
    assert added.new and added.id == MINE[1:]


def test_a_row_that_is_brought_back_is_as_it_was(store, session):
    app, row = session(), paid(store)
    do(app, "payments", PROJECT, CellTyped(row, "note", "stämd av"), RowRemoved(row), RowRestored(row))
    assert [(one.removed, one.texts["note"]) for one in now(store)] == [(False, "stämd av")]


@pytest.mark.parametrize("back", ["as it is saved", "as it is written"])
def test_what_is_typed_back_is_no_draft(store, session, back):
    app, row = session(), paid(store)
    name, saved = f"payments.r{row}.amount_sek", texts(store)[f"payments.r{row}.amount_sek"]
    app.session_state["written"] = {name: "65\N{NO-BREAK SPACE}865"}
    do(app.run(), "payments", PROJECT, CellTyped(row, "amount_sek", "1"))
    assert fields(store) == {name: "1"}
    do(app, "payments", PROJECT, CellTyped(row, "amount_sek", saved if "saved" in back else "65\N{NO-BREAK SPACE}865"))
    assert fields(store) == {}


def test_a_new_project_s_tables_follow_its_id(store, session):
    app = do(session(), "projects", None, RowAdded(MINE, {"project_id": "abc", "title": "Nytt"}))
    do(app, "payments", "abc", RowAdded(THEIRS, {"amount_sek": "1"}))
    do(app, "projects", None, CellTyped(MINE, "project_id", "abd"))
    typed_ = fields(store)
    assert typed_[f"payments.r{THEIRS}.project_id"] == "abd" == typed_[f"projects.r{MINE}.project_id"]


def test_what_is_typed_stands_on_what_was_drawn_whatever_is_saved_meanwhile(store, session):
    app, row = session(), paid(store)
    name = f"payments.r{row}.note"
    drawn = texts(store)[name]
    save(store, {name: Typed(drawn, "Deras.")}, by="Bo Alm")
    do(app, "payments", PROJECT, CellTyped(row, "note", "Mitt."))
    (draft,) = Drafts(store).about(ABOUT)
    assert draft.fields[name] == Typed(drawn, "Mitt.")
    with pytest.raises(BothChanged):
        save(store, draft.fields)


def test_a_draft_of_rows_is_the_same_in_another_session_and_copied_where_both_go_on(store, session):
    row = paid(store)
    first = do(session(), "payments", PROJECT, CellTyped(row, "note", "Ett"), RowAdded(MINE, {"unit": "Ny"}))
    id_ = own(first)
    second = do(session(draft=id_), "payments", PROJECT, CellTyped(row, "note", "Två"))
    assert own(second) == id_ and fields(store)[f"payments.r{MINE}.unit"] == "Ny"
    do(first, "payments", PROJECT, CellTyped(row, "note", "Ett och ett halvt"))
    drafts = {draft.id: draft.fields for draft in Drafts(store).about(ABOUT)}
    assert {id__: one[f"payments.r{row}.note"].text for id__, one in drafts.items()} == {
        id_: "Två",
        own(first): "Ett och ett halvt",
    }
    assert all(one[f"payments.r{MINE}.unit"].text == "Ny" for one in drafts.values())


def test_a_row_that_another_holder_of_the_draft_has_saved_is_one_row_and_what_differs_stays_typed(store, session):
    row = {"project_id": PROJECT, "report_year": "2019", "unit": "Ny", "amount_sek": "1 234,50"}
    app = do(session(), "payments", PROJECT, RowAdded(MINE, row | {"amount_sek": "1 300"}))
    save(store, new("payments", MINE[1:], **row), by="Bo Alm")
    assert not app.run().exception
    saved = f"payments.r{MINE[1:]}.amount_sek"
    assert fields(store) == {saved: "1 300"}, "to be told of at the save, as any cell that both have changed"
    assert len([one for one in read_funding(store_in(store).current()).payments if one.unit == "Ny"]) == 1
    do(app, "payments", PROJECT, CellTyped(MINE[1:], "amount_sek", "1234.5"))
    assert fields(store)[saved] == "1234.5"


def test_once_another_holder_has_saved_all_of_a_row_nothing_of_it_is_left(store, session):
    row = {"project_id": PROJECT, "report_year": "2019", "unit": "Ny", "amount_sek": "1 234,50"}
    app = do(session(), "payments", PROJECT, RowAdded(MINE, row))
    save(store, new("payments", MINE[1:], **row), by="Bo Alm")
    assert not app.run().exception and fields(store) == {}
