"""A brute-force attacker, given every page's and export's figures for three rounds and all filters, wins back no hidden
cell.

He tries everything that a hidden cell could hold, and looks whether anything that he gets would be different; and he
adds up and subtracts what he gets. Deliberate leaks show that he would find one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from itertools import count
from math import gcd
from pathlib import Path

import pytest

import app
from analytics.store.reading import View
from tests.pages.attacked_city import (
    CONTENTS,
    CRITERIA,
    FRAMEWORK,
    HIDDEN,
    REGISTER,
    YEARS,
    Cell,
    Told,
    load_city,
    of_content,
    opened,
    republish,
    rough_cells,
    told_alike,
)
from tests.pages.subtracting import explanations, mean_of, sums_of, truth, won
from tests.pages.visiting import Taken, in_force, take_everything, take_exports, take_tables
from tests.sampling import NIGHTLY, at_night, sample

pytestmark = pytest.mark.costly  # cities by the dozen, and every page of each

PAGES = {
    path: module
    for modules in app.MENU.values()
    for path, module in modules.items()
    if not module.__name__.startswith("pages.funding")  # EU money, and nothing of answers
}
ROUGH = rough_cells()
EVERY_WAY, FEW_WAYS = 99, 1  # choices off what a page opens with
FILTERS = ("year", "district", "stage", "area")  # whose sums are subtracted from each other
STEPS = tuple(step for step in range(1, len(CONTENTS)) if gcd(step, len(CONTENTS)) == 1)
"""A hidden cell each: by this step it goes round all contents, in an order of its own."""

# Leaks: the city's number of answers counts hidden ones; a hidden cell keeps its don't-knows.
COUNTED = """
    with held as (
        select year, criterion, school_id, count(level) as n from answers.answer group by all
        union all
        select year, criterion, school_id, sum(answers) from answers.level_count where level is not null group by all
    ),
    hidden as (
        select year, criterion, sum(held.n) as n
        from held join cell using (year, criterion, school_id) where status = 'hidden' group by all
    )
    update city_cell set answers = answers + hidden.n
    from hidden where (city_cell.year, city_cell.criterion) = (hidden.year, hidden.criterion)
"""
UNKNOWN = """
    with held as (select year, criterion, school_id, count(*) - count(level) as n from answers.answer group by all)
    update cell set dont_know = held.n from held
    where (cell.year, cell.criterion, cell.school_id) = (held.year, held.criterion, held.school_id)
        and status = 'hidden'
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return load_city(HIDDEN, tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def look(tmp_path_factory, store) -> Callable[..., Taken]:
    """All that a visitor gets of the view: the exports, and the pages in so many ways, languages in turn."""
    names = count()

    def looked(
        view: View, most: int, pages: Iterable[str] = tuple(PAGES), at: Path = store, together: Sequence[str] = ()
    ) -> Taken:
        folder = tmp_path_factory.mktemp("visited") / str(next(names))
        folder.symlink_to(at)  # a name that no page has been asked by yet
        taken = take_exports(view, FRAMEWORK.id)
        with in_force(view, folder) as asking:
            for path in pages:
                taken |= take_everything(PAGES[path], path, (asking("sv"), asking("en")), most, together)
        return taken

    return looked


@pytest.fixture(scope="module")
def everything(store, look) -> Taken:
    """By day with every choice by itself, and with all filters together."""
    return look(opened(store), EVERY_WAY if NIGHTLY else FEW_WAYS, together=FILTERS)


@pytest.fixture(scope="module")
def readable(store) -> Taken:
    return all_readable(republish(store, HIDDEN | ROUGH))


def all_readable(view: View) -> Taken:
    """What pages and exports can read, and the exports; then the view is let go."""
    with closing(view):
        return take_exports(view, FRAMEWORK.id) | take_tables(view)


def told_apart(one: Taken, other: Taken) -> list[str]:
    """Where the two differ."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def contents(turn: int, *, of: Cell | None = None) -> dict[Cell, Told]:
    """What is in the hidden cells on the turn: each goes through all contents in an order of its own; or one alone. In
    cells of 5-19 answers lie others that are told alike."""
    told = HIDDEN | (ROUGH if of else {cell: told_alike(cell, its, turn) for cell, its in ROUGH.items()})
    for place, (cell, step) in enumerate(zip(HIDDEN, STEPS, strict=False)):
        if of in (None, cell):
            told[cell] = of_content(cell, CONTENTS[(turn * step + 7 * place) % len(CONTENTS)], turn + place)
    return told


# What is there to attack ----------------------------------------------------------------------------------------------


def test_the_city_has_what_it_takes(everything):
    """Hidden are the cells with under five answers and no others, each holds some, and every way of hiding is there."""
    results = json.loads(everything["results"])
    hidden = {Cell(r["year"], r["school_id"], r["criterion"]) for r in results if r["status"] == "hidden"}
    assert hidden == set(HIDDEN) and all(told.n for told in HIDDEN.values())
    assert {(cell.year, cell.school) for cell in HIDDEN} >= {(2022, "s3"), (2023, "s8"), (2022, "s5")}
    assert {r["status"] for r in results} == {"hidden", "few", "ok", "uncertain", "low_response"}
    assert len(CONTENTS) == 70 and len(STEPS) >= len(HIDDEN)


def test_the_visitor_makes_every_choice_on_every_page(everything):
    assert {name.partition("?")[0] for name in everything} == {*PAGES, "results", "city"}
    ways = [dict(part.split("=") for part in name.partition("?")[2].split()[:-1]) for name in everything if "?" in name]
    made = {name: {way[name] for way in ways if name in way} for way in ways for name in way}
    assert made["year"] == {str(year) for year in YEARS}
    assert made["school"] >= set(REGISTER) and made["criterion"] >= set(CRITERIA)
    assert made["district"] == {"alla", "North", "South"} and made["area"] >= {"alla", "lead", "teach"}
    assert made["stage"] == {"alla", "compulsory", "upper_secondary"} and len(made["sort"]) == 5
    filtered = {(w["year"], w["district"], w["stage"]) for w in ways if {"district", "stage"} <= w.keys()}
    assert len(filtered) == 27, "all filters together"
    assert all(len(taken) > 100 for taken in everything.values())


# Trying everything ----------------------------------------------------------------------------------------------------


def test_nothing_differs_whatever_is_loaded_into_the_hidden_cells(everything, look, tmp_path):
    """Loaded from other files, every page and export with every choice is the same; by day with every choice by itself,
    and with all filters together."""
    assert sum(told_alike(cell, its, 33) != its for cell, its in ROUGH.items()) > 30
    other = load_city(contents(33), tmp_path)
    taken = look(opened(other), EVERY_WAY if NIGHTLY else FEW_WAYS, at=other, together=FILTERS)
    assert taken.keys() == everything.keys() and len(taken) > 200
    assert told_apart(everything, taken) == []


@at_night
def test_no_content_of_a_hidden_cell_can_be_told_from_another(store, readable):
    """Every cell goes through contents in an order of its own: through one in ten, at night through all 70."""
    turns, tried = sample(range(len(CONTENTS)), 10), {cell: set() for cell in HIDDEN}
    for turn in turns:
        told = contents(turn)
        assert told_apart(readable, all_readable(republish(store, told))) == [], told
        for cell in HIDDEN:
            tried[cell].add(told[cell].levels)
    assert all(len(levels) == len(turns) for levels in tried.values()), "no content twice"
    assert set().union(*tried.values()) == set(CONTENTS)


@pytest.mark.parametrize("cell", sample([*HIDDEN], 4, first=1), ids=str)
def test_nor_when_all_else_stays(cell, store, readable):
    told = contents(40, of=cell)
    assert told[cell].levels != HIDDEN[cell].levels
    assert told_apart(readable, all_readable(republish(store, told))) == []


@at_night
def test_pages_say_the_same_on_contents_far_apart(store, look):
    """Nobody, or four of one mind, in every hidden cell."""
    first, *others = (
        look(republish(store, {cell: of_content(cell, levels, turn) for turn, cell in enumerate(HIDDEN)}), FEW_WAYS)
        for levels in ((0, 0, 0, 0), (0, 0, 0, 4))
    )
    assert [told_apart(first, other) for other in others] == [[]]


# Adding and subtracting -----------------------------------------------------------------------------------------------


def test_every_sum_that_is_published_is_a_sum_of_shown_cells(store, everything):
    """To the last digit that is published; and no hidden cell fits into it."""
    sums = list(sums_of(opened(store), everything))
    assert {of.where for of in sums} == {"results", "city", "areas", "levels", "changes", "filter"}
    for of in sums:
        assert of.value == pytest.approx(of.of(truth()), abs=of.slack), of
        assert explanations(of) == [()], of


def test_no_combination_of_sums_yields_a_hidden_cell(store, everything):
    assert won(sums_of(opened(store), everything)) == {}


def test_filters_would_tell_if_hidden_schools_were_in_them(everything):
    """They are printed finely enough: with the hidden school in, another mean of the district would stand there."""
    north = [mean_of(2022, school) for school in ("s1", "s2", "s4")]
    whole = sum(told.sum / told.n for cell, told in HIDDEN.items() if (cell.year, cell.school) == (2022, "s3")) / 5
    assert abs((sum(north) + whole) / 4 - sum(north) / 3) > 0.01


# He would find a leak -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leak", "where"), [(COUNTED, {"city", "table city_cell"}), (UNKNOWN, {"results", "table cell"})]
)
@at_night
def test_a_leak_tells_contents_apart(leak, where, store):
    one, other = (all_readable(republish(store, contents(turn), leak)) for turn in (0, 1))
    assert set(told_apart(one, other)) == where


@at_night
def test_a_leak_shows_on_the_pages_that_have_it(store, look):
    pages = ("oversikt", "kriterier")
    one, other = (look(republish(store, contents(turn), COUNTED), FEW_WAYS, pages) for turn in (0, 1))
    assert {name.partition("?")[0] for name in told_apart(one, other)} == {"city", "oversikt", "kriterier"}


def test_a_leak_is_won_back_by_subtraction(store, everything):
    """Where one school is hidden, the city's answers less those of the schools shown are its answers."""
    leaking = republish(store, HIDDEN, COUNTED)
    found = won(sums_of(leaking, everything | take_exports(leaking, FRAMEWORK.id)))
    alone = {cell for cell in HIDDEN if sum((c.year, c.criterion) == (cell.year, cell.criterion) for c in HIDDEN) == 1}
    assert len(alone) >= 8
    assert {cell: round(n) for (quantity, cell), n in found.items() if quantity == "answers"} == {
        cell: HIDDEN[cell].n for cell in alone
    }
