"""Fields of text in a browser: what is typed is heard whichever way the page is left, and the page is left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.pages.serving import Server, serving
from tests.sampling import pairs

APP, PAGES = "tests/browser/pages_app.py", "tests/browser/forms_page.py"
FIELDS = {"area": "Text", "line": "Rad"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms")


@pytest.fixture(scope="module")
def forms_server(folder: Path) -> Iterator[Server]:
    with serving(folder, APP, PAGES=PAGES) as running:
        yield running


@pytest.fixture(params=(0, 0.5), ids=("quick", "slow"))
def page(request: pytest.FixtureRequest, new_page: NewPage, forms_server: Server, folder: Path) -> Page:
    """An empty tab, before a server that is quick or slow and has heard nothing."""
    (folder / "heard.json").unlink(missing_ok=True)
    (folder / "seconds.txt").write_text(str(request.param), "ascii")
    return new_page()


def at_the_fields(page: Page, server: Server, way: str = "link") -> None:
    """At the page with fields, with the other one before it in the tab's history, or after it, for whoever goes back or
    forward."""
    page.goto(f"{server.url}/{'annat' if way == 'back' else ''}")
    if way == "back":
        at(page, "Annat")
        page.get_by_role("link", name="Fält").click()
    at(page, "Fält")
    if way == "forward":
        page.get_by_role("link", name="Annat").click()
        at(page, "Annat")
        page.go_back()
        at(page, "Fält")


def at(page: Page, title: str) -> None:
    page.locator("h1", has_text=title).wait_for()


def heard(folder: Path) -> dict[str, str]:
    return json.loads((folder / "heard.json").read_text("utf-8"))


WAYS = {
    "link": lambda page: page.get_by_role("link", name="Annat").click(),
    "back": lambda page: page.go_back(),
    "forward": lambda page: page.go_forward(),
}


@pytest.mark.parametrize(("way", "name"), pairs(list(WAYS), list(FIELDS)))
def test_what_is_typed_is_heard_as_the_page_is_left(page, forms_server, folder, way, name):
    at_the_fields(page, forms_server, way)
    field = page.get_by_label(FIELDS[name])
    field.click()
    page.keyboard.type("Halvt skriv")
    WAYS[way](page)
    at(page, "Annat")
    assert heard(folder)[name] == "Halvt skriv"
    page.get_by_role("link", name="Fält").click()
    expect(field).to_have_value("Halvt skriv")


def test_a_run_that_is_under_way_takes_neither_the_text_nor_the_way(page, forms_server, folder):
    at_the_fields(page, forms_server)
    page.get_by_label("Text").click()
    page.keyboard.type("Först")
    page.wait_for_timeout(900)  # the pause has sent it
    page.keyboard.type(" och sist")
    page.get_by_role("link", name="Annat").click()
    at(page, "Annat")
    assert heard(folder)["area"] == "Först och sist"
