"""What the tests of pictures share: Plotly's own check, the written texts, and names as long as real ones."""

from __future__ import annotations

import plotly.graph_objects as go

from analytics.charts.ribbon import Era
from analytics.charts.style import LevelAxis

AXIS = LevelAxis(1, ("Påbörjad", "Aktiverad", "Trygg", "Välutvecklad"), 3, "Trygg – mål")
SIX = LevelAxis(0, ("0", "1", "2", "3", "4", "5"), 4, "4 – mål")
OLD = Era(2018, 2021, "Digital Schools of Europe – självskattning 2018–2021")
NEW = Era(2022, 2025, "Varje elevs bästa skola – Digital certifiering 2022–2025")


def checked(figure: go.Figure) -> dict:
    """The figure as a dictionary, after Plotly's own check of every property, which the app skips for speed."""
    return go.Figure(figure.to_dict()).to_dict()


def texts(figure: dict) -> list[str]:
    """What is written in the picture, without line breaks and bold."""
    written = (note["text"] for note in figure["layout"].get("annotations", ()))
    return [text.replace("<br>", " ").replace("<b>", "").replace("</b>", "") for text in written]


def shapes(figure: dict, kind: str) -> list[dict]:
    return [shape for shape in figure["layout"].get("shapes", ()) if shape["type"] == kind]


def goal_is_drawn(figure: dict, axis: LevelAxis, upright: bool) -> bool:
    """One line at the goal: across the plot where the levels stand upright, else down it."""
    ends = ("y0", "y1") if upright else ("x0", "x1")
    return sum(all(line[end] == axis.goal for end in ends) for line in shapes(figure, "line")) == 1


def shows_whole_scale(axis_drawn: dict, axis: LevelAxis) -> bool:
    low, high = axis_drawn["range"]
    return low <= axis.lowest and high >= axis.levels[-1] and list(axis_drawn["tickvals"]) == list(axis.levels)
