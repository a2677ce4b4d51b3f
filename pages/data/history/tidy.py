"""Tidying: which old versions nothing stands on any more, by what rule, and a button that takes them away."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analytics.loads.tidying import LATEST, tidy, what_goes
from pages.data.history.ways_back import done
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.labels import kept_open
from pages.ui.saving import name_field


def draw_tidying(ask: Ask) -> None:
    say = ask.say
    fold = kept_open(say("Remove versions that nothing builds on"), key="tidy")
    if not fold.open:
        return
    with fold:
        rule = say(
            "Kept are the latest {n} and the one in force, each year's last, those that a frozen brief was made from,"
            " and the last before each new year of payments, which the yearly report is laid beside.",
            n=LATEST,
        )
        html.show(html.element("p", rule))
        going = what_goes(Path(access.store_folder())).go
        if not going:
            html.show(html.element("p", say("Nothing else is there.")))
            return
        told = say.plural("{n} version would go, for good.", "{n} versions would go, for good.", len(going))
        html.show(html.element("p", told))
        with st.container(horizontal=True, vertical_alignment="bottom", key="tidy_row"):
            name_field(say)
            st.button(say("Remove them"), key="tidy_now", on_click=_tidy, args=(ask,))


def _tidy(ask: Ask) -> None:
    def tidied(folder: Path, who: str) -> str:
        gone = tidy(folder, tidied_by=who).go
        return ask.say.plural("{n} version has been removed.", "{n} versions have been removed.", len(gone))

    done(ask, tidied)
