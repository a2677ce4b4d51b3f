"""Ways from page to page inside the app: a link is followed by drawing the other page, not by loading all anew."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

PAGES = "pages_by_path"


def known(pages: Mapping[str, object]) -> None:
    """Notes the run's pages by their addresses, as st.navigation has been told of them."""
    st.session_state[PAGES] = dict(pages)


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
