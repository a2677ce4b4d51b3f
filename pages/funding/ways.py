"""Where a project or a school is, for links in what the funding pages draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from analytics.words.language import Words
from pages.ui import html
from pages.ui.titles import address


def project_address(project_id: str, say: Words) -> str:
    return address("eu-projekt", say, project=project_id)


def school_address(school_id: str, say: Words) -> str:
    return address("skola", say, school=school_id)


def project_links(titles: Mapping[str, str], projects: Iterable[str], say: Words) -> Markup:
    """The projects in a row, each a way to its page; `titles`: id -> title."""
    return html.joined((html.link(titles[id_], project_address(id_, say)) for id_ in projects), ", ")
