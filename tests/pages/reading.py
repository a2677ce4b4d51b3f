"""What stands on a page that AppTest has run."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.ui.content import Ask, Block, Content, made_of
from pages.ui.drawings import DRAWINGS

TITLES = {
    "": "Hitta din skola",
    "oversikt": "Hur mogna är stadens skolor digitalt?",
    "skolor": "Hur ligger skolorna till?",
    "skola": "Hur ligger skolan till?",
    "kriterier": "Hur utvecklas kriterierna?",
    "certifiering": "Vilka skolor kan ansöka?",
    "stod": "Var gör stöd mest nytta?",
    "dialog": "Vad kommer vi överens om?",
    "uppfoljning": "Vad blev det av det som bestämdes?",
    "lara": "Vem kan vi lära av?",
    "eu": "Vad går EU-medlen till?",
    "eu-rapport": "Vad redovisar vi för året?",
    "eu-projekt": "Vad vet vi om projekten?",
}
"""The paths that people bookmark, and what each page asks; of a school its title is the name."""

ABOUT = {path: {"school": "kvartsskolan"} for path in ("skola", "dialog", "lara")}
"""What a page must be told to have something to show."""

FOLD = "more_"  # before the key of what is folded on a page
DRAWN = "kvalitetsdialog.drawn"


def title(app: AppTest) -> str:
    (found,) = re.findall(r'<h1 class="kd-title">(.*?)</h1>', "".join(markup(app)))
    return unescape(found)


def markup(app: AppTest) -> list[str]:
    """What is shown as HTML, and what is drawn as it."""
    sent = (json.loads(found.proto.json) for found in app.get("bidi_component") if DRAWN in found.proto.component_name)
    return [*map(fetched, sent), *(found.value for found in app.html)]


def fetched(sent: dict[str, str]) -> str:
    """What a browser puts in the page of what it is sent, with what it fetches for it."""
    drawing = str(DRAWINGS.find(Path(sent["at"]).stem).drawing) if "at" in sent else ""
    return sent.get("before", "") + drawing + sent["after"]


def unfolded(app: AppTest) -> AppTest:
    """With everything open that is folded on the page."""
    for fold in app.expander:
        key = fold.proto.id.rpartition("-")[2]
        if key.startswith(FOLD):
            app.session_state[key] = True
    return app.run()


def said(app: AppTest) -> str:
    """The page's text without its pictures: what a reader meets, tags and style taken away."""
    parts = [*map(unmarked, markup(app)), *(e.value for e in app.info)]
    return "\n".join([*parts, *(e.value for e in app.caption)])


def unmarked(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)))


class Blocks(Sequence[Block]):
    """All blocks of a page, each made when it is first looked at."""

    def __init__(self, ask: Ask, content: Content):
        self._ask, self._blocks = ask, [block for block in (content.first, content.table, *content.blocks) if block]

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, at: int) -> Block:
        self._blocks[at] = made_of(self._ask, self._blocks[at])
        return self._blocks[at]

    def of(self, key: str) -> Block:
        return self[[block.key for block in self._blocks].index(key)]


def opened(ask: Ask, content: Content) -> Content:
    """The page with every fold made."""
    return replace(content, blocks=tuple(made_of(ask, block) for block in content.blocks))


def words_of(block: Block) -> str:
    """What a block that is drawn says."""
    return " ".join(unmarked(str(block.drawing)).split())


def figures(app: AppTest) -> list[dict]:
    """The page's pictures as Plotly's dictionaries."""
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def heat_map_of(app: AppTest) -> dict:
    """The picture of all schools, whose columns are named on top."""
    return next(found for found in figures(app) if found["layout"]["xaxis"].get("side") == "top")


def shaded_rows(heat_map: dict) -> set[int]:
    """The places of the rows that have a coloured cell."""
    return {round(base + 0.5) for trace in heat_map["data"] if trace["type"] == "bar" for base in trace["base"]}


def chosen(app: AppTest) -> dict[str, str]:
    """Parameter -> the value its select box holds."""
    names = ("framework", "year", "school", "criterion", "since", "area", "district", "stage", "sort")
    return {name: app.session_state[f"choice_{name}"] for name in names if f"choice_{name}" in app.session_state}
