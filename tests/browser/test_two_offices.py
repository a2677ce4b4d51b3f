"""Two people of two administrations sign in in a real browser: each sees and saves their own part, and nothing of the
other's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext
from python_calamine import CalamineWorkbook

from analytics.store.drafts import Drafts
from analytics.store.funding import read_funding
from analytics.store.reading import Store
from pages.funding.editing.register import ABOUT
from tests.browser.looking import DESK, Tab, until
from tests.browser.signed_in import sign_in
from tests.browser.test_funding import saved_as, unfold
from tests.pages.signing import SignInServer, signing_in
from tests.pages.two_offices import PEOPLE, YEAR, two_offices, words_of_others
from tests.sampling import at_night

RESULTS = "Uppnådda resultat"
FUNDS = ("eu", "eu-projekt", "eu-rapport", "avstamning")


@pytest.fixture(scope="module")
def city(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignInServer]:
    folder = tmp_path_factory.mktemp("offices")
    with signing_in(lambda issuer: two_offices(store_once_built, folder, issuer), folder) as server:
        yield server


def opened(context: BrowserContext, city: SignInServer, who: str) -> Tab:
    """A browser of their own, signed in."""
    assert context.browser is not None
    page = context.browser.new_context(locale="sv-SE", viewport=DESK).new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{city.server.url}/eu-rapport?year={YEAR}")
    sign_in(page, who)
    return Tab(page, city.server).settled()


def cells(workbook: bytes) -> str:
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return repr([sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names])


@at_night
def test_neither_sees_or_saves_the_other_s_part(context: BrowserContext, city: SignInServer):
    boss = opened(context, city, "boss")
    for page in FUNDS:
        boss.go(page, year=str(YEAR))  # what is kept is warm
    tabs = {who: opened(context, city, who) for who in PEOPLE}
    for who, tab in tabs.items():
        (other,) = PEOPLE.keys() - {who}
        for page in FUNDS:
            for asked in ({}, {"project": "land" if who == "gun" else "hav"}, {"administration": PEOPLE[other]}):
                tab.go(page, **{"year": str(YEAR), **asked})
                assert words_of_others(tab.page.content(), who) == set(), (who, page, asked)
            tab.shoot(f"two-offices-{who}-{page}")
        tab.go("skola")
        tab.page.get_by_text("Den här sidan hör inte till dina.").wait_for()
        tab.go("eu-rapport", year=str(YEAR))
        for button, suffix in (("Ladda ner JSON", ".json"), ("Ladda ner Excel", ".xlsx")):
            data = tab.download(button)
            told = data.decode() if suffix == ".json" else cells(data)
            assert words_of_others(told, who) == set() and words_of_others(told, other), (who, suffix)

    gun, nils = tabs["gun"], tabs["nils"]
    unfold(gun, "report_answers")
    box = gun.page.get_by_label(RESULTS)
    box.fill("Guns egna ord.")
    box.press("Control+Enter")
    gun.page.get_by_role("button", name="Spara", exact=True).wait_for()
    gun.settled()
    (draft,) = Drafts(city.store).about(ABOUT)
    for asked in ({}, {"draft": draft.id}):
        nils.go("eu-rapport", year=str(YEAR), **asked)
        nils.page.get_by_text("som inte är sparat").wait_for()
        unfold(nils, "report_answers")
        assert "Guns egna ord" not in nils.page.content() and "Fiskarna" not in nils.page.content(), asked
    nils.go("eu-rapport", year=str(YEAR), draft=draft.id, administration=PEOPLE["gun"])
    nils.page.get_by_text("finns inte här").wait_for()
    assert "Guns egna ord" not in nils.page.content()
    gun.page.get_by_role("button", name="Lämna in").click()
    gun.settled()
    gun.page.get_by_role("button", name="Spara", exact=True).click()
    saved_as(gun, city.store)

    register = read_funding(Store(city.store).current())
    told = {(one.administration, one.text) for one in register.narratives}
    assert told == {("grund", "Guns egna ord."), ("gata", "Asfalten.")}
    assert {(one.administration, one.status.value) for one in register.report_parts} == {
        ("grund", "handed_in"), ("gata", "not_begun"),
    }  # fmt: skip
    for page in FUNDS:
        nils.go(page, year=str(YEAR))
        assert "Guns egna ord" not in nils.page.content() and words_of_others(nils.page.content(), "nils") == set()
    boss.go("eu-rapport", year=str(YEAR))
    until(boss.page, lambda: "1 av 2 förvaltningar har lämnat in" in boss.answer)
    boss.shoot("two-offices-boss")
    for tab in (boss, *tabs.values()):
        tab.page.context.close()
