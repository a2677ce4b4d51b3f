"""The projects of a list that others publish, one by one, and whether what somebody says of them is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.intake.columns import SheetCheck
from analytics.intake.outside.project_choice import ProjectChoice
from analytics.intake.outside.project_files import AFTER_COUNTRY, BETWEEN
from analytics.intake.register import folded
from analytics.model.errors import Problem
from analytics.model.funding import Currency

NOTHING = ("", "0", "0.0", "0.00", "0,00")
NAMED = 10  # organisations, in a hint


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A project as the list has it. `own`: which of its organisations are the city's, as (country, name)."""

    at: int
    id: str
    title: str
    coordinator: tuple[str, str]
    partners: tuple[tuple[str, str], ...]
    grant: str
    currency: Currency
    own: frozenset[tuple[str, str]]

    @property
    def organisations(self) -> tuple[tuple[str, str], ...]:
        return (self.coordinator, *self.partners)


def listed_projects(check: SheetCheck, choice: ProjectChoice) -> list[ListedProject]:
    """Every project of the list."""
    names = ("project_id", "title", "coordinator", "coordinator_country", "partners", "grant_eur", "grant_sek")
    columns = (check.texts(name).to_pylist() for name in names)
    called = set(map(folded, choice.called))
    found = []
    for at, (id_, title, coordinator, country, partners, eur, sek) in enumerate(zip(*columns, strict=True)):
        lead = (country, coordinator)
        others = tuple(_organisation(part) for part in partners.split(BETWEEN) if part)
        own = frozenset(one for one in (lead, *others) if folded(one[1]) in called)
        grant, currency = (sek, Currency.SEK) if sek not in NOTHING else (eur, Currency.EUR)
        found.append(ListedProject(at, id_, title, lead, others, grant, currency, own))
    return found


def _organisation(part: str) -> tuple[str, str]:
    country, _, name = part.partition(AFTER_COUNTRY)
    return country.strip(), name.strip()


def ask_which(check: SheetCheck, listed: Sequence[ListedProject]) -> None:
    """Nobody has said which are the city's."""
    say = check.say
    text = say.plural("The list has {n} project.", "The list has {n} projects.", len(listed))
    hint = say(
        "Say what the city is called there, or which projects are its. With the command: --called NAME, --project ID."
    )
    check.problems.append(Problem(check.sheet.file, None, check.heading("project_id"), None, text, hint))


def check_that_all_are_there(check: SheetCheck, choice: ProjectChoice, listed: Sequence[ListedProject]) -> None:
    """Every name and id that somebody says must be in the list: a slip would leave projects out unseen."""
    say, ids = check.say, {one.id for one in listed}
    names = {folded(name) for one in listed for _, name in one.organisations}
    for id_ in sorted(choice.named - ids):
        text, hint = say("The list has no such project."), say("Check the id, letter by letter.")
        check.problems.append(Problem(check.sheet.file, None, check.heading("project_id"), id_, text, hint))
    for name in choice.called:
        if folded(name) not in names:
            text = say("No organisation in the list is called that.")
            like = sorted(n for n in names if folded(name)[:4] and n.startswith(folded(name)[:4]))[:NAMED]
            hint = say("Some that begin alike: {names}.", names=", ".join(like) or "-")
            check.problems.append(Problem(check.sheet.file, None, check.heading("coordinator"), name, text, hint))
