"""The colours of pictures: each declared once, and read and seen on white as in the dark theme."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from analytics.charts import colours
from analytics.charts.colours import (
    BAND,
    BELOW,
    FROM_GOAL,
    GROUND,
    MEANS_BELOW,
    MEANS_FROM_GOAL,
    SPREAD,
    ZONES,
    edge_of,
    turned,
)
from analytics.charts.style import LevelAxis, level_colours, text_on
from tests.charts.colours import contrast
from tests.charts.reading import THEMES, hard_to_see

CHARTS = Path(colours.__file__).parent
WRITTEN = [colours.INK, colours.SCHOOL, colours.CITY, colours.LOW]
SEEN = [*WRITTEN, colours.OTHER, colours.PALE, *FROM_GOAL]
AXES = [
    LevelAxis(lowest, tuple(f"{i}" for i in range(levels)), lowest + goal, "goal")
    for lowest in (0, 1)
    for levels in range(2, 11)
    for goal in range(levels)
]


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_what_is_written_reads_and_what_is_drawn_is_seen(theme):
    ground, band = theme[GROUND], theme[BAND]
    assert [c for c in WRITTEN if contrast(theme[c], ground) < 4.5 or contrast(theme[c], band) < 4.5] == []
    assert [c for c in SEEN if contrast(theme[c], ground) < 3] == []
    assert contrast(theme[colours.INK], theme[SPREAD]) >= 4.5
    assert contrast(theme[colours.PALE], band) >= 3, "dots lie on the band of a funnel"


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_every_level_of_every_scale_is_seen_and_a_figure_on_it_reads(theme):
    for axis in AXES:
        for fill in level_colours(axis):
            assert contrast(theme[text_on(fill)], theme[fill]) >= 4.5, fill
            seen = max(contrast(theme[colour], theme[GROUND]) for colour in (fill, edge_of(fill)))
            assert seen >= 3, fill


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_neighbouring_levels_and_zones_can_be_told_apart_without_colour(theme):
    house = level_colours(LevelAxis(1, ("a", "b", "c", "d"), 3, "goal"))
    assert all(contrast(theme[a], theme[b]) >= 2.2 for a, b in pairwise(house))
    assert [contrast(theme[zone], theme[GROUND]) for zone in ZONES] == sorted(
        contrast(theme[zone], theme[GROUND]) for zone in ZONES
    )


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_figures_read_on_every_shade_of_a_heat_map(theme):
    shades = [*MEANS_BELOW, *MEANS_FROM_GOAL]
    assert [shade for shade in shades if contrast(theme[text_on(shade)], theme[shade]) < 4.5] == []


def test_a_colour_that_is_turned_keeps_its_contrast_and_its_hue():
    for one, other in pairwise([*FROM_GOAL, *BELOW]):
        assert contrast(turned(one), turned(other)) == pytest.approx(contrast(one, other), rel=0.03)
    assert (turned("#FFFFFF"), turned("#000000")) == ("#000000", "#FFFFFF")
    red, _, blue = (int(turned(BELOW[0])[i : i + 2], 16) for i in (1, 3, 5))
    assert red > blue


def test_no_picture_has_a_colour_that_is_not_declared():
    found = {p.name: re.findall(r"[\"']#[0-9A-Fa-f]{3,8}\b", p.read_text("utf-8")) for p in CHARTS.glob("*.py")}
    assert {name for name, told in found.items() if told} == {"colours.py"}


def test_a_colour_that_is_declared_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        colours._both(GROUND, "#000000")


def test_too_pale_a_text_and_a_mark_without_an_edge_are_found():
    layout = {"font": {"color": colours.INK}, "annotations": [{"text": "pale", "font": {"color": colours.OTHER}}]}
    pale = {"type": "bar", "marker": {"color": BELOW[1]}}
    edged = {"type": "bar", "marker": {"color": BELOW[1], "line": {"color": edge_of(BELOW[1])}}}
    assert {said.split(" in ")[0] for said in hard_to_see({"data": [pale], "layout": layout})} == {"pale", "a bar"}
    assert hard_to_see({"data": [edged], "layout": {"font": {"color": colours.INK}}}) == set()
    assert hard_to_see({"data": [], "layout": {"font": {"color": "#ABCDEF"}}}) == {"#ABCDEF is not declared"}
