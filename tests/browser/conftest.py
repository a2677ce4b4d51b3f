"""A real Chromium on a real server with demo data, at a desk and on a phone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.browser.looking import DESK, SHOTS, Tab
from tests.pages.serving import UNWARMED, Server, serving
from tests.sampling import NIGHTLY

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
UNHURRIED = [] if NIGHTLY else ["--js-flags=--no-turbofan --no-maglev"]
"""By day scripts are not compiled twice: a page that is opened and left takes a sixth of the processor less."""

PATIENCE = 60_000  # milliseconds that a busy machine is waited for; how fast pages are is measured elsewhere

Open = Callable[..., Tab]
NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def server(demo_store: Path) -> Iterator[Server]:
    with serving(demo_store, UNWARMED) as running:
        yield running


@pytest.fixture(scope="package")
def context() -> Iterator[BrowserContext]:
    """One Swedish browser for all tests: what it has fetched once it need not fetch again."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("These tests need Chromium: `make browser` installs Debian's; or name another one in CHROMIUM.")
    SHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", *QUIET, *UNHURRIED]
        browser = playwright.chromium.launch(executable_path=chromium, args=args)
        context = browser.new_context(locale="sv-SE", viewport=DESK, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context
        browser.close()


@pytest.fixture
def elsewhere(context: BrowserContext, server: Server, left_pages: list[Page]) -> Iterator[list[str]]:
    """The addresses outside the server that the test's tabs asked for during it."""
    asked: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("http", "https", "ws", "wss") or address.port == server.port:
            return
        if not any(request.frame.page is page for page in left_pages):  # it may look for its server, which is gone
            asked.append(request.url)

    context.on("request", note)
    yield asked
    context.remove_listener("request", note)


@pytest.fixture(scope="package")
def left_pages(context: BrowserContext) -> list[Page]:
    """The tabs that tests are done with."""
    return []


@pytest.fixture
def new_page(context: BrowserContext, left_pages: list[Page]) -> Iterator[NewPage]:
    """A tab: where there is one, that of an earlier test, with nothing of it left but the page that it shows. The next
    one of the same server is drawn from there with half of the processor that it takes from an empty tab, which has
    another process of the browser's start, fetch and read all scripts anew."""
    taken: list[Page] = []

    def opened(size: dict = DESK) -> Page:
        taken.append(left_pages.pop() if left_pages else context.new_page())
        taken[-1].set_viewport_size(size)
        return taken[-1]

    yield opened
    for page in taken:
        page.unroute_all()
        page.emulate_media(color_scheme="null", reduced_motion="null", forced_colors="null", media="null")
        try:
            if page.url.startswith("http"):
                page.evaluate("sessionStorage.clear()")
        except BrowserError:  # it was on its way elsewhere by itself
            page.close()
        else:
            left_pages.append(page)


@pytest.fixture
def open_tab(new_page: NewPage, server: Server) -> Open:
    """`open_tab("skola", school="kvartsskolan")`: a tab at that address, once the page is drawn."""

    def opened(path: str = "", size: dict = DESK, **query: str) -> Tab:
        return Tab(new_page(size), server).go(path, **query)

    return opened
