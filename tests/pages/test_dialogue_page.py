"""The dialogue's page: what it answers, and the figure that it suggests that a goal starts from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.model.frameworks import Goal
from pages.talks.dialogue import editor as dialogue_editor
from pages.talks.dialogue import page as dialogue
from pages.ui.content import Ask
from tests.maturity.worlds import Counts, SchoolRound, World, framework_of, publish

ABOUT = ("basaltskolan", "vebs-2022", 2025)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("2035-12-01", "is planned for 1 December 2035"),
        ("2026-11-23", "is planned for 23 November 2026"),
        ("2026-11-22", "was held on 22 November 2026"),
        ("2025-02-10", "was held on 10 February 2025"),
    ],
)
def test_a_dialogue_whose_day_is_to_come_is_planned_and_not_held(ask, held, said):
    framework = ask.catalogue.framework(ABOUT[1])
    answer = dialogue._answer(ask, framework, ABOUT, {"held": held}, TODAY)
    assert answer.startswith(f"The dialogue 2025 with Basaltskolan {said}. Nothing is agreed yet.")


EDGE = {
    "share": (Goal(3, "share", 0.5), (33, 30, 32, 30), "0.49", "49.6%"),
    "mean": (Goal(3), (1, 0, 499, 0), "2.99", "2.996"),
}


@pytest.mark.parametrize("statistic", EDGE)
def test_a_goal_starts_below_where_it_leads(ask, tmp_path, statistic):
    """Saving a goal that is no higher than where it starts is refused: what is suggested must not be."""
    goal, levels, start, named = EDGE[statistic]
    framework = framework_of("edge", {"all": ("A1", "A2")}, goal=goal)
    round_ = SchoolRound("edge", 2022, "s0")
    world = World((framework,), ("s0",))
    world.counts += [Counts(round_, "A1", levels), Counts(round_, "A2", (0, 0, 0, 20))]
    view = publish(world, tmp_path)
    cells = dialogue_editor.cells_of(replace(ask, view=view), "s0", "edge", 2022)
    assert dialogue_editor.start_text(cells["A1"], framework) == start
    assert float(start) < dialogue_editor.goal_value(framework)
    assert dialogue_editor._titled(ask, framework, cells, "A1") == f"A1 on A1 ({named})"
    at_it = dialogue_editor.start_text(cells["A2"], framework)
    assert at_it == {"share": "1", "mean": "4"}[statistic]
    assert dialogue_editor.start_text(None, framework) == ""
