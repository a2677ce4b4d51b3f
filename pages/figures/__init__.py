"""The figures: where the city and its schools stand, and how that has moved."""

from __future__ import annotations

from pages.figures.criteria import page as criteria_page
from pages.figures.overview import page as overview_page
from pages.figures.school import page as school_page
from pages.figures.schools import page as schools_page
from pages.figures.support import page as support_page

PAGES = {
    "oversikt": overview_page,
    "skolor": schools_page,
    "skola": school_page,
    "kriterier": criteria_page,
    "stod": support_page,
}
"""The section's pages by their addresses, in the menu's order."""
