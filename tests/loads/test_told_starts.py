"""What an agreement starts from is told no finer than the school's figure, in the view and in its history."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.loads.recounting import republish
from analytics.loads.told_starts import round_starts
from analytics.store.reading import Store
from analytics.store.versions import read_current
from tests.intake.making import PROV
from tests.loads.test_near_copies import SCHOOLS, answers, put

HEAD = "school | framework | year | number | criterion | to_level | due | from_level"


def agreed(start: str, to: str = "3,5") -> str:
    return f"{HEAD}\nalfa | prov-2020 | 2021 | 1 | A1 | {to} | 2022-01-31 | {start}"


def sheets(*levels: int) -> str:
    return answers([(level, 1, 2) for level in levels])


@pytest.fixture
def store(store_once_built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(store_once_built, tmp_path / "store")


def start(store: Path) -> float | None:
    return Store(store).current().rows("select from_level from agreement")[0][0]


SEVEN = (1, 2, 2, 3, 3, 3, 3)  # 2.43, told as 2.4
AT_AN_END = (1, 1, 1, 1, 1, 2, 2)  # 1.29, told as 1.5 or below
TWELVE = (1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3)  # 2.5
TWENTY = (1, *[2] * 10, *[3] * 9)  # 2.4


STARTS = {
    "seven": (SEVEN, "2,43", 2.4),
    "rounded": (SEVEN, "2,4", 2.4),
    "end": (AT_AN_END, "1,29", 1.5),
    "twelve": (TWELVE, "2,4999", 2.5),
    "twenty": (TWENTY, "2,4321", 2.4321),
    "hidden": (SEVEN[:4], "2,43", 2.43),  # whoever writes it has it from elsewhere
}
"""By school: the levels that were answered, the start as it is written, and as it is told."""


def test_a_start_is_told_as_the_figure_is(store):
    schools = "\n".join(("school_id | name", *(f"{school} | {school.title()}skolan" for school in STARTS)))
    of_each = [answers([(level, 1, 2) for level in levels], school) for school, (levels, _, _) in STARTS.items()]
    goals = [
        f"{school} | prov-2020 | 2021 | 1 | A1 | 3,5 | 2022-01-31 | {written}"
        for school, (_, written, _) in STARTS.items()
    ]
    put(store, PROV, schools, *of_each, "\n".join((HEAD, *goals)))
    told = Store(store).current().rows("select school_id, from_level from agreement")
    assert dict(told) == {school: start for school, (_, _, start) in STARTS.items()}


def test_it_stays_below_what_is_aimed_at(store):
    put(store, PROV, SCHOOLS, sheets(*SEVEN), agreed("2,98", "3"))
    assert start(store) == 2.9


def test_neither_the_history_nor_loading_again_tells_it_finer(store):
    put(store, PROV, SCHOOLS, sheets(*SEVEN), agreed("2,43"))
    put(store, agreed("2,43"))
    view = Store(store).current()
    entries = view.rows("select field, before, after from register_change where kind = 'agreements'")
    assert start(store) == 2.4 and [field for field, *_ in entries] == [""]
    assert '"from_level": "2.4"' in entries[0][2]


def test_what_was_stored_before_is_rounded_when_it_is_published_once_more(store, monkeypatch):
    monkeypatch.setattr("analytics.loads.load.round_starts", lambda connection: None)
    put(store, PROV, SCHOOLS, sheets(*SEVEN), agreed("2,43"))
    assert start(store) == 2.43
    monkeypatch.setattr("analytics.loads.load.round_starts", round_starts)
    republish(store, loaded_by="test")
    assert start(store) == 2.4
    with duckdb.connect(str(store / read_current(store).in_force.view), read_only=True) as view:
        texts = view.execute("select before, after from register_change where kind = 'agreements'").fetchall()
    assert not any("2.43" in (text or "") for row in texts for text in row)
