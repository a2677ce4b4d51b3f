"""The rule crossed with how sure it is, and what stands in the way."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analytics.maturity.readiness import in_the_way, standing
from analytics.model.figures import Standing


def cell(criterion: str, ready: float | None, mean: float | None, goal_met: bool | None = False) -> SimpleNamespace:
    return SimpleNamespace(criterion=criterion, ready=ready, mean=mean, goal_met=goal_met)


def named(*cells: SimpleNamespace) -> list[str]:
    return [found.criterion for found in in_the_way(cells)]


@pytest.mark.parametrize(
    ("outcome", "ready", "shown", "expected"),
    [
        ("met", 0.95, 25, Standing.MET_SURE),
        ("met", 0.94, 25, Standing.MET_LIKELY),
        ("met", 0.79, 25, Standing.MET_EVEN),
        ("met", 0.17, 25, Standing.MET_BARELY),
        ("not_met", 0.23, 25, Standing.NOT_MET_NEAR),
        ("not_met", 0.19, 25, Standing.NOT_MET),
        ("not_met", 0.19, 20, Standing.NOT_MET),
        ("cannot_tell", 0.99, 20, Standing.CANNOT_BE_TOLD),
        ("cannot_tell", 0.01, 20, Standing.CANNOT_BE_TOLD),
        ("cannot_tell", None, 0, None),
    ],
)
def test_the_rule_decides_what_is_met_and_the_share_how_sure_that_is(outcome, ready, shown, expected):
    assert standing(SimpleNamespace(outcome=outcome, ready=ready, shown=shown, asked=25)) is expected


def test_less_than_a_per_cent_of_the_draws_decides_nothing():
    assert named(cell("A", 0.0010, 2.6), cell("B", 0.0040, 2.2), cell("C", 0.03, 2.1)) == ["B", "A"]
    assert named(cell("A", 0.30, 2.9), cell("B", 0.05, 2.95)) == ["B", "A"]


def test_what_is_sure_or_hidden_stands_in_nobodys_way():
    assert named(cell("A", 0.95, 3.2, True), cell("B", None, None, None), cell("C", 0.94, 3.1, True)) == ["C"]


def test_a_criterion_with_too_few_answers_for_a_share_is_there_if_it_misses_the_goal():
    """Beside it shares cannot order the others, so means do."""
    assert named(cell("A", 0.4, 2.9), cell("B", None, 2.5), cell("C", None, 3.1, True)) == ["B", "A"]
    assert named(cell("A", None, 3.1, True)) == []
