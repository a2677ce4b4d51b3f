"""Two owners in one store, in a real browser: a school is found from the start page, and neither's people meet anything
of the other's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from analytics.model.people import Identity, ViewerRole
from analytics.store.owners import folder_of_owner
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.roles import give_role
from tests.browser.accessible import WAYS, findings, ours
from tests.browser.looking import DESK, Tab
from tests.browser.places import PLACES
from tests.browser.signed_in import sign_in
from tests.browser.test_accessible import SIDEWAYS
from tests.pages.serving import UNWARMED, serving
from tests.pages.several_owners import LUND, several_owners
from tests.pages.signing import SignInServer, signing_in
from tests.sampling import at_night

FIND = "Skola eller huvudman"
PLACEHOLDER = """box => {
    const pen = document.createElement('canvas').getContext('2d'), style = getComputedStyle(box);
    pen.font = style.font;
    return pen.measureText(box.placeholder).width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
}"""


@pytest.fixture(scope="module")
def nation(store_once_built: Path, few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return several_owners(store_once_built, few_store, tmp_path_factory.mktemp("nation"))


@pytest.fixture(scope="module")
def start(nation: Path, context: BrowserContext) -> Iterator[Tab]:
    with serving(nation, UNWARMED) as server:
        page = context.new_page()
        yield Tab(page, server)
        page.close()


def malmos(nation: Path) -> set[str]:
    return {school.name for school in read_schools(Store(folder_of_owner(nation, "malmo-stad")).current())}


def met(tab: Tab, names: set[str] | tuple[str, ...]) -> set[str]:
    """Those of the names that the page holds, seen or not."""
    told = tab.page.content()
    return {name for name in names if name in told}


def test_a_school_is_found_and_its_owners_pages_hold_nothing_of_the_others(nation, start):
    tab = start.go("")
    assert ours(findings(tab.page)) == []
    box = tab.page.get_by_label(FIND)
    tab.page.set_viewport_size({"width": 320, "height": 700})
    tab.page.get_by_role("button", name="Meny", exact=True).wait_for()
    assert box.evaluate(PLACEHOLDER) <= box.evaluate("box => box.clientWidth"), "it is cut"
    tab.page.set_viewport_size(DESK)
    with tab.run_within(20_000):
        box.fill("klosterSK")
        box.press("Enter")
    assert met(tab, {*malmos(nation), *LUND}) == {"Klosterskolan"}
    tab.page.get_by_role("link", name="Klosterskolan").click()
    tab.page.wait_for_url("**/skola?**")
    assert tab.settled().address["owner"] == "lund" and tab.title.startswith("Klosterskolan")
    assert met(tab, malmos(nation)) == set()
    tab.page.get_by_role("link", name="Skolor", exact=True).first.click()  # of the bar, which Streamlit makes
    tab.page.wait_for_url("**/skolor**")
    assert tab.settled() and met(tab, LUND) == set(LUND) and met(tab, malmos(nation)) == set()
    tab.go("skolor", owner="malmo-stad")
    assert met(tab, LUND) == set() and met(tab, malmos(nation))


@at_night
@pytest.mark.parametrize("path", PLACES)
def test_no_page_holds_anything_of_the_others(nation, start, path):
    for owner, others in (("lund", malmos(nation)), ("malmo-stad", LUND)):
        start.go(path, **({"school": "nowhere"} if "school" in PLACES[path] else {}), owner=owner)
        assert met(start, others) == set(), (path, owner)


@at_night
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]['width']}-{way[1]}-{way[2]}")
def test_nothing_of_ours_shuts_anybody_out_at_the_start_of_several_owners(start, way):
    size, lang, theme = way
    start.page.set_viewport_size(size)
    start.page.emulate_media(color_scheme=theme)
    for asked in ({}, {"owner": "ystad"}):
        start.go("", **asked, lang=lang)
        box = start.page.get_by_role("textbox").first
        assert ours(findings(start.page)) == [] and start.page.evaluate(SIDEWAYS) == []
        with start.run_within(20_000):
            box.fill("kloster")
            box.press("Enter")
        assert ours(findings(start.page)) == [] and start.page.evaluate(SIDEWAYS) == []


@at_night
def test_two_who_have_signed_in_come_to_their_own_owner_and_not_to_the_others(nation, context, tmp_path):
    def with_roles(issuer: str) -> Path:
        for owner, who in (("lund", "lisa"), ("malmo-stad", "maja")):
            folder = folder_of_owner(nation, owner)
            give_role(folder, Identity(issuer, who), who.title(), ViewerRole.MANAGEMENT, (), "test")
        give_role(nation, Identity(issuer, "nina"), "Nina", ViewerRole.MANAGEMENT, (), "test")
        return nation

    with signing_in(with_roles, tmp_path) as city:
        lisa, maja, nina = (opened(context, city, who) for who in ("lisa", "maja", "nina"))
        for tab, own, names, others, other in (
            (lisa, "lund", set(LUND), malmos(nation), "malmo-stad"),
            (maja, "malmo-stad", malmos(nation), set(LUND), "lund"),
        ):
            assert tab.address["owner"] == own
            assert met(tab.go("skolor"), names) and met(tab, others) == set()
            tab.go("skolor", owner=other)
            tab.page.get_by_text("Du har ingen roll här än.").wait_for()
            assert met(tab, others) == set()
        nina.page.get_by_label(FIND).wait_for()
        nina.page.get_by_role("link", name="Lund", exact=True).wait_for()
        for owner, names in (("lund", LUND), ("malmo-stad", malmos(nation))):
            assert met(nina.go("skolor", owner=owner), names)


def opened(context: BrowserContext, city: SignInServer, who: str) -> Tab:
    """A browser of their own, signed in at the start page."""
    assert context.browser is not None
    page = context.browser.new_context(locale="sv-SE", viewport=DESK).new_page()
    page.set_default_timeout(60_000)
    page.goto(city.server.url)
    sign_in(page, who)
    return Tab(page, city.server).settled()
