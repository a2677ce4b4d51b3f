"""Steps of a funnel and bars of parts: every number drawn from 0, and written where there is room."""

from __future__ import annotations

import pytest

from analytics.charts.steps import BarPart, FunnelStep, parted, steps
from tests.charts.pictures import checked, texts

FUNNEL = [
    FunnelStep("Took part", ((2024, 74, "h"), (2025, 73, "h"))),
    FunnelStep("Certified", ((2023, 0, "h"), (2024, 2, "h"), (2025, 5, "five"))),
]
PARTS = [BarPart("at the goal", "#123F6D"), BarPart("on course", "#4587BB"), BarPart("neither", "#F0BC85")]


def test_a_bar_a_year_from_nought_under_its_steps_name():
    figure = checked(steps(FUNNEL, "sv"))
    (bars,) = figure["data"]
    assert list(bars["x"]) == [74, 73, 0, 2, 5] and "base" not in bars
    assert list(figure["layout"]["yaxis"]["ticktext"]) == ["2024", "2025", "2023", "2024", "2025"]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low == 0 and high >= 74
    written = texts(figure)
    assert {"Took part", "Certified"} <= set(written) and [t for t in written if t.isdigit()] == [
        "74",
        "73",
        "0",
        "2",
        "5",
    ]
    tops = {note["text"]: note["y"] for note in figure["layout"]["annotations"] if note.get("yanchor") == "top"}
    assert tops["<b>Took part</b>"] > bars["y"][0] > bars["y"][1] > tops["<b>Certified</b>"] > bars["y"][2]


def test_parts_stand_in_their_order_and_those_without_schools_are_left_out():
    years = [(2024, (5, 0, 60), ("a", "b", "c")), (2025, (12, 0, 61), ("d", "e", "f"))]
    figure = checked(parted(years, PARTS, "sv"))
    assert figure["layout"]["barmode"] == "stack"
    assert [list(trace["x"]) for trace in figure["data"]] == [[5, 12], [60, 61]]
    key = " ".join(texts(figure))
    assert "at the goal" in key and "neither" in key and "on course" not in key
    assert list(figure["layout"]["xaxis"]["range"]) == [0, 73]


@pytest.mark.parametrize(("small", "text"), [(1, ""), (6, "6")])
def test_a_number_is_written_where_a_phone_has_room(small, text):
    figure = checked(parted([(2025, (small, 0, 100), ("", "", ""))], PARTS, "sv"))
    assert list(figure["data"][0]["text"]) == [text] and list(figure["data"][1]["text"]) == ["100"]


def test_nothing_can_be_drawn():
    checked(steps([], "sv"))
    checked(parted([], PARTS, "sv"))
