"""What a framework says of the way to its goal, area by area: how things stood, the aims with the criteria that serve
them, and what each role answers for."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from analytics.model.dialogue import Responsible
from analytics.model.frameworks import Area, Framework
from analytics.words.labels import label_of
from analytics.words.language import Words
from pages.ui import html


def has_plan(framework: Framework) -> bool:
    return any(area.aims or area.suggestions or area.state for area in framework.areas)


def plan_html(framework: Framework, say: Words) -> Markup:
    """An area a fold."""
    areas = (area for area in framework.areas if area.aims or area.suggestions or area.state)
    folds = (html.unfolded(area.title.in_(say.language), *_area(area, say)) for area in areas)
    return html.element("div", *folds, class_="kd-text")


def _area(area: Area, say: Words) -> Iterator[Markup]:
    language = say.language
    if area.state:
        yield html.element("p", html.element("strong", say("How things stood: ")), area.state.in_(language))
    if area.aims:
        yield html.element("p", html.element("strong", say("Aims, and the criteria that serve them")))
        yield html.listed(f"{aim.title.in_(language)}: {_serving(area, aim.id)}" for aim in area.aims)
    for role in Responsible:
        own = [one.text.in_(language) for one in area.suggestions if one.role is role]
        if own:
            yield html.element("p", html.element("strong", say("{role} answers for", role=label_of(role, say))))
            yield html.listed(own)


def _serving(area: Area, aim: str) -> str:
    return ", ".join(one.id for one in area.criteria if aim in one.serves) or "–"
