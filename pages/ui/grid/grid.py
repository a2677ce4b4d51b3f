"""A table that is edited in place, of plain texts: what is typed or pasted stands as it is, and beside it what the page
says that it was read as. Ours, as st.data_editor's typed columns read before we do and save something else.

The component knows of no register, money or date. It is drawn with texts, and says what was done to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.components.v2 import component

from analytics.words.language import Words
from pages.ui.grid.operations import MOST_CHARACTERS, MOST_ROWS, MOST_SENT, OnOperations, OperationLog
from pages.ui.grid.wording import said_in

HERE = Path(__file__).parent
PARTS = ("clipboard", "outbox", "problems", "sheet", "selecting", "keys", "pasting", "editing", "grid")  # in this order
SCRIPTS = tuple(f"{name}.js" for name in PARTS)  # one module
LEDGERS = "grid_ledgers"  # in the session: key -> (Ledger, what to call with its operations)

_component = component(
    "kvalitetsdialog.grid",
    css=(HERE / "grid.css").read_text("utf-8"),
    js="\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS),
)


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A field and how it is shown. `suggestions` are offered, and any other text may be typed; `long` texts may have
    several lines."""

    name: str
    label: str
    help: str = ""
    numeric: bool = False
    suggestions: tuple[str, ...] = ()
    long: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A text as it was typed, what it was `read` as where that is worth saying, what is wrong and what to do."""

    text: str = ""
    read: str = ""
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row by its id and by the `number` that people know it by; `cells`: field -> Cell, empty where there is none.
    A `removed` row is struck through until it is saved or comes back; `changed` fields are not saved yet; `fixed` ones
    may not be changed."""

    id: str
    cells: Mapping[str, GridCell]
    number: int
    new: bool = False
    removed: bool = False
    changed: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()


def grid(
    say: Words,
    key: str,
    caption: str,
    columns: Sequence[GridColumn],
    rows: Sequence[GridRow],
    on_operations: OnOperations,
    *,
    keys: bool = True,
) -> None:
    """Draws the grid; `on_operations` is called with what the browser has done, before the page is drawn again.

    `key` names what is edited, the same before and after a save: with another one the grid is another one, and what is
    on its way from the browser finds nobody. `on_operations` may be given what it has done before, after a reload; it
    keeps what it is given before it returns, as the browser then forgets it. `keys`: with what the keys do below it,
    which one grid of a page tells for all.
    """
    ledger, _ = _ledgers().setdefault(key, (OperationLog(), on_operations))
    _ledgers()[key] = (ledger, on_operations)
    if _take_in(key):  # where the callback was not run: in a run that something else had cut short
        st.rerun()
    ledger.drawn([column.name for column in columns], {row.id: row.fixed for row in rows})
    _component(
        key=key,
        data={
            "key": key,
            "book": ledger.book,
            "seen": ledger.seen,
            "refused": ledger.refused,
            **as_data(say, caption, columns, rows, keys=keys),
        },
        on_ops_change=partial(_has_sent, key),
    )


def take_in_all() -> None:
    """Has done what the browser has sent of any grid. To be called first by whatever a button does with what grids hold
    (saves it, throws it away): of one message's callbacks, Streamlit runs the button's first and then the grid's."""
    for key in _ledgers():
        _take_in(key)


def as_data(
    say: Words, caption: str, columns: Sequence[GridColumn], rows: Sequence[GridRow], *, keys: bool = True
) -> dict:
    """What the browser draws, as JSON has it."""
    return {
        "caption": caption,
        "columns": [_column(column) for column in columns],
        "rows": [_row(row, columns) for row in rows],
        "most": {"characters": MOST_CHARACTERS, "rows": MOST_ROWS, "sent": MOST_SENT},
        "words": said_in(say, MOST_CHARACTERS, MOST_ROWS, keys=keys),
    }


def _has_sent(key: str) -> None:
    """Runs before the page is drawn."""
    _take_in(key)


def _take_in(key: str) -> bool:
    ledger, on_operations = _ledgers()[key]
    state = st.session_state.get(key)
    return ledger.take_in(state.get("ops") if isinstance(state, Mapping) else None, on_operations)


def _ledgers() -> dict[str, tuple[OperationLog, Callable]]:
    return st.session_state.setdefault(LEDGERS, {})


def _column(column: GridColumn) -> dict:
    return {name: value for name in GridColumn.__slots__ if (value := getattr(column, name))}


def _row(row: GridRow, columns: Sequence[GridColumn]) -> dict:
    said = {"id": row.id, "number": row.number, "cells": [_cell(row.cells.get(column.name)) for column in columns]}
    flags = {"new": row.new, "removed": row.removed, "changed": sorted(row.changed), "fixed": sorted(row.fixed)}
    return said | {name: value for name, value in flags.items() if value}


def _cell(cell: GridCell | None) -> str | list[str]:
    """The text alone where nothing is said of it: most cells of most grids."""
    if cell is None:
        return ""
    said = [cell.text, cell.read, cell.problem, cell.hint]
    return said if any(said[1:]) else cell.text
