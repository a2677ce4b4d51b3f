"""The words of money: what happened to it, whose it is, what it was spent on, at whose rate, how far its project is."""

from __future__ import annotations

from enum import StrEnum


class MoneyKind(StrEnum):
    """What happened to money: the funder granted it or changed the grant by it, the administration claimed it and the
    funder approved the claim, it came in, it was spent (invoices paid: the report's "Utbetalt"), it went back."""

    GRANTED = "granted"
    AMENDED = "amended"
    CLAIMED = "claimed"
    CERTIFIED = "certified"
    RECEIVED = "received"
    SPENT = "spent"
    REPAID = "repaid"


class MoneySource(StrEnum):
    """Whose money a project is paid with: the Union's, or somebody else's (Nordplus, ICLD, the Nordic Council)."""

    EU = "eu"
    OTHER = "other"


class Phase(StrEnum):
    """How far a project has come with its funder."""

    APPLIED = "applied"
    DECLINED = "declined"
    RUNNING = "running"
    REPORTED = "reported"
    CLOSED = "closed"


class CostKind(StrEnum):
    """What was spent, as the programmes sort it."""

    STAFF = "staff"
    UNIT_COST = "unit_cost"
    FLAT_RATE = "flat_rate"
    TRAVEL = "travel"
    OTHER = "other"


class RateBasis(StrEnum):
    """Whose rate a payment was converted at: the ECB's of the day, InforEuro's of the month, the one that the agreement
    states, the one that the bank paid by."""

    ECB = "ecb"
    INFOREURO = "inforeuro"
    AGREEMENT = "agreement"
    BANK = "bank"
