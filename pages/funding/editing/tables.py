"""The register's tables, each in a grid: the texts as they are typed, and beside them what they are read as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.loads.dialogue_rows import REMOVED
from analytics.loads.funding_texts import BEGUN, PROJECT, EditedRegister, EditedRow
from analytics.loads.reading import RowReading
from analytics.model.funding import BudgetGoal
from analytics.registers import types
from analytics.registers.administrations import ADMINISTRATIONS, REPORT_PARTS
from analytics.registers.field import Field, RowKind, field_label, help_of
from analytics.registers.funding import PROJECTS
from analytics.registers.shared import ADMINISTRATION
from analytics.words.countries import countries
from analytics.words.labels import labels_of
from pages.funding.editing.reading import Readings
from pages.funding.editing.register import note_drawn, on_operations, registers
from pages.ui import access
from pages.ui.content import Ask
from pages.ui.controls import school_names
from pages.ui.forms import Form
from pages.ui.grid.grid import GridCell, GridColumn, GridRow, grid

NUMERIC = (types.Amount, types.Rate, types.Whole)
AS_TYPED = (types.Text, types.Identifier, types.Reference)
NOTHING_READ = RowReading()


def table(
    ask: Ask,
    current: Form,
    now: EditedRegister,
    read: Readings,
    kind: RowKind,
    project: str | None,
    caption: str,
    *,
    keys: bool,
) -> None:
    """The rows of a kind, of one project where they hang on one; `keys`: with what the keys do below."""
    left_out = _left_out(now, kind, project)
    fields = [field for field in kind.columns if field.name not in left_out]
    shown = now.of(kind, project)
    rows = [_row(current, fields, row, read.get(row.part, NOTHING_READ), n) for n, row in enumerate(shown, 1)]
    note_drawn(
        current,
        {
            f"{row.part}.{name}": cell.text
            for row, drawn in zip(shown, rows, strict=True)
            for name, cell in drawn.cells.items()
            if f"{row.part}.{name}" not in current.typed
        },
    )
    columns = [_column(ask, field) for field in fields]
    key = f"register {kind.name} {project or ''}"
    grid(ask.say, key, caption, columns, rows, on_operations(kind, project), keys=keys)


def _left_out(now: EditedRegister, kind: RowKind, project: str | None) -> frozenset[str]:
    """The columns that a table need not have: which project, of one's own; whose, where there are not several."""
    one_alone = len(now.there(ADMINISTRATIONS)) < 2 and kind is not REPORT_PARTS
    return frozenset([*([PROJECT] if project is not None else []), *([ADMINISTRATION.name] if one_alone else [])])


def _row(current: Form, fields: Sequence[Field], row: EditedRow, read: RowReading, number: int) -> GridRow:
    changed = {name.rpartition(".")[2] for name in current.typed if name.startswith(f"{row.part}.")}
    ids = {PROJECTS.name: PROJECT, ADMINISTRATIONS.name: "administration_id"}
    fixed = set() if row.new else {ids.get(row.part.partition(".")[0], "")}
    return GridRow(
        row.part.partition(".r")[2],
        {field.name: _cell(field, row, read, field.name in changed) for field in fields},
        number,
        new=row.new,
        removed=row.removed,
        changed=frozenset(changed - {REMOVED, BEGUN}),
        fixed=frozenset(fixed),
    )


def _cell(field: Field, row: EditedRow, read: RowReading, typed: bool) -> GridCell:
    """What was typed as it was typed, with what it is read as; what is saved, as people write it."""
    text, found = row.texts[field.name], read.cells.get(field.name)
    if found is None:
        return GridCell(text)
    if row.removed:
        return GridCell(text if typed else found.written or text)
    if found.problem:
        return GridCell(text, problem=found.problem, hint=found.hint)
    if not typed:
        return GridCell(found.written or text if text else "")  # an empty cell stays empty, whatever that stands for
    as_typed = isinstance(field.type, AS_TYPED) or found.written == text.strip()
    return GridCell(text, read="" if as_typed else found.written)


def _column(ask: Ask, field: Field) -> GridColumn:
    return GridColumn(
        field.name,
        field_label(field, ask.say),
        help=help_of(field, ask.say) or "",
        numeric=isinstance(field.type, NUMERIC),
        suggestions=_suggestions(ask, field),
        long=isinstance(field.type, types.Text) and field.type.long,
        required=field.required,
    )


def _suggestions(ask: Ask, field: Field) -> tuple[str, ...]:
    """The words that a column takes, as the page writes them."""
    match field.type:
        case types.Choice(of) | types.Choices(of):
            return tuple(labels_of(of, ask.say).values())
        case types.BudgetGoalReference():
            return tuple(_goals(ask).values())
        case types.Country():
            return tuple(countries(ask.say).values())
        case types.Reference("administrations"):
            return tuple(one.title for one in access.composed(registers, ask).funding.administrations)
        case types.SchoolReference():
            return tuple(school_names(ask.catalogue).values())
    return ()


def _goals(ask: Ask) -> Mapping[int, str]:
    goals: Sequence[BudgetGoal] = access.composed(registers, ask).funding.goals
    return {g.number: f"{g.number}. {g.title_sv if ask.say.language == 'sv' else g.title_en}" for g in goals}
