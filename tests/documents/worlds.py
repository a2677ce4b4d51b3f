"""Two years to make reports of: 2018 as published, read here line by line, and a made-up 2031 counted by hand."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from analytics.funding.report import Report, report
from analytics.model.funding import (
    Budget,
    BudgetGoal,
    Certainty,
    Currency,
    Direction,
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
from analytics.model.provenance import Provenance
from analytics.words.language import words

DATA = Path(__file__).parents[2] / "data"
ABOUT = {"Version": "7 (2026-11-22 01:00 UTC)", "Källa": "Testet"}


def rows(path: str) -> list[dict[str, str | None]]:
    with (DATA / path).open(encoding="utf-8-sig", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def goals() -> tuple[BudgetGoal, ...]:
    found = rows("reference/budget_goals.csv")
    return tuple(BudgetGoal(int(row["number"]), row["title_sv"], row["title_en"]) for row in found)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def malmo_2018() -> Funding:
    """The published facts, by nobody's loader."""

    def of(name: str) -> list[dict]:
        return rows(f"malmo-2018/{name}.csv")

    return Funding(
        goals=goals(),
        projects=tuple(
            Project(
                r["project_id"],
                r["title"],
                r["programme"],
                day(r["start"]),
                day(r["end"]),
                action=r["action"],
                role=Role(r["role"]),
                lead_country=r["lead_country"],
                budget_goal=int(r["budget_goal"]),
                networks=r["networks"],
                sectors=tuple(Sector(s) for s in (r["sectors"] or "").split("|") if s),
                note=r["note"],
                provenance=Provenance.PUBLISHED,
            )
            for r in of("projects")
        ),
        budgets=tuple(
            Budget(
                r["project_id"],
                Scope(r["scope"]),
                amount(r["amount"]),
                Currency(r["currency"]),
                r["unit"],
                Certainty(r["certainty"]),
                amount(r["rate"]),
                day(r["rate_date"]),
                r["rate_basis"],
            )
            for r in of("budgets")
        ),
        payments=tuple(
            Payment(
                r["project_id"],
                int(r["report_year"]),
                r["unit"],
                amount(r["amount_sek"]),
                paid_until=day(r["paid_until"]),
                note=r["note"],
            )
            for r in of("payments")
        ),
        partners=tuple(
            Partner(
                r["project_id"],
                r["country"],
                r["place"],
                r["organisation"],
                Sector(r["sector"]) if r["sector"] else None,
            )
            for r in of("partners")
        ),
        participants=tuple(Participant(r["project_id"], r["school"]) for r in of("participants")),
        visits=tuple(
            Visit(
                r["project_id"],
                int(r["year"]),
                Direction(r["direction"]),
                r["place"],
                int(r["persons"]) if r["persons"] else None,
            )
            for r in of("visits")
        ),
        narratives=tuple(
            Narrative(int(r["year"]), ReportQuestion(r["question"]), r["text"], Provenance.PUBLISHED)
            for r in of("narratives")
        ),
        school_names={r["school_id"]: r["name"] for r in of("schools")},
    )


def hand_made() -> Funding:
    """2031: two programmes, three goals and none, a payment split over two units, a EUR budget, texts that bite.

    Paid: Nord 100,000.10 + 20,000.00 = 120,000.10; Syd 50,000.05; =Väst 0.33. In all 170,000.48.
    Goal 2: 150,000.15 (bro); goal 5: 0.33 (bett); no goal: 20,000.00 (utan). Goal 7 is fri's, which was paid nothing.
    Erasmus+ 150,000.48; Interreg 20,000.00.
    """
    bite = '=HYPERLINK("http://x.y") #strong[nej] *a* _b_ $x$ \\ <t> @r \N{GRINNING FACE}\x01'
    return Funding(
        goals=goals(),
        projects=(
            Project("bro", "Bron", "Erasmus+", date(2030, 1, 1), date(2032, 12, 31), budget_goal=2, lead_country="TR"),
            Project("bett", bite, "Erasmus+", date(2031, 2, 1), date(2031, 11, 30), budget_goal=5, note=bite),
            Project("utan", "Utan mål", "Interreg", date(2031, 1, 1), date(2031, 12, 31), action="Sydbaltikum"),
            Project("fri", "Obetald", "Interreg", date(2031, 1, 1), date(2034, 12, 31), budget_goal=7),
        ),
        budgets=(
            Budget("bro", Scope.UNIT, Decimal("7000.25"), Currency.EUR, "Nord"),
            Budget(
                "bro",
                Scope.OWN,
                Decimal("30000.00"),
                Currency.EUR,
                rate=Decimal("11.2345"),
                rate_date=date(2030, 5, 2),
                rate_basis="ECB",
            ),
            Budget("bro", Scope.WHOLE, Decimal("1200000"), Currency.SEK, certainty=Certainty.ABOUT),
        ),
        payments=(
            Payment("bro", 2031, "Nord", Decimal("100000.10"), "nord", date(2032, 1, 8), "slutbetalning"),
            Payment("bro", 2031, "Syd", Decimal("50000.05"), paid_until=date(2031, 12, 31)),
            Payment("bett", 2031, "=Väst", Decimal("0.33"), note="-1+1"),
            Payment("utan", 2031, "Nord", Decimal("20000.00")),
            Payment("bro", 2030, "Nord", Decimal("9.99")),
        ),
        partners=(
            Partner("bro", "FI", "Oulu", "Oulun kaupunki", Sector.PUBLIC),
            Partner("utan", "FI", "Oulu", "Oulun kaupunki", Sector.PUBLIC),
            Partner("bro", "TR", "Izmir", None, Sector.NONPROFIT),
            Partner("bro", "NO", None, None, None),
            Partner("utan", "PL", "Gdynia", None, None),
        ),
        participants=(Participant("bro", "nord"),),
        visits=(Visit("bro", 2031, Direction.OUTGOING, "Oulu", 3), Visit("bro", 2030, Direction.INCOMING, None, 1)),
        narratives=(
            Narrative(2031, ReportQuestion.RESULTS, "Första stycket.\n\nAndra stycket.", Provenance.SYNTHETIC),
        ),
        school_names={"nord": "Nordskolan"},
    )


def report_2018(language: str = "sv") -> Report:
    return report(malmo_2018(), 2018, words(language))


def report_2031(language: str = "sv") -> Report:
    return report(hand_made(), 2031, words(language))


def two_turns() -> Report:
    """2031 of two origins, with a payment of 2030 near the turn to a project that has no sheet in 2031.

    Calendar year 2031: at least 70,000.38 (100,000.10 of 170,000.48 may be of 2032), at most 170,000.48 + 500.50.
    Bron is partly synthetic, bett synthetic, fri published, utan imported; the answer is synthetic.
    """
    made = hand_made()
    origins = {"bro": Provenance.MIXED, "bett": Provenance.SYNTHETIC, "fri": Provenance.PUBLISHED}
    ended = Project("slut", "Avslutat", "Erasmus+", date(2029, 1, 1), date(2030, 12, 31))
    late = Payment("slut", 2030, "Nord", Decimal("500.50"), paid_until=date(2031, 1, 4))
    projects = (*(replace(p, provenance=origins.get(p.id, p.provenance)) for p in made.projects), ended)
    return report(replace(made, projects=projects, payments=(*made.payments, late)), 2031, words("en"))


def of_origins(*origins: Provenance) -> Report:
    """A year with a project of each origin, and nothing else."""
    projects = (
        Project(f"p{n}", f"P{n}", "Erasmus+", date(2031, 1, 1), date(2031, 12, 31), provenance=origin)
        for n, origin in enumerate(origins)
    )
    return report(Funding(goals=goals(), projects=tuple(projects)), 2031, words("en"))
