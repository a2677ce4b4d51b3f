"""A picture of dots by itself, drawn by the code that draws it in the PDF: as SVG, and as PNG where SVG cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import typst

from analytics.documents.paper.setting import set_dots
from analytics.documents.paper.shapes import Dots
from analytics.words.language import Words

TEMPLATE = Path(__file__).parent / "figure.typ"
PRINT = 300
"""Pixels an inch."""
SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"


def figure_svg(dots: Dots, say: Words, width: float, size: float) -> bytes:
    """The picture as SVG, its text as outlines. `width` of the picture and `size` of its text in points."""
    return _without_symbols(_drawn(dots, say, width, size)(format="svg"))


def figure_png(dots: Dots, say: Words, width: float, size: float) -> bytes:
    """The same as PNG."""
    return _drawn(dots, say, width, size)(format="png", ppi=PRINT)


def _drawn(dots: Dots, say: Words, width: float, size: float) -> Callable[..., bytes]:
    inputs = {
        "figure": json.dumps(set_dots(dots, say), ensure_ascii=False),
        "language": say.locale.replace("_", "-"),
        "width": str(width),
        "size": str(size),
    }
    return partial(typst.compile, TEMPLATE, root=TEMPLATE.parent, sys_inputs=inputs, ignore_system_fonts=True)


def _without_symbols(svg: bytes) -> bytes:
    """Every letter as an outline in its place: symbols that are used again are what programs' own SVG readers, Word's
    among them, differ on."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    symbols = {f"#{symbol.get('id')}": symbol for symbol in root.iter(f"{{{SVG}}}symbol")}
    for use in list(root.iter(f"{{{SVG}}}use")):
        x, y, letter = use.attrib.pop("x", "0"), use.attrib.pop("y", "0"), symbols[use.attrib.pop(LINK)]
        use.tag = f"{{{SVG}}}g"
        use.set("transform", f"translate({x} {y})")
        use.extend(list(letter))
    for defined in root.findall(f"{{{SVG}}}defs"):
        for symbol in defined.findall(f"{{{SVG}}}symbol"):
            defined.remove(symbol)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
