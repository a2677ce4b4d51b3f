"""Kolada's figures as its API, version 3, gives them: pages of `values`, each a figure of a unit (`ou`) or municipality
in a period, by gender; beside them, in the same file, what units and figures are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from analytics.intake.limits import check_rows
from analytics.intake.raw import FileProblem, RawTable, Unreadable, cleaned, number_text, text_column
from analytics.words.language import Words

OF_KOLADA = ("kpi", "measure", "ou", "school", "municipality", "period", "value")
TOTAL = "T"  # both genders: a school's context is not told by gender


def kolada_of_json(value: Any, say: Words) -> RawTable | None:
    """The totals in a page, or in a list of pages; None where it is something else. Raises Unreadable where it is
    Kolada's and has none."""
    pages = value if isinstance(value, list) else [value]
    if not pages or not all(isinstance(page, dict) and isinstance(page.get("values"), list) for page in pages):
        return None
    things = [thing for page in pages for thing in page["values"] if isinstance(thing, dict)]
    called = {thing["id"]: thing["title"] for thing in things if _is_text(thing, "id") and _is_text(thing, "title")}
    figures = [thing for thing in things if _is_text(thing, "kpi") and isinstance(thing.get("values"), list)]
    if not figures:
        if all("count" in page for page in pages) and len(called) == len(things):
            raise _no_figures(bool(things), say)
        return None
    rows = [row for figure in figures for row in _rows(figure, called)]
    if not rows:
        raise _no_totals(say)
    check_rows(len(rows), say)
    columns = zip(*rows, strict=True)
    cells = tuple(text_column([cleaned(cell) for cell in column]) for column in columns)
    more = say("Kolada has more than the file: its last page says that another follows.")
    notes = (more,) if pages[-1].get("next_url") else ()
    return RawTable(list(OF_KOLADA), cells, np.arange(1, len(rows) + 1), notes)


def _rows(figure: dict, called: dict[str, str]) -> Iterator[tuple[str, ...]]:
    kpi, unit = str(figure["kpi"]), str(figure.get("ou") or "")
    for one in figure["values"]:
        if not isinstance(one, dict) or one.get("gender") != TOTAL or one.get("isdeleted") or one.get("is_deleted"):
            continue
        value = one.get("value")
        if value is None:
            continue
        place, period = str(figure.get("municipality") or ""), str(figure.get("period") or "")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        written = number_text(float(value)) if number else repr(value)  # told as no number
        yield kpi, called.get(kpi) or kpi, unit, called.get(unit) or unit, place, period, written


def _no_figures(names: bool, say: Words) -> Unreadable:
    if names:
        text = say("The file holds what Kolada's units or measures are called, and no figures.")
    else:
        text = say("Kolada's answer holds no figures.")
    hint = say("Put its pages in one list with those of the figures, or take the command: kvalitet fetch kolada.")
    return Unreadable(FileProblem(text, hint))


def _no_totals(say: Words) -> Unreadable:
    text = say(
        "The file has no figure of girls and boys together: what it has is of the one or the other, empty, or taken"
        " away."
    )
    return Unreadable(FileProblem(text, say("Ask Kolada for the figures of all (gender T).")))


def _is_text(thing: dict, name: str) -> bool:
    return isinstance(thing.get(name), str) and bool(thing[name])
