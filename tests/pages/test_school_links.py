"""A school that became part of another: said on the pages of both, and nothing is compared over it."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics.dialogue.brief.facts import Brief, brief
from analytics.dialogue.followup_report import year_report
from analytics.dialogue.followup_words import of_gone_schools, parted
from analytics.documents.brief.data import brief_json
from analytics.documents.brief.limits import STEPS
from analytics.documents.brief.parts import school_part, talk_part
from analytics.documents.followup import followup_bytes
from analytics.documents.followup.contents import followup_document
from analytics.loads.own_files import own_rows
from analytics.model.present import present
from analytics.model.schools import GoneSchool, School, Viewer, gone_schools
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks, read_schools
from analytics.words.language import words
from pages.shared.school_links import parted_years
from tests.pages.reading import markup, said
from tests.store.making import answers, put

SCHOOLS = (
    "school_id,name,valid_to,merged_into\n"
    "alfa,Alfaskolan,2023-06-30,Betaskolan\n"
    "beta,Betaskolan,,\n"
    "gamma,Gammaskolan,,\n"
    "delta,Deltaskolan,2020-12-31,Betaskolan\n"
    "epsilon,Epsilonskolan,2020-06-30,\n"
)
AGREED = (
    "school,framework,year,number,criterion,from_level,to_level,due\n"
    "Betaskolan,{framework},2023,1,{criterion},2,3,2024-06-01\n"
    "Gammaskolan,{framework},2023,1,{criterion},2,3,2024-06-01\n"
    "Alfaskolan,{framework},2023,1,{criterion},2,3,2024-06-01\n"
)
YEARS = (2022, 2023, 2024, 2025)


@pytest.fixture(scope="module")
def store(store_once_built, tmp_path_factory) -> Path:
    """Three schools of 26 people over four years, of which the one became part of another after two."""
    made = shutil.copytree(store_once_built, tmp_path_factory.mktemp("merged") / "store")
    rounds = [("alfa", 2022), ("alfa", 2023)] + [(school, year) for school in ("beta", "gamma") for year in YEARS]
    levels = {2022: 1, 2023: 2, 2024: 3, 2025: 4}
    put(made, schools=SCHOOLS, **{f"{s}{y}": answers(s, y, levels[y]) for s, y in rounds})
    framework, criterion = Store(made).current().rows("select framework, criterion from cell order by all")[0]
    put(made, agreed=AGREED.format(framework=framework, criterion=criterion))
    return made


def test_nothing_is_compared_and_no_trend_goes_over_it(store):
    view = Store(store).current()
    compared = {
        school: set(view.rows("select before_year, year from school_change where school_id = ?", [school]))
        for school in ("beta", "gamma")
    }
    assert compared["beta"] == {(2022, 2023), (2024, 2025)}
    assert compared["gamma"] == {(2022, 2023), (2022, 2024), (2023, 2024), (2022, 2025), (2024, 2025)}
    trends = "select distinct school_id, rounds, first_year from trend where school_id in ('beta', 'gamma') order by 1"
    assert view.rows(trends) == [("beta", 2, 2024), ("gamma", 4, 2022)]
    moved = "select distinct before_year, year, schools from city_change order by all"
    assert [row for row in view.rows(moved) if row[:2] == (2023, 2024)] == [(2023, 2024, 1)]


def test_both_schools_pages_say_it(store, at_store, open_page):
    at_store(store)
    old = open_page("skola", school="alfa", year="2025")
    assert "Alfaskolan gick upp i Betaskolan den 1 juli 2023." in said(old)
    assert re.search(r'href="[^"]*skola\?[^"]*school=beta', "".join(markup(old)))
    new = said(open_page("skola", school="beta", year="2025"))
    assert "Alfaskolan gick upp i Betaskolan den 1 juli 2023: från 2024 gäller siffrorna båda tillsammans" in new


def test_the_register_comes_back_as_it_was_given(store):
    view = Store(store).current()
    assert [(one.id, one.merged_into) for one in read_schools(view)] == [
        ("alfa", "beta"),
        ("beta", None),
        ("delta", "beta"),
        ("epsilon", None),
        ("gamma", None),
    ]
    file = own_rows(view, "schools", words("sv"))
    at = [column.heading for column in file.columns].index("Gått upp i")
    assert [row[at] for row in file.rows] == ["Betaskolan", "", "Betaskolan", "", ""]


def brief_of(store: Path, school: str, year: int) -> Brief:
    view = Store(store).current()
    ((framework,),) = view.rows("select distinct framework from cell")
    return brief(view, Viewer("all", None), school, framework, year, date(2026, 1, 15))


def test_the_brief_says_it_and_holds_nothing_against_what_the_school_was(store):
    say = words("sv")
    told = brief_of(store, "beta", 2024)
    text = str([*school_part(told, say, STEPS[0]), *talk_part(told, say, STEPS[0])])
    assert "Alfaskolan gick upp i Betaskolan den 1 juli 2023: från 2024 gäller siffrorna båda tillsammans" in text
    assert "Skolan är inte densamma som i tidigare omgångar, så inget sägs om förändring." in text
    assert "Skolan är en annan sedan dess och jämförs inte" in text
    (agreed,) = present(told.last).agreements
    assert (agreed.now, agreed.reached, agreed.difference) == (None, None, None)
    assert brief_json(told)["links"] == [{"school": "alfa", "other": "beta", "day": "2023-07-01", "merged": True}]
    before, other = brief_of(store, "beta", 2023), brief_of(store, "gamma", 2024)
    assert before.links == other.links == () and present(other.last).agreements[0].now == 3
    assert brief_of(store, "alfa", 2023).links == told.links, "it ends there"


def test_the_follow_up_leaves_it_out_and_says_so(store):
    view, say = Store(store).current(), words("sv")
    (framework,) = [f for f in read_frameworks(view) if view.rows("select 1 from cell where framework = ?", [f.id])]
    report = year_report(view, Viewer("all", None), framework, 2023, date(2026, 1, 15))
    effect = present(report.moved)
    assert sum(area.worked_on_cells for area in effect.areas) == 1 and effect.left_out == 3
    assert "Alfaskolan gick upp i Betaskolan" in parted(report, say)
    later = year_report(view, Viewer("all", None), framework, 2024, date(2026, 1, 15))
    assert parted(later, say) == ""


@pytest.mark.parametrize(
    ("school", "text", "instead"),
    [
        ("delta", "Deltaskolan gick upp i Betaskolan den 1 januari 2021.", "Betaskolan"),
        ("epsilon", "Epsilonskolan stängde den 30 juni 2020.", ""),
    ],
    ids=["merged", "closed"],
)
def test_of_a_closed_school_without_rounds_it_is_said(store, at_store, open_page, school, text, instead):
    at_store(store)
    page = open_page("skola", school=school)
    assert text in said(page) and "Det finns inga resultat för" in said(page)
    links = [line for line in markup(page) if "school=beta" in line and "school=gamma" not in line]
    assert bool(links) is bool(instead)


def test_years_are_parted_where_the_school_is_another():
    assert parted_years((2022, 2023, 2024, 2025), (2024,)) == [[2022, 2023], [2024, 2025]]
    assert parted_years((2022, 2025), (2023, 2024)) == [[2022], [2025]]
    assert parted_years((), (2024,)) == []


def test_a_school_that_is_no_more_is_followed_to_what_it_is_a_part_of_now():
    def school(id_: str, last: str | None = None, into: str | None = None) -> School:
        return School(id_, id_, valid_to=date.fromisoformat(last) if last else None, merged_into=into)

    schools = (
        school("a", "2021-06-30", "b"),
        school("b", "2023-06-30", "c"),
        school("c"),
        school("d", "2023-06-30"),
        school("e", "2023-06-30", "not seen"),
        school("f", "2026-06-30", "c"),  # not yet
        school("g", "2020-06-30", "d"),  # part of one that has closed
    )
    at = date(2023, 6, 30)
    assert gone_schools(schools, date(2026, 6, 30)) == {
        "a": GoneSchool(date(2021, 6, 30), "c"),
        "b": GoneSchool(at, "c"),
        "d": GoneSchool(at),
        "e": GoneSchool(at),
        "g": GoneSchool(date(2020, 6, 30), "d"),
    }
    assert gone_schools(schools, date(2023, 6, 30)).keys() == {"a", "g"}, "its last day is one of its own"
    assert gone_schools(schools, date(2023, 6, 30))["a"].into == "b"


def test_a_late_goal_of_a_school_that_is_no_more_says_so(store, at_store, open_page):
    view, say = Store(store).current(), words("sv")
    ((framework,),) = view.rows("select distinct framework from cell")
    (known,) = [f for f in read_frameworks(view) if f.id == framework]
    report = year_report(view, Viewer("all", None), known, 2023, date(2026, 1, 15))
    file = json.loads(followup_bytes(report, ".json", {}, say))
    assert file["worked_on"]["links"] == [{"school": "alfa", "other": "beta", "day": "2023-07-01", "merged": True}]
    late = {row["school"]: row for row in file["late"]}
    assert (late["Alfaskolan"]["school_closed"], late["Alfaskolan"]["now_part_of"]) == ("2023-06-30", "beta")
    assert (late["Gammaskolan"]["school_closed"], late["Gammaskolan"]["now_part_of"]) == (None, None)
    told = "1 försenat mål gäller en skola som inte finns längre."
    assert of_gone_schools(report, say).startswith(told)
    paper = str(followup_document(report, {}, say))
    assert "Alfaskolan (numera del av Betaskolan)" in paper and told in paper
    at_store(store)
    page = open_page("uppfoljning", framework=framework, year="2023")
    text = "".join(markup(page))
    assert "Alfaskolan (numera del av Betaskolan)" in text and "Gammaskolan (" not in text
    (taken_over,) = [line for line in markup(open_page("dialog", school="beta", year="2025")) if "Alfaskolan" in line]
    assert "Alfaskolan, som numera är en del av skolan: 1 mål från 2023 är ännu öppet: skriv vad det" in taken_over
    assert f"dialog?framework={framework}&amp;year=2023&amp;school=alfa" in taken_over
    assert "Alfaskolan, som" not in said(open_page("dialog", school="gamma", year="2025"))
    before = year_report(view, Viewer("all", None), known, 2023, date(2023, 6, 30))
    assert before.gone.keys() == {"delta", "epsilon"} and of_gone_schools(before, say) == ""
