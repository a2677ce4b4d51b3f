"""Two people of two schools, and an administrator, sign in in a real browser, by way of a real provider."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from analytics.model.people import Identity, ViewerRole
from analytics.store.reading import Store
from analytics.store.roles import Roles
from tests.browser.looking import DESK, SHOTS
from tests.pages.signing import SignInServer, signing_in

Browser = Callable[[], BrowserContext]


@pytest.fixture(scope="module")
def city(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignInServer]:
    folder = tmp_path_factory.mktemp("city")
    with signing_in(shutil.copytree(few_store, folder / "store"), folder) as server:
        yield server


@pytest.fixture
def browser(context: BrowserContext) -> Iterator[Browser]:
    """A browser of its own, with no cookies."""
    opened: list[BrowserContext] = []

    def anew() -> BrowserContext:
        assert context.browser is not None
        opened.append(context.browser.new_context(locale="sv-SE", viewport=DESK))
        opened[-1].set_default_timeout(60_000)
        return opened[-1]

    yield anew
    for one in opened:
        one.close()


def sign_in(page: Page, subject: str) -> None:
    """Clicks on the page's own button, and says who it is to the provider."""
    page.get_by_role("button", name="Logga in").click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def pick(page: Page, label: str, option: str) -> None:
    """Opens a list once more where what was being drawn has closed it."""
    box, wanted = page.get_by_role("combobox", name=label, exact=True), page.get_by_role("option", name=option)
    for _ in range(20):
        box.click()
        try:
            wanted.click(timeout=3000)
            return
        except TimeoutError:
            page.keyboard.press("Escape")
    pytest.fail(f"{option} could not be picked")


def test_two_schools_an_administrator_and_the_way_out(city: SignInServer, browser: Browser):
    asked = "select id, name from school where id in (select school_id from school_round where year = 2025) order by id"
    (first, first_name), (second, second_name), *_ = Store(city.store).current().rows(asked)
    city.gives("rektor-a", ViewerRole.SCHOOL, first)
    city.gives("admin", ViewerRole.ADMIN)

    one, other = browser().new_page(), browser().new_page()
    one.goto(f"{city.server.url}/skola?school={first}&year=2024")
    expect(one.get_by_text("Logga in för att se sidan.")).to_be_visible()
    assert first_name not in one.inner_text("body")
    sign_in(one, "rektor-a")
    expect(one.get_by_role("heading", name=first_name, level=1)).to_be_visible()
    assert f"school={first}" in one.url and "year=2024" in one.url, "the address that was asked for"
    expect(one.get_by_text("Inloggad: Rektor-A")).to_be_visible()
    one.screenshot(path=SHOTS / "signed-in-school.png")
    menu = one.locator("header").inner_text()
    assert "En skola" in menu and "Skolor" not in menu.split("\n") and "EU-medel" not in menu, menu
    one.goto(f"{city.server.url}/skola?school={second}")
    expect(one.get_by_text("finns inte här")).to_be_visible()
    assert second_name not in one.inner_text("body")

    other.goto(f"{city.server.url}/dialog?school={second}")
    sign_in(other, "rektor-b")
    expect(other.get_by_text("Du har ingen roll här än.")).to_be_visible()
    other.screenshot(path=SHOTS / "signed-in-unknown.png")

    admin = browser().new_page()
    admin.goto(f"{city.server.url}/behorighet")
    sign_in(admin, "admin")
    expect(admin.get_by_text("2 personer har en roll.")).to_be_visible()
    admin.get_by_text("Ge någon en roll").click()
    expect(admin.get_by_role("combobox", name="Vem")).to_have_value("rektor-b (rektor-b)")
    expect(admin.get_by_role("button", name="Ge rollen")).to_be_disabled()
    pick(admin, "Roll", "Skola: egna siffror och egen dialog")
    pick(admin, "Skolor", second_name)
    admin.keyboard.press("Escape")
    admin.screenshot(path=SHOTS / "signed-in-admin.png", full_page=True)
    admin.get_by_role("button", name="Ge rollen").click()
    expect(admin.get_by_text("3 personer har en roll.")).to_be_visible()
    assert [row.schools for row in Roles(city.store).of(Identity(city.issuer, "rektor-b"))] == [(second,)]

    other.reload()  # the role is there at once, for the page that they had asked for
    expect(other.get_by_text(second_name).first).to_be_visible()
    other.goto(f"{city.server.url}/skola?school={second}")
    expect(other.get_by_role("heading", name=second_name, level=1)).to_be_visible()
    assert first_name not in other.inner_text("body")

    tab = one.context.new_page()  # the same browser: signed in there as well
    tab.goto(f"{city.server.url}/skola?school={first}")
    expect(tab.get_by_role("heading", name=first_name, level=1)).to_be_visible()
    tab.get_by_role("button", name="Logga ut").click()
    tab.wait_for_url(f"{city.issuer}/oauth2/end_session**")  # where the provider asks whether to leave it as well
    one.goto(f"{city.server.url}/metod")
    expect(one.get_by_text("Logga in för att se sidan.")).to_be_visible()
    expect(other.get_by_role("heading", name=second_name, level=1)).to_be_visible()
