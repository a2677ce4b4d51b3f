"""The vocabulary of EU funding: what a project, a budget, a payment, a partner and a narrative answer are.

Amounts are Decimal from file to edge: SEK and EUR with two decimals, and never added together. A `report_year` is the
year that the yearly report counts a payment to, whatever day an invoice was paid. Payments are of several kinds
(MoneyKind): what was spent is never added to what was received.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from analytics.model.administrations import Administration, ReportPart
from analytics.model.money import CostKind, MoneyKind, MoneySource, Phase, RateBasis
from analytics.model.provenance import Provenance
from analytics.model.remarks import Acknowledgement


class Role(StrEnum):
    """What the administration is in a project."""

    OWNER = "owner"
    COORDINATOR = "coordinator"
    PARTNER = "partner"


class Scope(StrEnum):
    """Whose budget an amount is: the whole project's, the administration's own share, or one unit's share."""

    WHOLE = "whole"
    OWN = "own"
    UNIT = "unit"


class Currency(StrEnum):
    """The currencies that budgets and payments come in; of a payment it is known what it is in SEK."""

    SEK = "SEK"
    EUR = "EUR"


class Certainty(StrEnum):
    """Whether an amount is said to be exact or about."""

    EXACT = "exact"
    ABOUT = "about"


class Sector(StrEnum):
    """The form's sectors, in the form's order."""

    PUBLIC = "public"
    PRIVATE = "private"
    UNIVERSITY = "university"
    NONPROFIT = "nonprofit"


class Direction(StrEnum):
    """A study visit: outgoing is ours abroad, incoming is theirs here."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class ReportQuestion(StrEnum):
    """The form's six questions, in the form's order."""

    PRIORITIES = "priorities"
    STAFFING = "staffing"
    COMPETENCE = "competence"
    RESULTS = "results"
    GOAL_ATTAINMENT = "goal_attainment"
    DISSEMINATION = "dissemination"


class CooperationForm(StrEnum):
    """What international work without EU funds is."""

    NETWORK = "network"
    TWIN_TOWN = "twin_town"
    COMPETITION = "competition"
    FOUNDATION = "foundation"
    PROJECT = "project"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Project:
    """A project in the register. `budget_goal` is the city's goal number, 1-9; `sectors` are those that the form ticks
    for the project, which partners may not show; `plan` is how the grant is paid, as shares of it ((0.8, 0.2): an
    advance of 80 %, the rest when the final report is approved), empty where nobody has said.

    `source`: where somebody says it; else the programme tells (funders.py). `registry_number` is the city's own,
    `agreement` and `identifier` the funder's. `cofinancing_rate` is the funder's part of the costs, `flat_rate` what is
    added to them for indirect costs, both in per cent; `own_cofinancing` the administration's own money, in SEK.
    `administration`: whose it is, by id; None where there is one alone, and for what is the whole city's.
    `rate_rule`: whose rate the agreement counts by. `reports_due`: the days by which the funder wants a report;
    `keep_until`: the last day that vouchers must be kept. `contact`: a role or an address, nobody's name."""

    id: str
    title: str
    programme: str
    start: date
    end: date
    action: str | None = None
    role: Role | None = None
    lead_country: str | None = None
    budget_goal: int | None = None
    networks: str | None = None
    sectors: tuple[Sector, ...] = ()
    plan: tuple[Decimal, ...] = ()
    funder: str | None = None
    source: MoneySource | None = None
    phase: Phase | None = None
    registry_number: str | None = None
    agreement: str | None = None
    identifier: str | None = None
    contact: str | None = None
    cofinancing_rate: Decimal | None = None
    own_cofinancing: Decimal | None = None
    flat_rate: Decimal | None = None
    rate_rule: RateBasis | None = None
    reports_due: tuple[date, ...] = ()
    keep_until: date | None = None
    note: str | None = None
    provenance: Provenance = Provenance.IMPORTED
    administration: str | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """An amount that a project, the administration's share of it, or a unit's share has. `rate` is SEK for one EUR."""

    project_id: str
    scope: Scope
    amount: Decimal
    currency: Currency
    unit: str | None = None
    certainty: Certainty = Certainty.EXACT
    rate: Decimal | None = None
    rate_date: date | None = None
    rate_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that was granted, claimed, received, spent or repaid (`kind`), at a unit, and is counted to a report year.
    Several rows may have one voucher: it is split over budget goals by rows.

    An amount below 0 takes back something of the same kind (a credit note, a cut in the grant), and then `note` says
    what; what is `repaid` went back, and stands above 0. `amount` is what it was in its own `currency` and `rate` the
    SEK for one EUR, where that is stated; `amount_sek` is always there. `paid_until`: invoices paid up to this day are
    in it. `budget_goal`: where it is another than the project's. `school_id`: the school that the unit's text names,
    where it names a known one. `ledger_code`: the project's code in the city's ledger;
    `reconciled`: the voucher and day of the ledger's row that it was found to be."""

    project_id: str
    report_year: int
    unit: str
    amount_sek: Decimal
    school_id: str | None = None
    paid_until: date | None = None
    note: str | None = None
    kind: MoneyKind = MoneyKind.SPENT
    day: date | None = None
    amount: Decimal | None = None
    currency: Currency = Currency.SEK
    rate: Decimal | None = None
    rate_date: date | None = None
    rate_basis: RateBasis | None = None
    budget_goal: int | None = None
    cost_kind: CostKind | None = None
    voucher: str | None = None
    ledger_code: str | None = None
    reconciled: str | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner of a project; `country` is ISO 3166 alpha-2. Without place and organisation it says no more than the
    tick in the form's grid of countries."""

    project_id: str
    country: str
    place: str | None = None
    organisation: str | None = None
    sector: Sector | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """A school that takes part in a project."""

    project_id: str
    school_id: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A study visit; `persons` travelled or were received."""

    project_id: str
    year: int
    direction: Direction
    place: str | None = None
    persons: int | None = None


@dataclass(frozen=True, slots=True)
class Narrative:
    """The answer to one of the form's questions: an administration's, or where it names none that of the only one, or
    of the whole city."""

    year: int
    question: ReportQuestion
    text: str
    provenance: Provenance = Provenance.IMPORTED
    administration: str | None = None


@dataclass(frozen=True, slots=True)
class Cooperation:
    """International work of a year without EU funds: `partners` says with whom, `funder` who pays where somebody else
    does. No amount of it is in any sum."""

    year: int
    name: str
    form: CooperationForm
    partners: str | None = None
    funder: str | None = None
    text: str | None = None
    provenance: Provenance = Provenance.IMPORTED
    administration: str | None = None


@dataclass(frozen=True, slots=True)
class BudgetGoal:
    """A goal of a city's budget, in force from one year to another (None: whatever the year). A number stands for one
    goal of the store: another budget's goals have others."""

    number: int
    title_sv: str
    title_en: str
    city: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None

    def in_force(self, year: int) -> bool:
        return (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass(frozen=True, slots=True)
class Funding:
    """The whole register as one version holds it; every tuple in the order in which it was told."""

    goals: tuple[BudgetGoal, ...] = ()
    administrations: tuple[Administration, ...] = ()
    projects: tuple[Project, ...] = ()
    budgets: tuple[Budget, ...] = ()
    payments: tuple[Payment, ...] = ()
    partners: tuple[Partner, ...] = ()
    participants: tuple[Participant, ...] = ()
    visits: tuple[Visit, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    report_parts: tuple[ReportPart, ...] = ()
    school_names: dict[str, str] | None = None
    """Names of the schools that payments and participants point at."""

    @property
    def spent(self) -> tuple[Payment, ...]:
        """The payments that a year's report sums: what invoices cost, less what was corrected."""
        return tuple(payment for payment in self.payments if payment.kind is MoneyKind.SPENT)


class Weight(StrEnum):
    """How a remark weighs: something that cannot be right, something to look at, something to know when reading."""

    WRONG = "wrong"
    CHECK = "check"
    KNOW = "know"
