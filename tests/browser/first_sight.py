"""What meets a reader on each page: `python -m tests.browser.first_sight [--url URL] [--out FILE]`, a table.

A row is a page of the demo, and last that of roles, which there is where people sign in. Where the answer ends, and
where the first picture or table begins and ends, from the window's top, at three sizes, in pixels (`!`: below the
window); the page's height at 1366 x 768 and on a phone; the words of its content (an icon's name is none), and the
links in it; how many places axe finds that are ours; the sheets it prints on, those that are empty, and how much is cut
off. Nothing has been opened.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.accessible import findings, ours
from tests.browser.paper import printed
from tests.browser.places import PLACES
from tests.browser.signed_in import OF_ROLES, administrators
from tests.kept_stores import copy_of_built
from tests.pages.serving import serving

SIZES = ((1440, 900), (1366, 768), (390, 844))
HEADS = (
    "page",
    *(f"answer, picture {w}x{h}" for w, h in SIZES),
    "height",
    "phone",
    "words",
    "links",
    "axe",
    "sheets",
    "cut",
)

# The answer's sentences (on the start page what is new), and the first picture that says something: a chart, a drawn
# table's rows, lists or what is edited; not a key figure's small course.
PLACED = """() => {
    const first = (selector, least) => {
        const box = [...document.querySelectorAll(selector)].filter(at => at.offsetParent)
            .map(at => at.getBoundingClientRect()).find(box => box.height > least);
        return box ? [Math.round(box.top), Math.round(box.bottom)] : null;
    };
    const pictures = '.stPlotlyChart, .kd-trends, .kd-multiples, .kd-table, .kd-lists, .kd-remarks';
    return [first('.kd-answer, .kd-news', 10), first(`${pictures}, [class*=st-key-register-]`, 60)];
}"""
CONTENT = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const page = main.querySelector('.st-key-page') ?? main;
    const icons = [...page.querySelectorAll('[data-testid=stIconMaterial]')].filter(icon => icon.innerText).length;
    const words = page.innerText.split(/\\s+/).filter(word => /\\w/.test(word)).length;
    return [main.scrollHeight, words - icons, main.querySelectorAll('a[href]').length];
}"""
DRAWN = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && document.querySelector('h1') && document.querySelector('.st-key-other_language button')
    && !document.querySelector('[data-stale=true], [aria-busy=true]')
    && [...document.querySelectorAll('.stPlotlyChart')].every(chart => chart.querySelector('.main-svg'))"""


def row(page: Page, url: str, path: str) -> list[str]:
    """What is measured of one page."""
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[0], strict=True)))
    page.goto(f"{url}/{path}?{urlencode(PLACES.get(path, {}))}")
    try:
        page.wait_for_function(DRAWN)
    except TooLate:
        return [path, "not there"]
    pictures, heights, words, links = [], [], 0, 0
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(600)
        answer, picture = page.evaluate(PLACED)
        pictures.append(f"{_ends(answer, height)}, {_place(picture, height)}")
        tall, words, links = page.evaluate(CONTENT)
        heights.append(str(tall))
    page.set_viewport_size({"width": 1366, "height": 768})
    wrong, paper = ours(findings(page)), printed(page)
    sheets = f"{len(paper.sheets)}{f' ({len(paper.empty)} empty)' if paper.empty else ''}"
    told = [str(words), str(links), str(len(wrong)), sheets, str(len(paper.outside))]
    return [f"/{path}", *pictures, heights[1], heights[2], *told]


def _ends(box: list[int] | None, height: int) -> str:
    return f"{box[1]}{_below(box, height)}" if box else "-"


def _place(box: list[int] | None, height: int) -> str:
    return f"{box[0]}–{box[1]}{_below(box, height)}" if box else "-"


def _below(box: list[int], height: int) -> str:
    return " !" if box[1] > height else ""


def of_roles(browser: Browser) -> list[str]:
    """What is measured of the page of roles, on a server where people sign in."""
    with tempfile.TemporaryDirectory() as folder:
        store = copy_of_built(Path(folder) / "store")
        with administrators(browser, store, Path(folder)) as (city, page):
            return row(page, city.server.url, OF_ROLES)


def chromium() -> str | None:
    """The browser that is here."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


@contextmanager
def served(url: str | None) -> Iterator[str]:
    """The address that was given, else that of a server with the demo."""
    if url:
        yield url
        return
    with tempfile.TemporaryDirectory() as folder, serving(copy_of_built(Path(folder) / "store")) as server:
        yield server.url


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows as a table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--url", help="a server that runs already")
    asked.add_argument("--out", type=Path)
    given = asked.parse_args()
    with served(given.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="sv-SE")
        text = table(HEADS, [*(row(page, url, path) for path in PLACES), of_roles(browser)])
        browser.close()
    print(text)
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
