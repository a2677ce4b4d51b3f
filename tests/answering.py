"""What is asked of one version again and again is answered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from analytics.store.reading import View
from tests.sampling import NIGHTLY


@pytest.fixture(scope="package", autouse=True)
def answered_once() -> Iterator[None]:
    """By day an open version, which does not change, answers a question once: of those that a hundred pages of the same
    city ask, six in seven are the same. At night it answers each."""
    ask, answered = View.rows, WeakKeyDictionary()

    def rows(view: View, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple]:
        known, question = answered.setdefault(view, {}), (sql, repr(parameters))
        if question not in known:
            known[question] = ask(view, sql, parameters)
        return list(known[question])

    with pytest.MonkeyPatch.context() as patch:
        if not NIGHTLY:
            patch.setattr(View, "rows", rows)
        yield
