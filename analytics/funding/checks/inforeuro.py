"""Exchange rates that are said to be InforEuro's, against InforEuro's rate of the month.

The rates stand in data/reference/inforeuro.csv, or in the city's own file that the setting names: a row a month with
its source. Nothing is fetched. A month that has no row there has no rate to be held against, and that is said; a row
that cannot be read is no missing one.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from analytics.funding.checks.rates import UsedRate, explains, shown
from analytics.funding.checks.remark import Case, Remark
from analytics.funding.funders import REFERENCE
from analytics.model.funding import Weight
from analytics.model.remarks import RemarkKind

FILE = "inforeuro.csv"
SETTING = "KVALITET_INFOREURO"
COLUMNS = ("month", "sek_per_eur", "source")


@dataclass(frozen=True, slots=True)
class MonthlyRates:
    """SEK for one EUR by month (2019-03), and the lines of the file that could not be read."""

    rates: dict[str, Decimal]
    unread: tuple[int, ...] = ()


def monthly_rates() -> MonthlyRates:
    """Those that the file has: the city's own where there is one, else the program's."""
    return _months_in(rates_file())


def rates_file() -> Path:
    said = os.environ.get(SETTING, "").strip()
    return Path(said) if said else REFERENCE / FILE


@cache
def _months_in(path: Path) -> MonthlyRates:
    """Read once a process. A file that is not there, or no text, is one whose first line cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return read_months(file)
    except (OSError, UnicodeDecodeError):
        return MonthlyRates({}, (1,))


def read_months(lines: Iterable[str]) -> MonthlyRates:
    """The months of a file, with commas or, as Excel in Swedish saves it, with semicolons: a row needs a month, a rate
    above 0 and its source, and a month has one rate."""
    rates: dict[str, Decimal] = {}
    there = [*lines]
    reader, unread = csv.DictReader(there, delimiter=";" if there and ";" in there[0] else ","), []
    if tuple(reader.fieldnames or ()) != COLUMNS:
        return MonthlyRates({}, (1,))
    for row in reader:
        month, rate = _read(row)
        if month is None or rate is None or rates.get(month, rate) != rate:
            unread.append(reader.line_num)
        else:
            rates[month] = rate
    return MonthlyRates(rates, tuple(unread))


def _read(row: dict[str, str | None]) -> tuple[str | None, Decimal | None]:
    texts = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        month, rate = date.fromisoformat(f"{texts['month']}-01"), Decimal(texts["sek_per_eur"].replace(",", "."))
    except (ValueError, InvalidOperation):
        return None, None
    return (f"{month:%Y-%m}", rate) if rate.is_finite() and rate > 0 and texts["source"] else (None, None)


def inforeuro_remarks(case: Case, used: UsedRate, known: MonthlyRates | None = None) -> Iterator[Remark]:
    """That a rate is another than InforEuro's of its month; or why it is held against nothing."""
    say, known = case.say, known or monthly_rates()
    rate, month = shown(used.rate, say), f"{used.day:%Y-%m}" if used.day else ""
    there = known.rates.get(month)
    if there is not None and explains(there, used):
        return
    weight, kind, mend = Weight.KNOW, RemarkKind.RATE_NOT_HELD, mend_rate(case, used)
    if there is not None:
        weight, kind = Weight.CHECK, RemarkKind.RATE_UNEXPLAINED
        text = say(
            "The exchange rate is {rate} SEK for one euro, but InforEuro's rate for {month} was {known}.",
            rate=rate,
            month=month,
            known=shown(there, say),
        )
    elif not month:
        text = say(
            "The exchange rate {rate} is said to be InforEuro's, but not of which month: it is held against nothing.",
            rate=rate,
        )
    elif known.unread:
        weight = Weight.CHECK
        text = say(
            "The exchange rate {rate} cannot be held against InforEuro's for {month}: line {lines} of the table of"
            " rates cannot be read.",
            rate=rate,
            month=month,
            lines=say.listing(str(line) for line in known.unread),
        )
        mend = say(
            "{file}: each row has a month as 2019-03, a rate and its source. Project “{project}” waits for it.",
            file=rates_file().name,
            project=case.project.title,
        )
    else:
        text = say(
            "The exchange rate {rate} is said to be InforEuro's for {month}. The table of rates has none of that month:"
            " it is held against nothing.",
            rate=rate,
            month=month,
        )
        mend = say(
            "{file}: add the month's rate and where you found it. “{project}” is right if the rate is.",
            file=rates_file().name,
            project=case.project.title,
        )
    yield case.remark(kind, weight, text, mend, used.where, (used.rate, month, there, *used.amounts))


def mend_rate(case: Case, used: UsedRate) -> str:
    """Where to correct a rate."""
    say, project = case.say, case.project.title
    if used.where == "payments":
        return say(
            "Table Amounts and events, project “{project}”: correct the rate, its day or its basis.", project=project
        )
    return say("Table Budgets, project “{project}”: correct the rate or its date.", project=project)
