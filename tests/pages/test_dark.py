"""The dark theme: Streamlit's colours, the pages' and the pictures' are declared once, and read on each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from analytics.charts import colours
from analytics.charts.colours import IN_THE_DARK
from pages.ui.dark import NAMED, page_colours, picture_colours
from pages.ui.served import FILES, FOLDER, HEAD
from tests.charts.colours import contrast
from tests.charts.reading import THEMES

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
STREAMLITS = {
    "primaryColor": colours.SCHOOL,
    "backgroundColor": colours.GROUND,
    "secondaryBackgroundColor": colours.RAISED,
    "textColor": colours.INK,
    "linkColor": colours.SCHOOL,
    "borderColor": colours.FRAME,
}
WRITTEN_ON = [("ink", "ground"), ("ink", "raised"), ("quiet", "ground"), ("quiet", "raised"), ("own", "ground")]
WRITTEN_ON += [("own", "raised"), ("low", "ground"), ("ground", "own"), ("warned", "warning")]


def test_streamlits_themes_have_our_colours():
    theme = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]
    assert "base" not in theme, "which of them is the reader's device's to say"
    assert theme["light"] == STREAMLITS
    assert theme["dark"] == {name: IN_THE_DARK[light] for name, light in STREAMLITS.items()}


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_what_the_pages_write_reads_on_what_it_stands_on(theme):
    poor = [pair for pair in WRITTEN_ON if contrast(*(theme[NAMED[name]] for name in pair)) < 4.5]
    assert poor == []
    drawn = ("ink", "own", "quiet", "behind")
    assert [name for name in drawn if contrast(theme[NAMED[name]], theme[colours.GROUND]) < 3] == []


def test_small_pictures_are_drawn_in_colours_that_have_been_measured():
    """What is paler is a gridline, or lies under what has an edge."""
    sheet = (FOLDER / "style.css").read_text("utf-8")
    drawn = dict(
        re.findall(r"^((?:path|circle|rect)\.kd-[a-z]+|\.kd-[a-z]+) {[^}]*?stroke: var\(--([a-z]+)\)", sheet, re.M)
    )
    assert drawn.pop(".kd-edge") == "pale"
    assert set(drawn) >= {"path.kd-own", "path.kd-city", ".kd-mark", ".kd-goal", "circle.kd-own", "rect.kd-whole"}
    assert set(drawn.values()) <= {"ink", "own", "city", "behind"}
    taken = dict(re.findall(r"--([a-z]+): var\(--kd-([a-z]+)\)", sheet))
    assert taken == {"ink": "ink", "ground": "ground", "own": "own", "city": "quiet", "behind": "behind"}


def test_the_style_sheet_names_its_colours_and_has_none_of_its_own():
    sheet = (FOLDER / "style.css").read_text("utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", sheet) == []
    named = set(re.findall(r"--kd-([a-z]+)", sheet))
    assert named == set(NAMED) and all(f"--kd-{name}:light-dark(" in page_colours() for name in named)


def test_every_colour_of_a_picture_has_a_rule_however_plotly_writes_it():
    sheet = picture_colours()
    for light, dark in IN_THE_DARK.items():
        written = f"rgb({', '.join(str(int(light[i : i + 2], 16)) for i in (1, 3, 5))})"
        for part in ("fill", "stroke"):
            ways = f'[style*="{part}: {written}"],[style*="{part}:{light}"],[{part}="{written}"]'
            assert f"{ways}){{{part}:light-dark({light},{dark})!important}}" in sheet


def test_who_reads_on_white_is_not_sent_the_rules_and_paper_is_white():
    (link,) = re.findall(r"<link [^>]*dark\.css[^>]*>", HEAD.decode())
    assert 'media="screen and (prefers-color-scheme: dark)"' in link
    assert b"color-scheme: light" in FILES["style.css"].partition(b"@media print")[2]
