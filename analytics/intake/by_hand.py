"""What somebody has said that a file's columns are, where the headings do not tell it, or tell it wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ByHand:
    """The kind of file, and what each heading is: the name of a column of the kind, in a form a criterion's id or a
    column of forms; a heading that is not named is left out."""

    kind: str
    columns: Mapping[str, str]

    def headings_of(self, column: str) -> list[str]:
        return [heading for heading, name in self.columns.items() if name == column]
