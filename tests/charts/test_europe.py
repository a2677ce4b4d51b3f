"""The map of Europe: which countries it shades, where their numbers stand, and that Plotly accepts it."""

from __future__ import annotations

import csv
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from analytics.charts import europe
from analytics.charts.colours import BAND
from analytics.charts.europe import SHADES, MapCountry, europe_map, on_the_map
from tests.charts.colours import contrast

FORM = europe.OUTLINES.parent / "form_countries.csv"


def drawn(*countries: MapCountry) -> dict:
    """The figure as a dictionary, after Plotly's own check of every property, which the app skips for speed."""
    return go.Figure(europe_map(countries, "sv").to_dict()).to_dict()


def form_codes() -> list[str]:
    with FORM.open(encoding="utf-8") as file:
        return [row["code"] for row in csv.DictReader(file)]


def shapes(figure: dict) -> dict[str, dict]:
    return {trace["fillcolor"]: trace for trace in figure["data"] if trace.get("fill") == "toself"}


@pytest.mark.parametrize("code", [*form_codes(), "TR", "IS", "NO", "HR", "CH", "UA"])
def test_every_country_of_the_form_is_on_the_map_and_has_its_number_inside(code):
    numbers = drawn(MapCountry(code, "Land", 3, "3 projekt"))["data"][-1]
    assert list(numbers["text"]) == ["<b>3</b>"]
    assert list(numbers["hovertext"]) == ["<b>Land</b><br>3 projekt"]
    assert europe._within(np.array([[numbers["x"][0], numbers["y"][0]]]), europe._largest(code)).all()


def test_outlines_are_closed_rings_in_a_small_file():
    assert europe.OUTLINES.stat().st_size < 150_000
    assert all(len(ring) >= 4 and ring[0] == ring[-1] for rings in europe._outlines().values() for ring in rings)


def test_areas_are_true():
    """The projection keeps areas; simplified outlines lose a little. Square kilometres without far-off islands."""
    for code, known in (("PL", 312_700), ("SE", 450_000), ("PT", 89_000), ("CY", 9_250), ("UA", 603_600)):
        assert sum(map(europe._area, europe._outlines()[code])) == pytest.approx(known, rel=0.03)


def test_one_trace_a_shade():
    figure = drawn(MapCountry("DK", "Danmark", 1), MapCountry("PT", "Portugal", 1), MapCountry("SE", "Sverige", 12))
    assert set(shapes(figure)) == {BAND, SHADES[0][1], SHADES[-1][1]}
    pieces = sum(x is None for x in shapes(figure)[SHADES[0][1]]["x"]) + 1
    assert pieces == sum(len(europe._outlines()[code]) for code in ("DK", "PT"))


def test_what_the_map_has_no_room_for_is_left_out_and_can_be_told():
    figure = drawn(MapCountry("US", "USA", 4), MapCountry("FR", "Frankrike", 0))
    assert set(shapes(figure)) == {BAND}
    assert [on_the_map(code) for code in ("US", "FR")] == [False, True]


def test_scales_are_equal_and_countries_too_small_to_see_get_a_disc():
    figure = drawn(MapCountry("MT", "Malta", 2), MapCountry("DE", "Tyskland", 2))
    assert figure["layout"]["yaxis"]["scaleanchor"] == "x"
    assert [size > 10 for size in figure["data"][-1]["marker"]["size"]] == [True, False]


def test_shades_can_be_told_from_the_land_and_each_other():
    ramp = [BAND, *(colour for _, colour in SHADES)]
    assert all(contrast(pale, dark) > 1.45 for pale, dark in pairwise(ramp))
