"""A table's rows on a phone, where each is a few lines: none lies on the next. And its rest is there when asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.browser.looking import DESK, PHONE
from tests.browser.places import PLACES
from tests.sampling import sample

TABLES = {"skolor": 9, "skola": 5, "kriterier": 9, "uppfoljning": 6, "stod": 9}
"""A page with a table -> how many rows a phone shows at first; of the school's as many as lie below the goal."""
ROWS = """() => [...document.querySelectorAll('.kd-trends tbody tr')].filter(row => row.offsetParent).map(row => {
    const cells = [...row.cells].filter(cell => cell.offsetParent).map(cell => cell.getBoundingClientRect());
    const box = row.getBoundingClientRect();
    return [box.top, box.bottom, Math.max(...cells.map(cell => cell.bottom))];
})"""
HAIR = 1.5  # pixels


@pytest.mark.parametrize("path", sample(list(TABLES), 3))
def test_rows_on_a_phone_lie_apart(open_tab, path):
    tab = open_tab(path, PHONE, **PLACES[path])
    rows = tab.page.evaluate(ROWS)
    assert len(rows) == TABLES[path]
    assert all(inside <= bottom + HAIR for _, bottom, inside in rows), "a cell reaches beyond its row"
    assert all(one[1] <= other[0] + HAIR for one, other in pairwise(rows))


def test_what_asks_for_the_rest_goes_while_rows_are_sifted_and_brings_it(open_tab):
    tab = open_tab("kriterier")
    more = tab.page.locator(".kd-more")
    tab.page.get_by_role("button", name="Vid målet").click()
    assert not more.is_visible() and len(tab.page.evaluate(ROWS)) == 6 + 8, "the areas stay, and eight are at the goal"
    tab.page.locator(".kd-chip").first.click()
    more.click()
    assert len(tab.page.evaluate(ROWS)) == 31


def test_a_phone_shows_the_level_and_its_course_first_and_the_rest_when_asked(open_tab):
    """Rows of two lines; a desk has all columns and nothing to ask for."""
    tab = open_tab("skolor", PHONE)
    rest, left = tab.page.get_by_role("button", name="Visa även: Kvar till målet, Svarade"), "Kvar till målet"
    heights = [bottom - top for top, bottom, _ in tab.page.evaluate(ROWS)]
    assert max(heights) < 90 and sum(heights) / len(heights) < 70
    cell = tab.page.locator(f'.kd-trends td[data-heading="{left}"]').nth(1)
    assert not cell.is_visible()
    rest.click()
    assert cell.is_visible() and rest.get_attribute("aria-pressed") == "true"
    tab.page.get_by_role("button", name="Vid målet").click()
    assert rest.get_attribute("aria-pressed") == "true", "sifting is another matter"
    tab.page.locator(".kd-chips .kd-chip").first.click()
    rest.click()
    tab.at(DESK)
    assert cell.is_visible() and not rest.is_visible()
