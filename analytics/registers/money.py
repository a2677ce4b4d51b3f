"""The kinds of rows of the funding register that are money: budgets, and payments of every kind."""

from __future__ import annotations

from dataclasses import replace

from analytics.model.funding import Budget, Certainty, CostKind, Currency, MoneyKind, Payment, RateBasis, Scope
from analytics.registers.field import Field, RowKind
from analytics.registers.shared import BUDGET_GOAL, DIRECTION, NOTE, PROJECT, REMARK, ROWS_THERE, UNIT
from analytics.registers.types import Amount, Choice, Day, Rate, SchoolReference, Text, Year
from analytics.words.language import N_

AMOUNT_SEK = Field(
    "amount_sek",
    ("belopp_sek", "utbetalt_sek", "belopp_kr", "utbetalt_kr"),
    False,
    type=Amount(Currency.SEK, negative=True),
    label=N_("Amount, SEK"),
    in_report=N_("Paid SEK"),
    instead="amount",
    help=N_("May be left empty where the amount in its own currency and the rate are stated."),
)
CURRENCY = Field("currency", ("valuta",), type=Choice(Currency), label=N_("Currency"))
RATE = Field(
    "rate",
    ("kurs", "växelkurs", "sek_per_eur"),
    False,
    type=Rate(),
    label=N_("SEK per EUR"),
    in_report=N_("SEK for 1 EUR"),
)
RATE_DATE = Field(
    "rate_date", ("kursdatum", "kursens_dag"), False, type=Day(), label=N_("Rate's day"), in_report=N_("Rate of")
)
RATE_BASIS = Field(
    "rate_basis",
    ("kursgrund", "kursens_grund"),
    False,
    type=Text(),
    label=N_("Rate's basis"),
    in_report=N_("Basis"),
)
BUDGETS = RowKind(
    "budgets",
    fields=(
        PROJECT,
        Field(
            "scope",
            ("omfattning", "budget_för"),
            type=Choice(Scope),
            label=N_("Budget of"),
            in_report=N_("Total budget"),
        ),
        Field("amount", ("belopp",), type=Amount(stated="currency"), label=N_("Amount")),
        CURRENCY,
        replace(UNIT, required=False),
        Field(
            "certainty", ("säkerhet",), False, type=Choice(Certainty), label=N_("Certainty"), default=Certainty.EXACT
        ),
        RATE,
        RATE_DATE,
        RATE_BASIS,
    ),
    recognised_by=("project_id", "scope"),
    title=N_("Budgets"),
    row=Budget,
    part="budgets",
    table="project_budget",
    key=("project_id", "scope", "unit", "currency"),
    replaces=("project_id",),
    there_already=ROWS_THERE,
    problem_column="project_id",
)
PAYMENTS = RowKind(
    "payments",
    fields=(
        PROJECT,
        Field(
            "report_year", ("redovisningsår", "year"), type=Year(), label=N_("Report year")
        ),  # the latter in our export
        replace(UNIT, in_report=N_("Paid to")),
        AMOUNT_SEK,
        Field("school_id", required=False, type=SchoolReference(), label=N_("School"), in_files=False),
        Field(
            "paid_until",
            ("betalt_till_och_med", "fakturor_till_och_med", "fakturor_t_o_m", "invoices_up_to"),
            False,
            type=Day(),
            label=N_("Invoices up to"),
        ),
        NOTE,
        Field(
            "kind",
            ("slag", "händelse"),
            False,
            type=Choice(MoneyKind),
            label=N_("Kind"),
            help=N_("Granted, amended, claimed, certified, received, spent or repaid; empty: as the setting says."),
            default=MoneyKind.SPENT,
        ),
        Field("date", ("datum",), False, type=Day(), label=N_("Date"), attribute="day"),
        Field(
            "amount",
            ("belopp",),
            False,
            type=Amount(stated="currency", negative=True),
            label=N_("Amount in its own currency"),
        ),
        replace(CURRENCY, required=False, default=Currency.SEK),
        RATE,
        RATE_DATE,
        replace(RATE_BASIS, type=Choice(RateBasis)),
        replace(BUDGET_GOAL, help=N_("Where it is another than the project's."), in_report=N_("Budget goal")),
        Field("cost_kind", ("kostnadsslag",), False, type=Choice(CostKind), label=N_("Cost kind")),
        Field(
            "voucher",
            ("verifikation", "verifikationsnummer", "ver"),
            False,
            type=Text(),
            label=N_("Voucher"),
            help=N_("The same on several rows: it is split over budget goals or units."),
        ),
        Field("ledger_code", ("projektkod", "ekonomikod"), False, type=Text(), label=N_("Project code in the ledger")),
        Field(
            "reconciled",
            ("avstämd_mot", "avstämd"),
            False,
            type=Text(),
            label=N_("Reconciled with"),
            help=N_("The ledger's voucher and day; the reconciliation writes it."),
        ),
    ),
    recognised_by=("project_id", "report_year"),
    not_with=(DIRECTION, REMARK),
    title=N_("Amounts and events"),
    row=Payment,
    part="payments",
    table="payment",
    replaces=("project_id", "report_year"),
    either=("amount_sek", "amount"),
    there_already=ROWS_THERE,
    problem_column="project_id",
)
