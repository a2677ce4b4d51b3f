"""What a remark on a year's report is, and the one project at a time that is looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from analytics.model.funding import (
    Budget,
    Certainty,
    Currency,
    Funding,
    Participant,
    Partner,
    Payment,
    Project,
    Scope,
    Weight,
)
from analytics.model.remarks import Acknowledgement, RemarkKind
from analytics.words.labels import SCOPE_IN_TEXT
from analytics.words.language import Words, true_minus


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. `where` names the table to mend (projects, budgets, payments, partners, participants, visits,
    narratives). `text` is read under the project's title, `mend` names it. `facts`: the values of the register that it
    stands on, whatever it is worded as. `acknowledged`: who has said of just these facts that they are as they should
    be; `earlier`: who said so of others before, where nobody has of these."""

    kind: RemarkKind
    weight: Weight
    text: str
    mend: str
    where: str
    facts: tuple[object, ...]
    project_id: str | None = None
    acknowledged: Acknowledgement | None = None
    earlier: Acknowledgement | None = None

    @property
    def fingerprint(self) -> str:
        """Of the facts and the weight: the same as long as none of them changes."""
        return sha256(json.dumps([self.weight, *map(_plain, self.facts)]).encode()).hexdigest()[:16]


def _plain(fact: object) -> object:
    """A fact as it is written down: an amount is the same with and without decimals that say nothing."""
    match fact:
        case Decimal():
            return f"{fact.normalize() + 0:f}"
        case date():
            return fact.isoformat()
        case tuple():
            return [_plain(part) for part in fact]
    return fact


def remark_data(remark: Remark) -> dict[str, Any]:
    """A remark for programs: `facts` is the fingerprint; who has acknowledged it, or null where nobody has."""
    return {
        "kind": remark.kind.value,
        "weight": remark.weight.value,
        "text": remark.text,
        "mend": remark.mend,
        "where": remark.where,
        "project_id": remark.project_id,
        "facts": remark.fingerprint,
        "acknowledged": _acknowledgement(remark.acknowledged),
        "acknowledged_before": _acknowledgement(remark.earlier),
    }


def _acknowledgement(one: Acknowledgement | None) -> dict[str, Any] | None:
    """When, by whom and why, in which year's report."""
    if one is None:
        return None
    return {
        "year": one.year,
        "reason": one.reason,
        "by": one.acknowledged_by,
        "on": one.acknowledged_on.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Case:
    """One project with its rows, as a year's report looks at it; `payments` are what was spent, `events` money of
    every kind, both of every year."""

    project: Project
    year: int
    budgets: tuple[Budget, ...]
    payments: tuple[Payment, ...]
    events: tuple[Payment, ...]
    partners: tuple[Partner, ...]
    participants: tuple[Participant, ...]
    school_names: dict[str, str] | None
    say: Words

    @property
    def paid_in_year(self) -> tuple[Payment, ...]:
        return tuple(payment for payment in self.payments if payment.report_year == self.year)

    def remark(
        self, kind: RemarkKind, weight: Weight, text: str, mend: str, where: str, facts: tuple[object, ...]
    ) -> Remark:
        return Remark(kind, weight, text, mend, where, facts, self.project.id)


def case_of(funding: Funding, project: Project, year: int, say: Words) -> Case:
    """The project with what the register says of it."""

    def own(rows: tuple) -> tuple:
        return tuple(row for row in rows if row.project_id == project.id)

    return Case(
        project,
        year,
        own(funding.budgets),
        own(funding.spent),
        own(funding.payments),
        own(funding.partners),
        own(funding.participants),
        funding.school_names,
        say,
    )


def money(amount: Decimal, currency: Currency, say: Words) -> str:
    """An amount with its currency, which no line break parts; decimals only where there are any."""
    whole = amount == amount.to_integral_value()
    number = true_minus(say.integer(int(amount)) if whole else say.number(amount))
    if currency is Currency.SEK:
        return say("SEK\N{NO-BREAK SPACE}{amount}", amount=number)
    return say("{currency}\N{NO-BREAK SPACE}{amount}", currency=currency.value, amount=number)


def sek(amount: Decimal, say: Words) -> str:
    """An amount in SEK."""
    return money(amount, Currency.SEK, say)


def about(budgets: tuple[Budget, ...], *scopes: Scope) -> bool:
    """Whether any amount of these scopes is said to be about."""
    return any(budget.certainty is Certainty.ABOUT for budget in budgets if budget.scope in scopes)


def scope_name(scope: Scope, unit: str | None, say: Words) -> str:
    """A scope in running text, with the unit where there is one."""
    name = say.marked(SCOPE_IN_TEXT[scope])
    return f"{name} ({unit})" if unit else name


def capital(text: str) -> str:
    """The text as a sentence begins."""
    return text[0].upper() + text[1:]
