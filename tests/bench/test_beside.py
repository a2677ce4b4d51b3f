"""What is told of an app whose connections break off under a crowd."""

from __future__ import annotations

import asyncio
import os

import pytest

from tests.bench import beside
from tests.bench.beside import Tried, measure, table
from tests.bench.ws_clicks import Figures


async def steady(url: str, page: str, clicks: int, pause: float, wait: float, figures: Figures) -> None:
    await asyncio.sleep(0)
    figures.first.append(0.01)
    figures.clicks += [0.02] * clicks
    figures.kilobytes, figures.ended = figures.kilobytes + 3.0 * clicks, figures.began + 1.0


async def breaking(url: str, page: str, clicks: int, pause: float, wait: float, figures: Figures) -> None:
    """Nobody but the first two gets an answer."""
    await steady(url, page, clicks, pause, wait, figures)
    if len(figures.first) > 2:
        del figures.clicks[-clicks:]
        figures.errors.append("TimeoutError: timed out during opening handshake")


@pytest.mark.parametrize("come", [steady, breaking])
def test_where_an_app_breaks_off_that_is_a_row_and_the_others_keep_theirs(come, monkeypatch):
    ours = Tried("ours", "", "", steady, of=os.getpid())
    plain = Tried("plain", "", "", come, hurried=True, of=os.getpid())
    for each in (plain, ours):
        measure(each, crowd=True)
    told = {
        line.split(" | ")[0].strip("| "): line.strip("| ").split(" | ")[1:] for line in table([ours, plain]).split("\n")
    }
    assert [told[name][0] for name in (*beside.ALONE, *beside.MANY, *beside.NATION)] == [
        "20.0",
        "20.0",
        "3.0",
        *["20.0"] * 3,
    ]
    assert [cell.strip() for cell in told["alone, p50 ms"]] == ["20.0", "20.0"]
    broke = come is breaking
    for name, asked in (("75 people, p95 ms", 150), ("most a second", 32)):
        if broke:
            answered = 4 if asked == 150 else 8
            assert f": {answered} of {asked} answered (TimeoutError)" in told[name][1]
        else:
            float(told[name][1])
    assert float(told["MB after them"][1]) > 1


def test_what_broke_off_in_one_round_alone_is_told_beside_the_other_rounds_times():
    tried = Tried("one", "", "", steady)
    tried.broke["kB"] = "broke off"
    assert tried.said("kB") == "broke off" and tried.said("else") == ""
    tried.note("kB", 3.0)
    assert tried.said("kB") == "3.0; broke off"
    tried.broke.clear()
    assert tried.said("kB") == 3.0
