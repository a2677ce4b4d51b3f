"""A script of tests (`PAGES` in the environment) as the app serves its own: with its head, scripts and headers."""

import os
from pathlib import Path

import streamlit as st

from pages.ui.served import ROUTES
from pages.ui.server import MIDDLEWARE

app = st.App(str(Path(os.environ["PAGES"]).absolute()), routes=ROUTES, middleware=MIDDLEWARE)
