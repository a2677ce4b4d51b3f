"""The dialogue's page: what it answers, and the figure that it suggests that a goal starts from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.model.frameworks import Goal
from pages.talks.dialogue import editor as dialogue_editor
from pages.talks.dialogue.standing import answer, year_figures
from pages.ui.content import Ask
from tests.maturity.worlds import Counts, SchoolRound, World, framework_of, publish
from tests.pages.reading import said, unfolded

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
    told = answer(ask, ABOUT, {"held": held}, TODAY)
    assert told.startswith(f"The 2025 dialogue with Basaltskolan {said}. Nothing has been agreed yet.")


def test_the_years_figures_say_what_is_next(ask):
    framework = ask.catalogue.framework(ABOUT[1])
    before = year_figures(ask, framework, ABOUT, {}, date(2026, 1, 31))
    assert [(figure.value, figure.note) for figure in before] == [
        ("no day yet", "write the day below"),
        ("February", "0 goals so far"),
        ("January 2026", "to come"),
    ]
    saved = {"held": "2025-02-10", "a1.status": "done", "a2.status": "agreed"}
    after = year_figures(ask, framework, ABOUT, saved, date(2026, 2, 1))
    assert [figure.note for figure in after] == ["held", "2 goals so far", "the month is over", "1 still open"]
    assert after[-1].value == "1 of 2"


def test_the_brief_is_folded_and_drawn_when_it_is_opened_and_its_files_are_there_at_once(open_demo):
    app = open_demo("dialog", school="basaltskolan", lang="en")
    assert not app.exception and "Three questions" not in said(app)
    offered = [button.proto.label for button in app.get("download_button")]
    assert sorted(offered) == [f"Download {kind}" for kind in ("JSON", "PDF", "Word")]
    app = unfolded(app)
    assert not app.exception and "Three questions" in said(app)
    assert [button.proto.label for button in app.get("download_button")] == offered


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
