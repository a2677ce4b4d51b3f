"""Marking what agrees in the register, so that it stays matched."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analytics.funding.ledger.items import Reconciliation
from analytics.loads.ledger import mark_matched, marks
from analytics.loads.save import BothChanged
from analytics.model.errors import KvalitetError, NotAllowed, Refused, StoreBusy
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.saves_under_way import saving
from pages.ui.saving import name_field, saver_name

CAME_OF_IT = "ledger_marked"  # in the session: what the last try came to


def draw_marking(ask: Ask, found: Reconciliation) -> None:
    """The button, where anything that agrees is not marked yet."""
    say, to_mark = ask.say, len(marks(found))
    if came := st.session_state.pop(CAME_OF_IT, None):
        st.info(came)
    if not to_mark:
        return
    html.show(html.section_title(say("Mark what agrees")))
    html.show(html.note(say("The register then has the ledger's voucher and day, and each stays matched next time.")))
    with st.container(horizontal=True, vertical_alignment="bottom", key="ledger_mark"):
        name_field(say)
        label = say.plural("Mark {n} amount", "Mark {n} amounts", to_mark)
        st.button(label, type="primary", key="mark_matched", on_click=_mark, args=(ask, found))


def _mark(ask: Ask, found: Reconciliation) -> None:
    """Runs before anything is drawn. Of an amount that others have changed meanwhile nothing is written over."""
    say, who, viewer = ask.say, saver_name(), ask.viewer
    if not who:
        st.session_state[CAME_OF_IT] = say("Write your name first: it stands in the history of versions.")
        return
    try:
        with saving():
            outcome = mark_matched(Path(access.store_folder()), viewer, found, say, who)
    except NotAllowed:
        raise
    except (BothChanged, Refused):
        came = say("Nothing was marked: the register has been changed meanwhile. Look at it anew, and mark once more.")
    except StoreBusy:
        came = say("Nothing was marked: somebody else is saving just now. Try again.")
    except KvalitetError:
        came = say("Nothing was marked: the store cannot be written to.")
    else:
        came = say("Saved as version {version}.", version=outcome.version)
    st.session_state[CAME_OF_IT] = came
