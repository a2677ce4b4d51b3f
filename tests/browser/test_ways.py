"""Ways through the app: choosing, mailing a link, going back, the table and its files, the other language."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import load_workbook

from analytics.store.reading import Store
from tests.browser.looking import Tab
from tests.pages.reading import TITLES
from tests.sampling import at_night, sample

SCHOOL, NAME = "adelstensskolan", "Ädelstensskolan"
MEAN = "Skolans medelvärde, alla kriterier"


@pytest.fixture(scope="module")
def mean(demo_store: Path):
    """A school's published mean over all criteria, straight from the store."""

    def published(school: str, year: int) -> float:
        ((found,),) = (
            Store(demo_store)
            .current()
            .rows(
                "select mean from area_cell where framework = 'vebs-2022' and school_id = ? and year = ? and area = ''",
                [school, year],
            )
        )
        return found

    return published


def written(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def shows_the_school(tab: Tab, mean: float) -> None:
    assert tab.title == NAME and tab.page.title().startswith(NAME)
    assert tab.key_figure(MEAN) == written(mean)


def nobody_has_looked(tab: Tab) -> Tab:
    """The page of a school on a device where no school has been looked at: what was, is remembered."""
    tab.page.context.clear_cookies()
    return tab.go("skola")


def test_a_school_that_is_found_stands_in_the_address_by_its_id_and_the_address_shows_it_again(open_tab, mean):
    tab = nobody_has_looked(open_tab(""))
    assert tab.title == TITLES["skola"] and not tab.page.locator(".kd-figures").count()
    tab.pick("Hitta din skola", NAME)
    assert tab.address["school"] == SCHOOL
    assert NAME not in tab.page.url
    shows_the_school(tab, mean(SCHOOL, 2025))
    tab.page.reload()
    shows_the_school(tab.settled(), mean(SCHOOL, 2025))
    tab.go("skola")
    shows_the_school(tab, mean(SCHOOL, 2025))  # remembered on the device
    tab.page.context.clear_cookies()


@at_night
def test_back_undoes_a_choice_and_forward_makes_it_again(open_tab, mean):
    tab = open_tab("skola", school=SCHOOL, year="2024")
    tab.pick("Skola", "Kvartsskolan")
    assert tab.address["school"] == "kvartsskolan" and tab.title == "Kvartsskolan"
    go(tab, "back", NAME)
    assert tab.address["school"] == SCHOOL
    shows_the_school(tab, mean(SCHOOL, 2024))
    go(tab, "forward", "Kvartsskolan")
    assert tab.address["school"] == "kvartsskolan"


@at_night
def test_back_undoes_the_first_choice_on_a_page_opened_without_any(open_tab):
    tab = nobody_has_looked(open_tab(""))
    tab.pick("Hitta din skola", NAME)
    go(tab, "back", TITLES["skola"])


@at_night
def test_a_choice_is_kept_on_the_way_to_another_page_and_back(open_tab, mean):
    tab = open_tab("skola", school="kvartsskolan").pick("Skola", NAME)
    assert tab.page.get_by_test_id("stPopoverBody").is_visible(), "nobody has closed the choice"
    tab.visit("Kriterier")
    assert tab.title == TITLES["kriterier"]
    tab.visit("En skola")
    shows_the_school(tab, mean(SCHOOL, 2025))
    assert tab.address["school"] == SCHOOL, "the address can be mailed from here too"


def test_the_table_and_its_files_hold_the_figure_of_the_page(open_tab, mean):
    """The school's mean is a key figure, and in a row of the trend's table and of both files."""
    tab = open_tab("skola", school=SCHOOL)
    assert tab.page.locator("table.kd-table").count() == 0, "a table is not sent before somebody opens it"
    tab.unfold_table("school_trend")
    figure, value = tab.key_figure(MEAN), mean(SCHOOL, 2025)
    table = tab.page.locator("table.kd-table tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )
    place = table[0].index("Skolan")
    (row,) = [row for row in table if row[0] == "2025"]
    assert row[place] == figure == written(value)

    text = tab.download("CSV: ").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    (found,) = [row for row in rows if row["År"] == "2025"]
    assert float(found["Skolan"].replace(",", ".")) == pytest.approx(value)
    assert found["Ursprung"] == "syntetiska (påhittade)"

    book = load_workbook(io.BytesIO(tab.download("Excel: "))).get_sheet_by_index(0).to_python()
    (found,) = [row for row in book[1:] if row[0] == 2025]
    assert found[book[0].index("Skolan")] == pytest.approx(value)


def test_the_language_changes_and_changes_back(open_tab):
    tab = open_tab("skola", school=SCHOOL)
    with tab.run_within(5000):
        tab.page.get_by_role("button", name="In English").click()
    assert tab.address["lang"] == "en" and tab.address["school"] == SCHOOL
    assert tab.answer.startswith("Above the city")
    assert "." in tab.key_figure("The school's mean, all criteria")
    with tab.run_within(5000):
        tab.page.get_by_role("button", name="På svenska").click()
    assert tab.address.get("lang", "sv") == "sv" and "," in tab.key_figure(MEAN)
    assert tab.answer.startswith("Över staden")


def test_the_bar_leads_to_every_page_and_each_has_a_title_of_its_own(open_tab):
    """The title tells which page this is, in a row of tabs, in a bookmark, or read out. By day to every other one."""
    bar = {"Kriterier": "kriterier", "En skola": "skola", "Översikt": "oversikt", "Skolor": "skolor"}
    bar |= {"Certifiering": "certifiering", "Stöd": "stod", "Uppföljning": "uppfoljning"}
    tab, titles, names = open_tab("", school=SCHOOL), set(), sample(list(bar), 2)
    for name, path in [(name, bar[name]) for name in names]:
        tab.visit(name)
        assert tab.page.url.split("?")[0].endswith("/" + path)
        titles.add(tab.page.title())
    assert len(titles) == len(names), titles


def go(tab: Tab, way: str, title: str) -> None:
    """Back or forward in the browser, until the page has the title."""
    tab.page.go_back() if way == "back" else tab.page.go_forward()
    tab.page.wait_for_function("title => document.querySelector('h1')?.innerText === title", arg=title, timeout=15_000)
    tab.settled()


def test_a_point_and_a_cell_that_are_clicked_open_what_they_are(open_tab):
    """The overview's lines lead to an area's schools, a heat map's cell to its school and its criterion's row."""
    tab = open_tab("oversikt")
    click_on(tab, ".st-key-chart_area_trend", ".scatterlayer .point")
    assert tab.title == TITLES["skolor"] and tab.address["area"] and tab.address["framework"]
    tab.go("skolor", lang="sv", area="kriterier")
    with tab.run_within(5000):
        tab.page.locator(".st-key-more_heat summary").first.click()
    click_on(tab, ".st-key-chart_heat", ".barlayer .point path")
    assert tab.page.url.split("?")[0].endswith("/skola") and tab.page.locator(".kd-figures").is_visible()
    row = tab.page.locator("tr[aria-current]")
    assert row.get_attribute("data-criterion") == tab.address["criterion"]
    expect(row).to_be_in_viewport()
    assert row.is_visible()


def click_on(tab: Tab, chart: str, mark: str) -> None:
    """Points at a mark of the picture, as people do, and clicks when the picture says what it is."""
    marks = tab.page.locator(f"{chart} {mark}")
    marks.last.scroll_into_view_if_needed()
    box = marks.last.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = tab.page.url
    tab.page.mouse.move(x - 3, y - 1)
    tab.page.mouse.move(x, y)
    tab.page.locator(f"{chart} .hovertext").first.wait_for()
    tab.page.mouse.click(x, y)
    tab.page.wait_for_function("before => location.href.split('?')[0] !== before.split('?')[0]", arg=before)
    tab.settled()


def test_the_bar_marks_the_menu_that_the_page_is_in(open_tab):
    tab = open_tab("eu-rapport")
    marked = tab.page.locator("header [aria-current]")
    expect(marked).to_have_text(["EU-medel"])
    tab.page.locator("header a", has_text="Skolor").click()
    expect(marked).to_have_text(["Skolor"])
    tab.page.go_back()
    expect(marked).to_have_text(["EU-medel"])


def test_a_door_leads_to_each_of_its_pages_and_what_is_gone_to_is_read_from_its_top(open_tab):
    tab = open_tab("", {"width": 390, "height": 400})
    door = tab.page.locator(".kd-doors li").last
    assert door.locator("a").count() == 2
    door.locator("a").first.click()
    tab.page.locator("h1", has_text="Vad vill du läsa in?").wait_for()
    tab.page.go_back()
    tab.page.locator("h1", has_text="Hitta din skola").wait_for()
    tab.settled()
    below = door.locator("a").last
    below.scroll_into_view_if_needed()
    down = "document.querySelector('[data-testid=stMain]').scrollTop"
    assert tab.page.evaluate(down) > 0
    below.click()
    tab.page.locator("h1", has_text="Vad tillfrågas skolorna om?").wait_for()
    tab.settled()
    assert tab.page.evaluate(down) == 0
