"""Stores for tests: built once a session through the command itself, and copied where a test writes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from analytics.cli import cli

# The same examples every time, so that a change fails for what it changed; HYPOTHESIS_PROFILE=searching looks for more.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def built(folder: Path, *options: str) -> Path:
    cli.main(["build", *options, "--store", str(folder)], standalone_mode=False)
    return folder


@pytest.fixture(scope="session")
def store_once_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("once") / "store", "--empty")


@pytest.fixture
def empty_store(store_once_built: Path, tmp_path: Path) -> Path:
    """A store of its own with the frameworks and nothing else."""
    return shutil.copytree(store_once_built, tmp_path / "store")


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo data; for reading alone."""
    return built(tmp_path_factory.mktemp("demo") / "store")


@pytest.fixture
def demo_copy(demo_store: Path, tmp_path: Path) -> Path:
    """The demo data in a store of its own."""
    return shutil.copytree(demo_store, tmp_path / "demo")
