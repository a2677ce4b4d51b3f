"""What a version took away of the register: each project that went, with what went with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from analytics.model.funding import MoneyKind
from analytics.registers.funding import BUDGETS, PARTICIPANTS, PARTNERS, PAYMENTS, PROJECTS, VISITS
from analytics.store.history import read_changes
from analytics.store.reading import View
from analytics.words.language import Words, true_minus

HAS_HISTORY = "select 1 from duckdb_tables() where table_name = 'register_change'"


@dataclass(frozen=True, slots=True)
class RemovedProject:
    """A project that was taken away, and what went with it: how many rows of each kind that had any, and what what
    was spent in it, on balance."""

    id: str
    title: str
    rows: tuple[tuple[str, int], ...]
    paid_sek: Decimal


def removed_projects(view: View) -> tuple[RemovedProject, ...]:
    """The projects that went in the version itself. Of one that an earlier edition of the program made nobody knows."""
    if not view.rows(HAS_HISTORY):
        return ()
    where = "version = ? and field = '' and after is null and project_id is not null"
    gone = [entry.change for entry in read_changes(view, where, [view.number])]
    found = []
    for project in (change for change in gone if change.kind == PROJECTS.name):
        hung = [c for c in gone if c.project_id == project.project_id and c.kind != PROJECTS.name]
        paid = (Decimal(c.texts["amount_sek"]) for c in hung if c.kind == PAYMENTS.name and _spent(c.texts))
        rows = Counter(change.kind for change in hung)
        told = tuple((kind, rows[kind]) for kind in WORDS if rows[kind])
        found.append(RemovedProject(project.project_id or "", project.texts["title"], told, sum(paid, Decimal(0))))
    return tuple(found)


def _spent(texts: Mapping[str, str]) -> bool:
    """What has no kind is of an edition that knew no other."""
    return texts.get("kind", MoneyKind.SPENT) == MoneyKind.SPENT


WORDS: dict[str, Callable[[int, Words], str]] = {
    PAYMENTS.name: lambda n, say: say.plural("{n} payment", "{n} payments", n),
    BUDGETS.name: lambda n, say: say.plural("{n} budget", "{n} budgets", n),
    PARTNERS.name: lambda n, say: say.plural("{n} partner", "{n} partners", n),
    PARTICIPANTS.name: lambda n, say: say.plural("{n} participating school", "{n} participating schools", n),
    VISITS.name: lambda n, say: say.plural("{n} study visit", "{n} study visits", n),
}
"""How many rows of a kind went, in words; the money first."""


def in_words(gone: RemovedProject, say: Words) -> str:
    """The project Havet was taken away, with 3 payments (SEK 12 345.00), 2 budgets and 1 partner."""
    if not gone.rows:
        return say("The project {title} was removed.", title=gone.title)
    told = []
    for kind, n in gone.rows:
        rows = WORDS[kind](n, say)
        if kind == PAYMENTS.name:
            amount = say("SEK\N{NO-BREAK SPACE}{amount}", amount=true_minus(say.number(gone.paid_sek)))
            rows = f"{rows} ({amount})"
        told.append(rows)
    return say("The project {title} was removed, with {rows}.", title=gone.title, rows=say.listing(told))
