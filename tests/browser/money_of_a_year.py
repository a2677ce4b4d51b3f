"""A year of two projects as it is to be lived through: what was granted and came in, 500 rows of a ledger, and the
seven places in which it says something else than the register. Made up."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

YEAR = 2025
ESF, ERASMUS = "vagar-in", "havet"
TITLE = {ESF: "Vägar in i lärande", ERASMUS: "Havet i klassrummet"}
CODE = {ESF: "4711", ERASMUS: "4712"}
SCHOOLS, JOBS = "Grundskoleförvaltningen", "Arbetsmarknadsförvaltningen"
WHOSE = {ESF: JOBS, ERASMUS: SCHOOLS}
ID = {JOBS: "arbetsmarknad", SCHOOLS: "grundskola"}
RATE = {3: Decimal("11.4350"), 7: Decimal("11.1465"), 11: Decimal("10.9880")}
"""SEK for a euro in the three months in which an instalment came; made up."""
EURO = {3: Decimal("24000.00"), 7: Decimal("24000.00"), 11: Decimal("12000.00")}
INSTALMENTS = {3: Decimal("1200000.00"), 7: Decimal("1200000.00"), 11: Decimal("600000.00")}
REPAID = Decimal("8412.35")
SPLIT = (Decimal("30000.25"), Decimal("12999.75"))
"""One voucher on two budget goals."""
FILED = 491  # vouchers that come by file; one more is known to the ledger alone
ORE = Decimal("0.01")
PROJECT_ROWS = (
    {"project_id": ESF, "title": TITLE[ESF], "programme": "ESF+", "start": "2024-09-01", "end": "2026-08-31",
     "role": "koordinator", "budget_goal": "2", "plan": "40/40/20", "administration": JOBS},
    {"project_id": ERASMUS, "title": TITLE[ERASMUS], "programme": "Erasmus+", "start": "2024-09-01",
     "end": "2026-08-31", "role": "koordinator", "budget_goal": "3", "plan": "40/40/20", "administration": SCHOOLS},
)  # fmt: skip
BUDGET_ROWS = {
    ESF: {"scope": "egen", "amount": "3000000", "currency": "SEK"},
    ERASMUS: {"scope": "egen", "amount": "60000", "currency": "EUR", "rate": "11,4350"},
}


@dataclass(frozen=True)
class Posting:
    """A row of the ledger: a cost above 0, what came in below."""

    project: str
    day: date
    amount: Decimal
    voucher: str
    code: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        code, amount = self.code or CODE[self.project], f"{self.amount:.2f}".replace(".", ",")
        return self.day.isoformat(), self.voucher, code, "7410", "Resa, A. Ek", amount


def voucher(number: int) -> Posting:
    """Spent; no two amounts are alike, each on a voucher of its own."""
    project = ESF if number % 2 else ERASMUS
    day = date(YEAR, 1, 2) + timedelta(days=number * 7 % 360)
    amount = (Decimal(1000 + number * 13) + Decimal(number % 100) * ORE).quantize(ORE)
    return Posting(project, day, amount, f"A{1000 + number}")


def received(project: str, month: int) -> Posting:
    amount = (EURO[month] * RATE[month]).quantize(ORE) if project == ERASMUS else INSTALMENTS[month]
    return Posting(project, date(YEAR, month, 14), -amount, f"B{month:02}{CODE[project][-1]}")


VOUCHERS = tuple(voucher(n) for n in range(FILED + 1))
RECEIVED = tuple(received(project, month) for project in (ESF, ERASMUS) for month in INSTALMENTS)
BACK = Posting(ESF, date(YEAR, 10, 3), REPAID, "C77")
WHOLE = Posting(ESF, date(YEAR, 5, 20), sum(SPLIT, Decimal(0)), "A9001")
MISSING_HERE, MISSING_THERE, ORE_OFF, TRANSPOSED, NOBODYS, OTHER_YEAR, DOUBLED = 60, 120, 180, 239, 300, 360, 420
"""Numbers of the vouchers in which the ledger and the register differ."""


def in_register() -> list[Posting]:
    """The vouchers that come by file."""
    return [one for n, one in enumerate(VOUCHERS) if n != MISSING_HERE]


def ledger() -> list[Posting]:
    """500 rows: what there is, as the ledger has it."""
    there = list(VOUCHERS)
    there[ORE_OFF] = replace(there[ORE_OFF], amount=there[ORE_OFF].amount + Decimal("0.50"))
    there[TRANSPOSED] = replace(there[TRANSPOSED], amount=transposed(there[TRANSPOSED].amount))
    there[NOBODYS] = replace(there[NOBODYS], code="9999")
    there[OTHER_YEAR] = replace(there[OTHER_YEAR], day=there[OTHER_YEAR].day.replace(year=YEAR - 1))
    there.append(there[DOUBLED])
    del there[MISSING_THERE]
    return sorted([*there, *RECEIVED, BACK, WHOLE], key=lambda one: one.day)


def transposed(amount: Decimal) -> Decimal:
    """The hundreds and tens the other way round."""
    text = f"{amount:.2f}"
    return Decimal(f"{text[:-5]}{text[-4]}{text[-5]}{text[-3:]}")


def ledger_file() -> bytes:
    return _file(("Bokf.datum", "Ver.nr", "Projekt", "Konto", "Text", "Belopp"), [one.cells for one in ledger()], ";")


def payments_file() -> bytes:
    """As somebody who keeps vouchers in a workbook has them."""
    heads = ("project_id", "redovisningsår", "enhet", "belopp_sek", "slag", "datum", "verifikation", "projektkod")
    rows = [
        (one.project, str(YEAR), WHOSE[one.project], f"{one.amount:.2f}", "spent", one.day.isoformat(), one.voucher,
         CODE[one.project])
        for one in in_register()
    ]  # fmt: skip
    return _file(heads, rows, ",")


def spent(project: str) -> Decimal:
    """What the register has as spent by a project, once all is in."""
    more = sum(SPLIT, Decimal(0)) if project == ESF else Decimal(0)
    return more + sum((one.amount for one in in_register() if one.project == project), Decimal(0))


def _file(heads: tuple[str, ...], rows: list[tuple[str, ...]], parted: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=parted)
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
