"""Means against answers, in front of what chance gives."""

from __future__ import annotations

import pytest

from analytics.charts.colours import FROM_GOAL
from analytics.charts.funnel import PALE, FunnelNames, FunnelPoint, funnel
from tests.charts.pictures import AXIS, SIX, checked, goal_is_drawn, shows_whole_scale, texts

NAMES = FunnelNames("Antal svar", "Stadens medel 2,75", "Gräns för vad slumpen ger")
LIMITS = [(n, 2.75 - 1.4 / n**0.5, 2.75 + 1.4 / n**0.5) for n in range(5, 61)]
INSIDE = [FunnelPoint(n, 2.7, f"inne {n}", False, name=f"Inneskolan {n}") for n in (10, 20, 30)]
OUTSIDE = FunnelPoint(40, 3.4, "ute", True, name="Augustenborgsskolan")
MINE = FunnelPoint(12, 2.8, "min", False, True, "Mellersta Förstadsskolan")


def drawn(points, axis=AXIS, limits=LIMITS) -> dict:
    return checked(funnel(points, axis, "sv", centre=2.75, limits=limits, names=NAMES))


def dots(figure: dict) -> dict[str, tuple]:
    """By hover text: answers, mean, colour and size of the dot."""
    found = {}
    for trace in figure["data"]:
        if trace["mode"] == "markers":
            colours = trace["marker"]["color"]
            for i, hover in enumerate(trace["hovertext"]):
                assert hover not in found  # a school is one dot
                colour = colours if isinstance(colours, str) else colours[i]
                found[hover] = (trace["x"][i], trace["y"][i], colour, trace["marker"]["size"])
    return found


def test_dots_outside_the_limits_are_strong_and_those_inside_pale():
    found = dots(drawn([*INSIDE, OUTSIDE]))
    assert found["ute"][:3] == (40, 3.4, FROM_GOAL[1])
    assert {found[f"inne {n}"][2] for n in (10, 20, 30)} == {PALE}


def test_my_school_is_larger_filled_by_its_side_of_the_limits_and_named():
    figure = drawn([*INSIDE, MINE, OUTSIDE])
    found = dots(figure)
    assert found["min"][2] == PALE and found["min"][3] > found["ute"][3]
    assert "Mellersta Förstadsskolan" in texts(figure)
    out = FunnelPoint(12, 3.6, "min", True, True, "Mellersta Förstadsskolan")
    assert dots(drawn([*INSIDE, out]))["min"][2] == FROM_GOAL[1]


def test_those_outside_are_named_where_there_is_room_and_those_inside_never():
    assert "Augustenborgsskolan" in texts(drawn([*INSIDE, OUTSIDE]))
    crowd = [FunnelPoint(20 + i, 3.3 + 0.04 * j, "", True, name=f"Skola {i} {j}") for i in range(30) for j in range(9)]
    named = [text for text in texts(drawn([*INSIDE, OUTSIDE, *crowd])) if text.startswith(("Skola", "Inne"))]
    assert len(named) < 10 and not any(text.startswith("Inne") for text in named)


def test_my_school_in_a_crowd_is_named_at_a_distance_with_a_line_to_its_dot():
    crowd = [FunnelPoint(5 + i, 2.6 + 0.05 * j, "", False) for i in range(50) for j in range(9)]
    (mine,) = [n for n in drawn([*crowd, MINE])["layout"]["annotations"] if "Mellersta" in n["text"]]
    assert mine["showarrow"] and abs(mine["ay"]) >= 28
    assert (mine["x"], mine["y"]) == (MINE.n, MINE.value)


def test_the_limits_lie_behind_and_the_centre_goes_through():
    figure = drawn([*INSIDE, OUTSIDE])
    area, lower, upper, centre = figure["data"][:4]
    assert area["fill"] == "toself" and len(area["x"]) == 2 * len(LIMITS)
    assert list(lower["y"]) == [low for _, low, _ in LIMITS] and list(upper["y"]) == [high for *_, high in LIMITS]
    assert set(centre["y"]) == {2.75}
    assert {NAMES.centre_text, NAMES.limits_text, NAMES.x_title} <= set(texts(figure))


@pytest.mark.parametrize("axis", [AXIS, SIX])
def test_the_whole_scale_with_its_goal_and_no_answers_below_nought(axis):
    figure = drawn([*INSIDE, OUTSIDE], axis)
    assert shows_whole_scale(figure["layout"]["yaxis"], axis) and goal_is_drawn(figure, axis, upright=True)
    assert all(n > 0 for n in figure["layout"]["xaxis"]["tickvals"])
    assert figure["layout"]["xaxis"]["range"][1] >= 60


def test_no_school_and_no_limits():
    assert dots(drawn([])) == {}
    figure = drawn([], limits=[])
    assert not any(trace.get("fill") == "toself" for trace in figure["data"])
    assert NAMES.limits_text not in texts(figure)
