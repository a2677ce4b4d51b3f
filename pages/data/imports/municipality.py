"""Whose school units are meant, where a file has those of several municipalities."""

from __future__ import annotations

import streamlit as st

from analytics.intake.outside.municipality import municipalities
from pages.data.imports import steps
from pages.data.imports.held import Import
from pages.ui.content import Ask
from pages.ui.options import pick

NONE = ""


def draw_municipality(ask: Ask, one: Import) -> None:
    """Nothing where no file needs it. None is chosen beforehand: the wrong one would load."""
    tables = [held.found.table for held in one.of_kind("school_units")]
    found = sorted({pair for table in tables if table is not None for pair in municipalities(table)})
    if len(found) < 2:
        return
    say = ask.say
    names = {code or name: f"{name} ({code})" if code and name else code or name for code, name in found}
    options = [NONE, *sorted(names, key=names.__getitem__)]
    key = f"import_municipality_{one.token}_{one.municipality}"
    pick(
        say("Whose school units"),
        options,
        index=options.index(one.municipality) if one.municipality in names else 0,
        written=lambda code: names.get(code, say("Choose the municipality")),
        key=key,
        on_change=_said,
        args=(ask, one, key),
    )


def _said(ask: Ask, one: Import, key: str) -> None:
    one.municipality = st.session_state.get(key) or None
    steps.try_again(ask, one)
