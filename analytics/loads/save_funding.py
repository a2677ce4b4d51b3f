"""Saving what was edited on the screen: the same checks as for a file, one new version, and nobody's work written over.

Rows are edited as texts, a dictionary a row with the contract's column names. What is saved is only what was changed;
where somebody else has changed the same since the editor's version, nothing is saved and the editor is told what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from analytics.intake.files import Reading
from analytics.intake.raw import cleaned, text_column
from analytics.intake.readers import Sheet
from analytics.loads.funding import Cleared
from analytics.loads.load import Outcome, load
from analytics.loads.register_rows import Row, answer_key, columns_of, rows_of
from analytics.model.dialogue import Dialogues
from analytics.model.errors import KvalitetError
from analytics.model.funding import Budget, Funding, Participant, Partner, Payment, Question, Visit
from analytics.registers.kinds import table_name
from analytics.words.language import Words

PARTS: dict[str, type] = {
    "budgets": Budget,
    "payments": Payment,
    "partners": Partner,
    "participants": Participant,
    "visits": Visit,
}
"""The tables that hang on a project, by the name of their kind; each is saved whole for a project."""


@dataclass(frozen=True)
class Edits:
    """What was changed: the rows of projects that are new or other than before, projects taken away, each changed
    (table, project) whole, and answers (year, question) -> text, '' for one taken away."""

    projects: Sequence[Row] = ()
    removed: frozenset[str] = frozenset()
    tables: Mapping[tuple[str, str], Sequence[Row]] = field(default_factory=dict)
    answers: Mapping[tuple[int, Question], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that both changed: `part` is projects, narratives or one of PARTS; `about` the project id, or the year
    and question. The rows as the editor first saw them, and as they are now."""

    part: str
    about: str
    before: tuple[Row, ...]
    now: tuple[Row, ...]


class Conflict(KvalitetError):
    """Somebody else has changed the same meanwhile; nothing was saved."""

    def __init__(self, changes: Sequence[Changed]):
        super().__init__(f"{len(changes)} conflict(s)")
        self.changes = tuple(changes)


def save(folder: Path, edits: Edits, seen: Funding, say: Words, *, saved_by: str) -> Outcome:
    """Saves as one new version; raises Conflict, LoadRefused, StoreBusy or StoreBroken. `seen`: the register as the
    editor saw it when the edits began."""

    def unless(now: Funding, _: Dialogues) -> None:
        changes = conflicts(edits, seen, now)
        if changes:
            raise Conflict(changes)

    cleared = Cleared(
        rows={kind: frozenset(id_ for part, id_ in edits.tables if part == name) for name, kind in PARTS.items()},
        projects=edits.removed,
        narratives=frozenset((year, question.value) for (year, question), text in edits.answers.items() if not text),
    )
    return load(
        folder, _sheets(edits, say), Reading(), say, loaded_by=saved_by, action="edit", replace=True, cleared=cleared,
        unless=unless,
    )  # fmt: skip


def conflicts(edits: Edits, seen: Funding, now: Funding) -> tuple[Changed, ...]:
    """What the edits would write over that is no longer as the editor saw it."""
    projects = [("projects", row["project_id"]) for row in edits.projects] + [("projects", i) for i in edits.removed]
    removed = [(part, id_) for id_ in edits.removed for part in PARTS]
    answers = [("narratives", answer_key(year, question)) for year, question in edits.answers]
    found = []
    for part, about in [*projects, *removed, *edits.tables, *answers]:
        before, after = rows_of(seen, part, about), rows_of(now, part, about)
        if before != after:
            found.append(Changed(part, about, before, after))
    return tuple(found)


def _sheets(edits: Edits, say: Words) -> list[Sheet]:
    sheets = [_sheet(table_name("projects", say), "projects", edits.projects)]
    sheets += [_sheet(f"{table_name(part, say)}: {id_}", part, rows) for (part, id_), rows in edits.tables.items()]
    answers = [
        {"year": str(year), "question": question.value, "text": text}
        for (year, question), text in edits.answers.items()
        if text
    ]
    sheets.append(_sheet(table_name("narratives", say), "narratives", answers))
    return [sheet for sheet in sheets if len(sheet.rows)]


def _sheet(name: str, part: str, rows: Sequence[Row]) -> Sheet:
    headings = columns_of(part)
    columns = tuple(text_column([cleaned(row.get(heading, "")) for row in rows]) for heading in headings)
    digest = hashlib.sha256(repr([dict(row) for row in rows]).encode()).hexdigest()
    return Sheet(name, digest, headings, columns, np.arange(1, len(rows) + 1))
