"""What is kept to be shown again is kept by its weight, not by its number."""

from __future__ import annotations

import tracemalloc

from analytics.charts.style import Picture
from pages.figures.schools import page as schools
from pages.ui.weighed import Weighed, weigh


def test_the_latest_are_kept_up_to_so_many_bytes():
    kept: Weighed[str, bytes] = Weighed(100, len)
    for key in "abcd":
        kept.keep(key, bytes(30))
    assert kept.find("a") is None and len(kept) == 3 and kept.weight == 90
    assert kept.find("b") == (bytes(30),), "and is now the latest"
    assert kept.keep("e", bytes(50)) == [bytes(30)] * 2
    assert kept.find("c") is kept.find("d") is None and kept.find("b")


def test_what_weighs_more_than_all_is_kept_until_the_next_one():
    kept: Weighed[str, bytes | None] = Weighed(100, lambda value: len(value or b""))
    kept.keep("a", None)
    assert kept.find("a") == (None,)
    assert kept.keep("large", bytes(1000)) == [None] and kept.find("large") == (bytes(1000),)
    assert kept.keep("b", bytes(1)) == [bytes(1000)] and kept.weight == 1
    kept.keep("b", bytes(7))
    assert kept.weight == 7 and len(kept) == 1
    kept.clear()
    assert kept.weight == len(kept) == 0


def test_a_page_weighs_about_what_it_takes(asks):
    parameters = ("vebs-2022", 2025, None, None, "alla", "namn", 1)
    schools.compose(asks["sv"], *parameters)  # what is remembered of words and numbers
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        made = schools.compose(asks["sv"], *parameters)
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert taken / 2 < weigh(made) < taken * 2


def test_long_rows_are_weighed_by_a_sample():
    few, many = ["x" * 100] * 50, ["x" * 100] * 5000
    assert 90 < weigh(many) / weigh(few) < 110


def test_what_a_picture_holds_is_weighed_without_asking_plotly_for_a_class(asks, monkeypatch):
    """It looks for one anew each time: a page holds tens of thousands of values, and was weighed as long as drawn."""
    made = schools.compose(asks["sv"], "vebs-2022", 2025, None, None, "alla", "namn", 1)

    def asked(name: str) -> object:
        raise AssertionError(f"{name} was looked for")

    weight = weigh(made)
    monkeypatch.setattr("plotly.graph_objects.__getattr__", asked)
    assert weigh(made) == weight
    assert weigh(Picture([{"y": ["x" * 100]}])) > weigh(Picture([{"y": []}]))
