"""What of the register the page EU-medel is about: a year, a programme and a unit narrow it, each in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from analytics.funding.sums import projects_in, repaid
from analytics.model.funding import Funding, MoneyKind, Payment, Project

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A part of the register. `part` holds the projects chosen with all that is theirs, in the register's order, and
    of their payments those to the unit and counted to the year; `whole` is the register as it is.

    A programme chooses its projects. A unit chooses payments to it, and projects with any such payment. A year chooses
    payments that are counted to it, study visits in it, and projects that ran in it or were paid in it.
    """

    whole: Funding
    part: Funding
    before: tuple[Payment, ...]
    """What was spent under the same programme and unit in all years: what a year is compared with."""
    year: int | None = None
    programme: str | None = None
    unit: str | None = None

    @property
    def paid(self) -> Decimal:
        """What was spent, less what was corrected."""
        return total(self.part.spent)

    @property
    def repaid(self) -> Decimal:
        """How much repayments and corrections take off what was spent."""
        return repaid(self.part.spent)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that a payment is counted to, under the programme and the unit, gaps included."""
        told = {payment.report_year for payment in self.before} | ({self.year} if self.year else set())
        return tuple(range(min(told), max(told) + 1)) if told else ()

    @property
    def looked_at(self) -> date:
        """The end of the year that is chosen, or of the last one that a payment of the register is counted to."""
        years = [payment.report_year for payment in self.whole.spent] or [p.start.year for p in self.part.projects]
        return date(self.year or max(years), 12, 31)

    def told_until(self, project: Project) -> int:
        """The last year, by the day that is looked at, whose payments the register can know of a project: published
        facts of one year say nothing of the years after, whatever else the register holds."""
        return min(max(self._years_told(project), default=self.looked_at.year), self.looked_at.year)

    def told_from_the_start(self, project: Project) -> bool:
        """Whether the register can know all payments of a project: it began no earlier than the first year that
        payments of its provenance are counted to."""
        return project.start.year >= min(self._years_told(project), default=project.start.year)

    def _years_told(self, project: Project) -> list[int]:
        alike = {other.id for other in self.whole.projects if other.provenance is project.provenance}
        return [payment.report_year for payment in self.whole.payments if payment.project_id in alike]

    def project(self, project_id: str) -> Project:
        return next(project for project in self.whole.projects if project.id == project_id)


def portfolio(funding: Funding, year: int | None, programme: str | None, unit: str | None) -> Portfolio:
    """The register narrowed to the choices; None chooses everything."""
    to_unit = [payment for payment in funding.payments if unit in (None, payment.unit)]
    with_unit = {payment.project_id for payment in to_unit}
    projects = tuple(
        project
        for project in (funding.projects if year is None else projects_in(funding, year))
        if programme in (None, project.programme) and (unit is None or project.id in with_unit)
    )
    in_programme = {project.id for project in funding.projects if programme in (None, project.programme)}
    theirs_to_unit = tuple(payment for payment in to_unit if payment.project_id in in_programme)
    before = tuple(payment for payment in theirs_to_unit if payment.kind is MoneyKind.SPENT)
    chosen = {project.id for project in projects}

    def theirs(rows: Iterable) -> tuple:
        return tuple(row for row in rows if row.project_id in chosen)

    part = replace(
        funding,
        projects=projects,
        budgets=theirs(funding.budgets),
        payments=tuple(payment for payment in theirs_to_unit if year in (None, payment.report_year)),
        partners=theirs(funding.partners),
        participants=theirs(funding.participants),
        visits=tuple(visit for visit in theirs(funding.visits) if year in (None, visit.year)),
    )
    return Portfolio(funding, part, before, year, programme, unit)


def total(payments: Iterable[Payment]) -> Decimal:
    """What the payments make together, in SEK."""
    return sum((payment.amount_sek for payment in payments), Decimal(0))


def paid_projects(payments: Iterable[Payment]) -> set[str]:
    """The projects in which something was spent, whatever was corrected."""
    return {payment.project_id for payment in payments if payment.amount_sek > 0}


def summed(payments: Iterable[Payment], key: Callable[[Payment], Key]) -> dict[Key, Decimal]:
    """The payments added up by a key of theirs, the largest sum first."""
    sums: dict[Key, Decimal] = {}
    for payment in payments:
        sums[key(payment)] = sums.get(key(payment), Decimal(0)) + payment.amount_sek
    return dict(sorted(sums.items(), key=lambda pair: -pair[1]))


def paid_by_project(payments: Iterable[Payment]) -> dict[str, Decimal]:
    """What was spent in each project, less what was corrected, the largest sum first."""
    return summed(payments, lambda payment: payment.project_id)


def payment_years(funding: Funding) -> tuple[int, ...]:
    """The years that payments are counted to, else those that projects began in; latest first."""
    paid = {payment.report_year for payment in funding.payments}
    if not paid:
        return tuple(sorted({project.start.year for project in funding.projects}, reverse=True))
    return tuple(sorted(paid, reverse=True))


def programmes(funding: Funding) -> tuple[str, ...]:
    return tuple(sorted({project.programme for project in funding.projects}))


def units(funding: Funding) -> tuple[str, ...]:
    return tuple(sorted({payment.unit for payment in funding.payments}))
