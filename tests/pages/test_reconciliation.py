"""/avstamning: a ledger is left, its columns are said once, what differs is listed and what agrees is marked."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from analytics.cli import cli
from analytics.funding.ledger.in_words import register_stamp
from analytics.model.funding import Project
from analytics.model.provenance import Provenance
from analytics.store.saved_forms import saved_forms
from analytics.words.language import words
from pages.ui.saving import WHO
from tests.loads.funding_edits import texts
from tests.pages.reading import markup, said

PAYMENTS = """project_id,report_year,unit,amount_sek,date,voucher,ledger_code
code-4-all,2019,Kontoret,1000.50,2019-03-04,A1,4711
code-4-all,2019,Kontoret,2000,2019-03-05,A2,4711
"""
LEDGER = """Bokf.dag;Ver;Proj;Fritext;Belopp
2019-03-04;A1;4711;Anna Ek 19800101-1234;1000,50
2019-03-05;A2;4711;<b>Resa</b>;2000,10
2019-03-06;A3;<i>9999</i>;Resa;17
"""
SAID = {"Bokf.dag": "date", "Proj": "ledger_code"}


@pytest.fixture
def app(published_store, tmp_path, at_store, open_page) -> AppTest:
    store = shutil.copytree(published_store, tmp_path / "published")
    (tmp_path / "payments.csv").write_text(PAYMENTS, "utf-8")
    cli.main(["load", str(tmp_path / "payments.csv"), "--store", str(store)], standalone_mode=False)
    at_store(store)
    return open_page("avstamning")


def leave(app: AppTest) -> None:
    app.file_uploader[0].set_value([("huvudbok.csv", LEDGER.encode(), "text/csv")]).run()
    assert not app.exception


def test_what_a_ledger_comes_to_is_told_and_what_agrees_is_marked(app, tmp_path):
    store = tmp_path / "published"
    assert "0 av 7 bokförda belopp" in said(app)
    leave(app)
    assert "Rubriken datum (date) saknas" in said(app) and not [one for one in app.button if one.key == "mark_matched"]
    for heading, column in SAID.items():
        (box,) = [box for box in app.selectbox if box.label.partition(" (")[0].replace("\\", "") == heading]
        box.set_value(column)
    next(one for one in app.button if one.label == "Läs så här").click().run()
    assert not app.exception
    told = said(app)
    assert "1 av huvudbokens 3 rader stämmer" in told and "3 017,60" in told.replace("\N{NO-BREAK SPACE}", " ")
    drawn = " ".join(markup(app))
    assert "Anna" not in drawn and "<i>" not in drawn and "eu-projekt?project=code-4-all" in drawn
    assert [form.kind for form in saved_forms(store)] == ["ledger"]
    app.text_input(key=WHO).set_value("Anna Ek")
    app.button(key="mark_matched").click().run()
    assert not app.exception and "Sparat som version" in " ".join(one.value for one in app.info)
    marked = [text for name, text in texts(store).items() if name.endswith(".reconciled") and text]
    assert marked == ["A1 2019-03-04"]
    leave(app)
    assert "1 av huvudbokens 3 rader stämmer" in said(app), "its columns are known from before"
    assert not [one for one in app.button if one.key == "mark_matched"], "nothing more agrees"


def test_any_days_can_be_asked_for_and_what_is_no_day_is_told(app):
    leave(app)
    for heading, column in SAID.items():
        (box,) = [box for box in app.selectbox if box.label.partition(" (")[0].replace("\\", "") == heading]
        box.set_value(column)
    next(one for one in app.button if one.label == "Läs så här").click().run()
    app.selectbox(key="ledger_year").set_value("period").run()
    assert not app.exception and "tills dess jämförs hela filen" in said(app)
    app.text_input(key="ledger_from").set_value("2019-03-04")
    app.text_input(key="ledger_to").set_value("2019-03-04").run()
    assert not app.exception and "1 av huvudbokens 1 rad stämmer med registret." in said(app)


def test_what_stands_on_invented_projects_says_so_on_the_page_and_in_the_file(app, demo_store, at_store, open_page):
    assert "yntetiska data" not in " ".join(markup(app)), "Malmö's"
    at_store(demo_store)
    assert "yntetiska data" in " ".join(markup(open_page("avstamning"))), "the demo's"
    invented, real = (project_of(origin) for origin in (Provenance.SYNTHETIC, Provenance.IMPORTED))
    say = words("sv")
    assert "påhittade" in register_stamp([invented, real], say)["Ursprung"]
    assert register_stamp([real], say) == {"Ursprung": "Inlästa uppgifter"} and register_stamp([], say) == {}


def project_of(origin: Provenance) -> Project:
    return Project("hav", "Havet", "Erasmus+", date(2025, 1, 1), date(2026, 1, 1), provenance=origin)
