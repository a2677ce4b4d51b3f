"""A real Chromium on a real server with demo data, at a desk and on a phone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.looking import DESK, SHOTS, Tab
from tests.pages.serving import UNWARMED, Server, serving

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

PATIENCE = 60_000  # milliseconds that a busy machine is waited for; how fast pages are is measured elsewhere

Open = Callable[..., Tab]


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
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", *QUIET])
        context = browser.new_context(locale="sv-SE", viewport=DESK, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context
        browser.close()


@pytest.fixture
def elsewhere(context: BrowserContext, server: Server) -> Iterator[list[str]]:
    """The addresses outside the server that the browser asked for during the test."""
    asked: list[str] = []

    def note(request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.port != server.port:
            asked.append(request.url)

    context.on("request", note)
    yield asked
    context.remove_listener("request", note)


@pytest.fixture
def open_tab(context: BrowserContext, server: Server) -> Iterator[Open]:
    """`open_tab("skola", school="kvartsskolan")`: a new tab at that address, once the page is drawn."""
    tabs: list[Page] = []

    def opened(path: str = "", size: dict = DESK, **query: str) -> Tab:
        tabs.append(context.new_page())
        tabs[-1].set_viewport_size(size)
        return Tab(tabs[-1], server).go(path, **query)

    yield opened
    for tab in tabs:
        tab.close()
