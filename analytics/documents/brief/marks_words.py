"""EU projects, the stage of certification and eTwinning labels, in words; and the three questions."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.words import stage_with_day
from analytics.documents.brief.limits import Limits
from analytics.documents.brief.names import cut, years_text
from analytics.documents.paper.shapes import Block, Bullets, Heading, Paragraph
from analytics.model.dialogue import Label
from analytics.words.labels import label_of
from analytics.words.language import Words

TITLE = 70


def marks_blocks(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    """A line a project, then the stage and the labels."""
    yield Heading(say("EU projects, certification and eTwinning"))
    points = []
    for project in brief.projects[: limits.projects]:
        figures = {"title": cut(project.title, TITLE), "programme": cut(project.programme, TITLE)}
        years = years_text(project.start, project.end)
        points.append(
            say("Takes part in {title} ({programme}, {years})", years=years, **figures)
            if project.running
            else say("Took part in {title} ({programme}, {years}), which has ended", years=years, **figures)
        )
    more = len(brief.projects) - limits.projects
    if more > 0:
        points.append(
            say.plural("{n} more project is on the page EU (/eu).", "{n} more projects are on the page EU (/eu).", more)
        )
    stage = brief.stage
    if stage is not None:
        said, note = stage_with_day(stage, say, say.day).rstrip("."), stage.events[-1].note
        said = said[0].lower() + said[1:]
        text = say("Digital school: {stage}", stage=said)
        if brief.stage_under not in (None, brief.framework):
            title = cut(brief.stage_under.title.in_(say.language), TITLE)
            text = say("Under {framework}: {stage}", framework=title, stage=said)
        points.append(f"{text}. {cut(note, limits.text)}" if note else text)
    points += [_label(label, say) for label in brief.labels[: limits.labels]]
    more = len(brief.labels) - limits.labels
    if more > 0:
        points.append(say.plural("{n} more eTwinning label", "{n} more eTwinning labels", more))
    if not points:
        yield Paragraph(
            say(
                "No EU project, certification or eTwinning label of the school is registered for {year}.",
                year=say.round(brief.year),
            )
        )
    else:
        yield Bullets(tuple(points))


def _label(label: Label, say: Words) -> str:
    name, day = label_of(label.label, say), say.day(label.day)
    if label.until is None:
        return say("{label}, since {day}", label=name, day=day)
    return say("{label}, {day}–{until}", label=name, day=day, until=say.day(label.until))
