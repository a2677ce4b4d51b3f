"""The funding register in files: what each kind holds, in Swedish and English, and what is refused where."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.intake.amounts import amount, country, plan
from analytics.intake.register import Trouble
from analytics.model.funding import Budget, Currency, Narrative, Partner, Payment, Project, Question, Role, Sector
from tests.intake.making import SAY, csv_bytes, refusals, rows, save, take, xlsx_bytes

GOALS = "number | title_sv | title_en\n1 | En ung stad | A young city\n3 | En stad för barn | A city for children"
PROJECTS = """
project_id | title     | programme | start      | end        | role    | lead_country | budget_goal
hav        | Havet     | Erasmus+  | 2018-09-01 | 2020-08-31 | partner | IT           | 3
skog       | Skogen    | Nordplus  | 2019-01-01 | 2019-12-31 |         |              |
"""
PAYMENTS = """
project_id | report_year | unit                                 | amount_sek | paid_until
hav        | 2018        | Grundskoleförvaltningen, Alfaskolan  | 65 865     | 2019-01-03
hav        | 2019        | Grundskoleförvaltningen (Havet)      | 1234,50    |
"""


def taken(folder, **texts: str):
    files = [save(folder / f"{name}.csv", csv_bytes(rows(text), ";")) for name, text in texts.items()]
    return take(folder, *files)


def told(intake, kind: type) -> list:
    return [one.row for one in intake.funding if isinstance(one.row, kind)]


def test_projects_and_payments_whatever_the_order_of_the_files(tmp_path):
    intake = taken(tmp_path, payments=PAYMENTS, projects=PROJECTS, goals=GOALS)
    assert intake.problems == []
    first, second = told(intake, Project)
    assert (first.id, first.start, first.role, first.lead_country) == ("hav", date(2018, 9, 1), Role.PARTNER, "IT")
    assert (first.budget_goal, second.budget_goal, second.role) == (3, None, None)
    assert told(intake, Payment) == [
        Payment("hav", 2018, "Grundskoleförvaltningen, Alfaskolan", Decimal("65865.00"), "alfa", date(2019, 1, 3)),
        Payment("hav", 2019, "Grundskoleförvaltningen (Havet)", Decimal("1234.50")),
    ]


def test_swedish_headings_and_words(tmp_path):
    projects = """
    Projekt | Titel | Program  | Projektstart | Projektslut | Roll        | Budgetmål        | Sektorer          | Utbetalningsplan
    hav     | Havet | Erasmus+ | 2018-09-01   | 2020-08-31  | Koordinator | En stad för barn | offentlig         | 40/40/20
    """  # noqa: E501
    budgets = "Projekt | Omfattning | Belopp | Valuta | Säkerhet | Kurs\nhav | egen | 310 000 kr | SEK | omkring |"
    partners = "Projekt | Land | Ort | Sektor\nhav | EL | Aten | universitet/forskning\nhav | UK | |"
    answers = "År | Fråga | Svar\n2018 | Spridning | Vi berättar för andra."
    intake = taken(tmp_path, goals=GOALS, p=projects, b=budgets, q=partners, a=answers)
    assert intake.problems == []
    (project,) = told(intake, Project)
    assert (project.role, project.budget_goal, project.sectors) == (Role.COORDINATOR, 3, (Sector.PUBLIC,))
    assert project.plan == (Decimal("0.4"), Decimal("0.4"), Decimal("0.2"))
    (budget,) = told(intake, Budget)
    assert (budget.amount, budget.scope, budget.certainty) == (Decimal("310000"), "own", "about")
    greece, britain = told(intake, Partner)
    assert (greece.country, greece.sector, britain.country) == ("GR", Sector.UNIVERSITY, "GB")
    (narrative,) = told(intake, Narrative)
    assert (narrative.year, narrative.question) == (2018, Question.DISSEMINATION)


@pytest.mark.parametrize(
    ("kind", "text", "where"),
    [
        ("payments", PAYMENTS.replace("| 2018 ", "| 20x8 "), (1, "report_year", "20x8")),
        ("payments", PAYMENTS.replace("1234,50", "tusen"), (2, "amount_sek", "tusen")),
        ("payments", PAYMENTS.replace("65 865", "12.345,67"), (1, "amount_sek", "12.345,67")),
        ("payments", PAYMENTS.replace("65 865", "12.345"), (1, "amount_sek", "12.345")),
        ("payments", PAYMENTS.replace("1234,50", "-500"), (2, "amount_sek", "-500")),
        ("payments", PAYMENTS.replace("1234,50", "500 EUR"), (2, "amount_sek", "500 EUR")),
        ("payments", PAYMENTS.replace("hav        | 2019", "hva        | 2019"), (2, "project_id", "hva")),
        ("payments", PAYMENTS.replace("2019-01-03", "3/1 2019"), (1, "paid_until", "3/1 2019")),
        ("projects", PROJECTS.replace("skog ", "hav "), (2, "project_id", "hav")),
        ("projects", PROJECTS.replace("2020-08-31", "2017-08-31"), (1, "end", "2017-08-31")),
        ("projects", PROJECTS.replace("| IT ", "| XY "), (1, "lead_country", "XY")),
        ("projects", PROJECTS.replace("| 3", "| 8"), (1, "budget_goal", "8")),
        ("projects", PROJECTS.replace("| programme ", "| programming "), (None, "programme", None)),
        ("partners", "project_id | country\nhav | Italien", (1, "country", "Italien")),
        ("budgets", "project_id | scope | amount | currency\nhav | own | 5 | USD", (1, "currency", "USD")),
        ("budgets", "project_id | scope | amount | currency\nhav | unit | 5 | SEK", (1, "unit", "")),
        ("budgets", "project_id | scope | amount | currency | rate\nhav | own | 5 | SEK | 10", (1, "rate", "10")),
        ("participants", "project_id | school\nhav | Gammaskolan", (1, "school", "Gammaskolan")),
        ("participants", "project_id | school\nhav | alfa\nhav | Alfaskolan", (2, "school", "alfa")),
        ("narratives", "year | question | text\n2018 | resultat | a\n2018 | results | b", (2, "question", "results")),
    ],
)
def test_refused_with_row_and_column(tmp_path, kind, text, where):
    texts = {"goals": GOALS, "projects": PROJECTS, kind: text}
    intake = taken(tmp_path, **texts)
    assert [(row, column, value) for row, column, value, _ in refusals(intake)] == [where]
    assert all(problem.hint for problem in intake.problems)


def test_a_lost_project_is_named_by_its_nearest(tmp_path):
    payments = PAYMENTS.replace("hav        | 2019", "Skogn      | 2019")
    (problem,) = taken(tmp_path, projects=PROJECTS.replace("| 3", "|  "), payments=payments).problems
    assert "skog" in problem.hint


def test_amounts_of_a_workbook_are_read_to_the_cent(tmp_path):
    table = rows("project_id | report_year | unit | amount_sek\nhav | 2018 | Förvaltningen | 580111")
    table[1][3] = 0.1 + 0.2  # what a spreadsheet holds where it shows 0.30
    file = save(tmp_path / "p.xlsx", xlsx_bytes(table))
    projects = save(tmp_path / "projects.csv", csv_bytes(rows(PROJECTS.replace("| 3", "|  "))))
    intake = take(tmp_path, projects, file)
    assert intake.problems == [] and told(intake, Payment)[0].amount_sek == Decimal("0.30")


@given(st.decimals(0, 10**11, places=2), st.sampled_from(["", " ", "\N{NO-BREAK SPACE}"]), st.sampled_from(",."))
def test_an_amount_is_read_back_however_it_is_written(value, group, point):
    text = f"{value:,.2f}".replace(",", "#").replace(".", point).replace("#", group)
    assert amount(text, Currency.SEK, SAY) == value


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_amounts_countries_and_plans(text):
    found = amount(text, Currency.EUR, SAY)
    assert isinstance(found, Trouble) or (found >= 0 and found == found.quantize(Decimal("0.01")))
    assert isinstance(country(text, SAY), Trouble) or len(country(text, SAY)) == 2
    assert isinstance(plan(text, SAY), Trouble) or sum(plan(text, SAY)) in (0, 1)
