"""The kinds of files that the funding register comes in."""

from __future__ import annotations

from analytics.intake.headings import NOTE, ROLE, SCHOOL, YEAR, Column, Kind

PROJECT = Column("project_id", ("projekt_id", "projektid", "projekt"))
UNIT = Column("unit", ("enhet", "förvaltning"))
PLACE = Column("place", ("ort", "plats"), required=False)

PROJECTS = Kind(
    "projects",
    (
        PROJECT,
        Column("title", ("titel", "projektnamn", "projekttitel")),
        Column("programme", ("program",)),
        Column("start", ("projektstart", "startdatum")),
        Column("end", ("slut", "projektslut", "slutdatum")),
        Column("action", ("underprogram", "åtgärd"), required=False),
        ROLE,
        Column("lead_country", ("ledande_land", "samordnarland"), required=False),
        Column("budget_goal", ("budgetmål",), required=False),
        Column("networks", ("nätverk",), required=False),
        Column("sectors", ("sektorer",), required=False),
        Column("plan", ("utbetalningsplan",), required=False),
        NOTE,
    ),
    told_by=("title", "programme"),
)
BUDGETS = Kind(
    "budgets",
    (
        PROJECT,
        Column("scope", ("omfattning", "budget_för")),
        Column("amount", ("belopp",)),
        Column("currency", ("valuta",)),
        Column("unit", UNIT.also, required=False),
        Column("certainty", ("säkerhet",), required=False),
        Column("rate", ("kurs", "växelkurs", "sek_per_eur"), required=False),
        Column("rate_date", ("kursdatum", "kursens_dag"), required=False),
        Column("rate_basis", ("kursgrund", "kursens_grund"), required=False),
    ),
    told_by=("project_id", "scope"),
)
PAYMENTS = Kind(
    "payments",
    (
        PROJECT,
        Column("report_year", ("redovisningsår",)),
        UNIT,
        Column("amount_sek", ("belopp_sek", "utbetalt_sek", "belopp_kr", "utbetalt_kr")),
        Column(
            "paid_until",
            ("betalt_till_och_med", "fakturor_till_och_med", "fakturor_t_o_m", "invoices_up_to"),
            required=False,
        ),
        NOTE,
    ),
    told_by=("project_id", "report_year"),
)
PARTNERS = Kind(
    "partners",
    (
        PROJECT,
        Column("country", ("land",)),
        PLACE,
        Column("organisation", required=False),
        Column("sector", ("sektor",), required=False),
    ),
    told_by=("project_id", "country"),
)
PARTICIPANTS = Kind("participants", (PROJECT, SCHOOL), told_by=("project_id", "school"))
VISITS = Kind(
    "visits",
    (
        PROJECT,
        YEAR,
        Column("direction", ("riktning",)),
        PLACE,
        Column("persons", ("personer", "antal_personer"), required=False),
    ),
    told_by=("project_id", "direction"),
)
NARRATIVES = Kind(
    "narratives", (YEAR, Column("question", ("fråga",)), Column("text", ("svar",))), told_by=("question", "text")
)
BUDGET_GOALS = Kind(
    "budget_goals",
    (
        Column("number", ("nummer", "mål_nummer")),
        Column("title_sv", ("titel_sv", "målområde")),
        Column("title_en", ("titel_en",), required=False),
    ),
    told_by=("number", "title_sv"),
)
FUNDING = (BUDGET_GOALS, PROJECTS, BUDGETS, PAYMENTS, PARTNERS, PARTICIPANTS, VISITS, NARRATIVES)
