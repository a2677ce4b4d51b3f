"""What became of a school, and what became part of it: said wherever its figures end or begin anew because of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from analytics.model.schools import SchoolLink, links_among
from analytics.words.school_links import link_sentence
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.controls import school_names
from pages.ui.titles import address


def links_of(ask: Ask, school_id: str) -> tuple[SchoolLink, ...]:
    """Those of this school, of either side; none with a school that the viewer is told nothing of."""
    return tuple(link for link in links_among(ask.catalogue.schools) if school_id in (link.school, link.other))


def break_years(ask: Ask, school_id: str) -> tuple[int, ...]:
    """The first years of what the school is since another became part of it, or was made out of it."""
    return tuple(sorted({link.first_year for link in links_of(ask, school_id) if link.other == school_id}))


def parted_years(years: Iterable[int], breaks: Sequence[int]) -> list[list[int]]:
    """The years in parts, each of what the school was then."""
    parts: dict[int, list[int]] = {}
    for year in years:
        parts.setdefault(sum(first <= year for first in breaks), []).append(year)
    return [parts[number] for number in sorted(parts)]


def said_of_links(ask: Ask, school_id: str) -> tuple[str, ...]:
    """A sentence for each link of the school, in the order of their days."""
    return tuple(_sentence(ask, link, school_id) for link in links_of(ask, school_id))


def ways_on(ask: Ask, school_id: str) -> Markup:
    """What became of a school that has no figures, with links to the others."""
    say, names = ask.say, school_names(ask.catalogue)
    parts = []
    for link in links_of(ask, school_id):
        other = link.other if link.school == school_id else link.school
        way = html.link(names[other], address("skola", say, school=other))
        parts.append(html.element("p", _sentence(ask, link, school_id), " ", way))
    return html.joined(parts)


def _sentence(ask: Ask, link: SchoolLink, school_id: str) -> str:
    return link_sentence(link, school_id, school_names(ask.catalogue), ask.say)
