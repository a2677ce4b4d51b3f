"""Trends as they are published: who has one, on what, and what moves them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from analytics.maturity.publish.shown import ShownMean
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.results import trends_table
from analytics.maturity.trends import (
    city_trend_levels,
    city_trends,
    school_trend_levels,
    school_trends,
    schools_by_direction,
    trend_levels_on,
    trends_on,
)
from analytics.model.errors import NotAllowed
from analytics.model.figures import BesideCity, TrendDirection, TrendStatus
from analytics.model.schools import Viewer
from analytics.store.reading import View
from tests.maturity.random_worlds import HISTORIES
from tests.maturity.worlds import Answer, SchoolRound, World, figures, framework_of, publish

ALL, NOBODY, ONE = Viewer("all", None), Viewer("nobody", frozenset()), Viewer("one", frozenset({"s1"}))
TWO_AREAS = framework_of("f", {"a": ("A1", "A2"), "b": ("B1",)})


def rising(folder, *, skip=lambda school, year, criterion: False, years=range(2018, 2023), people=30) -> View:
    """Ten schools of so many people: s9 rises by 0.25 a year, s0 falls by as much, the others stand."""
    random = Random(7)
    world = World((TWO_AREAS,), tuple(f"s{n}" for n in range(10)))
    pace = {"s9": 0.25, "s0": -0.25}
    for year in years:
        for school in world.schools:
            for person in range(people):
                kind = random.gauss(0, 0.4)
                for criterion in ("A1", "A2", "B1"):
                    level = 2.5 + pace.get(school, 0) * (year - 2020) + kind + random.gauss(0, 0.6)
                    if not skip(school, year, criterion):
                        answer = min(4, max(1, round(level)))
                        world.answers.append(Answer(SchoolRound("f", year, school), f"p{person}", criterion, answer))
    return publish(world, folder)


@pytest.fixture(scope="module")
def view(tmp_path_factory) -> View:
    return rising(tmp_path_factory.mktemp("rising"))


def test_every_school_and_the_city_has_a_trend_on_everything(view):
    things = {("", ""), ("a", ""), ("b", ""), ("a", "A1"), ("a", "A2"), ("b", "B1")}
    for rows in (city_trends(view, ALL, "f"), *(school_trends(view, ALL, f"s{n}", "f") for n in range(10))):
        assert {(row.area, row.criterion) for row in rows} == things and len(rows) == 6
        for row in rows:
            assert (row.rounds, row.first_year, row.last_year, row.status) == (5, 2018, 2022, TrendStatus.OK)
            assert row.pace_low < row.pace < row.pace_high and 0.5 <= row.direction_sure <= 1
            assert (row.beside_city is None) == (row.school_id == "")


def test_who_rises_and_who_falls_is_told_and_of_the_others_it_is_not(view):
    whole = {row.school_id: row for row in trends_on(view, ALL, "f", "", "")}
    assert (whole["s9"].beside_city, whole["s0"].beside_city) == (BesideCity.FASTER, BesideCity.SLOWER)
    assert whole["s9"].pace == pytest.approx(0.25, abs=0.07) and whole["s0"].pace == pytest.approx(-0.25, abs=0.07)
    assert whole["s9"].direction_sure > 0.99 < whole["s0"].direction_sure
    others = [row for school, row in whole.items() if school not in ("s9", "s0")]
    assert sum(row.beside_city is not BesideCity.CANNOT_TELL for row in others) <= 1
    assert max(abs(row.pace) for row in others) < 0.1


def test_the_last_smoothed_level_is_the_trend_s(view):
    rows = [*city_trends(view, ALL, "f"), *school_trends(view, ALL, "s3", "f")]
    levels = [*city_trend_levels(view, ALL, "f"), *school_trend_levels(view, ALL, "s3", "f")]
    by_thing = defaultdict(dict)
    for level in levels:
        by_thing[level.school_id, level.area, level.criterion][level.year] = level.level
    assert len(by_thing) == len(rows) == 12
    for row in rows:
        told = by_thing[row.school_id, row.area, row.criterion]
        assert sorted(told) == [2018, 2019, 2020, 2021, 2022] and told[2022] == row.level


def test_levels_lie_near_what_was_rated_and_vary_less(view):
    rated = figures(view)["area_cell"]
    smooth = {(row.school_id, row.year): row.level for row in trend_levels_on(view, ALL, "f", "", "")}
    assert len(smooth) == 50
    apart = [rated["f", year, school, ""]["mean"] - level for (school, year), level in smooth.items()]
    assert abs(np.mean(apart)) < 0.02 and 0 < np.std(apart) < 0.15


def test_few_rounds_have_a_level_and_no_pace(tmp_path):
    """s1 opened last year but one; s2 shows A1 in two rounds; B1 came in with the last two rounds."""
    view = rising(tmp_path, skip=lambda school, year, criterion: (school == "s1" and year < 2021)
        or ((school, criterion) == ("s2", "A1") and year > 2019) or (criterion == "B1" and year < 2021))  # fmt: skip
    few = {key for key, row in figures(view)["trend"].items() if row["status"] == "too_few_rounds"}
    of_s1 = {(school, area, criterion) for _, school, area, criterion in few if school == "s1"}
    assert len(of_s1) == 6 and ("f", "s2", "a", "A1") in few and ("f", "s2", "a", "") not in few
    assert {key[1] for key in few if key[3] == "B1"} == {"", *(f"s{n}" for n in range(10))}
    for key, row in figures(view)["trend"].items():
        told = [row[name] for name in ("pace", "pace_low", "pace_high", "direction_sure")]
        assert (None in told) == (told == [None] * 4) == (key in few) and 1 <= row["level"] <= 4
        assert key in few or (abs(row["pace"]) < 0.4 and row["pace_high"] - row["pace_low"] < 0.8)


def test_a_criterion_that_comes_in_low_makes_nobody_fall(tmp_path):
    """Between 2019 and 2020 the framework gets a criterion on which everybody is at 1.x; nothing else has moved."""
    random, answers = Random(3), []
    for year in range(2018, 2023):
        for number in range(6):
            for criterion in ("A1", "A2", "B1"):
                if criterion != "B1" or year >= 2020:
                    for person in range(20):
                        level = (1.4 if criterion == "B1" else 3.0) + random.gauss(0, 0.6)
                        answers.append(Answer(SchoolRound("f", year, f"s{number}"), f"p{person}", criterion,
                                              min(4, max(1, round(level)))))  # fmt: skip
    view = publish(World((TWO_AREAS,), tuple(f"s{n}" for n in range(6)), answers), tmp_path)
    for row in [*trends_on(view, ALL, "f", "", ""), *(r for r in city_trends(view, ALL, "f") if not r.criterion)]:
        assert row.pace is not None and abs(row.pace) < 0.06 and row.pace_low < 0 < row.pace_high


@pytest.mark.parametrize("seed", HISTORIES)
def test_only_what_is_shown_has_a_trend_and_all_of_it_has(seed, history_view):
    """What of a framework's rounds is hidden has no level either; frameworks are not linked."""
    published = figures(history_view(seed))
    shown = {(f, s, a, c, y) for (f, y, s, a, c), cell in published["cell"].items() if cell["status"] != "hidden"}
    levels = {key for key in published_levels(history_view(seed)) if key[1] and key[3]}
    assert levels == shown
    rounds = defaultdict(set)
    for framework, school, area, criterion, year in shown:
        rounds[framework, school, area, criterion].add(year)
    trend = {key: row for key, row in published["trend"].items() if key[1] and key[3]}
    assert {key: row["rounds"] for key, row in trend.items()} == {key: len(years) for key, years in rounds.items()}
    assert {row["status"] for row in trend.values()} >= {"ok", "too_few_rounds"}
    assert all((row["status"] == "too_few_rounds") == (row["rounds"] < 3) for row in trend.values())
    for row in published["trend"].values():
        assert all(np.isfinite(value) for value in row.values() if isinstance(value, float))


def published_levels(view: View) -> list[tuple]:
    return view.rows("select framework, school_id, area, criterion, year from trend_level")


def test_two_rounds_of_a_framework_have_no_trend(tmp_path):
    view = rising(tmp_path, years=(2021, 2022))
    assert figures(view)["trend"] == {} and trends_table(view, ALL, "f").num_rows == 0


def test_who_may_see_what(view):
    for ask in (school_trends, school_trend_levels):
        with pytest.raises(NotAllowed):
            ask(view, ONE, "s2", "f")
        assert ask(view, ONE, "s1", "f") and ask(view, ONE, "", "f")
        with pytest.raises(NotAllowed):
            ask(view, NOBODY, "", "f")
    for ask in (city_trends, city_trend_levels):
        assert ask(view, ONE, "f")
        with pytest.raises(NotAllowed):
            ask(view, NOBODY, "f")
    for ask in (trends_on, trend_levels_on):
        assert {row.school_id for row in ask(view, ONE, "f", "", "")} == {"s1"}
    assert set(trends_table(view, ONE, "f")["school_id"].to_pylist()) == {"", "s1"}


def test_few_answers_that_agree_by_chance_are_not_without_noise():
    """Five answers alike beside schools of twenty that are not: what the city's spread says counts with ten answers."""
    figures_of = {f"s{n}": {("f", 2020): {("b", "B1"): ShownMean(3.0, 0.8, 20, 20)}} for n in range(3)}
    figures_of["few"] = {("f", 2020): {("b", "B1"): ShownMean(4.0, 0.0, 5, 5)}}
    grid = ShownRounds(replace(TWO_AREAS), figures_of)
    noise = dict(zip(grid.schools, grid.noise()[0, :, 0], strict=True))
    city = 3 * 19 * 0.64 / (3 * 19 + 4)
    assert noise["few"] == pytest.approx(10 * city / 14 / 5)
    assert noise["s0"] == pytest.approx((19 * 0.64 + 10 * city) / 29 / 20)


def test_where_nobody_tells_what_is_chance_there_are_levels_and_no_paces(tmp_path):
    rows = figures(rising(tmp_path, people=15, years=range(2019, 2022)))["trend"].values()
    assert len(rows) == 11 * 6 and {row["status"] for row in rows} == {TrendStatus.TOO_FEW_ANSWERS}
    assert all(row["pace"] is row["direction_sure"] is row["beside_city"] is None and row["level"] > 1 for row in rows)


def test_what_is_often_told_as_a_bound_tells_no_pace():
    """s0 at "3.5 or higher" in two rounds of three on A1, s1 in all of them, s2 never, as six larger ones do not."""
    means = {"s0": (3.5, 3.4, 3.5), "s1": (3.5,) * 3, "s2": (3.4, 3.2, 3.0)}
    figures_of = {}
    for school in [*means, *(f"t{n}" for n in range(6))]:
        rounds = {}
        for at, year in enumerate((2020, 2021, 2022)):
            own = ShownMean(means[school][at], 0.7, 7, None) if school in means else ShownMean(3.6, 0.7, 30, 30)
            rounds["f", year] = {("a", "A1"): own, ("b", "B1"): ShownMean(3.0, 0.7, 30, 30)}
        figures_of[school] = rounds
    grid = ShownRounds(replace(TWO_AREAS), figures_of)
    known = dict(zip(grid.things, grid.pace_is_known().tolist(), strict=True))
    others = [True] * 7  # and the city, where five of the 54 are bounds
    assert known["a", "A1"] == known["a", ""] == [False, False, *others, True]
    assert known["", ""] == [False, False, *others, True] and known["b", "B1"] == [True] * 10


def test_what_moves_is_told_with_no_more_noise_than_there_surely_is():
    """Of nineteen answers two fifths; of twenty all of it."""
    of = {n: {("f", 2020): {("b", "B1"): ShownMean(3.0, 0.8, n, n)}} for n in (19, 20)}
    grid = ShownRounds(replace(TWO_AREAS), {f"s{n}": figure for n, figure in of.items()})
    assert grid.sure_noise()[0, :, 0] == pytest.approx(np.array([0.4, 1]) * 0.64 / np.array([19, 20]))
    assert not grid.spread_is_known()


def test_a_direction_is_told_from_80_percent_and_what_hardly_moves_stands_still(view):
    for row in trends_on(view, ALL, "f", "", ""):
        still = max(abs(row.pace_low), abs(row.pace_high)) <= 0.05
        way = TrendDirection.UP if row.pace > 0 else TrendDirection.DOWN
        told = way if row.direction_sure >= 0.8 else TrendDirection.CANNOT_TELL
        assert row.direction is (TrendDirection.STILL if still else told)
    whole = {row.school_id: row.direction for row in trends_on(view, ALL, "f", "", "")}
    assert (whole["s9"], whole["s0"]) == (TrendDirection.UP, TrendDirection.DOWN)


def test_the_city_s_schools_are_counted_by_direction_on_everything(view):
    counted = schools_by_direction(view, ALL, "f")
    for thing in {(row.area, row.criterion) for row in city_trends(view, ALL, "f")}:
        found = [row.direction for row in trends_on(view, ALL, "f", *thing)]
        assert counted[thing] == {way: found.count(way) for way in set(found)}
    with pytest.raises(NotAllowed):
        schools_by_direction(view, NOBODY, "f")
