"""The figures that the eye looks for first, and the picture of the areas beside the city and similar schools."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.brief.position import AreaPosition, Position
from analytics.documents.brief.names import area_name, cut
from analytics.documents.paper.shapes import DotLine, Dots, FormField, FormFields
from analytics.model.present import present
from analytics.words.figures import CRITERIA_AT_GOAL, SCHOOL_MEAN
from analytics.words.goals import goal_level
from analytics.words.language import Words

AREAS = 9  # rows of the picture


def key_figures(brief: Brief, say: Words) -> Iterator[FormFields]:
    """The four figures that the eye looks for first; none where nothing is shown."""
    of, whole = brief.round, brief.position.whole
    if of is None or whole.mean is None:
        return
    fields = [FormField(say.marked(SCHOOL_MEAN), (say.number(whole.mean),), 3)]
    if whole.city is not None:
        beside = [say.number(value) for value in (whole.city, whole.similar) if value is not None]
        label = (
            say("The city")
            if whole.similar is None
            else say("The city; the same stage")
            if brief.position.whole_stage
            else say("The city; similar schools")
        )
        fields.append(FormField(label, ("; ".join(beside),), 3))
    reached = say("{part} of {whole}", part=say.integer(of.at_goal), whole=say.integer(of.shown))
    fields.append(FormField(say.marked(CRITERIA_AT_GOAL), (reached,), 3))
    if of.responded_band:
        fields.append(FormField(say("Have answered"), (of.responded_band.replace("-", "–"),), 3))
    if of.responded is not None:
        answered = say.integer(of.responded)
        if of.invited is not None:
            answered = say("{part} of {whole}", part=answered, whole=say.integer(of.invited))
        fields.append(FormField(say("Have answered"), (answered,), 3))
    yield FormFields((tuple(fields),))


def dots_block(brief: Brief, say: Words) -> Dots:
    """The areas and all of them together on the level scale."""
    framework, places = brief.framework, brief.position.areas[:AREAS]
    lines = [_line(brief, brief.position.whole, say("All areas"), say, bold=True)]
    lines += [_line(brief, place, area_name(framework, place.area, say), say) for place in places]
    left_out = len(brief.position.areas) - len(places)
    note = (
        say.plural(
            "{n} more area is on the page My school (/skola).",
            "{n} more areas are on the page My school (/skola).",
            left_out,
        )
        if left_out
        else ""
    )
    names = framework.labels(say.language)
    return Dots(
        caption=say("The areas in {year}, means", year=say.round(brief.year)),
        alt=say(
            "Dots with intervals per area: the school, the city and schools to put it beside. {lines}.",
            lines="; ".join(_told(line, brief.position.whole_stage, say) for line in lines),
        ),
        lowest=framework.scale_min,
        names=tuple(cut(name, 24) for name in names),
        goal=framework.goal.level,
        goal_name=say("the goal: {goal}", goal=goal_level(framework, say)),
        lines=tuple(lines),
        value_name=say("the school, with a 95% interval"),
        city_name=say.plural(
            "the city, mean of {n} school", "the city, mean of {n} schools", brief.position.city_schools
        ),
        similar_name=_similar_name(brief.position, say),
        note=note,
    )


def _similar_name(position: Position, say: Words) -> str:
    """What the similar schools are called; empty where there are none."""
    n = position.similar_schools
    if not n:
        return ""
    if position.whole_stage:
        return say.plural("the same stage, mean of {n}", "the same stage, mean of {n}", n)
    return say.plural("similar schools, mean of {n}", "similar schools, mean of {n}", n)


def _line(brief: Brief, place: AreaPosition, label: str, say: Words, bold: bool = False) -> DotLine:
    absent = "" if place.mean is not None else say("too few answers") if place.asked else say("no answers")
    return DotLine(label, place.mean, place.low, place.high, place.city, place.similar, absent, bold)


def _told(line: DotLine, whole_stage: bool, say: Words) -> str:
    """A row of the picture in words."""
    figures = []
    if line.value is None:
        figures.append(line.absent)
    else:
        low, high = say.number(present(line.low)), say.number(present(line.high))
        figures.append(say("{value} ({low}–{high})", value=say.number(line.value), low=low, high=high))
    if line.city is not None:
        figures.append(say("the city {value}", value=say.number(line.city)))
    if line.similar is not None:
        similar = say.number(line.similar)
        figures.append(
            say("the same stage {value}", value=similar)
            if whole_stage
            else say("similar schools {value}", value=similar)
        )
    return f"{line.label}: {', '.join(figures)}"
