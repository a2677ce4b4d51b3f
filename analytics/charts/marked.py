"""What is written in a picture: names as they are, whatever stands in them, and the few marks that we put in ourselves.

Plotly reads links, bold and line breaks in every text that it is given. So a plain text is escaped where a picture is
made (`as_written`, called by `style.figure` alone), and only what is made here is read as marks. Who forgets to make it
here gets the marks themselves in the picture, and no link that somebody put in a school's name. A new line is a "\\n".
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from markupsafe import Markup

TAG = re.compile(r"<[^>]*>")
ADDRESSES = frozenset({"ids"})
"""What holds no texts: where the points of a trace lead to (style.leading)."""


def bold(text: str) -> Markup:
    return Markup("<b>{}</b>").format(text)


def coloured(text: str, colour: str, size: int | None = None) -> Markup:
    """In a colour of the house, and in small print where a size is given, in pixels."""
    style = f"color:{colour}" + (f";font-size:{size}px" if size else "")
    return Markup('<span style="{}">{}</span>').format(style, text)


def lines(*texts: str) -> Markup:
    """A line each."""
    return Markup("\n").join(texts)


def in_a_row(*texts: str) -> Markup:
    """A blank between them."""
    return Markup(" ").join(texts)


def bare(text: str) -> str:
    """What is read of a text, marks aside."""
    return unescape(TAG.sub("", text)) if isinstance(text, Markup) else text


def as_written(part: Any) -> Any:
    """A part of a figure, down to its texts, as Plotly must be given them."""
    if isinstance(part, str):
        # Between tags a quotation mark means nothing; in one stand colours of the house alone.
        marked = isinstance(part, Markup)
        text = str(part).replace("&#39;", "'").replace("&#34;", '"') if marked else escape(part, quote=False)
        return text.replace("\n", "<br>")
    if isinstance(part, dict):
        return {name: inner if name in ADDRESSES else as_written(inner) for name, inner in part.items()}
    if isinstance(part, list | tuple):
        return [as_written(inner) for inner in part]
    return part
