"""Tillgänglighet: the accessibility statement, by the model of the authority that supervises it (DIGG)."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from markupsafe import Markup

from analytics.words.language import N_, Words
from pages.data.accessible.tried import Tried, tried
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.head import page_head
from pages.ui.titles import questions

SUPERVISOR = "https://www.digg.se/tdosanmalan"  # where it is reported that a body does not mend what shuts one out
CONTACT = "KVALITET_CONTACT"  # where the city is told of it: an e-mail address, a page, a telephone number
LEFT = {
    "menu_outside": N_("The bar's menus open outside the page's landmarks. They can be reached and read all the same."),
    "phone_menu": N_("On a phone the menu is read out as a list without a number of entries."),
    "file_place": N_(
        "The place where files are left has no role for screen readers, and its button is read out with an English"
        " word. Files can be chosen all the same."
    ),
    "phone_menu_entry": N_("On a phone an entry of the menu is read out without its place in the list."),
}
"""What is Streamlit's own, by its name in the trial -> what it means for a reader."""
BY_HAND = (
    N_(
        "Pictures have a text that tells their answer, and the same figures as a table below “Table, picture and data”."
    ),
    N_("Text has a contrast of at least 4.5 to 1, and marks at least 3 to 1: measured on white and in the dark theme."),
    N_(
        "The pages follow your device: light or dark, colours that it forces, and no motion if you have asked for none."
    ),
    N_("The pages can be read at a width of 320 pixels."),
    N_("Every page can be printed."),
)


def render(ask: Ask) -> None:
    with page_head(ask.say, questions(ask.say)["tillganglighet"]):
        pass
    html.show(access.composed(compose, ask, os.environ.get(CONTACT, "").strip()))


def compose(ask: Ask, contact: str) -> Markup:
    """The statement: how far the pages reach, what is not accessible, how to report it, how it was tried. `contact`:
    to whom, '' where the city has not said."""
    say, found = ask.say, tried()
    return html.answer(_answer(found, say)) + html.joined(
        [
            _section(say("What is not accessible"), [html.listed(_left(found, say))] if found.left else [], say),
            _section(
                say("How the pages are made to be used"), [html.listed(say.marked(text) for text in BY_HAND)], say
            ),
            _section(say("Report what shuts you out"), list(_report(contact, say)), say),
            _section(say("How this was tried"), list(_how(found, say)), say),
        ]
    )


def _answer(found: Tried, say: Words) -> str:
    if not found.left:
        return say("The pages meet the law on accessible digital public services, as far as it has been tried.")
    return say(
        "The pages meet the law on accessible digital public services in part: {n} shortcomings are known.",
        n=len(found.left),
    )


def _section(heading: str, parts: Sequence[Markup], say: Words) -> Markup:
    inner = parts or [html.element("p", say("Nothing that is known."))]
    return html.element("section", html.section_title(heading), *inner, class_="kd-text")


def _left(found: Tried, say: Words) -> list[str]:
    return [say.marked(LEFT[name]) for name in found.left]


def _report(contact: str, say: Words) -> list[Markup]:
    here = say("Tell the city, which mends it or gives you what you need in another way:") if contact else ""
    if not contact:
        here = say(
            "The city has not said where to report it. Whoever runs the program sets the address in {setting}; until"
            " then, tell the person at the city who answers for Kvalitetsdialog.",
            setting=CONTACT,
        )
    above = say("If you are not content with the answer, report it to the Agency for Digital Government:")
    return [
        html.element("p", here, *((" ", _reached(contact)) if contact else ())),
        html.element("p", above, " ", html.link_beside("digg.se/tdosanmalan", SUPERVISOR)),
    ]


def _reached(contact: str) -> Markup:
    """An e-mail address or a page as a link; a telephone number or a name as it is written."""
    if contact.startswith("https://"):
        return html.link_beside(contact.removeprefix("https://"), contact)
    mail = re.fullmatch(r"[\w.+-]+@[\w.-]+", contact)
    return html.link_beside(contact, f"mailto:{contact}") if mail else html.element("span", contact)


def _how(found: Tried, say: Words) -> list[Markup]:
    text = say(
        "On {day} the program axe-core {edition} went through {pages} pages: as they open, with folds, choices and"
        " menus open, without data, for a hidden school and a wrong address, and where several owners are to choose"
        " among; in Swedish and English, light and dark, {widths} pixels wide. It is held to WCAG 2.2 at levels A and"
        " AA, which EN 301 549 asks for.",
        day=say.day(found.day),
        edition=found.axe,
        pages=len(found.pages),
        widths=say.listing([str(width) for width in found.widths]),
    )
    limits = say(
        "Such a program finds some of what shuts people out, not all of it. Nobody outside the project has judged the"
        " pages, and nobody who uses a screen reader daily."
    )
    return [html.element("p", text), html.element("p", limits)]
