"""Whoever comes for the first time is at the answer within three clicks, and sees it without scrolling."""

from __future__ import annotations

import pytest

from tests.browser.first_time import AT_MOST, DESK, QUESTIONS, Question, in_sight, walked
from tests.browser.looking import PHONE
from tests.sampling import sample


@pytest.mark.parametrize(
    ("question", "size"),
    sample([(question, size) for question in QUESTIONS for size in (DESK, PHONE)], 40, first=3),
    ids=lambda value: value.asked if isinstance(value, Question) else str(value["width"]),
)
def test_the_answer_is_three_clicks_away(context, server, question, size):
    found = walked(context.browser, server.url, question, size)
    assert found.top is not None, found.walk.trail
    assert found.walk.clicks <= AT_MOST


def test_what_is_below_the_window_is_not_in_sight(open_tab):
    page = open_tab("oversikt", DESK).page
    assert in_sight(page, (r"\d+ av \d+ skolor",)) and not in_sight(page, ("Så räknas siffrorna",))


def test_on_a_phone_the_menu_closes_when_a_page_is_chosen_and_is_called_by_its_language(context, server):
    page = context.browser.new_page(locale="sv-SE", viewport=PHONE)
    page.goto(f"{server.url}/tillganglighet?lang=en")
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("button", name="Close the menu").wait_for()
    page.locator("[data-testid=stSidebarNav] a", has_text="Method").click()
    page.locator("h1", has_text="How are the figures made?").wait_for()
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("button", name="Close the menu").click()
    page.get_by_role("button", name="På svenska").click()
    page.get_by_role("button", name="Meny", exact=True).wait_for()
    assert page.evaluate("document.documentElement.lang") == "sv"
    page.close()
