"""Random cities are loaded once for all the tests that look at them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from analytics.store.reading import View
from tests.maturity.random_worlds import random_history, random_world
from tests.maturity.worlds import publish


@pytest.fixture(scope="session")
def random_view(tmp_path_factory) -> Callable[[int], View]:
    """seed -> the view that random_world(seed) makes."""
    return cache(lambda seed: publish(random_world(seed), tmp_path_factory.mktemp(f"world-{seed}")))


@pytest.fixture(scope="session")
def history_view(tmp_path_factory) -> Callable[[int], View]:
    """seed -> the view that random_history(seed) makes."""
    return cache(lambda seed: publish(random_history(seed), tmp_path_factory.mktemp(f"history-{seed}")))
