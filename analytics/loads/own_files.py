"""The city's own files, to be mended or filled in and loaded again: its schools and registers as they are, and
templates with its schools and criteria in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.documents.own_workbook import Cell, OwnColumn, own_workbook
from analytics.documents.tables import csv_bytes
from analytics.intake.kinds import FORM, KINDS, OWNER, PARTICIPATION, SCHOOLS
from analytics.intake.register import folded
from analytics.loads.register_rows import as_text, texts_of_row
from analytics.loads.written import ValueWriter
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.registers import types
from analytics.registers.field import Field, FileColumn, FileKind, RowKind
from analytics.registers.funding import FUNDING
from analytics.registers.kinds import KIND
from analytics.store.dialogue import read_dialogues
from analytics.store.funding import read_funding
from analytics.store.reading import View
from analytics.store.reference import read_schools
from analytics.words.labels import label_of
from analytics.words.language import Words

EXPORTED = (SCHOOLS.name, *KIND)
"""The kinds whose rows a store tells as they were loaded: what people answered is told in figures alone."""
TEMPLATES = (FORM.name, PARTICIPATION.name, *EXPORTED)
WORDS = (types.SchoolReference, types.Choice, types.Choices, types.Country, types.BudgetGoalReference)
NUMBERS = (types.Amount, types.Count, types.Whole, types.Year, types.RoundYear)


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A table with the headings that files of its kind have in the reader's language."""

    kind: str
    columns: tuple[OwnColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def xlsx(self, about: dict[str, str], say: Words) -> bytes:
        return own_workbook(_sheet_name(self.kind, say), self.columns, self.rows, about, say)

    def with_version(self, number: int) -> OwnFile:
        """With the version that its rows are of in a column more, last: it is left out when the file is loaded."""
        columns = (*self.columns, OwnColumn("version"))
        return OwnFile(self.kind, columns, tuple((*row, Decimal(number)) for row in self.rows))

    def csv(self, *, excel: bool = False) -> bytes:
        headings = [column.heading for column in self.columns]
        rows = [[cell if isinstance(cell, Decimal) else as_text(cell) for cell in row] for row in self.rows]
        return csv_bytes(headings, rows, excel=excel)


def own_rows(view: View, kind: str, say: Words) -> OwnFile:
    """The rows of one of EXPORTED as they are in the version."""
    schools = read_schools(view)
    if kind == SCHOOLS.name:
        return _schools(schools, say)
    own = KIND[kind]
    funding = read_funding(view)
    writing = ValueWriter(say, {goal.number: goal for goal in funding.goals}, school_names(schools))
    rows = []
    for row in getattr(funding if own in FUNDING else read_dialogues(view), own.part):
        texts = texts_of_row(own, row)
        rows.append(tuple(_cell(c, texts[c.name], getattr(row, c.attribute), writing) for c in own.columns))
    return OwnFile(kind, _columns(own, schools, say), tuple(rows))


def template(view: View, kind: str, framework: Framework | None, year: int | None, say: Words) -> OwnFile:
    """One of TEMPLATES to be filled in: a form with the framework's criteria, or the invited of each school in a round
    (both need `framework`, the latter `year`), else the kind's headings."""
    schools = read_schools(view)
    names = school_names(schools)
    if kind == FORM.name and framework:
        levels = tuple(
            f"{n} - {label}" for n, label in zip(framework.levels, framework.labels(say.language), strict=True)
        )
        asked = (
            OwnColumn(f"{criterion.id}. {criterion.title.in_(say.language)}", (*levels, say("don't know")))
            for criterion in framework.criteria
        )
        return OwnFile(kind, (*_columns(FORM, schools, say), *asked), ())
    if kind == PARTICIPATION.name and framework:
        open_ = [s for s in schools if not (year and s.valid_to and s.valid_to < date(year, 1, 1))]
        rows = tuple((framework.id, year, names[school.id], None, None) for school in open_)
        return OwnFile(kind, _columns(PARTICIPATION, schools, say), rows)
    return OwnFile(kind, _columns(KINDS[kind], schools, say), ())


def school_names(schools: Sequence[School]) -> dict[str, str]:
    """By id what a file calls each school: its name, and its id as well where others bear the name."""
    times = Counter(folded(school.name) for school in schools)
    return {s.id: s.name if times[folded(s.name)] == 1 else f"{s.name} ({s.id})" for s in schools}


def heading_of(column: FileColumn, say: Words) -> str:
    """What the column is called in a file in the reader's language."""
    name = column.also[0] if column.also and say.language == "sv" else column.name
    return name.replace("_", " ").capitalize() if say.language == "sv" else name


def _columns(kind: FileKind, schools: Sequence[School], say: Words) -> tuple[OwnColumn, ...]:
    """But for whose the schools are: such a file is of one owner's store, and goes back into it."""
    columns = (column for column in kind.columns if column is not OWNER)
    return tuple(OwnColumn(heading_of(column, say), _choices(column, schools, say)) for column in columns)


def _choices(column: FileColumn, schools: Sequence[School], say: Words) -> tuple[str, ...]:
    type_ = getattr(column, "type", None)
    if column.name == "school" or isinstance(type_, types.SchoolReference):
        return tuple(sorted(school_names(schools).values(), key=folded))
    if isinstance(type_, types.Choice):
        return tuple(label_of(member, say) for member in type_.of)
    return ()


def _schools(schools: Sequence[School], say: Words) -> OwnFile:
    measures = sorted({name for school in schools for name, _ in school.context})
    names = school_names(schools)
    word = "kontext" if say.language == "sv" else "context"
    columns = (*_columns(SCHOOLS, schools, say), *(OwnColumn(f"{word}: {name}") for name in measures))
    rows = tuple(
        (
            *(school.id, school.name, school.school_unit_code, school.district, school.stage, school.pupils),
            *(school.staff, school.valid_from, school.valid_to, _yes_or_no(school.shares_practice, say)),
            "|".join(school.aliases),
            *(names.get(other or "", other or "") for other in (school.merged_into, school.split_from)),
            *(_number(dict(school.context).get(name)) for name in measures),
        )
        for school in schools
    )
    return OwnFile(SCHOOLS.name, columns, rows)


def _yes_or_no(said: bool | None, say: Words) -> str:
    return "" if said is None else ("ja" if said else "nej") if say.language == "sv" else ("yes" if said else "no")


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def _cell(column: Field, text: str, value: Any, writing: ValueWriter) -> Cell:
    """A value as a spreadsheet has it: a number or a day where the column is one, else in the reader's words."""
    if isinstance(column.type, types.Day) and text:
        return date.fromisoformat(text)
    if isinstance(column.type, WORDS):
        return writing.written(column.type, value)
    return Decimal(text) if isinstance(column.type, NUMBERS) and text else text


def _sheet_name(kind: str, say: Words) -> str:
    own = KINDS[kind]
    if isinstance(own, RowKind):
        return say.marked(own.title)[:31].replace("/", "-")
    return {FORM.name: say("Answers"), PARTICIPATION.name: say("Invited"), SCHOOLS.name: say("Schools")}[kind]
