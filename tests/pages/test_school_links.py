"""A school that became part of another: said on the pages of both, and nothing is compared over it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from analytics.loads.own_files import own_rows
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.words.language import words
from pages.shared.school_links import parted_years
from tests.pages.reading import markup, said
from tests.store.making import answers, put

SCHOOLS = (
    "school_id,name,valid_to,merged_into\n"
    "alfa,Alfaskolan,2023-06-30,Betaskolan\n"
    "beta,Betaskolan,,\n"
    "gamma,Gammaskolan,,\n"
)
YEARS = (2022, 2023, 2024, 2025)


@pytest.fixture(scope="module")
def store(store_once_built, tmp_path_factory) -> Path:
    """Three schools of 26 people over four years, of which the one became part of another after two."""
    made = shutil.copytree(store_once_built, tmp_path_factory.mktemp("merged") / "store")
    rounds = [("alfa", 2022), ("alfa", 2023)] + [(school, year) for school in ("beta", "gamma") for year in YEARS]
    levels = {2022: 1, 2023: 2, 2024: 3, 2025: 4}
    put(made, schools=SCHOOLS, **{f"{s}{y}": answers(s, y, levels[y]) for s, y in rounds})
    return made


def test_nothing_is_compared_and_no_trend_goes_over_it(store):
    view = Store(store).current()
    compared = {
        school: set(view.rows("select before_year, year from school_change where school_id = ?", [school]))
        for school in ("beta", "gamma")
    }
    assert compared["beta"] == {(2022, 2023), (2024, 2025)}
    assert compared["gamma"] == {(2022, 2023), (2022, 2024), (2023, 2024), (2022, 2025), (2024, 2025)}
    trends = "select distinct school_id, rounds, first_year from trend where school_id in ('beta', 'gamma') order by 1"
    assert view.rows(trends) == [("beta", 2, 2024), ("gamma", 4, 2022)]
    moved = "select distinct before_year, year, schools from city_change order by all"
    assert [row for row in view.rows(moved) if row[:2] == (2023, 2024)] == [(2023, 2024, 1)]


def test_both_schools_pages_say_it(store, at_store, open_page):
    at_store(store)
    old = open_page("skola", school="alfa", year="2025")
    assert "Alfaskolan gick upp i Betaskolan den 1 juli 2023." in said(old)
    assert re.search(r'href="[^"]*skola\?[^"]*school=beta', "".join(markup(old)))
    new = said(open_page("skola", school="beta", year="2025"))
    assert "Alfaskolan gick upp i Betaskolan den 1 juli 2023: från 2024 gäller siffrorna båda tillsammans" in new


def test_the_register_comes_back_as_it_was_given(store):
    view = Store(store).current()
    assert [(one.id, one.merged_into) for one in read_schools(view)] == [
        ("alfa", "beta"),
        ("beta", None),
        ("gamma", None),
    ]
    file = own_rows(view, "schools", words("sv"))
    at = [column.heading for column in file.columns].index("Gått upp i")
    assert [row[at] for row in file.rows] == ["Betaskolan", "", ""]


def test_years_are_parted_where_the_school_is_another():
    assert parted_years((2022, 2023, 2024, 2025), (2024,)) == [[2022, 2023], [2024, 2025]]
    assert parted_years((2022, 2025), (2023, 2024)) == [[2022], [2025]]
    assert parted_years((), (2024,)) == []
