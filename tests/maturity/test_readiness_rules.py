"""The rule crossed with how sure it is, and what stands in the way."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analytics.maturity.readiness import in_the_way, is_punished, standing, there_verdict
from analytics.model.figures import Standing, Verdict


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
    of = SimpleNamespace(outcome=outcome, ready_low=ready, ready_high=ready, shown=shown, asked=25)
    assert standing(of) is expected


@pytest.mark.parametrize(
    ("low", "high", "shown", "expected"),
    [
        (0.96, 0.99, 25, Verdict.REACHED),
        (0.94, 0.96, 25, Verdict.CANNOT_TELL),  # what is assumed decides it
        (0.80, 0.94, 25, Verdict.LIKELY),
        (0.02, 0.19, 25, Verdict.NOT_YET),
        (0.19, 0.21, 25, Verdict.CANNOT_TELL),
        (0.97, 0.97, 24, Verdict.CANNOT_TELL),  # what is hidden may miss
        (0.01, 0.01, 24, Verdict.NOT_YET),
        (None, None, 0, None),
    ],
)
def test_whether_a_school_is_there_is_told_where_all_that_is_assumed_says_so(low, high, shown, expected):
    assert there_verdict(SimpleNamespace(there_low=low, there_high=high, shown=shown, asked=25)) is expected


def test_a_rule_that_few_answers_alone_break_is_said_to_punish():
    for there, ready, wanted in ((0.9, 0.4, True), (0.65, 0.4, True), (0.5, 0.4, False), (0.0, 0.1, False)):
        assert is_punished(SimpleNamespace(there=there, ready=ready)) == wanted
    assert not is_punished(SimpleNamespace(there=None, ready=None))


def test_less_than_a_per_cent_of_the_draws_decides_nothing():
    assert named(cell("A", 0.0010, 2.6), cell("B", 0.0040, 2.2), cell("C", 0.03, 2.1)) == ["B", "A"]
    assert named(cell("A", 0.30, 2.9), cell("B", 0.05, 2.95)) == ["B", "A"]


def test_what_is_sure_or_hidden_stands_in_nobodys_way():
    assert named(cell("A", 0.95, 3.2, True), cell("B", None, None, None), cell("C", 0.94, 3.1, True)) == ["C"]


def test_a_criterion_with_too_few_answers_for_a_share_is_there_if_it_misses_the_goal():
    """Beside it shares cannot order the others, so means do."""
    assert named(cell("A", 0.4, 2.9), cell("B", None, 2.5), cell("C", None, 3.1, True)) == ["B", "A"]
    assert named(cell("A", None, 3.1, True)) == []
