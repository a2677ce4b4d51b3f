"""The pictures from answers made up here: what is drawn, what is left out, and that Plotly accepts all of it."""

from __future__ import annotations

from itertools import pairwise

import plotly.graph_objects as go
import pytest

from analytics.charts.bars import BarRow, bars
from analytics.charts.colours import CITY, DARK_ON_FILL, LIGHT_ON_FILL, OTHER
from analytics.charts.heat import HeatRow, heat_map
from analytics.charts.rows import DotRow, GroupName, dots, named_dots
from analytics.charts.strip import CountBar, StripRow, counts, strip
from analytics.charts.style import LevelAxis
from analytics.charts.trend import SeriesBreak, TrendLine, TrendPoint, trend

AXIS = LevelAxis(1, ("Påbörjad", "Aktiverad", "Trygg", "Välutvecklad"), 3, "Trygg – mål")
SIX = LevelAxis(0, ("0", "1", "2", "3", "4", "5"), 4, "4 – mål")
BLUE = "#0B4F8A"


def checked(figure: go.Figure) -> dict:
    """The figure as a dictionary, after Plotly's own check of every property, which the app skips for speed."""
    made = figure.to_dict()
    return go.Figure(made).to_dict()


def drawn_years(trace: dict) -> list[int]:
    return [year for year, value in zip(trace["x"], trace["y"], strict=True) if value is not None]


def goal_lines(figure: dict, axis: LevelAxis) -> list[dict]:
    """Lines that stand or lie right across the plot at the goal."""
    shapes = figure["layout"].get("shapes", ())
    across = ({"x0": axis.goal, "x1": axis.goal, "yref": "paper"}, {"y0": axis.goal, "y1": axis.goal, "xref": "paper"})
    return [shape for shape in shapes if any(line.items() <= shape.items() for line in across)]


def piece(first: int, *values: float | None) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(first + i, v, "", v and v - 0.3, v and v + 0.3) if v else TrendPoint(first + i, None, "")
        for i, v in enumerate(values)
    )


# --- trend


def test_a_line_is_broken_where_the_framework_changes():
    old, new = piece(2018, 2.0, 2.1), piece(2020, 2.4, 2.6)
    line = TrendLine("Staden", (old, new), BLUE)
    figure = checked(trend([line], AXIS, "sv", band=(old, new), breaks=[SeriesBreak(2020, "Nytt ramverk 2020")]))
    lines = [trace for trace in figure["data"] if trace.get("fill") != "toself"]
    assert [drawn_years(trace) for trace in lines] == [[2018, 2019], [2020, 2021]]
    bands = [trace for trace in figure["data"] if trace.get("fill") == "toself"]
    assert [sorted(set(trace["x"])) for trace in bands] == [[2018, 2019], [2020, 2021]]
    assert any(s["x0"] == s["x1"] == 2019.5 for s in figure["layout"]["shapes"])
    assert any(a["text"] == "Nytt ramverk 2020" for a in figure["layout"]["annotations"])


def test_a_reworded_criterion_is_one_dotted_link_between_two_pieces():
    old, new = piece(2018, 2.0, 2.1), piece(2020, 2.4, 2.6)
    figure = checked(trend([TrendLine("Staden", (old, new), BLUE, dashed=((old[-1], new[0]),))], AXIS, "sv"))
    dotted = [trace for trace in figure["data"] if trace["line"].get("dash") == "dot"]
    assert [drawn_years(trace) for trace in dotted] == [[2019, 2020]]
    assert dotted[0]["mode"] == "lines" and dotted[0]["hoverinfo"] == "skip"


def test_a_year_without_a_figure_is_a_gap_and_no_zero():
    figure = checked(trend([TrendLine("Skolan", (piece(2022, 2.0, None, 2.6),), BLUE)], AXIS, "sv"))
    (trace,) = figure["data"]
    assert list(trace["y"]) == [2.0, None, 2.6] and trace["connectgaps"] is False
    assert list(figure["layout"]["xaxis"]["tickvals"]) == [2022, 2023, 2024]


def test_whiskers_are_the_interval_and_stay_out_of_years_without_one():
    points = (TrendPoint(2022, 2.5, "", 2.2, 2.7), TrendPoint(2023, None, ""), TrendPoint(2024, 3.0, ""))
    figure = checked(trend([TrendLine("Skolan", (points,), BLUE, intervals=True)], AXIS, "sv"))
    whiskers = figure["data"][0]["error_y"]
    assert whiskers["array"][0] == pytest.approx(0.2) and whiskers["arrayminus"][0] == pytest.approx(0.3)
    assert list(whiskers["array"][1:]) == [None, None]


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other():
    names = ["Ledarskap", "Undervisning", "Fortbildning", "Kultur", "Infrastruktur"]
    lines = [TrendLine(name, (piece(2022, 2.9, 3.0),), BLUE) for name in names]
    figure = checked(trend(lines, AXIS, "sv"))
    layout = figure["layout"]
    low, high = layout["yaxis"]["range"]
    plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    places = sorted(
        (high - a["y"]) / (high - low) * plot + a["ay"] for a in layout["annotations"] if a["text"] in names
    )
    assert len(places) == 5 and places[0] >= 0 and places[-1] <= plot
    assert all(below - above >= 16 for above, below in pairwise(places))


def test_a_lines_end_says_its_value_and_its_name_in_a_readable_colour():
    figure = checked(trend([TrendLine("Ledarskap", (piece(2022, 2.9, 3.0),), OTHER, end="3,00")], AXIS, "sv"))
    (told,) = [a for a in figure["layout"]["annotations"] if "Ledarskap" in a["text"]]
    assert told["text"] == "<b>3,00</b> Ledarskap" and told["font"] == {"size": 13, "color": CITY}


def test_a_trend_is_a_laptops_picture_and_begins_at_its_first_year():
    figure = checked(trend([TrendLine("Staden", (piece(2018, 2.5, 2.6, 2.7),), BLUE)], AXIS, "sv"))
    assert figure["layout"]["height"] <= 330
    assert 2017.8 < figure["layout"]["xaxis"]["range"][0] < 2018


def test_one_round_alone_and_no_round_at_all():
    alone = checked(trend([TrendLine("Staden", (piece(2022, 2.5),), BLUE)], AXIS, "sv", band=(piece(2022, 2.5),)))
    band = next(trace for trace in alone["data"] if trace.get("fill") == "toself")
    assert max(band["x"]) > min(band["x"])
    checked(trend([], AXIS, "sv"))


@pytest.mark.parametrize("axis", [AXIS, SIX])
def test_a_trend_shows_the_whole_scale_and_its_goal(axis):
    figure = checked(trend([TrendLine("Staden", (piece(2022, 2.5, 2.6),), BLUE)], axis, "sv"))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= axis.lowest and high >= axis.levels[-1]
    assert len(goal_lines(figure, axis)) == 1
    upright = figure["layout"]["yaxis"]
    named = dict(zip(upright["tickvals"], upright["ticktext"], strict=True))
    assert named[axis.goal] == f"<b>{axis.goal_name}</b>"


# --- dots


DOTS = [
    GroupName("Ledarskap"),
    DotRow("A1", 2.9, "hover", 2.6, 3.2, other=2.8, other_hover="staden", spread=(2.4, 3.3)),
    DotRow("A2", None, "", absent="dolt (för få svar)"),
    DotRow("A3", 3.9, "hover", 3.7, 4.2),
]


@pytest.mark.parametrize("axis", [AXIS, SIX])
@pytest.mark.parametrize("draw", [lambda axis: dots(DOTS, axis, "sv"), lambda axis: named(axis)], ids=["dots", "named"])
def test_dots_show_the_whole_scale_and_its_goal(draw, axis):
    figure = checked(draw(axis))
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= axis.lowest and high >= axis.levels[-1]
    assert len(goal_lines(figure, axis)) == 1
    assert any(axis.goal_name in tick for tick in figure["layout"]["xaxis"]["ticktext"])


def named(axis: LevelAxis) -> go.Figure:
    return named_dots([row for row in DOTS if isinstance(row, DotRow)], axis, "sv", 2.85, "medel 2,85")


@pytest.mark.parametrize("draw", [lambda: dots(DOTS, AXIS, "sv"), lambda: named(AXIS)], ids=["dots", "named"])
def test_a_hidden_row_has_no_dot_and_says_why(draw):
    figure = checked(draw())
    solid = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "circle"]
    assert [value for trace in solid for value in trace["x"]] == [2.9, 3.9]
    assert [a["text"] for a in figure["layout"]["annotations"]].count("dolt (för få svar)") == 1


@pytest.mark.parametrize("draw", [lambda: dots(DOTS, AXIS, "sv"), lambda: named(AXIS)], ids=["dots", "named"])
def test_an_interval_ends_where_the_scale_does(draw):
    figure = checked(draw())
    ends = [x for trace in figure["data"] if trace["mode"] == "lines" for x in trace["x"] if x is not None]
    assert max(ends) == 4 and 4.2 not in ends


def test_the_city_is_hollow_and_its_spread_lies_behind():
    figure = checked(dots(DOTS, AXIS, "sv"))
    edge, spread, _, hollow, _ = figure["data"]
    assert list(spread["x"][:2]) == list(edge["x"][:2]) == [2.4, 3.3]
    assert edge["line"]["width"] > spread["line"]["width"], "seen round the pale one"
    assert hollow["marker"]["symbol"] == "circle-open" and list(hollow["x"]) == [2.8]


# --- bars


def bar_row(*shares: float) -> BarRow:
    return BarRow("A1", shares, tuple(f"{share:.0%}" for share in shares), tuple("hover" for _ in shares))


@pytest.mark.parametrize(
    ("axis", "shares"),
    [(AXIS, (0.1, 0.2, 0.4, 0.3)), (AXIS, (0.0, 0.0, 0.5, 0.5)), (SIX, (0.1, 0.1, 0.1, 0.2, 0.3, 0.2))],
)
def test_bars_stand_against_each_other_at_the_goal(axis, shares):
    figure = checked(bars([GroupName("Ledarskap"), bar_row(*shares)], axis, "sv", ("under målet", "på målet")))
    below = axis.goal - axis.lowest
    lengths = [trace["x"][0] for trace in figure["data"]]
    assert sum(x for x in lengths if x < 0) == pytest.approx(-sum(shares[:below]))
    assert sum(x for x in lengths if x > 0) == pytest.approx(sum(shares[below:]))
    assert figure["layout"]["barmode"] == "relative"
    assert all(shape["x0"] == shape["x1"] == 0 for shape in figure["layout"]["shapes"])
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= -sum(shares[:below]) and high >= sum(shares[below:])
    assert {"← under målet", "på målet →"} <= {a["text"] for a in figure["layout"]["annotations"]}


def test_levels_next_to_the_goal_lie_next_to_it():
    """Plotly stacks in the order of the traces, outwards from nought."""
    figure = checked(bars([bar_row(0.1, 0.2, 0.4, 0.3)], AXIS, "sv", ("under", "på")))
    assert [trace["x"][0] for trace in figure["data"]] == [-0.2, -0.1, 0.4, 0.3]


def test_a_share_too_small_for_its_text_has_none():
    figure = checked(bars([bar_row(0.02, 0.18, 0.4, 0.4)], AXIS, "sv", ("under", "på")))
    assert [trace["text"][0] for trace in figure["data"]] == ["18%", "", "40%", "40%"]


def test_a_row_whose_answers_may_not_be_shown_has_no_bar_and_says_why():
    figure = checked(bars([bar_row(0.1, 0.2, 0.4, 0.3), BarRow("A2", None, (), (), "dolt")], AXIS, "sv", ("u", "p")))
    assert all(len(trace["x"]) == 1 for trace in figure["data"])
    assert [a["text"] for a in figure["layout"]["annotations"]].count("dolt") == 1
    checked(bars([BarRow("A2", None, (), (), "dolt")], AXIS, "sv", ("u", "p")))


# --- heat map


def heat_row(name: str, *values: float | None, hidden: tuple[bool, ...] | None = None) -> HeatRow:
    texts = tuple("" if v is None else f"{v:.2f}" for v in values)
    ways = tuple(f"skola?school={name}&area={n}" for n in range(len(values)))
    return HeatRow(name, values, texts, tuple(f"{name} {t}" for t in texts), hidden or (False,) * len(values), ways)


def test_hidden_cells_are_hatched_and_say_why_but_cells_that_nobody_asked_for_are_empty():
    rows = [heat_row("Agatskolan", 2.5, 3.9), heat_row("Selenitskolan", None, None, hidden=(True, False))]
    figure = checked(heat_map(rows, ["Ledarskap", "Kultur"], AXIS, "sv"))
    strong, weak, dark, light, hatched, reasons = figure["data"]
    led = [way for trace in (strong, weak, reasons) for way in trace["ids"]]
    assert sorted(led) == [
        "skola?school=Agatskolan&area=0",
        "skola?school=Agatskolan&area=1",
        "skola?school=Selenitskolan&area=0",
    ]
    assert (dark["textfont"]["color"], list(dark["text"])) == (DARK_ON_FILL, ["2.50"])
    assert (light["textfont"]["color"], list(light["text"])) == (LIGHT_ON_FILL, ["3.90"])
    cells = {(x, base) for trace in (strong, weak) for x, base in zip(trace["x"], trace["base"], strict=True)}
    assert cells == {(0, -0.5), (1, -0.5)}, "nothing of what is hidden or not asked for"
    assert hatched["fillpattern"]["shape"] == "/"
    assert (min(x for x in hatched["x"] if x is not None), max(x for x in hatched["x"] if x is not None)) == (
        -0.48,
        0.48,
    )
    assert list(zip(reasons["x"], reasons["y"], strict=True)) == [(0, 1)]
    assert list(reasons["hovertext"]) == ["Selenitskolan "]


def test_a_heat_map_without_hidden_cells_has_nothing_hatched():
    figure = checked(heat_map([heat_row("Agatskolan", 2.5, 3.5)], ["Ledarskap", "Kultur"], AXIS, "sv"))
    assert not any(trace.get("fillpattern") for trace in figure["data"])


def test_a_heat_map_of_no_school():
    checked(heat_map([], ["Ledarskap"], AXIS, "sv"))


# --- strips and counts


def test_a_strip_has_a_dot_a_school_and_none_on_another():
    row = StripRow("2025", (2.5, 2.51, 2.5, 3.9), ("a", "b", "c", "d"), 2.8, "staden 2,80")
    figure = checked(strip([row], AXIS, "sv"))
    (trace,) = figure["data"]
    assert list(trace["hovertext"]) == ["a", "b", "c", "d"]
    assert len(set(zip(trace["x"], trace["y"], strict=True))) == 4
    assert all(abs(x - v) <= 1 / 32 + 1e-9 for x, v in zip(trace["x"], row.values, strict=True))
    assert len(goal_lines(figure, AXIS)) == 1
    assert any(s["x0"] == s["x1"] == 2.8 for s in figure["layout"]["shapes"])


def test_dots_of_many_schools_that_are_alike_stay_in_their_own_row():
    row = StripRow("2025", (2.5,) * 40, ("",) * 40, 2.5, "staden 2,50")
    figure = checked(strip([row, row], AXIS, "sv"))
    places = sorted(figure["data"][0]["y"])
    assert places[39] < -96 <= places[40] and places[79] <= 0


def test_a_strip_of_a_round_where_no_school_can_be_shown():
    figure = checked(strip([StripRow("2025", (), (), None, "")], AXIS, "sv"))
    assert len(figure["data"][0]["x"]) == 0 and len(figure["layout"]["shapes"]) == 1


def test_counts_start_at_nought_and_have_room_for_the_whole():
    figure = checked(counts([CountBar("2024", 5, 73, "5 av 73", ""), CountBar("2025", 0, 74, "0 av 74", "")], "sv"))
    whole, part = figure["data"]
    assert (list(whole["x"]), list(part["x"])) == ([73, 74], [5, 0])
    low, high = figure["layout"]["xaxis"]["range"]
    assert low == 0 and high >= 74
    assert [a["text"] for a in figure["layout"]["annotations"]] == ["5 av 73", "0 av 74"]
    assert list(figure["layout"]["yaxis"]["ticktext"]) == ["2024", "2025"]


# --- raw and pulled


def test_the_pulled_figure_is_a_hollow_dot_in_front_of_the_raw_one():
    rows = [
        DotRow("Agatskolan", 2.2, "rå", 2.0, 2.4, other=2.5, other_hover="dragen"),
        DotRow("Bergaskolan", 2.9, "rå"),
    ]
    figure = checked(named_dots(rows, AXIS, "sv", 2.6, "medel 2,60"))
    *_, raw, shrunken = figure["data"]
    assert raw["marker"]["symbol"] == "circle" and list(raw["x"]) == [2.2, 2.9]
    assert shrunken["marker"]["symbol"] == "circle-open" and shrunken["marker"]["size"] > raw["marker"]["size"]
    assert (list(shrunken["x"]), list(shrunken["hovertext"])) == ([2.5], ["dragen"])
    assert shrunken["y"][0] == raw["y"][0]


def test_rows_without_a_pulled_figure_have_no_hollow_dot():
    figure = checked(named_dots([DotRow("Agatskolan", 2.2, "rå", 2.0, 2.4)], AXIS, "sv", 2.6, "medel 2,60"))
    assert [trace.get("marker", {}).get("symbol") for trace in figure["data"]] == [None, "circle"]
