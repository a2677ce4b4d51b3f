"""What the files hold as it would be loaded, with everything that is wrong marked in its cell, once for its cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st
from markupsafe import Markup

from analytics.documents.marked_copy import CellMark, marked_copy
from analytics.intake.kinds import KINDS
from analytics.intake.readers import TextTable
from analytics.loads.corrected import corrected
from pages.data.imports import steps
from pages.data.imports.causes import Cause, CauseColumn, causes, columns_of, marks, without_switches
from pages.data.imports.held import HeldFile, Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.guarded import download

ROWS, COLUMNS = 12, 40  # of a file, that are shown
CAUSES, VALUES, PLACES, ROWS_NAMED = 30, 8, 4, 8  # that are listed
LONGEST = 80  # letters of a cell
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_preview(ask: Ask, one: Import) -> None:
    if one.trial is None:
        return
    say, found = ask.say, causes(one.trial.problems)
    if found:
        html.show(html.section_title(say("What must be corrected")))
        cells = sum(len(cause.where) for cause in found)
        text = say.plural("{n} place is wrong", "{n} places are wrong", cells)
        of = say.plural("{n} cause", "{n} causes", len(found))
        html.show(html.answer(say("{places}, for {causes}. Nothing is loaded before that.", places=text, causes=of)))
        html.show(html.joined(_cause_html(ask, cause, len(one.files)) for cause in found[:CAUSES]))
        if len(found) > CAUSES:
            html.show(html.note(say.plural("{n} more cause", "{n} more causes", len(found) - CAUSES)))
    for place, held in enumerate(one.files):
        if held.found.table is None or not _is_tried(one, held):
            continue
        wrong = marks(found, held.left.name)
        if not _headings(one, held, held.found.table, wrong):
            continue  # what is wrong is of the whole file, and nothing of it was read
        table = _table_html(ask, one, held, wrong)
        if wrong:
            html.show(table)
            _copies(ask, one, held, found, place)
        else:
            html.show(html.unfolded(say("The first rows of {file}", file=held.left.name), table))


def _is_tried(one: Import, held: HeldFile) -> bool:
    there = one.trial is not None and any(report.file == held.left.name for report in one.trial.reports)
    return there or (one.trial is not None and any(p.file == held.left.name for p in one.trial.problems))


def _cause_html(ask: Ask, cause: Cause, files: int) -> Markup:
    """The cause, what to do, the words that are wrong, and where they are."""
    say, parts = ask.say, []
    shown = [(say.quoted(word[:LONGEST]) if word else "", hint) for word, hint in cause.words[:VALUES]]
    more = len(cause.words) - VALUES
    shown += [(say.plural("{n} more", "{n} more", more), "")] if more > 0 else []
    if shown and cause.hint:
        parts.append(say("It says {values}.", values=say.listing([word for word, _ in shown])))
    else:  # what to do about each is a sentence of its own
        parts.append(" ".join(": ".join(filter(None, said)) + ("" if said[1] else ".") for said in shown))
    places = columns_of(cause)
    told = [_where(ask, place, files) for place in places[:PLACES]]
    if len(places) > PLACES:
        told.append(say.plural("{n} more column", "{n} more columns", len(places) - PLACES))
    parts.append("; ".join(filter(None, told)))
    count = say.plural("{n} place", "{n} places", len(cause.where))
    hint = " ".join(filter(None, [cause.hint, f"({count})"]))
    head = html.element("p", _number(cause), html.element("strong", cause.problem), f" {hint}")
    return html.element("div", head, *(html.note(part) for part in parts if part), class_="kd-cause")


def _where(ask: Ask, place: CauseColumn, files: int) -> str:
    """The column and its rows; the file too where there are several."""
    say = ask.say
    rows = ", ".join(map(str, place.rows[:ROWS_NAMED])) + (" …" if len(place.rows) > ROWS_NAMED else "")
    parts = [place.file if files > 1 else "", place.column[:LONGEST], say("row {row}", row=rows) if rows else ""]
    return ", ".join(filter(None, parts))


def _number(cause: Cause) -> Markup:
    return html.element("span", str(cause.number), class_="kd-number")


def _table_html(ask: Ask, one: Import, held: HeldFile, wrong: dict) -> Markup:
    """The first rows that have something wrong, else the first; without the columns that are left out."""
    say, table = ask.say, held.found.table
    assert table is not None
    headings = _headings(one, held, table, wrong)
    bad = {row for row, _ in wrong if row is not None}
    numbers = [row for row in table.rows.tolist() if row in bad][:ROWS] if bad else table.rows[:ROWS].tolist()
    places = {row: int(np.searchsorted(table.rows, row)) for row in numbers}
    head = html.element(
        "tr",
        html.column_head(say("Row"), "num"),
        *(html.element("th", _cell(heading, wrong.get((None, heading))), scope="col") for heading in headings),
    )
    rows = (
        html.element(
            "tr",
            html.element("td", str(row), class_="num"),
            *(
                html.element("td", _cell(table.column(heading)[at].as_py(), wrong.get((row, heading))))
                for heading in headings
            ),
        )
        for row, at in places.items()
    )
    caption = say("{file}: the first rows in which something is wrong", file=held.left.name)
    return html.table(head, rows, caption=caption if bad else None, name=held.left.name)


def _headings(one: Import, held: HeldFile, table: TextTable, wrong: dict) -> list[str]:
    reports = one.trial.reports if one.trial else ()
    taken = {heading for report in reports if report.file == held.left.name for heading, _ in report.taken}
    named = taken | {heading for _, heading in wrong}
    return [heading for heading in table.headings if heading in named][:COLUMNS]


def _cell(text: str, cause: Cause | None) -> Markup | str:
    short = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    if cause is None:
        return short
    return html.element("mark", short or "–", _number(cause), class_="kd-wrong-cell", title=cause.problem)


def _copies(ask: Ask, one: Import, held: HeldFile, found: Sequence[Cause], place: int) -> None:
    say, table = ask.say, held.found.table
    assert table is not None
    told = [
        CellMark(problem.row, problem.column or "", problem.value or "", cause.problem, without_switches(problem.hint))
        for cause in found
        for problem in cause.where
        if problem.file == held.left.name
    ]
    words = (say("Row"), say("Column"), say("Value"), say("What is wrong"), say("What to do"))

    def marked() -> bytes:
        columns = [column.to_pylist() for column in table.columns]
        return marked_copy(table.headings, columns, table.rows.tolist(), told, words, say("To correct"))

    def put_right() -> bytes:
        frameworks, schools = steps.frameworks_now(ask, one), ask.catalogue.schools
        kind = held.found.kind or ""
        right = corrected(table, kind, steps.taken_of(one, held), one.framework, frameworks, schools, say)
        marks_there = [replace(mark, column=right.called.get(mark.column, mark.column)) for mark in told]
        return marked_copy(right.headings, right.columns, table.rows.tolist(), marks_there, words, say("To correct"))

    file, stem = html.unmarked(held.left.name[:LONGEST]), held.left.name.rpartition(".")[0] or held.left.name
    to_mend, done = say("to correct"), say("put right")
    with st.container(key=f"copy_{place}"):
        label = say("Download {file} with the cells marked (Excel)", file=file)
        download(ask, label, marked, f"{stem}-{to_mend}", ".xlsx", XLSX, key=f"marked_{place}", version=None)
        if held.found.kind in KINDS and steps.taken_of(one, held):
            label = say("Download {file} put right as far as can be without guessing (Excel)", file=file)
            download(ask, label, put_right, f"{stem}-{done}", ".xlsx", XLSX, key=f"right_{place}", version=None)
            text = say(
                "Put right: headings, schools, criteria and levels that were understood are written as the "
                "program writes them. The rest stands as it was, with its cells marked; correct those, and "
                "leave the file here."
            )
            html.show(html.note(text))
