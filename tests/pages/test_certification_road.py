"""Certifiering's register, funnel, course and findings, and where each row is from; a school's marks on its page."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from analytics.charts.stages import MARKS
from analytics.model.dialogue import Event
from analytics.model.provenance import Missing
from pages.figures.school import page as school
from pages.shared.marks import as_of, marks_line
from pages.talks.certification import page as certification
from pages.ui.content import Ask, Block, Content
from tests.charts.pictures import texts
from tests.pages.reading import figures, opened, said, unfolded, words_of

LAST = ("vebs-2022", 2025, None, None, "namn", 1)
PUBLISHED = {"Hermodsdalsskolan", "Mellersta Förstadsskolan", "Oxievångsskolan"}


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


@cache
def page(ask: Ask, year: int = 2025, framework: str = "vebs-2022", **of: str) -> Content:
    found = (of.get("district"), of.get("stage"), "namn", 1, of.get("day"))
    return opened(ask, certification.compose(ask, framework, year, *found))


def block(content: Content, key: str) -> Block | None:
    return next((block for block in content.blocks if block.key == key), None)


def rows(found: Block) -> list[dict]:
    headings = [column.heading for column in found.table.columns]
    return [dict(zip(headings, row, strict=True)) for row in found.table.rows]


def counts(ask: Ask, until: str, *events: str) -> int:
    """Schools whose latest event up to the day is one of these, straight from the store."""
    sql = (
        "select count(*) from (select school_id, max_by(event, day) as event from certification where day <= ?"
        " group by school_id) where event in (select unnest(?))"
    )
    return ask.view.rows(sql, [date.fromisoformat(until), list(events)])[0][0]


def certified_on(ask: Ask, day: str) -> set[str]:
    """Schools that had been certified by the day and have not been declined since, straight from the store."""
    sql = (
        "select school_id from certification where day <= ? group by school_id having"
        " max(day) filter (event in ('certified', 'renewed'))"
        " > coalesce(max(day) filter (event = 'declined'), '1900-01-01')"
    )
    return {school for (school,) in ask.view.rows(sql, [date.fromisoformat(day)])}


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_the_answer_says_how_many_were_certified_and_in_process_when_the_year_ended(ask, year):
    certified, process = (
        counts(ask, f"{year}-12-31", "certified", "renewed"),
        counts(ask, f"{year}-12-31", "in_process"),
    )
    assert certified > 3
    told = f"At the end of {year} {certified} schools were certified"
    told += f" and {process} in process." if process else "."
    assert told in words_of(block(page(ask, year), "reckoning"))


def test_the_latest_round_tells_of_today(ask):
    content = page(ask, day="2026-11-22")
    assert "12 schools are certified and 5 in process." in words_of(block(content, "reckoning")), (
        "one of them has applied anew"
    )
    (figure,) = [f for f in content.figures if f.label == "Certified schools"]
    assert (figure.value, figure.note) == ("12", "5 in process, 6 that have applied") and len(content.figures) <= 4


def test_every_row_of_the_register_says_where_it_is_from(ask):
    found = rows(block(page(ask), "register"))
    assert {row["School"] for row in found if row["Where from"] == "published"} == PUBLISHED
    assert {row["Where from"] for row in found} == {"published", "synthetic"}
    assert all(row["What has happened"] == "2022-06-03 Certified" for row in found if row["School"] in PUBLISHED)


def test_the_register_is_sorted_by_stage_and_by_when_it_was_reached(ask):
    found = [row for row in rows(block(page(ask), "register")) if row["How far"] is not Missing.NOT_APPLICABLE]
    stages = [row["How far"].split(",")[0].replace("Renewed", "Certified") for row in found]
    assert [s for i, s in enumerate(stages) if s not in stages[:i]] == [
        "Certified",
        "In process",
        "Has applied",
        "Declined",
    ]
    since = [row["Since"] for row in found if row["How far"].startswith(("Certified", "Renewed"))]
    assert since == sorted(since) and since[0] == "2022-06-03"


def test_labels_are_dated_marks_and_say_when_they_have_run_out(ask):
    found = {row["School"]: row for row in rows(block(page(ask), "register"))}
    kvarts = found["Kvartsskolan"]["eTwinning"]
    assert "eTwinning School (2021-03-01 to 2023-02-28, has run out)" in kvarts
    assert "eTwinning School (2025-03-01 to 2027-02-28)" in kvarts
    assert found["Olivinskolan"]["How far"] is Missing.NOT_APPLICABLE and found["Olivinskolan"]["eTwinning"]
    early = {row["School"]: row for row in rows(block(page(ask, 2021, "dsoe-2018"), "register"))}
    assert early["Kvartsskolan"]["eTwinning"] == "eTwinning School (2021-03-01 to 2023-02-28)"


def test_the_timeline_has_a_mark_for_every_event_up_to_the_day(ask):
    for year in (2022, 2024, 2025):
        figure = block(page(ask, year), "register").figure.to_dict()
        drawn = {t["marker"]["symbol"]: len(t["x"]) for t in figure["data"] if t["mode"] == "markers"}
        sql = "select event, count(*) from certification where day <= ? group by event"
        told = {MARKS[Event(e)][0]: n for e, n in ask.view.rows(sql, [date(year, 12, 31)])}
        assert drawn == told


def test_a_district_has_its_own_schools_in_the_register_and_on_course(ask):
    content = page(ask, district="Morgonbris")
    district = {s.name for s in ask.catalogue.schools if s.district == "Morgonbris"}
    assert {row["School"] for row in rows(block(content, "register"))} < district
    assert {row["School"] for row in rows(block(content, "course"))} < district
    assert rows(block(content, "road")) == rows(block(page(ask), "road")), "the funnel is the whole city's"


def test_before_any_event_there_is_no_funnel_and_the_answer_is_silent(ask):
    content = page(ask, 2020, "dsoe-2018")
    assert block(content, "register") is None and block(content, "road") is None and "certified" not in content.answer
    assert block(content, "findings") is None and block(content, "differences") is None


def test_a_year_that_is_not_over_is_told_of_up_to_the_day_and_never_of_its_end(ask):
    """On 20 September some schools have yet to apply, and the year has three months left."""
    road = block(page(ask, day="2025-09-20"), "road")
    certified = len(certified_on(ask, "2025-09-20"))
    assert road.headline.startswith(f"{certified} schools were certified on 2025-09-20, ")
    assert road.headline.endswith(" at the end of 2022") and "end of 2025" not in road.headline + road.alt
    step = "Certified at year's end, or on 2025-09-20"
    assert [row["Year"] for row in rows(road)] == ["2022", "2023", "2024", "2025, as of 2025-09-20"]
    assert rows(road)[-1][step] == certified and "Were certified when the year ended" not in rows(road)[-1]
    applied = "select count(distinct school_id) from certification where day <= '2025-09-20'"
    assert (
        rows(road)[-1]["Had applied"]
        == ask.view.rows(applied)[0][0]
        < rows(block(page(ask), "road"))[-1]["Had applied"]
    )
    assert any(step in text for text in texts(road.figure.to_dict()))
    assert road.note.endswith("2025 is not over: it is counted up to 2025-09-20.")


@pytest.mark.parametrize("day", [None, "2025-12-31", "2026-02-01"])
def test_a_year_that_is_over_is_told_of_as_it_ended(ask, day):
    road = block(page(ask, day=day), "road")
    certified = len(certified_on(ask, "2025-12-31"))
    assert road.headline.startswith(f"{certified} schools were certified at the end of 2025, ")
    assert rows(road)[-1]["Year"] == "2025" and rows(road)[-1]["Were certified when the year ended"] == certified
    assert "is not over" not in road.note


def test_in_its_first_year_the_road_has_nothing_to_be_held_against(ask):
    road = block(page(ask, 2022, day="2022-06-30"), "road")
    assert road.headline == f"{len(certified_on(ask, '2022-06-30'))} schools were certified on 2022-06-30"
    assert block(page(ask, 2022), "road").headline.endswith("certified at the end of 2022")


def test_on_course_is_told_until_the_frameworks_last_year(ask):
    assert "more on course for it by 2025" in block(page(ask, 2024), "course").headline
    last = block(page(ask), "course")
    of = page(ask).figures[0].value  # 12 of 73: one that is hidden is in no count
    assert last.headline.startswith(f"{of} schools had")
    (fold,) = [fold for fold in certification.compose(ask, *LAST).blocks if fold.key == "course"]
    assert fold.short == f"{of} there"
    assert "when the framework's years were over" in last.headline and "noise" in last.note
    assert {row["On course"] for row in rows(last)} == {"at the goal", "neither", "cannot be determined"}
    assert all(row["Criteria left"] is Missing.HIDDEN for row in rows(last) if row["School"] == "Selenitskolan")


def test_findings_name_the_criteria_that_are_rated_too_high(ask):
    found = block(page(ask), "findings")
    assert found.headline.startswith("Staff rate 3 of 25 criteria clearly higher than those who certify: “Staff know")
    assert {row["Id"] for row in rows(found) if row["Clear"] == "rated too high"} == {"A1", "A3", "A4"}
    assert len(rows(block(page(ask), "differences"))) == 9 * 25


def test_with_few_certified_schools_findings_have_no_figure_together(ask):
    content = page(ask, 2022)
    assert block(content, "findings") is None and len(rows(block(content, "differences"))) == 2 * 25


def test_a_schools_marks_are_its_stage_and_the_labels_that_hold(ask):
    assert as_of(ask, "vebs-2022", 2024) == date(2024, 12, 31) and as_of(ask, "vebs-2022", 2025) >= date.today()
    assert marks_line(ask, "vebs-2022", "kvartsskolan", "2022-12-31") == (
        "Certified since 24 November 2022. Holds eTwinning School to 28 February 2023."
    )
    assert marks_line(ask, "vebs-2022", "zefyrskolan", "2024-12-31") == "Certification: declined (23 November 2023)."
    assert marks_line(ask, "vebs-2022", "agatskolan", "2025-12-31") == ""


def test_a_schools_page_shows_its_marks_beside_figures_that_are_kept(open_demo, ask):
    app = open_demo("skola", school="kvartsskolan", year="2024", lang="en")
    assert not app.exception and "Certified since 24 November 2022. Holds" in said(app)
    assert "Certified" not in " ".join(school.compose(ask, "vebs-2022", 2024, "kvartsskolan").notices)


def test_the_page_draws_all_its_blocks_in_order(open_demo):
    app = open_demo("certifiering", lang="en")
    assert not app.exception and figures(app) == [], "the pictures are folded"
    app = unfolded(app)
    assert not app.exception and len(figures(app)) == 6
    text = said(app)
    places = [text.index(part) for part in ("surely or probably reach", "The register on", "were certified at the end")]
    assert places == sorted(places)


def test_what_was_certified_under_the_next_framework_is_nothing_of_the_one_before(ask):
    """The register of the demo is of vebs-2022: the page of dsoe-2018 has none of it, whatever day it is looked at."""
    assert "on its way" not in block(page(ask, 2025, day="2025-12-31"), "register").headline
    before = page(ask, 2021, "dsoe-2018", day="2025-12-31")
    assert block(before, "register").headline.startswith("No school is on its way to being certified")
    assert block(before, "road") is None and "certified" not in before.answer
