"""What people type and paste in the register: ways to write amounts, days, years, words, countries and goals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analytics.registers.field import RowKind
from analytics.registers.funding import BUDGETS, PARTICIPANTS, PARTNERS, PAYMENTS, PROJECTS, VISITS
from tests.sampling import NIGHTLY

HARD, THIN, NARROW = "\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}"
MINUS, EN_DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
REPAID = 'Återbetalt, "se brev"\nden 3 maj'  # a cell of two lines, with quotes: Excel's clipboard has both


@dataclass(frozen=True, slots=True)
class Form:
    """A text in a column of a row that is good but for it; `row`: its other texts by column."""

    kind: RowKind
    column: str
    text: str
    row: Mapping[str, str]


AMOUNTS = (
    "179906,50",
    "71947,75",
    "1,5",
    "6.068,50",
    "1'234'567",
    "123 456,78",
    f"123{HARD}456,78",
    f"123{NARROW}456,78",
    f"1{THIN}234{THIN}567",
    "1 000 000",
    "12345 kr",
    "kr 500",
    "SEK 1 200,00",
    "500 EUR",
    "12 345:-",
    "12 345,-",
    "12345,678",
    "12.345",
    "12,345",
    "1e5",
    "580 tkr",
    "500-",
    "(500)",
    "+700",
    "0",
    "580111",
    "tom",
    "",
    "１２",
    "12 34",
    "1000000000000",
)
SIGNED = ("-12500", f"{MINUS}12 500", f"{EN_DASH}100,25", f"{MINUS} 1{HARD}000", "-0")
DAYS = (
    "20180925",
    "31.12.2019",
    "2018-09-25",
    "2018-09-25 00:00:00",
    "2018-09-25 14:30",
    "25 september 2018",
    "25 Sep 2018",
    "Sept. 25, 2018",
    "den 1 maj 2018",
    "01/09/2018",
    "31/12/2019",
    "2018-13-01",
    "180925",
    "1 sept",
)
YEARS = ("2019", "2018,0", "2 018", "18", "1980", "år 2018")
SCOPES = ("Enhetens del", "Unit's share", "Unit’s share", "unit", "ENHET", "halva")
CERTAINTIES = ("exakt", "about", "omkring", "c:a", "kanske")
CURRENCIES = ("EUR", "€", "euro", "SEK", "kronor", "USD")
RATES = ("10,3520", "10.3520", "10,35 kr", "0", "tio")
COUNTRIES = ("Finland", "FI", "finland", "fin", "EL", "UK", "Tyskland", "Germany", "tysklnd", "Atlantis", " Norge ")
SECTORS = ("Offentlig", "public", "University/research", "universitet / forskning", "Ideell sektor", "kyrkan")
DIRECTIONS = ("utomlands", "received here", "incoming", "mottaget här", "ut", "hem")
COUNTS = ("12", "1 200", "3,0", "3,5", "-1", "tolv")
ROLES = ("Partner", "Projektägare", "Project owner", "samordnare", "chef")
GOALS = ("3", "3. En stad för barn och unga", "En stad för barn och unga", "4,0", "99", "En stad")
PLANS = ("80/20", "40 / 40/20 %", "80/30", "80-20")
SEVERAL = ("Offentlig | Ideell sektor", "public, private", "Universitet/forskning; Privat", "Offentlig / Privat")


EVERY: tuple[tuple[RowKind, str, tuple[str, ...], Mapping[str, str]], ...] = (
    (PAYMENTS, "amount_sek", AMOUNTS, {}),
    (PAYMENTS, "amount_sek", SIGNED, {"note": REPAID}),
    (PAYMENTS, "amount_sek", ("-12500",), {}),
    (PAYMENTS, "paid_until", DAYS, {}),
    (PAYMENTS, "report_year", YEARS, {}),
    (BUDGETS, "scope", SCOPES, {}),
    (BUDGETS, "amount", ("179 906,50", "500 kr", "500 EUR", "-5"), {}),
    (BUDGETS, "certainty", CERTAINTIES, {}),
    (BUDGETS, "currency", CURRENCIES, {}),
    (BUDGETS, "rate", RATES, {}),
    (PARTNERS, "country", COUNTRIES, {}),
    (PARTNERS, "sector", SECTORS, {}),
    (PARTICIPANTS, "school", ("Kryddgårdsskolan", "hermodsdalsskolan", "Skolan vid havet"), {}),
    (VISITS, "direction", DIRECTIONS, {}),
    (VISITS, "persons", COUNTS, {}),
    (PROJECTS, "role", ROLES, {}),
    (PROJECTS, "lead_country", ("Finland", "UK", "Atlantis"), {}),
    (PROJECTS, "budget_goal", GOALS, {}),
    (PROJECTS, "plan", PLANS, {}),
    (PROJECTS, "sectors", SEVERAL, {}),
    (PROJECTS, "administration", ("Grundskoleförvaltningen", "fritid", "Vattenförvaltningen"), {}),
)


# What has gone wrong once is tried every day.
SEEN = {
    "179906,50", "71947,75", "1,5", "6.068,50", "-12500", "123 456,78", f"123{HARD}456,78", "1 000 000", "12345 kr",
    "20180925", "31.12.2019", "Partner", "Finland",
}  # fmt: skip


def every_form() -> list[Form]:
    """All of them, kind by kind."""
    return _forms(lambda n, text: True)


def forms_of_the_day() -> list[Form]:
    """Two texts in five of each column, and what has gone wrong once; at night all."""
    return _forms(lambda n, text: NIGHTLY or n % 5 in (0, 3) or text in SEEN)


def _forms(tried: Callable[[int, str], bool]) -> list[Form]:
    return [
        Form(kind, column, text, good_row(kind, f"{column} {part}-{n}") | more | {column: text})
        for part, (kind, column, texts, more) in enumerate(EVERY)
        for n, text in enumerate(texts)
        if tried(n, text)
    ]


def good_row(kind: RowKind, name: str) -> dict[str, str]:
    """A row of a kind that is about something of its own, with nothing wrong."""
    own = {
        BUDGETS: {"scope": "unit", "amount": "100", "currency": "EUR", "unit": name},
        PAYMENTS: {"report_year": "2018", "unit": name, "amount_sek": "100"},
        PARTNERS: {"country": "SE", "place": name},
        PARTICIPANTS: {},
        VISITS: {"year": "2018", "direction": "outgoing", "place": name, "persons": "3"},
        PROJECTS: {"title": name, "programme": "Erasmus+", "start": "2018-01-01", "end": "2045-12-31"},
    }[kind]
    id_ = re.sub(r"[ _]", "-", name) if kind is PROJECTS else "code-4-all"
    return {column.name: "" for column in kind.columns} | {"project_id": id_} | own
