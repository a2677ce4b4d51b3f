"""Saving a dialogue: one version, nobody's work written over, whoever saves at the same time."""

from __future__ import annotations

import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

from analytics.loads.dialogue_rows import all_of, texts_of
from analytics.loads.freezing import freeze
from analytics.loads.load import LoadRefused
from analytics.loads.save import BothChanged
from analytics.loads.save_dialogue import save_dialogue
from analytics.model.dialogue import Progress, Responsible
from analytics.model.errors import NotAllowed
from analytics.model.people import Did, Identity
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.store.audit import entries, note
from analytics.store.dialogue import read_dialogues
from analytics.store.drafts import Typed
from analytics.store.reading import standing_on
from analytics.store.versions import read_current
from analytics.words.language import words
from tests.drafting import store_in, typed
from tests.sampling import examples

SAY = words("en")
ALL = Viewer("everybody", schools=None)
GOAL = {
    "an1.criterion": "A1",
    "an1.to_level": "3.5",
    "an1.due": "2026-01-31",
    "an1.goal": "Everybody plans together",
    "an1.status": "agreed",
    "an1.xn1.text": "A study circle",
    "an1.xn1.role": "principal",
    "an1.xn1.status": "agreed",
    "an1.xn2.text": "Time in the schedule",
    "an1.xn2.role": "manager",
    "an1.xn2.status": "under_way",
}


@pytest.fixture
def store(few_copy):
    return few_copy


@pytest.fixture(scope="module")
def about(few_store):
    """A school of the demo that has no dialogue about the round yet."""
    view = store_in(few_store).current()
    taken = {row.school_id for row in read_dialogues(view).agreements if row.year == 2025}
    (school, *_) = (
        id_
        for (id_,) in view.rows("select school_id from school_round where framework = 'vebs-2022' and year = 2025")
        if id_ not in taken
    )
    return (school, "vebs-2022", 2025)


@pytest.fixture(scope="module")
def begun(few_store, about, tmp_path_factory) -> Path:
    store = shutil.copytree(few_store, tmp_path_factory.mktemp("begun") / "store")
    save(store, about, GOAL)
    return store


@pytest.fixture
def agreed(begun, tmp_path) -> Path:
    """A store of its own in which the school has a goal with two actions."""
    return shutil.copytree(begun, tmp_path / "agreed")


def save(store, about, texts, before=None):
    """Saves what was typed just now; `before`: what stood in the fields when the typing began, where it was earlier."""
    return save_dialogue(store, ALL, about, typed(texts, now(store, about), before), SAY, saved_by="test")


def now(store, about):
    return texts_of(read_dialogues(store_in(store).current()), about)


def test_a_goal_with_two_actions_is_one_version_that_leaves_the_figures(store, about):
    before = store_in(store).current()
    outcome = save(store, about, GOAL | {"notes": "A good talk", "held": "2025-02-03"})
    view = store_in(store).current()
    assert outcome.version == view.number == before.number + 1
    assert standing_on(view) == standing_on(before)
    current = read_current(store)
    assert current.in_force.answers == current.version(before.number).answers
    found = read_dialogues(view)
    (agreement,) = [row for row in found.agreements if (row.school_id, row.year) == (about[0], 2025)]
    assert (agreement.number, agreement.criterion, agreement.to_level) == (1, "A1", 3.5)
    actions = [row for row in found.actions if (row.school_id, row.year) == (about[0], 2025)]
    assert [(row.number, row.role, row.status) for row in actions] == [
        (1, Responsible.PRINCIPAL, Progress.AGREED),
        (2, Responsible.MANAGER, Progress.UNDER_WAY),
    ]
    (dialogue,) = [row for row in found.dialogues if (row.school_id, row.year) == (about[0], 2025)]
    assert dialogue.notes == "A good talk"


def test_who_saves_is_written_down_by_who_they_are_too(store, about):
    anna = Identity("https://issuer", "anna")
    note(store, "root", Did.ROLE_GIVEN)  # a store that several people use
    viewer = Viewer("Anna", None, who=anna)
    save_dialogue(store, viewer, about, typed(GOAL, now(store, about), None), SAY, saved_by="Anna")
    freeze(store, viewer, about, frozen_by="Anna", today=date(2026, 1, 1))
    told = [(one.with_["action"], one.with_["who"]) for one in entries(store, 2)]
    assert told == [("freeze", [anna.issuer, anna.subject]), ("edit", [anna.issuer, anna.subject])]


def test_the_follow_up_changes_what_it_changes_and_nothing_else(agreed, about):
    was = now(agreed, about)
    others = read_dialogues(store_in(agreed).current())
    save(agreed, about, {"a1.status": "done", "a1.outcome": "Reached"})
    assert now(agreed, about) == was | {"a1.status": "done", "a1.outcome": "Reached"}
    for name in ("dialogues", "agreements", "actions"):
        here, there = (
            [row for row in getattr(found, name) if row.school_id != about[0]]
            for found in (read_dialogues(store_in(agreed).current()), others)
        )
        assert here == there


def test_the_last_goal_can_be_taken_away(agreed, about):
    save(agreed, about, {"a1.removed": "yes"}, {"a1.removed": all_of(now(agreed, about), "a1")})
    assert not [name for name in now(agreed, about) if name.startswith("a1.")]


def test_two_who_add_a_goal_each_have_both(agreed, about):
    save(agreed, about, {name.replace("an1", "an2"): text for name, text in GOAL.items()} | {"an2.criterion": "A2"})
    assert [now(agreed, about)[f"a{n}.criterion"] for n in (1, 2)] == ["A1", "A2"]


def test_two_who_change_the_same_field_are_told_and_nothing_is_saved(store, about):
    save(store, about, {"notes": "First"})
    number = store_in(store).current().number
    with pytest.raises(BothChanged) as both:
        save(store, about, {"notes": "Second", "participants": "Both"}, {})
    (change,) = both.value.changes
    assert (change.field, change.now, change.mine) == ("notes", "First", "Second")
    assert store_in(store).current().number == number and now(store, about)["participants"] == ""


def test_a_text_does_not_land_on_the_goal_that_has_got_the_number(agreed, about):
    save(agreed, about, {name.replace("an1", "an2"): text for name, text in GOAL.items()} | {"an2.criterion": "B2"})
    began = now(agreed, about)
    mine = typed({"a2.status": "done", "a2.outcome": "B2 went well"}, began)
    action = typed({"a1.x2.outcome": "Of the schedule"}, began)
    away = ("a2", "a1.x2")
    save(
        agreed, about, {f"{one}.removed": "yes" for one in away}, {f"{one}.removed": all_of(began, one) for one in away}
    )
    goal = {name.replace("an1", "an3"): text for name, text in GOAL.items()} | {"an3.criterion": "C3"}
    save(agreed, about, goal | {"a1.xn9.text": "Something else", "a1.xn9.role": "staff", "a1.xn9.status": "agreed"})
    here = now(agreed, about)
    assert here["a2.criterion"] == "C3" and here["a1.x2.text"] == "Something else"
    for late in (mine, action):
        with pytest.raises(BothChanged) as both:
            save_dialogue(agreed, ALL, about, late, SAY, saved_by="late")
        assert all(change.another and not change.vanished for change in both.value.changes)
    with pytest.raises(BothChanged):
        save(agreed, about, {"a2.removed": "yes"}, {"a2.removed": all_of(began, "a2")})
    assert now(agreed, about) == here


def test_what_is_wrong_is_told_with_where_it_stands_and_nothing_is_saved(store, about):
    number = store_in(store).current().number
    with pytest.raises(LoadRefused) as refused:
        save(store, about, GOAL | {"an1.to_level": "9", "an1.xn2.role": "nobody", "an1.due": "soon"})
    told = {(problem.file, problem.row, problem.column) for problem in refused.value.problems}
    assert told == {("Agreements", 1, "to_level"), ("Agreements", 1, "due"), ("Actions", 2, "role")}
    assert store_in(store).current().number == number


def test_everybody_who_saves_at_once_is_saved(store):
    view = store_in(store).current()
    schools = [id_ for (id_,) in view.rows("select school_id from school_round where year = 2025 order by 1 limit 6")]
    schools = schools[: examples(3, at_night=6)]
    failed = []

    def one(school: str) -> None:
        about = (school, "vebs-2022", 2025)
        try:
            save(store, about, {"notes": f"of {school}"})
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=one, args=(school,)) for school in schools]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert [now(store, (school, "vebs-2022", 2025))["notes"] for school in schools] == [f"of {s}" for s in schools]


def test_what_was_not_touched_is_from_where_it_was(store):
    found = read_dialogues(store_in(store).current())
    about = next(
        (row.school_id, row.framework, row.year)
        for row in found.agreements
        if row.number == 2 and row.status.open and row.provenance is Provenance.SYNTHETIC
    )
    save(store, about, {"a1.outcome": "Written by hand"})
    here = read_dialogues(store_in(store).current())
    after = [row for row in here.agreements if (row.school_id, row.framework, row.year) == about]
    assert [row.provenance for row in after[:2]] == [Provenance.MIXED, Provenance.SYNTHETIC]


def test_nobody_saves_about_a_school_that_they_may_not_see(store, about):
    stranger, number = Viewer("stranger", frozenset({"somewhere-else"})), store_in(store).current().number
    with pytest.raises(NotAllowed):
        save_dialogue(store, stranger, about, {"notes": Typed("", "x")}, SAY, saved_by="stranger")
    assert store_in(store).current().number == number
