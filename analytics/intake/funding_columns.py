"""What the columns of the funding kinds hold: each field of a row, its column, and what its words stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from analytics.intake.amounts import amount, plan, rate
from analytics.intake.columns import Check
from analytics.intake.countries import country
from analytics.intake.days import report_year
from analytics.intake.nearest import nearest
from analytics.intake.numbers import whole_number
from analytics.intake.register import NUMBERED_NAME
from analytics.intake.schools import SCHOOL_ID
from analytics.intake.trouble import Trouble
from analytics.intake.vocabulary import Cells, plain, several_of
from analytics.model.funding import (
    BudgetGoal,
    Certainty,
    Currency,
    Direction,
    Funding,
    Project,
    Question,
    Role,
    Scope,
    Sector,
)
from analytics.words.language import Words

LISTED = 10  # known projects in a hint


class Known:
    """The projects and goals there will be: the register's, and those of the rows told so far in this call."""

    def __init__(self, known: Funding, rows: Iterable[Any]):
        rows = list(rows)
        projects = (*known.projects, *(row for row in rows if isinstance(row, Project)))
        self.titles = {project.id: project.title for project in projects}
        goals = (*known.goals, *(row for row in rows if isinstance(row, BudgetGoal)))
        self.goals = {goal.number: goal for goal in goals}

    def goals_named(self, name: str) -> set[int]:
        """The numbers of the goals with this name, in either language."""
        return {g.number for g in self.goals.values() if plain(name) in (plain(g.title_sv), plain(g.title_en))}


def explanations(check: Check, known: Known) -> dict[str, tuple[str, Callable[[str], Any]]]:
    """Each field of the kind's row -> the column it stands in and what its words stand for."""
    say, register, cells = check.say, check.register, Cells(check.say)
    project = ("project_id", lambda word: _project(word, known, say))
    match check.kind.name:
        case "budget_goals":
            return {
                "number": ("number", lambda word: _goal_number(word, say)),
                "title_sv": ("title_sv", cells.stated),
                "title_en": ("title_en", cells.text),
            }
        case "projects":
            return {
                "id": ("project_id", lambda word: _id(word, say)),
                "title": ("title", cells.stated),
                "programme": ("programme", cells.stated),
                "start": ("start", cells.stated_day),
                "end": ("end", cells.stated_day),
                "action": ("action", cells.text),
                "role": ("role", cells.word(Role)),
                "lead_country": ("lead_country", lambda word: country(word, say) if word else None),
                "budget_goal": ("budget_goal", lambda word: _goal(word, known, say)),
                "networks": ("networks", cells.text),
                "sectors": ("sectors", lambda word: several_of(Sector, word, say)),
                "plan": ("plan", lambda word: plan(word, say)),
                "note": ("note", cells.text),
            }
        case "budgets":
            return {
                "project_id": project,
                "scope": ("scope", cells.stated_word(Scope)),
                "currency": ("currency", cells.stated_word(Currency)),
                "unit": ("unit", cells.text),
                "certainty": ("certainty", cells.word(Certainty, Certainty.EXACT)),
                "rate": ("rate", lambda word: rate(word, say)),
                "rate_date": ("rate_date", cells.day),
                "rate_basis": ("rate_basis", cells.text),
            }
        case "payments":
            return {
                "project_id": project,
                "report_year": ("report_year", lambda word: report_year(word, say)),
                "unit": ("unit", cells.stated),
                "amount_sek": ("amount_sek", lambda word: amount(word, Currency.SEK, say, negative=True)),
                "paid_until": ("paid_until", cells.day),
                "note": ("note", cells.text),
            }
        case "partners":
            return {
                "project_id": project,
                "country": ("country", lambda word: country(word, say)),
                "place": ("place", cells.text),
                "organisation": ("organisation", cells.text),
                "sector": ("sector", cells.word(Sector)),
            }
        case "participants":
            return {"project_id": project, "school_id": ("school", register.school)}
        case "visits":
            return {
                "project_id": project,
                "year": ("year", lambda word: report_year(word, say)),
                "direction": ("direction", cells.stated_word(Direction)),
                "place": ("place", cells.text),
                "persons": ("persons", check.count),
            }
    return {
        "year": ("year", lambda word: report_year(word, say)),
        "question": ("question", cells.stated_word(Question)),
        "text": ("text", cells.stated),
    }


def _id(word: str, say: Words) -> str | Trouble:
    if SCHOOL_ID.fullmatch(word):
        return word
    problem = say("The project id has spaces or separators in it.") if word else say("The project id is missing.")
    return Trouble(problem, say("Use letters, digits and hyphens, and the same id every year."))


def _project(word: str, known: Known, say: Words) -> str | Trouble:
    if word in known.titles:
        return word
    if not word:
        return Trouble(say("The project id is missing."), say("Give the id that the project has in the register."))
    if not known.titles:
        return Trouble(say("The project is not known: no projects are loaded."), say("Load a file of projects first."))
    near = nearest(word, [*known.titles, *known.titles.values()])
    if not near:
        listed = ", ".join(sorted(known.titles)[:LISTED])
        return Trouble(say("The project is not known."), say("Known projects are, among others: {ids}.", ids=listed))
    id_ = next((i for i, title in known.titles.items() if near in (i, title)), near)
    return Trouble(say("The project is not known."), say("The nearest is {project}.", project=id_))


def _goal_number(word: str, say: Words) -> int | Trouble:
    number = whole_number(word)
    good = number is not None and 1 <= number <= 99
    return number if good else Trouble(say("This is no goal's number."), say("Write 1, 2, 3 and so on."))


def _goal(word: str, known: Known, say: Words) -> int | Trouble | None:
    """A goal by its number, its name in either language, or both: "3. En stad för barn och unga"."""
    if not word:
        return None
    number, numbered = whole_number(word), NUMBERED_NAME.fullmatch(word.strip())
    if number is not None:
        found = {number} & known.goals.keys()
    elif numbered:
        found = known.goals_named(numbered[2]) & {int(numbered[1][:9])}
    else:
        found = known.goals_named(word)
    if len(found) == 1:
        return found.pop()
    titles = {goal.number: goal.title_sv if say.language == "sv" else goal.title_en for goal in known.goals.values()}
    listed = "; ".join(f"{number} {title}" for number, title in titles.items())
    hint = say("The goals are: {goals}.", goals=listed or "-")
    if found:
        return Trouble(say("Several budget goals are called that."), hint)
    return Trouble(say("The budget goal is not known."), hint)
