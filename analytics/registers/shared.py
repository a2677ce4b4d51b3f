"""Fields that several kinds have."""

from __future__ import annotations

from analytics.model.funding import Direction
from analytics.model.provenance import Provenance
from analytics.model.remarks import RemarkKind
from analytics.registers.field import Field
from analytics.registers.types import (
    BudgetGoalReference,
    Choice,
    CriterionReference,
    FrameworkReference,
    Origin,
    Reference,
    RoundYear,
    SchoolReference,
    Text,
    Year,
)
from analytics.words.language import N_

SCHOOL = Field(
    "school", ("skola", "skolenhet", "enhet"), type=SchoolReference(), label=N_("School"), attribute="school_id"
)
FRAMEWORK = Field("framework", ("ramverk",), type=FrameworkReference(), label=N_("Framework"))
YEAR = Field("year", ("år", "ar", "mätår"), type=RoundYear(), label=N_("Year"))
CRITERION = Field("criterion", ("kriterium",), type=CriterionReference(), label=N_("Criterion"))
ADMINISTRATION = Field(
    "administration",
    ("förvaltnings_id",),
    False,
    type=Reference("administrations"),
    label=N_("Administration"),
    help=N_("Where the city has several; empty: the only one, or the whole city's."),
)
NOTE = Field("note", ("anteckning", "notering"), False, type=Text(long=True), label=N_("Note"))
PROVENANCE = Field("provenance", type=Origin(), label=N_("Provenance"), in_files=False, default=Provenance.IMPORTED)

IN_FORCE = (
    Field("valid_from", ("giltig_från", "från_år"), False, type=Year(), label=N_("From the year")),
    Field("valid_to", ("giltig_till", "till_år"), False, type=Year(), label=N_("To the year")),
)
"""The years in which something holds; without them, whatever the year."""

# Of the funding register
ID_HEADINGS = ("projekt_id", "projektid", "projekt")
PROJECT = Field("project_id", ID_HEADINGS, type=Reference("projects"), label=N_("Project id"))
UNIT = Field("unit", ("enhet", "förvaltning"), type=Text(long=True), label=N_("Unit"))
BUDGET_GOAL = Field(
    "budget_goal",
    ("budgetmål",),
    False,
    type=BudgetGoalReference(),
    label=N_("Budget goal"),
    in_report=N_("No."),
)
DIRECTION = Field("direction", ("riktning",), type=Choice(Direction), label=N_("Direction"))
REMARK = Field("remark", ("anmärkning",), type=Choice(RemarkKind), label=N_("Remark"), attribute="kind")
ROWS_THERE = N_("The store holds such rows of the project already.")

ROUND = ("school_id", "framework", "year")
"""The attributes that say which school's round a row is about."""
