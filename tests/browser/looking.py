"""A browser tab on one of our pages: where to go in it, and what can be seen."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NotInTime

from tests.pages.serving import Server
from tests.sampling import NIGHTLY

SHOTS = Path(__file__).parent / "shots"
SHOOTING = NIGHTLY or "SHOTS" in os.environ  # a picture of a whole page takes as long as the page
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
LOOK_EVERY = 50  # milliseconds: at every frame, looking would take what drawing needs
NOT_TEXT = "[data-testid=stIconMaterial] { visibility: hidden }"  # icons are words to a program, and pictures to people

# Drawn, and nothing under way: the script is done, nothing is stale, each headline has its picture, drawn.
READY = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const charts = [...document.querySelectorAll('.stPlotlyChart')].filter(chart => chart.offsetParent);
    return app?.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-stale=true], [aria-busy=true]')
        && document.querySelector('h1') && document.querySelector('.st-key-other_language button')
        && document.querySelectorAll('.kd-headline:not(.kd-words)').length
            === document.querySelectorAll('.stPlotlyChart').length
        && [...document.querySelectorAll('[class*=st-key-drawn_]')].every(place => place.querySelector('.kd-drawn'))
        && (charts.length || document.querySelector('.stAlert, .kd-section, .kd-answer, .kd-doors, .kd-names'))
        && charts.every(chart => chart.querySelector('.main-svg .bglayer, .main-svg .cartesianlayer'));
}"""

# From now on, whether a run of the script has been asked for.
RUNS = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    window.kdRun?.disconnect();
    window.kdAsked = false;
    window.kdRun = new MutationObserver(() => { window.kdAsked ||= app.dataset.testScriptState !== 'notRunning' });
    window.kdRun.observe(app, {attributeFilter: ['data-test-script-state']});
}"""

# Every picture has taken the width that its place has in the window.
FITTED = """() => {
    const width = element => element.getBoundingClientRect().width;
    return [...document.querySelectorAll('.stPlotlyChart')].filter(chart => chart.offsetParent)
        .every(chart => Math.abs(width(chart.querySelector('.main-svg')) - width(chart)) < 2);
}"""

TEXTS = """charts => charts.filter(chart => chart.offsetParent).map(chart => {
    const box = element => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
    const texts = selector => [...chart.querySelectorAll(selector)]
        .filter(text => text.textContent.trim() && getComputedStyle(text).visibility !== 'hidden')
        .map(text => ({text: text.textContent, box: box(text)}));
    return {
        name: chart.getAttribute('aria-label').slice(0, 60),
        box: box(chart.querySelector('.main-svg')),
        x: texts('.xtick text'), y: texts('.ytick text'), notes: texts('.annotation-text'), bars: texts('.bartext'),
    };
})"""


@dataclass(frozen=True)
class Tab:
    page: Page
    server: Server

    def go(self, path: str = "", **query: str) -> Tab:
        self.page.goto(f"{self.server.url}/{path}{'?' + urlencode(query) if query else ''}")
        return self.settled()

    def settled(self) -> Tab:
        """Waits until what was asked for is drawn."""
        self.page.wait_for_function(READY, polling=LOOK_EVERY)
        return self

    @contextmanager
    def run_within(self, milliseconds: int) -> Iterator[None]:
        """Waits until the run that follows on what is done is drawn, or so long where none follows."""
        self.page.evaluate(RUNS)
        yield
        with suppress(NotInTime):
            self.page.wait_for_function("() => window.kdAsked", timeout=milliseconds, polling=LOOK_EVERY)
        self.settled()

    def at(self, size: dict) -> Tab:
        """The same page in a window of that size; at night opened anew in it."""
        self.page.set_viewport_size(size)
        if NIGHTLY:
            self.page.reload()
            self.settled()
        return self.fitted()

    def fitted(self) -> Tab:
        """Waits until pictures have taken the room that the window gives them."""
        self.page.wait_for_function(FITTED, polling=LOOK_EVERY)
        return self.settled()

    @property
    def address(self) -> dict[str, str]:
        """What stands after the question mark."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    @property
    def answer(self) -> str:
        return self.page.locator(".kd-answer").inner_text()

    @property
    def title(self) -> str:
        return self.page.locator("h1").inner_text()

    def shoot(self, name: str) -> None:
        """A picture of the whole page, kept for people to look at: at night, or with SHOTS=1."""
        if not SHOOTING:
            return
        size = self.page.viewport_size
        height = self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        self.page.set_viewport_size(size | {"height": height})
        self.page.screenshot(path=SHOTS / f"{name}.png")
        self.page.set_viewport_size(size)

    def key_figure(self, label: str) -> str:
        return self.page.locator(".kd-figures div", has_text=label).locator(".value").inner_text()

    def text(self) -> str:
        """What can be read on the page, icons left out."""
        self.page.add_style_tag(content=NOT_TEXT)
        return self.page.evaluate("document.querySelector('[data-testid=stAppViewContainer]').innerText")

    def pictures(self) -> list[dict]:
        """Every picture's own box and its texts with theirs, as left, top, right, bottom."""
        return self.page.locator(".stPlotlyChart").evaluate_all(TEXTS)

    def pick(self, label: str, option: str) -> Tab:
        """Picks an option in a select box, as people do: by typing the beginning of it; opens the button that it is
        folded into."""
        before = self.page.url
        box = self.unfold_choice(label)
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.page.wait_for_function("before => location.href !== before", arg=before)
        return self.settled()

    def unfold_choice(self, label: str) -> Locator:
        """The select box with this label; opened is the first of the page's buttons that it turns out to lie in."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        for button in self.page.locator(".st-key-choices button").all():
            if box.count():
                break
            button.click()
            self.page.get_by_test_id("stPopoverBody").get_by_role("combobox").first.wait_for()
            self.settled()
            if not box.count():
                button.click()  # closes it again
                self.page.get_by_test_id("stPopoverBody").wait_for(state="detached")
        box.wait_for()
        return box

    def visit(self, name: str) -> Tab:
        """Goes to another page by its name in the bar, or in one of the bar's menus."""
        before = urlsplit(self.page.url).path
        bar = self.page.locator("header")
        link = bar.locator("a", has_text=re.compile(f"^{name}$"))
        if not link.count():
            menu = self.page.get_by_test_id("stTopNavPopoverBody")
            for section in bar.get_by_test_id("stTopNavSection").all():
                section.click()
                menu.wait_for()
                link = menu.locator("a", has_text=re.compile(name))
                if link.count():
                    break
                section.click()
                menu.wait_for(state="hidden")  # else the next section's would be taken for open
        link.first.click()
        self.page.wait_for_function("before => location.pathname !== before", arg=before)
        return self.settled()

    def unfold_table(self, key: str) -> Locator:
        """Opens "Tabell, bild och data" under the picture with this key: what is in it."""
        fold = self.page.locator(f".st-key-fold_{key}")
        fold.locator("summary").click()
        fold.locator("table.kd-table").wait_for()
        self.settled()
        return fold

    def unfold_pictures(self) -> Tab:
        """Opens every fold with a picture in it; tables stay folded, as do forms."""
        folds = self.page.locator("[class*=st-key-more_]")
        for number in range(folds.count()):
            with self.run_within(5000):
                folds.nth(number).locator("summary").first.click()
        return self

    def download(self, name: str) -> bytes:
        """What the button with this name gives; raises AssertionError with what is known where nothing comes. Pressed
        when the page stands still, as a person does: what is drawn above it meanwhile moves it from under the hand."""
        self.settled()
        try:
            with self.page.expect_download() as started:
                self.page.get_by_role("button", name=name).click()
        except NotInTime as error:
            shown = self.page.get_by_test_id("stDownloadButtonError").all_inner_texts()
            raise AssertionError(f"no file came: {shown}; {self.server.log_text()}") from error
        return Path(started.value.path()).read_bytes()


def keep_shot(page: Page, name: str, *, whole: bool = False) -> None:
    """A picture of what is seen, or of the whole page, kept for people to look at: at night, or with SHOTS=1."""
    if SHOOTING:
        page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)


def until(page: Page, true: Callable[[], bool]) -> None:
    """Waits until something has happened that the page does not show; raises TimeoutError."""
    for _ in range(400):
        if true():
            return
        page.wait_for_timeout(50)
    raise TimeoutError


def overlap(one: list[float], other: list[float]) -> float:
    """How many pixels two boxes lie over each other, in the direction where that is least."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(min(across, down), 0.0)


def outside(inner: list[float], outer: list[float]) -> float:
    """How many pixels of a box stick out of another one, at most."""
    return max(outer[0] - inner[0], outer[1] - inner[1], inner[2] - outer[2], inner[3] - outer[3], 0.0)
