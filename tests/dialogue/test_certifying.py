"""Under which framework a school was certified: a city that changes framework never sees the one's under the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.dialogue import certifying
from analytics.dialogue.brief.marks import stage_along
from analytics.dialogue.certification import funnel_by_year, stages
from analytics.dialogue.words import stage_sentence
from analytics.model.dialogue import Certification, Event
from analytics.model.frameworks import Bilingual, Calendar, CertificationRoutine
from analytics.model.present import present
from analytics.model.schools import Viewer
from analytics.store.reading import View
from analytics.words.language import words
from tests.dialogue.registers import counts_of, happened, published
from tests.maturity.worlds import World, framework_of

EVERYBODY = Viewer("all", None)
AREAS = {"a": ("A1",)}
ROUTINE = CertificationRoutine(Bilingual("Väg", "Way"), ())
OLD = framework_of("old", AREAS, years=(2018, 2021))
NOW = replace(framework_of("now", AREAS, years=(2022, 2024), previous="old"), certification=ROUTINE)
NEXT = framework_of("next", AREAS, years=(2026, None), previous="now")
OTHER = framework_of("other", AREAS, years=(2021, 2024))
C = Event.CERTIFIED
EVENTS = [
    *happened("s1", (C, "2019-05-01")),
    *happened("s2", (C, "2023-05-01")),
    *happened("s3", (C, "2025-05-01")),  # after the last year, and nothing has followed yet
    *happened("s4", (C, "2026-02-01")),
    *happened("s5", (C, "2017-05-01")),  # before them all
    Certification("s6", C, date(2026, 1, 20), None, "now"),  # decided in the new one's time, under the old
    Certification("s7", C, date(2023, 1, 20), None, "other"),
]


def world_of(*frameworks, rounds: dict[str, tuple[str, ...]]) -> World:
    """Each framework's first year has a round of its schools."""
    world = World(frameworks, tuple(f"s{n}" for n in range(1, 9)))
    for framework in frameworks:
        for school in rounds.get(framework.id, ()):
            levels = (int(school[1:]), len(framework.id), 3, 9)  # no round is another's once more
            world.counts += counts_of(framework.id, framework.valid_from, school, {"A1": levels})
    return world


@pytest.fixture(scope="module")
def line(tmp_path_factory) -> View:
    """Three frameworks in a line, and another beside them that nobody takes part in."""
    rounds = {"old": ("s1", "s5"), "now": ("s2", "s3", "s6"), "next": ("s4",)}
    world = world_of(OLD, NOW, NEXT, OTHER, rounds=rounds)
    return published(world, tmp_path_factory.mktemp("line"), {"certification": EVENTS})


def certified(view: View, framework: str, until: str = "2027-12-31") -> set[str]:
    found = stages(view, EVERYBODY, date.fromisoformat(until), framework)
    return {stage.school_id for stage in found if stage.certified}


def test_each_framework_has_those_of_its_own_years_and_those_that_say_so(line):
    assert certified(line, "old") == {"s1", "s5"}
    assert certified(line, "now") == {"s2", "s3", "s6"}
    assert certified(line, "next") == {"s4"}
    assert certified(line, "other") == {"s7"}, "Malmö's are not Göteborg's"
    assert {stage.school_id for stage in stages(line, EVERYBODY)} == {f"s{n}" for n in range(1, 8)}


def test_the_funnel_counts_its_own_alone(line):
    assert [row.certified for row in funnel_by_year(line, EVERYBODY, NEXT, 2026, date(2026, 12, 31))] == [1]
    other = funnel_by_year(line, EVERYBODY, OTHER, 2024, date(2024, 12, 31))
    assert [(row.year, row.certified) for row in other] == [(2023, 1), (2024, 1)], (
        "from the first event, without rounds"
    )


def test_a_schools_own_stage_is_the_frameworks_or_else_what_holds_under_one_before(line):
    day = date(2027, 12, 31)
    at = {school: stage_along(line, EVENTS, (OLD, NOW), school, day) for school in ("s1", "s2", "s4", "s7")}
    assert [(school, under and under.id) for school, (_, under) in at.items()] == [
        ("s1", "old"),
        ("s2", "now"),
        ("s4", None),
        ("s7", None),
    ], "what came later, or under another line, is not told"
    assert stage_along(line, EVENTS, (OLD,), "s2", day) == (None, None)
    declined = [*EVENTS, *happened("s1", (Event.DECLINED, "2020-05-01"))]
    assert stage_along(line, declined, (OLD, NOW), "s1", day) == (None, None), "it holds no longer"
    sentence = stage_sentence(present(at["s1"][0]), words("en"), under=OLD)
    assert sentence == "Under old: certified since 2019-05-01."


def test_an_event_is_of_the_school_year_that_its_day_lies_in():
    of_school_years = replace(NEXT, calendar=Calendar(10, 5, school_year=True))
    assert [certifying._in_force((NOW, of_school_years), date(2026, month, 1)).id for month in (6, 7)] == [
        "now",
        "next",
    ]


def test_of_two_lines_at_once_the_one_that_certifies_has_them(tmp_path, monkeypatch):
    world = world_of(OLD, NOW, OTHER, rounds={"now": ("s1",), "other": ("s1", "s2")})
    view = published(world, tmp_path, {"certification": happened("s2", (C, "2023-05-01"))})
    assert (certified(view, "now"), certified(view, "other")) == (set(), {"s2"}), "none does: its own rounds tell"
    monkeypatch.setattr(certifying, "read_frameworks", lambda view: (OLD, OTHER, NOW))
    assert (certified(view, "now"), certified(view, "other")) == ({"s2"}, set())


def test_where_both_certify_a_school_s_own_rounds_tell_and_else_nothing_does(tmp_path, monkeypatch):
    both = replace(OTHER, certification=ROUTINE)
    monkeypatch.setattr(certifying, "read_frameworks", lambda view: (OLD, both, NOW))
    world = world_of(OLD, NOW, OTHER, rounds={"now": ("s1", "s3"), "other": ("s2", "s3")})
    events = [event for school in ("s1", "s2", "s3", "s4") for event in happened(school, (C, "2023-05-01"))]
    view = published(world, tmp_path, {"certification": events})
    assert (certified(view, "now"), certified(view, "other")) == ({"s1"}, {"s2"})
