"""The app as it is, on a server that composes no page ahead: with a store that is changed all the time, or that few of
whose pages are visited, that takes most of a server's work. tests/pages/test_cold_links.py and test_memory.py have
the app's own server."""

import streamlit as st

import app as product
from pages.ui.served import ROUTES
from pages.ui.server import MIDDLEWARE, kept_warm

app = st.App(
    product.__file__, lifespan=kept_warm([]), routes=ROUTES, middleware=MIDDLEWARE, on_script_error=product.failed
)
