"""A year's sum by the report year that payments carry, and by calendar year as far as the register can tell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analytics.funding.sums import repaid
from analytics.model.funding import Funding, Payment
from analytics.model.present import present


@dataclass(frozen=True, slots=True)
class YearReadings:
    """A year's sum under both readings: by the report year that payments carry, and by calendar year, where it is known
    within bounds alone. `near_year_end`: payments whose invoices are counted to a day in another calendar year than
    their report year, and which are counted to this year by either; how much of them was paid on which side of the
    turn of the year the register does not say. `at_least` leaves them out of the calendar year, `at_most` has them
    whole; the other way round with repayments."""

    by_report_year: Decimal
    at_least: Decimal
    at_most: Decimal
    near_year_end: tuple[Payment, ...]


def readings(funding: Funding, year: int) -> YearReadings:
    """The year's payments by report year and by calendar year."""
    near = tuple(p for p in funding.spent if _near(p) and year in (p.report_year, present(p.paid_until).year))
    by_report_year = [payment for payment in funding.spent if payment.report_year == year]
    certain = sum((p.amount_sek for p in by_report_year if not _near(p)), Decimal(0))
    return YearReadings(
        sum((p.amount_sek for p in by_report_year), Decimal(0)),
        certain - repaid(near),
        certain + sum((p.amount_sek for p in near if p.amount_sek > 0), Decimal(0)),
        near,
    )


def _near(payment: Payment) -> bool:
    """Whether its invoices are counted into another calendar year than its own."""
    return payment.paid_until is not None and payment.paid_until.year != payment.report_year
