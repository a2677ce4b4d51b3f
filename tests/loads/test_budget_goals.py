"""A store has one city's budget goals: a list of them takes the place of the one there is, or is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.intake.parsed import ParsedRow
from analytics.loads.budget_goals import check_that_goals_stay
from analytics.loads.placing import of_files
from analytics.model.funding import BudgetGoal, Funding
from analytics.model.provenance import Provenance
from analytics.registers.funding import BUDGET_GOALS
from analytics.store.registers import Registers
from analytics.store.rows import KeptRow
from analytics.words.language import words
from tests.funding.worlds import project

SAY = words("en")
MALMO = tuple(BudgetGoal(n, f"Malmös {n}", f"Malmö's {n}", "Malmö stad") for n in (1, 2, 3))
LUND = tuple(BudgetGoal(n, f"Lunds {n}", f"Lund's {n}", "Lunds kommun") for n in (1, 2))
NEXT = replace(MALMO[0], number=21, title_sv="Malmös nästa", valid_from=2019)
KNOWN = Funding(goals=MALMO, projects=(project("hav", budget_goal=3), project("fri", budget_goal=None)))


def told(*rows):
    return [ParsedRow(row, "mål.csv", at, Provenance.IMPORTED) for at, row in enumerate(rows, 1)]


def problems(known, *rows):
    return [(p.column, p.value, p.problem) for p in check_that_goals_stay(told(*rows), known, SAY)]


def test_a_list_takes_the_place_of_all_goals_there_are():
    before = Registers({"budget_goals": tuple(KeptRow(str(goal.number), goal) for goal in MALMO)})
    after = of_files(before, told(*LUND), lambda _: False, Provenance.IMPORTED, 2)
    assert tuple(kept.row for kept in after.of(BUDGET_GOALS)) == LUND
    assert not problems(Funding(goals=MALMO), *LUND)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((*MALMO, NEXT), []),
        (LUND, [("number", "3", "The goal is not in the file, and 1 project counts towards it.")]),
        ((*LUND, replace(LUND[0], number=3)),
         [("number", "3", "It would be another city's goal, and 1 project counts towards “Malmös 3”.")]),
        ((*LUND, replace(LUND[0], number=3), project("hav", budget_goal=3)), []),
        ((*MALMO, LUND[0]), [("city", "Lunds kommun", "A store has one city's budget goals.")]),
    ],
)  # fmt: skip
def test_no_project_is_counted_towards_another_goal_than_it_was(rows, found):
    assert problems(KNOWN, *rows) == found


def test_a_goal_is_in_force_in_its_years():
    assert [year for year in (2018, 2019, 2050) if NEXT.in_force(year)] == [2019, 2050]
    assert replace(NEXT, valid_to=2022).in_force(2022) and not replace(NEXT, valid_to=2022).in_force(2023)
    assert MALMO[0].in_force(1995), "whatever the year, where nobody has said"
