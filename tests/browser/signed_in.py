"""The page that only administrators have, on a server where people sign in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from analytics.model.people import ViewerRole
from tests.pages.signing import SignInServer, signing_in

OF_ROLES = "behorighet"
"""Its address."""


def sign_in(page: Page, subject: str) -> None:
    """Clicks on the page's own button, and says who it is to the provider."""
    page.get_by_role("button", name=re.compile("^(Logga in|Sign in)$")).click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


@contextmanager
def administrators(browser: Browser, store: Path, folder: Path) -> Iterator[tuple[SignInServer, Page]]:
    """A server where three people have roles, with the page of roles open in a browser of the one who gives them.
    `folder`: where the server's settings are put."""
    with signing_in(store, folder) as city:
        city.gives("admin", ViewerRole.ADMIN)
        city.gives("boss", ViewerRole.MANAGEMENT)
        city.gives("funds", ViewerRole.FUNDS)
        page = browser.new_context(locale="sv-SE").new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{city.server.url}/{OF_ROLES}")
        sign_in(page, "admin")
        page.get_by_text("3 personer har en roll.").wait_for(timeout=120_000)
        yield city, page
        page.context.close()
