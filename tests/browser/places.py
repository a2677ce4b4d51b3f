"""Every page with an address at which it has something to show, and what can be opened on it."""

from __future__ import annotations

from playwright.sync_api import Page

SCHOOL = "zefyrskolan"
PLACES: dict[str, dict[str, str]] = {
    "": {},
    "oversikt": {},
    "skolor": {},
    "skola": {"school": SCHOOL},
    "kriterier": {},
    "dialog": {"school": SCHOOL},
    "uppfoljning": {},
    "certifiering": {},
    "lara": {"school": SCHOOL},
    "stod": {},
    "eu": {},
    "eu-rapport": {},
    "eu-projekt": {},
    "avstamning": {},
    "importera": {},
    "oppna-data": {},
    "ramverk": {},
    "historik": {},
    "metod": {},
    "tillganglighet": {},
}
"""path -> what else stands in the address."""


STILL = """() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
    && !document.querySelector('[aria-busy=true]')"""


def open_folds(page: Page, at_most: int) -> int:
    """Opens the folds that are closed, one after another; how many."""
    opened = 0
    while opened < at_most:
        closed = page.locator("[data-testid=stMain] details:not([open]) > summary:visible")
        if not closed.count():
            return opened
        closed.first.evaluate("summary => summary.click()")  # wherever it lies, without scrolling there
        page.wait_for_function(STILL)
        opened += 1
    return opened


def open_choices(page: Page) -> bool:
    """Opens the first of the page's folded choices, if it has any."""
    button = page.locator(".st-key-choices button:visible").first
    if not button.count():
        return False
    button.evaluate("button => button.click()")
    page.get_by_test_id("stPopoverBody").first.wait_for()
    return True


def open_menu(page: Page) -> bool:
    """Opens the bar's first menu, or on a phone all of it."""
    section = page.get_by_test_id("stTopNavSection").first
    if section.count() and section.is_visible():
        section.click()
        page.get_by_test_id("stTopNavPopoverBody").wait_for()
        return True
    button = page.get_by_test_id("stExpandSidebarButton").first
    if not button.count():
        return False
    button.click()
    return True
