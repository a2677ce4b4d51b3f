"""What the members of each vocabulary are called: on the pages, in the documents, and in the cells of files.

A vocabulary is data, a text a member. Tests hold that every member has one in both languages, and that intake reads
each of them back as its member.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from analytics.model.administrations import PartStatus
from analytics.model.dialogue import Event, Mark, Progress, Responsible
from analytics.model.funding import (
    Certainty,
    CooperationForm,
    CostKind,
    Currency,
    Direction,
    MoneyKind,
    MoneySource,
    Phase,
    RateBasis,
    ReportQuestion,
    Role,
    Scope,
    Sector,
    Weight,
)
from analytics.model.remarks import RemarkKind
from analytics.words.language import N_, Marked, Words
from analytics.words.remarks import REMARK_KIND

Member = TypeVar("Member", bound=StrEnum)

ROLE = {Role.OWNER: N_("Project owner"), Role.COORDINATOR: N_("Coordinator"), Role.PARTNER: N_("Partner")}
SCOPE = {Scope.WHOLE: N_("Whole project"), Scope.OWN: N_("The administration's share"), Scope.UNIT: N_("Unit's share")}
SCOPE_IN_TEXT = {
    Scope.WHOLE: N_("the whole budget"),
    Scope.OWN: N_("the own share"),
    Scope.UNIT: N_("the unit's share"),
}
CURRENCY = {currency: Marked(currency.value) for currency in Currency}  # codes, alike in every language
CERTAINTY = {Certainty.EXACT: N_("exact"), Certainty.ABOUT: N_("about")}
MONEY_KIND = {
    MoneyKind.GRANTED: N_("granted"),
    MoneyKind.AMENDED: N_("grant amended"),
    MoneyKind.CLAIMED: N_("claimed"),
    MoneyKind.CERTIFIED: N_("claim approved"),
    MoneyKind.RECEIVED: N_("received"),
    MoneyKind.SPENT: N_("spent"),
    MoneyKind.REPAID: N_("repaid"),
}
MONEY_SOURCE = {MoneySource.EU: N_("EU money"), MoneySource.OTHER: N_("other money")}
PHASE = {
    Phase.APPLIED: N_("applied for"),
    Phase.DECLINED: N_("turned down"),
    Phase.RUNNING: N_("running"),
    Phase.REPORTED: N_("final report handed in"),
    Phase.CLOSED: N_("closed"),
}
COST_KIND = {
    CostKind.STAFF: N_("staff"),
    CostKind.UNIT_COST: N_("unit cost"),
    CostKind.FLAT_RATE: N_("flat rate"),
    CostKind.TRAVEL: N_("travel"),
    CostKind.OTHER: N_("other cost"),
}
RATE_BASIS = {
    RateBasis.ECB: N_("the ECB's rate of the day"),
    RateBasis.INFOREURO: N_("InforEuro's rate of the month"),
    RateBasis.AGREEMENT: N_("the agreement's rate"),
    RateBasis.BANK: N_("the bank's rate"),
}
SECTOR = {
    Sector.PUBLIC: N_("Public"),
    Sector.PRIVATE: N_("Private"),
    Sector.UNIVERSITY: N_("University/research"),
    Sector.NONPROFIT: N_("Non-profit sector"),
}
DIRECTION = {Direction.OUTGOING: N_("abroad"), Direction.INCOMING: N_("received here")}
COOPERATION_FORM = {
    CooperationForm.NETWORK: N_("Network"),
    CooperationForm.TWIN_TOWN: N_("Twin town"),
    CooperationForm.COMPETITION: N_("Competition or event"),
    CooperationForm.FOUNDATION: N_("Foundation"),
    CooperationForm.PROJECT: N_("Project with other funds"),
    CooperationForm.OTHER: N_("Something else"),
}
QUESTION = {  # the form's headings over the answers
    ReportQuestion.PRIORITIES: N_("The administration's priorities in its international work"),
    ReportQuestion.STAFFING: N_("Staff for the administration's international work"),
    ReportQuestion.COMPETENCE: N_("Learning about EU matters and EU projects"),
    ReportQuestion.RESULTS: N_("Results achieved (of the projects and beyond them)"),
    ReportQuestion.GOAL_ATTAINMENT: N_("How EU funds have helped the administration to reach its goals"),
    ReportQuestion.DISSEMINATION: N_("How project results are put to use and spread"),
}
QUESTION_IN_SHORT = {
    ReportQuestion.PRIORITIES: N_("priorities"),
    ReportQuestion.STAFFING: N_("staffing"),
    ReportQuestion.COMPETENCE: N_("competence development"),
    ReportQuestion.RESULTS: N_("results"),
    ReportQuestion.GOAL_ATTAINMENT: N_("goal attainment"),
    ReportQuestion.DISSEMINATION: N_("dissemination"),
}
PART_STATUS = {
    PartStatus.NOT_BEGUN: N_("Not begun"),
    PartStatus.DRAFT: N_("Draft"),
    PartStatus.HANDED_IN: N_("Handed in"),
    PartStatus.APPROVED: N_("Approved"),
}
WEIGHT = {
    Weight.WRONG: N_("Wrong"),
    Weight.CHECK: N_("Check"),
    Weight.KNOW: N_("For information"),
}  # of remarks on a report
RESPONSIBLE = {  # the roles that answer for an action, as Göteborg's plan has them
    Responsible.STAFF: N_("Staff"),
    Responsible.TEACHING_STAFF: N_("Teaching staff"),
    Responsible.MANAGER: N_("Manager"),
    Responsible.PRINCIPAL: N_("Principal"),
    Responsible.CENTRAL: N_("Central administration"),
}
PROGRESS = {  # the same words for a goal and for an action
    Progress.AGREED: N_("Agreed upon"),
    Progress.UNDER_WAY: N_("Under way"),
    Progress.DONE: N_("Done"),
    Progress.DROPPED: N_("Given up"),
}
EVENT = {
    Event.APPLIED: N_("Has applied"),
    Event.IN_PROCESS: N_("In process"),
    Event.CERTIFIED: N_("Certified"),
    Event.RENEWED: N_("Renewed"),
    Event.DECLINED: N_("Declined"),
}
MARK = {  # in the Swedish agency's own words
    Mark.SCHOOL_LABEL: N_("eTwinning School"),
    Mark.NATIONAL_QUALITY_LABEL: N_("eTwinning National Quality Label"),
    Mark.EUROPEAN_QUALITY_LABEL: N_("eTwinning European Quality Label"),
    Mark.PRIZE: N_("eTwinning prize"),
    Mark.CERTIFICATE: N_("eTwinning certificate"),
}

LABELS: dict[type[StrEnum], Mapping[Any, Marked]] = {
    Role: ROLE,
    Scope: SCOPE,
    Currency: CURRENCY,
    Certainty: CERTAINTY,
    MoneyKind: MONEY_KIND,
    MoneySource: MONEY_SOURCE,
    Phase: PHASE,
    CostKind: COST_KIND,
    RateBasis: RATE_BASIS,
    Sector: SECTOR,
    Direction: DIRECTION,
    ReportQuestion: QUESTION,
    CooperationForm: COOPERATION_FORM,
    RemarkKind: REMARK_KIND,
    PartStatus: PART_STATUS,
    Responsible: RESPONSIBLE,
    Progress: PROGRESS,
    Event: EVENT,
    Mark: MARK,
}
"""Every vocabulary that columns of the registers take words of."""


def label_of(member: StrEnum, say: Words) -> str:
    """What a member is called."""
    return say.marked(LABELS[type(member)][member])


def label_of_text(kind: type[StrEnum], text: str, say: Words) -> str:
    """What the member that is written so is called; of what is none (no box of ours has sent it) the text."""
    try:
        return label_of(kind(text), say)
    except ValueError:
        return text


def labels_of(kind: type[Member], say: Words) -> dict[Member, str]:
    """What each member of a vocabulary is called, in their order."""
    return {member: label_of(member, say) for member in kind}
