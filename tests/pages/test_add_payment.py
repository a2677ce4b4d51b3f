"""A payment added in the short form: it is the same row of the same draft as the table's, and saved with the rest."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.store.drafts import Drafts
from analytics.store.funding import read_funding
from analytics.store.reading import Store
from pages.funding.editing.add_payment import ADD, ADD_TO, ADDING
from pages.funding.editing.register import ABOUT
from pages.ui.saving import WHO
from tests.pages.reading import markup, said

PROJECT = "code-4-all"
SAVE, DISCARD = f"save {ABOUT}", f"discard {ABOUT}"


@pytest.fixture
def store(published_store: Path, tmp_path: Path, at_store) -> Path:
    store = shutil.copytree(published_store, tmp_path / "published")
    at_store(store)
    return store


@pytest.fixture
def app(store, open_page) -> AppTest:
    """The project's page with a payment begun."""
    return open_page("eu-projekt", project=PROJECT).button(key=ADD).click().run()


def field(app: AppTest, column: str):
    part = app.session_state[ADDING]
    (found,) = [
        one for one in (*app.text_input, *app.selectbox) if one.key.startswith(f"typed {ABOUT} {part}.{column} ")
    ]
    return found


def filled(app: AppTest, **texts: str) -> AppTest:
    for column, text in texts.items():
        field(app, column).set_value(text).run()
    assert not app.exception
    return app


def drafted(store: Path) -> dict[str, str]:
    """Column -> text of the one draft's new row."""
    (draft,) = Drafts(store).about(ABOUT)
    return {name.rpartition(".")[2]: typed.text for name, typed in draft.fields.items()}


def payments(store: Path) -> list[tuple]:
    return [
        (p.report_year, p.unit, p.amount_sek, p.note)
        for p in read_funding(Store(store).current()).payments
        if p.project_id == PROJECT
    ]


def test_what_is_typed_is_the_draft_s_and_is_read_as_the_table_reads_it(app, store):
    filled(app, amount_sek="1 234,5", report_year="2019")
    assert drafted(store) == {"begun": "yes", "project_id": PROJECT, "amount_sek": "1 234,5", "report_year": "2019"}
    assert "läst som 1\N{NO-BREAK SPACE}234,50" in said(app)
    filled(app, report_year="snart")
    wrong = [part.value for part in app.html if "kd-wrong" in part.value]
    assert len(wrong) == 1, "an empty field is not scolded for being empty"


def test_what_is_typed_is_what_is_saved(app, store):
    before = payments(store)
    filled(app, unit=before[0][1], report_year="2019", amount_sek="1234,50", note="delbetalning")
    app.text_input(key=WHO).set_value("Anna Ek")
    app.button(key=SAVE).click().run()
    assert [told.value for told in app.success] == ["Sparat som version 2."]
    assert payments(store) == [*before, (2019, before[0][1], Decimal("1234.50"), "delbetalning")]
    assert not [one for one in app.text_input if one.key.startswith("typed")], "the form is gone with its draft"


def test_what_cannot_be_read_is_refused_and_stays_in_the_form(app, store):
    before = payments(store)
    filled(app, unit=before[0][1], report_year="2019", amount_sek="tolv")
    app.text_input(key=WHO).set_value("Anna Ek")
    app.button(key=SAVE).click().run()
    assert app.error and payments(store) == before and field(app, "amount_sek").value == "tolv"
    assert "Inget sparades" in said(app), "beside the buttons too, which may be far from the table of what to mend"


def test_what_the_table_writes_stands_in_the_form(app, store):
    filled(app, amount_sek="100")
    name = f"{app.session_state[ADDING]}.amount_sek"
    (draft,) = Drafts(store).about(ABOUT)
    Drafts(store).keep(draft.id, draft.session, ABOUT, name, type(draft.fields[name])("", "250"))
    assert field(app.run(), "amount_sek").value == "250"


@pytest.mark.parametrize("way", ["no_payment", DISCARD])
def test_a_payment_that_is_taken_away_leaves_nothing(app, store, way):
    filled(app, amount_sek="100").button(key=way).click().run()
    assert Drafts(store).about(ABOUT) == () and not [one for one in app.text_input if one.key.startswith("typed")]


def test_one_more_is_a_row_of_its_own(app, store):
    filled(app, amount_sek="100", report_year="2019", ledger_code="4711", voucher="A1")
    app.button(key="one_more_payment").click().run()
    assert field(app, "amount_sek").value in ("", None) and field(app, "voucher").value in ("", None)
    assert (field(app, "report_year").value, field(app, "ledger_code").value) == ("2019", "4711"), "as the one before"
    filled(app, amount_sek="200")
    (draft,) = Drafts(store).about(ABOUT)
    amounts = [typed.text for name, typed in draft.fields.items() if name.endswith(".amount_sek")]
    assert amounts == ["100", "200"]


def test_without_a_project_chosen_the_form_asks_which(store, open_page):
    app = open_page("eu-projekt")
    app.selectbox(key=ADD_TO).set_value(PROJECT).run()
    assert drafted(store) == {"begun": "yes", "project_id": PROJECT}
    assert "Nytt belopp – Code 4 All" in said(app) and app.selectbox(key=ADD_TO).value is None


def test_a_project_s_page_is_called_by_its_title_and_says_what_is_paid_of_its_budget(store, open_page):
    app = open_page("eu-projekt", project=PROJECT)
    assert "Code 4 All" in said(app) and "av den egna budgeten" in said(app)
    tables = [fold.label for fold in app.expander if "Code 4 All" in fold.label]
    assert tables[0] == "Belopp och händelser – Code 4 All" and len(tables) == 5


def test_all_payments_are_listed_when_asked_for_each_a_way_to_its_project(store, open_page):
    app = open_page("eu-projekt")
    app.session_state["more_payments"] = True
    app.run()
    drawn = "".join(markup(app))
    assert not app.exception and "eu-projekt?project=code-4-all" in drawn


def test_a_table_s_fold_keeps_its_name_while_its_rows_become_more(app, store):
    """One of another name is another fold to the browser, and closed: who types in a new row would lose it."""
    names = [fold.label for fold in app.expander]
    assert [fold.label for fold in filled(app, amount_sek="100").expander] == names
