"""Importera in a real browser: from a workbook and nothing else to a school's page; a file of a thousand bad cells."""

from __future__ import annotations

import tomllib
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from analytics.intake.files import ReadingOptions
from analytics.intake.raw import LeftFile
from analytics.intake.readers import read_sheet
from analytics.model.installed import DATA
from analytics.words.language import words
from tests.browser.accessible import findings, ours
from tests.browser.conftest import NewPage
from tests.browser.looking import DESK, PHONE
from tests.pages.left_files import NEW_SCHOOLS, microsoft_form
from tests.pages.serving import UNWARMED, serving
from tests.sampling import at_night

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CLICKS = 10  # "in under ten clicks"
SIDEWAYS = "document.querySelector('[data-testid=stMain]').scrollWidth - document.documentElement.clientWidth"


class Hand:
    """Whoever uses the page: what they click is counted, and to step into a field is a click too."""

    def __init__(self, page: Page):
        self.page, self.clicks = page, 0

    def click(self, at: Locator) -> None:
        at.click()
        self.clicks += 1

    def write(self, label: str, text: str) -> None:
        self.click(self.page.get_by_label(label))
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def choose_file(self, name: str, data: bytes) -> None:
        place = self.page.get_by_role("button", name="Välj filer")
        with self.page.expect_file_chooser() as chooser:
            self.click(place)
        chooser.value.set_files({"name": name, "mimeType": XLSX, "buffer": data})


def test_from_a_workbook_and_nothing_else_to_the_schools_page_in_under_ten_clicks(tmp_path, new_page: NewPage):
    with serving(tmp_path / "nowhere", UNWARMED) as server:
        page = new_page(DESK)
        hand = Hand(page)
        page.goto(server.url)
        hand.click(page.get_by_role("link", name="Läs in").last)
        hand.click(page.get_by_role("button", name="Börja"))
        hand.choose_file("Självskattning 2026.xlsx", microsoft_form())
        hand.click(page.get_by_role("button", name="Gör ramverket"))
        hand.write("Ditt namn", "Anna")
        hand.click(page.get_by_role("button", name="Läs in", exact=True))
        expect(page.get_by_text("Inläst som version 2")).to_contain_text("3 nya skolor")
        hand.click(page.get_by_role("link", name="Se ").filter(has_text="skolan"))
        expect(page.locator("h1")).to_have_text(NEW_SCHOOLS[-1])
        page.locator(".stPlotlyChart").first.wait_for()
        assert hand.clicks < MOST_CLICKS
        page.goto("about:blank")


def questions() -> list[str]:
    said = tomllib.loads((DATA / "frameworks" / "vebs-2022.toml").read_text("utf-8"))
    return [f"{one['id']}. {one['title']['sv']}" for area in said["area"] for one in area["criterion"]]


@at_night
def test_a_thousand_bad_cells_are_one_cause_and_can_be_taken_along(server, new_page: NewPage):
    page = new_page(DESK)
    page.goto(f"{server.url}/importera")
    schools = ("Askmolnsskolan", "Askviggsskolan", "Asteroidskolan", "Cumulusskolan")
    file = microsoft_form(questions(), schools, each=15, year=2025, wrong=1000, word="7 – Bäst i världen")
    Hand(page).choose_file("Svar_2025_<b>.xlsx", file)
    page.get_by_text("1 000 ställen är fel, av 1 orsak".replace(" ", "\N{NO-BREAK SPACE}", 1)).wait_for()
    assert page.locator(".kd-cause").count() == 1
    assert page.locator("mark.kd-wrong-cell").count() == 12 * 25, "all of the rows that are shown"
    assert page.get_by_role("button", name="Läs in", exact=True).is_disabled()
    assert ours(findings(page)) == []
    for button, name in (("med cellerna markerade", "att rätta.xlsx"), ("utan att gissa", "rättad.xlsx")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename.endswith(name)
        copied = read_sheet(
            LeftFile("copy.xlsx", Path(download.value.path()).read_bytes()), words("sv"), ReadingOptions().sheet
        )
        assert sum(column.to_pylist().count("7 – Bäst i världen") for column in copied.columns) == 1000
    assert "Skola" in copied.headings, "as the program calls it"
    page.set_viewport_size(PHONE)
    assert page.evaluate(SIDEWAYS) <= 0
    address = page.url
    page.reload()
    page.get_by_text("av 1 orsak").wait_for()
    assert page.url == address, "what is half done is there again"
