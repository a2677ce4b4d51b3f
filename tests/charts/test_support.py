"""Every school on every criterion."""

from __future__ import annotations

from itertools import pairwise

import pytest

from analytics.charts.colours import FROM_GOAL, LOW, faint
from analytics.charts.rows import GroupName
from analytics.charts.support import SupportRow, support
from tests.charts.pictures import AXIS, SIX, checked, goal_is_drawn, shows_whole_scale, texts

LONG = "Skolan har en plan för sin digitalisering med mätbara mål som följs upp av alla i personalen varje läsår"
ROWS = [
    GroupName("Ledarskap och planering"),
    SupportRow("A1", (2.4, 3.0, 3.6), ("a", "b", "c"), 2.9, "en av tre skolor under målet"),
    SupportRow(LONG, (2.2,), ("d",), None, "en av en"),
    SupportRow("A3", (), (), None, "dolt (för få svar)"),
]


def dots(figure: dict, colour: str) -> list[tuple[float, str]]:
    return [
        point
        for trace in figure["data"]
        if trace.get("marker", {}).get("line", {}).get("color") == colour and "hovertext" in trace
        for point in zip(trace["x"], trace["hovertext"], strict=True)
    ]


def test_a_school_below_the_goal_is_brown_and_one_on_it_blue():
    figure = checked(support(ROWS, AXIS, "sv"))
    assert dots(figure, LOW) == [(2.4, "a"), (2.2, "d")]
    assert dots(figure, FROM_GOAL[0]) == [(3.0, "b"), (3.6, "c")]
    filled = {t["marker"]["color"] for t in figure["data"] if t["mode"] == "markers" and "hovertext" in t}
    assert filled == {faint(LOW, 0.3), faint(FROM_GOAL[0], 0.3)}, "those that lie on each other are all seen"


def test_the_city_is_a_tick_where_it_has_a_mean():
    figure = checked(support(ROWS, AXIS, "sv"))
    (city,) = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "line-ns"]
    assert list(city["x"]) == [2.9]
    without = checked(support([ROWS[2]], AXIS, "sv"))
    assert not any(t.get("marker", {}).get("symbol") == "line-ns" for t in without["data"])


def test_each_row_says_its_name_and_its_answer_and_rows_do_not_lie_on_each_other():
    figure = checked(support(ROWS, AXIS, "sv"))
    for row in ROWS[1:]:
        assert any(row.text in text and row.label[:30] in text for text in texts(figure))
    rail = figure["data"][0]
    places = list(rail["y"][::3])
    names = [n for n in figure["layout"]["annotations"] if n.get("xanchor") == "left"]
    assert len(places) == 3 and len(names) == 4
    for (above, below), name in zip(pairwise(places), names[2:], strict=True):
        lines = 1 + name["text"].count("<br>")
        assert name["y"] >= below + 9  # clear of its own dots
        assert name["y"] + 14.5 * lines <= above - 4  # and of the dots above


@pytest.mark.parametrize("axis", [AXIS, SIX])
def test_the_whole_scale_with_its_goal_named_above_and_below(axis):
    figure = checked(support(ROWS, axis, "sv"))
    assert shows_whole_scale(figure["layout"]["xaxis"], axis) and goal_is_drawn(figure, axis, upright=False)
    assert set(axis.ticks()) <= {note["text"] for note in figure["layout"]["annotations"]}


def test_no_rows():
    assert not any("hovertext" in trace for trace in checked(support([], AXIS, "sv"))["data"])
