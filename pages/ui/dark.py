"""The colours of the pages and their pictures as style sheets: every one with what it is in the dark theme.

Which theme is the reader's is the browser's to know (`light-dark()`, by the scheme that Streamlit tells around the
page), so that nothing is composed, kept or sent twice. Plotly writes its colours on each mark; a rule for each of them
draws the other in its stead. On paper and in a picture that is saved they stay as they are.
"""

from __future__ import annotations

from analytics.charts import colours
from analytics.charts.colours import GROUND, IN_THE_DARK

NAMED = {
    "ink": colours.INK,
    "quiet": colours.CITY,
    "own": colours.SCHOOL,
    "behind": colours.OTHER,
    "low": colours.LOW,
    "ground": GROUND,
    "raised": colours.RAISED,
    "line": colours.GRID,
    "edge": colours.FRAME,
    "warned": colours.WARNED,
    "warning": colours.WARNING,
}
"""What the style sheet calls a colour (`--kd-ink`) -> the colour on white."""
CHART = ".stPlotlyChart"


def page_colours() -> str:
    """The colours that the style sheet names, for both themes."""
    told = "".join(f"--kd-{name}:{_both(light)};" for name, light in NAMED.items())
    return f":root{{{told}}}\n"


def picture_colours() -> str:
    """For each colour of a picture, a rule that draws it as it is in the reader's theme."""
    rules = [_rule(part, light) for light in IN_THE_DARK for part in ("fill", "stroke")]
    ground = f'{CHART} [style*="background: {_written(GROUND)}"]{{background:{_both(GROUND)}!important}}'
    return "\n".join([*rules, ground]) + "\n"


def _rule(part: str, light: str) -> str:
    """Plotly writes a colour of a mark as `fill: rgb(…)`, of a part of a text as `fill:#…`, of a pattern as `fill=`."""
    written = _written(light)
    marks = f'[style*="{part}: {written}"],[style*="{part}:{light}"],[{part}="{written}"]'
    return f"{CHART} :is({marks}){{{part}:{_both(light)}!important}}"


def _both(light: str) -> str:
    return f"light-dark({light},{IN_THE_DARK[light]})"


def _written(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"
