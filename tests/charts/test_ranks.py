"""Between which places a school lies."""

from __future__ import annotations

from analytics.charts.colours import SCHOOL
from analytics.charts.ranks import ROW, RankRow, ranks
from tests.charts.pictures import checked, texts

TITLE = "Plats bland 75 skolor, 1 = högst"


def bars(figure: dict) -> dict[str, tuple[float, float, str]]:
    return {
        hover: (trace["base"][i], trace["base"][i] + trace["x"][i], trace["marker"]["color"])
        for trace in figure["data"]
        for i, hover in enumerate(trace["hovertext"])
    }


def test_a_bar_covers_every_place_from_the_lowest_to_the_highest():
    rows = [RankRow("Agatskolan", 3, 9, "a"), RankRow("Mellersta Förstadsskolan", 12, 12, "m", mine=True)]
    figure = checked(ranks(rows, 75, "sv", title=TITLE))
    found = bars(figure)
    assert found["a"][:2] == (2.5, 9.5) and found["a"][2] != SCHOOL
    assert found["m"] == (11.5, 12.5, SCHOOL)
    assert {"3–9", "12–12"} <= set(texts(figure))
    assert not any("markers" in trace.get("mode", "") for trace in figure["data"])


def test_all_schools_stand_in_the_order_given_without_figures_at_their_bars():
    rows = [RankRow(f"Skola {i}", i, min(i + 9, 75), f"{i}") for i in range(75, 0, -1)]
    figure = checked(ranks(rows, 75, "sv", title=TITLE))
    axis = figure["layout"]["yaxis"]
    assert list(axis["ticktext"]) == [row.label for row in rows]
    assert list(axis["tickvals"]) == sorted(axis["tickvals"], reverse=True)
    assert texts(figure) == []
    assert figure["layout"]["height"] < 75 * ROW + 80


def test_the_axis_goes_from_the_first_place_to_the_last_and_says_which_is_highest():
    for of in (1, 2, 7, 21, 74, 100):
        axis = checked(ranks([RankRow("A", 1, of, "")], of, "sv", title=TITLE))["layout"]["xaxis"]
        ticks = list(axis["tickvals"])
        assert list(axis["range"]) == [0.5, of + 0.5]
        assert ticks[0] == 1 and ticks[-1] == of and ticks == sorted(set(ticks))
        assert axis["title"]["text"] == TITLE


def test_a_school_without_a_figure_has_no_bar_and_says_why():
    figure = checked(
        ranks([RankRow("A", None, None, "", absent="dolt"), RankRow("B", 1, 2, "b")], 2, "sv", title=TITLE)
    )
    assert list(bars(figure)) == ["b"] and texts(figure).count("dolt") == 1
    assert checked(ranks([RankRow("A", None, None, "", absent="dolt")], 2, "sv", title=TITLE))["data"] == []


def test_long_names_are_broken_where_there_are_few_rows():
    rows = [RankRow("Kulturen kring skolans digitalisering", 1, 9, "")]
    (name,) = checked(ranks(rows, 74, "sv", title=TITLE))["layout"]["yaxis"]["ticktext"]
    assert name == "Kulturen kring skolans<br>digitalisering"


def test_no_rows():
    assert checked(ranks([], 75, "sv", title=TITLE))["data"] == []
