"""Ways through the app: choosing, mailing a link, going back, the table and its files, the other language."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from python_calamine import load_workbook

from analytics.store.reading import Store
from tests.browser.looking import Tab
from tests.pages.reading import TITLES

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
    assert tab.answer.startswith(NAME)
    assert tab.key_figure(MEAN) == written(mean)
    assert tab.page.get_by_role("combobox", name="Skola", exact=True).input_value() == NAME


def test_a_school_that_is_chosen_stands_in_the_address_by_its_id_and_the_address_shows_it_again(open_tab, mean):
    tab = open_tab("skola")
    assert not tab.answer.startswith(NAME)
    tab.pick("Skola", NAME)
    assert tab.address["school"] == SCHOOL
    assert NAME not in tab.page.url
    shows_the_school(tab, mean(SCHOOL, 2025))
    tab.page.reload()
    shows_the_school(tab.settled(), mean(SCHOOL, 2025))


def test_back_undoes_a_choice_and_forward_makes_it_again(open_tab, mean):
    tab = open_tab("skola", school=SCHOOL, year="2024")
    tab.pick("Skola", "Kvartsskolan")
    assert tab.address["school"] == "kvartsskolan" and tab.answer.startswith("Kvartsskolan")
    go(tab, "back", NAME)
    assert tab.address["school"] == SCHOOL
    shows_the_school(tab, mean(SCHOOL, 2024))
    go(tab, "forward", "Kvartsskolan")
    assert tab.address["school"] == "kvartsskolan"


def test_back_undoes_the_first_choice_on_a_page_opened_without_any(open_tab):
    tab = open_tab("skola")
    first = tab.answer.split()[0]
    tab.pick("Skola", NAME)
    go(tab, "back", first)


def test_a_choice_is_kept_on_the_way_to_another_page_and_back(open_tab, mean):
    tab = open_tab("skola").pick("Skola", NAME)
    tab.visit("Kriterier")
    assert tab.title == TITLES["kriterier"]
    tab.visit("Min skola")
    shows_the_school(tab, mean(SCHOOL, 2025))
    assert tab.address["school"] == SCHOOL, "the address can be mailed from here too"


def test_the_table_and_its_files_hold_the_figure_of_the_page(open_tab, mean):
    """The school's mean is a key figure, and in a row of the trend's table and of both files."""
    tab = open_tab("skola", school=SCHOOL)
    assert tab.page.locator("table.kd-table").count() == 0, "a table is not sent before somebody opens it"
    tab.unfold_table(6)
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
    tab.page.get_by_role("button", name="In English").click()
    tab.page.get_by_role("heading", name="Where does my school stand?").wait_for()
    tab.settled()
    assert tab.address["lang"] == "en" and tab.address["school"] == SCHOOL
    assert tab.answer.startswith(f"{NAME} lies") or tab.answer.startswith(f"{NAME} cannot")
    assert "." in tab.key_figure("The school's mean, all criteria")
    tab.page.get_by_role("button", name="På svenska").click()
    tab.page.get_by_role("heading", name=TITLES["skola"]).wait_for()
    tab.settled()
    assert tab.address.get("lang", "sv") == "sv" and "," in tab.key_figure(MEAN)


def test_the_menu_leads_to_every_page_and_each_has_a_title_of_its_own(open_tab):
    """The title tells which page this is, in a row of tabs, in a bookmark, or read out."""
    menu = {"Kriterier": "kriterier", "Min skola": "skola", "Översikt": "oversikt", "Skolor": "skolor"}
    menu |= {"Certifiering": "certifiering", "Stöd": "stod"}
    tab, titles = open_tab("skola"), set()
    for name, path in menu.items():
        assert tab.visit(name).title == TITLES[path]
        assert tab.page.url.split("?")[0].endswith("/" + path)
        titles.add(tab.page.title())
    assert len(titles) == len(menu), titles


def go(tab: Tab, way: str, school: str) -> None:
    """Back or forward in the browser, until the page is about the school."""
    tab.page.go_back() if way == "back" else tab.page.go_forward()
    tab.page.wait_for_function(
        "school => document.querySelector('.kd-answer')?.innerText.startsWith(school)", arg=school, timeout=15_000
    )
    tab.settled()
