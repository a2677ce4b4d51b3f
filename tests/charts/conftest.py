"""Every picture that a test here draws is held to the contrasts that texts and marks must have, in both themes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analytics.charts import style
from tests.charts.reading import hard_to_see

MEASURED = 5  # of those that one test draws: a test of examples draws hundreds that are alike


@pytest.fixture(autouse=True)
def _seen_by_everybody(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    drawn: list[style.Picture] = []

    class Measured(style.Picture):
        def __init__(self, *given, **properties):
            super().__init__(*given, **properties)
            if len(drawn) < MEASURED:
                drawn.append(self)

    monkeypatch.setattr(style, "Picture", Measured)
    yield
    assert [wrong for picture in drawn if (wrong := hard_to_see(picture.to_dict()))] == []
