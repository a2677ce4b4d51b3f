"""Stores for tests, built once through the command itself and copied where a test writes; and what costs much."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings
from xdist.remote import Producer

from analytics.loads.load import load
from tests.answering import opened_once  # noqa: F401 - of all
from tests.kept_stores import copy_of_built, copy_of_few
from tests.maturity import worlds
from tests.pages import serving
from tests.sampling import NIGHTLY
from tests.scheduling import BrowserTogether
from tests.store import making
from tests.store.lake.lakes import lake, own_like, postgres  # noqa: F401 - fixtures of all

# The same examples every time, so that a change fails for what it changed; `make nightly` looks for more.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "searching" if NIGHTLY else "steady"))

STORES = {"store_once_built", "published_store", "few_store", "demo_store"}
"""What the command builds; whoever asks for one makes versions of it, or looks at many schools."""

STARTS = (serving.serving, serving.start_server, serving.kvalitet)
"""What runs the product in a process of its own."""

LOADS = (load, worlds.publish, making.put)
"""What loads files into a store: half a second each."""

QUICK_ALL_THE_SAME = {"tests.maturity.test_by_hand"}
"""What every figure is, in the smallest of cities."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what takes a whole store, a server or the command as a process, and modules that load files into stores:
    `make quick` leaves both out."""
    modules = {item.module for item in items}
    starting = {module for module in modules if has_any(module, STARTS)}
    loading = {module for module in modules if has_any(module, LOADS) and module.__name__ not in QUICK_ALL_THE_SAME}
    for item in items:
        if not STORES.isdisjoint(item.fixturenames) or item.module in starting:
            item.add_marker(pytest.mark.costly)
        if item.module in loading:
            item.add_marker(pytest.mark.loads)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BrowserTogether | None:
    return BrowserTogether(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What has been read to find the tests stays to the end: to look through it for what could be let go, again and
    again, takes two fifths of the finding, and a twentieth of all time after it."""
    gc.disable()
    found = yield
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()
    return found


def has_any(module: ModuleType, functions: Iterable[Callable]) -> bool:
    return any(value is function for value in vars(module).values() for function in functions)


@pytest.fixture(scope="session")
def store_once_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the frameworks and nothing else; for reading alone."""
    return copy_of_built(tmp_path_factory.mktemp("once") / "store", "--empty")


@pytest.fixture
def empty_store(store_once_built: Path, tmp_path: Path) -> Path:
    """A store of its own with the frameworks and nothing else."""
    return shutil.copytree(store_once_built, tmp_path / "store")


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo data; for reading alone."""
    return copy_of_built(tmp_path_factory.mktemp("demo") / "store")


@pytest.fixture(scope="session")
def published_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published facts and nothing invented: Malmö's projects of 2018, certified schools; for reading alone."""
    return copy_of_built(tmp_path_factory.mktemp("published") / "store", "--no-demo")


@pytest.fixture(scope="session")
def few_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo data of eight schools; for reading alone."""
    return copy_of_few(tmp_path_factory.mktemp("few") / "store")


@pytest.fixture
def few_copy(few_store: Path, tmp_path: Path) -> Path:
    """The demo data of eight schools in a store of its own."""
    return shutil.copytree(few_store, tmp_path / "few")


@pytest.fixture
def demo_copy(demo_store: Path, tmp_path: Path) -> Path:
    """The demo data in a store of its own."""
    return shutil.copytree(demo_store, tmp_path / "demo")
