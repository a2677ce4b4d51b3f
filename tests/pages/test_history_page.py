"""Historik: which versions there are, what one changed, and the ways back, as somebody on the page walks them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.store.reading import Store, version_history
from analytics.store.versions import read_current
from tests.intake.making import PROV
from tests.loads.test_load import SCHOOLS, put
from tests.loads.test_withdrawing import answers, people
from tests.pages.reading import markup, said


@pytest.fixture(scope="module")
def loaded(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1 the frameworks, 2 two schools, 3 their round, 4 one of them loaded anew; for reading alone."""
    store = shutil.copytree(empty_store, tmp_path_factory.mktemp("loaded") / "store")
    put(store, prov=PROV, schools=SCHOOLS)
    put(store, first=answers(people("alfa", 2021, "33443322"), people("beta", 2021, "22222111")))
    put(store, replace=True, again=answers(people("alfa", 2021, "1111111111111")))
    return store


@pytest.fixture
def city(loaded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(loaded, tmp_path / "city")


@pytest.fixture
def open_history(at_store, open_page, city: Path) -> Callable[..., AppTest]:
    def opened(**query: str) -> AppTest:
        at_store(city)
        return open_page("historik", **query)

    return opened


def press(app: AppTest, key: str, name: str = "Anna") -> AppTest:
    app.text_input[0].set_value(name)
    app.button(key=key).click().run()
    assert not app.exception
    return app


def unfold(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def test_what_the_version_in_force_changed(open_history):
    app = open_history()
    text = said(app)
    assert "Version 4 gäller" in text and "4 versioner finns kvar." in text
    assert re.search(r"2 skolor; stadens medel 2,\d\d → 1,\d\d", text)
    assert "again.csv" in text and "first.csv" in text
    assert "siffror är inte som de var" in text


def test_a_version_that_changed_a_school_alone_says_in_what(open_history, city):
    put(city, replace=True, mended="school_id | name | pupils\nalfa | Alfaskolan | 321")
    text = said(open_history())
    assert "1 skola ändrad: Alfaskolan (elever – → 321)" in text and "Ingen siffra" not in text


def test_each_version_is_a_link(open_history):
    html = "".join(markup(open_history()))
    assert [int(n) for n in re.findall(r"historik\?version=(\d+)", html)] == [4, 3, 2, 1]


def test_a_version_that_there_is_not_is_told(open_history):
    assert "”99”" in " ".join(info.value for info in open_history(version="99").info)


def test_going_back_and_forward_again(open_history, city: Path):
    app = unfold(open_history(version="3"), "go_back")
    assert "4 (Filer lästes in)" in said(app)
    press(app, "put_in_force")
    assert read_current(city).number == 3
    assert "Version 3 gäller nu." in " ".join(info.value for info in app.info)
    press(unfold(open_history(version="4"), "go_back"), "put_in_force")
    assert read_current(city).number == 4


def test_nobody_without_a_name_goes_anywhere(open_history, city: Path):
    app = press(unfold(open_history(version="3"), "go_back"), "put_in_force", name=" ")
    assert read_current(city).number == 4
    assert "Skriv ditt namn först" in " ".join(info.value for info in app.info)


def test_a_load_is_taken_back(open_history, city: Path):
    app = unfold(open_history(), "withdraw")
    assert "Alfaskolan" in said(app)
    press(app, "take_load_back")
    assert version_history(city)[-1].action == "withdraw"
    mean = "select mean from cell where school_id = 'alfa' and criterion = 'A1'"
    store = Store(city)
    assert store.current().rows(mean) == store.version(3).rows(mean)
    assert "som version 5" in " ".join(info.value for info in app.info)


def test_what_brought_no_answers_is_not_taken_back(open_history):
    app = unfold(open_history(version="2"), "withdraw")
    assert "Den förde inte in några svar" in said(app)
    assert "take_load_back" not in {button.key for button in app.button}


def test_a_version_that_cannot_be_read_stands_in_the_list(open_history, city: Path):
    (city / read_current(city).version(2).view).write_bytes(b"")
    assert "Filen kan inte läsas" in said(open_history())
    assert "Version 2 kan inte läsas" in said(open_history(version="2"))


def test_tidying_says_its_rule_and_does_it(open_history, city: Path, monkeypatch):
    monkeypatch.setattr("analytics.loads.tidying.LATEST", 1)
    app = unfold(open_history(), "tidy")
    assert "2 versioner skulle försvinna" in said(app)
    press(app, "tidy_now")
    assert [version.number for version in read_current(city).published] == [3, 4]
