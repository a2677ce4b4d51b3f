"""What a framework says of the way to its goal: kept in the store, in the editor's texts; and Göteborg's, whose 36
activity areas are rated where its 18 aims were before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.documents.framework_file import framework_toml
from analytics.intake.files import ReadingOptions
from analytics.loads.framework_copies import successor_of
from analytics.loads.framework_made import framework_of
from analytics.loads.framework_texts import PLAN, texts_of
from analytics.loads.load import LoadRefused, check, load
from analytics.model.dialogue import Responsible
from analytics.model.errors import Refused
from analytics.model.frameworks import Criterion, Framework
from analytics.store.reading import Store
from analytics.words.frameworks import calendar_sentence
from pages.talks.dialogue.suggestions import suggested
from tests.loads.test_frameworks import FILES, SAY, framework, known

GOTEBORG, VEBS = (
    framework(next(path for path in FILES if path.stem == stem).read_bytes()) for stem in ("goteborg-2021", "vebs-2022")
)


def rated_by_aims() -> Framework:
    """As it was: the aims rated, nothing beside."""
    areas = (
        replace(
            area,
            criteria=tuple(Criterion(aim.id, area.id, aim.title) for aim in area.aims),
            aims=(),
            suggestions=(),
            state=None,
        )
        for area in GOTEBORG.areas
    )
    return replace(GOTEBORG, areas=tuple(areas))


def test_goteborg_rates_its_activity_areas_which_serve_its_aims():
    assert [(len(area.criteria), len(area.aims)) for area in GOTEBORG.areas] == [(9, 5), (11, 4), (11, 5), (5, 4)]
    for area in GOTEBORG.areas:
        assert {aim for one in area.criteria for aim in one.serves} == {aim.id for aim in area.aims}
        assert all(one.serves for one in area.criteria) and area.state
        roles = {one.role for one in area.suggestions}
        assert {Responsible.STAFF, Responsible.MANAGER} <= roles
    assert not {one.id for one in GOTEBORG.criteria} & {aim.id for area in GOTEBORG.areas for aim in area.aims}
    assert suggested(GOTEBORG, "S3") == GOTEBORG.area("samarbete").suggestions and suggested(GOTEBORG, None) == ()
    assert suggested(VEBS, "A1") == ()


def test_the_store_keeps_all_that_a_file_says(empty_store):
    there = known(empty_store)
    assert (there["goteborg-2021"], there["vebs-2022"]) == (GOTEBORG, VEBS)


def test_answers_to_the_18_are_never_read_as_answers_to_the_36(empty_store, tmp_path):
    """Nor do those that a store holds become so, when the new file is left."""
    new, old = tmp_path / "goteborg-2021.toml", tmp_path / "old.toml"
    new.write_bytes(framework_toml(GOTEBORG))
    old.write_bytes(framework_toml(rated_by_aims()))
    answers = tmp_path / "svar.csv"
    cells = [f"goteborg-2021,2022,havet,{n},DK1,{1 + n % 4}" for n in range(6)]
    answers.write_text("\n".join(["framework,year,school,respondent,criterion,level", *cells]))
    schools = tmp_path / "skolor.csv"
    schools.write_text("school_id,name\nhavet,Havet\n")
    refused = check(empty_store, [schools, answers], ReadingOptions(), SAY).problems
    assert {(problem.column, problem.value) for problem in refused} == {("criterion", "DK1")}
    load(empty_store, [old, schools, answers], ReadingOptions(), SAY, loaded_by="test", replace=True)
    before = Store(empty_store).current()
    with pytest.raises(LoadRefused) as told:
        load(empty_store, [new], ReadingOptions(), SAY, loaded_by="test", replace=True)
    assert "give the new edition an id of its own" in str([problem.hint for problem in told.value.problems])
    assert Store(empty_store).current().number == before.number
    assert known(empty_store)["goteborg-2021"] == rated_by_aims()


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ("[[area", "This is not TOML."),
        ('[[area]]\nid = "borta"', "There is no area or criterion with the id borta."),
        ('[[area]]\nid = "kompetens"\n[[area.criterion]]\nid = "D1"\nserves = ["SU1"]', "The area has no such aim."),
        ('[[area]]\nid = "kompetens"\n[[area.action]]\nrole = "chef"', "The value must be one of"),
        ('[certification]\ntitle = { sv = "a", en = "a" }', "The key is missing."),
    ],
)
def test_what_is_wrong_in_the_plan_as_it_is_typed_is_told_there(plan, problem):
    with pytest.raises(Refused) as told:
        framework_of({**texts_of(GOTEBORG), PLAN: plan}, "f", SAY)
    assert {one.column for one in told.value.problems} == {PLAN}
    assert problem in told.value.problems[0].problem


def test_a_plan_may_be_taken_away_as_it_is_typed():
    bare = framework_of({**texts_of(GOTEBORG), PLAN: ""}, "f", SAY)
    assert not any(area.aims or area.suggestions or area.state for area in bare.areas)


def test_a_successor_keeps_the_aims_and_not_how_things_stood():
    after = successor_of(GOTEBORG, ())
    assert [area.aims for area in after.areas] == [area.aims for area in GOTEBORG.areas]
    assert not any(area.state for area in after.areas)


def test_the_calendar_tells_when_goals_are_set_and_the_month_of_the_rating():
    assert calendar_sentence(VEBS, 2024, SAY).startswith("Schools rate themselves in January. Goals are set in")
    assert calendar_sentence(GOTEBORG, 2021, SAY) == "Goals are set in October and followed up in May 2022."


def test_a_school_year_lasts_from_july_to_june():
    year, other = GOTEBORG.calendar, VEBS.calendar
    assert (year.begins(2021), year.ends(2021)) == (date(2021, 7, 1), date(2022, 6, 30))
    assert (other.begins(2021), other.ends(2021)) == (date(2021, 1, 1), date(2021, 12, 31))
    assert [year.year_of(day) for day in (date(2022, 6, 30), date(2022, 7, 1))] == [2021, 2022]
    assert [other.year_of(day) for day in (date(2021, 12, 31), date(2022, 1, 1))] == [2021, 2022]


def test_until_when_a_certification_is_valid():
    routine = VEBS.certification
    assert routine and routine.until(date(2022, 6, 3)) is None, "the sources do not say"
    three = replace(routine, valid_years=3)
    assert (three.until(date(2022, 6, 3)), three.until(date(2024, 2, 29))) == (date(2025, 6, 2), date(2027, 2, 28))
