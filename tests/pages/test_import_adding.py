"""Importera, where the register has money of the year already: what is typed stays unless somebody says otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.store.funding import read_funding
from analytics.store.reading import Store, version_history
from pages.data.imports import steps
from tests.loads.test_adding import BY_HAND, PROJECTS, VOUCHERS, money, put
from tests.pages.reading import said
from tests.pages.test_imports import is_ready, leave, press, signed

FILE = ("verifikationer.csv", VOUCHERS.encode())


@pytest.fixture(autouse=True)
def jobs_are_waited_for(monkeypatch):
    monkeypatch.setattr(steps, "SOON", 120)


@pytest.fixture(scope="module")
def by_hand(empty_store, tmp_path_factory):
    """For reading alone."""
    store = shutil.copytree(empty_store, tmp_path_factory.mktemp("by hand") / "store")
    put(store, projects=PROJECTS, payments=BY_HAND)
    return store


@pytest.fixture
def opened(by_hand, tmp_path, at_store, open_page):
    store = shutil.copytree(by_hand, tmp_path / "typed")
    at_store(store)
    return store, leave(open_page("importera"), FILE)


def paid(store: Path) -> int:
    return len(read_funding(Store(store).current()).payments)


def test_vouchers_are_added_where_nobody_says_anything(opened):
    store, app = opened
    assert app.radio[0].value == "add" and len(app.radio[0].options) == 3
    assert "3 rader läggs till, 2 finns här redan" in said(app) and is_ready(app)
    before = money(store)
    press(signed(app), "Läs in")
    assert paid(store) == 8 and all(row in money(store) for row in before)


def test_what_goes_is_told_before_it_is_replaced(opened):
    store, app = opened
    app.radio[0].set_value("replace").run()
    assert "4 rader som finns här men inte i filerna försvinner" in said(app) and is_ready(app)
    press(signed(app), "Läs in")
    assert paid(store) == 6


def test_what_is_left_or_all_here_is_not_loaded(opened):
    store, app = opened
    app.radio[0].set_value("leave").run()
    assert not is_ready(app)
    app.radio[0].set_value("add").run()
    press(signed(app), "Läs in")
    versions = len(version_history(store))
    again = leave(press(app, "Läs in något mer"), ("samma igen.csv", VOUCHERS.replace(",F", ", F").encode()))
    assert "det finns inget att lägga till" in said(again) and not is_ready(again)
    assert len(version_history(store)) == versions
