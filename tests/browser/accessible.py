"""What axe-core finds on the pages that shuts people out, and what of it is Streamlit's own.

`python -m tests.browser.accessible` tries every page, that of roles too, with all of it open at once (`--thorough`: in
every state by itself), in each width, language and theme together; pages without data, of a hidden school and at wrong
addresses in each pair of them. What was tried and found it writes in data/accessibility/tried.json, which the
accessibility statement is made from (/tillganglighet).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.looking import RUNS, Tab
from tests.browser.places import PLACES, open_choices, open_folds, open_menu
from tests.browser.signed_in import OF_ROLES, administrators
from tests.kept_stores import copy_of_built, copy_of_few
from tests.pages.serving import UNWARMED, Server, serving
from tests.pages.several_owners import several_owners

TRIED = Path(__file__).parents[2] / "data" / "accessibility" / "tried.json"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FOUND = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(told => told.violations
    .flatMap(rule => rule.nodes.map(node => {
        const place = document.querySelector(typeof node.target[0] === 'string' ? node.target[0] : 'html');
        const broken = node.any[0] ?? node.all[0] ?? node.none[0];
        return {rule: rule.id, html: node.html.slice(0, 200), why: broken?.message ?? '',
            within: [...new Set((function* (at) {
                for (; at; at = at.parentElement) {
                    yield* [at.dataset?.testid, ...at.getAttributeNames().filter(name => name.startsWith('data-f')),
                        ...at.classList].filter(Boolean);
                }
            })(place))]};
    })))"""

WIDE: ViewportSize = {"width": 1366, "height": 768}
NARROW: ViewportSize = {"width": 320, "height": 640}
LANGUAGES = ("sv", "en")
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
Way = tuple[ViewportSize, str, Literal["light", "dark"]]
WAYS: tuple[Way, ...] = tuple(product((WIDE, NARROW), LANGUAGES, THEMES))
"""How a page is read: in a window, a language and a theme."""
PAIRS = tuple(way for n, way in enumerate(WAYS) if n in (0, 3, 5, 6))
"""As few of them as have every two of these together."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule of axe that a place on a page breaks; `within`: test ids and classes of it and of all around it."""

    rule: str
    html: str
    why: str
    within: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.html} ({self.why})"


@dataclass(frozen=True, slots=True)
class Streamlits:
    """What Streamlit makes and we cannot mend: which rule is broken, within what, and why we do not."""

    rule: str
    within: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        return finding.rule == self.rule and self.within in finding.within


STREAMLITS: dict[str, Streamlits] = {
    "menu_outside": Streamlits("region", "data-floating-ui-portal", "what opens is hung last in the page, by BaseWeb"),
    "phone_menu": Streamlits("list", "stSidebarNavItems", "a menu's sections are put as <div> in its <ul>"),
    "phone_menu_entry": Streamlits("listitem", "stSidebarNavItems", "the same, told of each entry"),
    "file_place": Streamlits("presentation-role-conflict", "stFileUploaderDropzone", "it is a drawing, and is named"),
}
"""name, as the statement tells it (pages/data/accessible) -> what is Streamlit's own."""


AT_REST = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'running'
    && !document.querySelector('[data-stale=true], [aria-busy=true]')"""
TRIES = 5  # of a page that is drawn again all the time


def findings(page: Page) -> list[Finding]:
    """Everything that axe finds on the page as it is at rest: what is to be drawn anew is pale meanwhile, and what is
    fading in until it is there."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    for _ in range(TRIES):
        page.wait_for_function(AT_REST)
        page.evaluate(RUNS)
        page.wait_for_timeout(250)
        found = page.evaluate(FOUND, RULES)
        if not page.evaluate("window.kdAsked"):
            return [Finding(**each | {"within": tuple(each["within"])}) for each in found]
    raise AssertionError(f"the page is never at rest: {page.url}")


def ours(found: list[Finding]) -> list[str]:
    """What is not Streamlit's own."""
    return sorted({str(each) for each in found if not any(known.covers(each) for known in STREAMLITS.values())})


def streamlits(found: list[Finding]) -> set[str]:
    """Which of Streamlit's own were met."""
    return {name for name, known in STREAMLITS.items() for each in found if known.covers(each)}


STATES: dict[str, Callable[[Page, bool], object]] = {
    "as it opens": lambda page, thorough: None,
    "folds open": lambda page, thorough: open_folds(page, 40 if thorough else 3),
    "choices open": lambda page, thorough: open_choices(page),
    "menu open": lambda page, thorough: open_menu(page),
}
"""What a reader does with a page -> how, in a browser; one after another on the same page. Thoroughly: all folds."""


def in_every_state(page: Page, *, thorough: bool) -> Iterator[tuple[str, list[Finding]]]:
    """State -> what axe finds in it, on a page that is open. Not thoroughly: once, with all of it open."""
    for state, reached in STATES.items():
        reached(page, thorough)
        if thorough or state == list(STATES)[-1]:
            yield state, findings(page)
        if thorough:
            page.keyboard.press("Escape")


ASIDE: dict[str, tuple[str, dict[str, str]]] = {
    "hidden school": ("skola", {"school": "isroseskolan"}),  # fewer than five have answered
    "no school": ("skola", {}),
    "wrong address": ("skola", {"school": "nowhere"}),
    "a year without data": ("oversikt", {"year": "1999"}),
}
"""What else a reader meets -> at which page and query."""
OF_AN_EMPTY_STORE = ("", "oversikt", "eu", "eu-projekt", "dialog")
"""Pages that are tried before there are data."""
OF_SEVERAL_OWNERS: dict[str, tuple[str, dict[str, str]]] = {
    "several owners": ("", {}),
    "no such owner": ("", {"owner": "ystad"}),
    "an owner's page": ("oversikt", {"owner": "malmo-stad"}),
}
"""The start page of a store of several owners, with the table of how they stand, and what else is met there."""


def written(met: set[str], pages: list[str], version: str) -> str:
    """The file that the statement is made from."""
    tried = {
        "day": date.today().isoformat(),
        "axe": version,
        "pages": pages,
        "states": [*STATES, "empty store", *ASIDE, *OF_SEVERAL_OWNERS],
        "languages": list(LANGUAGES),
        "themes": list(THEMES),
        "widths": [WIDE["width"], NARROW["width"]],
        "left": sorted(met),
    }
    return json.dumps(tried, ensure_ascii=False, indent=2) + "\n"


@dataclass
class Trial:
    """What has been met so far, in a browser's page, and what is ours."""

    page: Page
    thorough: bool
    met: set[str] = field(default_factory=set)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def in_ways(self, server: Server, path: str, query: dict[str, str], ways: Sequence[Way], told: str = "") -> None:
        """A page in each of the ways, in the states of a reader; as it opens alone, where it is `told` what it is."""
        for size, lang, theme in ways:
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=theme)
            Tab(self.page, server).go(path, **query, lang=lang)
            states = [(told, findings(self.page))] if told else in_every_state(self.page, thorough=self.thorough)
            for state, found in states:
                self.met |= streamlits(found)
                if of_ours := ours(found):
                    self.wrong[f"/{path} {size['width']} {lang} {theme}, {state}"] = of_ours


def main(thorough: bool) -> None:
    """Tries every page and writes what was tried and found; says what is ours."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with ExitStack() as until_done:
        folder = Path(until_done.enter_context(tempfile.TemporaryDirectory()))
        playwright = until_done.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="sv-SE")
        page.set_default_timeout(120_000)
        trial = Trial(page, thorough)
        with serving(copy_of_built(folder / "store"), UNWARMED) as server:
            for path, query in PLACES.items():
                trial.in_ways(server, path, query, WAYS)
            for told, (path, query) in ASIDE.items():
                trial.in_ways(server, path, query, PAIRS, told)
        with serving(copy_of_built(folder / "empty", "--empty"), UNWARMED) as server:
            for path in OF_AN_EMPTY_STORE:
                trial.in_ways(server, path, {}, PAIRS, "empty store")
        nation = several_owners(folder / "empty", copy_of_few(folder / "few"), folder / "nation")
        with serving(nation, UNWARMED) as server:
            for told, (path, query) in OF_SEVERAL_OWNERS.items():
                trial.in_ways(server, path, query, WAYS, told)
        with administrators(browser, copy_of_built(folder / "signed"), folder) as (city, page):
            signed_in = Trial(page, thorough, trial.met, trial.wrong)
            signed_in.in_ways(city.server, OF_ROLES, {}, WAYS)
            version = page.evaluate("axe.version")
        browser.close()
    for place, of_ours in trial.wrong.items():
        print(place, *of_ours, sep="\n  ")
    if not trial.wrong:
        TRIED.write_text(written(trial.met, [*PLACES, OF_ROLES], version), encoding="utf-8")


if __name__ == "__main__":
    main(thorough="--thorough" in sys.argv)
