"""All of the product (and of its tests) that the snapshot asks: where modules move, this file follows and no other."""

from __future__ import annotations

import app
from analytics.cli import cli
from analytics.cli import main as kvalitet
from analytics.documents.tables import table_bytes
from analytics.funding.register import funding
from pages.funding.portfolio.choice import payment_years, programmes
from pages.funding.portfolio.page import compose as compose_portfolio
from pages.ui.content import Ask, Catalogue, Content, Table
from tests.pages.composing import NOTABLE, compose_pages
from tests.pages.conftest import NO_COMPONENTS, ask_of
from tests.pages.reading import said
from tests.pages.serving import build_store
from tests.pages.test_downloads import drawn as drawn_with_files
from tests.pages.test_downloads import files_of
from tests.pages.visiting import take_everything

OF_CODE = ("analytics", "pages", "app")
"""The packages whose clock stands still."""

MENU = {path: module for modules in app.MENU.values() for path, module in modules.items()}

__all__ = [
    "MENU",
    "NOTABLE",
    "NO_COMPONENTS",
    "OF_CODE",
    "Ask",
    "Catalogue",
    "Content",
    "Table",
    "app",
    "ask_of",
    "build_store",
    "cli",
    "compose_pages",
    "compose_portfolio",
    "drawn_with_files",
    "files_of",
    "funding",
    "kvalitet",
    "payment_years",
    "programmes",
    "said",
    "table_bytes",
    "take_everything",
]
