"""The small picture beside a key figure: what it was in the rounds before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from analytics.charts.spark import LevelFrame, course_of
from analytics.words.language import Words
from pages.shared.small_pictures import OWN, bare_picture

SIZE = (64, 20)
FLAT = 0.5  # half the height of the frame where nothing has moved, so that the line lies in its middle


def key_course(
    by_year: Mapping[int, float], rounds: Sequence[Collection[int]], written: Callable[[Any], str], say: Words
) -> Markup | None:
    """The figure by year, broken where a framework begins (`rounds`: each one's years); None for one round alone."""
    course = course_of(by_year, rounds)
    points = [point for piece in course for point in piece]
    if len(points) < 2:
        return None
    values = [value for _, value in points]
    low, high = min(values), max(values)
    if low == high:
        low, high = low - FLAT, high + FLAT
    frame = LevelFrame(*SIZE, (points[0][0], points[-1][0]), (low, high), goal=0)
    (first, start), (last, end) = points[0], points[-1]
    figures = {"first": say.round(first), "last": say.round(last), "start": written(start), "end": written(end)}
    return bare_picture(course, frame, OWN, say("{first}–{last}: from {start} to {end}", **figures))
