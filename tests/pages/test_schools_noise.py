"""Skolor: what of the schools' differences is more than noise."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import pytest
from scipy.stats import norm

from analytics.model.frameworks import Goal
from analytics.model.provenance import Missing
from pages.figures.schools import page as schools
from pages.ui.content import Ask, Block
from tests.pages.reading import opened

KULTUR = "The culture around the school's digitalisation"


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


def page(ask: Ask, show: str = "alla", district: str | None = None) -> dict[str, Block]:
    content = schools.compose(ask, "vebs-2022", 2025, district, None, show, "namn", 1)
    return {block.key: block for block in opened(ask, content).blocks}


def rows(found: Block) -> dict[str, dict]:
    headings = [column.heading for column in found.table.columns]
    return {row[0]: dict(zip(headings, row, strict=True)) for row in found.table.rows}


def published(ask: Ask, area: str) -> dict[str, tuple]:
    """school -> mean, pulled mean, respondents, places and side, straight from the store."""
    sql = (
        "select name, mean, pulled_mean, respondents, rank_low, rank_high, city_side from area_cell"
        " join school on school.id = school_id where framework = 'vebs-2022' and year = 2025 and area = ?"
    )
    return {name: tuple(figures) for name, *figures in ask.view.rows(sql, [area])}


@pytest.mark.parametrize("show, area, title", [("alla", "", "All areas"), ("kultur", "kultur", KULTUR)])
def test_dots_are_raw_means_with_the_pulled_ones_beside_them(ask, show, area, title):
    found, told = page(ask, show)["dots"], published(ask, area)
    for name, row in rows(found).items():
        mean, shrunken, *_ = told[name]
        assert (row["Mean"], row["Pulled towards the city"]) == (
            (Missing.HIDDEN,) * 2 if mean is None else (mean, shrunken)
        )
    shown = [figures for figures in told.values() if figures[0] is not None]
    above, below = (sum(figures[-1] == side for figures in shown) for side in (1, -1))
    assert found.headline.startswith(
        f"{title}: {above} of {len(shown)} schools are clearly above the city, {below} clearly below"
    )
    drawn = {trace["marker"]["symbol"]: trace["x"] for trace in found.figure.to_dict()["data"] if "marker" in trace}
    assert sorted(drawn["circle"]) == sorted(figures[0] for figures in shown)
    assert sorted(drawn["circle-open"]) == sorted(figures[1] for figures in shown)


def test_the_funnel_counts_schools_outside_what_chance_gives(ask):
    ((centre, sd),) = ask.view.rows(
        "select mean_of_schools, within_school_sd from city_area"
        " where framework = 'vebs-2022' and year = 2025 and area = ''"
    )
    told = {name: figures for name, figures in published(ask, "").items() if figures[2] is not None}
    outside = {
        name for name, (mean, _, people, *_) in told.items() if abs(mean - centre) > norm.ppf(0.975) * sd / sqrt(people)
    }
    found = page(ask)["funnel"]
    assert found.headline.startswith(f"All areas: {len(outside)} of {len(told)} schools lie outside")
    assert f"by chance about {round(0.05 * len(told))} would" in found.headline
    assert {name for name, row in rows(found).items() if row["In words"].startswith("outside")} == outside


def test_places_are_intervals_by_name_among_all_schools_whatever_is_shown(ask):
    told = published(ask, "")
    everybody, east = page(ask)["places"], page(ask, district="Östanvind")["places"]
    order = [school.name for school in ask.catalogue.schools]
    for found in (everybody, east):
        names = list(rows(found))
        assert names == sorted(names, key=order.index)
        for name, row in rows(found).items():
            hidden = told[name][3] is None
            assert (row["Place from"], row["Place to"]) == ((Missing.HIDDEN,) * 2 if hidden else told[name][3:5])
        assert found.figure.to_dict()["layout"]["xaxis"]["range"][1] == 73.5
    assert 0 < len(rows(east)) < len(rows(everybody))


def test_the_middle_school_may_have_many_places(ask):
    ranked = sorted((figures for figures in published(ask, "").values() if figures[0] is not None), reverse=True)
    low, high = ranked[len(ranked) // 2][3:5]
    assert page(ask)["places"].headline.endswith(f"may have any place from {low} to {high}")
    assert high - low > 20


def test_a_filter_that_none_stands_out_in_says_so(ask):
    content = schools.compose(ask, "dsoe-2018", 2018, "Östanvind", "F-9", "fortbildning", "namn", 1)
    blocks = {block.key: block for block in opened(ask, content).blocks}
    assert blocks["dots"].headline == "Professional development: all 2 schools are level with the city"
    assert blocks["funnel"].headline.endswith("by chance hardly any would")


def test_means_are_not_held_against_a_goal_that_is_a_share(ask):
    frameworks = tuple(replace(f, goal=Goal(3, "share", 0.5)) for f in ask.catalogue.frameworks)
    other = replace(ask, catalogue=replace(ask.catalogue, frameworks=frameworks))
    content = opened(other, schools.compose(other, "vebs-2022", 2025, None, None, "alla", "namn", 1))
    heat = next(found for found in content.blocks if found.key == "heat")
    assert heat.headline == "The schools' means. The goal is at least 50% at level 3 (Confident)"
    assert heat.note.startswith("Brown is a mean below level 3,")
