"""How the report writes figures: amounts of a column in one way, countries and partners in numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from analytics.documents.paper.shapes import Grid
from analytics.documents.paper.table import PaperTable
from analytics.documents.report import report_document
from analytics.documents.report.amounts import writer
from analytics.documents.report.sheet import country_grid
from analytics.funding.countries import countries_abroad
from analytics.model.funding import Partner, Sector
from analytics.words.language import words
from tests.documents.worlds import ABOUT, report_2018, report_2031

SV, EN = words("sv"), words("en")
NBSP = "\N{NO-BREAK SPACE}"


def cells(grid: Grid) -> dict[str, str]:
    return {name: mark for name, mark in grid.cells if name}


def test_a_column_is_written_in_one_way():
    column = [Decimal("2500001"), Decimal("1250000.5"), None, Decimal("-3")]
    one_way = writer(column, EN)
    assert [one_way(amount) for amount in column] == ["2,500,001.00", "1,250,000.50", "", "\N{MINUS SIGN}3.00"]
    assert writer([Decimal(3), None], EN)(Decimal(3)) == "3"


def test_every_column_of_amounts_in_a_year_with_oere_has_them_or_none():
    """But for the words for about, and for an empty cell."""
    document = report_document(report_2031("en"), ABOUT, EN, appendix=True)
    for table in (block for block in document.blocks if isinstance(block, PaperTable)):
        for n, head in enumerate(table.columns):
            if head.heading not in ("SEK", "EUR", "Paid SEK"):
                continue
            below = [row[n] for row in (*table.rows, *([table.total] if table.total else [])) if row[n]]
            assert len({"." in text for text in below}) == 1, below


def test_the_year_2018_has_no_decimals_anywhere_and_the_sums_of_the_form():
    document = report_document(report_2018(), ABOUT, SV)
    tables = [block for block in document.blocks if isinstance(block, PaperTable)]
    by_unit, by_goal = [table for table in tables if table.caption.startswith("Tabell")][:2]
    assert [row[1] for row in by_unit.rows] == [
        text.replace(" ", NBSP) for text in ("179 906", "310 447", "6 068", "65 865", "17 825")
    ]
    assert by_unit.total and by_unit.total[1] == by_goal.total[1] == f"580{NBSP}111"
    assert [row[1] for row in by_goal.rows] == ["", "", f"580{NBSP}111", *[""] * 6]


def test_the_grid_has_numbers_where_partners_are_named_and_ticks_where_none_is():
    sheet = report_2018().sheets[0]
    told = cells(country_grid(sheet, SV))
    assert told["Irland"] == "2", "Dublin's public partner and its university"
    assert {told[name] for name in ("Finland", "Sverige", "Italien", "Portugal", "Danmark", "Spanien")} == {"1"}
    assert told["Belgien"] == told["Annat land"] == told["Annan stad"] == told["Annan org."] == ""
    ticked = cells(country_grid(report_2018().sheets[1], SV))
    assert {name for name, mark in ticked.items() if mark == "X"} == {
        "Irland", "Portugal", "Italien", "Danmark", "Spanien", "Finland", "Sverige"
    }  # fmt: skip


def test_what_lies_outside_the_form_s_countries_stands_by_name():
    partners = (
        Partner("p", "TR", "Ankara", "Milli Okul", Sector.PUBLIC),
        Partner("p", "US", None, "JDO"),
        Partner("p", "TR", "Ankara"),
        Partner("p", "FI", "Oulu"),
    )
    told = cells(country_grid(replace(report_2018().sheets[0], partners=partners), SV))
    assert (told["Annat land"], told["Annan stad"]) == ("Turkiet, USA", "Ankara")
    assert told["Annan org."] == "Milli Okul, JDO" and told["Finland"] == "1"


def test_countries_are_counted_without_the_city_s_own():
    report = report_2018()
    assert len(countries_abroad(partner for sheet in report.sheets for partner in sheet.partners)) == 14
    front = report_document(report, ABOUT, SV).front[0]
    assert ("Andra länder i projekten", ("14",)) in [(field.label, field.lines) for field in front.rows[0]]
