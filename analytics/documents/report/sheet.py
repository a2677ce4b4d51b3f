"""One project's sheet, in the form's order: dates, paid, budget, programme, goal, visits, sectors, role, countries."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from analytics.documents.paper.shapes import Block, FormField, FormFields, Grid, Paragraph, Tone
from analytics.documents.paper.shapes import down_the_columns as down
from analytics.documents.paper.table import PaperColumn, PaperTable
from analytics.documents.report.amounts import writer, written, written_day, written_rate
from analytics.funding.report import ProjectSheet
from analytics.model.funding import Budget, Certainty, Currency, Direction, Payment, Scope, Sector, Visit
from analytics.model.installed import DATA
from analytics.words.funding import goal_name, partner_name
from analytics.words.labels import label_of
from analytics.words.language import Words
from analytics.words.provenance import provenance_word

FORM_COUNTRIES = DATA / "reference" / "form_countries.csv"
TICK = "X"
NOTHING = "–"
COUNTRY_COLUMNS, COUNTRY_ROWS = 4, 8

_BudgetLine = list[Budget]  # of one scope and unit, one in each currency


def sheet_blocks(
    sheet: ProjectSheet,
    year: int,
    schools: dict[str, str],
    say: Words,
    *,
    tell_origin: bool = False,
    administration: str = "",
) -> Iterator[Block]:
    """The sheet below its heading. Partners, schools and notes come only where the register has any, and where the
    project's data come from only if told to; whose it is, of several administrations'."""
    first = (_what(sheet, say), _paid(sheet, year, say))
    if administration:
        first = (*first, (FormField(say("Administration"), (administration,)),))
    if tell_origin:
        first = (*first, (FormField(say("Provenance"), (provenance_word(sheet.project.provenance, say),)),))
    yield FormFields(first)
    if sheet.budgets:
        yield budget_table(sheet.budgets, say)
    if len(sheet.payments) > 1:
        yield payments_table(sheet, say)
    yield FormFields(
        (
            (
                FormField(say("The city's budget goal"), (goal_name(sheet.goal, say),), 6),
                _field(say("Part of networks"), sheet.project.networks, 6),
            ),
            (FormField(say("Study visits made abroad"), tuple(visit_lines(sheet.visits, year, say)) or (NOTHING,)),),
        )
    )
    yield Grid(say("Sector"), 4, tuple((label_of(s, say), TICK if s in sheet.sectors else "") for s in Sector))
    yield FormFields(((FormField(say("Role – project owner or partner"), (role_line(sheet, say),)),),))
    yield country_grid(sheet, say)
    yield FormFields(tuple(_last_rows(sheet, schools, say)))
    if sheet.paid_until:
        days = say.listing(written_day(day, say) for day in sheet.paid_until)
        yield Paragraph(say("Amounts paid are of invoices paid up to {days}.", days=days), Tone.NOTE)


def _what(sheet: ProjectSheet, say: Words) -> tuple[FormField, ...]:
    project = sheet.project
    return (
        FormField(say("Project"), (project.title,), 6),
        FormField(say("Project start"), (project.start.isoformat(),), 3),
        FormField(say("Project end"), (project.end.isoformat(),), 3),
    )


def _paid(sheet: ProjectSheet, year: int, say: Words) -> tuple[FormField, ...]:
    paid = FormField(say("Paid SEK"), (written(sheet.paid_sek, say),), 3)
    programme = _field(say("Programme"), sheet.project.programme, 3)
    action = _field(say("Sub-programme/action"), sheet.project.action, 6)
    if sheet.paid_to_date_sek == sheet.paid_sek:
        return paid, programme, action
    to_date = FormField(say("Paid up to and with {year}, SEK", year=year), (written(sheet.paid_to_date_sek, say),), 3)
    return paid, to_date, programme, FormField(action.label, action.lines, 3)


def budget_table(budgets: tuple[Budget, ...], say: Words) -> PaperTable:
    """A row is a scope (and unit) with its amount in each currency as stated: nothing is converted, nothing added.
    EUR, rate, date and basis have a column where any is stated."""
    sek, eur = (writer((b.amount for b in budgets if b.currency is one), say) for one in (Currency.SEK, Currency.EUR))
    columns: tuple[PaperColumn[_BudgetLine], ...] = (
        PaperColumn(say("Total budget"), lambda line: _scope(line[0], say), 6),
        PaperColumn("SEK", lambda line: budget_amount(_in(Currency.SEK, line), sek, say), 5, True),
        PaperColumn("EUR", lambda line: budget_amount(_in(Currency.EUR, line), eur, say), 3, True, optional=True),
        PaperColumn(say("SEK for 1 EUR"), lambda line: written_rate(_rated(line).rate, say), 4, True, optional=True),
        PaperColumn(say("Rate of"), lambda line: _day(_rated(line).rate_date), 4, optional=True),
        PaperColumn(say("Basis"), lambda line: _rated(line).rate_basis or "", 7, optional=True),
    )
    return PaperTable.of("", columns, _budget_lines(budgets))


def _budget_lines(budgets: tuple[Budget, ...]) -> list[_BudgetLine]:
    """The budgets by scope and unit: one in each currency a line."""
    lines: list[_BudgetLine] = []
    for budget in sorted(budgets, key=lambda b: list(Scope).index(b.scope)):
        for line in lines:
            of_same = (line[0].scope, line[0].unit) == (budget.scope, budget.unit)
            if of_same and budget.currency not in {other.currency for other in line}:
                line.append(budget)
                break
        else:
            lines.append([budget])
    return lines


def _scope(budget: Budget, say: Words) -> str:
    return label_of(budget.scope, say) + (f": {budget.unit}" if budget.unit else "")


def _in(currency: Currency, line: _BudgetLine) -> Budget | None:
    return next((budget for budget in line if budget.currency is currency), None)


def _rated(line: _BudgetLine) -> Budget:
    """The one whose rate is stated."""
    return next((budget for budget in line if budget.rate or budget.rate_basis), line[0])


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def budget_amount(budget: Budget | None, one_way: Callable[[Decimal], str], say: Words) -> str:
    """omkring 310 000; nothing where no amount is stated."""
    if budget is None:
        return ""
    amount = one_way(budget.amount)
    return say("about {amount}", amount=amount) if budget.certainty is Certainty.ABOUT else amount


def payments_table(sheet: ProjectSheet, say: Words) -> PaperTable:
    """A row is a payment of the year; notes have a column where there are any."""
    sek = writer((sheet.paid_sek, *(p.amount_sek for p in sheet.payments)), say)
    columns: tuple[PaperColumn[Payment], ...] = (
        PaperColumn(say("Paid to"), lambda p: p.unit, 7, total=say("Sum")),
        PaperColumn(say("Invoices up to"), lambda p: _day(p.paid_until), 3, optional=True),
        PaperColumn(say("Note"), lambda p: p.note or "", 5, optional=True),
        PaperColumn("SEK", lambda p: sek(p.amount_sek), 3, True, total=sek(sheet.paid_sek)),
    )
    return PaperTable.of("", columns, sheet.payments)


def visit_lines(visits: tuple[Visit, ...], year: int, say: Words) -> Iterator[str]:
    """How many were made abroad in the year, then every visit up to it; nothing where the register has none."""
    if not visits:
        return
    abroad = sum(1 for visit in visits if visit.year == year and visit.direction is Direction.OUTGOING)
    yield say.plural("{n} study visit abroad in {year}", "{n} study visits abroad in {year}", abroad, year=year)
    for visit in visits:
        persons = "" if visit.persons is None else say.plural("{n} person", "{n} persons", visit.persons)
        what = f"{visit.year}, {label_of(visit.direction, say)}: {visit.place or ''}".rstrip(" :")
        yield f"{what} ({persons})" if persons else what


def role_line(sheet: ProjectSheet, say: Words) -> str:
    """The administration's role, and who leads the project."""
    project = sheet.project
    role, lead = label_of(project.role, say) if project.role else "", project.lead_country
    led = say("The project is led by {country}.", country=say.country(lead)) if lead else ""
    return " ".join(part for part in (role and f"{role}.", led) if part) or NOTHING


def country_grid(sheet: ProjectSheet, say: Words) -> Grid:
    """The form's own grid: how many partners the register names in a country, a tick where it names none. What lies
    outside the form's countries stands by name at the end, as the form has room for: country, city, organisation."""
    form = _form_countries()
    names = [(name if say.language == "sv" else say.country(code), code) for code, name in form]
    cells = [(name, _number_or_tick(sheet, code)) for name, code in names]
    outside = [partner for partner in sheet.partners if partner.country not in {code for code, _ in form}]
    for label, texts in (
        (say("Other country"), [say.country(partner.country) for partner in outside]),
        (say("Other city"), [partner.place for partner in outside]),
        (say("Other org."), [partner.organisation for partner in outside]),
    ):
        cells.append((label, ", ".join(dict.fromkeys(filter(None, texts)))))
    label = say("Cooperation with other countries (number of partners; X where the register names none)")
    return Grid(label, COUNTRY_COLUMNS, down(cells, COUNTRY_COLUMNS, COUNTRY_ROWS))


def _number_or_tick(sheet: ProjectSheet, country: str) -> str:
    there = [partner for partner in sheet.partners if partner.country == country]
    named = {(one.place, one.organisation, one.sector) for one in there if one.place or one.organisation}
    return str(len(named) or TICK) if there else ""


@cache
def _form_countries() -> tuple[tuple[str, str], ...]:
    """(code, the form's Swedish name) of the countries that the form has boxes for, in the form's order."""
    if not FORM_COUNTRIES.exists():
        return ()
    with FORM_COUNTRIES.open(encoding="utf-8-sig", newline="") as file:
        return tuple((row["code"], row["name_sv"]) for row in csv.DictReader(file))


def _last_rows(sheet: ProjectSheet, schools: dict[str, str], say: Words) -> Iterator[tuple[FormField, ...]]:
    named = [partner_name(p, say) for p in sheet.partners if p.place or p.organisation]
    if named:
        yield (FormField(say("Partners"), (", ".join(dict.fromkeys(named)),)),)
    if sheet.participants:
        names = (schools.get(p.school_id, p.school_id) for p in sheet.participants)
        yield (FormField(say("Participating schools"), (", ".join(names),)),)
    notes = [sheet.project.note, *(p.note for p in sheet.payments if len(sheet.payments) == 1)]
    yield (FormField(say("Notes"), tuple(line for note in notes if note for line in note.splitlines()) or (NOTHING,)),)


def _field(label: str, text: str | None, width: int) -> FormField:
    return FormField(label, (text or NOTHING,), width)
