"""How sure it is that the goal is reached."""

from __future__ import annotations

import pytest

from analytics.charts.chances import CUTS, LINE, ROW, ChanceRow, chances
from analytics.charts.colours import ZONES as COLOURS
from analytics.charts.ribbon import LETTER, PHONE
from tests.charts.colours import contrast
from tests.charts.pictures import checked, shapes, texts

ZONES = ("inte än", "går inte att avgöra", "troligen nått", "nått")
ROWS = [
    ChanceRow("Agatskolan", 0.0, "a", "0 %"),
    ChanceRow("Mellersta Förstadsskolan", 0.84, "m", "84 %"),
    ChanceRow("Selenitskolan", None, "", "", note="dolt (för få svar)"),
    ChanceRow("Östra skolan", 1.0, "ö", "100 %"),
]


def test_each_strip_is_cut_into_the_four_zones_and_fills_the_whole():
    figure = checked(chances(ROWS, "sv", zones=ZONES))
    *zones, _ = figure["data"]
    assert [(trace["base"][0], trace["base"][0] + trace["x"][0]) for trace in zones] == [
        pytest.approx(ends) for ends in ((0, 20), (20, 80), (80, 95), (95, 100))
    ]
    assert [trace["marker"]["color"] for trace in zones] == list(COLOURS)
    assert CUTS[0] == 0 and CUTS[-1] == 1


def test_zones_get_darker_upwards():
    on_white = [contrast(colour, "#FFFFFF") for colour in COLOURS]
    assert on_white == sorted(on_white) and on_white[-1] > 1.8


def test_the_dot_stands_at_the_share_with_its_text_beside():
    figure = checked(chances(ROWS, "sv", zones=ZONES))
    dots = figure["data"][-1]
    assert list(dots["x"]) == [0, 84, 100] and list(dots["hovertext"]) == ["a", "m", "ö"]
    beside = {n["text"]: n["y"] for n in figure["layout"]["annotations"] if n["text"].endswith("%")}
    assert [beside[text] for text in ("0 %", "84 %", "100 %")] == list(dots["y"])
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= 0 and high >= 100


def test_a_row_without_a_share_has_no_strip_and_says_why():
    figure = checked(chances(ROWS, "sv", zones=ZONES))
    at = figure["layout"]["yaxis"]["tickvals"][2]
    assert all(at not in trace["y"] for trace in figure["data"])
    assert [n["y"] for n in figure["layout"]["annotations"] if n["text"] == "dolt (för få svar)"] == [at]


def test_the_zones_are_named_each_on_a_line_of_its_own():
    figure = checked(chances(ROWS, "sv", zones=ZONES))
    named = {n["text"]: n for n in figure["layout"]["annotations"] if n["text"] in ZONES}
    assert set(named) == set(ZONES)
    assert len({n["yshift"] for n in named.values()}) == 4
    assert max(n["yshift"] for n in named.values()) + 15 <= figure["layout"]["margin"]["t"]
    ends = {line["x0"] for line in shapes(figure, "line")}
    assert {named[zone]["x"] for zone in ZONES if zone != ZONES[1]} == ends


def test_long_names_stand_over_their_strips():
    long = "Skolan har en plan för sin digitalisering med mätbara mål som följs upp av alla"
    figure = checked(chances([ChanceRow(long, 0.5, "", "50 %")], "sv", zones=ZONES))
    assert list(figure["layout"]["yaxis"]["ticktext"]) == [] and long in texts(figure)
    (strip,) = {y for trace in figure["data"] for y in trace["y"]}
    (name,) = [n for n in figure["layout"]["annotations"] if "Skolan" in n["text"]]
    assert name["y"] > strip + 7 and name["yanchor"] == "bottom"


def test_a_school_has_one_short_row():
    rows = [ChanceRow(f"Skola {i}", i / 75, "", "x") for i in range(75)]
    figure = checked(chances(rows, "sv", zones=ZONES))
    assert figure["layout"]["height"] < 75 * ROW + 100
    assert list(figure["layout"]["yaxis"]["ticktext"]) == [row.label for row in rows]


def test_what_stands_below_a_row_is_as_wide_as_a_phone_and_has_its_place():
    name = "Eleverna programmerar i fler ämnen än matematik, och det följs upp varje läsår av alla lärare"
    rows = [ChanceRow("A", 0.5, "", "50 %", below=name), ChanceRow("B", 0.1, "", "10 %")]
    figure = checked(chances(rows, "sv", zones=ZONES))
    (note,) = [n for n in figure["layout"]["annotations"] if n["text"].startswith("Eleverna")]
    first, second = figure["layout"]["yaxis"]["tickvals"]
    lines = note["text"].split("<br>")
    assert " ".join(lines) == name and max(map(len, lines)) * LETTER <= PHONE
    assert first > note["y"] - LINE * len(lines) > second + ROW / 2 - 2 and first - second == ROW + LINE * len(lines)


def test_no_row_and_none_with_a_share():
    checked(chances([], "sv", zones=ZONES))
    figure = checked(chances([ROWS[2]], "sv", zones=ZONES))
    assert all(len(trace["x"]) == 0 for trace in figure["data"])
