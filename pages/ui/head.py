"""The line over a page: where one is, what the page is about, and what applies to it, folded into a button or two.

Inside `with page_head(...)` the choices are gathered (pages/ui/controls.py); they are drawn when it ends, each folded
into a button that says what is chosen. What nobody has opened is not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import streamlit as st
from markupsafe import Markup

from analytics.words.language import N_, Words
from pages.ui import html, whose
from pages.ui.labels import choices_kept_open
from pages.ui.replayed import replayed
from pages.ui.titles import address
from pages.ui.ways import section

APPLIES, SUBJECT = "applies", "subject"
"""Where a choice is folded: what applies to the page (year, comparison, filters), or what it is about (a school)."""
NOTHING_SAID = {APPLIES: N_("Choose what is shown"), SUBJECT: N_("Change school")}
CHOICE = "choice_"  # before a parameter's name in the address: the key of its select box
OPENED = "opened_"  # before a fold's name: the key of its button
CHOSEN = "made_a_choice"  # the session's mark that a choice on this page led to this run


@dataclass(frozen=True, slots=True)
class MadeChoice:
    """A choice that has been made, and how to draw it. `said`: what the folded button says of it, '' for nothing; `of`:
    all that its drawing follows from, None where that is more than can be told (a field that somebody types in)."""

    key: str
    said: str
    draw: Callable[[], None]
    of: Hashable
    place: str = APPLIES


@dataclass
class Head:
    """What a page tells of itself. `title` may be set once the choices are known; `crumbs`: (text, address) of what it
    lies under; `badge`: what must be said of the whole page; `tab`: what the browser's tab is called, if not as the
    menu calls the page; `told`: what must be said of the choices."""

    title: str
    crumbs: tuple[tuple[str, str], ...] = ()
    badge: Markup = field(default_factory=Markup)
    tab: str = ""
    choices: list[MadeChoice] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    drawn: bool = False

    def finish(self, say: Words) -> None:
        """Draws it; once, and before anything that stands below it."""
        if self.drawn:
            return
        self.drawn = True
        st.session_state.pop(CHOSEN, None)
        _forget(choice.key for choice in self.choices)
        _draw(self, say)
        if self.told:
            html.show(html.joined(map(html.note, self.told)))


_gathering: ContextVar[Head] = ContextVar("gathering")


def gathered() -> Head:
    """The head that is being gathered; raises LookupError outside `page_head`."""
    return _gathering.get()


@contextmanager
def page_head(say: Words, title: str, crumbs: Sequence[tuple[str, str]] = ()) -> Iterator[Head]:
    """Gathers a page's choices and draws its head; what is raised inside leaves the title there."""
    head = Head(title, (*_whose(say), *crumbs))
    token = _gathering.set(head)
    try:
        yield head
    except Exception:
        draw_title(head.title, say, head.crumbs)
        raise
    finally:
        _gathering.reset(token)
    head.finish(say)


def _whose(say: Words) -> tuple[tuple[str, str], ...]:
    """Whose pages they are, where a store holds several owners: “the city” is that one."""
    of = whose.owner()
    return ((of.name, address("oversikt", say)),) if of else ()


def _forget(offered: Iterable[str]) -> None:
    """Lets go of choices that the page no longer offers: they would be written into the address with the next one."""
    offered = set(offered)
    for key in [key for key in st.session_state if str(key).startswith(CHOICE) and key not in offered]:
        del st.session_state[key]


def draw_title(title: str, say: Words, crumbs: Sequence[tuple[str, str]] = ()) -> None:
    """The heading alone, of a page that has nothing to choose or cannot be shown."""
    html.draw(_menu_words(say) + title_html(title, crumbs), "title")


def title_html(title: str, crumbs: Sequence[tuple[str, str]] = ()) -> Markup:
    """The heading of the page, below where it lies."""
    way = (
        html.joined([html.link(text, there), html.element("span", " › ", **{"aria-hidden": "true"})])
        for text, there in crumbs
    )
    where = html.element("nav", *way, class_="kd-crumbs") if crumbs else ""
    return html.element("div", where, html.element("h1", title, class_="kd-title"), class_="kd-head")


def _menu_words(say: Words) -> Markup:
    """For the script: what the menu's buttons on a phone are called, as Streamlit's own are English whatever the page;
    and which of the bar's menus the page is under, which Streamlit does not mark while it is closed."""
    told = {"data-menu": say("Menu"), "data-close": say("Close the menu"), "data-section": section()}
    return html.element("span", hidden="", **told)


def _draw(head: Head, say: Words) -> None:
    """As it was sent before, with the choices of an open fold as they stand."""
    if head.tab:
        st.set_page_config(page_title=f"{head.tab} – Kvalitetsdialog")
    folds = {place: chosen for place in (SUBJECT, APPLIES) if (chosen := _in(head, place))}
    labels = {place: _label(place, chosen, say) for place, chosen in folds.items()}
    of_title = (head.title, head.crumbs, head.badge, say.language, section())

    def draw_title() -> None:
        html.draw(_menu_words(say) + head.badge + title_html(head.title, head.crumbs), "title")

    def draw() -> None:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom", key="head"):
            replayed(of_title, None, draw_title)
            if folds:
                with st.container(horizontal=True, width="content", key="choices"):
                    for place, chosen in folds.items():
                        _fold(place, labels[place], chosen)

    opened = tuple(place for place in folds if st.session_state.get(OPENED + place))
    offered = [choice.of for choice in head.choices] if opened else []
    if None in offered:
        draw()
    else:
        replayed((*of_title, *labels.items(), opened, *offered), offered, draw, chosen=bool(opened))  # weighed with it


def _in(head: Head, place: str) -> list[MadeChoice]:
    return [choice for choice in head.choices if choice.place == place]


def _label(place: str, chosen: Sequence[MadeChoice], say: Words) -> str:
    told = [choice.said for choice in chosen if choice.said]
    return " · ".join(told) or say.marked(NOTHING_SAID[place])


def _fold(place: str, label: str, chosen: Sequence[MadeChoice]) -> None:
    fold = choices_kept_open(html.unmarked(label), key=OPENED + place)
    if fold.open:
        with fold:
            for choice in chosen:
                choice.draw()
