"""Bars of amounts: as long as the amounts, with what was written, under names that do not lie on each other."""

from __future__ import annotations

from itertools import pairwise

import plotly.graph_objects as go
import pytest

from analytics.charts.colours import PALE, SCHOOL
from analytics.charts.money import BAR, AmountRow, amounts, laid_out, name_of, years

ROWS = [
    AmountRow("Grundskoleförvaltningen", 310447.0, "310 447 kr", "h"),
    AmountRow("En enhet med ett mycket långt namn som inte får plats på en rad i en telefon", 6068.0, "6 068 kr", "h"),
    AmountRow("Inget", 0.0, "0 kr", "h", note="två skolor", strong=False),
]


def checked(figure: go.Figure) -> dict:
    """The figure as a dictionary, after Plotly's own check of every property."""
    made = figure.to_dict()
    return go.Figure(made).to_dict()


@pytest.mark.parametrize("picture", [amounts, years])
def test_bars_are_as_long_as_the_amounts_and_what_is_written_stands_at_their_ends(picture):
    figure = checked(picture(ROWS, "sv"))
    (bars,) = figure["data"]
    assert list(bars["x"]) == [310447.0, 6068.0, 0.0]
    assert list(bars["marker"]["color"]) == [SCHOOL, SCHOOL, PALE]
    written = {a["text"]: (a["x"], a["y"]) for a in figure["layout"]["annotations"] if a["text"].endswith("kr")}
    assert written == {row.text: (row.amount, y) for row, y in zip(ROWS, bars["y"], strict=True)}


@pytest.mark.parametrize("picture", [amounts, years])
def test_the_axis_begins_at_nothing_and_leaves_room_for_the_longest_amount(picture):
    low, high = checked(picture(ROWS, "sv"))["layout"]["xaxis"]["range"]
    assert low == 0 and high * 0.75 > 310447.0


@pytest.mark.parametrize("picture", [amounts, years])
def test_nothing_paid_and_no_rows_at_all_can_be_drawn(picture):
    checked(picture([AmountRow("2024", 0.0, "0 kr", "h")], "sv"))
    checked(picture([], "en"))


def test_years_stand_in_their_order_from_the_top_the_strong_one_in_bold():
    rows = [AmountRow(str(year), 1.0, "1 kr", "h", strong=year == 2024) for year in (2023, 2024, 2025)]
    axis = checked(years(rows, "sv"))["layout"]["yaxis"]
    assert list(axis["ticktext"]) == ["2023", "<b>2024</b>", "2025"]
    assert axis["range"][0] > axis["range"][1]


def test_names_and_bars_do_not_lie_on_each_other():
    texts = [name_of(row.label, row.note) for row in ROWS]
    places = laid_out(texts)
    for (name, text), bar, following in zip(
        zip(places.names, texts, strict=True), places.bars, [*places.names[1:], places.height], strict=True
    ):
        assert name + 15 * (text.count("\n") + 1) <= bar - BAR / 2
        assert bar + BAR / 2 <= following
    assert all(above < below for above, below in pairwise(places.bars))


def test_what_is_said_of_a_row_stands_in_grey_in_lines_of_its_own():
    text = name_of("Namn", "ord " * 30)
    first, *grey = text.split("\n")
    assert first == "Namn" and len(grey) >= 2
    assert all(line.startswith("<span") and line.endswith("</span>") for line in grey)
