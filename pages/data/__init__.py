"""About the data: how the figures are made."""

from __future__ import annotations

from pages.data.accessible import page as accessible_page
from pages.data.method import page as method_page

PAGES = {"metod": method_page, "tillganglighet": accessible_page}
"""The section's pages by their addresses, in the menu's order."""
