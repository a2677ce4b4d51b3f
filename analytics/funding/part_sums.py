"""What each of several administrations has in a year's report: its projects, its sum, its answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from analytics.funding.administrations import register_of, reporting
from analytics.funding.sums import projects_in
from analytics.model.administrations import Administration, PartStatus, ReportPart
from analytics.model.funding import Funding, Narrative, ReportQuestion
from analytics.model.provenance import Provenance


@dataclass(frozen=True, slots=True)
class PartSum:
    """What an administration's part of the year's report comes to; `administration` None: what names none, the city
    office's own. `answers`: those that are written, in the form's order. `part`: how far it is, where that is said."""

    administration: Administration | None
    amount_sek: Decimal
    projects: tuple[str, ...]
    answers: tuple[tuple[ReportQuestion, Narrative], ...]
    part: ReportPart | None = None

    @property
    def status(self) -> PartStatus | None:
        """None of what is no administration's."""
        if self.administration is None:
            return None
        status = self.part.status if self.part else PartStatus.NOT_BEGUN
        return PartStatus.DRAFT if status is PartStatus.NOT_BEGUN and self.answers else status

    def answer(self, question: ReportQuestion) -> Narrative | None:
        return dict(self.answers).get(question)


def part_sums(funding: Funding, year: int) -> tuple[PartSum, ...]:
    """What each administration has in the year, in the register's order; last what names none, where there is any."""
    administrations = reporting(funding, year)
    if not administrations:
        return ()
    stated = {part.administration: part for part in funding.report_parts if part.year == year}
    found = [part_sum(funding, year, one, stated.get(one.id)) for one in administrations]
    rest = part_sum(funding, year, None, None)
    return (*found, *([rest] if rest.projects or rest.answers else []))


def part_sum(funding: Funding, year: int, whose: Administration | None, stated: ReportPart | None) -> PartSum:
    own = register_of(funding, whose.id if whose else None)
    answers = answers_of(n for n in own.narratives if n.year == year and n.text.strip())
    return PartSum(
        whose,
        sum((p.amount_sek for p in own.spent if p.report_year == year), Decimal(0)),
        tuple(project.id for project in projects_in(own, year)),
        tuple((question, answers[question]) for question in ReportQuestion if question in answers),
        stated,
    )


def answers_of(narratives: Iterable[Narrative]) -> dict[ReportQuestion, Narrative]:
    """By question. Where the only administration is named by one answer and by another not, both are its own, and
    nothing of them is left out."""
    found: dict[ReportQuestion, Narrative] = {}
    for one in narratives:
        before = found.get(one.question)
        both = Provenance.of_all({before.provenance, one.provenance}) if before else one.provenance
        text = f"{before.text}\n\n{one.text}" if before else one.text
        found[one.question] = replace(one, text=text, provenance=both)
    return found
