"""How each page looks at a desk and on a phone."""

from __future__ import annotations

import re
from itertools import combinations
from urllib.parse import parse_qsl

import pytest

from analytics.charts.style import LevelAxis, mean_colour
from tests.browser.first_sight import CONTENT
from tests.browser.looking import DESK, PHONE, Tab, outside, overlap
from tests.browser.places import PLACES, SCHOOL
from tests.charts.colours import contrast
from tests.pages.reading import TITLES
from tests.sampling import NIGHTLY, at_night, sample

VEBS = LevelAxis(1, ("Påbörjad", "Aktiverad", "Trygg", "Välutvecklad"), 3, "mål")
SIZES = {"desk": DESK, "phone": PHONE}
PICTURES = {
    "oversikt": 5, "skolor": 4, "skola": 6, "kriterier": 1, "kriterier?criterion=C3": 4, "certifiering": 6, "stod": 1,
    "dialog": 1, "uppfoljning": 4, "lara": 1,
}  # fmt: skip
"""path -> how many charts there are, in the page and its folds; rows with small pictures in them are none."""
NAMED = {  # titles that are what the page is about
    "skola": "Zefyrskolan",
    "kriterier?criterion=C3": "Lärarna besöker varandras lektioner med digitala inslag",
}
ENGLISH = re.compile(
    r"\b(about|and|answers?|area|choose|city|criteri(a|on)|deploy|district|download|error|framework|goal|hidden|interval"
    r"|level|loading|mean|overview|please|rerun|running|schools?|search|select|settings|share|show|sort|stage|table|the"
    r"|upload|view|with|year|you)\b",
    re.IGNORECASE,
)
# What is English for a reason: the name of a framework, and Streamlit's link for those who cannot use a mouse.
NAMES = (
    "Digital Schools of Europe",
    "Digital Schools of",
    "Digital Schools",
    "Skip to main content",
)  # cut on a ribbon


@pytest.mark.parametrize("path", sample(list(PICTURES), 9))
def test_a_page_is_drawn_in_swedish_and_fits(open_tab, elsewhere, path):
    place, _, chosen = path.partition("?")
    tab = open_tab(place, **PLACES[place], **dict(parse_qsl(chosen))).unfold_pictures()
    for name, size in SIZES.items():
        tab.page.set_viewport_size(size)
        tab.fitted()
        assert wrong_with(tab, path, name, elsewhere) == {}, name


def wrong_with(tab, path: str, size: str, elsewhere: list[str]) -> dict[str, list]:
    pictures = tab.pictures()
    tab.shoot(f"{re.sub('[^a-zC0-9]', '-', path)}-{size}")
    text = tab.text()
    assert (tab.title, len(pictures)) == (NAMED.get(path) or TITLES[path], PICTURES[path])
    assert re.search("[Ss]yntetiska data", text)
    wrong = {
        "language": [lang for lang in [tab.page.evaluate("document.documentElement.lang")] if lang != "sv"],
        "wider than the window": sideways(tab),
        "English": english(text),
        "cut off": texts_cut_off(pictures),
        "on each other": ticks_on_each_other(pictures),
        "fetched from somebody else": elsewhere,
    }
    return {what: found for what, found in wrong.items() if found}


MOST_WORDS = 350


@pytest.mark.parametrize("path", [*PLACES] if NIGHTLY else ["skola", "eu-rapport"])
def test_a_page_has_few_words_before_anything_is_opened(open_tab, path):
    """By day the two that come nearest to too many."""
    tab = open_tab(path, PHONE, **PLACES[path])
    _, words, _ = tab.page.evaluate(CONTENT)
    assert 20 < words <= MOST_WORDS


@at_night
def test_every_school_by_criterion_fits_at_a_desk_and_gives_way_to_the_table_on_a_phone(open_tab):
    tab = open_tab("skolor", area="kriterier")
    fold = tab.page.locator(".st-key-more_heat")
    with tab.run_within(5000):
        fold.locator("summary").first.click()
    for name, size in SIZES.items():
        tab.page.set_viewport_size(size)
        tab.fitted()
        assert sideways(tab) == [], name
        pictures = tab.pictures()
        assert len(pictures) == (1 if name == "desk" else 0)
        assert tab.page.locator(".kd-narrow").first.is_visible() == (name == "phone")
        if name == "desk":
            assert hard_to_read(tab) == []
        assert texts_cut_off(pictures) == [], name
        assert ticks_on_each_other(pictures) == [], name


@at_night
def test_on_a_phone_the_choices_unfold_and_a_table_scrolls_within_itself(context, server):
    phone = context.browser.new_context(locale="sv-SE", viewport=PHONE)  # of its own: it keeps that a menu was open
    tab = Tab(phone.new_page(), server).go("skola", school=SCHOOL)
    assert not tab.page.get_by_role("combobox", name="Skola", exact=True).count()
    tab.pick("Skola", "Kvartsskolan")
    assert tab.address["school"] == "kvartsskolan" and tab.title == "Kvartsskolan"
    tab.unfold_table("school_trend")
    tab.shoot("skola-phone-unfolded")
    assert sideways(tab) == []
    phone.close()


def sideways(tab) -> list[str]:
    """What is wider than the window, of the page itself and of what scrolls in it."""
    return tab.page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
            .filter(element => element.scrollWidth > element.clientWidth + 1)
            .map(element => element.tagName + ' ' + element.scrollWidth)"""
    )


def english(text: str) -> list[str]:
    for name in NAMES:
        text = text.replace(name, "")
    return [match[0] for match in ENGLISH.finditer(text)]


def hard_to_read(tab) -> list[tuple]:
    """Figures in the heat map's cells with a contrast under 4.5 to their cell."""
    cells = tab.page.locator(".stPlotlyChart").first.evaluate(
        """chart => [...chart.querySelectorAll('text')].filter(text => /^\\d,\\d\\d$/.test(text.textContent))
            .map(text => [text.textContent, getComputedStyle(text).fill])"""
    )
    assert len(cells) > 1000
    found = set()
    for text, fill in cells:
        mean = float(text.replace(",", "."))  # rounded, and its cell's shade is not
        written = "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", fill)[:3])
        reads = max(contrast(written, mean_colour(VEBS, mean + off)) for off in (-0.005, 0.005))
        if reads < 4.5:
            found.add((text, written, round(reads, 2)))
    return sorted(found)


def texts_cut_off(pictures: list[dict]) -> list[tuple]:
    """Texts that stick out of their picture, where nothing is drawn."""
    return [
        (picture["name"], text["text"], round(outside(text["box"], picture["box"])))
        for picture in pictures
        for kind in ("x", "y", "notes", "bars")
        for text in picture[kind]
        if outside(text["box"], picture["box"]) > 1
    ]


def ticks_on_each_other(pictures: list[dict]) -> list[tuple]:
    """Labels of one axis, or two notes, that lie over each other."""
    return [
        (picture["name"], one["text"], other["text"], round(overlap(one["box"], other["box"]), 1))
        for picture in pictures
        for kind in ("x", "y", "notes")
        for one, other in combinations(picture[kind], 2)
        if overlap(one["box"], other["box"]) > 1.5
    ]
