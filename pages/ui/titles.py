"""What the pages are called in the menu, the question that each answers, and where they are, by their paths."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from analytics.words.language import Words
from pages.ui.whose import PARAMETER, owner_id

FIGURES, TALKS, FUNDS, DATA = "figures", "talks", "funds", "data"


def sections(say: Words) -> dict[str, str]:
    """What the menu's sections are called."""
    return {
        FIGURES: "",  # pages of daily use stand in the bar itself
        TALKS: say("Dialogue"),
        FUNDS: say("EU funds"),
        DATA: say("Data"),
    }


def titles(say: Words) -> dict[str, str]:
    """path -> the page's short name."""
    return {
        "start": say("Start"),
        "oversikt": say("Overview"),
        "skolor": say("Schools"),
        "skola": say("A school"),
        "kriterier": say("Criteria"),
        "dialog": say("Quality dialogue"),
        "uppfoljning": say("Follow-up"),
        "certifiering": say("Certification"),
        "lara": say("Learn from others"),
        "stod": say("Support"),
        "importera": say("Load data"),
        "ramverk": say("Frameworks"),
        "historik": say("History"),
        "metod": say("Method"),
        "oppna-data": say("Open data"),
        "tillganglighet": say("Accessibility"),
        "behorighet": say("Roles"),
        "eu": say("EU funds"),
        "eu-rapport": say("Yearly report"),
        "eu-projekt": say("Projects"),
        "avstamning": say("Reconciliation"),
    }


def questions(say: Words) -> dict[str, str]:
    """path -> the question that the page answers, which is its heading."""
    return {
        "start": say("Find your school"),
        "oversikt": say("How mature are the city's schools?"),
        "skolor": say("Where do the schools stand?"),
        "skola": say("Where does the school stand?"),
        "kriterier": say("How do the criteria develop?"),
        "dialog": say("What do we agree on?"),
        "uppfoljning": say("What came of what was agreed?"),
        "certifiering": say("Which schools can apply?"),
        "lara": say("Who can we learn from?"),
        "stod": say("Where does support help most?"),
        "importera": say("What do you want to load?"),
        "ramverk": say("What are the schools asked?"),
        "historik": say("What was loaded when, and what did it change?"),
        "metod": say("How are the figures made?"),
        "oppna-data": say("What can anyone download?"),
        "tillganglighet": say("Can everybody use the pages?"),
        "behorighet": say("Who may do what?"),
        "eu": say("What do the EU funds go to?"),
        "eu-rapport": say("What do we report for the year?"),
        "eu-projekt": say("What do we know about the projects?"),
        "avstamning": say("Does the register agree with the ledger?"),
    }


def question(path: str) -> Callable[[Words], str]:
    """The page's heading, in the language that it will be drawn in."""
    return lambda say: questions(say)[path]


def address(path: str, say: Words, **choices: str | int) -> str:
    """Where a page with these choices is, for a link on another page; of the same owner's, unless they say whose."""
    whose = {PARAMETER: owner_id()} if owner_id() and PARAMETER not in choices else {}
    return f"{path}?{urlencode({**choices, **whose, 'lang': say.language})}"
