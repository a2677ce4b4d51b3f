"""A payment added in a short form: a new row of the project's table of payments, typed in fields of its own.

The form and the table hold the same row of the same draft, read by the same reader: what is typed in either stands in
both, and is saved with everything else.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from analytics.loads.funding_texts import PROJECT, EditedRegister, EditedRow, part_of
from analytics.loads.reading import CellReading
from analytics.model.funding import MoneyKind
from analytics.registers import types
from analytics.registers.field import Field, field_label
from analytics.registers.funding import PAYMENTS, PROJECTS
from analytics.registers.unsaid_kind import SETTING, unsaid_kind
from analytics.words.labels import label_of, labels_of
from analytics.words.language import Words
from pages.funding.editing.naming import project_title
from pages.funding.editing.reading import read
from pages.funding.editing.register import noting
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.forms import Form, commit_while_typing
from pages.ui.grid.grid import take_in_all
from pages.ui.labels import kept_open
from pages.ui.options import pick

ADDING = "adding_payment"  # in the session: the part of the fields' names that the form's row has
ADD, ADD_TO = "add_payment", "add_payment_to"  # keys of what begins one
LINES = (("kind", "report_year", "amount_sek"), ("date", "voucher", "ledger_code"), ("paid_until", "note"))
MORE = (("amount", "currency", "rate"), ("rate_basis", "rate_date", "cost_kind"), ("budget_goal",))
UNIT = "unit"
AS_BEFORE = (PROJECT, UNIT, "kind", "report_year", "ledger_code")
"""What one more has from the one before it: who adds several has them of one kind and year."""


def add_payment(ask: Ask, current: Form, now: EditedRegister, titles: Mapping[str, str], project: str | None) -> None:
    """The form where a payment is being added, below what begins one. `titles`: of the projects, by id; `project`: the
    one that the page is about."""
    say = ask.say
    if project is not None:
        st.button(say("Add an amount"), key=ADD, icon=":material/add:", on_click=_begin, args=(project,))
    else:
        pick(
            say("Add an amount to"),
            titles,
            titles.__getitem__,
            index=None,
            placeholder=say("Choose a project"),
            key=ADD_TO,
            on_change=_begin_chosen,
            width=480,
        )
    row = _being_added(now)
    if row is not None:
        with st.container(border=True, key="payment_form"):
            _form(ask, current, now, row)


def _form(ask: Ask, current: Form, now: EditedRegister, row: EditedRow) -> None:
    say = ask.say
    current = replace(current, readings=_readings(ask, now, row))
    title = project_title(now, row.texts[PROJECT])
    html.show(html.section_title(say("New amount – {project}", project=title)))
    label = {field.name: field_label(field, say) for field in PAYMENTS.columns}
    current.follow(f"{row.part}.{UNIT}")
    units = list(dict.fromkeys(one.texts[UNIT] for one in _of_project_first(now, row) if one.texts[UNIT]))
    current.choice(f"{row.part}.{UNIT}", label[UNIT], units, str, placeholder=say("Choose or write"), free=True)
    _lines(ask, current, row, LINES)
    fold = kept_open(say("Own currency, cost kind, budget goal"), key="payment_more", type="compact")
    if fold.open:
        with fold:
            _lines(ask, current, row, MORE)
    html.show(html.note(say("It stands last in the project's table too, and is saved with the rest.")))
    with st.container(horizontal=True):
        st.button(say("Add one more"), key="one_more_payment", on_click=_begin_after, args=(row,))
        st.button(say("Remove this one"), key="no_payment", on_click=_take_away, args=(current, row.part))
    commit_while_typing()


def _lines(ask: Ask, current: Form, row: EditedRow, lines: Sequence[Sequence[str]]) -> None:
    """The fields, a line at a time: a choice where the column takes a few words."""
    say = ask.say
    for line in lines:
        for column, name in zip(st.columns(len(line)), line, strict=True):
            field, key = PAYMENTS.field(name), f"{row.part}.{name}"
            current.follow(key)
            with column:
                match field.type:
                    case types.Choice(of):
                        words = {member.value: label for member, label in labels_of(of, say).items()}
                        nothing = _where_empty(field, say)
                        current.choice(key, field_label(field, say), [*words], words.__getitem__, placeholder=nothing)
                    case _:
                        current.line(key, field_label(field, say))


def _where_empty(field: Field, say: Words) -> str:
    """What stands in an empty field: what that is read as."""
    default = unsaid_kind() if field.type == types.Choice(MoneyKind) else field.default
    return label_of(default, say) if default else say("Not given")


def unsaid_in_words(say: Words) -> str:
    """What a payment without a kind counts as, and by which setting."""
    kind = unsaid_kind()
    if kind is None:
        return say("The setting {name} is none of the kinds.", name=SETTING)
    return say("A row without a kind counts as {kind} (the setting {name}).", kind=label_of(kind, say), name=SETTING)


def _readings(ask: Ask, now: EditedRegister, row: EditedRow) -> dict[str, CellReading]:
    """What each field is read as, where something is written in it that is not read as it stands."""
    found = read(ask, [(PROJECTS, now.there(PROJECTS)), (PAYMENTS, [row])])[row.part]
    return {
        f"{row.part}.{name}": cell
        for name, cell in found.cells.items()
        if (text := row.texts[name].strip()) and (cell.problem or cell.written != text)
    }


def _of_project_first(now: EditedRegister, row: EditedRow) -> list[EditedRow]:
    """The other payments, those of the same project first."""
    others = [one for one in now.there(PAYMENTS) if one.part != row.part]
    return sorted(others, key=lambda one: one.texts[PROJECT] != row.texts[PROJECT])


def _being_added(now: EditedRegister) -> EditedRow | None:
    """The form's row; none once it is saved, taken away or thrown away."""
    part = st.session_state.get(ADDING)
    return next((row for row in now.of(PAYMENTS) if row.part == part and not row.removed), None)


def _begin_chosen() -> None:
    project = st.session_state[ADD_TO]
    st.session_state[ADD_TO] = None
    if project:
        _begin(project)


def _begin(project: str) -> None:
    _begin_with({PROJECT: project})


def _begin_after(row: EditedRow) -> None:
    _begin_with({name: text for name in AS_BEFORE if (text := row.texts[name])})


def _begin_with(texts: Mapping[str, str]) -> None:
    """A row as the table makes one."""
    take_in_all()
    part = part_of(PAYMENTS.name, f"n{secrets.token_hex(8)}")
    with noting() as notes:
        notes.begin(part, texts)
    st.session_state[ADDING] = part


def _take_away(current: Form, part: str) -> None:
    take_in_all()
    current.take_away(part)
    st.session_state.pop(ADDING, None)
