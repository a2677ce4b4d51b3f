"""Which schools of a round a page shows: of a district and a stage, by name, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from analytics.maturity.rounds import schools_of_round
from analytics.model.schools import School
from analytics.words.language import Words
from analytics.words.schools import stage_name
from pages.ui import controls, notices
from pages.ui.content import Ask

Shown = TypeVar("Shown")

BY_LEVEL, BY_PACE = "varde", "takt"  # in the address, of the order of schools
PAGE = 100  # schools a picture; a nation's register is turned page by page


def schools_in(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> list[School]:
    """The round's schools that the viewer may see, in the district and stage asked for, by name."""
    there = schools_of_round(ask.view, ask.viewer, framework_id, year)
    return [
        school
        for school in ask.catalogue.schools
        if school.id in there and district in (None, school.district) and stage in (None, school.stage)
    ]


def among(found: Iterable[School], district: str | None, stage: str | None) -> list[str] | None:
    """The ids of the schools that are chosen, as a question takes them; None: all of the round."""
    return None if district is None and stage is None else [school.id for school in found]


def choose_page(ask: Ask, found: list[School]) -> int:
    """Which page of the schools, from 1; asked only where there is more than one."""
    if len(found) <= PAGE:
        return 1
    numbers = controls.as_they_are(range(1, -(-len(found) // PAGE) + 1))
    return int(controls.choose("page", ask.say("Page"), numbers, "1"))


def on_page(found: Sequence[Shown], page: int) -> Sequence[Shown]:
    return found[(page - 1) * PAGE : page * PAGE]


def page_words(say: Words, page: int) -> str:
    """What a file of one of several pages says of it; empty of the first."""
    return say("page {n}", n=page) if page > 1 else ""


def none_fits(say: Words) -> None:
    """Instead of the page where the district and the stage have no school in common."""
    notices.empty_state(say, say("No school fits the choices."), say("Choose another district or stage."))


def where(ask: Ask, district: str | None, stage: str | None) -> str:
    """The choice of district and stage in words; empty where all are shown."""
    return ", ".join(filter(None, [district, stage and stage_name(stage, ask.say)]))
