"""The way to being certified: a mark an event, a thick line while it holds, names that a phone has room for."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.charts.ribbon import LETTER, PHONE
from analytics.charts.rows import GroupName
from analytics.charts.stages import HELD, MARKS, StageMark, StageRow, stages
from analytics.charts.timeline import year_of
from analytics.model.dialogue import Event
from tests.charts.pictures import checked, texts

NAMES = {event: event.value for event in Event}
UNTIL = date(2025, 12, 31)


def row(label: str, *events: tuple[Event, str], held=()) -> StageRow:
    marks = tuple(StageMark(event, date.fromisoformat(day), f"{label} {day}") for event, day in events)
    return StageRow(label, "since 2024-05-23", marks, held)


ROWS = [
    GroupName("Certified"),
    row(
        "Agatskolan",
        (Event.APPLIED, "2023-01-01"),
        (Event.CERTIFIED, "2024-01-01"),
        held=((date(2024, 1, 1), None),),
    ),
    GroupName("Declined"),
    row("Bergaskolan", (Event.APPLIED, "2023-07-01"), (Event.DECLINED, "2024-07-01")),
]


def test_every_event_is_a_mark_on_its_day_in_its_schools_row():
    figure = checked(stages(ROWS, UNTIL, NAMES, "sv"))
    marks = {t["marker"]["symbol"]: t for t in figure["data"] if t["mode"] == "markers"}
    assert set(marks) == {MARKS[event][0] for event in (Event.APPLIED, Event.CERTIFIED, Event.DECLINED)}
    applied = marks[MARKS[Event.APPLIED][0]]
    assert list(applied["x"]) == [2023, year_of(date(2023, 7, 1))]
    assert list(applied["hovertext"]) == ["Agatskolan 2023-01-01", "Bergaskolan 2023-07-01"]
    assert applied["y"][0] > applied["y"][1] and marks["square"]["y"][0] == applied["y"][0]


def test_the_thick_line_lasts_as_long_as_the_certification():
    figure = checked(stages(ROWS, UNTIL, NAMES, "sv"))
    (held,) = (t for t in figure["data"] if t["mode"] == "lines" and t["line"]["color"] == HELD)
    assert list(held["x"]) == [2024, 2026, None]
    ended = [row("A", (Event.CERTIFIED, "2023-01-01"), held=((date(2023, 1, 1), date(2024, 1, 1)),))]
    (held,) = (t for t in checked(stages(ended, UNTIL, NAMES, "sv"))["data"] if t.get("line", {}).get("color") == HELD)
    assert list(held["x"]) == [2023, 2024, None]


def test_a_school_that_was_declined_goes_no_further():
    figure = checked(stages(ROWS, UNTIL, NAMES, "sv"))
    thin = [t for t in figure["data"] if t["mode"] == "lines" and t["line"]["color"] != HELD]
    declined = next(t["y"][0] for t in figure["data"] if t.get("marker", {}).get("symbol") == "x-thin")
    ends = [x for t in thin for x, y in zip(t["x"], t["y"], strict=True) if y == declined]
    assert max(ends) == year_of(date(2024, 7, 1))


def test_the_marks_that_are_there_are_named_and_no_others():
    written = " ".join(texts(checked(stages(ROWS, UNTIL, NAMES, "sv"))))
    assert all(name in written for name in ("applied", "certified", "declined"))
    assert "renewed" not in written and "in_process" not in written


@pytest.mark.parametrize("label", ["Agatskolan", "Mellersta Förstadsskolan med särskola och fritidshem"])
def test_a_name_and_what_follows_it_fit_a_phone(label):
    rows = [row(label, (Event.CERTIFIED, "2024-05-23"))]
    (name,) = [text for text in texts(checked(stages(rows, UNTIL, NAMES, "sv"))) if text.startswith(label)]
    shown = name.replace("</span>", "").split(">")[-1]
    assert (len(label) + len(shown)) * LETTER <= PHONE + LETTER


def test_the_axis_has_every_year_from_the_first_event_to_the_day_looked_at():
    axis = checked(stages(ROWS, UNTIL, NAMES, "sv"))["layout"]["xaxis"]
    assert list(axis["ticktext"]) == ["2023", "2024", "2025"] and axis["range"][1] == 2026


def test_no_schools_can_be_drawn():
    checked(stages([], UNTIL, NAMES, "sv"))
