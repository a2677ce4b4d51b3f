"""Lakes whose machines share a folder, and at night object storage; one that has something in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sampling import at_night
from tests.store.lake.lakes import Lake
from tests.store.lake.storage import SERVER, Storage, serving
from tests.store.making import SCHOOLS, answers, kvalitet, put


@pytest.fixture(scope="session")
def storage(tmp_path_factory) -> Iterator[Storage]:
    if not SERVER.exists():
        pytest.skip("there is no object storage on this machine: make ready")
    with serving(tmp_path_factory.mktemp("storage") / "log") as found:
        yield found


@pytest.fixture
def in_objects(postgres, storage, tmp_path, monkeypatch) -> Lake:
    for name, value in storage.environment.items():
        monkeypatch.setenv(name, value)
    return Lake(postgres.database(), tmp_path, monkeypatch, f"s3://{storage.bucket()}/en stad åäö")


@pytest.fixture(params=["folder", pytest.param("objects", marks=at_night)])
def lake(request, postgres, tmp_path, monkeypatch) -> Lake:
    if request.param == "objects":
        return request.getfixturevalue("in_objects")
    return Lake(postgres.database(), tmp_path, monkeypatch)


@pytest.fixture
def filled(lake, empty_store) -> Path:
    """The first machine's folder of a lake at version 2, with answers of one school."""
    one = lake.machine("one")
    assert kvalitet("move", "--to", lake.address, "--store", empty_store) == 0
    put(one, schools=SCHOOLS, answers=answers("alfa"))
    return one
