"""How many schools will be at the goal: what happened, what would have been foreseen, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import CITY, GRID, GROUND, INK, OTHER, PALE, SCHOOL, SPREAD, edge_of
from analytics.charts.marked import bold, coloured
from analytics.charts.ribbon import Era, break_line, ribbon
from analytics.charts.style import bar, figure, kept_apart, scatter, wrapped
from analytics.charts.trend import year_ticks
from analytics.model.present import present

HEIGHT, LEFT, RIGHT, BOTTOM = 360, 30, 112, 30


@dataclass(frozen=True, slots=True)
class ForecastRound:
    """A round: the number of schools at the goal, of how many, and the forecast made before it.

    `actual` is None for the round to come; `low`, `high` and `expected` are None where no forecast was possible.
    `text` is written at the round's mark ("12", "14–21"); without it nothing is written.
    """

    year: int
    actual: int | None
    low: int | None
    high: int | None
    expected: int | None
    of: int
    hover: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ForecastNames:
    """What the marks are called: the dots, the pale bars behind them, the bar of the round to come."""

    actual: str
    earlier: str
    ahead: str


def forecast(
    rounds: Sequence[ForecastRound],
    language: str,
    *,
    names: ForecastNames,
    eras: Sequence[Era] = (),
    called: Callable[[int], str] = str,
) -> go.Figure:
    """Rounds by year: dots in front of pale bars, the next round as a stronger bar. The y axis starts at 0."""
    shown = sorted(rounds, key=lambda found: found.year)
    years = [found.year for found in shown] or [0]
    first, last = years[0], years[-1]
    low, high = first - 0.6, last + 0.45
    most = max((n for r in shown for n in (r.actual, r.high, r.expected) if n is not None), default=0)
    top, ticks = _scale(most)
    earlier = [r for r in shown if r.actual is not None and r.low is not None and r.high is not None]
    ahead = [r for r in shown if r.actual is None and r.low is not None and r.high is not None]
    actual = [r for r in shown if r.actual is not None]
    traces = [_bars(earlier, SPREAD), _bars(ahead, PALE)]
    traces += [_expected([r for r in earlier if r.expected is not None], CITY)]
    traces += [_expected([r for r in ahead if r.expected is not None], INK)]
    traces.append(
        scatter(
            x=[r.year for r in actual],
            y=[r.actual for r in actual],
            mode="markers",
            marker={"size": 11, "color": SCHOOL, "line": {"width": 1.5, "color": GROUND}},
            hovertext=[r.hover for r in actual],
            hoverinfo="text",
            cliponaxis=False,
        )
    )
    band = ribbon(eras, low, high, LEFT + RIGHT)
    starts = [era.first for era in eras if first < era.first <= last]
    named = []
    if actual:
        named.append((present(actual[-1].actual), "\N{BLACK CIRCLE}", SCHOOL, names.actual))
    if earlier:
        named.append((_middle(earlier[-1]), "\N{WHITE SQUARE}", OTHER, names.earlier))
    if ahead:
        named.append((_middle(ahead[-1]), "\N{BLACK SQUARE}", PALE, names.ahead))
    return figure(
        [trace for trace in traces if trace["x"]],
        height=HEIGHT + band.height,
        margin=(LEFT, RIGHT, band.height + 4, BOTTOM),
        language=language,
        barmode="overlay",
        xaxis={
            "range": [low, high],
            "tickvals": years,
            "ticktext": year_ticks(years, set(starts), called),
            "tickangle": 0,
            "tickfont": {"size": 12},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [0, top],
            "tickvals": ticks,
            "tickfont": {"size": 12, "color": CITY},
            "gridcolor": GRID,
            "zeroline": True,
            "zerolinecolor": OTHER,
            "fixedrange": True,
        },
        annotations=[*_written(shown), *_beside(named, last, top), *band.annotations],
        shapes=[*(break_line(year) for year in starts), *band.shapes],
    )


def _scale(most: int) -> tuple[float, list[int]]:
    """The axis' end, with room for a text above the highest mark (bars end half a school above their number), and whole
    numbers as ticks, from 0."""
    step = next(s for size in range(6) for s in (10**size, 2 * 10**size, 5 * 10**size) if most / s <= 5)
    return max((most + 0.5) * 1.14, 1.2), list(range(0, max(most, 1) + 1, step))


def _middle(found: ForecastRound) -> float:
    return (present(found.low) + present(found.high)) / 2


def _bars(rounds: Sequence[ForecastRound], colour: str) -> dict:
    """A forecast's range; a number is a whole school high, so that a range of one number is still seen."""
    bottoms = [max(present(r.low) - 0.5, 0) for r in rounds]
    return bar(
        x=[r.year for r in rounds],
        base=bottoms,
        y=[present(r.high) + 0.5 - bottom for r, bottom in zip(rounds, bottoms, strict=True)],
        width=0.6,
        marker={"color": colour, "line": {"color": edge_of(colour), "width": 1}},
        hovertext=[r.hover for r in rounds],
        hoverinfo="text",
    )


def _expected(rounds: Sequence[ForecastRound], colour: str) -> dict:
    return scatter(
        x=[r.year for r in rounds],
        y=[r.expected for r in rounds],
        mode="markers",
        marker={"symbol": "line-ew", "size": 9, "line": {"width": 2.5, "color": colour}},
        hovertext=[r.hover for r in rounds],
        hoverinfo="text",
        cliponaxis=False,
    )


def _written(rounds: Sequence[ForecastRound]) -> list[dict]:
    """Each round's text, over the highest of its marks."""
    texts = []
    for found in rounds:
        tops = [n for n in (found.actual, found.high) if n is not None]
        if found.text and tops:
            over_dot = found.actual == max(tops)
            texts.append(
                {
                    "x": found.year,
                    "xref": "x",
                    "y": max(tops) + (0 if over_dot else 0.5),
                    "yref": "y",
                    "yanchor": "bottom",
                    "yshift": 7 if over_dot else 1,
                    "text": bold(wrapped(found.text, 12, 2)),
                    "showarrow": False,
                    "borderpad": 0,
                    "font": {"size": 12, "color": INK if found.actual is None else SCHOOL},
                }
            )
    return texts


def _beside(named: Sequence[tuple[float, str, str, str]], x: int, top: float) -> list[dict]:
    """What the marks are called, in the right margin, each at the height of its last mark."""
    texts = [wrapped(text, 15, 3) for *_, text in named]
    per_pixel = top / (HEIGHT - 4 - BOTTOM)
    heights = [(14 * text.count("\n") + 20) * per_pixel for text in texts]
    places = kept_apart([y for y, *_ in named], heights, 10 * per_pixel, top - 10 * per_pixel)
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 2,
            "y": y,
            "yref": "y",
            "align": "left",
            "text": coloured(mark, colour) + f" {text}",
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": 12, "color": INK},
        }
        for y, text, (_, mark, colour, _) in zip(places, texts, named, strict=True)
    ]
