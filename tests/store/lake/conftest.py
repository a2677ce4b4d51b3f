"""A lake that has something in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.making import SCHOOLS, answers, kvalitet, put


@pytest.fixture
def filled(lake, empty_store) -> Path:
    """The first machine's folder of a lake at version 2, with answers of one school."""
    one = lake.machine("one")
    assert kvalitet("move", "--to", lake.address, "--store", empty_store) == 0
    put(one, schools=SCHOOLS, answers=answers("alfa"))
    return one
