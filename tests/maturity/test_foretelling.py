"""How many schools will meet the goal next round: cities that move as they are told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from analytics.maturity.forecast import rests_on_few
from analytics.maturity.methods.prediction import DRAWS, CityStep, Drift, drift, move, next_means, presents
from analytics.maturity.publish.shown import ShownMean, comparable
from analytics.model.frameworks import Framework, Goal
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from tests.maturity.worlds import Answer, Counts, SchoolRound, World, figures, framework_of, publish
from tests.sampling import NIGHTLY, sample

pytestmark = pytest.mark.long

AREAS = {"a": ("A1", "A2")}
ONE = framework_of("one", AREAS)
MEDIAN = framework_of("median", AREAS, goal=Goal(3, "median"))
SHARE = framework_of("share", AREAS, goal=Goal(3, "share", 0.6))
OLD = framework_of("old", AREAS, years=(2010, 2017))
NEW = framework_of("new", AREAS, years=(2018, None), previous="old")
OTHER_SCALE = framework_of("wide", AREAS, years=(2018, None), previous="old", scale=(1, 5))

ANSWERS = 1_000_000  # a school's: next to no noise


def levels(mean: float, top: int) -> tuple[int, ...]:
    """Answers of 2 and 4 with this mean, on a scale from 1 to `top`."""
    high = round((mean - 2) / 2 * ANSWERS)
    return (0, ANSWERS - high, 0, high, *[0] * (top - 4))


def city(
    framework: Framework, years: Sequence[int], starts: dict[str, float], step: float = 0.1, first: int | None = None
) -> list[Counts]:
    """Every school rises by `step` a year on both criteria."""
    begin = years[0] if first is None else first
    top = framework.scale_max
    return [
        Counts(SchoolRound(framework.id, year, school), criterion, levels(mean + step * (year - begin), top))
        for year in years
        for school, mean in starts.items()
        for criterion in ("A1", "A2")
    ]


FOLLOWED = framework_of("followed", AREAS)


def forecasts(
    folder, frameworks: Sequence[Framework], counts: list[Counts], followed: int = 6
) -> dict[tuple[str, int], dict]:
    """By round. In so many schools of 20 people are followed, in another framework."""
    schools = tuple(sorted({count.round.school for count in counts} | {f"f{n}" for n in range(followed)}))
    answers = [
        Answer(SchoolRound("followed", 2018, f"f{n}"), f"p{p}", criterion, 2 + (p + n) % 2)
        for n in range(followed)
        for p in range(20)
        for criterion in AREAS["a"]
    ]
    world = World((*frameworks, FOLLOWED), schools, answers, counts)
    found = figures(publish(world, folder))["forecast"]
    return {(row["framework"], row["year"]): row for row in found.values()}


STARTS = {f"s{n}": 2.25 + 0.1 * n for n in range(8)}  # 2.25 to 2.95; a school a year passes 3


def test_a_city_that_rises_by_a_tenth_a_year_is_foretold(tmp_path):
    """In year y the schools from 3 - 0.1 (y - 2018) are at the goal; each round is foretold, the next one too. Goals of
    medians and shares get no forecast. One and two moves tell less of how the city moves."""
    years = range(2018, 2024)
    counts = [count for framework in (ONE, MEDIAN, SHARE) for count in city(framework, years, STARTS)]
    found = forecasts(tmp_path, (ONE, MEDIAN, SHARE), counts)
    assert found.keys() == {("one", year) for year in range(2020, 2025)}
    assert {row["basis"] for row in found.values()} == {"borrowed"}
    for year, there in ((2020, 2), (2021, 3)):
        row = found["one", year]
        assert (row["moves"], row["actual"]) == (year - 2019, there)
        assert row["low"] < there < row["high"]
    for year, there in ((2022, 4), (2023, 5), (2024, 6)):
        row = found["one", year]
        assert row["from_year"] == year - 1 and row["schools"] == 8
        assert row["moves"] == year - 1 - 2018
        assert row["actual"] == (None if year == 2024 else there)
        assert row["low"] == row["high"] == there
        assert row["expected"] == pytest.approx(there, abs=0.02)


def test_nothing_is_foretold_of_medians_from_means_alone(tmp_path):
    """The share's and the median's cities do move, and would be foretold if their goal were a mean."""
    as_means = [replace(framework, goal=Goal(3)) for framework in (MEDIAN, SHARE)]
    counts = [count for framework in as_means for count in city(framework, range(2018, 2022), STARTS)]
    found = forecasts(tmp_path, as_means, counts)
    assert found.keys() == {(framework, year) for framework in ("median", "share") for year in (2020, 2021, 2022)}
    assert {year for (_, year), row in found.items() if row["actual"] is None} == {2022}


def test_fewer_than_three_moves_tell_nothing_of_what_has_not_been(tmp_path):
    """Only how the model would have done. By day of two moves; what three tell is asked above."""
    assert forecasts(tmp_path / "two", (ONE,), city(ONE, (2018, 2019, 2020), STARTS)).keys() == {("one", 2020)}
    if NIGHTLY:
        assert forecasts(tmp_path / "one", (ONE,), city(ONE, (2018, 2019), STARTS)) == {}
        found = forecasts(tmp_path / "three", (ONE,), city(ONE, (2018, 2019, 2020, 2021), STARTS))
        told = {year: row["actual"] is None for (_, year), row in found.items()}
        assert told == {2020: False, 2021: False, 2022: True}


def test_counts_alone_foretell_nothing_of_what_has_not_been(tmp_path):
    """Too few are followed, or nobody anywhere: what comes of all that is assumed is held against the rounds alone."""
    for folder, followed in sample((("few", 5), ("none", 0)), 2):
        found = forecasts(tmp_path / folder, (ONE,), city(ONE, range(2018, 2023), STARTS), followed)
        assert found.keys() == {("one", 2020), ("one", 2021), ("one", 2022)}
        assert {row["basis"] for row in found.values()} == {"assumed"}


def test_a_replaced_framework_gets_nothing_beyond_its_last_round_and_its_moves_are_kept(tmp_path):
    counts = city(OLD, range(2013, 2018), STARTS) + city(NEW, (2018, 2020), STARTS, first=2017)
    found = forecasts(tmp_path, (OLD, NEW), counts)
    moves = {("old", 2015): 1, ("old", 2016): 2, ("old", 2017): 3, ("new", 2020): 4, ("new", 2022): 5}
    assert {key: row["moves"] for key, row in found.items()} == moves  # every other year, so the next is 2022


def test_moves_on_another_scale_are_no_moves_here(tmp_path):
    counts = city(OLD, range(2013, 2018), STARTS) + city(OTHER_SCALE, (2018, 2019), STARTS)
    assert forecasts(tmp_path, (OLD, OTHER_SCALE), counts).keys() == {("old", year) for year in (2015, 2016, 2017)}


def test_only_schools_that_are_told_in_both_rounds(tmp_path):
    """`gone` is missing in the round foretold; `quiet` is hidden on a criterion in it, `shy` in the one before."""
    counts = city(ONE, range(2018, 2023), STARTS | {"gone": 3.5, "quiet": 3.5, "shy": 3.5}, 0.05)
    few = (0, 0, 0, 4)

    def kept(count: Counts) -> Counts | None:
        school, year = count.round.school, count.round.year
        if school == "gone" and year == 2022:
            return None
        hidden = (school, year) in {("quiet", 2022), ("shy", 2021)} and count.criterion == "A2"
        return count._replace(levels=few) if hidden else count

    found = forecasts(tmp_path, (ONE,), [count for count in map(kept, counts) if count])
    assert found.keys() == {("one", year) for year in range(2020, 2024)}
    assert (found["one", 2022]["schools"], found["one", 2022]["actual"]) == (8, 2)  # 2.85 and 2.95, and 0.2
    assert (found["one", 2023]["schools"], found["one", 2023]["actual"]) == (9, None)  # shy is back, and above


def test_what_can_be_foretold_needs_two_schools(tmp_path):
    assert forecasts(tmp_path, (ONE,), city(ONE, range(2018, 2023), {"s": 2.5})) == {}


# The model's parts --------------------------------------------------------------------------------------------------

BEFORE, AFTER = ("f", 2020), ("f", 2021)


def school(before: dict, after: dict, sd: float = 0.0, n: int = 20) -> dict:
    """Means on criteria of area a; the whole is their mean."""

    def told(means: dict) -> dict:
        if not means:
            return {}
        made = {("a", c): ShownMean(mean, sd, n, n) for c, mean in means.items()}
        return made | {("", ""): ShownMean(float(np.mean(list(means.values()))), sd, n, n)}

    return {BEFORE: told(before), AFTER: told(after)}


def test_a_move_is_the_schools_mean_move_and_what_they_depart_from_it():
    """Schools rise by 0.1 and 0.3, their criteria by 0.1 more or less than that: variances 0.01 and 0.01. What is asked
    or shown one time alone is no move."""
    schools = {
        "p": school({"A1": 2.0, "A2": 2.0}, {"A1": 2.2, "A2": 2.0, "A3": 4.0}),
        "q": school({"A1": 2.0, "A2": 2.0, "A4": 1.0}, {"A1": 2.4, "A2": 2.2}),
        "alone": school({"A4": 2.0}, {"A3": 4.0}),
    }
    found = move(BEFORE, AFTER, schools)
    assert (found.city, found.schools, found.criteria) == pytest.approx((0.2, 0.01, 0.01))
    noisy = {name: school(*[{"A1": 2.0, "A2": 2.0}] * 2, sd=1.0) for name in "pq"}
    found = move(BEFORE, AFTER, noisy)  # nothing but noise, 1/20 each time, is less than nothing
    assert (found.city, found.schools, found.criteria) == pytest.approx((0, -0.1, 0))


def test_schools_of_other_criteria_make_no_move():
    """No criterion in common: not even the whole is comparable."""
    schools = {name: school({"A1": 2.0}, {"A2": 3.0}) for name in "pq"}
    assert comparable(schools["p"], BEFORE, AFTER) == {}
    assert move(BEFORE, AFTER, schools) is None
    unknown = {name: school({"A1": 2.0}, {"A1": 3.0}, sd=float("nan")) for name in "pq"}
    for rounds in unknown.values():
        for things in rounds.values():
            things["", ""] = things["", ""]._replace(sd=0.0)
    assert move(BEFORE, AFTER, unknown) == CityStep(1.0, 0.0, 0.0)  # nothing tells of the criteria's noise


def test_drift_takes_a_move_and_no_variance_below_nothing():
    moves = [CityStep(0.1, 0.04, -0.02), CityStep(0.2, 0.02, 0.01), CityStep(0.3, 0.03, -0.02)]
    assert drift([], 1.0) is None
    found = drift(moves, 1.0)
    assert (found.school_sd, found.criterion_sd) == pytest.approx((0.03**0.5, 0))


def test_the_citys_next_move_is_students_t():
    """Three moves of mean 0.2 and standard deviation 0.1: a spread of 0.1 root(4/3), t(2) = 4.303 at 97.5 %."""
    city_moves = Drift(np.array([0.1, 0.2, 0.3]), 0.0, 0.0).of_city(np.random.default_rng(1))
    assert len(city_moves) == DRAWS
    assert np.mean(np.abs(city_moves - 0.2) < 4.303 * 0.1 * (4 / 3) ** 0.5) == pytest.approx(0.95, abs=0.03)
    assert np.median(city_moves) == pytest.approx(0.2, abs=0.02)


def test_few_moves_are_taken_together_with_what_is_usual():
    """Two moves, 0.1 to each side of 0.2, and three as usual (0.1 of a third of the scale, which is 2): of four degrees
    of freedom, the squares 0.02 and 3 x 0.04."""
    two = drift([CityStep(0.1, 0.0, 0.0), CityStep(0.3, 0.0, 0.0)], 2.0)
    drawn = two.of_city(np.random.default_rng(1))
    spread = ((0.02 + 3 * 0.04) / 4 * 1.5) ** 0.5
    assert np.mean(np.abs(drawn - 0.2) < 2.776 * spread) == pytest.approx(0.95, abs=0.03)
    one = drift([CityStep(0.2, 0.0, 0.0)], 2.0).of_city(np.random.default_rng(1))
    assert np.mean(np.abs(one - 0.2) < 3.182 * (0.04 * 2) ** 0.5) == pytest.approx(0.95, abs=0.03)


def test_where_schools_stand_without_noise_is_where_they_are():
    schools = [school({"A1": 2.0, "A2": 2.6}, {}), school({"A1": 3.0, "A2": 3.0}, {})]
    things = [("a", "A1"), ("a", "A2")]
    for found, wanted in zip(presents(schools, BEFORE, things), ([2.0, 2.6], [3.0, 3.0]), strict=True):
        assert found.stands == pytest.approx(wanted)
        assert (found.level_weight, *found.weight) == (1, 1, 1)


def test_schools_that_only_chance_tells_apart_stand_together():
    """Means 2.4 and 2.6 with errors of 1 / root 20 = 0.22: all of it is chance."""
    schools = [school({"A1": 2.4, "A2": 2.4}, {}, sd=1.0), school({"A1": 2.6, "A2": 2.6}, {}, sd=1.0)]
    for found in presents(schools, BEFORE, [("a", "A1"), ("a", "A2")]):
        assert found.stands == pytest.approx([2.5, 2.5])
        assert found.level_weight == 0


def test_next_means_are_where_it_stands_and_how_the_city_moves_and_who_answers():
    present = presents([school({"A1": 2.0, "A2": 2.6}, {}), school({"A1": 3.0, "A2": 3.0}, {})], BEFORE,
                       [("a", "A1"), ("a", "A2")])[0]  # fmt: skip
    chance = np.random.default_rng(3).normal(0, 0.2, (DRAWS, 1))
    resampled = present.mean + np.hstack([chance, chance])
    still = Drift(np.zeros(3), 0.0, 0.0)
    found = next_means(present, still, resampled, np.full(DRAWS, 0.1), np.random.default_rng(1))
    # All that is known of it comes from as many answers as will be given: twice the variance.
    assert found == pytest.approx(np.array([2.1, 2.7]) + 2**0.5 * np.hstack([chance, chance]), abs=1e-6)
    found = next_means(present, Drift(np.zeros(3), 0.3, 0.1), resampled * 0 + present.mean, np.zeros(DRAWS),
                       np.random.default_rng(1))  # fmt: skip
    assert found.std(axis=0) == pytest.approx([0.1**0.5] * 2, rel=0.1)
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(0.9, abs=0.03)


@pytest.mark.parametrize("few, foretold", [(4, True), (5, False)])
def test_nothing_is_foretold_where_most_figures_rest_on_few_answers(tmp_path, few, foretold):
    """Of eight schools so many have nineteen answers in each round."""
    counts, small = city(ONE, range(2018, 2024), STARTS), [*STARTS][:few]
    high = {school: round((STARTS[school] - 2) / 2 * 19) for school in small}
    of_few = [
        count._replace(levels=(0, 19 - high[school], 0, high[school]))
        if (school := count.round.school) in small
        else count
        for count in counts
    ]
    assert (("one", 2024) in forecasts(tmp_path, [ONE], of_few)) is foretold
    view = Store(tmp_path / "store").current()
    assert rests_on_few(view, Viewer("test", None), "one", 2023) is not foretold
