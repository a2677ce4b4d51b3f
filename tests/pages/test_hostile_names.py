"""A city whose every name and text is written by somebody who means harm: all is shown as it is, nothing is run.

Plotly and browsers read tags; Plotly also reads entities, templates and formulas.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import duckdb
import pytest

from analytics import charts
from analytics.charts.marked import ADDRESSES, TAG, as_written, bold, coloured, lines
from analytics.charts.rows import DotRow, dots
from analytics.charts.style import figure
from analytics.registers.kinds import REGISTERS
from analytics.registers.types import Text
from pages.figures.school import page as school
from pages.funding.portfolio import page as portfolio
from pages.ui.content import Ask, Block, Content
from tests.charts.pictures import AXIS
from tests.pages.composing import city_pages, school_pages
from tests.pages.conftest import ask_of
from tests.sampling import NIGHTLY

LINK = '<a href="javascript:alert(1)">'
EVIL = [
    '<a href="//evil.example">x</a>',
    "<b>fet</b>",
    "%{y}",
    "&lt;i&gt;",
    "$x^2$",
    "a<br>b",
    "<sup>2</sup>",
    "'\"&#60;",
]
BEFORE = "<i>&lt;%{y}$x$"  # before every name and text of the city
OURS = re.compile(r"</?b>|<br>|<span style=\"color:#[0-9A-Fa-f]{6}(;font-size:\d+px)?\">|</span>")
NO_WORDS = {("acknowledgement", "facts")}  # a fingerprint
TEXTS = {
    "area": ("title_sv", "title_en"),
    "criterion": ("title_sv", "title_en", "note_sv", "note_en"),
    "framework": ("title_sv", "title_en", "issuer", "source_sv", "source_en"),
    "school": ("name", "district"),
    **{
        kind.table: tuple(
            field.stored
            for field in kind.fields
            if isinstance(field.type, Text) and (kind.table, field.stored) not in NO_WORDS
        )
        for kind in REGISTERS
    },
}
"""Every text that people write in the registers, and what schools and frameworks are called."""


@pytest.fixture(scope="module")
def hostile(demo_store: Path, tmp_path_factory) -> dict[str, Ask]:
    return ask_of(made_hostile(demo_store, tmp_path_factory.mktemp("hostile") / "store"))


def made_hostile(store: Path, folder: Path) -> Path:
    """A copy of the store in the folder, with all of its names and texts so."""
    shutil.copytree(store, folder)
    with duckdb.connect(str(next(folder.glob("view-*.duckdb")))) as connection:
        for table, columns in TEXTS.items():
            told = ", ".join(f"{column} = ? || {column}" for column in columns)
            if told:
                connection.execute(f"update {table} set {told}", [BEFORE] * len(columns))
        connection.execute(
            "update framework set labels_sv = [? || label for label in labels_sv], labels_en = [? || label for label"
            " in labels_en]",
            [BEFORE, BEFORE],
        )
    return folder


@pytest.fixture(scope="module")
def drawn_by() -> Iterator[set[str]]:
    """The names of the functions that draw, of which those that have drawn are taken away."""
    left = {f"{module.__name__}.{name}" for module, name in drawing_functions()}
    with pytest.MonkeyPatch.context() as patch:
        for module, name in drawing_functions():
            made = getattr(module, name)
            noted = _noting(made, left)
            for user in [*sys.modules.values()]:
                if getattr(user, "__name__", "").startswith(("pages.", "analytics.")) and vars(user).get(name) is made:
                    patch.setattr(user, name, noted)
        yield left


def drawing_functions() -> list[tuple]:
    """(module, name) of all that makes a picture."""
    found = []
    for info in pkgutil.iter_modules(charts.__path__):
        module = importlib.import_module(f"{charts.__name__}.{info.name}")
        for name, made in inspect.getmembers(module, inspect.isfunction):
            of_it = made.__module__ == module.__name__ and made is not figure
            if of_it and inspect.signature(made).return_annotation == "go.Figure":
                found.append((module, name))
    return found


def _noting(made: Callable, left: set[str]) -> Callable:
    def noted(*given, **named):
        left.discard(f"{made.__module__}.{made.__name__}")
        return made(*given, **named)

    return noted


def pages(asks: dict[str, Ask]) -> Iterator[tuple[str, Ask, Content]]:
    """Every page in its last round; at night in every one."""
    ask = asks["sv"]
    seen = set()
    every = [*reversed([*city_pages(ask, NIGHTLY)]), *school_pages(ask, NIGHTLY)]
    for page, compose, parameters, languages in every:
        apart = {"skolor": parameters[4:5], "uppfoljning": parameters[:2]}  # what it shows; whether goals are measured
        kind = (page, compose, apart.get(page))
        if NIGHTLY or kind not in seen:
            seen.add(kind)
            yield page, asks[languages[0]], compose(asks[languages[0]], *parameters)
    last = ask.catalogue.rounds[-1]
    yield "skola", ask, school.compose(ask, last.framework, last.year, "selenitskolan")
    yield "eu", ask, portfolio.compose(ask, None, None, None)


@pytest.fixture(scope="module")
def blocks(hostile, drawn_by) -> list[tuple[str, Ask, Block]]:
    return [
        (f"{page}/{block.key}", ask, block)
        for page, ask, content in pages(hostile)
        for block in content.all_blocks(ask)
    ]


def texts_of(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for name, inner in part.items():
            if name not in ADDRESSES:
                yield from texts_of(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from texts_of(inner)


def wrong_in(text: str) -> bool:
    """Whether Plotly would read anything but our own marks in it."""
    return bool(re.search(r"[<>]|&(?!amp;|lt;|gt;|#\d+;)", OURS.sub("", text)))


def shown(text: str) -> str:
    """What is read of it in a picture."""
    return unescape(TAG.sub("", text.replace("<br>", " ")))


def test_every_picture_shows_names_as_they_are(blocks, drawn_by):
    assert drawn_by == set(), "every function of analytics/charts that draws has drawn a picture of this city"
    for name, _, block in blocks:
        if block.figure is None:
            continue
        written = list(texts_of(json.loads(block.figure.to_json())))
        assert [text for text in written if wrong_in(text)] == [], name
        assert not any("template" in key for key in _keys(json.loads(block.figure.to_json())) - {"template"}), name
    pictured = [
        " ".join(map(shown, texts_of(json.loads(block.figure.to_json())))) for *_, block in blocks if block.figure
    ]
    assert sum(BEFORE in text for text in pictured) > len(pictured) / 2, "the others name nothing"


def _keys(part: object) -> set[str]:
    if isinstance(part, dict):
        return set(part) | {key for inner in part.values() for key in _keys(inner)}
    return {key for inner in part for key in _keys(inner)} if isinstance(part, list) else set()


def test_so_does_what_is_drawn_as_html_with_svg_in_it(blocks):
    """Tables of rows and their small pictures; a link's text is no link of its own."""
    drawings = [(name, str(block.drawing)) for name, _, block in blocks if block.drawing is not None]
    assert len(drawings) >= 5
    for name, drawing in drawings:
        assert "<i>" not in drawing, name
    assert sum("&lt;i&gt;&amp;lt;%{y}$x$" in drawing for _, drawing in drawings) > len(drawings) / 2


def test_texts_for_those_who_do_not_see_it_and_tables_have_them_as_they_are(blocks):
    assert sum(BEFORE in block.alt for *_, block in blocks) > 10
    for name, ask, block in blocks:
        assert "&lt;i&gt;" not in block.alt + block.headline, f"{name} is escaped twice where it is drawn"
        cells = [cell for row in (block.table.written(ask.say) if block.table else []) for cell in row]
        assert not any("&lt;i&gt;" in cell for cell in cells), name


@pytest.mark.parametrize("evil", [LINK, *EVIL])
def test_a_name_is_read_in_a_picture_as_it_is_written(evil):
    rows = [DotRow(evil, 2.0, f"{evil}\n{evil}", absent=evil, strong=strong) for strong in (True, False)]
    written = dots(rows, AXIS, "sv").to_dict()
    labels = [note["text"] for note in written["layout"]["annotations"]]
    assert [shown(label) for label in labels] == [evil, evil] and labels[0].startswith("<b>")
    hovers = [hover for trace in written["data"] for hover in trace.get("hovertext", ())]
    assert hovers and all(shown(hover) == f"{evil} {evil}" and hover.count("<br>") == 1 for hover in hovers)
    assert not any(map(wrong_in, texts_of(written)))


def test_our_own_marks_are_marks_and_hold_what_they_are_given():
    told = {"text": lines(bold("<i>"), coloured("<b>", "#112233", 11)), "ids": ["?a=1&b=2"], "n": (1, None)}
    drawn = as_written(told)
    assert drawn["text"] == '<b>&lt;i&gt;</b><br><span style="color:#112233;font-size:11px">&lt;b&gt;</span>'
    assert drawn["ids"] == ["?a=1&b=2"] and drawn["n"] == [1, None], "an address is no text"
