"""The report's workbook, opened by a reader that did not write it (calamine), and by its XML where that says more."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from analytics.documents.report import report_bytes
from analytics.model.provenance import Provenance
from analytics.words.language import words
from tests.documents.worlds import ABOUT, of_origins, report_2018, report_2031, two_turns

EN = words("en")
NAMES = [
    "Summary",
    "Table 1",
    "Table 3",
    "Table 4",
    "Projects",
    "Payments",
    "Budgets",
    "Partners",
    "Turn of the year",
    "Answers",
    "Remarks",
    "About",
]
FIRST = 3
"""Rows above a table's own: where the data come from, an empty one, the headings."""


@pytest.fixture(scope="module")
def published() -> dict[str, list[list]]:
    return opened(report_bytes(report_2018("en"), ".xlsx", ABOUT, EN))


@pytest.fixture(scope="module")
def hand_made() -> bytes:
    return report_bytes(report_2031("en"), ".xlsx", ABOUT, EN)


def opened(data: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_sheet_a_table(published):
    assert list(published) == NAMES
    assert {sheet[0][0] for sheet in published.values()} == {"Published data"}


def test_table_1_with_its_sum(published):
    assert [row[1] for row in published["Table 1"][FIRST:]] == [179906, 310447, 6068, 65865, 17825, 580111]
    assert published["Table 1"][FIRST][0] == "Grundskoleförvaltningen (DSOE)"


def test_table_3_has_nine_goals_and_zero_where_nothing_was_paid(published):
    rows = published["Table 3"][FIRST:]
    assert [row[0] for row in rows[:9]] == list(range(1, 10))
    assert [row[2] for row in rows] == [0, 0, 580111, 0, 0, 0, 0, 0, 0, 580111]
    assert rows[2][1] == "A city for children and young people"


def test_table_4_names_and_counts(published):
    rows = published["Table 4"][FIRST:]
    assert [row[2] for row in rows] == [7, 0, 5, 0, 12]
    assert rows[0][1].startswith("Finland (Oulu), Sweden (Malmö), Italy (Pisa), Ireland (Dublin)")


def test_dates_are_dates_and_payments_sum(published):
    assert published["Projects"][FIRST][2] == date(2015, 9, 1)
    rows = published["Payments"][FIRST:]
    assert [row[4] for row in rows] == [179906, 310447, 6068, 65865, 17825, 580111]
    assert rows[0][5] == date(2019, 1, 3)


def test_budgets_have_their_currencies_apart(published):
    rows = [row[4:9] for row in published["Budgets"][FIRST:]]
    assert [row[:2] for row in rows] == [
        [2989177, ""],
        [310000, ""],
        [1338620, ""],
        ["", 136000],
        [180000, ""],
        [240000, ""],
        [112216, ""],
        ["", 10840],
    ]
    assert [row[2] for row in rows[:2]] == ["exact", "about"]
    assert rows[3][3] == pytest.approx(9.842794)


def test_answers_remarks_and_where_it_comes_from(published):
    assert len(published["Answers"]) == FIRST + 6 and all(row[1] for row in published["Answers"][FIRST:])
    about = dict(row[:2] for row in published["About"][FIRST:])
    assert about["Version"] == ABOUT["Version"] and about["Made by"] == "Kvalitetsdialog"
    assert len(published["Remarks"]) - FIRST == len(report_2018("en").remarks)


def test_the_hand_made_year(hand_made):
    sheets = opened(hand_made)
    assert [row[1] for row in sheets["Table 1"][FIRST:]] == [120000.10, 50000.05, 0.33, 170000.48]
    assert sheets["Table 3"][FIRST + 9] == ["", "No budget goal", 20000]
    assert sheets["Table 3"][FIRST + 10][2] == 170000.48
    assert [row[4] for row in sheets["Projects"][FIRST:]] == [150000.15, 0.33, 20000, 0, 170000.48]


def test_sums_are_formulas_that_carry_their_value(hand_made):
    sheet = parts(hand_made)["xl/worksheets/sheet2.xml"]
    assert "<f>SUM(B4:B6)</f><v>170000.48</v>" in sheet


def test_number_formats_whole_and_with_decimals(hand_made):
    decimals = parts(hand_made)["xl/styles.xml"]
    assert all(f'formatCode="{code}"' in decimals for code in ("#,##0", "#,##0.00", "yyyy-mm-dd"))
    whole = parts(report_bytes(report_2018("en"), ".xlsx", ABOUT, EN))["xl/styles.xml"]
    assert 'formatCode="#,##0"' in whole and 'formatCode="#,##0.00"' not in whole


def test_no_text_becomes_a_formula(hand_made):
    sheets = [text for name, text in parts(hand_made).items() if name.startswith("xl/worksheets/sheet")]
    assert all(formula.startswith("SUM(") for text in sheets for formula in text.split("<f>")[1:])
    assert not any("<hyperlink" in text for text in sheets)
    assert opened(hand_made)["Table 1"][FIRST + 2][0] == "=Väst"


def test_the_turn_of_the_year_is_bounds_with_their_reason(published):
    figures = {row[0]: row[1] for row in published["Summary"][FIRST:]}
    assert figures["EU funds paid 2018, SEK"] == figures["Paid in the calendar year, at most"] == 580111
    assert figures["Paid in the calendar year, at least"] == 0
    about = dict(row[:2] for row in published["About"][FIRST:])
    assert "between 0 and 580,111 SEK" in about["Turn of the year"]
    assert [row[5] for row in published["Turn of the year"][FIRST:]] == [179906, 310447, 6068, 65865, 17825]


def test_a_year_without_payments_near_its_turn_says_nothing_of_it():
    quiet = opened(report_bytes(of_origins(Provenance.PUBLISHED), ".xlsx", ABOUT, EN))
    assert list(quiet) == [name for name in NAMES if name != "Turn of the year"]
    assert not any("calendar" in str(cell) for row in quiet["Summary"] for cell in row)


def test_payments_near_the_turn_say_their_report_year_and_projects_elsewhere_that_they_are():
    rows = opened(report_bytes(two_turns(), ".xlsx", ABOUT, EN))["Turn of the year"][FIRST:]
    assert [[row[0], row[1], row[3], row[5], row[6]] for row in rows] == [
        ["bro", "Bron", 2031, 100000.10, "partly synthetic"],
        ["slut", "slut (not in this report)", 2030, 500.50, ""],
    ]


def test_every_row_of_a_project_has_its_provenance():
    sheets = opened(report_bytes(two_turns(), ".xlsx", ABOUT, EN))
    said = {"bro": "partly synthetic", "bett": "synthetic", "utan": "imported", "fri": "published", "": ""}
    counts = {"Projects": 4, "Payments": 4, "Budgets": 3, "Partners": 5}
    for name, count in counts.items():
        column = sheets[name][FIRST - 1].index("Provenance")
        rows = sheets[name][FIRST : FIRST + count]
        assert [row[column] for row in rows] == [said[row[0]] for row in rows] and all(row[column] for row in rows)
    heading, *remarks = sheets["Remarks"][FIRST - 1 :]
    assert remarks and all(row[heading.index("Provenance")] == said[row[1]] for row in remarks)
    answers = sheets["Answers"][FIRST:]
    assert [row[2] for row in answers] == ["", "", "", "synthetic", "", ""]
