"""About the data: what is asked, what of them is open, how the figures are made, and who may do what with them."""

from __future__ import annotations

from pages.data.accessible import page as accessible_page
from pages.data.frameworks import page as frameworks_page
from pages.data.history import page as history_page
from pages.data.imports import page as imports_page
from pages.data.method import page as method_page
from pages.data.opendata import page as opendata_page
from pages.data.people import page as people_page

PAGES = {
    "importera": imports_page,
    "ramverk": frameworks_page,
    "historik": history_page,
    "oppna-data": opendata_page,
    "metod": method_page,
    "tillganglighet": accessible_page,
}
"""The section's pages by their addresses, in the menu's order."""

OF_PEOPLE = {"behorighet": people_page}
"""Those that there are where people sign in."""
