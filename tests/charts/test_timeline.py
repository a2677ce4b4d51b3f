"""Projects in time: bars on the days they say, time and budget as shares of them, the day that is looked at."""

from __future__ import annotations

import re
from datetime import date

import plotly.graph_objects as go
import pytest

from analytics.charts.colours import CITY, SCHOOL, SPREAD
from analytics.charts.timeline import ShareRow, TimelineSpan, shares, timeline, year_of

SPANS = [
    TimelineSpan("Läsa", "hälften", date(2023, 1, 1), date(2024, 12, 31), 0.5, 0.25, "h"),
    TimelineSpan("Koda", "ingen budget", date(2024, 7, 1), date(2026, 6, 30), 1.0, None, "h"),
    TimelineSpan("Jobb", "för mycket", date(2022, 1, 1), date(2023, 12, 31), 1.0, 1.2, "h"),
]
TICKS = [(0, "0 %"), (0.5, "50 %"), (1, "100 %")]


def checked(figure: go.Figure) -> dict:
    """The figure as a dictionary, after Plotly's own check of every property."""
    made = figure.to_dict()
    return go.Figure(made).to_dict()


def drawn() -> dict[str, dict]:
    figure = checked(timeline(SPANS, date(2024, 12, 31), "31 dec 2024", "sv"))
    return {trace["marker"]["color"]: trace for trace in figure["data"]}


def test_a_day_begins_and_ends_where_it_should():
    assert year_of(date(2024, 1, 1)) == 2024
    assert year_of(date(2024, 12, 31), ending=True) == 2025
    assert year_of(date(2023, 7, 2)) == pytest.approx(2023.4986, abs=0.0001)


def test_a_project_lies_from_its_first_day_to_its_last():
    whole = drawn()[SPREAD]
    assert list(whole["base"]) == [2023, pytest.approx(2024 + 182 / 366), 2022]
    assert list(whole["x"]) == pytest.approx([2, 2026 + 181 / 365 - 2024 - 182 / 366, 2])


def test_time_and_budget_are_shares_of_the_projects_own_length():
    traces = drawn()
    assert traces[CITY]["x"][0] == pytest.approx(1)
    assert list(traces[SCHOOL]["x"]) == pytest.approx([0.5, 2])
    assert list(traces[SCHOOL]["base"]) == [2023, 2022]


def test_the_thin_bar_lies_under_the_bar_of_time():
    traces = drawn()
    assert traces[SCHOOL]["y"][0] + traces[SCHOOL]["width"] / 2 < traces[CITY]["y"][0] - traces[CITY]["width"] / 2


def test_the_day_that_is_looked_at_is_a_named_line():
    figure = checked(timeline(SPANS, date(2024, 12, 31), "31 dec 2024", "sv"))
    (line,) = [shape for shape in figure["layout"]["shapes"] if shape.get("name") == "looked at"]
    strokes = re.findall(r"[ML]([\d.]+),", line["path"])
    assert len(strokes) == 2 * len(SPANS) and {float(at) for at in strokes} == {2025.0}
    assert [a["x"] for a in figure["layout"]["annotations"] if a["text"] == "31 dec 2024"] == [2025]


def test_the_years_reach_from_the_first_start_to_the_last_end_and_the_day_looked_at():
    axis = checked(timeline(SPANS[:1], date(2027, 12, 31), "x", "sv"))["layout"]["xaxis"]
    assert list(axis["range"]) == [2023, 2028]
    assert list(axis["ticktext"]) == ["2023", "2024", "2025", "2026", "2027"]


def test_many_years_are_named_every_other():
    long = TimelineSpan("Lång", "", date(2014, 1, 1), date(2026, 1, 1), 0.5, 0.5, "h")
    axis = checked(timeline([long], date(2025, 12, 31), "x", "sv"))["layout"]["xaxis"]
    assert list(axis["ticktext"]) == ["2014", "2016", "2018", "2020", "2022", "2024", "2026"]


def test_what_was_expected_is_a_mark_across_the_bar_and_nothing_where_nothing_was():
    rows = [ShareRow("Läsa", 0.58, 0.8, "h"), ShareRow("Koda", 0.1, None, "h"), ShareRow("Jobb", 1.3, 1.0, "h")]
    figure = checked(shares(rows, TICKS, "sv"))
    assert list(figure["data"][0]["x"]) == [0.58, 0.1, 1.3]
    marks = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert [mark["x0"] for mark in marks] == [0.8, 1.0]
    assert figure["layout"]["xaxis"]["range"][1] >= 1.3


def test_no_projects_can_be_drawn():
    checked(timeline([], date(2024, 12, 31), "31 dec 2024", "sv"))
    checked(shares([], TICKS, "sv"))
