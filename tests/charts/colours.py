"""How colours read: WCAG 2's contrast, and the colour that a colour scale gives a value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colour_at(scale: Sequence[tuple[float, str]], place: float) -> str:
    """The colour at a place (0..1), mixed from its neighbours as Plotly does."""
    for (start, before), (end, after) in pairwise(scale):
        if place <= end:
            share = (place - start) / (end - start) if end > start else 1.0
            mixed = (int(before[i : i + 2], 16) * (1 - share) + int(after[i : i + 2], 16) * share for i in (1, 3, 5))
            return "#" + "".join(f"{round(part):02X}" for part in mixed)
    return scale[-1][1]
