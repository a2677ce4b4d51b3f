"""Headings as they are compared, and as they are told."""

from __future__ import annotations

import re

from analytics.registers.field import FileKind
from analytics.words.language import Words


def called(kind: FileKind, name: str, say: Words) -> str:
    """What a column is called for readers: in Swedish with both of its names."""
    swedish = next((column.also for column in kind.columns if column.name == name), ())
    return f"{swedish[0]} ({name})" if swedish and say.language == "sv" else name


def normalised(heading: str) -> str:
    """A heading without case, spacing or punctuation: 'Antal elever' -> 'antal_elever'."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")
