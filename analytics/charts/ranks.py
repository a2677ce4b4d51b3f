"""Between which places a school lies: a bar from the highest to the lowest place, never one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go


@dataclass(frozen=True, slots=True)
class RankRow:
    """A school or a criterion: the interval of its place, `low` the better one (1 is the highest mean).

    Both are None where there is no figure; `absent` then says why.
    """

    label: str
    low: int | None
    high: int | None
    hover: str
    mine: bool = False
    absent: str = ""


def ranks(rows: Sequence[RankRow], of: int, language: str, *, title: str) -> go.Figure:
    """Bars on the places 1..`of`, in the order given. `title` says which end is the highest."""
    raise NotImplementedError
