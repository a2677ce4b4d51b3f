"""A store has one city's budget goals: a list of them takes the place of the one there is, or is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from analytics.funding.report import report
from analytics.intake.parsed import ParsedRow
from analytics.loads.budget_goals import check_that_goals_stay
from analytics.loads.placing import of_files
from analytics.model.funding import BudgetGoal, Funding, Payment
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


def test_a_payment_keeps_its_goal_too():
    """It may count towards another than its project does."""
    paid = replace(KNOWN, payments=(Payment("fri", 2018, "Skolan", Decimal(5), budget_goal=2),))
    lost = [("number", "2", "The goal is not in the file, and 1 project counts towards it.")]
    assert problems(paid, MALMO[0], MALMO[2]) == lost
    assert problems(paid, MALMO[0], MALMO[2], Payment("fri", 2018, "Skolan", Decimal(5))) == []


def test_a_goal_is_in_force_in_its_years():
    assert [year for year in (2018, 2019, 2050) if NEXT.in_force(year)] == [2019, 2050]
    assert replace(NEXT, valid_to=2022).in_force(2022) and not replace(NEXT, valid_to=2022).in_force(2023)
    assert MALMO[0].in_force(1995), "whatever the year, where nobody has said"


def test_a_report_lists_the_goals_of_its_year_and_those_that_were_paid_under():
    goals = (replace(MALMO[2], valid_to=2018), NEXT, replace(NEXT, number=22, valid_from=2030))
    known = Funding(
        goals=goals, projects=(project("hav", budget_goal=3),), payments=(Payment("hav", 2019, "Skolan", Decimal(100)),)
    )
    found = {year: [(g.goal.number, g.amount_sek) for g in report(known, year, SAY).by_goal] for year in (2018, 2019)}
    assert found == {2018: [(3, 0)], 2019: [(3, 100), (21, 0)]}
