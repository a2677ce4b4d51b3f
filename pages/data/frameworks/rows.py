"""A framework's areas and criteria, each in a grid: a row of texts, pasted from Excel if need be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from analytics.loads.dialogue_rows import REMOVED, Texts, all_of, identity, is_new
from analytics.loads.framework_texts import (
    AREAS,
    BEGUN,
    CRITERIA,
    ORDER,
    PLACE,
    FrameworkRow,
    order_with,
    rows_in,
    rows_together,
)
from analytics.model.errors import Problem
from analytics.model.frameworks import Change
from analytics.store.drafts import Typed
from analytics.words.frameworks import CHANGE
from pages.data.frameworks.wording import ROW_LABEL, FrameworkWording
from pages.ui import kept_drafts
from pages.ui.forms import Form, as_it_is_now
from pages.ui.grid.grid import GridCell, GridColumn, GridRow, grid
from pages.ui.grid.operations import CellTyped, Operation, RowAdded, RowRemoved, RowRestored

COLUMNS = {
    AREAS: (PLACE, "title_sv", "title_en"),
    CRITERIA: ("id", "area", PLACE, "title_sv", "previous", "change", "title_en", "note_sv", "note_en"),
}
LONG = frozenset(("title_sv", "title_en", "note_sv", "note_en"))  # of areas too: they are read in full
REQUIRED = frozenset(("id", "area", "title_sv"))


def draw_rows(
    current: Form, kind: str, caption: str, wording: FrameworkWording, problems: Mapping[str, Problem]
) -> None:
    """The areas, or the criteria; `problems`: what is wrong, by field."""
    names = COLUMNS[kind]
    if kind == CRITERIA and wording.before is None:
        names = tuple(name for name in names if name not in ("previous", "change"))
    there, now = _there(current), _places(current.saved, kind)
    places = _places(there, kind)
    moved = {part for part, place in places.items() if part in now and place != now[part]}
    ordered = [row for those in rows_together(there, kind).values() for row in those]
    rows = [_row(current, row, n, names, wording, problems, places, moved) for n, row in enumerate(ordered, 1)]
    columns = [_column(name, kind, wording) for name in names]
    take_in = partial(_take_in, current, kind, wording)
    grid(wording.say, f"{kind} {current.about}", caption, columns, rows, take_in, keys=kind == CRITERIA)


def _row(
    current: Form,
    row: FrameworkRow,
    number: int,
    names: Sequence[str],
    wording: FrameworkWording,
    problems: Mapping[str, Problem],
    places: Mapping[str, int],
    moved: set[str],
) -> GridRow:
    changed = {name for name in names if f"{row.part}.{name}" in current.typed}
    changed |= {PLACE} if row.part in moved else set()
    added = f"{row.part}.{BEGUN}" in current.typed
    return GridRow(
        row.part.partition(".r")[2],
        {name: _cell(row, name, wording, problems.get(f"{row.part}.{name}"), places) for name in names},
        number,
        new=added,
        removed=f"{row.part}.{REMOVED}" in current.typed,
        changed=frozenset(changed if not is_new(row.part) or added else ()),
        fixed=frozenset() if is_new(row.part) else frozenset({"id"}),
    )


def _there(current: Form) -> Texts:
    """With the rows that are taken away, which stand where they stood."""
    return {**current.saved, **{name: one.text for name, one in current.typed.items()}}


def _places(texts: Texts, kind: str) -> dict[str, int]:
    """Each row's place: of an area among all, of a criterion in its area."""
    return {row.part: n for rows in rows_together(texts, kind).values() for n, row in enumerate(rows, 1)}


def _is_place(text: str) -> bool:
    """Whether it is a number that a row may have; one beyond the last is the last."""
    return text.isdecimal() and len(text) < 5 and int(text) > 0


def _cell(
    row: FrameworkRow, name: str, wording: FrameworkWording, problem: Problem | None, places: Mapping[str, int]
) -> GridCell:
    text = row.texts[name] or (str(places[row.part]) if name == PLACE else "")
    if problem:
        return GridCell(wording.shown(name, text), problem=problem.problem, hint=problem.hint)
    old = wording.olds.get(text, "").removeprefix(text).strip() if name == "previous" else ""
    same = old == row.texts[f"title_{wording.say.language}"]
    return GridCell(wording.shown(name, text), read="" if same else old)


def _column(name: str, kind: str, wording: FrameworkWording) -> GridColumn:
    say = wording.say
    suggestions: tuple[str, ...] = ()
    if name == "area":
        areas = rows_in(wording.texts, AREAS)
        suggestions = tuple(wording.shown("area", row.id or row.texts["title_sv"]) for row in areas)
    elif name == "previous":
        suggestions = tuple(wording.olds.values())
    elif name == "change":
        suggestions = tuple(say.marked(CHANGE[change]) for change in Change if change is not Change.NEW)
    label = say("Place in the area") if name == PLACE and kind == CRITERIA else say.marked(ROW_LABEL[name])
    return GridColumn(name, label, suggestions=suggestions, long=name in LONG, required=name in REQUIRED)


def _take_in(current: Form, kind: str, wording: FrameworkWording, operations: Sequence[Operation]) -> None:
    """Keeps what was done in a grid, all of it or nothing. What is typed stands on what was drawn."""
    now = as_it_is_now(current)
    kept: dict[str, Typed] = {}
    places: dict[str, int] = {}
    forgotten: list[str] = []

    def put(field: str, text: str) -> None:
        part, _, name = field.rpartition(".")
        if name == PLACE and (not text or _is_place(text)):
            kept.pop(field, None)
            forgotten.append(field)
            if text:
                places[part] = int(text)
            return
        kept[field] = Typed(now.before(field), text, identity(now.saved, field))

    for operation in operations:
        part = f"{kind}.r{operation.row}"
        match operation:
            case CellTyped(_, name, text):
                put(f"{part}.{name}", wording.read(name, text))
            case RowAdded(_, texts):
                for name, text in {BEGUN: "yes", **texts}.items():
                    put(f"{part}.{name}", wording.read(name, text))
            case RowRemoved():
                removed = f"{part}.{REMOVED}"
                kept[removed] = Typed(all_of(now.saved, part), "yes", identity(now.saved, removed))
            case RowRestored():
                kept.pop(f"{part}.{REMOVED}", None)
                forgotten.append(f"{part}.{REMOVED}")
    if places:
        there = {**_there(now), **{name: one.text for name, one in kept.items()}}
        put(f"{kind}{ORDER}", order_with(there, kind, places))
    kept_drafts.keep_all(current.about, kept, [name for name in forgotten if name not in kept])
