"""A picture taken along: the files that the browser makes of it, with headline and where they come from."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.looking import Tab
from tests.sampling import at_night, sample

SCHOOL, NAME = "zefyrskolan", "Zefyrskolan"
HIDDEN = "selenitskolan"  # nothing of its own is told in 2025
STEM = "kvalitetsdialog-{school}-2025-vebs-2022-school-trend-v1"
SVG = "{http://www.w3.org/2000/svg}"

# How far each text in the file sticks out of it, drawn with or without the font that it brings.
OUTSIDE = """([source, font]) => {
    document.body.innerHTML = source;
    const picture = document.querySelector('svg');
    if (!font) picture.querySelector('style').remove();
    const whole = picture.getBoundingClientRect();
    return document.fonts.ready.then(() => [...picture.querySelectorAll('text')].map(text => {
        const box = text.getBoundingClientRect();
        return Math.max(whole.left - box.left, box.right - whole.right, whole.top - box.top, box.bottom - whole.bottom);
    }));
}"""


def unfolded(tab: Tab) -> Page:
    with tab.run_within(5000):  # what is drawn above a button meanwhile moves it from under the pointer
        tab.page.get_by_text("Tabell, bild och data").first.click()
    expect(tab.page.locator(".st-key-files_school_trend .kd-save")).to_have_count(2)
    return tab.page


def kept(page: Page, kind: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("button", name=f"{kind}: ").first.click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def words(data: bytes) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(data).iter(f"{SVG}text")]


def test_svg_and_png_are_whole_and_say_what_they_are(open_tab, context):
    page = unfolded(open_tab("skola", school=SCHOOL))
    headline = page.locator(".kd-headline").first.inner_text()
    name, svg = kept(page, "SVG")
    assert name == f"{STEM.format(school=SCHOOL)}.svg"
    told = " ".join(words(svg))
    assert headline in told and "Källa: Kvalitetsdialog, version 1." in told
    assert re.search(r"Siffrorna är syntetiska \(påhittade\)", told) and f"{NAME} · 2025" in told
    assert {"2018", "2025", "Påbörjad", "Välutvecklad"} <= set(words(svg))
    drawn = ElementTree.fromstring(svg)
    assert len([line for line in drawn.iter(f"{SVG}path") if line.get("class") == "js-line"]) >= 4

    name, png = kept(page, "PNG")
    assert name == f"{STEM.format(school=SCHOOL)}.png"
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    assert picture.size == tuple(3 * int(float(drawn.get(side))) for side in ("width", "height"))
    colours = {colour for _, colour in picture.getcolors(1 << 24)}
    assert {(0x0B, 0x4F, 0x8A), (0x5F, 0x67, 0x73), (0x1B, 0x1F, 0x24), (255, 255, 255)} <= colours


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_press_that_the_page_moves_from_under_the_pointer_is_one_and_one_taken_back_is_none(open_tab, taken_back):
    """As a fold does that is still being opened; a button and a link."""
    page = unfolded(open_tab("skola", school=SCHOOL))
    kept_names: list[str] = []
    page.on("download", lambda download: kept_names.append(download.suggested_filename))
    for place in (page.get_by_role("button", name="SVG: ").first, page.locator("a[href*='kriterier']").first):
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        place.evaluate("place => { place.style.position = 'relative'; place.style.left = '-3000px'; }")
        if taken_back:
            page.mouse.move(x, y + 50)
        page.mouse.up()
        page.wait_for_timeout(500)
    if taken_back:
        page.wait_for_timeout(1500)
        assert not kept_names and "/skola" in page.url
    else:
        page.wait_for_url("**/kriterier*")
        assert len(kept_names) == 1


@at_night
@pytest.mark.parametrize("font", sample([True, False], 2))
def test_no_text_of_the_file_is_cut(open_tab, context, font):
    """A program that has not our font draws wider letters: what the source line says last must not be lost."""
    _, svg = kept(unfolded(open_tab("skola", school=SCHOOL)), "SVG")
    blank = context.new_page()
    sticking_out = blank.evaluate(OUTSIDE, [svg.decode(), font])
    blank.close()
    assert len(sticking_out) > 8 and max(sticking_out) <= 0


def test_what_is_hidden_is_not_in_the_picture(open_tab):
    """No figure of the year in which too few answered: neither drawn nor as what shows on pointing."""
    _, svg = kept(unfolded(open_tab("skola", school=HIDDEN)), "SVG")
    told = words(svg)
    assert any("Staden" in text for text in told)
    own = [float(path.get("x", "nan")) for path in ElementTree.fromstring(svg).iter(f"{SVG}hover")]
    assert own == [] and not any(re.search(r"svarande", text) for text in told)
    drawn = ElementTree.fromstring(svg)
    traces = [g for g in drawn.iter(f"{SVG}g") if (g.get("class") or "").startswith("trace scatter")]
    points = [len([p for p in g.iter(f"{SVG}path") if (p.get("class") or "") == "point"]) for g in traces]
    city, mine = sum(points[2:4]), sum(points[4:])
    assert city == 8 and 0 < mine < 8


@at_night
def test_buttons_are_read_out_with_what_they_are_of(open_tab):
    page = unfolded(open_tab("skola", school=SCHOOL))
    headline = page.locator(".kd-headline").first.inner_text()
    for kind in ("SVG", "PNG", "PowerPoint", "CSV", "Excel"):
        button = page.get_by_role("button", name=f"{kind}: {NAME}, 2025, {headline}", exact=True)
        expect(button).to_have_count(1)
