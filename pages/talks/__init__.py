"""The dialogue's year: what is agreed on, what came of it, the road to certification, learning from others."""

from __future__ import annotations

from pages.talks.certification import page as certification_page
from pages.talks.dialogue import page as dialogue_page
from pages.talks.followup import page as followup_page
from pages.talks.learning import page as learning_page

PAGES = {
    "dialog": dialogue_page,
    "uppfoljning": followup_page,
    "certifiering": certification_page,
    "lara": learning_page,
}
"""The section's pages by their addresses, in the menu's order."""
