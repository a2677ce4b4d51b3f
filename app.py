"""Kvalitetsdialog: the page list, the frame, and the server they run in. Start it with `make run`."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.language import words
from pages.funding import portfolio, projects, report
from pages.quality import criteria, overview, school, schools
from pages.ui import controls
from pages.ui.frame import FAVICON, failed, page
from pages.ui.server import MIDDLEWARE, kept_warm
from pages.ui.titles import titles

QUALITY = (
    ("oversikt", overview, lambda say: say("How mature are the city's schools?")),
    ("skolor", schools, lambda say: say("Where do the schools stand?")),
    ("skola", school, lambda say: say("Where does my school stand?")),
    ("kriterier", criteria, lambda say: say("How does it go with one criterion?")),
)
FUNDING = (
    ("eu", portfolio, lambda say: say("What does the EU money go to?")),
    ("eu-rapport", report, lambda say: say("What do we account for this year?")),
    ("eu-projekt", projects, lambda say: say("What do we know of the projects?")),
)


def start() -> None:
    """The root address shows the overview until there is a start page of its own."""
    page(overview.render, QUALITY[0][2])()


def main() -> None:
    """One run of the script: the page that the address names."""
    say = words(controls.language())
    title = titles(say)
    pages = [st.Page(start, title=title["oversikt"], url_path="start", default=True, visibility="hidden")]
    pages += [
        st.Page(
            page(module.render, question, of_answers=(path, module, question) in QUALITY),
            title=title[path],
            url_path=path,
        )
        for path, module, question in (*QUALITY, *FUNDING)
    ]
    shown = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{shown.title} – Kvalitetsdialog", page_icon=FAVICON, layout="wide")
    controls.arrive(shown.url_path)
    shown.run()


# `streamlit run app.py` finds this application and serves it; for every visit it runs this same file as the script.
app = st.App(
    __file__,
    lifespan=kept_warm([overview.visits, school.visits, portfolio.visits, report.visits]),
    middleware=MIDDLEWARE,
    on_script_error=failed,
)

if get_script_run_ctx(suppress_warning=True) is not None:
    main()
