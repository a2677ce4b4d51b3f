"""The funding register as it is typed: one text a field, and how the fields become rows of the register's kinds.

A field's name says where it belongs: `payments.r3-12.amount_sek` is of the payment with that id in the store; what is
new has an n before a token of its own (`payments.rn8f3c21.unit`), so that two people's new ones are never taken for
each other, and is saved under that token: a draft that two hold is saved once. `payments.r3-12.removed`: taken away.
An answer has no row to belong to: `answer 2018 priorities`, and of one administration of several `answer 2018
priorities grundskola`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote

from analytics.loads.dialogue_rows import REMOVED, Texts, is_new
from analytics.loads.register_rows import Row, as_text, texts_of_row
from analytics.model.funding import ReportQuestion
from analytics.registers.administrations import ADMINISTRATIONS, REPORT_PARTS
from analytics.registers.field import RowKind
from analytics.registers.funding import ACKNOWLEDGEMENTS, BUDGETS, PARTICIPANTS, PARTNERS, PAYMENTS, PROJECTS, VISITS
from analytics.registers.kinds import KIND
from analytics.registers.of_the_year import COOPERATIONS
from analytics.store.drafts import Typed
from analytics.store.registers import Registers

HANGING = (BUDGETS, PAYMENTS, PARTNERS, PARTICIPANTS, VISITS)
"""The kinds whose rows hang on a project."""
OF_PROJECTS = (*HANGING, ACKNOWLEDGEMENTS)
"""Those whose rows are saved a project at a time; what is acknowledged of a whole year is of none ('')."""
STANDING = (ADMINISTRATIONS, COOPERATIONS, REPORT_PARTS)
"""The kinds that are of no project."""
TABLES = (ADMINISTRATIONS, PROJECTS, *OF_PROJECTS, COOPERATIONS, REPORT_PARTS)
PROJECT = "project_id"
BEGUN = "begun"  # the field by which a new row is there before anything is typed in it
ANSWER = "answer"
AnswerKey = tuple[int, ReportQuestion, str]
"""An answer's year, question and administration ('' where it names none)."""


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row as it stands in an editor: its `part` of the fields' names, its texts by column, whether it is removed."""

    part: str
    texts: Row
    removed: bool = False

    @property
    def new(self) -> bool:
        return is_new(self.part)

    @property
    def id(self) -> str:
        """What the store calls the row, or will."""
        return self.part.rpartition(".")[2][2 if self.new else 1 :]

    @property
    def project(self) -> str:
        """The project that it is, or is of; '' where it is of none."""
        return self.texts.get(PROJECT, "")

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it but which project it would be of."""
        return not any(text.strip() for name, text in self.texts.items() if name != PROJECT)


@dataclass(frozen=True)
class EditedRegister:
    """The register's rows as they stand in an editor, by kind, in their order, and the answers."""

    rows: Mapping[str, tuple[EditedRow, ...]] = field(default_factory=dict)
    answers: Mapping[AnswerKey, str] = field(default_factory=dict)

    def of(self, kind: RowKind, project: str | None = None) -> tuple[EditedRow, ...]:
        """A kind's rows, of one project where it is named, those taken away too."""
        rows = self.rows.get(kind.name, ())
        return rows if project is None else tuple(row for row in rows if row.project == project)

    def there(self, kind: RowKind, project: str | None = None) -> tuple[EditedRow, ...]:
        """Those that a save would leave: not taken away, nor of a project that is, nor empty."""
        gone = self.projects_gone
        return tuple(
            row
            for row in self.of(kind, project)
            if not row.removed and not row.empty and (kind is PROJECTS or row.project not in gone)
        )

    @property
    def projects_gone(self) -> frozenset[str]:
        """Those that a save would take away: one that another has come in place of is there."""
        rows = self.of(PROJECTS)
        there = {row.texts[PROJECT].strip() for row in rows if not row.removed}
        return frozenset(row.texts[PROJECT] for row in rows if row.removed and row.texts[PROJECT] not in there)


def answer_field(year: int, question: ReportQuestion, administration: str = "") -> str:
    return f"{ANSWER} {year} {question.value} {_without_points(administration)}".rstrip()


def answer_key(field: str) -> AnswerKey | None:
    """Which answer a field is; None where it is another field."""
    if not field.startswith(f"{ANSWER} "):
        return None
    _, year, question, *administration = field.split(" ")
    return int(year), ReportQuestion(question), unquote("".join(administration))


def part_row(year: int, administration: str) -> str:
    """The token of a new row of an administration's part: two people who begin the same one begin one row."""
    return f"npart-{year}-{_without_points(administration)}"


def _without_points(id_: str) -> str:
    """An id as a part of a field's name, where points part rows from columns."""
    return id_.replace("%", "%25").replace(".", "%2E")


def part_of(kind: str, row: str) -> str:
    """The first part of the names of a row's fields, by its id in the store or, of a new one, its token with its n."""
    return f"{kind}.r{row}"


def texts_of(registers: Registers) -> dict[str, str]:
    """The register as it is saved."""
    texts = {}
    for kind in TABLES:
        for kept in registers.of(kind):
            part = part_of(kind.name, kept.id)
            texts.update({f"{part}.{name}": text for name, text in texts_of_row(kind, kept.row).items()})
    for narrative in registers.funding.narratives:
        field = answer_field(narrative.year, narrative.question, narrative.administration or "")
        texts[field] = as_text(narrative.text)
    return texts


def edited(saved: Texts, typed: Mapping[str, Typed]) -> EditedRegister:
    """The register with what is typed in it. What was typed in a row that others have taken away has no place."""
    both = {**saved, **{name: one.text for name, one in typed.items()}}
    parts: dict[str, dict[str, str]] = {}
    answers = {}
    for name, text in both.items():
        part, _, column = name.rpartition(".")
        if part:
            parts.setdefault(part, {})[column] = text
        elif key := answer_key(name):
            answers[key] = text
    known = {name.rpartition(".")[0] for name in saved}
    rows: dict[str, list[EditedRow]] = {}
    for part, texts in parts.items():
        kind = KIND.get(part.partition(".")[0])
        if kind in TABLES and (part in known or is_new(part)):
            own = {column.name: texts.get(column.name, "") for column in kind.columns}
            rows.setdefault(kind.name, []).append(EditedRow(part, own, bool(texts.get(REMOVED))))
    return EditedRegister({name: tuple(own) for name, own in rows.items()}, answers)


def signed(typed: Mapping[str, Typed], who: str, on: date) -> dict[str, Typed]:
    """What is typed, with who saves it and when in the remarks that are acknowledged in it."""
    by = {"acknowledged_by": Typed("", who), "acknowledged_on": Typed("", on.isoformat())}
    begun = (name.rpartition(".")[0] for name in typed if name.endswith(f".{BEGUN}"))
    own = [part for part in begun if part.startswith(f"{ACKNOWLEDGEMENTS.name}.")]
    return {**{f"{part}.{name}": text for part in own for name, text in by.items()}, **typed}


def changed_tables(before: EditedRegister, after: EditedRegister) -> Iterator[tuple[RowKind, str]]:
    """The kinds and projects ('' for what is of none) whose rows a save would make other than they are."""
    gone = after.projects_gone
    for kind in (*OF_PROJECTS, *STANDING):
        was, now = _said(before, kind), _said(after, kind)
        for project in {row.project: None for whole in (before, after) for row in whole.of(kind)}:
            if project not in gone and was.get(project) != now.get(project):
                yield kind, project


def _said(whole: EditedRegister, kind: RowKind) -> dict[str, list[tuple[str, Row]]]:
    """Project -> its rows of the kind."""
    said: dict[str, list[tuple[str, Row]]] = {}
    for row in whole.there(kind):
        said.setdefault(row.project, []).append((row.id, row.texts))
    return said
