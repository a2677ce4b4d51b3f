"""The tables that are edited in place: what each column is called, and what may be put in it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.funding.register import funding
from analytics.loads.register_rows import columns_of, grid_table
from analytics.registers import types
from analytics.registers.field import field_label, help_of
from analytics.registers.funding import BUDGET_GOALS, FUNDING
from analytics.registers.kinds import KIND
from analytics.words.countries import countries
from analytics.words.funding import goal_name
from analytics.words.labels import labels_of
from analytics.words.language import Words
from pages.funding.editing.drafts import Draft, Slot, applied
from pages.ui.content import Ask
from pages.ui.controls import school_names

EDITED = tuple(kind for kind in FUNDING if kind is not BUDGET_GOALS)


def grid(ask: Ask, draft: Draft, slot: Slot, label: str) -> None:
    """One table of the register, edited in place; what is typed goes into the draft at each run."""
    part, about = slot
    key = f"grid_{part}_{about}_{draft.turn}"
    if key not in st.session_state:  # the grid is new on the screen: it starts from what was typed so far
        draft.frozen[slot] = draft.rows(slot)
    rows, fixed = draft.frozen[slot], {} if part == "projects" else {"project_id": about}
    columns = [name for name in columns_of(part) if name not in fixed]
    st.data_editor(
        grid_table(rows, columns),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_config={name: _column(ask, part, name) for name in columns},
        placeholder="",
        alt=label,
    )
    locked = frozenset({"project_id"})
    now = applied(rows, st.session_state[key], fixed, locked)
    now = [{name: row.get(name, "") for name in columns_of(part)} for row in now]
    if part == "projects":
        draft.follow(draft.rows(slot), now)
    draft.keep(slot, now)


def column_label(name: str, say: Words) -> str:
    """What a column is called on the screen."""
    return next((field_label(kind.field(name), say) for kind in EDITED if kind.has(name)), name)


def _column(ask: Ask, part: str, name: str):
    """How a column is edited."""
    field, config = KIND[part].field(name), st.column_config
    label = field_label(field, ask.say)
    options = options_of(ask, part, name)
    if options:
        written = {value: text for value, text in options.items()}
        return config.SelectboxColumn(label, options=list(written), format_func=lambda v: written.get(v, v))
    match field.type:
        case types.Day():
            return config.DateColumn(label, format="YYYY-MM-DD")
        case types.Amount(negative=negative):
            return config.NumberColumn(label, min_value=None if negative else 0, step=0.01, format="localized")
        case types.Rate():
            return config.NumberColumn(label, min_value=0, step=0.000001, format="localized")
        case types.Year(least, most):
            return config.NumberColumn(label, min_value=least, max_value=most, step=1, format="%d")
        case types.Whole(least, most):
            return config.NumberColumn(label, min_value=least, max_value=most, step=1)
    long = isinstance(field.type, types.Text) and field.type.long
    return config.TextColumn(label, help=help_of(field, ask.say), width="large" if long else None)


def options_of(ask: Ask, part: str, name: str) -> Mapping[str, str]:
    """The values that a column takes, and how they are written; empty where any text may stand."""
    match KIND[part].field(name).type:
        case types.Choice(of):
            return {member.value: label for member, label in labels_of(of, ask.say).items()}
        case types.BudgetGoalReference():
            return _goals(ask)
        case types.Country():
            return countries(ask.say)
        case types.SchoolReference():
            return school_names(ask.catalogue)
    return {}


def _goals(ask: Ask) -> dict[str, str]:
    return {str(goal.number): goal_name(goal, ask.say) for goal in funding(ask.view, ask.viewer).goals}
