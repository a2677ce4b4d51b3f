"""The kinds of rows of the funding register, in the order in which they are read: what others hang on comes first."""

from __future__ import annotations

from analytics.model.funding import (
    BudgetGoal,
    Participant,
    Partner,
    Project,
    Role,
    Sector,
    Visit,
)
from analytics.registers.field import Field, RowKind
from analytics.registers.money import AMOUNT_SEK, BUDGETS, PAYMENTS
from analytics.registers.of_the_year import COOPERATIONS, NARRATIVES, YEAR_OF_REPORT
from analytics.registers.shared import (
    BUDGET_GOAL,
    DIRECTION,
    ID_HEADINGS,
    IN_FORCE,
    NOTE,
    PROJECT,
    PROVENANCE,
    ROWS_THERE,
    SCHOOL,
)
from analytics.registers.types import (
    Choice,
    Choices,
    Count,
    Country,
    Day,
    Identifier,
    Plan,
    Text,
    Whole,
)
from analytics.words.language import N_

PLACE = Field("place", ("ort", "plats"), False, type=Text(), label=N_("Place"))

BUDGET_GOALS = RowKind(
    "budget_goals",
    fields=(
        Field("number", ("nummer", "mål_nummer"), type=Whole(1, 99), label=N_("No.")),
        Field("title_sv", ("titel_sv", "målområde"), type=Text(), label=N_("Title in Swedish")),
        Field("title_en", ("titel_en",), False, type=Text(), label=N_("Title in English"), instead="title_sv"),
        Field("city", ("kommun", "stad"), False, type=Text(), label=N_("Whose goal it is")),
        *IN_FORCE,
    ),
    recognised_by=("number", "title_sv"),
    title=N_("Budget goals"),
    row=BudgetGoal,
    part="goals",
    table="budget_goal",
    key=("number",),
    replaces=(),  # a file is the whole list: what another city or budget had would stand among them
    there_already=N_("The store has a list of budget goals already."),
    problem_column="number",
)
PROJECTS = RowKind(
    "projects",
    fields=(
        Field(
            "project_id",
            ID_HEADINGS,
            type=Identifier(),
            label=N_("Id"),
            help=N_("Set when the project is added; the same every year."),
            attribute="id",
        ),
        Field("title", ("titel", "projektnamn", "projekttitel"), type=Text(long=True), label=N_("Title")),
        Field("programme", ("program",), type=Text(), label=N_("Programme")),
        Field("start", ("projektstart", "startdatum"), type=Day(), label=N_("Start"), in_report=N_("Project start")),
        Field("end", ("projektslut", "slut", "slutdatum"), type=Day(), label=N_("End"), in_report=N_("Project end")),
        Field(
            "action",
            ("underprogram", "åtgärd"),
            False,
            type=Text(),
            label=N_("Action"),
            in_report=N_("Sub-programme/action"),
        ),
        Field("role", ("roll", "befattning"), False, type=Choice(Role), label=N_("Role")),
        Field(
            "lead_country",
            ("ledande_land", "samordnarland"),
            False,
            type=Country(),
            label=N_("Lead country"),
            in_report=N_("Led by"),
        ),
        BUDGET_GOAL,
        Field("networks", ("nätverk",), False, type=Text(), label=N_("Networks"), in_report=N_("Part of networks")),
        Field(
            "sectors",
            ("sektorer",),
            False,
            type=Choices(Sector),
            label=N_("Sectors"),
            help=N_("public, private, university, nonprofit, with | between."),
            default=(),
        ),
        Field(
            "plan",
            ("utbetalningsplan",),
            False,
            type=Plan(),
            label=N_("Payment plan, %"),
            help=N_("The instalments in per cent, such as 80/20."),
            default=(),
        ),
        NOTE,
        PROVENANCE,
    ),
    recognised_by=("title", "programme"),
    not_with=(AMOUNT_SEK,),  # our export of payments says what the project is called
    title=N_("Projects"),
    row=Project,
    part="projects",
    table="project",
    key=("id",),
    replaces=("id",),
    there_already=N_("The project is in the store already."),
    problem_column="project_id",
)
PARTNERS = RowKind(
    "partners",
    fields=(
        PROJECT,
        Field("country", ("land",), type=Country(), label=N_("Country")),
        PLACE,
        Field("organisation", required=False, type=Text(), label=N_("Organisation")),
        Field("sector", ("sektor",), False, type=Choice(Sector), label=N_("Sector")),
    ),
    recognised_by=("project_id", "country"),
    title=N_("Partners"),
    row=Partner,
    part="partners",
    table="project_partner",
    replaces=("project_id",),
    there_already=ROWS_THERE,
    problem_column="project_id",
)
PARTICIPANTS = RowKind(
    "participants",
    fields=(PROJECT, SCHOOL),
    recognised_by=("project_id", "school"),
    title=N_("Participating schools"),
    row=Participant,
    part="participants",
    table="project_participant",
    key=("project_id", "school_id"),
    replaces=("project_id",),
    there_already=ROWS_THERE,
    problem_column="project_id",
)
VISITS = RowKind(
    "visits",
    fields=(
        PROJECT,
        YEAR_OF_REPORT,
        DIRECTION,
        PLACE,
        Field("persons", ("personer", "antal_personer"), False, type=Count(), label=N_("Persons")),
    ),
    recognised_by=("project_id", "direction"),
    title=N_("Study visits"),
    row=Visit,
    part="visits",
    table="study_visit",
    replaces=("project_id", "year"),
    there_already=ROWS_THERE,
    problem_column="project_id",
)
FUNDING = (BUDGET_GOALS, PROJECTS, BUDGETS, PAYMENTS, PARTNERS, PARTICIPANTS, VISITS, NARRATIVES, COOPERATIONS)
