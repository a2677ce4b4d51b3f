"""What a remark on a year's report can be about, and that somebody has acknowledged one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RemarkKind(StrEnum):
    """The kinds of remarks; the words are stable for scripts. Which funders each applies to stands in
    data/reference/remarks.csv."""

    ABOUT_AMOUNT = "about_amount"
    BUDGET_TWICE = "budget_twice"
    CURRENCIES_DISAGREE = "currencies_disagree"
    CURRENCIES_WITHOUT_RATE = "currencies_without_rate"
    DATES_WRONG_WAY = "dates_wrong_way"
    END_BEFORE_START = "end_before_start"
    EURO_WITHOUT_RATE = "euro_without_rate"
    LEAD_AGAINST_ROLE = "lead_against_role"
    LEAD_IN_TEXT = "lead_in_text"
    LEAD_NOT_PARTNER = "lead_not_partner"
    NARRATIVES_MISSING = "narratives_missing"
    NO_ADMINISTRATION = "no_administration"
    NO_GOAL = "no_goal"
    NO_OWN_BUDGET = "no_own_budget"
    NO_PARTNER = "no_partner"
    NO_PAYMENT = "no_payment"
    OWN_ABOVE_WHOLE = "own_above_whole"
    OWN_SHARE_OF_WHOLE = "own_share_of_whole"
    PAID_ABOVE_BUDGET = "paid_above_budget"
    PARTNER_TWICE = "partner_twice"
    PARTNER_WITHOUT_LEAD = "partner_without_lead"
    PAYMENT_AFTER_END = "payment_after_end"
    PAYMENT_BEFORE_START = "payment_before_start"
    PAYMENT_TWICE = "payment_twice"
    RATE_DAYS = "rate_days"
    RATE_NOT_HELD = "rate_not_held"
    RATE_OTHER_THAN_AGREED = "rate_other_than_agreed"
    RATE_UNEXPLAINED = "rate_unexplained"
    REPAID_ABOVE_PAID = "repaid_above_paid"
    SCHOOL_UNKNOWN = "school_unknown"
    TURN_OF_YEAR = "turn_of_year"
    TURN_OF_YEAR_BEFORE = "turn_of_year_before"
    TWO_RATES = "two_rates"
    UNIT_SPELT_DIFFERENTLY = "unit_spelt_differently"
    UNIT_UNKNOWN = "unit_unknown"
    UNITS_DIFFER = "units_differ"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody has looked at a remark and says why it is as it should be. `year`: the report in which it was; `facts`:
    the fingerprint of what the remark stood on, so that it comes back when any of that changes. `project_id` is None
    where the remark is about a whole year."""

    year: int
    kind: RemarkKind
    reason: str
    facts: str
    acknowledged_by: str
    acknowledged_on: date
    project_id: str | None = None
