"""Whether a list of budget goals may take the place of the one there is: the goals of one city, with all that projects
count towards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from analytics.intake.parsed import ParsedRow, key_of
from analytics.intake.raw import shown
from analytics.model.errors import Problem
from analytics.model.funding import BudgetGoal, Funding, Payment, Project
from analytics.registers.kinds import KIND_OF
from analytics.words.language import Words


def check_that_goals_stay(told: Sequence[ParsedRow], known: Funding, say: Words) -> Iterator[Problem]:
    """Of a list with several cities' goals, or one that takes a goal away, or makes it another city's of another name,
    that projects count towards."""
    goals = [one for one in told if isinstance(one.row, BudgetGoal)]
    if not goals:
        return
    first, others = goals[0], [one for one in goals if one.row.city != goals[0].row.city]
    for one in others[:1]:
        text, hint = say("A store has one city's budget goals."), say("Keep one city's in the file.")
        yield Problem(one.file, one.at, "city", shown(one.row.city or ""), text, hint)
    hint = say("A file of goals is the whole list. Load the projects too, with the goals that they count towards.")
    now, before = {one.row.number: one for one in goals}, {goal.number: goal for goal in known.goals}
    for number, projects in sorted(_counted_towards(told, known).items()):
        old, new = before.get(number), now.get(number)
        count = say.plural("{n} project counts", "{n} projects count", len(projects))
        if new is None:
            text = say("The goal is not in the file, and {projects} towards it.", projects=count)
            yield Problem(first.file, None, "number", str(number), text, hint)
        elif old and new.row.city != old.city and new.row.title_sv != old.title_sv:
            text = say(
                "It would be another city's goal, and {projects} towards “{title}”.",
                projects=count, title=old.title_sv,
            )  # fmt: skip
            yield Problem(new.file, new.at, "number", str(number), text, hint)


def _counted_towards(told: Sequence[ParsedRow], known: Funding) -> dict[int, set[str]]:
    """The store's projects that count towards each goal, by themselves or by a payment, but for what the files tell
    anew."""
    coming = {
        key_of(one.row, KIND_OF[type(one.row)].replaces) for one in told if isinstance(one.row, Project | Payment)
    }
    found: dict[int, set[str]] = defaultdict(set)
    for row in (*known.projects, *known.payments):
        if row.budget_goal is not None and key_of(row, KIND_OF[type(row)].replaces) not in coming:
            found[row.budget_goal].add(row.id if isinstance(row, Project) else row.project_id)
    return found
