"""The yearly report of international work: every sum a sum of payments, in the form's own order.

What the form calls paid ("Utbetalt") is what was spent: invoices paid. Other money (granted, received ...) is told
beside it, by kind, and is in none of its sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from analytics.funding.administrations import register_of
from analytics.funding.checks.report import Remark, report_remarks
from analytics.funding.funders import source_of
from analytics.funding.part_sums import PartSum, answers_of, part_sum, part_sums
from analytics.funding.sums import budget_sek, goal_of, projects_in, repaid, sum_of
from analytics.funding.year_readings import YearReadings, readings
from analytics.model.administrations import Administration, HandedIn
from analytics.model.funding import (
    Budget,
    BudgetGoal,
    Cooperation,
    Funding,
    MoneyKind,
    MoneySource,
    Narrative,
    Participant,
    Partner,
    Payment,
    Project,
    ReportQuestion,
    Scope,
    Sector,
    Visit,
)
from analytics.model.provenance import Provenance
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class UnitSum:
    """What a unit was paid, less what was repaid; `unit` is the text that the payments carry."""

    unit: str
    amount_sek: Decimal


@dataclass(frozen=True, slots=True)
class GoalSum:
    """What was paid under one of the city's budget goals; the goal is None for projects without one."""

    goal: BudgetGoal | None
    amount_sek: Decimal


@dataclass(frozen=True, slots=True)
class ProgrammeSum:
    """What was paid under a programme."""

    programme: str
    amount_sek: Decimal


@dataclass(frozen=True, slots=True)
class KindSum:
    """What there was of a kind of money, in the year and in all years up to and with it."""

    kind: MoneyKind
    year_sek: Decimal
    to_date_sek: Decimal


@dataclass(frozen=True, slots=True)
class SectorPartners:
    """The different partners of a sector over the year's projects; only those that the register gives a sector."""

    sector: Sector
    partners: tuple[Partner, ...]

    @property
    def count(self) -> int:
        return len(self.partners)


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """One project's sheet. `paid_sek` is what was spent in the year, `paid_to_date_sek` in all years up to and with it,
    both less corrections: they may be below 0. `payments` are those that `paid_sek` sums, `events` the year's of every
    kind."""

    project: Project
    goal: BudgetGoal | None
    paid_sek: Decimal
    paid_to_date_sek: Decimal
    budgets: tuple[Budget, ...]
    payments: tuple[Payment, ...]
    events: tuple[Payment, ...]
    by_kind: tuple[KindSum, ...]
    partners: tuple[Partner, ...]
    participants: tuple[Participant, ...]
    visits: tuple[Visit, ...]
    sectors: tuple[Sector, ...]
    countries: tuple[str, ...]
    """ISO codes of the partners' countries, each once, in the register's order."""

    @property
    def own_budget_sek(self) -> Decimal | None:
        return budget_sek(self.budgets, Scope.OWN)

    @property
    def was_paid(self) -> bool:
        """Whether anything was paid in the year, whatever was repaid."""
        return any(payment.amount_sek > 0 for payment in self.payments)

    @property
    def paid_until(self) -> tuple[date, ...]:
        return tuple(sorted({p.paid_until for p in self.payments if p.paid_until}))


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one year. Projects that ran in the year or were paid in it have a sheet each. `total_sek` is of all
    of them; `eu_sek` of those that the Union pays, `not_eu` of the others, by programme: nothing calls it EU funds.

    `parts`: where the city has several administrations, what each has in it; their sums are the report's, and
    `narratives` has what names none of them. `part_of`: of one administration's own part, whose it is; `handed_in`:
    where it is told as it was handed in."""

    year: int
    total_sek: Decimal
    eu_sek: Decimal
    not_eu: tuple[ProgrammeSum, ...]
    by_unit: tuple[UnitSum, ...]
    by_goal: tuple[GoalSum, ...]
    by_programme: tuple[ProgrammeSum, ...]
    by_kind: tuple[KindSum, ...]
    by_sector: tuple[SectorPartners, ...]
    sheets: tuple[ProjectSheet, ...]
    narratives: tuple[tuple[ReportQuestion, Narrative | None], ...]
    readings: YearReadings
    remarks: tuple[Remark, ...]
    provenance: Provenance
    school_names: dict[str, str]
    cooperations: tuple[Cooperation, ...] = ()
    """Of the year, without EU funds."""
    parts: tuple[PartSum, ...] = ()
    part_of: PartSum | None = None
    handed_in: HandedIn | None = None

    @property
    def open_remarks(self) -> tuple[Remark, ...]:
        """The remarks that nobody has acknowledged."""
        return tuple(remark for remark in self.remarks if not remark.acknowledged)

    @property
    def acknowledged_remarks(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.acknowledged)

    @property
    def payments(self) -> tuple[Payment, ...]:
        return tuple(payment for sheet in self.sheets for payment in sheet.payments)

    @property
    def answered(self) -> frozenset[ReportQuestion]:
        """The questions that somebody has answered."""
        common = {question for question, narrative in self.narratives if narrative and narrative.text.strip()}
        return frozenset(common | {question for part in self.parts for question, _ in part.answers})

    @property
    def told_narratives(self) -> tuple[Narrative, ...]:
        """All that there are, common ones first."""
        common = (narrative for _, narrative in self.narratives if narrative)
        return (*common, *(narrative for part in self.parts for _, narrative in part.answers if part.administration))

    def title_of(self, administration: str | None) -> str:
        """What an administration that has a part is called; '' where it has none."""
        named = (part.administration for part in self.parts if part.administration)
        return next((one.title for one in named if one.id == administration), "")

    @property
    def repaid_sek(self) -> Decimal:
        """How much of the total repayments and corrections have taken off."""
        return repaid(self.payments)


def report_years(funding: Funding) -> tuple[int, ...]:
    """Every year that has a payment or a narrative answer, and the one after them where a project still runs: its
    report is the next to write. Latest first."""
    years = {p.report_year for p in funding.payments} | {n.year for n in funding.narratives}
    following = max(years) + 1 if years else None
    if following and any(project.start.year <= following <= project.end.year for project in funding.projects):
        years.add(following)
    return tuple(sorted(years, reverse=True))


def part_report(funding: Funding, administration: Administration, year: int, say: Words) -> Report:
    """An administration's own part of the year's report."""
    stated = (p for p in funding.report_parts if (p.year, p.administration) == (year, administration.id))
    own = part_sum(funding, year, administration, next(stated, None))
    return replace(report(register_of(funding, administration.id), year, say), part_of=own)


def report(funding: Funding, year: int, say: Words) -> Report:
    """The year's report; all sums are 0 where nothing was paid. Of several administrations' it is made of their parts,
    each one's projects together."""
    payments = [payment for payment in funding.spent if payment.report_year == year]
    parts = part_sums(funding, year)
    places = {project: n for n, part in enumerate(parts) for project in part.projects}
    shown = sorted(projects_in(funding, year), key=lambda project: places.get(project.id, 0))
    sheets = tuple(_sheet(funding, project, year) for project in shown)
    of = {project.id: project for project in funding.projects}
    goals = _sums(payments, lambda p: goal_of(p, of[p.project_id]))
    listed = (goal for goal in funding.goals if goal.in_force(year) or goal.number in goals)
    by_goal = [GoalSum(goal, goals.pop(goal.number, Decimal(0))) for goal in listed]
    by_goal += [GoalSum(None, amount) for amount in goals.values()]
    units = _sums(payments, lambda p: p.unit)
    programmes = _sums(payments, lambda p: of[p.project_id].programme)
    others = [p for p in payments if source_of(of[p.project_id]) is MoneySource.OTHER]
    not_eu = _sums(others, lambda p: of[p.project_id].programme)
    told = [n for n in funding.narratives if n.year == year]
    common = answers_of([n for n in told if n.administration is None] if parts else told)
    cooperations = tuple(one for one in funding.cooperations if one.year == year)
    provenances = {sheet.project.provenance for sheet in sheets} | {n.provenance for n in told}
    provenances |= {one.provenance for one in cooperations}
    return Report(
        year=year,
        total_sek=sum((p.amount_sek for p in payments), Decimal(0)),
        eu_sek=sum((p.amount_sek for p in payments), Decimal(0)) - sum(not_eu.values(), Decimal(0)),
        not_eu=tuple(ProgrammeSum(*pair) for pair in not_eu.items()),
        by_unit=tuple(UnitSum(*pair) for pair in units.items()),
        by_goal=tuple(by_goal),
        by_programme=tuple(ProgrammeSum(*pair) for pair in programmes.items()),
        by_kind=kind_sums(funding.payments, year),
        by_sector=tuple(
            SectorPartners(s, _different(p for x in sheets for p in x.partners if p.sector is s)) for s in Sector
        ),
        sheets=sheets,
        narratives=tuple((question, common.get(question)) for question in ReportQuestion),
        readings=readings(funding, year),
        remarks=report_remarks(funding, year, say),
        provenance=Provenance.of_all(provenances),
        school_names=funding.school_names or {},
        cooperations=cooperations,
        parts=parts,
    )


def kind_sums(payments: Iterable[Payment], year: int) -> tuple[KindSum, ...]:
    """The kinds that there is any of up to the year, in the order of a grant's life."""
    so_far = [payment for payment in payments if payment.report_year <= year]
    of_year = [payment for payment in so_far if payment.report_year == year]
    there = {payment.kind for payment in so_far}
    return tuple(KindSum(k, sum_of(of_year, k), sum_of(so_far, k)) for k in MoneyKind if k in there)


def _sheet(funding: Funding, project: Project, year: int) -> ProjectSheet:
    own = {
        name: tuple(row for row in getattr(funding, name) if row.project_id == project.id)
        for name in ("budgets", "payments", "partners", "participants", "visits")
    }
    spent = [payment for payment in own["payments"] if payment.kind is MoneyKind.SPENT]
    stated = {*project.sectors, *(p.sector for p in own["partners"] if p.sector)}
    return ProjectSheet(
        project=project,
        goal=next((goal for goal in funding.goals if goal.number == project.budget_goal), None),
        paid_sek=sum((p.amount_sek for p in spent if p.report_year == year), Decimal(0)),
        paid_to_date_sek=sum((p.amount_sek for p in spent if p.report_year <= year), Decimal(0)),
        budgets=own["budgets"],
        payments=tuple(p for p in spent if p.report_year == year),
        events=tuple(p for p in own["payments"] if p.report_year == year),
        by_kind=kind_sums(own["payments"], year),
        partners=own["partners"],
        participants=own["participants"],
        visits=tuple(v for v in own["visits"] if v.year <= year),
        sectors=tuple(sector for sector in Sector if sector in stated),
        countries=tuple(dict.fromkeys(p.country for p in own["partners"])),
    )


def _sums(payments: Iterable[Payment], key) -> dict:
    sums = defaultdict(Decimal)
    for payment in payments:
        sums[key(payment)] += payment.amount_sek
    return dict(sums)


def _different(partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """Each partner once, whichever projects it is in."""
    return tuple({(p.country, p.place, p.organisation): p for p in partners}.values())
