"""Expressions that are looked for in strangers' texts take as long as the text, not as long as its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from analytics.documents.paper.markdown import LABEL
from analytics.intake.headings import without_unit

SHORT, TIMES = 4_000, 8


def seconds(do: Callable[[str], object], text: str) -> float:
    """Of a processor, the least of three."""
    found = []
    for _ in range(3):
        start = time.process_time()
        do(text)
        found.append(time.process_time() - start)
    return min(found)


@pytest.mark.parametrize("end", ["", "x", " n", ")x"])
@pytest.mark.parametrize("unit", ["(", " ", "\n", ", ", "(n", "n)", " n ", "[("])
@pytest.mark.parametrize(
    "do", [without_unit, lambda text: LABEL.sub(" ", text), lambda text: LABEL.sub(" ", f"[^{text}")]
)
def test_eight_times_the_text_takes_less_than_thirty_times_as_long(do, unit, end):
    """Sixty-four times as long is what the square of it takes."""
    short, long = (unit * (letters // len(unit)) + end for letters in (SHORT, SHORT * TIMES))
    assert seconds(do, long) < 30 * max(seconds(do, short), 0.0005)


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("Stämmer helt (antal)", "Stämmer helt"), ("4, %", "4"), ("3 [n]", "3"), ("Trygg ( n )", "Trygg"),
        ("antal", "antal"), ("(antal)", "(antal)"), ("Andel", "Andel"), ("Plan (n) B", "Plan (n) B"),
        ("2 , ( andel ) ", "2"),
    ],
)  # fmt: skip
def test_the_level_is_told_without_its_unit(heading, level):
    assert without_unit(heading) == level
