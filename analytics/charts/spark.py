"""Small pictures of courses over the years and of paces with their intervals: where in a frame everything is drawn.

All frames of a page are alike, so that one can be held against another. Texts and colours are the page's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

Piece = tuple[tuple[int, float], ...]
"""Levels by year that a line joins."""
Course = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LevelFrame:
    """A frame of years and levels; `breaks`: the years in which a new framework begins."""

    width: int
    height: int
    years: tuple[int, int]
    levels: tuple[float, float]
    goal: int
    breaks: tuple[int, ...] = ()
    pad: int = 5  # so that the dots at the ends lie within
    over: int = 5  # the same above and below

    def x(self, year: float) -> float:
        first, last = self.years
        return round(self.pad + (self.width - 2 * self.pad) * (year - first) / max(last - first, 1), 1)

    def y(self, level: float) -> float:
        low, high = self.levels
        return round(self.over + (self.height - 2 * self.over) * (high - level) / (high - low), 1)

    def line(self, course: Course) -> str:
        """A path of all the pieces of more than one year."""
        return "".join(self._piece(piece) for piece in course if len(piece) > 1)

    def _piece(self, piece: Piece) -> str:
        return "M" + "L".join(f"{self.x(year):g} {self.y(level):g}" for year, level in piece)

    def alone(self, course: Course) -> str:
        """A path of the years that no line leads to or from, which a stroke with round ends shows as dots."""
        points = (piece[0] for piece in course if len(piece) == 1)
        return "".join(f"M{self.x(year):g} {self.y(level):g}h0" for year, level in points)

    @staticmethod
    def levels_around(levels: Iterable[float]) -> tuple[float, float]:
        """From a tenth of a level to another, so that all lie within: small pictures of the whole scale are flat. At
        least half a level, downwards as a goal may be the highest, so that what hardly differs does not look as though
        it did."""
        found = list(levels)
        low, high = floor(min(found) * 10 + 1e-9) / 10, ceil(max(found) * 10 - 1e-9) / 10
        return min(low, round(high - 0.5, 1)), high

    @property
    def told_years(self) -> list[int]:
        """The first and the last year, and those in which a framework begins where there is room for them."""
        first, last = self.years
        room = (last - first) / 4
        return [first, *(year for year in self.breaks if first + room < year < last - room), last]

    @property
    def goal_line(self) -> str:
        return f"M0 {self.y(self.goal):g}H{self.width}"

    @property
    def edges(self) -> str:
        """The lowest and the highest level."""
        low, high = self.levels
        return f"M0 {self.y(low):g}H{self.width}M0 {self.y(high):g}H{self.width}"

    @property
    def break_lines(self) -> str:
        return "".join(f"M{self.x(year - 0.5):g} 0V{self.height}" for year in self.breaks)


@dataclass(frozen=True, slots=True)
class PaceFrame:
    """A frame of paces, from a lowest to a highest, with 0 in it."""

    width: int
    height: int
    paces: tuple[float, float]
    pad: int = 5

    @classmethod
    def around(cls, width: int, height: int, paces: Iterable[float]) -> PaceFrame:
        """That holds all of the paces, to whole tenths."""
        found = [0.0, *paces]
        low, high = floor(min(found) * 10 + 1e-9) / 10, ceil(max(found) * 10 - 1e-9) / 10
        return cls(width, height, (low, high) if low < high else (-0.1, 0.1))

    def x(self, pace: float) -> float:
        low, high = self.paces
        return round(self.pad + (self.width - 2 * self.pad) * (pace - low) / (high - low), 1)

    def interval(self, low: float, high: float) -> str:
        return f"M{self.x(low):g} {self.height / 2:g}H{self.x(high):g}"

    def upright(self, pace: float) -> str:
        return f"M{self.x(pace):g} 0V{self.height}"


def course_of(levels: Mapping[int, float], rounds: Sequence[Collection[int]]) -> Course:
    """Levels by year as pieces: a line goes on from a round to the next of the same framework, where both are shown.
    `rounds`: the years of each framework's rounds, which may lie among each other's no more than frameworks do."""
    pieces: list[Piece] = []
    for years in rounds:
        piece: list[tuple[int, float]] = []
        for year in sorted(years):
            if year in levels:
                piece.append((year, levels[year]))
            elif piece:
                pieces.append(tuple(piece))
                piece = []
        if piece:
            pieces.append(tuple(piece))
    return tuple(pieces)
