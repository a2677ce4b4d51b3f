"""Large drawings are fetched once by the browser, and sent whole to one that cannot fetch them."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.looking import until
from tests.sampling import at_night

DRAWN = "**/kd/drawn/*"
SCHOOL, OTHER = {"school": "agatskolan"}, {"school": "kvartsskolan"}
TABLE = ".st-key-drawn_school_criteria table tbody tr"


@at_night
def test_a_school_that_is_come_back_to_is_not_fetched_again(open_tab):
    tab, asked = open_tab("skola", **SCHOOL), []
    first = tab.page.locator(TABLE).all_inner_texts()
    assert len(first) > 20 and tab.page.locator("h1").inner_text() == "Agatskolan"
    tab.page.on("response", lambda answer: "/kd/drawn/" in answer.url and asked.append(answer.from_service_worker))
    follow(tab, "skola?school=kvartsskolan&lang=sv")
    assert tab.page.locator("h1").inner_text() == "Kvartsskolan"
    until(tab.page, lambda: asked and any(now := tab.page.locator(TABLE).all_inner_texts()) and now != first)
    assert len(asked) == 1
    tab.page.go_back()
    tab.page.get_by_role("heading", name="Agatskolan", level=1).wait_for()
    until(tab.page, lambda: tab.page.locator(TABLE).all_inner_texts() == first)
    assert len(asked) == 1


@at_night
def test_what_is_waited_for_is_not_taken_for_what_stood_there_before(open_tab):
    """Under the next school's name the one before's figures would be read as its own."""
    tab, waiting = open_tab("skola", **SCHOOL), []
    table = tab.page.locator(TABLE).first
    tab.page.route(DRAWN, lambda route: waiting.append(route))
    follow(tab, "skola?school=kvartsskolan&lang=sv")
    expect(table).not_to_be_visible()
    (route,) = waiting
    route.continue_()
    table.wait_for()


@at_night
def test_who_cannot_fetch_a_drawing_is_sent_it_whole(open_tab):
    whole = open_tab("skola", **OTHER).page.locator(TABLE).all_inner_texts()
    tab, refused = open_tab("metod"), []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.fulfill(status=404)

    tab.page.route(DRAWN, refuse)
    tab.go("skola", **OTHER)
    tab.page.locator(TABLE).first.wait_for()
    assert tab.settled().page.locator(TABLE).all_inner_texts() == whole and len(refused) == 1


def follow(tab, address: str) -> None:
    """As a click on a link to it does, wherever one stands."""
    tab.page.evaluate(
        """address => {
            const link = Object.assign(document.createElement('a'), {href: address});
            document.querySelector('.st-key-page').append(link);
            link.click();
            link.remove();
        }""",
        address,
    )
    tab.page.get_by_role("heading", name="Kvartsskolan", level=1).wait_for()
