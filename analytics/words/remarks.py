"""What each kind of remark on a year's report is about, of any number of projects; and who has acknowledged one."""

from __future__ import annotations

from analytics.model.remarks import Acknowledgement, RemarkKind
from analytics.words.language import N_, Words

REMARK_KIND = {
    RemarkKind.ABOUT_AMOUNT: N_("Amounts said to be about"),
    RemarkKind.BUDGET_TWICE: N_("A budget stated more than once, with different amounts"),
    RemarkKind.CURRENCIES_DISAGREE: N_("SEK and EUR that disagree"),
    RemarkKind.CURRENCIES_WITHOUT_RATE: N_("SEK and EUR without an exchange rate"),
    RemarkKind.DATES_WRONG_WAY: N_("Invoices counted to a day before they can be"),
    RemarkKind.END_BEFORE_START: N_("An end before the start"),
    RemarkKind.EURO_WITHOUT_RATE: N_("EUR without an exchange rate, in no sum"),
    RemarkKind.LEAD_AGAINST_ROLE: N_("A lead partner that goes against the city's role"),
    RemarkKind.LEAD_IN_TEXT: N_("A lead partner named in text only"),
    RemarkKind.LEAD_NOT_PARTNER: N_("A lead partner that is not among the partners"),
    RemarkKind.NARRATIVES_MISSING: N_("Answers that are not written"),
    RemarkKind.NO_ADMINISTRATION: N_("No administration named"),
    RemarkKind.NO_GOAL: N_("No budget goal"),
    RemarkKind.NO_OWN_BUDGET: N_("No budget for the own share"),
    RemarkKind.NO_PARTNER: N_("No partner"),
    RemarkKind.NO_PAYMENT: N_("No payment in the year"),
    RemarkKind.OWN_ABOVE_WHOLE: N_("An own share above the whole budget"),
    RemarkKind.OWN_SHARE_OF_WHOLE: N_("An own share that is a part of the whole"),
    RemarkKind.PAID_ABOVE_BUDGET: N_("More spent than the own share"),
    RemarkKind.PARTNER_TWICE: N_("A partner listed twice"),
    RemarkKind.PARTNER_WITHOUT_LEAD: N_("No lead partner stated"),
    RemarkKind.PAYMENT_AFTER_END: N_("A payment after the project's end"),
    RemarkKind.PAYMENT_BEFORE_START: N_("A payment before the project's start"),
    RemarkKind.PAYMENT_TWICE: N_("A payment listed twice"),
    RemarkKind.RATE_DAYS: N_("Exchange rates of different days"),
    RemarkKind.RATE_NOT_HELD: N_("Exchange rates that could not be checked"),
    RemarkKind.RATE_OTHER_THAN_AGREED: N_("An exchange rate other than the agreement's"),
    RemarkKind.RATE_UNEXPLAINED: N_("An exchange rate other than the day's or the month's"),
    RemarkKind.REPAID_ABOVE_PAID: N_("More corrected than spent"),
    RemarkKind.SCHOOL_UNKNOWN: N_("A school that is not in the register"),
    RemarkKind.TURN_OF_YEAR: N_("Invoices counted into another calendar year"),
    RemarkKind.TURN_OF_YEAR_BEFORE: N_("Other years' payments, counted into this calendar year"),
    RemarkKind.TWO_RATES: N_("Different exchange rates in the year's projects"),
    RemarkKind.UNIT_SPELT_DIFFERENTLY: N_("A unit spelt in different ways"),
    RemarkKind.UNIT_UNKNOWN: N_("A unit that names no known school"),
    RemarkKind.UNITS_DIFFER: N_("Units' shares that do not make the own share"),
}


def acknowledged_in_words(one: Acknowledgement, say: Words) -> str:
    """Who has acknowledged a remark, when, and why."""
    return say(
        "Acknowledged by {who} on {day}: {reason}",
        who=one.acknowledged_by,
        day=one.acknowledged_on.isoformat(),
        reason=one.reason,
    )


def earlier_in_words(one: Acknowledgement, say: Words) -> str:
    """That a remark was acknowledged of other facts."""
    return say(
        "Acknowledged in the report for {year} by {who} on {day}, but the values are others now. The reason then:"
        " {reason}",
        year=one.year,
        who=one.acknowledged_by,
        day=one.acknowledged_on.isoformat(),
        reason=one.reason,
    )
