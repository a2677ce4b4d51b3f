"""How worked-on criteria moved: by hand, and in made-up worlds where it is known what the work did."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.dialogue.goal_effect import CriterionPair, chosen_criteria_change, goal_criteria_effect
from analytics.model.frameworks import Framework
from analytics.model.schools import Viewer
from analytics.store.reading import Store, View
from analytics.store.reference import read_frameworks
from tests.sampling import sample

EVERYBODY = Viewer("all", None)
WORLDS = 200
PEOPLE_SD = 0.73


@pytest.fixture(scope="module")
def view(demo_store) -> View:
    return Store(demo_store).current()


@pytest.fixture(scope="module")
def framework(view) -> Framework:
    return next(found for found in read_frameworks(view) if found.id == "vebs-2022")


def world(seed: int, effect: float, criteria_sd: float = 0.15) -> list[CriterionPair]:
    """74 schools x 25 criteria, two rounds: true means that drift, and the noise of 6-60 answers in each round. Two
    schools of three work on one to three of their four lowest criteria, which does `effect`."""
    rng, shape = np.random.default_rng(seed), (74, 25)
    true = 2.6 + rng.normal(0, 0.3, (74, 1)) + rng.normal(0, criteria_sd, (1, 25)) + rng.normal(0, 0.15, shape)
    drift = 0.1 + rng.normal(0, 0.08, (74, 1)) + rng.normal(0, 0.05, shape)
    error = PEOPLE_SD / np.sqrt(rng.integers(6, 60, (74, 1)))
    start = true + error * rng.normal(0, 1, shape)
    picked = np.zeros(shape, bool)
    for school in range(74):
        if rng.random() < 2 / 3:
            lowest = np.argsort(start[school])[:4]
            picked[school, rng.choice(lowest, rng.integers(1, 4), replace=False)] = True
    end = true + drift + effect * picked + error * rng.normal(0, 1, shape)
    return [
        CriterionPair(f"school-{s}", f"criterion-{c}", float(start[s, c]), float(end[s, c]), bool(picked[s, c]))
        for s, c in np.ndindex(shape)
    ]


@pytest.mark.long
@pytest.mark.parametrize(("effect", "criteria_sd"), sample([(0.3, 0.15), (0.0, 0.15), (0.0, 0.30)], 2))
def test_the_change_beyond_the_expected_is_what_the_work_did(effect, criteria_sd):
    raw, beyond, covered = [], [], 0
    for seed in range(WORLDS):
        pairs = world(seed, effect, criteria_sd)
        moved, _ = chosen_criteria_change(pairs)
        raw.append(moved.change - np.mean([pair.change for pair in pairs if not pair.worked_on]))
        beyond.append(moved.beyond)
        covered += moved.beyond_low <= effect <= moved.beyond_high
    assert np.mean(raw) > effect + 0.08  # picking what is low looks like an effect
    assert np.mean(beyond) == pytest.approx(effect, abs=0.015)
    assert 0.90 <= covered / WORLDS <= 0.98


@pytest.mark.long
def test_a_real_effect_is_found():
    found = [chosen_criteria_change(world(seed, 0.3))[0].beyond_low > 0 for seed in range(20)]
    assert all(found)


def flat_world(worked: int, others: int = 12) -> list[CriterionPair]:
    """Schools that rise by 0.1 on what they do not work on, and by 0.4, 0.5, 0.6 .. on the one criterion they do."""
    pairs = []
    for school in range(worked):
        for n in range(others):
            start = 2.0 + 0.1 * ((n + school) % 5)
            pairs.append(CriterionPair(f"s{school}", f"c{n}", start, start + 0.1, False))
        pairs.append(CriterionPair(f"s{school}", "c99", 2.2, 2.6 + 0.1 * school, True))
    return pairs


def test_by_hand():
    moved, used = chosen_criteria_change(flat_world(5))
    assert (moved.schools, moved.cells, used) == (5, 5, 5)
    assert moved.change == pytest.approx(0.6)
    assert moved.expected == pytest.approx(0.1)
    assert moved.beyond == pytest.approx(0.5)
    half = 2.776445 * np.std([0.3, 0.4, 0.5, 0.6, 0.7], ddof=1) / np.sqrt(5)  # t of 4 degrees of freedom
    assert (moved.beyond_low, moved.beyond_high) == pytest.approx((0.5 - half, 0.5 + half), abs=1e-5)


def test_four_schools_tell_nothing():
    assert chosen_criteria_change(flat_world(4)) == (None, 4)


def test_a_criterion_that_starts_where_no_other_does_is_left_out():
    pairs = [*flat_world(5), CriterionPair("s0", "c77", 3.9, 3.9, True)]
    moved, used = chosen_criteria_change(pairs)
    assert (moved.cells, used) == (5, 5)


def test_each_school_counts_once():
    pairs = [*flat_world(5), *(CriterionPair("s0", f"c{n}", 2.2, 2.6, True) for n in range(50, 60))]
    assert chosen_criteria_change(pairs)[0].change == pytest.approx(0.6)


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_in_the_demo_nothing_is_left_once_the_start_is_reckoned_with(view, framework, year):
    found = goal_criteria_effect(view, EVERYBODY, framework, year)
    assert found.next_year == year + 1
    assert found.moved.change > found.others.change + 0.05
    assert found.moved.beyond_low < 0 < found.moved.beyond_high
    assert found.moved.start < found.others.start - 0.2
    assert sum(area.worked_on_cells for area in found.areas) == found.moved.cells


def test_the_last_round_has_no_next_one_yet(view, framework):
    assert goal_criteria_effect(view, EVERYBODY, framework, 2025) is None


def test_whoever_may_see_few_schools_is_told_nothing_of_the_others(view, framework):
    few = Viewer("few", frozenset(["agatskolan", "ametistskolan", "zirkonskolan"]))
    found = goal_criteria_effect(view, few, framework, 2023)
    assert found.moved is None and found.others is None
    assert all(area.worked_on is None and area.others is None for area in found.areas)


def test_hidden_cells_are_in_no_figure(view, framework):
    agreed = view.rows("select count(*) from agreement where framework = 'vebs-2022' and year = 2023")[0][0]
    shown = view.rows(
        "select count(*) from agreement a"
        " join cell b using (framework, year, school_id, criterion)"
        " join cell e on e.framework = a.framework and e.year = 2024"
        " and e.school_id = a.school_id and e.criterion = a.criterion"
        " where a.framework = 'vebs-2022' and a.year = 2023 and b.mean is not null and e.mean is not null"
    )[0][0]
    found = goal_criteria_effect(view, EVERYBODY, framework, 2023)
    assert found.moved.cells == shown
    assert found.left_out == agreed - shown > 0
