"""A part of the method page."""

from __future__ import annotations

from dataclasses import dataclass

from pages.ui.content import Table


@dataclass(frozen=True)
class Section:
    """A rule in words, with an example, a table of figures, and where the method comes from; `key` is its address."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    example: str = ""
    table: Table | None = None
    source: str = ""
