"""Four roles, three questions each and more, from the bare address: `python -m tests.browser.first_time [--url URL]`.

Nobody is asked: the way to each answer is written down here, by what stands on the buttons and links, and walked in a
browser at a desk and on a phone. What is not in sight is scrolled to before it is clicked, and nothing else is used. A
row of the table is a question and a window: the clicks (choosing in a list is two, and what is typed none), how many
windows were scrolled, the seconds until the answer is in sight as the machine takes them, and with those of a reader
who looks through the headings, links, buttons and sentences that stand before what is clicked and before the answer,
reads the answer, and takes time to point and press. `in sight`: where the answer begins and ends in the window, which
it must without scrolling.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.first_sight import chromium, served, table
from tests.browser.looking import PHONE, READY

DESK = {"width": 1366, "height": 768}

# Words a second when a text is read, and when it is looked through for one thing (Carver 1992: 300 and 600 a minute).
READS, LOOKS_THROUGH = 5.0, 10.0
CLICK, KEY = 1.5, 0.3  # seconds to point and press; and for a key (Card, Moran and Newell 1980, of people unused to it)
AT_MOST = 3  # clicks
IN_SECONDS = 30
PATIENCE = 60  # seconds that an answer is waited for, on a busy machine too; how many it took is told

# Texts in sight in the window, in the order that they stand, each with its box.
SEEN = """() => {
    const found = [], range = document.createRange();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const unread = 'script, style, .kd-unseen, .kd-symbols, [data-testid=stIconMaterial]';
    const way = 'h1, h2, h3, a, button, summary, label, dt, .kd-answer, [role=tab], [role=option]';
    for (let node; (node = walk.nextNode());) {
        const text = node.textContent.trim(), at = node.parentElement;
        if (!/\\w/.test(text) || at.closest(unread)) continue;
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (!box.width || box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) continue;
        const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        if (!over || !(at.contains(over) || over.contains(at))) continue;
        const leads = Boolean(at.closest(way)) && !at.closest('tbody, .stPlotlyChart');
        found.push({text, top: box.top, bottom: box.bottom, leads});
    }
    return found;
}"""


@dataclass
class Walk:
    """Somebody who looks for an answer, and what it has taken so far."""

    page: Page
    clicks: int = 0
    scrolled: float = 0.0
    read: float = 0.0  # seconds of the reader's own
    trail: list[str] = field(default_factory=list)

    @property
    def narrow(self) -> bool:
        return self.page.viewport_size["width"] < 640

    def click(self, text: str, role: str = "a, button, summary, label, [role=tab], [role=option]") -> None:
        """Clicks on what says so, if it is there to be seen."""
        place = self.page.locator(role).filter(has_text=re.compile(text)).locator("visible=true").first
        self._press(place, text)

    def find_school(self, name: str) -> None:
        """Writes the name's beginning in the box on the first page, and chooses the school."""
        box = self.page.get_by_role("combobox").locator("visible=true").first
        self._press(box, "search")
        box.press_sequentially(name[:5])
        self.read += KEY * 5
        self.click(f"^{name}$", "[role=option]")

    def bar(self, name: str, section: str = "") -> None:
        """Goes to a page by its name in the bar; on a phone, and to those in a menu, through what opens it."""
        if self.narrow:
            self._press(self.page.get_by_role("button", name="Meny", exact=True), "Meny")
        elif section:
            self.click(f"^{section}", "header button, header [data-testid=stTopNavSection]")
        self.click(f"^{name}$", "[data-testid=stSidebarNav] a, header a, [data-testid=stTopNavPopoverBody] a")

    def _press(self, place: Locator, text: str) -> None:
        place.wait_for(state="visible")
        self._scroll_to(place)
        box = place.bounding_box()
        self.read += self.words_above(box["y"]) / LOOKS_THROUGH + CLICK
        place.click()
        self.clicks += 1
        self.trail.append(text.strip("^$"))
        self.page.wait_for_timeout(100)  # what is asked for begins
        self.page.wait_for_function(READY)

    def _scroll_to(self, place: Locator) -> None:
        window, box = self.page.viewport_size["height"], place.bounding_box()
        below = box["y"] + box["height"] - window
        if below > 0:
            self.scrolled += below / window
            place.scroll_into_view_if_needed()

    def words_above(self, y: float) -> int:
        above = (seen for seen in self.page.evaluate(SEEN) if seen["leads"] and seen["top"] < y - 4)
        return sum(len(seen["text"].split()) for seen in above)


@dataclass(frozen=True)
class Question:
    """What somebody of a role wants to know, the way to it, and patterns of what answers it, all in sight at once."""

    role: str
    asked: str
    way: Callable[[Walk], None]
    answer: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What it took; `top`, `bottom`: where the answer is in the window, None where it is not in sight."""

    question: Question
    narrow: bool
    walk: Walk
    machine: float
    top: float | None
    bottom: float | None

    @property
    def seconds(self) -> float:
        return self.machine + self.walk.read

    @property
    def well(self) -> bool:
        return self.top is not None and self.walk.clicks <= AT_MOST and self.seconds <= IN_SECONDS


MANAGEMENT, PRINCIPAL, EU_STAFF, DATA = "management", "principal", "EU staff", "data"
SCHOOL = "Zefyrskolan"
DOORS = ".kd-doors a"


def find(walk: Walk) -> None:
    walk.find_school(SCHOOL)


def to_dialogue(walk: Walk) -> None:
    walk.find_school(SCHOOL)
    if walk.narrow:
        walk.click("^Hinder", "nav a")


def to_write(walk: Walk) -> None:
    walk.find_school(SCHOOL)
    walk.click("^Till kvalitetsdialogen$")


def report_files(walk: Walk) -> None:
    walk.click("^Årsredovisning$", DOORS)
    if walk.narrow:
        walk.click("^Filer", "nav a")


def learn(walk: Walk) -> None:
    walk.find_school(SCHOOL)
    walk.click("^Vem man kan lära av")


def wrong(walk: Walk) -> None:
    walk.click("saker kan inte stämma")
    if walk.narrow:
        walk.click("^Det som inte stämmer", "nav a")


def hidden(walk: Walk) -> None:
    walk.bar("Metod", "Data")
    walk.click("^Vad som är dolt")


def files(walk: Walk) -> None:
    walk.bar("Skolor")
    walk.click("^Tabell och data")


QUESTIONS = (
    Question(
        MANAGEMENT, "How many schools reach the goal, and is it more than last year?", lambda walk: None,
        (r"\d+ av \d+ skolor når målet på alla kriterier , \d+ fler än \d{4}",),
    ),
    Question(
        MANAGEMENT, "What would help most, and which school needs a visit first?", lambda walk: walk.bar("Stöd"),
        (r"gemensam insats gör mest nytta för .+ skolor behöver egna besök, mest \w+skolan",),
    ),
    Question(
        MANAGEMENT, "Do the differences between schools grow?", lambda walk: walk.click("^Förvaltning$"),
        (r"skillnaderna mellan skolorna (visar ingen säker förändring|har ökat|har minskat)\.",),
    ),
    Question(
        PRINCIPAL, "How does my school stand beside the city, and can we apply?", find,
        (r"I nivå med staden på alla områden\.", r"Kan vi ansöka\? \w+"),
    ),
    Question(
        PRINCIPAL, "What stands in our way, to take to the dialogue?", to_dialogue,
        (r"Hinder: 3 av 5 (.+? \d,\d\d ){3}",),
    ),
    Question(PRINCIPAL, "Whom can we learn from?", learn, (r"[Ff]råga först \w+skolan",)),
    Question(PRINCIPAL, "Where do I write what was agreed?", to_write, (r"Lägg till ett mål",)),
    Question(
        PRINCIPAL, "How do I get the brief as a Word file?", to_write, (r"Underlaget till dialogen .*Ladda ner Word",)
    ),
    Question(
        EU_STAFF, "What was paid, and how much of it each year?", lambda walk: walk.click("^EU-redovisning$"),
        (r"upparbetades [\d ]+kr i \d+ projekt", r"2018 (.+ )?2025", r"\d kr \d"),
    ),
    Question(
        EU_STAFF, "What cannot be right in the year's report, and how is it mended?",
        wrong, (r"Fel \(\d+\) .+? rätta ",),
    ),
    Question(
        EU_STAFF, "Where do I write in a payment?", lambda walk: walk.bar("Projekt", "EU-medel"),
        (r"Lägg till belopp till",),
    ),
    Question(
        EU_STAFF, "How do I get the year's report as a Word file?", report_files,
        (r"Ladda ner Word",),
    ),
    Question(DATA, "Where do I load a file?", lambda walk: walk.click("^Läs in$", DOORS), (r"Filer från ett",)),
    Question(
        DATA, "Which data are these, and from when?", lambda walk: None,
        (r"Omgång \d{4} · \d+ skolor · inläst .+ version \d+",),
    ),
    Question(DATA, "Why are a school's figures not shown?", hidden, (r"färre än 5 ",)),
    Question(DATA, "How do I get every school's figures into Excel?", files, (r"\bExcel\b",)),
)  # fmt: skip


def walked(browser: Browser, url: str, question: Question, size: dict) -> Found:
    """One who has never been here, with a device that has not either, finds the answer in a window of that size."""
    page = browser.new_page(locale="sv-SE", viewport=size)
    page.set_default_timeout(PATIENCE * 1000)
    try:
        return _walked(page, url, question)
    finally:
        page.close()


def _walked(page: Page, url: str, question: Question) -> Found:
    walk, started = Walk(page), time.perf_counter()
    page.goto(url)
    page.wait_for_function(READY)
    with suppress(TooLate):  # what is not there to be clicked on is not in sight either
        question.way(walk)
    said, asked_for = in_sight(page, question.answer), time.perf_counter()
    while not said and time.perf_counter() - asked_for < PATIENCE:
        page.wait_for_timeout(50)
        said = in_sight(page, question.answer)
    machine = time.perf_counter() - started
    if not said:
        return Found(question, walk.narrow, walk, machine, None, None)
    top, bottom = min(each["top"] for each in said), max(each["bottom"] for each in said)
    walk.read += walk.words_above(top) / LOOKS_THROUGH + sum(len(each["text"].split()) for each in said) / READS
    return Found(question, walk.narrow, walk, machine, top, bottom)


def in_sight(page: Page, patterns: Sequence[str]) -> list[dict]:
    """The texts that say so, of what can be seen in the window now; none where one of the patterns is missing."""
    seen = page.evaluate(SEEN)
    starts, text = [], ""
    for each in seen:
        starts.append(len(text))
        text += " ".join(each["text"].split()) + " "
    matches = [re.search(pattern, text) for pattern in patterns]
    if not all(matches):
        return []
    return [
        each
        for at, each in zip(starts, seen, strict=True)
        if any(match.start() - len(each["text"]) < at < match.end() for match in matches)
    ]


HEADS = ("role", "question", "window", "way", "clicks", "windows scrolled", "machine s", "reader s", "in sight", "")


def row(found: Found) -> list[str]:
    walk = found.walk
    return [
        found.question.role,
        found.question.asked,
        "phone" if found.narrow else "desk",
        " > ".join(walk.trail) or "-",
        str(walk.clicks),
        f"{walk.scrolled:.1f}",
        f"{found.machine:.1f}",
        f"{found.seconds:.0f}",
        f"{found.top:.0f}–{found.bottom:.0f}" if found.top is not None and found.bottom is not None else "no",
        "" if found.well else "!",
    ]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--url", help="a server that runs already")
    given = asked.parse_args()
    with served(given.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        rows = [row(walked(browser, url, question, size)) for question in QUESTIONS for size in (DESK, PHONE)]
        browser.close()
    print(table(HEADS, rows))


if __name__ == "__main__":
    main()
