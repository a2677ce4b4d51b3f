"""The funding register in files: what each kind holds, in Swedish and English, and what is refused where."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from analytics.intake.amounts import amount, plan
from analytics.intake.countries import country
from analytics.intake.files import ReadingOptions, take_in
from analytics.intake.word_problem import WordProblem
from analytics.model.funding import Budget, Currency, Narrative, Partner, Payment, Project, ReportQuestion, Role, Sector
from analytics.words.language import words
from tests.intake.making import SAY, SCHOOLS, csv_bytes, refusals, rows, save, take

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
    assert (narrative.year, narrative.question) == (2018, ReportQuestion.DISSEMINATION)


@pytest.mark.parametrize(
    ("kind", "text", "where"),
    [
        ("payments", PAYMENTS.replace("| 2018 ", "| 20x8 "), (1, "report_year", "20x8")),
        ("payments", PAYMENTS.replace("1234,50", "tusen"), (2, "amount_sek", "tusen")),
        ("payments", PAYMENTS.replace("65 865", "12.345,67"), (1, "amount_sek", "12.345,67")),
        ("payments", PAYMENTS.replace("65 865", "12.345"), (1, "amount_sek", "12.345")),
        ("payments", PAYMENTS.replace("1234,50", "-500"), (2, "note", "")),
        ("budgets", "project_id | scope | amount | currency\nhav | own | -5 | SEK", (1, "amount", "-5")),
        ("payments", PAYMENTS.replace("1234,50", "500 EUR"), (2, "amount_sek", "500 EUR")),
        ("payments", PAYMENTS.replace("hav        | 2019", "hva        | 2019"), (2, "project_id", "hva")),
        ("payments", PAYMENTS.replace("2019-01-03", "3/1 2019"), (1, "paid_until", "3/1 2019")),
        ("projects", PROJECTS.replace("skog ", "hav "), (2, "project_id", "hav")),
        ("projects", PROJECTS.replace("2020-08-31", "2017-08-31"), (1, "end", "2017-08-31")),
        ("projects", PROJECTS.replace("| IT ", "| XY "), (1, "lead_country", "XY")),
        ("projects", PROJECTS.replace("| 3", "| 8"), (1, "budget_goal", "8")),
        ("projects", PROJECTS.replace("| programme ", "| programming "), (None, "programme", None)),
        ("partners", "project_id | country\nhav | Italienien", (1, "country", "Italienien")),
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


def test_a_repayment_is_a_signed_amount_with_a_note(tmp_path):
    payments = """
    Projekt | Redovisningsår | Enhet                                | Belopp_sek       | Anteckning
    hav     | 2018           | Grundskoleförvaltningen, Alfaskolan  | 65 865:-         |
    hav     | 2018           | Grundskoleförvaltningen, Alfaskolan  | − 12 500,50 kr   | Outnyttjade medel återbetalda
    hav     | 2018           | Grundskoleförvaltningen              | –1               |  
    """
    intake = taken(tmp_path, goals=GOALS, projects=PROJECTS, payments=payments)
    problem = "A repayment or correction needs a note that says what it corrects."
    assert refusals(intake) == [(3, "Anteckning", "", problem)]
    amounts = [row.amount_sek for row in told(intake, Payment)]
    assert amounts == [Decimal("65865.00"), Decimal("-12500.50"), Decimal("-1.00")]


def test_price_writing_and_days_from_other_programs(tmp_path):
    projects = PROJECTS.replace("2018-09-01", "25 september 2018").replace("2020-08-31", "2020-08-31 00:00:00")
    payments = PAYMENTS.replace("65 865", "12 345:-").replace("1234,50", "12 345 kr.")
    payments = payments.replace("2019-01-03", "03.01.2019")
    intake = taken(tmp_path, goals=GOALS, projects=projects, payments=payments)
    assert intake.problems == []
    assert [row.amount_sek for row in told(intake, Payment)] == [Decimal("12345.00")] * 2
    assert told(intake, Payment)[0].paid_until == date(2019, 1, 3)
    assert (told(intake, Project)[0].start, told(intake, Project)[0].end) == (date(2018, 9, 25), date(2020, 8, 31))


def test_a_unit_without_its_name_is_told_in_the_readers_words(tmp_path):
    budgets = "Projekt | Omfattning | Belopp | Valuta\nhav | enhet | 5 | SEK"
    texts = {"goals": GOALS, "projects": PROJECTS, "budgets": budgets}
    files = [save(tmp_path / f"{name}.csv", csv_bytes(rows(text), ";")) for name, text in texts.items()]
    problems = take_in(files, [], SCHOOLS, ReadingOptions(), words("sv")).problems
    assert [p.hint for p in problems] == ["Fyll i enheten, eller välj Hela projektet eller Förvaltningens del."]


def test_a_project_that_could_not_be_read_is_not_said_to_be_unknown_as_well(tmp_path):
    intake = taken(tmp_path, goals=GOALS, projects=PROJECTS.replace("2018-09-01", "01/09/2018"), payments=PAYMENTS)
    assert [(p.row, p.column, p.hint) for p in intake.problems] == [(1, "start", "Write 2018-09-01 or 2018-01-09.")]


def test_a_lost_project_is_named_by_its_nearest(tmp_path):
    payments = PAYMENTS.replace("hav        | 2019", "Skogn      | 2019")
    (problem,) = taken(tmp_path, projects=PROJECTS.replace("| 3", "|  "), payments=payments).problems
    assert "skog" in problem.hint


@pytest.mark.parametrize("others", [[], ["5 kr"], [12.5]])
def test_amounts_of_a_workbook_are_read_to_the_cent(tmp_path, others):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["project_id", "report_year", "unit", "amount_sek"])
        sheet.write_row(1, 0, ["hav", 2018, "Förvaltningen"])
        sheet.write_formula(1, 3, "=0.1+0.2", None, 0.1 + 0.2)  # what a spreadsheet holds where it shows 0.30
        for at, other in enumerate(others, 2):
            sheet.write_row(at, 0, ["hav", 2018, "Förvaltningen", other])
    file = save(tmp_path / "p.xlsx", out.getvalue())
    projects = save(tmp_path / "projects.csv", csv_bytes(rows(PROJECTS.replace("| 3", "|  "))))
    intake = take(tmp_path, projects, file)
    assert intake.problems == [] and told(intake, Payment)[0].amount_sek == Decimal("0.30")


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_amounts_countries_and_plans(text):
    found = amount(text, Currency.EUR, SAY)
    assert isinstance(found, WordProblem) or (found >= 0 and found == found.quantize(Decimal("0.01")))
    assert isinstance(country(text, SAY), WordProblem) or len(country(text, SAY)) == 2
    assert isinstance(plan(text, SAY), WordProblem) or sum(plan(text, SAY)) in (0, 1)
