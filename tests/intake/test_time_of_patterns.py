"""No text, however it is made, takes a pattern that cells are held against more than its length."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from analytics import intake
from analytics.documents.tables import WITHIN
from analytics.funding.text_difference import PIECE

LONG, TIMES = 1_500, 4  # characters, and how many times as many; squared, they take sixteen times as long
NOTHING = 0.03  # seconds for the longer, below which nobody would notice
PARTS = (
    "1",
    "a",
    "å",
    " ",
    "\t",
    "\xa0",
    "(",
    ")",
    "@",
    ".",
    ",",
    "-",
    "'",
    "=",
    ":",
    "/",
    *("a@", "a.", "1 ", "1-", "1."),
)
PARTS += ("1,", "(1", "a ", " (", "1a", "- ", "19", "den ", "1:", "x@x.")
BEFORE, AFTER = ("", "(", "1", "a"), ("", "!", "\n")
FOUND_ANYWHERE = {"PERSONAL", "PERSONAL_HEADING", "SPEAKS_OF_SCHOOLS", "SIZES", "EXCEL_HINT", "BINARY"}
"""What is looked for; the others are held against a whole text."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(intake.__path__, f"{intake.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield name, value


def seconds(tried: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    tried(text)
    return time.process_time() - began


def too_slow(tried: Callable[[str], object]) -> str | None:
    """A text that takes more than its length, told by what it begins with."""
    for before, part, after in product(BEFORE, PARTS, AFTER):
        short, long = (before + part * (n // len(part)) + after for n in (LONG, LONG * TIMES))
        if seconds(tried, long) < NOTHING:
            continue
        ratio = min(seconds(tried, long) for _ in range(3)) / max(min(seconds(tried, short) for _ in range(3)), 1e-6)
        if ratio > TIMES**1.6:
            return short[:20]
    return None


@pytest.mark.parametrize(("name", "pattern"), sorted(set(patterns()), key=str), ids=lambda value: str(value)[:20])
def test_a_text_takes_no_more_than_its_length(name, pattern):
    assert too_slow(pattern.search if name in FOUND_ANYWHERE else pattern.fullmatch) is None


@pytest.mark.parametrize("pattern", [WITHIN, PIECE])
def test_nor_does_one_that_is_put_in_place_or_taken_apart(pattern):
    assert too_slow(pattern.findall) is None


@pytest.mark.parametrize("slow", [r"[^@\s]+@[^@\s]+\.[^@\s]+", r"\(.*[0-9].*\)", r"\s*\S+\s*"])
def test_one_that_takes_more_is_found(slow):
    """As they once stood here."""
    assert too_slow(re.compile(slow).search) is not None
