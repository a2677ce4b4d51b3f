"""Whose the answers of a file are that does not say it: its school, and of several groups the one that is meant."""

from __future__ import annotations

import streamlit as st

from analytics.intake.kinds import COUNTS, named_columns
from analytics.intake.level_shares import groups_in
from analytics.intake.unknown_schools import MOST_LETTERS
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
    forms = [held for held in one.forms() if not steps.is_left_out(held)]
    without_school += [held for held in forms if steps.school_heading(ask, one, held) is None]
    several = [found for _, table in tables if len(found := groups_in(table)) > 1]
    groups = list(dict.fromkeys(group for found in several for group in found))
    if not without_school and not groups:
        return
    say = ask.say
    html.show(html.section_title(say("Whose answers they are")))
    names = {school.id: school.name for school in ask.catalogue.schools}
    for place, held in enumerate(without_school):
        key = f"school_of_{one.token}_{place}_{held.school}"
        options = [*names, *([held.school] if held.school and held.school not in names else [])]
        file = html.unmarked(held.left.name)
        pick(
            say("School of {file}, if all of it is of one", file=file)
            if held in forms
            else say("School of {file}", file=file),
            options,
            index=options.index(held.school) if held.school else None,
            written=lambda id_: names.get(id_, id_),
            key=key,
            placeholder=say("Choose the school, or write what a new one is called"),
            accept_new_options=True,
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
    """What the field holds is whatever the browser sent."""
    chosen = st.session_state.get(key)
    held.school = " ".join(chosen.split())[:MOST_LETTERS] if isinstance(chosen, str) else ""
    steps.try_again(ask, one)


def _group(ask: Ask, one: Import, key: str) -> None:
    one.group = str(st.session_state.get(key) or "") or None
    steps.try_again(ask, one)
