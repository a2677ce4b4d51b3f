"""What is typed in a dialogue and in the lists beside it is read by the reader of files, and told field by field."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.loads.dialogue_readings import activity_parts, dialogue_parts, event_parts, typed_readings
from analytics.loads.reading import ReadingContext
from analytics.model.dialogue import Dialogues
from analytics.model.funding import Funding
from analytics.model.schools import School
from analytics.store.drafts import Typed
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks
from analytics.words.language import words
from tests.drafting import typed

ABOUT = ("alfa", "vebs-2022", 2025)
SAVED = {
    "held": "2025-02-03", "participants": "", "notes": "", "a1.criterion": "A1", "a1.goal": "", "a1.from_level": "2.6",
    "a1.to_level": "3", "a1.due": "2026-01-31", "a1.status": "agreed", "a1.outcome": "", "a1.followed_up": "",
    "a1.x1.text": "Studiecirkel", "a1.x1.role": "principal", "a1.x1.due": "", "a1.x1.activity": "",
    "a1.x1.status": "agreed", "a1.x1.outcome": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def beside(store_once_built) -> ReadingContext:
    frameworks = read_frameworks(Store(store_once_built).current())
    return ReadingContext(Funding(), Dialogues(), frameworks, (School("alfa", "Alfa"),), {"alfa": "Alfa"})


@pytest.fixture
def read(beside):
    def reading(texts: dict[str, str], language: str = "sv"):
        fields = typed(texts, SAVED)
        both = SAVED | texts
        return typed_readings(dialogue_parts(both, ABOUT), fields, beside, words(language))

    return reading


def test_days_are_told_with_their_months_and_as_they_are_where_they_are_typed_as_days(read):
    found = read({"held": "25 sep 2018", "a1.due": "2026-02-01", "a1.x1.due": "20260301"})
    assert (found["held"].value, found["held"].written) == (date(2018, 9, 25), "25 september 2018")
    assert (found["a1.due"].value, found["a1.due"].written) == (date(2026, 2, 1), "")
    assert found["a1.x1.due"].written == "1 mars 2026"
    assert read({"held": "25 sep 2018"}, "en")["held"].written == "25 September 2018"


def test_what_cannot_be_read_is_told_with_what_to_do(read):
    found = read({"a1.to_level": "nio", "a1.due": "snart", "held": "01/09/2018", "a1.x1.due": "31.12.2025"})
    for field in ("a1.to_level", "a1.due", "held"):
        assert found[field].problem and found[field].hint and not found[field].written
    assert found["a1.x1.due"].written == "31 december 2025"


def test_a_figure_is_told_where_it_is_not_as_it_was_typed(read):
    assert read({"a1.to_level": "3,50"})["a1.to_level"].written == "3,5"
    assert read({"a1.to_level": "3,5"})["a1.to_level"].written == ""
    assert read({"a1.to_level": "3.5"})["a1.to_level"].value == 3.5


def test_a_goal_below_its_start_is_told_at_the_figure_to_reach_whichever_was_typed(read):
    for texts in ({"a1.to_level": "2,5"}, {"a1.from_level": "3,5"}):
        assert read(texts)["a1.to_level"].problem


def test_what_is_empty_or_untouched_is_told_when_it_is_saved_and_not_before(read):
    new = {"an1.status": "agreed", "an1.to_level": "3,5", "an1.due": "1 februari 2026"}
    assert set(read(new)) == set(new), "no criterion yet, and nobody is told off for it"
    assert read({}) == {} and set(read({"notes": "Bra."})) == {"notes"}
    assert read({"notes": "Bra."})["notes"].written == ""


def test_new_actions_are_read_in_their_goal(read):
    found = read({"an1.criterion": "B2", "an1.xn2.text": "Besök", "an1.xn2.due": "1 feb 2026", "a1.xn3.due": "sen"})
    assert found["an1.xn2.due"].written == "1 februari 2026" and found["a1.xn3.due"].problem


def test_events_and_activities_are_read_too(beside):
    say = words("sv")
    events = {"en1.event": "certified", "en1.date": "3 juni 2022", "en2.event": "renewed", "en2.date": "2199-01-01"}
    fields = {name: Typed("", text) for name, text in events.items()}
    found = typed_readings(event_parts(events, "alfa"), fields, beside, say)
    assert (found["en1.date"].value, found["en1.date"].written) == (date(2022, 6, 3), ""), "typed as it is told"
    assert "framtiden" in found["en2.date"].problem
    activities = {"en3.title": "Kurs", "en3.area": "ledarskap", "en3.start": "1 maj 2025", "en3.end": "1 april 2025"}
    fields = {name: Typed("", text) for name, text in activities.items()}
    found = typed_readings(activity_parts(activities, "vebs-2022"), fields, beside, say)
    assert found["en3.end"].problem == say("The activity ends before it starts.")
