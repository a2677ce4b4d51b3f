"""The form's own words for roles, sectors, questions, scopes and countries, in the reader's language."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pycountry

from analytics.funding.checks.report import Weight
from analytics.funding.report import Report
from analytics.model.funding import BudgetGoal, Direction, Partner, Question, Role, Scope, Sector
from analytics.model.provenance import Provenance
from analytics.words.labels import label_of
from analytics.words.language import Words

FORM_COUNTRIES = Path(__file__).parents[3] / "data" / "reference" / "form_countries.csv"


@cache
def countries(say: Words) -> dict[str, str]:
    """Every country's code and name, by name; Kosovo takes part in the programmes and has no ISO code of its own."""
    names = {code: say.country(code) for code in (*(c.alpha_2 for c in pycountry.countries), "XK")}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


@cache
def form_countries() -> tuple[tuple[str, str], ...]:
    """(code, the form's Swedish name) of the countries that the form has boxes for, in the form's order."""
    if not FORM_COUNTRIES.exists():
        return ()
    with FORM_COUNTRIES.open(encoding="utf-8-sig", newline="") as file:
        return tuple((row["code"], row["name_sv"]) for row in csv.DictReader(file))


def partner_name(partner: Partner, say: Words) -> str:
    """Finland (Oulu); a country alone where no more is known."""
    more = ", ".join(text for text in (partner.place, partner.organisation) if text)
    country = say.country(partner.country)
    return f"{country} ({more})" if more else country


def goal_name(goal: BudgetGoal | None, say: Words) -> str:
    """3. En stad för barn och unga."""
    return say("No budget goal") if goal is None else f"{goal.number}. {goal_title(goal, say)}"


def goal_title(goal: BudgetGoal, say: Words) -> str:
    return goal.title_sv if say.language == "sv" else goal.title_en


def role_name(role: Role | None, say: Words) -> str:
    return label_of(role, say) if role else ""


def sector_name(sector: Sector, say: Words) -> str:
    return label_of(sector, say)


def scope_name(scope: Scope, say: Words) -> str:
    return label_of(scope, say)


def direction_name(direction: Direction, say: Words) -> str:
    return label_of(direction, say)


def question_name(question: Question, say: Words) -> str:
    """The form's heading over the answer."""
    return label_of(question, say)


def weight_name(weight: Weight, say: Words) -> str:
    return {Weight.WRONG: say("Wrong"), Weight.CHECK: say("Check"), Weight.KNOW: say("Know")}[weight]


def table_name(where: str, say: Words) -> str:
    """The name of a table of the register, where something can be mended."""
    return {
        "projects": say("Projects"),
        "budgets": say("Budgets"),
        "payments": say("Payments"),
        "partners": say("Partners"),
        "participants": say("Participating schools"),
        "visits": say("Study visits"),
        "narratives": say("Answers"),
    }.get(where, where)


def provenance_name(report: Report, say: Words) -> str:
    """Where the report's data come from, for every page of it."""
    if has_synthetic(report):
        if report.provenance is Provenance.SYNTHETIC:
            return say("Synthetic data: invented projects, payments and answers")
        return say("Partly synthetic data: some projects, payments or answers are invented")
    if report.provenance is Provenance.PUBLISHED:
        return say("Published data")
    return say("Published and imported data") if Provenance.PUBLISHED in _origins(report) else say("Imported data")


def origin(provenance: Provenance, say: Words) -> str:
    """Where one row comes from, in a word."""
    return {
        Provenance.PUBLISHED: say("published"),
        Provenance.SYNTHETIC: say("invented (synthetic)"),
        Provenance.MIXED: say("partly synthetic"),
    }.get(provenance, say("imported"))


def has_synthetic(report: Report) -> bool:
    """Whether anything in the report is invented: the whole, or a part of what is called mixed."""
    return not {Provenance.SYNTHETIC, Provenance.MIXED}.isdisjoint(_origins(report) | {report.provenance})


def mixed_origins(report: Report) -> bool:
    """Whether projects and answers are not all of one origin, so that each must say its own."""
    origins = _origins(report)
    return len(origins) > 1 or Provenance.MIXED in origins


def _origins(report: Report) -> set[Provenance]:
    told = {narrative.provenance for _, narrative in report.narratives if narrative}
    return told | {sheet.project.provenance for sheet in report.sheets}
