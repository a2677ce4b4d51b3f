"""A year's report of several administrations: their parts make the whole in every format; of one there are none."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from analytics.documents.calendar import calendar_bytes
from analytics.documents.paper.shapes import Heading, texts
from analytics.documents.report import report_bytes, report_document
from analytics.funding.administrations import known_administration, reporting
from analytics.funding.due import Due, due_days
from analytics.funding.report import Report, part_report, report
from analytics.model.administrations import MAY_BECOME, Administration, PartStatus, ReportPart
from analytics.model.funding import Funding, Narrative, ReportQuestion
from analytics.model.sender import Dispatch, Filing, Sender
from analytics.words.language import words
from tests.funding.test_sums_in_every_file import drawn

EN, ABOUT = words("en"), {"Version": "1"}
SCHOOLS = Administration("grund", "Grundskoleförvaltningen", "eu@grund.example")
STREETS = Administration("gata", "Fastighets- och gatukontoret")
PAST = Administration("fritid", "Fritid", valid_to=2016)
BOTH = (SCHOOLS, STREETS, PAST)
PRIORITIES, RESULTS = ReportQuestion.PRIORITIES, ReportQuestion.RESULTS


def city() -> Funding:
    """Twenty projects with öre, a third of them each administration's and the rest nobody's; two answers."""
    register = drawn(120, 7)
    whose = {f"p{n}": ("grund", "gata", None)[n % 3] for n in range(20)}
    return replace(
        register,
        administrations=BOTH,
        projects=tuple(replace(one, administration=whose[one.id]) for one in register.projects),
        narratives=(
            Narrative(2018, PRIORITIES, "Skolor först.", administration="grund"),
            Narrative(2018, PRIORITIES, "Gator först.", administration="gata"),
            Narrative(2018, RESULTS, "Hela staden tog hem medel."),
            Narrative(2017, RESULTS, "Förra året.", administration="grund"),
        ),
        report_parts=(ReportPart(2018, "grund", date(2019, 2, 15), PartStatus.HANDED_IN, registry_number="GF-12"),),
    )


def said(found: Report) -> list[str]:
    """Every text of the report's document but empty ones, in order."""
    blocks = report_document(found, ABOUT, EN).blocks
    return [text for block in blocks for text in texts(block) if text]


def test_an_administration_reports_on_its_years_and_one_alone_has_no_part():
    assert reporting(city(), 2018) == (SCHOOLS, STREETS)
    assert reporting(replace(city(), administrations=(SCHOOLS, PAST)), 2018) == ()
    assert reporting(replace(city(), administrations=BOTH), 2016) == BOTH
    assert known_administration(city(), 2018, "grundskoleFÖRVALTNINGEN ") == SCHOOLS
    assert known_administration(city(), 2018, "fritid") is None


def test_with_one_administration_the_report_is_as_without_any():
    """Whether rows name it or not, and whatever it is called."""
    one = replace(city(), administrations=(SCHOOLS,), report_parts=())
    none = replace(
        one,
        administrations=(),
        projects=tuple(replace(project, administration=None) for project in one.projects),
        narratives=tuple(replace(narrative, administration=None) for narrative in one.narratives),
    )
    with_one, without = report(one, 2018, EN), report(none, 2018, EN)
    assert not with_one.parts and with_one.total_sek == without.total_sek
    assert said(with_one) == said(without)
    assert dict(with_one.narratives)[PRIORITIES].text == "Skolor först.\n\nGator först.", "nothing of it is left out"


def test_the_parts_make_the_whole_to_the_ore_in_every_format():
    register = city()
    whole = report(register, 2018, EN)
    own = [part_report(register, one, 2018, EN) for one in (SCHOOLS, STREETS)]
    *of_parts, rest = [part.amount_sek for part in whole.parts]
    assert of_parts == [one.total_sek for one in own] and rest
    assert sum(of_parts) + rest == whole.total_sek == sum(sheet.paid_sek for sheet in whole.sheets)
    assert [sheet.project.id for sheet in whole.sheets] == [id_ for part in whole.parts for id_ in part.projects]

    told = json.loads(report_bytes(whole, ".json", ABOUT, EN), parse_float=Decimal, parse_int=Decimal)
    assert [part["amount_sek"] for part in told["parts"]] == [*of_parts, rest]
    assert [part["status"] for part in told["parts"]] == ["handed_in", "draft", None]
    rows = list(csv.DictReader(StringIO(report_bytes(whole, ".csv", ABOUT, EN).decode())))
    sheet = CalamineWorkbook.from_filelike(BytesIO(report_bytes(whole, ".xlsx", ABOUT, EN))).get_sheet_by_name(
        "Administrations"
    )
    in_workbook = {row[0]: row[1] for row in sheet.to_python()}
    paper = said(whole)
    for part, amount in zip(whole.parts, [*of_parts, rest], strict=True):
        id_ = part.administration.id if part.administration else ""
        assert sum(Decimal(row["amount_sek"]) for row in rows if row["administration"] == id_) == amount
        name = part.administration.title if part.administration else "No administration named"
        assert Decimal(str(in_workbook[name])) == amount
        assert EN.number(amount) in paper
    with ZipFile(BytesIO(report_bytes(whole, ".zip", ABOUT, EN))) as archive:
        assert "GF-12" in archive.read("Administrations.csv").decode()


def test_word_and_pdf_are_made_of_it():
    few = replace(city(), projects=city().projects[:3], payments=())
    for suffix in (".pdf", ".docx"):
        assert report_bytes(report(few, 2018, EN), suffix, ABOUT, EN, appendix=True)


def test_each_answer_stands_under_its_administration_and_what_is_common_before():
    blocks = report_document(report(city(), 2018, EN), ABOUT, EN, appendix=True).blocks
    told = said(report(city(), 2018, EN))
    place = max(n for n, text in enumerate(told) if text.startswith("4.1 "))
    assert told[place + 1 : place + 5] == [SCHOOLS.title, "Skolor först.", STREETS.title, "Gator först."]
    place = next(n for n, text in enumerate(told) if text.startswith("4.4 "))
    assert told[place + 1] == "Hela staden tog hem medel." and SCHOOLS.title in told[place + 2]
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), "PDF/UA takes no leap"


def test_a_part_s_own_report_has_its_own_head_and_nothing_of_the_others():
    own = part_report(city(), SCHOOLS, 2018, EN)
    city_s = Dispatch(
        Sender("Malmö", "KS", "Stadskontoret", "eu@malmo.example"), Filing("KS-1", date(2019, 3, 1), "KS")
    )
    told = json.loads(report_bytes(own, ".json", ABOUT, EN, city_s))
    assert told["administration"] == "grund" and told["parts"] == []
    head = told["sender"]
    assert (head["city"], head["administration"], head["contact"]) == ("Malmö", SCHOOLS.title, SCHOOLS.contact)
    assert (head["number"], head["day"], head["decision"]) == ("GF-12", None, None), "the city's decision is the city's"
    document = report_document(own, ABOUT, EN, city_s)
    assert document.title.endswith(f"– {SCHOOLS.title}") and "Gator först." not in said(own)
    assert {project["administration"] for project in told["projects"]} == {"grund"}


def test_what_names_no_administration_is_in_the_sum_and_told():
    found = [remark for remark in report(city(), 2018, EN).remarks if remark.kind == "no_administration"]
    assert {remark.project_id for remark in found} == {f"p{n}" for n in range(2, 20, 3)}
    assert not [r for r in report(drawn(20, 1), 2018, EN).remarks if r.kind == "no_administration"]


def test_the_calendar_has_the_last_days_of_what_is_not_handed_in():
    later = replace(city(), report_parts=(*city().report_parts, ReportPart(2018, "gata", date(2019, 2, 15))))
    (due,) = [one for one in due_days(later) if one.what is Due.PART]
    assert (due.of, due.on) == (STREETS, date(2019, 2, 15))
    told = calendar_bytes(due_days(later), 1, datetime(2019, 1, 1, tzinfo=UTC), EN).decode()
    assert "Part of the EU report due: Fastighets- och gatukontoret" in told and "gata-part-20190215@" in told


@pytest.mark.parametrize("status", PartStatus, ids=lambda status: status.value)
def test_approved_comes_after_handed_in_alone_and_what_is_in_goes_back_to_a_draft(status):
    assert (PartStatus.APPROVED in MAY_BECOME[status]) is (status is PartStatus.HANDED_IN)
    assert status not in MAY_BECOME[status] and PartStatus.NOT_BEGUN not in MAY_BECOME[status]
    if status.is_in:
        assert PartStatus.DRAFT in MAY_BECOME[status]


def test_answers_of_the_whole_city_alone_make_no_row_of_money():
    named = replace(city(), projects=tuple(replace(one, administration="grund") for one in city().projects))
    told = said(report(named, 2018, EN))
    assert "Hela staden tog hem medel." in told and "No administration named" not in told
