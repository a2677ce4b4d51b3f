"""What has been done to a dialogue, and to the lists beside it, is told and can be taken back, each by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.dialogue.register import history, history_of_activities, history_of_round
from analytics.intake.files import ReadingOptions
from analytics.loads.dialogue_rows import REMOVED, all_of, entries_in, overlaid
from analytics.loads.list_rows import activities_of, events_of
from analytics.loads.load import load
from analytics.loads.save import SaveUnit
from analytics.loads.save import save as save_what
from analytics.loads.save_dialogue import dialogue_of
from analytics.loads.taking_back import NotTakenBack, TakeBackObstacle, TakenBack, taken_back
from analytics.loads.taking_back_dialogue import EditedDialogueRows, parts_of_dialogue, parts_of_list
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.registers.kinds import KIND
from analytics.store.history import Entry
from analytics.store.registers import Registers, read_registers
from analytics.words.language import words
from tests.drafting import store_in, typed

SAY = words("en")
ALL = Viewer("everybody", schools=None)
FRAMEWORK, YEAR = "vebs-2022", 2025
GOAL = {
    "an1.criterion": "A1", "an1.to_level": "3.5", "an1.due": "2026-01-31", "an1.goal": "Everybody plans together",
    "an1.status": "agreed", "an1.outcome": "Half of them do",
    "an1.xn1.text": "A study circle", "an1.xn1.role": "principal", "an1.xn1.status": "agreed",
    "an1.xn2.text": "Time in the schedule", "an1.xn2.role": "manager", "an1.xn2.status": "under_way",
}  # fmt: skip
OTHER = {name.replace("an1", "an2"): text for name, text in GOAL.items()} | {"an2.criterion": "B2"}


@pytest.fixture
def store(few_copy):
    return few_copy


@pytest.fixture(scope="module")
def about(few_store):
    """A school of the demo that has no dialogue about the round yet."""
    view = store_in(few_store).current()
    taken = {row.school_id for row in held(few_store).dialogues.dialogues if row.year == YEAR}
    asked = view.rows(
        "select school_id from school_round where framework = ? and year = ? order by school_id", [FRAMEWORK, YEAR]
    )
    return next(id_ for (id_,) in asked if id_ not in taken), FRAMEWORK, YEAR


@pytest.fixture(scope="module")
def begun(few_store, about, tmp_path_factory) -> Path:
    store = shutil.copytree(few_store, tmp_path_factory.mktemp("begun") / "store")
    save(store, dialogue_of(about), {**GOAL, "notes": "First"})
    return store


@pytest.fixture
def agreed(begun, tmp_path) -> Path:
    """A store of its own in which the school has a goal with two actions, and a note."""
    return shutil.copytree(begun, tmp_path / "agreed")


def held(store) -> Registers:
    return read_registers(store_in(store).current())


def now(store, about) -> dict[str, str]:
    return dict(dialogue_of(about).texts(held(store)))


def save(store, what: SaveUnit, texts, by="test"):
    return save_what(store, ALL, what, drafted(store, what, texts), SAY, saved_by=by)


def drafted(store, what: SaveUnit, texts):
    """Texts as they are typed over what is saved now; what is taken away with all that stands there."""
    began = what.texts(held(store))
    before = {name: all_of(began, name.rpartition(".")[0]) for name in texts if name.endswith(f".{REMOVED}")}
    return typed(texts, began, {**began, **before})


def done(store, about) -> tuple[Entry, ...]:
    return history_of_round(store_in(store).current(), ALL, *about)


def last(store, about, kind: str) -> Entry:
    return [entry for entry in done(store, about) if entry.change.kind == kind][-1]


def back(store, about, entry: Entry, draft=None) -> TakenBack:
    """What is put in the fields when the entry is taken back, with `draft` typed in them."""
    texts = overlaid(now(store, about), drafted(store, dialogue_of(about), draft or {}))
    return taken_back(entry, EditedDialogueRows(parts_of_dialogue(held(store), about), texts, done(store, about)))


def ids(store, about) -> set[tuple[str, str]]:
    return set(parts_of_dialogue(held(store), about))


def test_the_dialogue_itself_is_told_field_by_field_from_its_first_save(store, about):
    save(store, dialogue_of(about), {"notes": "First", "participants": "Alm"}, by="Anna Ek")
    told = [(e.who, e.change.field, e.change.before, e.change.after) for e in done(store, about)]
    assert told == [("Anna Ek", "participants", "", "Alm"), ("Anna Ek", "notes", "", "First")]


def test_a_changed_field_is_taken_back_and_what_was_done_since_in_others_stays(agreed, about):
    what = dialogue_of(about)
    began = now(agreed, about)
    save(agreed, what, {"notes": "Second"}, by="Bo Alm")
    entry = done(agreed, about)[-1]
    assert (entry.who, entry.version, entry.change.before) == ("Bo Alm", store_in(agreed).current().number, "First")
    save(agreed, what, {"participants": "All", "a1.x1.due": "2025-12-24"})
    save(agreed, what, back(agreed, about, entry))
    assert now(agreed, about) == began | {"participants": "All", "a1.x1.due": "2025-12-24"}
    assert (done(agreed, about)[-1].change.before, done(agreed, about)[-1].change.after) == ("Second", "First")


def test_a_field_that_has_been_changed_since_is_left_as_it_is_however_it_is_typed(agreed, about):
    what = dialogue_of(about)
    save(agreed, what, {"a1.to_level": "3.7"})
    entry = last(agreed, about, "agreements")
    assert back(agreed, about, entry, {"a1.to_level": "3,8"}) == NotTakenBack(TakeBackObstacle.CHANGED_SINCE, "3.8")
    assert back(agreed, about, entry, {"a1.to_level": "3,70"}) == {"a1.to_level": "3.5"}, "the same, written otherwise"
    save(agreed, what, {"a1.to_level": "3.9"})
    assert back(agreed, about, entry) == NotTakenBack(TakeBackObstacle.CHANGED_SINCE, "3.9")


def test_a_field_of_a_goal_that_is_gone_since_is_not_taken_back(agreed, about):
    save(agreed, dialogue_of(about), {"a1.goal": "Most do"})
    entry = last(agreed, about, "agreements")
    assert back(agreed, about, entry, {"a1.removed": "yes"}) == NotTakenBack(TakeBackObstacle.ROW_GONE)
    save(agreed, dialogue_of(about), {"a1.removed": "yes"})
    assert back(agreed, about, entry) == NotTakenBack(TakeBackObstacle.ROW_GONE)


def test_an_added_goal_or_action_is_taken_back(agreed, about):
    began = now(agreed, about)
    save(agreed, dialogue_of(about), {"a1.xn9.text": "More", "a1.xn9.role": "staff"})
    action = last(agreed, about, "actions")
    assert action.change.added and back(agreed, about, action) == {"a1.x3.removed": "yes"}
    save(agreed, dialogue_of(about), back(agreed, about, action))
    assert now(agreed, about) == began and back(agreed, about, action) == NotTakenBack(TakeBackObstacle.ROW_GONE)
    save(agreed, dialogue_of(about), back(agreed, about, last(agreed, about, "agreements")))
    assert not entries_in(now(agreed, about))


def test_a_goal_that_was_taken_away_comes_back_with_its_actions_under_their_ids(agreed, about):
    what = dialogue_of(about)
    save(agreed, what, {**OTHER, "a1.x2.removed": "yes"})  # earlier, and for a reason of its own
    was, own = now(agreed, about), ids(agreed, about)
    save(agreed, what, {"a1.removed": "yes"})
    save(agreed, what, {"notes": "Since"})
    entry = last(agreed, about, "agreements")
    assert entry.change.removed and entry.change.texts["criterion"] == "A1"
    fields = back(agreed, about, entry)
    assert back(agreed, about, entry, fields) == NotTakenBack(TakeBackObstacle.THERE_ALREADY), "it is in the draft"
    save(agreed, what, fields)
    here = now(agreed, about)
    assert ids(agreed, about) == own
    (again,) = [part for part in entries_in(here) if here.get(f"{part}.criterion") == "A1"]
    assert {n.partition(".")[2]: t for n, t in here.items() if n.startswith(f"{again}.")} == {
        n.partition(".")[2]: t for n, t in was.items() if n.startswith("a1.")
    }
    assert here["notes"] == "Since" and here["a2.criterion"] == "B2"
    assert back(agreed, about, entry) == NotTakenBack(TakeBackObstacle.THERE_ALREADY)
    assert last(agreed, about, "actions").change.added, "and that is history too"


def test_an_action_comes_back_to_its_goal_and_to_no_other_that_has_got_the_number(agreed, about):
    what = dialogue_of(about)
    save(agreed, what, {"a1.x1.removed": "yes"})
    entry = last(agreed, about, "actions")
    assert entry.change.texts["text"] == "A study circle"
    of_goal = ids(agreed, about)
    save(agreed, what, {"a1.removed": "yes"})
    gone = last(agreed, about, "agreements")
    save(agreed, what, OTHER)
    assert now(agreed, about)["a1.criterion"] == "B2"
    assert back(agreed, about, entry) == NotTakenBack(TakeBackObstacle.WHOLE_GONE)
    goal = back(agreed, about, gone)
    with_goal = {**goal, **back(agreed, about, entry, goal)}
    save(agreed, what, with_goal)
    here = now(agreed, about)
    assert {here[f"a2.{x}.text"] for x in ("x1", "x2")} == {"A study circle", "Time in the schedule"}
    assert here["a2.criterion"] == "A1" and of_goal | {("actions", entry.change.row)} <= ids(agreed, about)


def test_a_new_goal_is_not_taken_for_the_one_that_it_comes_instead_of(agreed, about):
    own = ids(agreed, about)
    number = save(agreed, dialogue_of(about), {"a1.removed": "yes", **OTHER}).version
    assert not own & {one for one in ids(agreed, about) if one[0] != "dialogues"}
    kinds = [e.change for e in done(agreed, about) if e.version == number and e.change.kind == "agreements"]
    assert [(one.removed, one.added) for one in kinds] == [(True, False), (False, True)]


def test_what_a_file_brings_is_told_and_can_be_taken_back(agreed, about, tmp_path):
    file = tmp_path / "dialogues.csv"
    file.write_text(f"school,framework,year,notes\n{about[0]},{FRAMEWORK},{YEAR},Of the file\n", "utf-8")
    load(agreed, [file], ReadingOptions(), SAY, loaded_by="Anna Ek", replace=True)
    entry = done(agreed, about)[-1]
    assert (entry.who, entry.change.before, entry.change.after) == ("Anna Ek", "First", "Of the file")
    save(agreed, dialogue_of(about), back(agreed, about, entry))
    assert now(agreed, about)["notes"] == "First"


def test_the_history_is_of_the_school_and_round_alone_and_for_those_who_may_see_it(agreed, about):
    school, _, _ = about
    save(agreed, dialogue_of((school, FRAMEWORK, 2024)), {"notes": "Of another year"})
    assert "Of another year" not in {entry.change.after for entry in done(agreed, about)}
    save(agreed, dialogue_of(about), {"a1.removed": "yes"})
    assert {(e.change.kind, e.change.removed) for e in done(agreed, about) if not e.change.field} == {
        ("agreements", False), ("agreements", True), ("actions", False), ("actions", True),
    }  # fmt: skip
    view = store_in(agreed).current()
    assert history_of_round(view, Viewer("own", frozenset({school})), *about) == done(agreed, about)
    with pytest.raises(NotAllowed):
        history_of_round(view, Viewer("other", frozenset({"hermodsdalsskolan"})), *about)


def of_list(store, what: SaveUnit, kind: str, entries, entry: Entry) -> TakenBack:
    parts = parts_of_list(held(store), kind)
    return taken_back(entry, EditedDialogueRows(parts, what.texts(held(store)), entries))


def test_an_event_is_taken_back_by_itself(store):
    school = "hermodsdalsskolan"
    what = events_of(school)

    def told():
        return history(store_in(store).current(), ALL, "certifications", school)

    began, own = what.texts(held(store)), {kept.id for kept in held(store).of(KIND["certifications"])}
    (part,) = entries_in(began)
    save(store, what, {f"{part}.note": "Three years", "en1.event": "renewed", "en1.date": "2025-06-03"})
    (note,) = [entry for entry in told() if entry.change.field == "note"]
    save(store, what, of_list(store, what, "certifications", told(), note))
    assert {name: text for name, text in what.texts(held(store)).items() if name in began} == began
    save(store, what, {f"{part}.removed": "yes"})
    gone = told()[-1]
    assert gone.change.removed
    save(store, what, of_list(store, what, "certifications", told(), gone))
    assert what.texts(held(store)).items() >= began.items()
    assert own <= {kept.id for kept in held(store).of(KIND["certifications"])}
    assert of_list(store, what, "certifications", told(), gone) == NotTakenBack(TakeBackObstacle.THERE_ALREADY)


def test_an_activity_comes_back_under_its_id_and_the_history_is_the_frameworks(store):
    what = activities_of(FRAMEWORK)
    part = entries_in(what.texts(held(store)))[0]
    began = what.texts(held(store))
    save(store, what, {f"{part}.removed": "yes"})
    told = history_of_activities(store_in(store).current(), ALL, FRAMEWORK)
    assert told[-1].change.removed and {e.change.texts.get("framework", FRAMEWORK) for e in told} == {FRAMEWORK}
    save(store, what, of_list(store, what, "activities", told, told[-1]))
    assert what.texts(held(store)) == began
    of_lika = history_of_activities(store_in(store).current(), ALL, "lika")
    assert {entry.change.texts["framework"] for entry in of_lika} <= {"lika"}
