"""How much is told of what has no bounds: from what there mostly is room for down to what fits whatever is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of things that are named, and characters of texts that people have typed."""

    misses: int
    moves: int
    agreements: int
    actions: int  # of an agreement
    projects: int
    labels: int
    text: int
    notes: int


STEPS = (
    Limits(misses=5, moves=6, agreements=5, actions=4, projects=5, labels=4, text=400, notes=1400),
    Limits(misses=5, moves=6, agreements=5, actions=4, projects=5, labels=4, text=220, notes=1000),
    Limits(misses=5, moves=5, agreements=5, actions=3, projects=4, labels=3, text=130, notes=800),
    Limits(misses=5, moves=5, agreements=5, actions=2, projects=4, labels=3, text=110, notes=650),
    Limits(misses=5, moves=4, agreements=4, actions=2, projects=3, labels=2, text=100, notes=550),
    Limits(misses=5, moves=4, agreements=4, actions=1, projects=3, labels=2, text=90, notes=450),
    Limits(misses=4, moves=3, agreements=3, actions=1, projects=2, labels=1, text=90, notes=400),
    Limits(misses=4, moves=3, agreements=2, actions=1, projects=2, labels=1, text=80, notes=300),
    Limits(misses=3, moves=2, agreements=1, actions=1, projects=1, labels=1, text=60, notes=160),
)
