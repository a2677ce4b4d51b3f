"""Figures side by side that do not say the same, and superlatives: said so that both are true."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.maturity.rounds import school_rounds
from analytics.maturity.trends import school_trends
from analytics.model.figures import Bound, TrendDirection
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from pages.figures.overview.city_round import city_round
from pages.figures.overview.reckoning import reckoning
from pages.figures.overview.sentences import key_figures
from pages.figures.school.comparison import SchoolComparison, compared
from pages.figures.school.consensus import answers_block
from pages.figures.school.criteria import criteria_block
from pages.figures.school.development import development_block
from pages.figures.school.trend import trend_block
from pages.figures.school.trend_and_change import BOTH, reconciled
from pages.shared.parts import LAST
from pages.ui.content import Ask
from tests.pages.reading import words_of

VEBS, YEAR, SCHOOL = "vebs-2022", 2025, "zefyrskolan"
SUPERLATIVE = "is largest on “"


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


@pytest.fixture(scope="module")
def comparison(ask) -> SchoolComparison:
    return compared(ask, VEBS, YEAR, SCHOOL, None, None)


@pytest.fixture(scope="module")
def few(ask) -> str:
    """A school of five to nine answers."""
    return next(row.school_id for row in school_rounds(ask.view, ask.viewer, VEBS, YEAR) if row.responded_band)


def whole_trend(ask: Ask, school: str = SCHOOL):
    return next(row for row in school_trends(ask.view, ask.viewer, school, VEBS) if not row.area and not row.criterion)


@pytest.mark.parametrize("direction", TrendDirection)
@pytest.mark.parametrize("difference, clear", [(0.3, True), (-0.3, True), (0.02, False)])
def test_a_trend_and_a_change_that_differ_are_reconciled_in_one_sentence(ask, comparison, direction, difference, clear):
    trend = replace(whole_trend(ask), direction=direction)
    change = replace(comparison.change_on(WHOLE), difference=difference, clear=clear)
    said = reconciled(trend, change, ask.say)
    way = TrendDirection.UP if difference > 0 else TrendDirection.DOWN
    told = direction in (TrendDirection.UP, TrendDirection.DOWN)
    assert bool(said) == (direction is not way if clear else told)
    if said:
        assert said.count(".") == 1 and said.endswith(".")
        assert all(str(year) in said for year in (trend.first_year, trend.last_year, change.before_year, change.year))
        assert ("higher than" in said) == (clear and difference > 0)
        assert ("lower than" in said) == (clear and difference < 0)


def test_every_way_to_differ_has_a_sentence_and_what_is_not_told_has_none(ask, comparison):
    assert len(BOTH) == 2 + 2 + 4
    assert not reconciled(None, comparison.change_on(WHOLE), ask.say)
    assert not reconciled(whole_trend(ask), None, ask.say)


def test_the_page_says_it_at_the_picture_and_in_the_development(ask, comparison):
    said = reconciled(whole_trend(ask), comparison.change_on(WHOLE), ask.say)
    assert said, "the school of the test rises over the years and not clearly since the round before"
    assert trend_block(ask, comparison, comparison.changes, None).note == said
    assert present(development_block(ask, comparison)).note.startswith(said)


def test_no_share_is_the_largest_where_one_that_is_told_as_a_bound_could_be_larger(ask, comparison):
    told = [cell for cell in comparison.cells.values() if cell.share_at_goal is not None and not cell.share_bound]
    assert len(told) == len(comparison.cells) > 2
    whole = answers_block(ask, comparison).note
    assert whole.startswith("The share that answers Confident or above " + SUPERLATIVE)
    highest = max(told, key=lambda cell: cell.share_at_goal)
    bounded = replace(highest, share_at_goal=0.8, share_bound=Bound.AT_LEAST.value)
    note = answers_block(ask, replace(comparison, cells=comparison.cells | {highest.criterion: bounded})).note
    assert note.startswith(f"Among the {len(told) - 1} of {len(told)} criteria whose share is given exactly")
    title = comparison.framework.criterion(highest.criterion).title.in_("en").rstrip(".")
    assert SUPERLATIVE in note and f"{SUPERLATIVE}{title}”" not in note
    banded = {
        id_: replace(cell, share_at_goal=None, share_band="above_half")
        for id_, cell in comparison.cells.items()
        if id_ != highest.criterion
    }
    assert SUPERLATIVE not in answers_block(ask, replace(comparison, cells=comparison.cells | banded)).note


def test_of_few_answers_the_invited_are_not_told_rather_than_not_known(ask, few):
    note = criteria_block(ask, compared(ask, VEBS, YEAR, few, None, None)).note
    assert "not known" not in note and "With under ten answers nothing is said about this very staff" in note


def test_of_a_city_of_few_the_invited_are_not_told_rather_than_not_known(ask):
    city = city_round(ask, VEBS, YEAR, LAST)
    said = words_of(reckoning(ask, VEBS, YEAR, LAST))
    assert "the number invited is not known" not in said and "at schools with under ten answers" in said
    none = replace(city, round=replace(city.round, invited=None, responded_of_invited=None))
    assert key_figures(ask, none)[-1].note == "how many were invited is not given"
