"""Tidying: what nothing stands on any more goes, and a report still tells what has changed since the year before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.funding.register import as_last_reported
from analytics.loads import tidying
from analytics.loads.tidying import WhyKept, tidy, what_goes
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.store.versions import read_current
from tests.intake.making import PROV
from tests.loads.test_load import put
from tests.sampling import at_night

PROJECT = """
project_id | title | programme | start | end
kust | Kusten | Erasmus+ | 2020-01-01 | 2024-12-31
"""
EVERYBODY = Viewer("everybody", schools=None)


def paid(year: int, amount: int) -> str:
    return f"project_id | report_year | unit | amount_sek\nkust | {year} | schools | {amount}"


@pytest.fixture(scope="module")
def paid_often(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("tidying") / "store")
    put(store, prov=PROV, projects=PROJECT, payments=paid(2021, 10))
    for amount in (11, 13):
        put(store, replace=True, payments=paid(2021, amount))
    put(store, payments=paid(2022, 20))
    for amount in (21, 22):
        put(store, replace=True, payments=paid(2022, amount))
    return store


@pytest.fixture
def store(paid_often: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tidying, "LATEST", 2)
    return shutil.copytree(paid_often, tmp_path / "store")


def test_what_nothing_stands_on_goes(store: Path):
    numbers = [version.number for version in read_current(store).published]
    found = what_goes(store)
    why = dict(found.stay)
    assert sorted([*found.go, *why]) == numbers
    assert why[numbers[-1]] is why[numbers[-2]] is WhyKept.LATEST
    assert WhyKept.OF_REPORT in why.values()
    reported = as_last_reported(Store(store), numbers[-1], EVERYBODY, 2022)
    tidy(store, tidied_by="Anna")
    assert [version.number for version in read_current(store).published] == sorted(why)
    assert {path.name for path in store.glob("view-*")} == {f"view-{number}.duckdb" for number in why}
    assert reported is not None and as_last_reported(Store(store), numbers[-1], EVERYBODY, 2022) == reported
    assert [payment.amount_sek for payment in reported.payments] == [13]
    assert what_goes(store).go == ()


def test_a_version_of_a_frozen_brief_stays(few_copy: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tidying, "LATEST", 1)
    found = what_goes(few_copy)
    made_from = Store(few_copy).current().rows("select distinct made_from from frozen_brief")
    assert all(number not in found.go for (number,) in made_from)


@at_night
def test_a_version_that_cannot_be_read_stays(store: Path):
    first = read_current(store).published[1]
    (store / first.view).write_bytes(b"not a database")
    assert dict(what_goes(store).stay)[first.number] is WhyKept.UNREADABLE
