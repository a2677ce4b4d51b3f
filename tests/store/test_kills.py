"""A writer that is killed, wherever and whenever, loses nothing, leaves nothing half there and nothing behind."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.sampling import NIGHTLY, sample
from tests.store.kills import OPERATIONS, Trial, make_worked_on


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kills")
    make_worked_on(folder)
    return folder


@pytest.mark.costly
@pytest.mark.parametrize("name", sample(list(OPERATIONS), 5))
def test_killed_wherever_it_touches_the_store(worked_on, name):
    """At each place at night, by day at a few of those of two operations."""
    found = Trial(OPERATIONS[name], worked_on).at_places(1 if NIGHTLY else 24, 0 if NIGHTLY else 8)
    assert found.places and found.is_well, found


@pytest.mark.costly
@pytest.mark.skipif(not NIGHTLY, reason="at night: a thousand kills with those at each place")
@pytest.mark.parametrize("name", OPERATIONS)
def test_killed_at_any_moment(worked_on, name):
    """DuckDB's and SQLite's own touches among them, which no hook of Python's sees."""
    found = Trial(OPERATIONS[name], worked_on).at_moments(75, Random())
    assert found.moments == 75 and found.is_well, found
