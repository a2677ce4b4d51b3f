"""HTML for pages: made of elements, which escape whatever text they are given, and shown by `show` and `draw` alone.

No other module of the pages writes a tag, so that none can forget to escape (tests/test_structure.py holds it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup, escape
from streamlit.components.v2 import component

from pages.ui import ways
from pages.ui.drawings import DRAWINGS, LARGE

BREAK = Markup("<br>")
BLANK = Markup("&nbsp;")
"""Keeps the place of what is empty."""
EMPTY = Markup()

SENT_WHOLE = "drawings_sent_whole"  # the session's mark that large drawings are sent as they are

# st.html takes SVG away. This puts what `draw` is given in the page as it is, and tells where a link that was clicked
# leads. What it does is in assets/drawn.js, which the browser keeps; this is sent every time.
_drawn = component("kvalitetsdialog.drawn", js="export default it => window.kvalitetsdialog(it)", isolate_styles=False)

MARKS = re.compile(r"[\\`*\[\]<>~$@]|:(?=\S)|(?<!\w)_|_(?!\w)|(?<=www)\.", re.IGNORECASE)
"""What Markdown gives a meaning."""


def element(name: str, *inner: str, **attributes: str) -> Markup:
    """An element of what is inside, in a row: texts are escaped, elements stand as they are. `class_` is `class`."""
    told = "".join(f' {attribute.rstrip("_")}="{escape(value)}"' for attribute, value in attributes.items())
    return Markup(f"<{name}{told}>{joined(inner)}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Texts, escaped, and elements in a row."""
    return escape(between).join(parts)


def lines(texts: Iterable[str]) -> Markup:
    """A line each."""
    return joined(texts, BREAK)


def listed(items: Iterable[str]) -> Markup:
    """A list of points."""
    return element("ul", *(element("li", item) for item in items))


def table(
    head: Markup,
    rows: Iterable[Markup],
    *,
    caption: str | None = None,
    foot: Markup | None = None,
    stacked: bool = False,
    name: str = "",
) -> Markup:
    """A table of finished rows, which can be scrolled sideways where it is too wide. `stacked`: on a phone, its cells
    stand under one another, each after its `data-heading`. `name`: what is scrolled, where no caption says it."""
    parts = (
        "" if caption is None else element("caption", caption),
        element("thead", head),
        element("tbody", *rows),
        "" if foot is None else element("tfoot", foot),
    )
    return scrolled(element("table", *parts, class_=f"kd-table{' kd-stacked' if stacked else ''}"), caption or name)


def column_head(heading: str, kind: str = "") -> Markup:
    """What stands over a column; an empty cell over one that needs no heading."""
    return element("th", heading, scope="col", class_=kind) if heading else element("td", class_=kind)


def scrolled(inner: Markup, name: str) -> Markup:
    """What may be wider than the window: it scrolls in a place of its own, which the keyboard reaches and which is
    read out by its name."""
    named = {"role": "group", "aria-label": name} if name else {}
    return element("div", inner, class_="kd-scroll", tabindex="0", **named)


def note(*inner: str) -> Markup:
    """A line in small print."""
    return element("p", *inner, class_="kd-note")


def fold(heading: str, text: str) -> Markup:
    """Small print that is opened by its heading."""
    return element("details", element("summary", heading), element("p", text), class_="kd-note kd-fold")


def unfolded(heading: str, *inner: str, opened: bool = False) -> Markup:
    """What is opened and closed by its heading without asking the server; `opened`: from the beginning."""
    state = {"open": ""} if opened else {}
    return element("details", element("summary", heading), *inner, class_="kd-fold", **state)


def answer(text: str) -> Markup:
    """What the page answers, below its heading."""
    return element("p", text, class_="kd-answer")


def section_title(text: str) -> Markup:
    return element("h2", text, class_="kd-section")


def unmarked(text: str) -> str:
    """A text of somebody else's as part of a label: nothing in it is taken for Markdown."""
    return MARKS.sub(r"\\\g<0>", text)


def link(text: str, address: str, title: str = "") -> Markup:
    """A way to another page, or to a place on this one. `title`: where it leads, where the text alone does not tell."""
    said = {"title": title, "aria-label": f"{text}: {title}"} if title else {}
    return element("a", text, href=address, target="_self", **said)


def link_beside(text: str, address: str) -> Markup:
    """A way that opens in a tab of its own, so that nothing that is typed here is lost."""
    return element("a", text, href=address, target="_blank", rel="noopener")


def style(sheet: str) -> Markup:
    """A style sheet. Raises ValueError for one that could end by itself and begin something else."""
    if "<" in sheet:
        raise ValueError("a style sheet has no tags")
    return Markup(f"<style>{sheet}</style>")


def script(source: str) -> Markup:
    """A script of our own, which `show` is told to let run. Raises ValueError for one that could end by itself."""
    if "</" in source:
        raise ValueError("a script has no closing tag")
    return Markup(f"<script>{source}</script>")


def show(html: Markup, *, scripts: bool = False) -> None:
    """Draws it; nothing where there is nothing. Raises TypeError for a plain text: nobody has escaped it."""
    if not isinstance(html, Markup):
        raise TypeError("what is shown as HTML is made of elements")
    if html:
        st.html(str(html), unsafe_allow_javascript=scripts)


def draw(drawing: Markup, key: str, *, before: Markup = EMPTY, after: Markup = EMPTY) -> None:
    """Draws HTML, with SVG in it or not; a link to a page of ours leads there without loading everything anew. What is
    large is sent as its address, unless this browser could not fetch one (pages/ui/drawings.py), with what stands
    `before` and `after` it as it is. Raises TypeError for a plain text: nobody has escaped it."""
    if not all(isinstance(each, Markup) for each in (drawing, before, after)):
        raise TypeError("what is drawn as HTML is made of elements")
    if len(drawing) < LARGE or sent_whole():
        data = {"after": str(before + drawing + after)}  # a text by itself makes Streamlit import pandas to look at it
    else:
        data = {"before": str(before), "at": DRAWINGS.keep(drawing), "after": str(after)}
    ways.follow(_drawn(key=key, data=data, on_go_change=ways.noted, on_lost_change=_send_whole).get("go"))


def sent_whole() -> bool:
    """Whether this browser gets large drawings as they are."""
    return bool(st.session_state.get(SENT_WHOLE))


def _send_whole() -> None:
    """A browser could not fetch a drawing: another process has it, or something between us lets no files through."""
    st.session_state[SENT_WHOLE] = True
