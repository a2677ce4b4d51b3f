"""Last year's report as a difference: what is new, ended, renamed, changed or gone, in frozen values and in words."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.funding.checks.remark import money, scope_name, sek
from analytics.funding.sums import goal_of, projects_in
from analytics.model.funding import Budget, Currency, Funding, Payment, Project, Scope
from analytics.model.present import present
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class Renamed:
    """A project with the same id and another title."""

    project_id: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class BudgetChanged:
    """A budget that changed, came or went (None). `scope`, `unit` and `currency` say which one."""

    project: Project
    scope: Scope
    unit: str | None
    currency: Currency
    before: Decimal | None
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class SumChanged:
    """What was paid under a unit, or a goal's number (None: without a goal), before and now, in SEK."""

    name: str | int | None
    before: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """What differs. `years` are those compared, None where two versions are compared over all years.

    Between years: `new` is in this year's report and was not in last year's; `ended` was in it and has ended by the end
    of this year; `vanished` was in it, runs on, and was paid nothing this year, or is in the register no more. Between
    versions: `new` and `vanished` are projects that came into the register or left it, and none is `ended`.
    """

    years: tuple[int, int] | None
    new: tuple[Project, ...]
    ended: tuple[Project, ...]
    renamed: tuple[Renamed, ...]
    budget_changed: tuple[BudgetChanged, ...]
    vanished: tuple[Project, ...]
    total: SumChanged
    by_unit: tuple[SumChanged, ...]
    by_goal: tuple[SumChanged, ...]

    @property
    def nothing(self) -> bool:
        found = (self.new, self.ended, self.renamed, self.budget_changed, self.vanished)
        return not any(found) and not any(s.change for s in (self.total, *self.by_unit, *self.by_goal))


def difference(before: Funding, now: Funding, year: int | None = None) -> ReportDifference:
    """Two versions of the register: over all years, or (`year`) this year's report in the later one against last
    year's in the earlier one, which is how a renamed project and a changed budget are seen between two reports."""
    was = {p.id: p for p in (before.projects if year is None else projects_in(before, year - 1))}
    is_ = {p.id: p for p in (now.projects if year is None else projects_in(now, year))}
    known = {project.id: project for project in now.projects}
    paid = {payment.project_id for payment in now.spent if payment.report_year == year}
    ended = tuple(known[i] for i in was if year is not None and i in known and _ended(known[i], i in is_, year))
    gone = {project.id for project in ended}
    return ReportDifference(
        years=None if year is None else (year - 1, year),
        new=tuple(project for project in is_.values() if project.id not in was),
        ended=ended,
        renamed=tuple(
            Renamed(i, was[i].title, known[i].title) for i in was if i in known and was[i].title != known[i].title
        ),
        budget_changed=tuple(_budgets(before, now, known, [i for i in was if i in known])),
        vanished=tuple(
            known.get(project.id, project)
            for project in was.values()
            if project.id not in known
            or (year is not None and project.id not in gone | paid and known[project.id].end > date(year, 12, 31))
        ),
        **_sums(before, now, year),
    )


def since_last_year(funding: Funding, year: int) -> ReportDifference:
    """This year's report against last year's within one register, in which no title and no budget can have changed."""
    return difference(funding, funding, year)


def _ended(project: Project, in_report: bool, year: int) -> bool:
    """It ended in the year, or before it and has no sheet any more (with a final payment it has one)."""
    return project.end.year == year or (project.end.year < year and not in_report)


def _budgets(before: Funding, now: Funding, known: dict[str, Project], ids: list[str]):
    def by_key(rows: tuple[Budget, ...]) -> dict[tuple, Decimal]:
        return {(b.project_id, b.scope, b.unit, b.currency): b.amount for b in rows}

    earlier, later = by_key(before.budgets), by_key(now.budgets)
    for key in dict.fromkeys([*later, *earlier]):
        if key[0] in ids and earlier.get(key) != later.get(key):
            project, scope, unit, currency = key
            yield BudgetChanged(known[project], scope, unit, currency, earlier.get(key), later.get(key))


def _sums(before: Funding, now: Funding, year: int | None) -> dict:
    def paid(funding: Funding, of: int | None, key: Callable[[Payment, dict[str, Project]], Hashable]) -> dict:
        projects = {project.id: project for project in funding.projects}
        sums: dict = {}
        for payment in funding.spent:
            if of is None or payment.report_year == of:
                name = key(payment, projects)
                sums[name] = sums.get(name, Decimal(0)) + payment.amount_sek
        return sums

    def changes(key) -> tuple[SumChanged, ...]:
        was, is_ = paid(before, None if year is None else year - 1, key), paid(now, year, key)
        names = dict.fromkeys([*is_, *was])
        return tuple(SumChanged(name, was.get(name, Decimal(0)), is_.get(name, Decimal(0))) for name in names)

    goals = changes(lambda payment, projects: goal_of(payment, projects[payment.project_id]))
    total = SumChanged(None, sum((g.before for g in goals), Decimal(0)), sum((g.now for g in goals), Decimal(0)))
    return {
        "total": total,
        "by_unit": changes(lambda payment, _: payment.unit),
        "by_goal": tuple(sorted(goals, key=lambda goal: (goal.name is None, goal.name or 0))),
    }


def in_words(found: ReportDifference, say: Words) -> tuple[str, ...]:
    """The difference in sentences: the total, then projects, then budgets. Units and goals are better in a table."""
    if found.nothing:
        return (say("Nothing has changed."),)
    values = {"before": sek(found.total.before, say), "now": sek(found.total.now, say)}
    texts = [
        say("Spent in all: {now} in {year}, {before} in {last}.", year=found.years[1], last=found.years[0], **values)
        if found.years
        else say("Spent in all years: {now}, before {before}.", **values)
    ]

    def titles(projects: tuple[Project, ...]) -> str:
        return say.listing(say.quoted(project.title) for project in projects)

    if found.new:
        texts.append(say("New: {projects}.", projects=titles(found.new)))
    if found.ended:
        texts.append(say("Ended: {projects}.", projects=titles(found.ended)))
    if found.vanished:
        texts.append(
            say(
                "Was in last year's report, has not ended and spent nothing: {projects}.",
                projects=titles(found.vanished),
            )
            if found.years
            else say("No longer in the register: {projects}.", projects=titles(found.vanished))
        )
    texts += [say("Renamed: “{before}” is now “{now}”.", before=r.before, now=r.now) for r in found.renamed]
    texts += [_budget_in_words(change, say) for change in found.budget_changed]
    return tuple(texts)


def _budget_in_words(change: BudgetChanged, say: Words) -> str:
    values = {"project": change.project.title, "scope": scope_name(change.scope, change.unit, say)}
    if change.before is None:
        return say(
            "“{project}”: {scope} is new, {now}.", now=money(present(change.now), change.currency, say), **values
        )
    was = money(change.before, change.currency, say)
    if change.now is None:
        return say("“{project}”: {scope}, {before}, was removed.", before=was, **values)
    now = money(change.now, change.currency, say)
    return say("“{project}”: {scope} is {now}, before {before}.", now=now, before=was, **values)
