"""The tables that are edited in place: what each column is called, and what may be put in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import streamlit as st

from analytics.documents.report.labels import countries, goal_name
from analytics.funding.register import funding
from analytics.loads.register_rows import AMOUNTS, COUNTS, DAYS, YEARS, columns_of, grid_table
from analytics.model.funding import Certainty, Currency, Direction, Question, Role, Scope, Sector
from analytics.words.labels import labels_of
from analytics.words.language import Words
from pages.funding.editing.drafts import Draft, Slot, applied
from pages.ui.content import Ask
from pages.ui.controls import school_names

LONG = {"title", "note", "unit"}


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
    return {
        "project_id": say("Id"),
        "title": say("Title"),
        "programme": say("Programme"),
        "start": say("Start"),
        "end": say("End"),
        "action": say("Action"),
        "role": say("Role"),
        "lead_country": say("Lead country"),
        "budget_goal": say("Budget goal"),
        "networks": say("Networks"),
        "sectors": say("Sectors"),
        "plan": say("Payment plan, %"),
        "note": say("Note"),
        "scope": say("Budget of"),
        "amount": say("Amount"),
        "currency": say("Currency"),
        "unit": say("Unit"),
        "certainty": say("Certainty"),
        "rate": say("SEK per EUR"),
        "rate_date": say("Rate's day"),
        "rate_basis": say("Rate's basis"),
        "report_year": say("Report year"),
        "amount_sek": say("Amount, SEK"),
        "paid_until": say("Invoices up to"),
        "country": say("Country"),
        "place": say("Place"),
        "organisation": say("Organisation"),
        "sector": say("Sector"),
        "school": say("School"),
        "year": say("Year"),
        "direction": say("Direction"),
        "persons": say("Persons"),
        "question": say("Question"),
        "text": say("Answer"),
    }.get(name, name)


def _column(ask: Ask, part: str, name: str):
    """How a column is edited."""
    say, config = ask.say, st.column_config
    label = column_label(name, say)
    options = options_of(ask, part, name)
    if options:
        written = {value: text for value, text in options.items()}
        return config.SelectboxColumn(label, options=list(written), format_func=lambda v: written.get(v, v))
    if name in DAYS:
        return config.DateColumn(label, format="YYYY-MM-DD")
    if name in AMOUNTS:
        least = None if name == "amount_sek" else 0  # payments may be repaid
        return config.NumberColumn(label, min_value=least, step=0.01, format="localized")
    if name == "rate":
        return config.NumberColumn(label, min_value=0, step=0.000001, format="localized")
    if name in COUNTS:
        return config.NumberColumn(label, min_value=0, step=1)
    if name in YEARS:
        return config.NumberColumn(label, min_value=1995, max_value=2100, step=1, format="%d")
    help_ = {
        "project_id": say("Set when the project is added; the same every year."),
        "plan": say("The instalments in per cent, such as 80/20."),
        "sectors": say("public, private, university, nonprofit, with | between."),
    }.get(name)
    return config.TextColumn(label, help=help_, width="large" if name in LONG else None)


def options_of(ask: Ask, part: str, name: str) -> Mapping[str, str]:
    """The values that a column takes, and how they are written; empty where any text may stand."""
    say = ask.say
    kinds: dict[str, Callable[[], dict[str, str]]] = {
        "role": lambda: _labels(Role, say),
        "scope": lambda: _labels(Scope, say),
        "currency": lambda: _labels(Currency, say),
        "certainty": lambda: _labels(Certainty, say),
        "sector": lambda: _labels(Sector, say),
        "direction": lambda: _labels(Direction, say),
        "budget_goal": lambda: _goals(ask),
        "country": lambda: countries(say),
        "lead_country": lambda: countries(say),
        "school": lambda: school_names(ask.catalogue),
        "question": lambda: _labels(Question, say),
    }
    return kinds[name]() if name in kinds else {}


def _labels(kind: type[StrEnum], say: Words) -> dict[str, str]:
    return {member.value: label for member, label in labels_of(kind, say).items()}


def _goals(ask: Ask) -> dict[str, str]:
    return {str(goal.number): goal_name(goal, ask.say) for goal in funding(ask.view, ask.viewer).goals}
