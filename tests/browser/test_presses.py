"""A press counts once, and on what was pressed: with a finger, on a page that is busy, where buttons change places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

PRESSES = Path("pages/ui/assets/presses.js").read_text("utf-8")
SLOW = 200  # milliseconds: longer than a click is waited for
SETTLED = SLOW + 200
ROW = """<body style="margin: 0"><div class="st-key-row"></div><script>
    window.pressed = [];
    window.draw = (names) => {
        const host = document.createElement('div'), root = host.attachShadow({mode: 'open'});
        for (const name of names) {
            const button = root.appendChild(document.createElement('button'));
            button.textContent = name;
            button.style.cssText = 'width: 100px; height: 50px; margin: 0; padding: 0; border: 0';
            button.onclick = () => pressed.push(button.textContent);
        }
        document.querySelector('.st-key-row').replaceChildren(host);
        return root.firstChild;
    };
    window.first = draw(['Lägg till', 'Ta bort']);
    window.busy = () => { for (const begun = performance.now(); performance.now() - begun < %d;); };
</script>"""


@pytest.fixture(params=["finger", "mouse"])
def row(request, context: BrowserContext) -> Iterator[Page]:
    """A component's two buttons, at the page's upper left corner, a hundred pixels wide each."""
    assert context.browser
    with context.browser.new_context(has_touch=request.param == "finger") as of_one:
        page = of_one.new_page()
        page.set_content(ROW % SLOW)
        page.evaluate(PRESSES)
        yield page


def press(page: Page) -> list[str]:
    """Presses the first button as it stands now; what has been pressed when all has come."""
    if page.evaluate("navigator.maxTouchPoints"):
        page.touchscreen.tap(40, 25)
    else:
        page.mouse.click(40, 25)
    page.wait_for_timeout(SETTLED)
    return page.evaluate("pressed.splice(0)")


@pytest.mark.parametrize("when", ["pointerdown", "pointerup", "mousedown"])
def test_a_press_on_what_is_drawn_anew_under_it_counts_once(row, when):
    row.evaluate("(when) => addEventListener(when, () => draw(['Lägg till', 'Ta bort']), {once: true})", when)
    assert press(row) == ["Lägg till"]


def test_a_press_counts_once_on_a_page_that_is_slow_to_answer_a_touch(row):
    """The browser tells of a finger's click when the page has answered: by then it has been made here, or not."""
    row.evaluate("addEventListener('touchend', busy, {passive: false})")
    assert [press(row) for _ in range(5)] == [["Lägg till"]] * 5


def test_what_comes_to_lie_under_the_finger_is_not_pressed(row):
    """A browser tells of a finger's click on whatever lies there by then."""
    row.evaluate("addEventListener('pointerdown', () => { first.style.marginLeft = '-100px'; }, {once: true})")
    row.evaluate("first.addEventListener('click', () => { first.style.marginLeft = 0; })")
    assert press(row) == ["Lägg till"]


def test_a_press_is_not_made_on_a_link_that_has_become_another(row):
    row.evaluate(
        """() => {
            const link = document.body.appendChild(document.createElement('a'));
            Object.assign(link, {textContent: 'Till skolan', href: '#school', onclick: () => pressed.push(link.hash)});
            link.style.cssText = 'position: absolute; left: 0; top: 0; width: 100px; height: 50px';
            addEventListener('pointerdown', () => {
                link.style.top = '200px';
                if (window.another) Object.assign(link, {textContent: 'Nästa skola', href: '#next'});
            });
        }"""
    )
    assert press(row) == ["#school"]
    row.evaluate("document.querySelector('a').style.top = 0; window.another = true")
    assert press(row) == []


def test_a_row_s_button_that_has_got_another_number_is_pressed_where_it_has_gone(row):
    row.evaluate(
        """addEventListener('pointerdown', () => {
            first.textContent = 'Lägg till 2';
            first.style.marginTop = '200px';
        })"""
    )
    assert press(row) == ["Lägg till 2"]


def test_who_slides_off_a_button_onto_the_next_has_pressed_neither(row):
    row.mouse.move(97, 25)
    row.mouse.down()
    row.mouse.move(103, 25)
    row.mouse.up()
    row.wait_for_timeout(SETTLED)
    assert row.evaluate("pressed") == []
    row.mouse.move(97, 25)
    row.mouse.down()
    row.evaluate("first.style.marginTop = '200px'")
    row.mouse.move(103, 25)
    row.mouse.up()
    row.wait_for_timeout(SETTLED)
    assert row.evaluate("pressed") == ["Lägg till"], "it was the button that moved"
