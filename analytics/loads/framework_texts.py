"""A framework as it is typed: one text a field.

A field's name says where it belongs: `valid_to`; `areas.r5f1c0a2b.title_sv`, of the area whose id has that sum (an id
may hold any letter, a field's name may not); what is new has an n before a token of its own (`criteria.rn8f3c21.id`),
as in dialogue_rows. `...removed`: taken away. In which order they stand is a field of its own: who moves one row has
touched no other.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analytics.documents.framework_file import plan_toml
from analytics.loads.dialogue_rows import Texts
from analytics.model.frameworks import Bilingual, Change, Criterion, Framework

AREAS, CRITERIA = "areas", "criteria"
ORDER = "_order"  # `areas_order`: the parts of all its rows in their order, with blanks between
PLACE = "place"  # of a row: a place that was typed and is no number; else it has its own by the order
AREA = ("id", "title_sv", "title_en", PLACE)
CRITERION = ("id", "area", "title_sv", "title_en", "previous", "change", "note_sv", "note_en", "asked", PLACE)
BEGUN = "begun"  # the field by which a new row is there before anything is typed in it
BETWEEN = "|"  # those who are asked
PLAN = "plan"  # as its file has it: aims, suggested actions, certification
CALENDAR_YEAR, SCHOOL_YEAR = "calendar", "school"


def texts_of(framework: Framework, *, new: bool = False) -> dict[str, str]:
    """The framework by field; `new`: none of it is saved yet."""
    source, note, goal = framework.source, framework.note, framework.goal
    texts = {
        "id": framework.id,
        **_both("title", framework.title),
        "issuer": framework.issuer,
        "valid_from": str(framework.valid_from),
        "valid_to": _or_nothing(framework.valid_to),
        "previous": framework.previous or "",
        "scale_min": str(framework.scale_min),
        "levels_sv": "\n".join(framework.labels_sv),
        "levels_en": "\n".join(framework.labels_en),
        "goal_level": str(goal.level),
        "goal_statistic": goal.statistic,
        "goal_share": _or_nothing(goal.share),
        "goals_month": str(framework.calendar.goals),
        "follow_up_month": str(framework.calendar.follow_up),
        "rating_month": _or_nothing(framework.calendar.rating),
        "period": SCHOOL_YEAR if framework.calendar.school_year else CALENDAR_YEAR,
        PLAN: plan_toml(framework),
        **_both("source", source),
        **_both("note", note),
    }
    for area in framework.areas:
        own = {"id": area.id, **_both("title", area.title)}
        texts.update({f"{part_of(AREAS, area.id, new=new)}.{name}": text for name, text in own.items()})
    for criterion in framework.criteria:
        part = part_of(CRITERIA, criterion.id, new=new)
        texts.update({f"{part}.{name}": text for name, text in _criterion_texts(criterion).items()})
    return texts | {f"{kind}{ORDER}": _listed(rows_in(texts, kind)) for kind in (AREAS, CRITERIA)}


def part_of(kind: str, id_: str, *, new: bool = False) -> str:
    """The first part of the names of a row's fields."""
    return f"{kind}.r{'n' if new else ''}{zlib.crc32(id_.encode()):08x}"


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """An area or a criterion as it stands in the editor: its `part` of the fields' names, its texts by column."""

    part: str
    texts: Mapping[str, str]

    @property
    def id(self) -> str:
        """Its id; '' where nobody has said one."""
        return self.texts["id"].strip()

    @property
    def empty(self) -> bool:
        return not any(text.strip() for text in self.texts.values())


def rows_in(texts: Texts, kind: str) -> tuple[FrameworkRow, ...]:
    """The areas, or the criteria, in their order; what it does not say comes last."""
    there = dict.fromkeys(name.rpartition(".")[0] for name in texts if name.startswith(f"{kind}."))
    parts = {part: None for part in texts.get(f"{kind}{ORDER}", "").split() if part in there} | there
    columns = AREA if kind == AREAS else CRITERION
    return tuple(FrameworkRow(part, {name: texts.get(f"{part}.{name}", "") for name in columns}) for part in parts)


def area_named(texts: Texts, word: str) -> FrameworkRow | None:
    """The area that a criterion says it is in, by its id or what it is called."""
    rows, word = rows_in(texts, AREAS), word.strip().casefold()
    return next(
        (row for name in AREA for row in rows if word and row.texts[name].strip().casefold() == word), None
    )  # fmt: skip


def rows_together(texts: Texts, kind: str) -> dict[str, list[FrameworkRow]]:
    """Area (its part) -> its criteria, in the order that the framework will have them, those that are in no area last
    (''); the areas are one list, under ''."""
    if kind == AREAS:
        return {"": list(rows_in(texts, AREAS))}
    found: dict[str, list[FrameworkRow]] = {row.part: [] for row in rows_in(texts, AREAS)} | {"": []}
    for row in rows_in(texts, CRITERIA):
        area = area_named(texts, row.texts["area"])
        found[area.part if area else ""].append(row)
    return found


def order_with(texts: Texts, kind: str, places: Mapping[str, int]) -> str:
    """The order in which these rows have these places, 1 the first: areas among all, criteria in their area. The others
    go round them; of two that are given the same, the former goes first."""
    rows = []
    for those in rows_together(texts, kind).values():
        own, at = [row for row in those if row.part not in places], -1
        for row in sorted((row for row in those if row.part in places), key=lambda row: places[row.part]):
            at = max(places[row.part] - 1, at + 1)
            own.insert(at, row)
        rows += own
    return _listed(rows)


def _listed(rows: Iterable[FrameworkRow]) -> str:
    return " ".join(row.part for row in rows)


def words_differ(framework: Framework, before: Framework | None) -> Iterator[tuple[Criterion, Criterion]]:
    """The criteria that are said to be in the same words as the one before, and are not, each with that one: a line
    would run through two questions."""
    olds = {criterion.id: criterion for criterion in before.criteria} if before else {}
    for criterion in framework.criteria:
        old = olds.get(criterion.previous or "")
        if old and criterion.change is Change.IDENTICAL and criterion.title != old.title:
            yield criterion, old


def _criterion_texts(criterion: Criterion) -> dict[str, str]:
    known = criterion.change is not Change.NEW and criterion.previous is not None
    return {
        "id": criterion.id,
        "area": criterion.area,
        **_both("title", criterion.title),
        "previous": criterion.previous or "" if known else "",
        "change": criterion.change.value if known else "",
        **_both("note", criterion.note),
        "asked": BETWEEN.join(criterion.asked),
    }


def _both(name: str, text: Bilingual | None) -> dict[str, str]:
    return {f"{name}_sv": text.sv if text else "", f"{name}_en": text.en if text else ""}


def _or_nothing(value: object) -> str:
    return "" if value is None else str(value)
