"""Two people of two schools, and an administrator, sign in in a real browser, by way of a real provider."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from analytics.model.people import Audience, Identity, OtherSchools, ViewerRole
from analytics.store.openness import release, tell_of_other_schools
from analytics.store.reading import Store
from analytics.store.roles import Roles
from tests.browser.accessible import PAIRS, WAYS, findings, in_every_state, ours
from tests.browser.conftest import PATIENCE
from tests.browser.first_sight import CONTENT
from tests.browser.looking import DESK, keep_shot
from tests.browser.signed_in import sign_in
from tests.browser.test_accessible import SIDEWAYS
from tests.pages.signing import SignInServer, signing_in
from tests.sampling import NIGHTLY, at_night

Browser = Callable[[], BrowserContext]


@pytest.fixture(scope="module")
def city(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignInServer]:
    folder = tmp_path_factory.mktemp("city")
    with signing_in(shutil.copytree(few_store, folder / "store"), folder) as server:
        yield server


@pytest.fixture
def browser(context: BrowserContext) -> Iterator[Browser]:
    """A browser each, with no cookies: the first is that of all tests, which has fetched before what pages are drawn
    with."""
    there, opened = [*context.pages], list[BrowserContext]()
    context.clear_cookies()

    def anew() -> BrowserContext:
        assert context.browser is not None
        opened.append(context.browser.new_context(locale="sv-SE", viewport=DESK) if opened else context)
        opened[-1].set_default_timeout(PATIENCE)
        return opened[-1]

    yield anew
    for page in context.pages:
        if page not in there:
            page.close()
    context.clear_cookies()
    for one in opened[1:]:
        one.close()


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
    one.get_by_text("Logga in för att se sidan.").wait_for()
    assert first_name not in one.inner_text("body")
    sign_in(one, "rektor-a")
    one.get_by_role("heading", name=first_name, level=1).wait_for()
    assert f"school={first}" in one.url and "year=2024" in one.url, "the address that was asked for"
    one.get_by_text("Inloggad: Rektor-A").wait_for()
    keep_shot(one, "signed-in-school")
    menu = one.locator("header").inner_text()
    assert "En skola" in menu and "Skolor" not in menu.split("\n") and "EU-medel" not in menu, menu
    one.goto(f"{city.server.url}/skola?school={second}")
    one.get_by_text("finns inte här").wait_for()
    assert second_name not in one.inner_text("body")

    other.goto(f"{city.server.url}/dialog?school={second}")
    sign_in(other, "rektor-b")
    other.get_by_text("Du har ingen roll här än.").wait_for()
    keep_shot(other, "signed-in-unknown")

    admin = browser().new_page()
    admin.goto(f"{city.server.url}/behorighet")
    sign_in(admin, "admin")
    admin.get_by_text("2 personer har en roll.").wait_for()
    admin.get_by_text("Ge någon en roll").click()
    expect(admin.get_by_role("combobox", name="Vem")).to_have_value("rektor-b (rektor-b)")
    expect(admin.get_by_role("button", name="Ge rollen")).to_be_disabled()
    pick(admin, "Roll", "Skola: egna siffror och egen dialog")
    pick(admin, "Skolor", second_name)
    admin.keyboard.press("Escape")
    keep_shot(admin, "signed-in-admin", whole=True)
    admin.get_by_role("button", name="Ge rollen").click()
    admin.get_by_text("3 personer har en roll.").wait_for()
    assert [row.schools for row in Roles(city.store).of(Identity(city.issuer, "rektor-b"))] == [(second,)]

    other.reload()  # the role is there at once, for the page that they had asked for
    other.get_by_text(second_name).first.wait_for()
    other.goto(f"{city.server.url}/skola?school={second}")
    other.get_by_role("heading", name=second_name, level=1).wait_for()
    assert first_name not in other.inner_text("body")

    tab = one.context.new_page()  # the same browser: signed in there as well
    tab.goto(f"{city.server.url}/skola?school={first}")
    tab.get_by_role("heading", name=first_name, level=1).wait_for()
    tab.get_by_role("button", name="Logga ut").click()
    tab.wait_for_url(f"{city.issuer}/oauth2/end_session**")  # where the provider asks whether to leave it as well
    one.goto(f"{city.server.url}/metod")
    one.get_by_text("Logga in för att se sidan.").wait_for()
    other.get_by_role("heading", name=second_name, level=1).wait_for()


def two_schools(city: SignInServer) -> list[tuple[str, str]]:
    """Those of the last round, as (id, name), by id."""
    asked = "select id, name from school where id in (select school_id from school_round where year = 2025) order by id"
    return [(id_, name) for id_, name in Store(city.store).current().rows(asked)][:2]


@at_night
def test_schools_see_of_each_other_what_the_city_says(city: SignInServer, browser: Browser):
    (first, first_name), (second, second_name) = two_schools(city)
    city.gives("head-a", ViewerRole.SCHOOL, first)
    page = browser().new_page()
    page.goto(f"{city.server.url}/skola?school={first}")
    sign_in(page, "head-a")
    page.get_by_role("heading", name=first_name, level=1).wait_for()
    expect(page.get_by_text("Stadens andra skolor")).to_have_count(0)

    tell_of_other_schools(city.store, OtherSchools.DOTS, "test")
    page.reload()
    page.get_by_text("Stadens andra skolor").click()
    page.get_by_text("Punkt: medelvärdet för en av de andra skolorna").wait_for()
    page.locator(".st-key-more_others .main-svg, .stPlotlyChart .main-svg").first.wait_for()
    page.get_by_text("Skolan bland stadens andra skolor").scroll_into_view_if_needed()
    keep_shot(page, "signed-in-dots")
    assert second_name not in page.content() and second not in page.content(), "nor in what lies behind the dots"
    page.goto(f"{city.server.url}/skolor")
    page.get_by_text("Den här sidan hör inte till dina.").wait_for()

    tell_of_other_schools(city.store, OtherSchools.NAMES, "test")
    page.goto(f"{city.server.url}/skolor")
    page.get_by_text(second_name).first.wait_for()
    keep_shot(page, "signed-in-names")
    page.get_by_role("link", name=second_name).first.click()
    page.get_by_role("heading", name=second_name, level=1).wait_for()
    page.goto(f"{city.server.url}/dialog?school={second}")
    page.get_by_text("finns inte här").wait_for()
    assert second_name not in page.inner_text("body")
    tell_of_other_schools(city.store, OtherSchools.NOTHING, "test")
    page.goto(f"{city.server.url}/skola?school={second}")
    page.get_by_text("finns inte här").wait_for()


@at_night
def test_a_round_is_released_on_the_page_and_the_school_sees_it(city: SignInServer, browser: Browser):
    ((first, first_name), _) = two_schools(city)
    city.gives("head-b", ViewerRole.SCHOOL, first)
    city.gives("boss", ViewerRole.MANAGEMENT)
    release(city.store, "vebs-2022", 2025, Audience.MANAGEMENT, "test")
    school, boss = browser().new_page(), browser().new_page()
    school.goto(f"{city.server.url}/skola?school={first}&year=2025")
    sign_in(school, "head-b")
    school.get_by_text("finns inte här").wait_for()
    boss.goto(f"{city.server.url}/oversikt")
    sign_in(boss, "boss")
    boss.get_by_text("Omgången 2025 är släppt till: Bara ledningen").click()
    pick(boss, "Släppt till", "Ledningen och rektorerna")
    keep_shot(boss, "signed-in-release", whole=True)
    boss.get_by_role("button", name="Ändra vem som får se omgången").click()
    boss.get_by_text("Omgången 2025 är släppt till: Ledningen och rektorerna").wait_for()
    school.reload()
    school.get_by_role("heading", name=first_name, level=1).wait_for()
    assert "year=2025" in school.url


@pytest.mark.parametrize("way", WAYS if NIGHTLY else PAIRS[:1], ids=lambda way: f"{way[0]['width']}-{way[1]}-{way[2]}")
def test_who_may_do_what_shuts_nobody_out(city: SignInServer, browser: Browser, way):
    size, lang, theme = way
    city.gives("admin", ViewerRole.ADMIN)
    page = browser().new_page()
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)
    page.goto(f"{city.server.url}/behorighet?lang={lang}")
    entrance = page.get_by_role("button", name="Logga in" if lang == "sv" else "Sign in")
    entrance.wait_for()
    found = {"before signing in": ours(findings(page))}
    entrance.click()
    page.get_by_placeholder("sub").fill("admin")
    page.get_by_role("button", name="Authorize").click()
    heading = "Vem får göra vad?" if lang == "sv" else "Who may do what?"
    page.get_by_role("heading", name=heading).wait_for()
    page.get_by_text("har en roll" if lang == "sv" else "a role.").first.wait_for()
    height, words, _ = page.evaluate(CONTENT)
    found |= {state: ours(wrong) for state, wrong in in_every_state(page, thorough=NIGHTLY)}
    keep_shot(page, f"signed-in-roles-{size['width']}-{lang}-{theme}", whole=True)
    assert page.evaluate(SIDEWAYS) == [], "it is read without scrolling to the side"
    assert {state: wrong for state, wrong in found.items() if wrong} == {}
    assert words <= 350 and (size["width"] < 1000 or height <= 1920), "before anything is opened"
