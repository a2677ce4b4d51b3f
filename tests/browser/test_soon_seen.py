"""What one has loaded another sees soon, in a real browser: two processes on a store in a folder, and two machines on
one lake. This process is the one that loads; the server, with the browser on it, is the other."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from analytics.intake.files import ReadingOptions
from analytics.loads.by_owner import load_divided
from analytics.loads.inspection import Against
from analytics.store.moving import move_all
from tests.browser.looking import Tab
from tests.intake.making import SAY
from tests.pages.serving import UNWARMED, Server, serving
from tests.sampling import at_night
from tests.store.lake.lakes import Lake

SOON = 2.0  # seconds, beside what the same takes where nothing is new
FIRST, LATER = 2022, (2023, 2024, 2025)
SCHOOLS = "name,school_unit_code,owner\n" + "".join(
    f"{owner}s skola {n},{code}000000{n},{owner}\n" for owner, code in (("Lund", 2), ("Ystad", 3)) for n in (1, 2)
)


class Seen(NamedTuple):
    """Seconds from when the load had ended until the new round was seen, and the least that the same took with nothing
    new."""

    visit: float
    visit_usual: float
    click: float
    click_usual: float


def answers(year: int) -> str:
    rows = (
        f"vebs-2022,{year},{code}000000{n},p{person},{criterion},{1 + (person * 7 + n + year) % 4}\n"
        for code in (2, 3)
        for n in (1, 2)
        for person in range(24)
        for criterion in ("A1", "A2", "B1")
    )
    return "framework,year,school,respondent,criterion,level\n" + "".join(rows)


def load(store: Path, into: Path, **texts: str) -> None:
    files = []
    for name, text in texts.items():
        files.append(into / f"{name}.csv")
        files[-1].write_text(text, "utf-8")
    assert load_divided(store, files, ReadingOptions(), SAY, Against(), loaded_by="test")


@contextmanager
def folder(empty: Path, tmp_path: Path, _: object) -> Iterator[tuple[Path, Server]]:
    store = shutil.copytree(empty, tmp_path / "one")
    load(store, tmp_path, schools=SCHOOLS, first=answers(FIRST))
    with serving(store, UNWARMED) as server:
        yield store, server


@contextmanager
def lake(empty: Path, tmp_path: Path, of_test: Callable[[], Lake]) -> Iterator[tuple[Path, Server]]:
    one = (shared := of_test()).machine("one")
    move_all(empty, one)
    load(one, tmp_path, schools=SCHOOLS, first=answers(FIRST))
    with serving(
        Path(shared.address), UNWARMED, KVALITET_STORE=shared.address, KVALITET_LOCAL=str(tmp_path / "two")
    ) as b:
        yield one, b


@at_night
@pytest.mark.alone
@pytest.mark.parametrize("place", [folder, lake])
def test_a_round_that_another_has_loaded_is_seen_within_two_seconds(
    place, store_once_built, tmp_path, request, new_page
):
    with place(store_once_built, tmp_path, lambda: request.getfixturevalue("lake")) as (store, server):
        stands, visits = (Tab(new_page(), server) for _ in range(2))
        seen = [sight(store, tmp_path, stands, visits, year) for year in LATER]
    print(place.__name__, *seen, sep="\n")
    assert median(each.visit - each.visit_usual for each in seen) < SOON, seen
    assert median(each.click - each.click_usual for each in seen) < SOON, seen


def sight(store: Path, scratch: Path, stands: Tab, visits: Tab, year: int) -> Seen:
    """Loads a round; the first visit that begins after it, and the first click on a page that has stood open, show
    it."""
    stands.go("oversikt", owner="lund")
    visit_usual = min(timed(lambda: visits.go("oversikt", owner="lund")) for _ in range(3))
    click_usual = min(timed(lambda: press(stands)) for _ in range(4))
    assert shown(stands) == shown(visits) == year - 1
    load(store, scratch, later=answers(year))
    ended = time.monotonic()
    visits.go("oversikt", owner="lund")
    visit = time.monotonic() - ended
    assert shown(visits) == year, "the first visit after the load shows the round before"
    click = timed(lambda: press(stands))
    assert shown(stands) == year, "the first click after the load shows the round before"
    return Seen(visit, visit_usual, click, click_usual)


def timed(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def press(tab: Tab) -> None:
    """Opens or closes the fold of all criteria."""
    with tab.run_within(20_000):
        tab.page.locator(".st-key-more_criteria summary").first.click()


def shown(tab: Tab) -> int:
    """The year of the round that the page shows."""
    return int(tab.page.locator(".st-key-choices button").first.inner_text()[:4])
