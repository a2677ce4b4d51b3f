"""Kvalitetsdialog: the page list, the frame, and the server they run in. Start it with `make run`."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.words.language import words
from pages import data, figures, funding, talks
from pages.start import page as start
from pages.ui import access, controls, ways, whose
from pages.ui.frame import failed, page
from pages.ui.served import FAVICON, LOGO, ROUTES
from pages.ui.server import MIDDLEWARE, kept_warm
from pages.ui.titles import DATA, FIGURES, FUNDS, TALKS, question, sections, titles
from pages.ui.together import together

# The menu: each section's pages by their addresses. Pages of answers have nothing to show before there are any.
MENU = {FIGURES: figures.PAGES, TALKS: talks.PAGES, FUNDS: funding.PAGES, DATA: data.PAGES}
WHERE_PEOPLE_SIGN_IN = {DATA: data.PAGES | data.OF_PEOPLE}
OF_ANSWERS = (FIGURES, TALKS)


def main() -> None:
    """One run of the script: the page that the address names."""
    whose.arrive()
    say = words(controls.language())
    names, headings = titles(say), sections(say)
    begin = page("start", start.render, question("start"), of_answers=False)
    menu = {"": [st.Page(begin, title=names["start"], url_path="start", default=True, visibility="hidden")]}
    opened = access.opened_pages()
    pages = MENU | WHERE_PEOPLE_SIGN_IN if access.asks_who() else MENU
    for section, modules in pages.items():
        for path, module in modules.items():
            without = getattr(module, "without_store", None)
            run = page(path, module.render, question(path), of_answers=section in OF_ANSWERS, without_store=without)
            seen = "visible" if path in opened else "hidden"
            shown_as = st.Page(run, title=names[path], url_path=path, visibility=seen)
            menu.setdefault(headings[section], []).append(shown_as)
    shown = st.navigation(menu, position="top")
    st.set_page_config(page_title=f"{shown.title} – Kvalitetsdialog", page_icon=FAVICON, layout="wide")
    st.logo(LOGO, size="large")
    ways.known(menu, shown)
    controls.arrive(shown.url_path)
    shown.run()


# `streamlit run app.py` finds this application and serves it; for every visit it runs this same file as the script.
app = st.App(
    __file__,
    lifespan=kept_warm(
        [module.visits for modules in MENU.values() for module in modules.values() if hasattr(module, "visits")]
    ),
    routes=ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=failed,
)

if get_script_run_ctx(suppress_warning=True) is not None:
    with together():
        main()
