"""A school is near the goal where it has few criteria left of those that it shows: of a few criteria, few is fewer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analytics.maturity.rounds import round_groups, school_rounds, schools_alike
from analytics.model.figures import GoalOutcome, Standing
from pages.figures.schools import development
from pages.figures.schools import page as schools
from pages.shared.ready_words import few_left, most_left
from pages.talks.certification import page as certification
from pages.talks.certification.lists import Nearness, left, nearness, standing
from tests.bench.nation import Nation, make
from tests.intake.making import SAY
from tests.pages.conftest import ask_of


@pytest.mark.parametrize(
    ("shown", "most"), [(0, 0), (1, 0), (2, 0), (3, 1), (5, 1), (6, 2), (8, 2), (9, 3), (25, 3), (50, 3)]
)
def test_of_three_criteria_a_near_school_has_met_two(shown, most):
    assert most_left(shown) == most


def test_whoever_has_met_none_is_near_by_no_number_of_criteria():
    for shown in range(1, 51):
        assert most_left(shown) < shown and most_left(shown) <= most_left(shown + 1)
        assert most_left(shown) == 0 or shown - most_left(shown) >= 2 * most_left(shown), "two of three are met"


def test_the_sentence_says_the_number_that_it_goes_by():
    assert few_left({}, SAY) == few_left({25: 0}, SAY) == ""
    assert few_left({3: 1}, SAY) == "1 more has one criterion left."
    assert few_left({4: 2, 2: 0}, SAY) == "2 more have one criterion left."
    assert few_left({7: 2}, SAY) == "2 more have at most 2 criteria left."
    assert few_left({3: 4, 25: 1}, SAY) == "5 more have at most 3 criteria left.", "which is true of all of them"


@pytest.mark.parametrize("criteria", [2, 3, 7])
def test_pages_of_a_framework_of_few_criteria(tmp_path, criteria):
    """Before: of three criteria every school that misses any was near."""
    make(Nation(60, years=1, criteria=criteria, staff=30), tmp_path / "store")
    ask = ask_of(tmp_path / "store")["en"]
    of = (ask.view, ask.viewer, "nation", 2025)
    rounds, most = school_rounds(*of), {2: 0, 3: 1, 7: 2}[criteria]
    missed = [row for row in rounds if row.outcome == GoalOutcome.NOT_MET]
    near = [row for row in missed if left(row) <= most]
    far = [row for row in missed if left(row) > most and standing(row) is Standing.NOT_MET]
    assert far and (near or not most), "or nothing is tried here"
    assert {nearness(row) for row in far} == {Nearness.FAR}
    assert {nearness(row) for row in near} <= {Nearness.NEAR}

    framework = ask.catalogue.framework("nation")
    said = few_left({criteria: len(near)}, SAY)
    assert schools._answer(ask, framework, round_groups(*of), "").endswith(said or "on every criterion.")
    surely = few_left({criteria: sum(standing(row) is Standing.NOT_MET for row in near)}, SAY)
    assert certification._in_full(framework, schools_alike(*of), "", SAY).endswith(surely)
    now = SimpleNamespace(rounds={row.school_id: row for row in rounds}, trends={})
    kinds = [development._kinds(now, row.school_id) for row in rounds]
    assert sum(development.NEAR in kind for kind in kinds) == len(near)
    labels = [chip.label for chip in development._chips(now, (), SAY)]
    assert [label for label in labels if label.startswith("Near")] == ([f"Near: at most {most} left"] if most else [])
