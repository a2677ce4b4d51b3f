"""Before a save: what changes, row by row, and what the affected years' sums were and become."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from analytics.loads.funding_texts import EditedRegister, EditedRow, answer_field
from analytics.loads.preview import ChangedRow, YearSum, changed_rows, year_sums
from analytics.model.funding import Payment
from analytics.registers.administrations import ADMINISTRATIONS
from analytics.registers.funding import PAYMENTS, PROJECTS
from pages.funding.amounts import exact_kr
from pages.funding.editing.naming import column_label, field_name, row_name, written
from pages.funding.editing.reading import read
from pages.funding.editing.register import edited_now, registers
from pages.ui import access, html
from pages.ui.content import Ask, Table, TableColumn
from pages.ui.downloads import table_html
from pages.ui.forms import Form

MOST = 40  # changes that are listed; of more, how many there are


def preview_html(ask: Ask, current: Form) -> Markup:
    """The changes as a list, and the years' sums as a table where money is moved."""
    say, before, after = ask.say, edited_now(Form(current.about, current.saved, None, ask.say)), edited_now(current)
    changed = changed_rows(before, after)
    lines = [_line(ask, after, change) for change in changed]
    lines += [f"{field_name(ask, after, name)}: {say('changed')}" for name in _answers(before, after)]
    if not lines:
        return Markup()
    told = lines[:MOST]
    if len(lines) > MOST:
        told.append(say.plural("{n} more change", "{n} more changes", len(lines) - MOST))
    heading = html.element("p", html.element("strong", say("What changes when you save")))
    return heading + html.listed(told) + _sums_html(ask, _sums(ask, after, changed))


def _line(ask: Ask, now: EditedRegister, change: ChangedRow) -> str:
    """A row that is new, taken away, or changed in these fields from this to that."""
    say = ask.say
    shown = next((own for own in now.of(change.kind) if own.part == change.row.part), change.row)
    name = row_name(ask, now, shown)
    if change.before is None:
        return say("{row}: new", row=name)
    if change.after is None:
        if change.kind is not PROJECTS and not shown.removed:
            return say("{row}: goes with its project", row=name)
        return say("{row}: is removed", row=name)
    moves = (
        say(
            "{field} from {before} to {after}",
            field=column_label(ask, field),
            before=written(ask, change.kind, field, change.before.texts[field]) or "–",
            after=written(ask, change.kind, field, change.after.texts[field]) or "–",
        )
        for field in change.fields
    )
    return f"{name}: {'; '.join(moves)}"


def _answers(before: EditedRegister, after: EditedRegister) -> Iterator[str]:
    for key, text in after.answers.items():
        if text.strip() != before.answers.get(key, ""):
            yield answer_field(*key)


def _sums(ask: Ask, after: EditedRegister, changed: tuple[ChangedRow, ...]) -> tuple[YearSum, ...]:
    rows = [change.after for change in changed if change.kind is PAYMENTS and change.after]
    found = read(ask, [*((kind, after.there(kind)) for kind in (ADMINISTRATIONS, PROJECTS)), (PAYMENTS, rows)])

    def payment(row: EditedRow) -> Payment | None:
        reading = found[row.part]
        return reading.row if reading.sound else None

    return year_sums(access.composed(registers, ask), changed, payment)


def _sums_html(ask: Ask, sums: tuple[YearSum, ...]) -> Markup:
    say = ask.say
    if not sums:
        return Markup()

    def amount(value: Decimal | None) -> str:
        return (
            say("cannot be determined until the marked cells are corrected") if value is None else exact_kr(value, say)
        )

    def moved(one: YearSum) -> str:
        if one.becomes is None:
            return ""
        difference = one.becomes - one.was
        return ("+" if difference > 0 else "") + exact_kr(difference, say)

    columns: tuple[TableColumn[YearSum], ...] = (
        TableColumn(say("Report year"), lambda one: str(one.year)),
        TableColumn(say("Spent, as it is saved"), lambda one: amount(one.was), numeric=True),
        TableColumn(say("Spent, after the save"), lambda one: amount(one.becomes), numeric=True),
        TableColumn(say("Difference"), moved, numeric=True),
    )
    return table_html(Table.of(columns, sums), say, stacked=True)
