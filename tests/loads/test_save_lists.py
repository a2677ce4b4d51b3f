"""A school's events and the administration's activities, saved from the screen."""

from __future__ import annotations

import pytest

from analytics.loads.dialogue_rows import all_of, entries_in
from analytics.loads.list_rows import activities_of, events_of
from analytics.loads.load import LoadRefused
from analytics.loads.save import BothChanged
from analytics.loads.save import save as save_what
from analytics.model.dialogue import Event
from analytics.model.errors import NotAllowed
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.store.drafts import Typed
from analytics.store.reading import standing_on
from analytics.store.registers import read_registers
from analytics.words.language import words
from tests.drafting import store_in, typed

SAY = words("en")
ALL = Viewer("everybody", schools=None)
SCHOOL = "hermodsdalsskolan"  # certified in the published facts
FRAMEWORK = "vebs-2022"


def save(store, what, texts, before=None):
    """Saves what was typed just now; `before`: what stood in the fields when the typing began, where it was earlier."""
    return save_what(store, ALL, what, typed(texts, what.texts(held(store)), before), SAY, saved_by="test")


def named(store, what, place=0):
    """The name of a row, by its place."""
    return entries_in(what.texts(held(store)))[place]


def held(store):
    return read_registers(store_in(store).current())


def events(store):
    return [row for row in held(store).dialogues.certifications if row.school_id == SCHOOL]


def test_an_event_is_added_and_the_published_one_stays_published(few_copy):
    before = store_in(few_copy).current()
    save(few_copy, events_of(SCHOOL), {"en1.event": "renewed", "en1.date": "2025-06-03", "en1.note": "Three years"})
    assert [(row.event, row.provenance) for row in events(few_copy)] == [
        (Event.CERTIFIED, Provenance.PUBLISHED),
        (Event.RENEWED, Provenance.IMPORTED),
    ]
    after = store_in(few_copy).current()
    assert standing_on(after) == standing_on(before)
    was, now = (read_registers(view).dialogues.certifications for view in (before, after))
    others = [{str(row) for row in rows if row.school_id != SCHOOL} for rows in (was, now)]
    assert others[0] == others[1]


def test_the_only_event_is_taken_away(few_copy):
    what = events_of(SCHOOL)
    event = named(few_copy, what)
    save(few_copy, what, {f"{event}.removed": "yes"}, {f"{event}.removed": all_of(what.texts(held(few_copy)), event)})
    assert events(few_copy) == []


def test_a_day_that_is_to_come_is_refused_with_where_it_stands(few_copy):
    with pytest.raises(LoadRefused) as refused:
        save(few_copy, events_of(SCHOOL), {"en1.event": "renewed", "en1.date": "2999-01-01"})
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [("Events", 2, "date")]
    assert len(events(few_copy)) == 1


def test_two_who_write_the_same_note_are_told(few_copy):
    what = events_of(SCHOOL)
    note = f"{named(few_copy, what)}.note"
    save(few_copy, what, {note: "Mine"})
    with pytest.raises(BothChanged):
        save(few_copy, what, {note: "Theirs"}, {note: "what stood there"})


def test_a_note_stays_with_its_event_whatever_others_take_away_before_it(few_copy):
    what = events_of(SCHOOL)
    save(few_copy, what, {"en1.event": "renewed", "en1.date": "2025-06-03"})
    first, second = named(few_copy, what), named(few_copy, what, 1)
    began = what.texts(held(few_copy))
    save(few_copy, what, {f"{first}.removed": "yes"}, {f"{first}.removed": all_of(began, first)})
    mine = typed({f"{second}.note": "Of the renewal"}, began)
    save_what(few_copy, ALL, what, mine, SAY, saved_by="test")
    assert [(row.event, row.note) for row in events(few_copy)] == [(Event.RENEWED, "Of the renewal")]
    with pytest.raises(BothChanged) as both:
        save_what(few_copy, ALL, what, typed({f"{first}.note": "x"}, began), SAY, saved_by="test")
    assert both.value.changes[0].vanished


def test_an_activity_is_added_changed_and_taken_away(few_copy):
    what, was = activities_of(FRAMEWORK), held(few_copy)
    new = {"en7.title": "A course", "en7.area": was.dialogues.activities[0].area, "en7.contact": "The unit"}
    first = named(few_copy, what)
    save(few_copy, what, new | {f"{first}.title": "Renamed"})
    added = [row for row in held(few_copy).dialogues.activities if row.title == "A course"]
    assert [row.id for row in added] == [f"{FRAMEWORK}-7"]
    here = held(few_copy)
    assert (
        here.dialogues.activities[0].title == "Renamed"
        and here.dialogues.activities[0].id == was.dialogues.activities[0].id
    )
    assert (
        len(here.dialogues.activities) == len(was.dialogues.activities) + 1
        and here.dialogues.actions == was.dialogues.actions
    )
    texts = what.texts(here)
    save(few_copy, what, {f"{first}.removed": "yes"}, {f"{first}.removed": all_of(texts, first)})
    gone = held(few_copy)
    assert was.dialogues.activities[0].id not in {row.id for row in gone.dialogues.activities} and len(
        gone.dialogues.actions
    ) == len(was.dialogues.actions)
    assert was.dialogues.activities[0].id not in {row.activity for row in gone.dialogues.actions}


def test_the_administrations_activities_are_for_those_who_see_all_schools(few_copy):
    one_school = Viewer("principal", frozenset({SCHOOL}))
    with pytest.raises(NotAllowed):
        save_what(few_copy, one_school, activities_of(FRAMEWORK), {"en1.title": Typed("", "x")}, SAY, saved_by="x")
