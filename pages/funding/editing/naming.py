"""What the fields and rows of the funding register are called on the page."""

from __future__ import annotations

import json

from analytics.loads.dialogue_rows import REMOVED, Texts
from analytics.loads.funding_texts import PROJECT, EditedRegister, EditedRow, answer_key
from analytics.registers.administrations import ADMINISTRATIONS
from analytics.registers.field import RowKind, field_label
from analytics.registers.funding import FUNDING, PROJECTS
from analytics.registers.kinds import KIND
from analytics.words.labels import label_of
from pages.funding.editing.reading import read_text
from pages.ui.content import Ask

SHOWN = 3  # texts that tell which row is meant


def project_title(now: EditedRegister, project: str) -> str:
    """A project by its title, else its id."""
    titles = (row.texts["title"].strip() for row in now.of(PROJECTS) if row.texts[PROJECT] == project)
    return next(titles, "") or project


def administration_title(now: EditedRegister, administration: str) -> str:
    """An administration by its name, else its id."""
    rows = (row.texts for row in now.of(ADMINISTRATIONS) if row.texts["administration_id"] == administration)
    return next((texts["name"].strip() for texts in rows), "") or administration


def table_name(ask: Ask, now: EditedRegister, kind: RowKind, project: str) -> str:
    """Payments – Hållbar hälsa."""
    title = ask.say.marked(kind.title)
    return title if kind is PROJECTS or not project else f"{title} – {project_title(now, project)}"


def row_name(ask: Ask, now: EditedRegister, row: EditedRow) -> str:
    """Payments – Hållbar hälsa, row 3 (2019, Askskolan)."""
    kind = KIND[row.part.partition(".")[0]]
    project = row.project
    shown = now.of(kind, project if project and kind is not PROJECTS else None)
    where = ask.say("{table}, row {row}", table=table_name(ask, now, kind, project), row=shown.index(row) + 1)
    told = recognised_by(ask, kind, row.texts)
    return f"{where} ({told})" if told else where


def recognised_by(ask: Ask, kind: RowKind, row: Texts) -> str:
    """The texts by which people know a row: what it must say, but for which project it is of."""
    names = ["title"] if kind is PROJECTS else [f.name for f in kind.columns if f.required and f.name != PROJECT]
    texts = [written(ask, kind, name, row[name]) for name in names if row.get(name, "").strip()]
    return ", ".join(texts[:SHOWN])


def field_name(ask: Ask, now: EditedRegister, field: str) -> str:
    """Where a field stands: its row and its column."""
    if key := answer_key(field):
        year, question, whose = key
        name = f"{label_of(question, ask.say)} {year}"
        return f"{name} – {administration_title(now, whose)}" if whose else name
    part, _, column = field.rpartition(".")
    kind = KIND[part.partition(".")[0]]
    row = next((row for row in now.of(kind) if row.part == part), None)
    name = row_name(ask, now, row) if row else ask.say.marked(kind.title)
    return name if column == REMOVED else f"{name}: {column_label(ask, column)}"


def column_label(ask: Ask, name: str) -> str:
    return next((field_label(kind.field(name), ask.say) for kind in FUNDING if kind.has(name)), name)


def written(ask: Ask, kind: RowKind, column: str, text: str) -> str:
    """A text as people write its value; as it stands where it cannot be read."""
    if not text.strip() or not kind.has(column) or column == PROJECT:
        return text
    return read_text(ask, kind.name, column, text).written or text


def field_written(ask: Ask, field: str, text: str) -> str:
    """A field's text as people read it; of a row that is taken away, what stood there."""
    part, _, column = field.rpartition(".")
    if not part or not text:
        return text
    if column != REMOVED:
        return written(ask, KIND[part.partition(".")[0]], column, text)
    if not text.startswith("{"):
        return ask.say("removed")
    lines = []
    for name, own in json.loads(text).items():
        its_part, _, its_column = name.rpartition(".")
        if own:
            kind = KIND[its_part.partition(".")[0]]
            lines.append(f"{column_label(ask, its_column)}: {written(ask, kind, its_column, own)}")
    return "; ".join(lines)
