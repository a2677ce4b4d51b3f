"""Funder and programme as data: whose money it is, and what is due."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from icalendar import Calendar

from analytics.documents.calendar import calendar_bytes
from analytics.documents.report import report_bytes
from analytics.documents.report.chapters import money_blocks
from analytics.funding.due import Due, due_days
from analytics.funding.funders import source_of
from analytics.funding.report import report
from analytics.model.funding import MoneySource, Phase
from analytics.words.language import words
from tests.funding.worlds import krona, paid, project, world

EN = words("en")
HALVES = (Decimal("0.5"), Decimal("0.5"))


@pytest.mark.parametrize(
    ("programme", "said", "source"),
    [
        ("Erasmus+", None, "eu"), ("ESF+", None, "eu"), ("nordplus ", None, "other"), ("ICLD", None, "other"),
        ("Nordiska rådet", None, "other"), ("Nordplus", "eu", "eu"), ("Erasmus+", "other", "other"),
        ("Något nytt", None, "eu"),
    ],
)  # fmt: skip
def test_whose_money_a_project_is_its_own_word_says_or_its_programme(programme, said, source):
    found = source_of(project(programme=programme, source=MoneySource(said) if said else None))
    assert found == source


def both():
    return world(
        projects=(project(), project("norr", programme="Nordplus")),
        budgets=(krona("90000"), krona("9000", project_id="norr")),
        payments=(paid("40000.50"), paid("700.25", project_id="norr")),
    )


def test_what_is_not_the_union_s_is_never_called_eu_funds():
    year = report(both(), 2018, EN)
    assert (year.total_sek, year.eu_sek) == (Decimal("40700.75"), Decimal("40000.50"))
    assert [(row.programme, row.amount_sek) for row in year.not_eu] == [("Nordplus", Decimal("700.25"))]
    told = json.loads(report_bytes(year, ".json", {"Version": "1"}, EN), parse_float=Decimal)
    assert (told["eu_sek"], told["not_eu"]) == (
        Decimal("40000.50"), [{"programme": "Nordplus", "amount_sek": Decimal("700.25")}],
    )  # fmt: skip
    texts = [getattr(block, "caption", "") or getattr(block, "text", "") for block in money_blocks(year, EN)]
    assert not [text for text in texts if "EU funds paid" in text]
    assert "Of 40,700.75 SEK, 40,000.50 SEK is EU money. The rest is not: Nordplus 700.25 SEK." in texts
    alone = report(world(), 2018, EN)
    assert alone.not_eu == () and alone.eu_sek == alone.total_sek
    texts = [getattr(block, "caption", "") for block in money_blocks(alone, EN)]
    assert "Table 1. EU funds paid 2018" in texts


def test_what_is_due_is_told_once_for_each_day():
    sun = project(
        end="2019-12-31", plan=HALVES, reports_due=(date(2019, 1, 31), date(2020, 2, 28)), keep_until=date(2025, 12, 31)
    )
    over = replace(sun, id="över", title="Över", phase=Phase.CLOSED)
    never = replace(sun, id="nej", title="Nej", phase=Phase.DECLINED)
    due = [(one.project.id, one.what, one.on.isoformat()) for one in due_days(world(projects=(sun, over, never)))]
    assert due == [
        ("sol", Due.REPORT, "2019-01-31"),
        ("sol", Due.END, "2019-12-31"),
        ("sol", Due.REPORT, "2020-02-28"),
        ("sol", Due.FINAL_INSTALMENT, "2020-04-29"),
        ("sol", Due.KEPT_UNTIL, "2025-12-31"),
        ("över", Due.KEPT_UNTIL, "2025-12-31"),
    ]


def test_a_calendar_reads_the_file_and_the_same_version_makes_the_same():
    sun = project(title="Sol, måne; och \\ stjärnor " + "å" * 80, reports_due=(date(2019, 1, 31),), funder="UHR")
    due = due_days(world(projects=(sun,)))
    made = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    data = calendar_bytes(due, 3, made, words("sv"))
    assert data == calendar_bytes(due, 3, made, words("sv"))
    assert Calendar.from_ical(data)["x-wr-caldesc"] == "Kvalitetsdialog, version 3"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    report_, end = Calendar.from_ical(data).walk("VEVENT")
    assert report_["summary"] == f"Rapport ska vara inne: {sun.title}"
    assert (report_["dtstart"].dt, report_["dtend"].dt) == (date(2019, 1, 31), date(2019, 2, 1))
    assert report_["description"] == "Erasmus+, UHR" and len(report_.walk("VALARM")) == 1
    assert len({str(event["uid"]) for event in (report_, end)}) == 2 and end.walk("VALARM") == []
