"""What could be expected to come in by a day, against what did, and what was spent of the budget: a project's course.

EU grants are paid in instalments, an advance first and the last one when the final report is approved, so a project can
be near its end with much still to come without anything being wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from analytics.funding.instalments import usual_shares
from analytics.funding.sums import budget_sek, granted, received
from analytics.model.funding import Funding, MoneyKind, Project, Scope
from analytics.words.language import Words

FINAL_AFTER = timedelta(days=120)
"""An assumption: the final report is due two months after the end, and is approved within two more."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """From this day on, this share (0-1) of the grant could be expected to have come in."""

    on: date
    share: Decimal


@dataclass(frozen=True, slots=True)
class PaidAtYearEnd:
    """What had been spent when a report year closed, all earlier years included; the share is of the own budget, None
    where that is not known in SEK."""

    year: int
    on: date
    paid_sek: Decimal
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """A project as it stands on a day: 31 December of the year, or the latest day that its invoices are counted to
    where that is earlier. Like is held against like: what was spent (`paid_sek`, `paid_share`) against the own budget,
    what came in (`received_sek`, less what went back) against the grant and its plan. `grant_sek`: what was granted,
    else the own budget; `received_sek` is None where nobody tells what came in, whatever was spent. Shares 0-1, but
    those of money may be above 1. `assumed`: the register states no plan; `plan` is then its programme's usual one, and
    empty where none is known: nothing is expected by any day then."""

    project: Project
    year: int
    on: date
    time_gone: Decimal
    budget_sek: Decimal | None
    paid_sek: Decimal
    paid_share: Decimal | None
    grant_sek: Decimal | None
    received_sek: Decimal | None
    received_share: Decimal | None
    expected_share: Decimal | None
    plan: tuple[Decimal, ...]
    assumed: bool
    final_on: date | None
    actual: tuple[PaidAtYearEnd, ...]
    expected: tuple[PlanStep, ...]


def months(project: Project) -> int:
    """The project's length in months, a begun one counted; 1 September to 31 August is 12."""
    after = project.end + timedelta(days=1)
    whole = (after.year - project.start.year) * 12 + after.month - project.start.month
    return whole + (after.day > project.start.day)


def shares_of(project: Project) -> tuple[tuple[Decimal, ...], bool]:
    """The shares in which the grant is paid, and whether that is assumed; none where nobody knows."""
    if project.plan:
        return project.plan, False
    return usual_shares(project.programme, months(project)), True


def steps(project: Project) -> tuple[PlanStep, ...]:
    """The expected course: the first instalment at the start, the middle ones evenly over the project's life, the last
    when the final report is approved. A grant in one instalment is paid at the start; of one without a known plan there
    is no course."""
    shares, _ = shares_of(project)
    if not shares:
        return ()
    life, last = project.end - project.start, len(shares) - 1
    days = [project.start + life * place / last if place else project.start for place in range(last)]
    days.append(project.end + FINAL_AFTER if last else project.start)
    return tuple(PlanStep(day, sum(shares[: place + 1], Decimal(0))) for place, day in enumerate(days))


def expected_share(project: Project, on: date) -> Decimal | None:
    """The share (0-1) of the grant that could be expected to have come in by a day; None where no plan is known."""
    course = steps(project)
    return max((step.share for step in course if step.on <= on), default=Decimal(0)) if course else None


def time_gone(project: Project, on: date) -> Decimal:
    """The share (0-1) of the project's days that have gone when the day ends."""
    days = (project.end - project.start).days + 1
    gone = (on - project.start).days + 1
    return Decimal(int(gone > 0)) if days <= 0 else min(max(Decimal(gone) / days, Decimal(0)), Decimal(1))


def course(funding: Funding, project: Project, year: int) -> ProjectStatus:
    """How far the project had come in a report year: in time, in what was spent, in what came in."""
    money = [p for p in funding.payments if p.project_id == project.id]
    payments = [p for p in money if p.kind is MoneyKind.SPENT and p.report_year <= year]
    budget = budget_sek((b for b in funding.budgets if b.project_id == project.id), Scope.OWN)
    grant = granted(p for p in money if p.report_year <= year)
    grant = budget if grant is None else grant
    came_in = None if received(money) is None else received(p for p in money if p.report_year <= year) or Decimal(0)

    def closing(of: int) -> date:
        counted = [p.paid_until for p in payments if p.report_year == of and p.paid_until]
        return min(max(counted, default=date.max), date(of, 12, 31))

    def share(amount: Decimal | None, whole: Decimal | None) -> Decimal | None:
        return amount / whole if whole and amount is not None else None

    def paid_by(of: int) -> Decimal:
        return sum((p.amount_sek for p in payments if p.report_year <= of), Decimal(0))

    years = sorted({p.report_year for p in payments})
    shares, assumed = shares_of(project)
    on, expected = closing(year), steps(project)
    return ProjectStatus(
        project=project,
        year=year,
        on=on,
        time_gone=time_gone(project, on),
        budget_sek=budget,
        paid_sek=paid_by(year),
        paid_share=share(paid_by(year), budget),
        grant_sek=grant,
        received_sek=came_in,
        received_share=share(came_in, grant),
        expected_share=expected_share(project, on),
        plan=shares,
        assumed=assumed,
        final_on=expected[-1].on if expected else None,
        actual=tuple(PaidAtYearEnd(of, closing(of), paid_by(of), share(paid_by(of), budget)) for of in years),
        expected=expected,
    )


def in_words(course: ProjectStatus, say: Words) -> str:
    """What is spent of the budget and how much of the time has gone; and where it is told what came in, that beside
    the plan."""
    return f"{_spent_in_words(course, say)} {_received_in_words(course, say)}".strip()


def _spent_in_words(course: ProjectStatus, say: Words) -> str:
    time = say.percent(float(course.time_gone))
    if course.paid_share is None:
        return say(
            "{time} of the time has gone. The own budget in SEK is not known, so no share can be shown.", time=time
        )
    if course.paid_sek < 0:
        return say("{time} of the time has gone. More has been corrected than was spent.", time=time)
    spent = say.percent(float(course.paid_share))
    return say("{spent} of the own budget is spent after {time} of the time.", spent=spent, time=time)


def _received_in_words(course: ProjectStatus, say: Words) -> str:
    if course.received_sek is None:
        return say("What has come in from the funder is not in the register.")
    if course.received_share is None:
        return say("What was granted is not known in SEK, so what has come in is no share of it.")
    if course.final_on is None:
        return say(
            "{received} of the grant has come in. The register states no plan, and none is usual for {programme}.",
            received=say.percent(float(course.received_share)),
            programme=course.project.programme,
        )
    values = {"received": say.percent(float(course.received_share)), "final": say.percent(float(course.plan[-1]))}
    if len(course.plan) == 1:
        text = say("{received} of the grant has come in; by the plan all of it comes at the start.", **values)
    elif course.on >= course.final_on:
        day = course.final_on
        text = say("{received} of the grant has come in; by the plan all of it was to by {day}.", day=day, **values)
    elif course.on > course.project.end:
        text = say(
            "{received} of the grant has come in and the project has ended; by the plan {final} comes when the final"
            " report is approved, about {day}.",
            day=course.final_on,
            **values,
        )
    else:
        text = say(
            "{received} of the grant has come in; by the plan {before_end} comes before the end and {final} when the"
            " final report is approved.",
            before_end=say.percent(float(sum(course.plan[:-1]))),
            **values,
        )
    if course.assumed:
        text += " " + say(
            "The register states no plan: this is how {programme} grants are usually paid.",
            programme=course.project.programme,
        )
    return text
