"""What the server does of its own accord stays behind who clicks."""

from __future__ import annotations

import gc
import sys
import threading
import time
import weakref
from collections.abc import Iterator

import pytest

from pages.ui import turn as turns
from pages.ui.turn import AT_MOST, OVERDUE, QUIET, SLICE, Settling, Turn, behind


class Circle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.freeze()  # as the tests have it


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(turns.time, "monotonic", lambda: now[0])
    return now


def test_what_is_behind_waits_for_the_page_that_is_drawn_and_not_for_ever():
    turn, drawn = Turn(), threading.Event()

    def draw(seconds: float) -> None:
        with turn:
            drawn.set()
            time.sleep(seconds)

    for seconds, least, most in ((AT_MOST / 2, AT_MOST / 4, AT_MOST), (AT_MOST * 4, AT_MOST * 0.9, AT_MOST * 3)):
        drawn.clear()
        thread = threading.Thread(target=draw, args=(seconds,))
        thread.start()
        drawn.wait()
        begun = time.perf_counter()
        turn.stand_back()
        waited = time.perf_counter() - begun
        thread.join()
        assert least < waited < most
    turn.stand_back()
    with turn:  # it has not kept the turn
        pass


def test_python_is_given_away_sooner_meanwhile_and_whatever_ends_it():
    before = sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError), behind():
        assert sys.getswitchinterval() == pytest.approx(SLICE)
        raise ZeroDivisionError
    assert sys.getswitchinterval() == pytest.approx(before)
    assert before > 2 * SLICE


def gone_circle(settling: Settling) -> weakref.ref[Circle]:
    circle = Circle()
    settling.keep()
    return weakref.ref(circle)


def test_circles_are_looked_for_when_nobody_clicks(collector, clock):
    turn, settling = Turn(), Settling()
    settling.begin()
    circle = gone_circle(settling)
    gc.collect()
    with turn:
        settling.when_quiet(turn)
    settling.when_quiet(turn)
    assert circle() is not None, "somebody has just clicked"
    clock[0] += QUIET
    settling.when_quiet(turn)
    assert circle() is None


def test_circles_are_looked_for_in_the_end_though_somebody_always_clicks(collector, clock):
    turn, settling = Turn(), Settling()
    circle = gone_circle(settling)
    with turn:
        settling.when_quiet(turn)
        assert circle() is not None
        clock[0] += OVERDUE
        settling.when_quiet(turn)
        assert circle() is None


def test_nothing_is_looked_through_where_nothing_was_kept(collector, clock, monkeypatch):
    looked = []
    monkeypatch.setattr(turns.gc, "collect", lambda: looked.append(1))
    settling = Settling()
    settling.when_quiet(Turn())
    settling.keep()
    clock[0] += QUIET
    settling.when_quiet(Turn())
    settling.when_quiet(Turn())
    assert looked == [1]
