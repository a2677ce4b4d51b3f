"""What a project's grant comes to by its own terms: eligible cost x the funder's part, at most what was granted; the
own share of it; what is left to claim, and what is claimed and has not come in.

The terms stand in the register (the funder's part, flat rate, payment plan); what a flat rate is counted of stands in
data/reference/flat_rates.csv. Every product is rounded to the öre, half away from zero. The rules: docs/sources.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache

from analytics.funding.funders import REFERENCE
from analytics.funding.plan import steps
from analytics.funding.sums import granted, received, sum_of
from analytics.model.funding import CostKind, Funding, MoneyKind, Payment, Project
from analytics.model.present import present

ORE = Decimal("0.01")
HUNDRED = Decimal(100)


class Lacking(StrEnum):
    """What the register must say before a grant can be reckoned."""

    SPENT = "spent"
    FUNDERS_PART = "funders_part"
    COST_KINDS = "cost_kinds"
    FLAT_RATE = "flat_rate"


@dataclass(frozen=True, slots=True)
class FlatRate:
    """What is added for costs that nobody accounts for: so many per cent of the staff costs, or of all direct costs.
    `rest`: it stands for all costs but staff, which then count no more."""

    percent: Decimal
    of_staff: bool
    rest: bool


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the grant, and the day by which the plan has it come."""

    on: date
    amount_sek: Decimal


@dataclass(frozen=True, slots=True)
class GrantReckoning:
    """A project's grant by its own terms, of all that is told of it, in SEK to the öre. `direct_sek`: what was spent
    and counts; `flat_of_sek`: the part of it that the flat rate is counted of. What hangs on something `lacking` is
    None;
    `granted_sek`, `claimed_sek` and `received_sek` where the register tells of none."""

    project: Project
    lacking: tuple[Lacking, ...]
    unsorted_sek: Decimal
    direct_sek: Decimal
    flat: FlatRate | None
    flat_of_sek: Decimal | None
    flat_sek: Decimal | None
    eligible_sek: Decimal | None
    part_sek: Decimal | None
    granted_sek: Decimal | None
    expected_sek: Decimal | None
    claimed_sek: Decimal | None
    received_sek: Decimal | None
    instalments: tuple[Instalment, ...]

    @property
    def own_share_sek(self) -> Decimal | None:
        """What the funder does not pay of the eligible cost."""
        return _less(self.eligible_sek, self.expected_sek)

    @property
    def left_to_claim_sek(self) -> Decimal | None:
        """Of the expected grant; below 0 where more is claimed than the terms give."""
        return _less(self.expected_sek, self.claimed_sek or Decimal(0))

    @property
    def not_received_sek(self) -> Decimal | None:
        """What is claimed and has not come in; below 0 where the funder has paid in advance."""
        return _less(self.claimed_sek, self.received_sek or Decimal(0))

    @property
    def capped(self) -> bool:
        """Whether what was granted is the ceiling."""
        return self.expected_sek != self.part_sek


@cache
def flat_rates() -> dict[Decimal, FlatRate]:
    """The rates that it is known what they are counted of, by per cent."""
    with (REFERENCE / "flat_rates.csv").open(encoding="utf-8", newline="") as file:
        rows = [(Decimal(row["percent"]), row) for row in csv.DictReader(file)]
    return {percent: FlatRate(percent, row["of"] == "staff", row["covers"] == "rest") for percent, row in rows}


def reckoned(funding: Funding, project: Project) -> GrantReckoning:
    """The project's grant by its own terms, with what is lacking where it cannot be told."""
    money = [payment for payment in funding.payments if payment.project_id == project.id]
    spent = [payment for payment in money if payment.kind is MoneyKind.SPENT]
    flat = flat_rates().get(project.flat_rate) if project.flat_rate else None
    if project.flat_rate:  # booked flat rates are what is reckoned here: they would count twice
        spent = [payment for payment in spent if payment.cost_kind is not CostKind.FLAT_RATE]
    unsorted = _sum(p for p in spent if p.cost_kind is None) if flat and flat.of_staff else Decimal(0)
    staff = _sum(p for p in spent if p.cost_kind is CostKind.STAFF)
    direct = staff if flat and flat.rest else _sum(spent)
    lacking = tuple(_lacking(project, spent, flat))
    added, of = Decimal(0), direct
    if flat:
        of = staff if flat.of_staff else direct
        added = _part(of, flat.percent)
    of_costs = {Lacking.SPENT, Lacking.COST_KINDS, Lacking.FLAT_RATE} & set(lacking)
    eligible = None if of_costs else direct + added
    part = None if eligible is None or lacking else _part(eligible, present(project.cofinancing_rate))
    grant = granted(money)
    return GrantReckoning(
        project=project,
        lacking=lacking,
        unsorted_sek=unsorted,
        direct_sek=direct,
        flat=flat,
        flat_of_sek=of if flat and not of_costs else None,
        flat_sek=added if flat and not of_costs else None,
        eligible_sek=eligible,
        part_sek=part,
        granted_sek=grant,
        expected_sek=part if part is None or grant is None else min(part, grant),
        claimed_sek=_told(money, MoneyKind.CLAIMED),
        received_sek=received(money),
        instalments=instalments(project, grant),
    )


def instalments(project: Project, grant: Decimal | None) -> tuple[Instalment, ...]:
    """The grant as its plan has it come, the last part what is left of it, so that they make the grant to the öre. None
    where the register states no plan or no grant: an assumed one makes no amount."""
    if not project.plan or grant is None:
        return ()
    days = [step.on for step in steps(project)]
    parts = [_part(grant, share * HUNDRED) for share in project.plan[:-1]]
    parts.append(grant - sum(parts, Decimal(0)))
    return tuple(Instalment(*pair) for pair in zip(days, parts, strict=True))


def _lacking(project: Project, spent: list[Payment], flat: FlatRate | None) -> Iterable[Lacking]:
    if not spent:
        yield Lacking.SPENT
    if project.cofinancing_rate is None:
        yield Lacking.FUNDERS_PART
    if project.flat_rate and flat is None:
        yield Lacking.FLAT_RATE
    if flat and flat.of_staff and any(payment.cost_kind is None for payment in spent):
        yield Lacking.COST_KINDS


def _told(payments: list[Payment], kind: MoneyKind) -> Decimal | None:
    return sum_of(payments, kind) if any(payment.kind is kind for payment in payments) else None


def _sum(payments: Iterable[Payment]) -> Decimal:
    return sum((payment.amount_sek for payment in payments), Decimal(0))


def _part(amount: Decimal, percent: Decimal) -> Decimal:
    """So many per cent of an amount, to the öre."""
    return (amount * percent / HUNDRED).quantize(ORE, ROUND_HALF_UP)


def _less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None or part is None else whole - part
