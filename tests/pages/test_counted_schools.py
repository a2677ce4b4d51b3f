"""Certifiering, Skolor, one criterion: all schools are counted where the figures lie, each one asked for where told."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

import pytest

from analytics.dialogue.certification import course_counts, is_ready, on_course
from analytics.maturity.city import city_areas, city_cells
from analytics.maturity.funnel import area_chance, area_count, chance, criterion_count
from analytics.maturity.readiness import in_the_way_of_schools, most_in_the_way, standing
from analytics.maturity.rounds import school_rounds, schools_alike, schools_of_round
from analytics.maturity.schools import area_figures, cell_figures
from analytics.maturity.trends import moves_on, paces_on
from analytics.model.present import present
from analytics.model.schools import Viewer
from analytics.store.reading import View
from pages.figures.criteria import page as criteria
from pages.talks.certification import found as found_schools
from pages.talks.certification import lists
from pages.talks.certification import page as certification
from pages.talks.certification.found import count_by, schools_found
from pages.talks.certification.lists import SHOWN, Nearness, left, nearness
from pages.ui import access
from pages.ui.content import Ask
from tests.bench.nation import Nation, make
from tests.pages.conftest import ask_of

THIRD = slice(None, None, 3)


@pytest.fixture
def ask(asks) -> Ask:
    return asks["en"]


@pytest.mark.parametrize("sort", ["namn", "omrade", "sakrast"])
def test_a_list_s_schools_are_chosen_where_they_lie_as_by_the_rule(ask, monkeypatch, sort):
    """Of more schools than a page has; in each order, with few in a list and with all."""
    for room, year in ((2, 2025), (7, 2024), (100, 2023)):
        found = schools_found(ask, "vebs-2022", year, None, None, sort)
        monkeypatch.setattr(lists, "UNFOLDED", room)
        monkeypatch.setattr(lists, "PAGE", 100)
        each = lists.nearness_lists(ask, found)
        monkeypatch.setattr(lists, "PAGE", 10)
        chosen = lists.nearness_lists(ask, found)
        for kind in Nearness:
            assert chosen[kind].schools == each[kind].schools == len(each[kind].first)
            assert chosen[kind].first == each[kind].first[: SHOWN + room], (year, kind)


def test_schools_are_counted_alike_as_each_of_them_is(asks, few_store):
    for ask in (asks["sv"], ask_of(few_store)["sv"]):
        for round_ in ask.catalogue.rounds:
            of = (ask.view, ask.viewer, round_.framework, round_.year)
            for schools in (None, [school.id for school in ask.catalogue.schools][::3], []):
                each, alike = school_rounds(*of, schools), schools_alike(*of, schools)
                for told in (standing, nearness, left, is_ready, attrgetter("status", "provenance", "ready_basis")):
                    assert count_by(alike, told) == Counter(map(told, each))


def test_what_a_page_asks_for_does_not_grow_with_the_schools(tmp_path):
    """Not the questions, and no more rows come of them than there are ways to stand, and places on the page: of 12
    schools and of 96, where a page has ten and a list five."""
    asked: dict[int, list[int]] = {}
    for schools in (12, 96):
        make(Nation(schools, years=3, criteria=4, staff=10), tmp_path / str(schools))
        ask = ask_of(tmp_path / str(schools))["sv"]
        with pytest.MonkeyPatch.context() as patch:
            for module in (lists, found_schools):
                patch.setattr(module, "PAGE", 10)
            patch.setattr(lists, "UNFOLDED", 0)
            rows, each = asked.setdefault(schools, []), View.rows

            def counted(*a, rows=rows, each=each):
                found = each(*a)
                rows.append(len(found))
                return found

            patch.setattr(View, "rows", counted)
            access.composed.cache_clear()
            access.composed(certification.compose, ask, "nation", 2025, None, None, "namn", 1)
            access.composed(criteria.compose, ask, "nation", 2025, "C00")
    few, many = asked.values()
    assert len(many) <= len(few) and max(many) < 30 < 96, (few, many)


def test_courses_are_counted_as_each_of_them_is(asks, few_store):
    for ask in (asks["sv"], ask_of(few_store)["sv"]):
        for round_ in ask.catalogue.rounds:
            framework = ask.catalogue.framework(round_.framework)
            years, ids = range(framework.valid_from, round_.year + 1), [school.id for school in ask.catalogue.schools]
            for schools in (None, ids[THIRD], []):
                each = on_course(ask.view, ask.viewer, framework, years, schools)
                there = {row.school_id for row in each[round_.year]}
                told = Counter(
                    (year, row.course, row.decided)
                    for year, rows in each.items()
                    for row in rows
                    if row.school_id in there
                )
                found = course_counts(ask.view, ask.viewer, framework, years, schools)
                counted = Counter[tuple]()
                for row in found:
                    counted[row.year, row.course, row.decided] += row.schools
                assert counted == told


def test_what_is_most_in_the_way_is_so_of_most_schools(ask):
    for round_ in ask.catalogue.rounds[::2]:
        for schools in (None, [school.id for school in ask.catalogue.schools][THIRD]):
            of = (ask.view, ask.viewer, round_.framework, round_.year, schools)
            count = Counter(cell.criterion for cells in in_the_way_of_schools(*of).values() for cell in cells)
            assert most_in_the_way(*of) == min(count.items(), key=lambda item: (-item[1], item[0]))
            assert count.total()
    assert most_in_the_way(ask.view, Viewer("nobody"), round_.framework, round_.year) is None


def test_a_criterion_s_schools_are_counted_as_each_of_them_is(asks, few_store):
    for ask in (asks["sv"], ask_of(few_store)["sv"]):
        for n, round_ in enumerate(ask.catalogue.rounds):
            framework = ask.catalogue.framework(round_.framework)
            for criterion in framework.criteria[n % 5 :: 5]:
                key, viewer = (round_.framework, round_.year, criterion.id), ask.viewer
                for of in (viewer, Viewer("own", frozenset(school.id for school in ask.catalogue.schools[THIRD]))):
                    each = cell_figures(ask.view, of, *key).values()
                    means = sorted(figure.mean for figure in each if figure.mean is not None)
                    (city,) = [c for c in city_cells(ask.view, of, [(key[0], key[2])]) if c.year == key[1]]
                    limits = chance(city)
                    outside = present(limits).outside(each) if limits else 0
                    reached = sum(bool(figure.goal_met) for figure in each)
                    counted = criterion_count(ask.view, of, *key, limits, 3)
                    assert counted == (len(means), reached, outside, means[:3], means[::-1][:3])


def test_schools_are_counted_on_an_area_as_each_of_them_is(asks, few_store):
    for ask in (asks["sv"], ask_of(few_store)["sv"]):
        for round_ in ask.catalogue.rounds:
            ids = [school.id for school in ask.catalogue.schools]
            for area in ("", *(area.id for area in ask.catalogue.framework(round_.framework).areas)):
                cities = city_areas(ask.view, ask.viewer, [round_.framework])
                city = next((c for c in cities if (c.year, c.area) == (round_.year, area)), None)
                for viewer, schools in ((ask.viewer, None), (ask.viewer, ids[THIRD]), (Viewer("nobody"), None)):
                    of = (ask.view, viewer, round_.framework, round_.year, area)
                    each = area_figures(*of, schools).values()
                    means = sorted(figure.mean for figure in each if figure.mean is not None)
                    known = [(f.mean, f.respondents) for f in each if f.mean is not None and f.respondents]
                    limits = area_chance(city) if city else None
                    sides = Counter(figure.city_side for figure in each)
                    found = area_count(*of, limits, schools)
                    assert found == (
                        len(means),
                        sides.total() - sides[None],
                        sides[1],
                        sides[-1],
                        len(known),
                        sum(limits.side(*of_school) != 0 for of_school in known) if limits else 0,
                        *((means[0], means[-1]) if means else (None, None)),
                        pytest.approx(sum(means) / len(means)) if means else None,
                    )


def test_schools_are_counted_by_direction_as_each_of_them_goes(asks, few_store):
    for ask in (asks["sv"], ask_of(few_store)["sv"]):
        for round_ in ask.catalogue.rounds[::2]:
            framework, of_round = ask.catalogue.framework(round_.framework), (round_.framework, round_.year)
            there = schools_of_round(ask.view, ask.viewer, *of_round)
            criterion = framework.criteria[0]
            for thing in (("", ""), (framework.areas[-1].id, ""), (criterion.area, criterion.id)):
                for schools in (None, sorted(there)[THIRD]):
                    of = (ask.view, ask.viewer, framework.id, *thing)
                    paces = paces_on(*of, schools)
                    told = Counter(pace.direction for school, pace in paces.items() if school in there)
                    assert moves_on(*of, of_round, schools) == told
