"""What budget goals and partners are called."""

from __future__ import annotations

from analytics.model.funding import BudgetGoal, Partner
from analytics.words.language import N_, Words

REMARKS = N_("What does not add up, or is missing")  # over the remarks on a year's report


def goal_title(goal: BudgetGoal, say: Words) -> str:
    """En stad för barn och unga."""
    return goal.title_sv if say.language == "sv" else goal.title_en


def goal_name(goal: BudgetGoal | None, say: Words) -> str:
    """3. En stad för barn och unga."""
    return no_goal(say) if goal is None else f"{goal.number}. {goal_title(goal, say)}"


def no_goal(say: Words) -> str:
    """Under which projects without one are summed."""
    return say("No budget goal")


def partner_name(partner: Partner, say: Words) -> str:
    """Finland (Oulu); a country alone where no more is known."""
    more = ", ".join(text for text in (partner.place, partner.organisation) if text)
    country = say.country(partner.country)
    return f"{country} ({more})" if more else country
