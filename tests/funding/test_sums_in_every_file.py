"""Events with öre, drawn at random: every sum is the same in the register, in JSON, in CSV, in the workbook, in Word
and in PDF."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO, StringIO

import mammoth
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from analytics.documents.report import report_bytes
from analytics.funding.report import report
from analytics.model.funding import CostKind, Funding, MoneyKind, Payment
from analytics.words.language import words
from tests.documents.test_report_word import Tables
from tests.funding.worlds import krona, project, world
from tests.sampling import at_night

EN, ABOUT = words("en"), {"Version": "1"}
AMOUNT = re.compile(" (\N{MINUS SIGN}?[\\d,]+\\.\\d\\d)$")


def drawn(events: int, seed: int) -> Funding:
    """So many events of all kinds in 20 projects, 30 units and two years, to the öre, one in ten taken back."""
    draw = random.Random(seed)
    projects = tuple(
        project(f"p{n}", programme=draw.choice(["Erasmus+", "Nordplus", "ESF+"]), budget_goal=draw.choice([1, 3, None]))
        for n in range(20)
    )

    def event() -> Payment:
        ore = draw.randrange(1, 5_000_000_00)
        kind = draw.choice([MoneyKind.SPENT] * 3 + list(MoneyKind))
        back = kind is not MoneyKind.REPAID and draw.random() < 0.1
        return Payment(
            draw.choice(projects).id, draw.choice([2018, 2019]), f"Enhet {draw.randrange(30)}",
            Decimal(-ore if back else ore).scaleb(-2), kind=kind, note="rättelse" if back else None,
            voucher=str(draw.randrange(events)), budget_goal=draw.choice([None, None, 2, 8]),
            cost_kind=draw.choice([None, *CostKind]),
        )  # fmt: skip

    budgets = tuple(krona("1", project_id=one.id) for one in projects)
    return world(projects=projects, budgets=budgets, payments=tuple(event() for _ in range(events)))


@pytest.mark.parametrize("events", [400, pytest.param(10_000, marks=at_night)])
def test_every_sum_is_the_same_in_every_file(events):
    register = drawn(events, events)
    year = report(register, 2018, EN)
    spent = sum(p.amount_sek for p in register.payments if p.report_year == 2018 and p.kind is MoneyKind.SPENT)
    assert year.total_sek == spent
    for rows in (year.by_unit, year.by_goal, year.by_programme):
        assert sum(row.amount_sek for row in rows) == spent
    assert year.eu_sek + sum(row.amount_sek for row in year.not_eu) == spent
    assert sum(sheet.paid_sek for sheet in year.sheets) == spent == year.readings.by_report_year

    told = json.loads(report_bytes(year, ".json", ABOUT, EN), parse_float=Decimal, parse_int=Decimal)
    for name in ("by_unit", "by_budget_goal", "by_programme"):
        assert sum(row["amount_sek"] for row in told[name]) == told["total_sek"] == spent
    by_kind = {row["kind"]: row["amount_sek"] for row in told["by_kind"]}
    for kind in MoneyKind:
        own = [p.amount_sek for p in register.payments if p.report_year == 2018 and p.kind is kind]
        rows = [r for one in told["projects"] for r in (*one["payments"], *one["other_money"]) if r["kind"] == kind]
        assert by_kind.get(kind, 0) == sum(own) == sum(row["amount_sek"] for row in rows)

    rows = list(csv.DictReader(StringIO(report_bytes(year, ".csv", ABOUT, EN).decode())))
    assert sum(Decimal(row["amount_sek"]) for row in rows) == spent

    book = CalamineWorkbook.from_filelike(BytesIO(report_bytes(year, ".xlsx", ABOUT, EN)))
    for name in ("Table 1", "Table 3", "Payments"):
        table = book.get_sheet_by_name(name).to_python()
        (heads,) = [row for row in table if "Paid SEK" in row]
        at = heads.index("Paid SEK")
        *cells, last = [Decimal(f"{row[at]:.2f}") for row in table if isinstance(row[at], float | int)]
        assert sum(cells) == last == spent, name


def written(text: str) -> Decimal:
    """An amount as English papers write it."""
    return Decimal(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def of_word(data: bytes) -> Iterator[list[Decimal]]:
    """The amounts of each table of what was paid, the sum last."""
    for table in Tables(mammoth.convert_to_html(BytesIO(data)).value).tables:
        if table and (table[0][-1] == "Paid SEK" or (table[0][0], table[0][-1]) == ("Paid to", "SEK")):
            yield [written(row[-1]) for row in table[1:] if row[-1]]


def of_pdf(data: bytes) -> Iterator[list[Decimal]]:
    """The same; a table that goes on on the next page has its heading there again."""
    amounts: list[Decimal] | None = None
    for page in PdfReader(BytesIO(data)).pages:
        for line in page.extract_text().replace("\N{NO-BREAK SPACE}", " ").splitlines():
            if line.endswith(" Paid SEK") or (line.startswith("Paid to ") and line.endswith(" SEK")):
                amounts = amounts or []
            elif amounts is not None and (found := AMOUNT.search(line)):
                amounts.append(written(found[1]))
                if line.startswith("Sum "):
                    yield amounts
                    amounts = None


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
@at_night
def test_every_sum_is_the_same_in_word_and_pdf(suffix):
    """Every project's own table of what was paid, tables 1 and 3, and the programmes."""
    year = report(drawn(10_000, 10_000), 2018, EN)
    read = of_word if suffix == ".docx" else of_pdf
    tables = list(read(report_bytes(year, suffix, ABOUT, EN)))
    assert all(sum(cells) == last for *cells, last in tables)
    sums = [last for *_, last in tables]
    assert sums == [*(sheet.paid_sek for sheet in year.sheets if sheet.payments), *[year.total_sek] * 3]
