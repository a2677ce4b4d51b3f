"""What the pages are called in the menu and in the browser's tab, by their paths."""

from __future__ import annotations

from analytics.language import Words


def titles(say: Words) -> dict[str, str]:
    """path -> the page's short name."""
    return {
        "oversikt": say("Overview"),
        "skolor": say("Schools"),
        "skola": say("My school"),
        "kriterier": say("Criteria"),
        "certifiering": say("Certification"),
        "stod": say("Support"),
        "metod": say("Method"),
        "eu": say("EU funds"),
        "eu-rapport": say("Yearly report"),
        "eu-projekt": say("Projects"),
    }
