"""Whose a table of answers per level is: its school, and of several groups the one that is meant."""

from __future__ import annotations

import streamlit as st

from analytics.intake.kinds import COUNTS, named_columns
from analytics.intake.level_shares import groups_in
from pages.data.imports import steps
from pages.data.imports.held import HeldFile, Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.options import pick

NONE = ""


def draw_level_choice(ask: Ask, one: Import) -> None:
    """Nothing where no file needs it. None is chosen beforehand: the wrong one would load."""
    tables = [(held, table) for held in one.files if (table := held.of_levels) and not steps.is_left_out(held)]
    without_school = [held for held, table in tables if "school" not in named_columns(table, COUNTS)]
    several = [found for _, table in tables if len(found := groups_in(table)) > 1]
    groups = list(dict.fromkeys(group for found in several for group in found))
    if not without_school and not groups:
        return
    say = ask.say
    html.show(html.section_title(say("Whose answers they are")))
    names = {NONE: say("Choose the school")} | {school.id: school.name for school in ask.catalogue.schools}
    for place, held in enumerate(without_school):
        key = f"school_of_{one.token}_{place}_{held.school}"
        pick(
            say("School of {file}", file=html.unmarked(held.left.name)),
            list(names),
            index=list(names).index(held.school) if held.school in names else 0,
            written=names.__getitem__,
            key=key,
            on_change=_school,
            args=(ask, one, held, key),
        )
    if groups:
        options, key = [NONE, *groups], f"group_{one.token}_{one.group}"
        pick(
            say("Whose answers are read: groups are not added together"),
            options,
            index=options.index(one.group) if one.group in groups else 0,
            written=lambda group: group or say("Choose the group"),
            key=key,
            on_change=_group,
            args=(ask, one, key),
        )


def _school(ask: Ask, one: Import, held: HeldFile, key: str) -> None:
    chosen = st.session_state.get(key)
    held.school = chosen if chosen in {school.id for school in ask.catalogue.schools} else ""
    steps.try_again(ask, one)


def _group(ask: Ask, one: Import, key: str) -> None:
    one.group = str(st.session_state.get(key) or "") or None
    steps.try_again(ask, one)
