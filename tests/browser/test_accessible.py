"""axe-core finds nothing of ours on any page, in any state that a reader can bring it into."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.charts.colours import IN_THE_DARK
from pages.data.accessible.page import LEFT
from tests.browser.accessible import (
    ASIDE,
    OF_AN_EMPTY_STORE,
    PAIRS,
    STREAMLITS,
    TRIED,
    WAYS,
    findings,
    in_every_state,
    ours,
    written,
)
from tests.browser.looking import Tab, until
from tests.browser.places import PLACES, SCHOOL
from tests.browser.signed_in import OF_ROLES
from tests.pages.serving import Server, serving
from tests.sampling import NIGHTLY, at_night, sample

BY_DAY = list(zip(("tillganglighet", "skola", "", "eu-projekt"), PAIRS, strict=True))
"""A page of each kind (text, pictures and tables, a search, a form), and each pair of width, language and theme; one
of them by day, at night every page in all of them."""


SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => `${each.tagName} ${each.scrollWidth}`)"""
WRITTEN = """() => [...document.querySelectorAll('.stPlotlyChart .annotation-text, .stPlotlyChart .ytick text')]
    .map(text => getComputedStyle(text).fill)"""
GROUND = """() => [getComputedStyle(document.querySelector('.stApp')).backgroundColor,
    getComputedStyle(document.querySelector('.stPlotlyChart .main-svg')).backgroundColor]"""
MOVING = """() => [...document.querySelectorAll('*')].filter(each => {
    const { transitionDuration, animationDuration } = getComputedStyle(each);
    return `${transitionDuration}, ${animationDuration}`.split(', ').some(time => parseFloat(time) > 0.001);
}).map(each => each.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize(
    ("path", "way"),
    [(path, way) for path in PLACES for way in WAYS] if NIGHTLY else sample(BY_DAY, 4, 1),
    ids=lambda value: f"{value[0]['width']}-{value[1]}-{value[2]}" if isinstance(value, tuple) else value or "start",
)
def test_nothing_of_ours_shuts_anybody_out(new_page, server, path, way):
    size, lang, theme = way
    page = new_page(size)
    page.emulate_media(color_scheme=theme)
    Tab(page, server).go(path, **PLACES[path], lang=lang)
    found = {state: ours(found) for state, found in in_every_state(page, thorough=NIGHTLY)}
    sideways = page.evaluate(SIDEWAYS)
    assert sideways == [], "it is read without scrolling to the side"
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("path", "query"), sample(list(ASIDE.values()), 2))
@at_night
def test_nothing_of_ours_shuts_out_who_asks_for_what_is_not_there(open_tab, path, query):
    tab = open_tab(path, **query)
    assert ours(findings(tab.page)) == []


@pytest.fixture(scope="module")
def empty_server(store_once_built: Path) -> Iterator[Server]:
    with serving(store_once_built) as running:
        yield running


@at_night
@pytest.mark.parametrize("path", sample(OF_AN_EMPTY_STORE, 5, 1))
def test_nothing_of_ours_shuts_out_who_comes_to_an_empty_store(new_page, empty_server, path):
    page = Tab(new_page(), empty_server).go(path).page
    assert ours(findings(page)) == []


def test_a_fault_of_ours_is_found(open_tab):
    """A picture without a text, and text too pale to read."""
    tab = open_tab("tillganglighet")
    tab.page.evaluate(
        """() => {
            const place = document.querySelector('.kd-answer');
            place.style.color = '#B0B0B0';
            place.insertAdjacentHTML('afterend', '<img src="kd/logo.svg">');
        }"""
    )
    assert {found.partition(":")[0] for found in ours(findings(tab.page))} >= {"color-contrast", "image-alt"}


@at_night
def test_a_page_follows_the_readers_device(new_page, server):
    """Its pictures are drawn in the dark theme's colours; nothing moves; forced colours leave pictures on white."""
    page = new_page()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    Tab(page, server).go("skola", school=SCHOOL)
    in_the_dark = {rgb(colour) for colour in IN_THE_DARK.values()}
    assert set(page.evaluate(WRITTEN)) <= in_the_dark
    assert page.evaluate(GROUND) == [rgb(IN_THE_DARK["#FFFFFF"])] * 2
    assert page.evaluate(MOVING) == []
    page.emulate_media(color_scheme="dark", forced_colors="active")
    on_white = {rgb(colour) for colour in IN_THE_DARK} - in_the_dark
    until(page, lambda: set(page.evaluate(WRITTEN)) <= on_white)


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def test_the_statement_is_made_of_what_these_tests_try():
    """Where this fails, `python -m tests.browser.accessible` tries it all again and writes what it found."""
    tried = json.loads(TRIED.read_text("utf-8"))
    assert set(LEFT) == set(STREAMLITS), "what is Streamlit's own is told, each by its name"
    assert set(tried["left"]) <= set(LEFT)
    now = json.loads(written(set(), [*PLACES, OF_ROLES], tried["axe"]))
    assert {name: tried[name] for name in ("pages", "states", "languages", "themes", "widths")} == {
        name: now[name] for name in ("pages", "states", "languages", "themes", "widths")
    }
