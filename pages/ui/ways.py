"""Ways from page to page inside the app: a link is followed by drawing the other page, not by loading all anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

PAGES, SECTION = "pages_by_path", "section_of_the_menu"


def known(menu: Mapping[str, Sequence[StreamlitPage]], shown: StreamlitPage) -> None:
    """Notes the run's pages by their addresses, as st.navigation has been told of them by the menu's headings; and
    below which of these the one is that is shown."""
    st.session_state[PAGES] = {page.url_path or "start": page for listed in menu.values() for page in listed}
    st.session_state[SECTION] = next((heading for heading, listed in menu.items() if shown in listed), "")


def section() -> str:
    """Which of the bar's menus the run's page is in, by its heading; '' where it is in the bar itself."""
    return st.session_state.get(SECTION, "")


def noted() -> None:
    """A link was clicked; the run that follows tells which."""


def follow(address: object) -> None:
    """Goes to `skola?school=...`, where somebody has just clicked on it; only to pages of ours, and nowhere where what
    was sent is no address."""
    if not address or not isinstance(address, str):
        return
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    page = st.session_state.get(PAGES, {}).get(parts.path.rpartition("/")[2])
    if page is not None:
        st.switch_page(page, query_params=dict(parse_qsl(parts.query)))
