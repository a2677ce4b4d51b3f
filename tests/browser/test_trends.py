"""Development in a browser: it comes first, its links lead on, and it asks for no more room than there is."""

from __future__ import annotations

import pytest

from tests.browser.looking import DESK, PHONE
from tests.browser.places import PLACES
from tests.browser.test_look import sideways
from tests.sampling import at_night, sample

PAGES = ("skolor", "kriterier", "skola")


@pytest.mark.parametrize("path", sample(PAGES, 2))
def test_the_picture_begins_in_the_first_screen_and_nothing_sticks_out(open_tab, path):
    tab = open_tab(path, **PLACES[path])
    for name, size in {"desk": DESK, "phone": PHONE}.items():
        tab.at(size)
        picture = tab.page.locator(".kd-drawn svg[role=img]").first.bounding_box()
        assert picture["y"] + picture["height"] < size["height"], name
        assert picture["x"] >= 0 and picture["x"] + picture["width"] <= size["width"], name
        assert sideways(tab) == [], name
        assert cut_off(tab) == [], name
        tab.shoot(f"trend-{path}-{name}")


@at_night
def test_a_school_is_opened_by_its_name_with_what_was_chosen(open_tab):
    tab = open_tab("skolor", area="kultur", sort="takt", district="Östanvind")
    first = tab.page.locator(".kd-trends tbody a").first
    name = first.inner_text()
    first.focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/skola?**")
    tab.settled()
    assert tab.title == name and tab.address["area"] == "kultur"


def test_many_schools_are_shown_in_part_until_all_are_asked_for(open_tab):
    tab = open_tab("skolor")
    rows = tab.page.locator(".kd-trends tbody tr")
    assert rows.locator("visible=true").count() == 12 < rows.count()
    tab.page.get_by_role("button", name="Visa alla").click()
    assert rows.locator("visible=true").count() == rows.count()
    assert rows.nth(12).locator("a").evaluate("link => link === document.activeElement")


def cut_off(tab) -> list[str]:
    """Texts in the drawing that do not fit in their element, or stick out of the window."""
    return tab.page.evaluate(
        """() => [...document.querySelectorAll('.kd-drawn th, .kd-drawn td, .kd-drawn p, .kd-drawn text')]
            .filter(element => element.getClientRects().length)
            .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1
                || (element.tagName !== 'text' && element.scrollWidth > element.clientWidth + 1))
            .map(element => element.textContent)"""
    )
