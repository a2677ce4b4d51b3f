"""Small hand-made registers of EU funding: a sound one that no remark is made on, and a made-up second year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from analytics.model.funding import (
    Budget,
    BudgetGoal,
    Currency,
    Funding,
    Narrative,
    Participant,
    Partner,
    Payment,
    Project,
    ReportQuestion,
    Role,
    Scope,
    Sector,
    Visit,
)

GOALS = tuple(BudgetGoal(number, f"Mål {number}", f"Goal {number}") for number in range(1, 10))
OFFICE = "Kontoret"


def project(id_: str = "sol", start: str = "2018-01-01", end: str = "2019-12-31", **more: Any) -> Project:
    """A project with all that a project should have: Italy leads it, goal 3."""
    said = {"programme": "Erasmus+", "role": Role.PARTNER, "lead_country": "IT", "budget_goal": 3, "title": id_.title()}
    return Project(id=id_, start=date.fromisoformat(start), end=date.fromisoformat(end), **{**said, **more})


def krona(amount: str, scope: Scope = Scope.OWN, project_id: str = "sol", **more: Any) -> Budget:
    return Budget(project_id, scope, Decimal(amount), Currency.SEK, **more)


def euro(
    amount: str, scope: Scope = Scope.OWN, project_id: str = "sol", rate: str | None = None, **more: Any
) -> Budget:
    return Budget(project_id, scope, Decimal(amount), Currency.EUR, rate=Decimal(rate) if rate else None, **more)


def paid(amount: str, year: int = 2018, unit: str = OFFICE, project_id: str = "sol", **more: Any) -> Payment:
    until = more.pop("until", None)
    day, own = date.fromisoformat(until) if until else None, more.pop("own", None)
    return Payment(project_id, year, unit, Decimal(amount), paid_until=day, amount=own, **more)


def answers(*years: int) -> tuple[Narrative, ...]:
    return tuple(Narrative(year, question, "Svar.") for year in years for question in ReportQuestion)


def world(**rows: Any) -> Funding:
    """A register with one project in which everything adds up in 2018; `rows` take the place of its own."""
    said: dict[str, Any] = {
        "goals": GOALS,
        "projects": (project(),),
        "budgets": (krona("100000"),),
        "payments": (paid("40000", until="2018-12-31"),),
        "partners": (Partner("sol", "IT", "Pisa"),),
        "participants": (Participant("sol", "alfa"),),
        "narratives": answers(2018, 2019, 2020),
        "school_names": {"alfa": "Alfaskolan"},
    }
    return Funding(**{**said, **rows})


def second_year() -> Funding:
    """2019, made up: two programmes, three goals and one project without a goal, a payment split over two units, a EUR
    budget, and invoices of 2019 that are counted to January 2020."""
    return world(
        projects=(
            project("sol"),
            project("vind", "2019-01-01", "2021-12-31", programme="Interreg", budget_goal=8, lead_country="DK"),
            project("regn", "2018-08-01", "2019-07-31", budget_goal=1, role=Role.COORDINATOR, lead_country="SE"),
            project("snö", "2016-01-01", "2018-06-30", programme="Interreg", budget_goal=None),
            project("dis", "2020-01-01", "2021-01-01"),
        ),
        budgets=(
            krona("100000"),
            euro("20000", project_id="vind", rate="10.5"),
            euro("60000", Scope.WHOLE, "vind", rate="10.5"),
            krona("90000", project_id="regn"),
        ),
        payments=(
            paid("40000", 2018),
            paid("12500.50", 2019, until="2020-01-03"),
            paid("7499.50", 2019, "Alfaskolan", school_id="alfa", until="2020-01-03"),
            paid("63000", 2019, "Miljö", "vind", until="2019-12-31"),
            paid("30000", 2018, "Alfaskolan", "regn", school_id="alfa", until="2019-01-03"),
            paid("60000", 2019, "Alfaskolan", "regn", school_id="alfa"),
            paid("5000", 2019, OFFICE, "snö"),
        ),
        partners=(
            Partner("sol", "IT", "Pisa", None, Sector.PUBLIC),
            Partner("vind", "DK", "Odense", "CEU", Sector.UNIVERSITY),
            Partner("vind", "IT", "Pisa", None, Sector.PUBLIC),
            Partner("vind", "DE"),
            Partner("regn", "FI", "Oulu", None, Sector.PUBLIC),
            Partner("dis", "PL", "Gdansk", None, Sector.PRIVATE),
        ),
        visits=(Visit("sol", 2018, "outgoing", "Pisa", 4), Visit("sol", 2020, "incoming", None, 9)),
        narratives=answers(2019)[:2],
    )
