"""Every piece of the simulation, and the file that their rows are in."""

from __future__ import annotations

from pathlib import Path

from tests.simulation import changes, comparison, coverage, few, forecast, readiness, trend
from tests.simulation.promises import with_promise
from tests.simulation.world import Piece, Row

FILE = Path(__file__).parents[2] / "data" / "method" / "simulations.json"


def pieces() -> list[Piece]:
    return [
        piece
        for module in (coverage, few, changes, comparison, readiness, forecast, trend)
        for piece in module.pieces()
    ]


def rows_of(piece: Piece) -> list[Row]:
    """The piece's rows, each with what is promised of it."""
    return [with_promise(row) for row in piece.rows()]
