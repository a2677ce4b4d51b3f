"""A list of projects that others publish -> sheets of projects, budgets and partners, to be checked as any are.

Only projects that the register does not have are taken: what somebody has written there of their shares, days and units
would be lost under a list that knows nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from analytics.intake.amounts import SAID_CURRENCY
from analytics.intake.columns import SheetCheck
from analytics.intake.outside.listed_projects import (
    NOTHING,
    ListedProject,
    ask_which,
    check_that_all_are_there,
    listed_projects,
)
from analytics.intake.outside.project_choice import ProjectChoice
from analytics.intake.raw import cleaned, shown, text_column
from analytics.intake.readers import TextTable
from analytics.intake.register import folded
from analytics.intake.word_problem import WordProblem
from analytics.model.funding import Currency, Funding, Role, Scope
from analytics.registers.field import RowKind
from analytics.registers.funding import BUDGETS, PARTNERS, PROJECTS

NAMED = 10  # of projects, in a sentence
Cells = dict[str, str]


def sheets_of_list(check: SheetCheck, choice: ProjectChoice, known: Funding) -> list[tuple[TextTable, RowKind]]:
    """The sheets of the projects that are the city's and new; what is wrong goes to the check's problems."""
    listed = listed_projects(check, choice)
    meant = [one for one in listed if one.own or one.id in choice.named]
    if not (choice.called or choice.named):
        ask_which(check, listed)
        return []
    check_that_all_are_there(check, choice, listed)
    there = {project.id for project in known.projects}
    titles = {folded(project.title): project.id for project in known.projects}
    told = {kind: [] for kind in (PROJECTS, BUDGETS, PARTNERS)}
    notes = defaultdict(list)
    for one in meant:
        if one.id in there:
            notes["there"].append(one.id)
            if one.id in {*choice.shares, *(id_ for id_, _, _ in choice.unit_shares)}:
                text = check.say("The project is already in the register.")
                hint = check.say("Write its shares there; the list adds nothing to it.")
                check.complain(one.at, "project_id", one.id, WordProblem(text, hint))
        elif one.grant in NOTHING and one.id not in choice.named:
            notes["no_grant"].append(one.id)
        elif folded(one.title) in titles and one.id not in choice.named:
            text = check.say("The register has a project of this title: {id}.", id=titles[folded(one.title)])
            hint = check.say(
                "If it is the same, give the register's the list's id. If not, name it. With the command: --project ID."
            )
            check.complain(one.at, "title", one.title, WordProblem(text, hint))
        else:
            cells = _project(check, one, choice)
            if not _says_enough(check, one, cells):
                continue
            notes["taken"].append(f"{one.title} ({one.id})")
            told[PROJECTS].append((one.at, cells))
            told[BUDGETS] += [(one.at, budget) for budget in _budgets(one, choice)]
            told[PARTNERS] += [(one.at, partner) for partner in _partners(one)]
    check.notes += _notes(check, notes, len(listed) - len(meant))
    return [(_sheet(check, kind, rows), kind) for kind, rows in told.items() if rows]


def _project(check: SheetCheck, one: ListedProject, choice: ProjectChoice) -> Cells:
    def said(name: str) -> str:
        return check.texts(name)[one.at].as_py()

    days = choice.days.get(one.id, ("", ""))
    cells = {name: said(name) for name in ("project_id", "title", "programme", "action", "start", "end")}
    cells |= {name: typed for name, typed in zip(("start", "end"), days, strict=True) if typed}
    role = ""
    if one.own:
        leads = one.coordinator in one.own
        alone = not check.has("partners")  # the project bank knows whose a project is, and nobody else
        role = (Role.OWNER if alone else Role.COORDINATOR if leads else Role.PARTNER).value
    return cells | {
        "programme": cells["programme"] or choice.programme,
        "role": role,
        "lead_country": one.coordinator[0],
    }


def _says_enough(check: SheetCheck, one: ListedProject, cells: Cells) -> bool:
    """Whether the list, or somebody, says what a project in the register must have; else a problem says what is
    missing."""
    say = check.say
    if not (cells["start"] and cells["end"]):
        trouble = WordProblem(
            say("The list does not say when the project runs."),
            say("Say its first and last day, as its agreement has them. With the command: --days ID FIRST LAST."),
        )
    elif not cells["programme"]:
        text = say("The list does not say which programme the project belongs to.")
        trouble = WordProblem(text, say("Say it, for all of the list. With the command: --programme NAME."))
    else:
        return True
    check.complain(one.at, "project_id", one.id, trouble)
    return False


def _budgets(one: ListedProject, choice: ProjectChoice) -> Iterable[Cells]:
    """The whole project's, which Erasmus+ says is what was granted at first; and what somebody says of shares."""
    if one.grant not in NOTHING:
        certainty = "about" if one.currency is Currency.EUR else "exact"
        yield _budget(one, Scope.WHOLE, one.grant) | {"certainty": certainty}
    if one.id in choice.shares:
        yield _budget(one, Scope.OWN, choice.shares[one.id])
    for id_, unit, amount in choice.unit_shares:
        if id_ == one.id:
            yield _budget(one, Scope.UNIT, amount) | {"unit": unit}


def _budget(one: ListedProject, scope: Scope, amount: str) -> Cells:
    """In the list's currency, unless the amount names another."""
    words = amount.casefold().split()
    said = next((SAID_CURRENCY[word] for word in words if word in SAID_CURRENCY), one.currency)
    return {"project_id": one.id, "scope": scope.value, "amount": amount, "currency": said.value}


def _partners(one: ListedProject) -> Iterable[Cells]:
    """The others than the city, where it is said which of them the city is."""
    if one.own and one.partners:
        for country, name in one.organisations:
            if (country, name) not in one.own and name:
                yield {"project_id": one.id, "country": country, "organisation": name}


def _sheet(check: SheetCheck, kind: RowKind, rows: Sequence[tuple[int, Cells]]) -> TextTable:
    headings = tuple(dict.fromkeys(name for _, cells in rows for name in cells))
    columns = tuple(text_column([cleaned(cells.get(heading, "")) for _, cells in rows]) for heading in headings)
    numbers = np.array([int(check.sheet.rows[at]) for at, _ in rows])
    return TextTable(check.sheet.file, check.sheet.sha256, headings, columns, numbers, from_file=True)


def _notes(check: SheetCheck, told: Mapping[str, list[str]], others: int) -> list[str]:
    say = check.say

    def named(key: str) -> str:
        return shown(", ".join(told[key][:NAMED]) + (" …" if len(told[key]) > NAMED else ""))

    texts = {
        "taken": say("New projects: {projects}.", projects=named("taken")),
        "there": say("In the register already, and left as they are: {projects}.", projects=named("there")),
        "no_grant": say("Left out, as the list has no grant of them: {projects}.", projects=named("no_grant")),
    }
    left = say.plural("{n} project of others was left out.", "{n} projects of others were left out.", others)
    return [*(text for key, text in texts.items() if told[key]), *([left] if others else [])]
