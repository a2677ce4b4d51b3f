"""What came of a round's agreements, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.dialogue.followup import ActivityUse, AreaTally, RoleTally, Tally, follow_up
from analytics.model.dialogue import Action, Activity, Agreement, Dialogue, Progress, Responsible
from analytics.model.frameworks import Calendar
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.store.reading import View
from tests.dialogue.registers import counts_of, published
from tests.maturity.worlds import World, framework_of

EVERYBODY = Viewer("all", None)
FRAMEWORK = framework_of("f", {"a": ("A1", "A2"), "b": ("B1",), "c": ("C1",)}, years=(2021, 2023))
DUE, BEFORE, AFTER = date(2023, 1, 31), date(2023, 1, 31), date(2023, 2, 1)
DONE, OPEN, UNDER_WAY, DROPPED = Progress.DONE, Progress.AGREED, Progress.UNDER_WAY, Progress.DROPPED


def agreed(school: str, number: int, criterion: str, status: Progress, year: int = 2022) -> Agreement:
    return Agreement(school, "f", year, number, criterion, 3.0, DUE, status=status)


def action(school: str, agreement: int, number: int, role: Responsible, status: Progress, **more) -> Action:
    return Action(school, "f", 2022, agreement, number, "text", role, status=status, **more)


DIALOGUES = [
    Dialogue("s1", "f", 2022, date(2022, 2, 10)),
    Dialogue("s2", "f", 2022, date(2022, 3, 10)),
    Dialogue("s3", "f", 2022),  # prepared, not held
    Dialogue("s4", "f", 2021, date(2021, 3, 10)),
]
AGREEMENTS = [
    agreed("s1", 1, "A1", DONE),
    agreed("s1", 2, "A2", UNDER_WAY),
    agreed("s2", 1, "A1", OPEN),
    agreed("s2", 2, "B1", DROPPED),
    agreed("s4", 1, "A1", DONE, year=2021),
]
ACTIONS = [
    action("s1", 1, 1, Responsible.PRINCIPAL, DONE, activity="net"),
    action("s1", 1, 2, Responsible.PRINCIPAL, DONE),
    action("s1", 2, 1, Responsible.STAFF, UNDER_WAY, due=date(2022, 6, 1), activity="net"),
    action("s2", 1, 1, Responsible.PRINCIPAL, OPEN, activity="old"),
    action("s2", 2, 1, Responsible.CENTRAL, DROPPED),
]
ACTIVITIES = [
    Activity("net", "Network", "f", "a"),
    Activity("old", "Over, but leant on", "f", "a", end=date(2021, 12, 31)),
    Activity("gone", "Over", "f", "b", end=date(2021, 12, 31)),
    Activity("unused", "Nobody came", "f", "b", start=date(2023, 12, 31)),
    Activity("later", "Yet to come", "f", "c", start=date(2024, 1, 1)),
]


@pytest.fixture(scope="module")
def view(tmp_path_factory) -> View:
    levels = dict.fromkeys(("A1", "A2", "B1", "C1"), (0, 3, 3, 0))
    counts = [row for s in ("s1", "s2", "s3", "s4") for year in (2021, 2022) for row in counts_of("f", year, s, levels)]
    world = World((FRAMEWORK,), ("s1", "s2", "s3", "s4"), counts=counts)
    rows = {"dialogue": DIALOGUES, "agreement": AGREEMENTS, "agreed_action": ACTIONS, "activity": ACTIVITIES}
    return published(world, tmp_path_factory.mktemp("followup") / "store", rows)


def test_how_many_talked_and_agreed(view):
    found = follow_up(view, EVERYBODY, FRAMEWORK, 2022, AFTER)
    assert (found.schools, found.talked, found.agreeing_schools) == (4, 2, 2)
    assert found.agreements == Tally(done=1, under_way=0, late=2, dropped=1)
    assert found.agreements.agreed == 4
    assert found.provenance is Provenance.IMPORTED


def test_nothing_is_late_on_the_day_it_is_due(view):
    found = follow_up(view, EVERYBODY, FRAMEWORK, 2022, BEFORE)
    assert found.agreements == Tally(done=1, under_way=2, late=0, dropped=1)
    assert found.late == ()


def test_late_ones_are_told_by_their_day_and_school(view):
    found = follow_up(view, EVERYBODY, FRAMEWORK, 2022, AFTER)
    assert [(row.school_id, row.number) for row in found.late] == [("s1", 2), ("s2", 1)]


def test_a_dialogue_that_is_yet_to_be_held_is_not_counted(view):
    assert follow_up(view, EVERYBODY, FRAMEWORK, 2022, date(2022, 3, 1)).talked == 1


def test_areas(view):
    assert follow_up(view, EVERYBODY, FRAMEWORK, 2022, AFTER).areas == (
        AreaTally("a", 2, Tally(1, 0, 2, 0)),
        AreaTally("b", 1, Tally(0, 0, 0, 1)),
        AreaTally("c", 0, Tally(0, 0, 0, 0)),
    )


def test_roles_by_their_actions_and_an_action_without_a_day_is_due_with_its_agreement(view):
    found = {row.role: row for row in follow_up(view, EVERYBODY, FRAMEWORK, 2022, BEFORE).roles}
    assert list(found) == list(Responsible)
    assert found[Responsible.PRINCIPAL] == RoleTally(Responsible.PRINCIPAL, Tally(1, 1, 0, 0), Tally(2, 1, 0, 0))
    assert found[Responsible.STAFF] == RoleTally(Responsible.STAFF, Tally(0, 1, 0, 0), Tally(0, 0, 1, 0))
    assert found[Responsible.MANAGER].actions.agreed == 0
    after = {row.role: row for row in follow_up(view, EVERYBODY, FRAMEWORK, 2022, AFTER).roles}
    assert after[Responsible.PRINCIPAL].actions == Tally(2, 0, 1, 0)


def test_activities_that_are_offered_or_leant_on(view):
    found = follow_up(view, EVERYBODY, FRAMEWORK, 2022, AFTER).activities
    assert found == (
        ActivityUse(ACTIVITIES[0], 2, 1),
        ActivityUse(ACTIVITIES[1], 1, 1),
        ActivityUse(ACTIVITIES[3], 0, 0),
    )
    same_year = replace(FRAMEWORK, calendar=Calendar(goals=2, follow_up=10))
    assert [use.activity.id for use in follow_up(view, EVERYBODY, same_year, 2022, AFTER).activities] == ["net", "old"]


def test_only_what_the_viewer_may_see(view):
    found = follow_up(view, Viewer("one", frozenset(["s2"])), FRAMEWORK, 2022, AFTER)
    assert (found.schools, found.talked, found.agreements) == (1, 1, Tally(0, 0, 1, 1))
    assert [use.actions for use in found.activities] == [0, 1, 0]
    nobody = follow_up(view, Viewer("nobody"), FRAMEWORK, 2022, AFTER)
    assert (nobody.schools, nobody.talked, nobody.agreements.agreed, nobody.provenance) == (0, 0, 0, None)


def test_a_round_without_dialogues(view):
    found = follow_up(view, EVERYBODY, FRAMEWORK, 2023, AFTER)
    assert (found.schools, found.talked, found.agreements.agreed, found.late) == (0, 0, 0, ())
