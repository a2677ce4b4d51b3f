"""The dialogue's page: what it answers, and the figure that it suggests that a goal starts from."""

from __future__ import annotations

from datetime import date

import pytest

from pages.quality import dialogue
from pages.ui.content import Ask

ABOUT = ("basaltskolan", "vebs-2022", 2025)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("2035-12-01", "is planned for 1 December 2035"),
        ("2026-11-23", "is planned for 23 November 2026"),
        ("2026-11-22", "was held on 22 November 2026"),
        ("2025-02-10", "was held on 10 February 2025"),
    ],
)
def test_a_dialogue_whose_day_is_to_come_is_planned_and_not_held(ask, held, said):
    framework = ask.catalogue.framework(ABOUT[1])
    answer = dialogue._answer(ask, framework, ABOUT, {"held": held}, TODAY)
    assert answer.startswith(f"The dialogue 2025 with Basaltskolan {said}. Nothing is agreed yet.")
