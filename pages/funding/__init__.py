"""EU money: what it goes to, the yearly report, the register of projects."""

from __future__ import annotations

from pages.funding.portfolio import page as portfolio_page
from pages.funding.projects import page as projects_page
from pages.funding.reconciliation import page as reconciliation_page
from pages.funding.report import page as report_page

PAGES = {
    "eu": portfolio_page,
    "eu-rapport": report_page,
    "eu-projekt": projects_page,
    "avstamning": reconciliation_page,
}
"""The section's pages by their addresses, in the menu's order."""
