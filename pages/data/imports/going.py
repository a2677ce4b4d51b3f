"""How far it has come while something takes seconds, and what stood in the way where it could not be done."""

from __future__ import annotations

import streamlit as st

from analytics.words.language import N_, Words
from pages.data.imports.held import Import
from pages.data.imports.job import Job

DOING = {
    "read": N_("Your files are being read …"),
    "try": N_("Your files are being checked …"),
    "load": N_("Your files are being loaded, and all figures counted anew …"),
    "make": N_("A place for the data is being made …"),
}
TROUBLE = {
    "too_much": N_("Some files were left out: that was more than is read at once. Load these first."),
    "StoreBusy": N_("Somebody else is loading or saving just now. Try again in a moment; nothing of yours is lost."),
    "StoreMissing": N_("There is no store any more. Tell the person who runs the program."),
    "NotAllowed": N_("You may not load any more. Nothing was stored."),
    "changed": N_("Somebody else has loaded something meanwhile. Nothing was stored: look through it once more."),
    "name": N_("Write your name first: it stands in the history of versions."),
    "failed": N_(
        "Something went wrong in the program. Nothing was stored. Try again; if it does not help, tell the person who"
        " runs it."
    ),
    "other": N_("The store cannot be written to. Nothing was stored. Tell the person who runs the program."),
}  # fmt: skip
EVERY = 0.5  # seconds between two looks


def draw_progress(say: Words, job: Job) -> None:
    """A bar that follows the job, and draws the page anew when it is over."""

    @st.fragment(run_every=EVERY)
    def follow() -> None:
        st.progress(job.share, text=say.marked(DOING[job.what]))
        if job.over:
            st.rerun()

    follow()
    st.caption(say("You may leave the page meanwhile; it goes on, and the address leads back here."))


def draw_trouble(say: Words, one: Import) -> None:
    if one.trouble:
        st.warning(say.marked(TROUBLE.get(one.trouble, TROUBLE["other"])))
