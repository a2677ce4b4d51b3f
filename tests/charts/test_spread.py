"""P10-P90 over the years, and under it the spread without noise."""

from __future__ import annotations

import pytest

from analytics.charts.spread import SpreadNames, SpreadYear, spread
from tests.charts.pictures import AXIS, NEW, OLD, SIX, checked, shapes, texts

NAMES = SpreadNames("Åtta skolor av tio ligger inom stapeln", "Spridningen utan slump")


def year(at: int, tau: float | None = 0.3) -> SpreadYear:
    return SpreadYear(at, 2.0, 2.5, 3.1, tau, tau and tau - 0.1, tau and tau + 0.2, f"{at}")


PIECES = [[year(2020), year(2021)], [year(2022), year(2023)]]


def drawn(pieces=PIECES, axis=AXIS, language="sv", eras=(OLD, NEW)) -> dict:
    return checked(spread(pieces, axis, language, names=NAMES, eras=eras))


def kinds(figure: dict) -> tuple[list[dict], list[dict], list[dict]]:
    bars = [t for t in figure["data"] if t["type"] == "bar"]
    means = [t for t in figure["data"] if t["type"] == "scatter" and t.get("yaxis", "y") == "y"]
    return bars, means, [t for t in figure["data"] if t.get("yaxis") == "y2"]


def test_a_bar_goes_from_p10_to_p90_with_the_mean_on_it():
    bars, means, _ = kinds(drawn())
    assert list(bars[0]["base"]) == [2.0, 2.0] and list(bars[0]["y"]) == [pytest.approx(1.1)] * 2
    assert list(means[0]["y"]) == [2.5, 2.5] and means[0]["marker"]["symbol"] == "line-ew"


def test_tau_has_its_interval_as_a_whisker():
    _, _, taus = kinds(drawn())
    assert list(taus[0]["y"]) == [0.3, 0.3]
    assert taus[0]["error_y"]["array"][0] == pytest.approx(0.2)
    assert taus[0]["error_y"]["arrayminus"][0] == pytest.approx(0.1)


def test_no_line_joins_two_frameworks():
    figure = drawn()
    for traces in kinds(figure):
        assert [list(t["x"]) for t in traces] == [[2020, 2021], [2022, 2023]]
    assert any(line["x0"] == line["x1"] == 2021.5 for line in shapes(figure, "line"))
    assert len(shapes(figure, "rect")) == 2


def test_one_year_axis_two_panels_each_with_its_own_scale():
    figure = drawn()
    layout = figure["layout"]
    assert "xaxis2" not in layout and layout["xaxis"]["anchor"] == "y2"
    assert layout["yaxis2"]["domain"][1] < layout["yaxis"]["domain"][0]
    assert "overlaying" not in layout["yaxis2"]
    assert layout["yaxis2"]["range"][0] == 0 and layout["yaxis2"]["range"][1] >= 0.5
    assert {NAMES.top, NAMES.bottom, "0", "0,2"} <= set(texts(figure))
    assert "0.2" in texts(drawn(language="en"))


@pytest.mark.parametrize("axis", [AXIS, SIX])
def test_the_upper_panel_shows_the_whole_scale_and_the_goal_lies_in_it_alone(axis):
    figure = drawn(axis=axis)
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= axis.lowest and high >= axis.levels[-1]
    (goal,) = [line for line in shapes(figure, "line") if line["y0"] == line["y1"] == axis.goal]
    assert goal["yref"] == "y"


@pytest.mark.parametrize("tau", [0.001, 0.04, 0.3, 0.9, 3.0])
def test_the_lower_scale_starts_at_nought_and_holds_every_whisker(tau):
    lower = drawn([[SpreadYear(2024, None, None, None, tau, 0.0, tau * 1.5, "")]])["layout"]["yaxis2"]
    assert lower["range"][0] == 0 and lower["range"][1] >= tau * 1.5
    ticks = list(lower["tickvals"])
    assert ticks[0] == 0 and ticks[-1] >= tau * 1.5 - 1e-9 and 2 <= len(ticks) <= 6


def test_what_is_missing_is_not_drawn():
    bare = SpreadYear(2023, None, None, None, None, None, None, "")
    bars, means, taus = kinds(drawn([[year(2022), bare]]))
    assert list(bars[0]["x"]) == [2022]
    assert list(means[0]["y"]) == [2.5, None] and means[0]["connectgaps"] is False
    assert list(taus[0]["y"]) == [0.3, None] and list(taus[0]["error_y"]["array"])[1] is None
    assert drawn([[bare]])["data"] == []
    assert drawn([], eras=())["data"] == []


def test_a_round_without_an_interval_has_its_dot():
    _, _, (tau,) = kinds(drawn([[SpreadYear(2024, 2.0, 2.5, 3.0, 0.3, None, None, "")]]))
    assert list(tau["y"]) == [0.3] and list(tau["error_y"]["array"]) == [None]
