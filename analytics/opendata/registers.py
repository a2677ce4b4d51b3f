"""The open tables of EU projects and of what schools have been given.

Left out on purpose: every note and free text, as it may name somebody; journeys, as few make each; of certifications
what was applied for or declined; of money what is no cost: grants and instalments are the funders' to publish.
"""

from __future__ import annotations

from analytics.opendata.table import OpenTable, selected
from analytics.words.language import N_

PROJECTS = """
    select
        id as project_id, title, programme, start_date, end_date, action, role, lead_country, budget_goal,
        nullif(array_to_string(sectors, '|'), '') as sectors, provenance
    from project order by position
"""
BUDGETS = """
    select project_id, scope, amount, currency, unit, certainty, rate, rate_date, provenance
    from project_budget join project on project.id = project_id order by project_budget.position
"""
PAYMENTS = """
    select project_id, report_year, unit, amount_sek, school_id, paid_until, provenance
    from payment join project on project.id = project_id where kind = 'spent' order by payment.position
"""
PARTNERS = """
    select project_id, country, place, organisation, sector, provenance
    from project_partner join project on project.id = project_id order by project_partner.position
"""
PARTICIPANTS = """
    select project_id, school_id, school.name as school, project.provenance
    from project_participant
    join project on project.id = project_id
    join school on school.id = school_id
    order by project_participant.position
"""
BUDGET_GOALS = "select number, title_sv, title_en from budget_goal order by number"
GIVEN = "certification where event in ('certified', 'renewed')"
CERTIFICATIONS = f"""
    select school_id, school.name as school, event, day, certification.provenance
    from (from {GIVEN}) as certification join school on school.id = school_id
    order by day, school_id
"""
LABELS = """
    select school_id, school.name as school, label, day, until, label.provenance
    from label join school on school.id = school_id order by day, school_id, label
"""

REGISTERS = (
    OpenTable(
        "eu_projects",
        N_("EU projects"),
        N_("One row per project."),
        "project",
        selected(PROJECTS),
        ("project_id",),
        funding=True,
    ),
    OpenTable(
        "eu_budgets",
        N_("EU projects' budgets"),
        N_("One row per budget of a project, in one currency."),
        "project_budget",
        selected(BUDGETS),
        funding=True,
    ),
    OpenTable(
        "eu_payments",
        N_("EU payments"),
        N_("One row per payment: what was spent."),
        "payment",
        selected(PAYMENTS),
        funding=True,
    ),
    OpenTable(
        "eu_partners",
        N_("EU projects' partners"),
        N_("One row per organisation in a project."),
        "project_partner",
        selected(PARTNERS),
        funding=True,
    ),
    OpenTable(
        "eu_participants",
        N_("Schools in EU projects"),
        N_("One row per school in a project."),
        "project_participant",
        selected(PARTICIPANTS),
        ("project_id", "school_id"),
        funding=True,
    ),
    OpenTable(
        "budget_goals",
        N_("The city's budget goals"),
        N_("One row per goal."),
        "budget_goal",
        selected(BUDGET_GOALS),
        ("number",),
        funding=True,
    ),
    OpenTable(
        "certifications",
        N_("Certified schools"),
        N_("One row per certification, or a renewal of one."),
        GIVEN,
        selected(CERTIFICATIONS),
    ),
    OpenTable(
        "labels",
        N_("Schools' eTwinning labels"),
        N_("One row per label that a school has been given."),
        "label",
        selected(LABELS),
    ),
)
