"""A small register of EU funding, whose sums can be made by hand: three projects, two programmes, three units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from analytics.model.funding import Budget, BudgetGoal, Currency, Funding, Participant, Partner, Payment, Project, Scope
from analytics.model.provenance import Provenance

GOALS = tuple(BudgetGoal(number, f"Mål {number}", f"Goal {number}") for number in range(1, 10))


def register() -> Funding:
    """Paid: 2023 100,000; 2024 305,000.50 (of it 55,000.50 to Nord); 2025 40,000. In all 445,000.50."""
    return Funding(
        goals=GOALS,
        projects=(
            Project(
                "lasa",
                "Läsa tillsammans",
                "Erasmus+",
                date(2023, 1, 1),
                date(2025, 12, 31),
                budget_goal=3,
                plan=(Decimal("0.8"), Decimal("0.2")),
                provenance=Provenance.SYNTHETIC,
            ),
            Project(
                "koda",
                "Koda över gränser",
                "Erasmus+",
                date(2024, 7, 1),
                date(2026, 6, 30),
                budget_goal=3,
                provenance=Provenance.SYNTHETIC,
            ),
            Project(
                "jobb",
                "Första jobbet",
                "ESF+",
                date(2022, 3, 1),
                date(2024, 2, 29),
                budget_goal=1,
                provenance=Provenance.PUBLISHED,
            ),
        ),
        budgets=(
            Budget("lasa", Scope.OWN, Decimal("400000.00"), Currency.SEK),
            Budget("koda", Scope.OWN, Decimal("20000.00"), Currency.EUR, rate=Decimal("11.50")),
        ),
        payments=(
            Payment("lasa", 2023, "Syd", Decimal("100000.00"), paid_until=date(2024, 1, 8)),
            Payment("lasa", 2024, "Syd", Decimal("200000.00")),
            Payment("lasa", 2024, "Nord", Decimal("55000.50")),
            Payment("jobb", 2024, "Arbetsmarknad", Decimal("50000.00"), paid_until=date(2024, 12, 31)),
            Payment("koda", 2025, "Nord", Decimal("40000.00")),
        ),
        partners=(
            Partner("lasa", "FI", "Oulu", "Oulun kaupunki"),
            Partner("lasa", "SE", "Malmö"),
            Partner("koda", "FI", "Oulu", "Oulun kaupunki"),
            Partner("koda", "PT"),
            Partner("jobb", "DE", "Kiel"),
        ),
        participants=(
            Participant("lasa", "agatskolan"),
            Participant("lasa", "basaltskolan"),
            Participant("koda", "agatskolan"),
        ),
        school_names={"agatskolan": "Agatskolan", "basaltskolan": "Basaltskolan"},
    )
