"""What is told in words alone behind a fold: how an answer was reckoned, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.words.language import Words
from pages.ui import html
from pages.ui.content import Block


def reckoned_block(said: Iterable[str], say: Words) -> Block | None:
    """How the page's figures are reckoned, a point a sentence; None where there is nothing to tell."""
    points = [text for text in said if text]
    if not points:
        return None
    return Block(
        key="reckoning",
        title=say("How the figures are calculated"),
        headline=say("What the answer builds on"),
        alt="",
        table=None,
        drawing=html.element("div", html.listed(points), class_="kd-drawn"),
    )
