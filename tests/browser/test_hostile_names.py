"""A school's name that is a link to a stranger, in a real browser: a text on the page and in the saved picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.looking import Tab
from tests.pages.serving import UNWARMED, Server, serving
from tests.pages.test_hostile_names import BEFORE, made_hostile
from tests.sampling import at_night

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def hostile_server(demo_store: Path, tmp_path_factory) -> Iterator[Server]:
    with serving(made_hostile(demo_store, tmp_path_factory.mktemp("hostile") / "store"), UNWARMED) as running:
        yield running


@at_night
def test_a_name_is_a_text_on_the_page_and_in_the_saved_picture(hostile_server, new_page: NewPage):
    tab = Tab(new_page(), hostile_server).go("skola", school="kvartsskolan")
    picture = tab.page.locator(".stPlotlyChart").first
    expect(picture.locator("text").filter(has_text=BEFORE).first).to_be_attached()
    assert picture.locator("a").count() == 0
    assert tab.page.locator("h1").inner_text() == f"{BEFORE}Kvartsskolan"
    tab.page.get_by_text("Tabell, bild och data").first.click()
    with tab.page.expect_download() as download:
        tab.page.get_by_text("SVG", exact=True).first.click()
    saved = ElementTree.parse(download.value.path()).getroot()
    assert not [*saved.iter(f"{SVG}a"), *saved.iter(f"{SVG}i"), *saved.iter("{http://www.w3.org/1999/xhtml}i")]
    assert BEFORE in "".join(saved.itertext())
