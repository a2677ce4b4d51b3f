"""Kvalitetsdialog: the page list and the frame. Start it with `make run`, or `streamlit run app.py`."""

import streamlit as st

from analytics.language import words
from pages.quality import criteria, overview, school, schools
from pages.ui import controls
from pages.ui.frame import page

say = words(controls.language())
st.set_page_config(page_title=say("Kvalitetsdialog"), page_icon=":material/school:", layout="wide")

QUALITY = (
    (
        "oversikt",
        overview,
        lambda say: say("How mature are the city's schools?"),
        say("Overview"),
        ":material/insights:",
    ),
    ("skolor", schools, lambda say: say("Where do the schools stand?"), say("Schools"), ":material/grid_on:"),
    ("skola", school, lambda say: say("Where does my school stand?"), say("My school"), ":material/home_work:"),
    (
        "kriterier",
        criteria,
        lambda say: say("How does it go with one criterion?"),
        say("Criteria"),
        ":material/checklist:",
    ),
)


def start() -> None:
    """The root address shows the overview until there is a start page of its own."""
    page(overview.render, QUALITY[0][2])()


pages = [st.Page(start, title=say("Overview"), url_path="start", default=True, visibility="hidden")]
pages += [
    st.Page(page(module.render, question), title=title, url_path=path, icon=icon)
    for path, module, question, title, icon in QUALITY
]
st.navigation(pages, position="top").run()
