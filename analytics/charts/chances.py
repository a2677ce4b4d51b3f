"""How sure is it that the goal is reached: a dot on a strip of 0-100 %, cut where the wording changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

CUTS = (0.0, 0.20, 0.80, 0.95, 1.0)
"""Where one wording gives way to the next: not yet, cannot tell, likely, reached."""


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """A school or criterion: `share` (0-1) of the resamples that reach the goal, and that in words (short: "84 %").

    `note` says why where there is no share.
    """

    label: str
    share: float | None
    hover: str
    text: str
    note: str = ""


def chances(rows: Sequence[ChanceRow], language: str, *, zones: tuple[str, str, str, str]) -> go.Figure:
    """A strip a row; `zones` names the four zones from the lowest up."""
    raise NotImplementedError
