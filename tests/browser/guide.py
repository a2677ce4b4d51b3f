"""The guide's pictures, from the app with the demo data: `make guide` takes them anew into docs/guide."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from tests.browser.looking import READY
from tests.pages.serving import build_store, serving

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
DESK, PHONE = {"width": 1180, "height": 760}, {"width": 390, "height": 760}
SCHOOL = "kvartsskolan"
WHO = "Anna Ek"  # who has made the store, and not whoever takes the pictures


@dataclass(frozen=True, slots=True)
class Step:
    """A picture of a page; `unfold`: the fold with this key is opened first and the picture is taken there."""

    name: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    unfold: str = ""
    size: tuple[tuple[str, int], ...] = tuple(DESK.items())


STEPS = (
    Step("start", ""),
    Step("skola", "skola", (("school", SCHOOL),)),
    Step("skola-telefon", "skola", (("school", SCHOOL),), size=tuple(PHONE.items())),
    Step("omraden", "skola", (("school", SCHOOL),), unfold="areas"),
    Step("dialog", "dialog", (("school", SCHOOL),)),
    Step("oversikt", "oversikt"),
    Step("skolor", "skolor"),
    Step("stod", "stod"),
    Step("eu-rapport", "eu-rapport"),
    Step("importera", "importera"),
    Step("ramverk", "ramverk"),
)


def take(page: Page, url: str, step: Step, folder: Path) -> None:
    """Writes the step's picture."""
    page.set_viewport_size(dict(step.size))
    page.goto(f"{url}/{step.path}?{urlencode(step.query)}")
    page.wait_for_function(READY)
    fold = page.locator(f".st-key-more_{step.unfold}")
    if step.unfold:
        fold.locator("summary").first.click()
        fold.locator(".kd-headline").wait_for()
        page.wait_for_function(READY)
    page.wait_for_timeout(400)  # fonts and lines come to rest
    if step.unfold:  # now that what is above it has its height
        fold.evaluate("fold => fold.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(100)
    page.screenshot(path=folder / f"{step.name}.png")


def main() -> None:
    GUIDE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as there, sync_playwright() as playwright:
        os.environ["LOGNAME"] = WHO
        store = build_store(Path(there) / "store")
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with serving(store) as server:
            for step in STEPS:  # a device each: none remembers a school
                page = browser.new_page(locale="sv-SE")
                take(page, server.url, step, GUIDE)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
