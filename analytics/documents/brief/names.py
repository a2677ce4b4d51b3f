"""What the brief's sentences share: names of criteria and areas, figures in levels or shares, texts cut to measure."""

from __future__ import annotations

import re
from datetime import date

from analytics.dialogue.brief.agreed import AgreementTold
from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.goal_figure import DIGITS, digits_beside, goal_value
from analytics.model.frameworks import Framework
from analytics.model.provenance import Provenance
from analytics.words.language import Words

CUT = "…"
UNBROKEN, BREAK = 24, "\N{ZERO WIDTH SPACE}"  # letters of a word that may stand without a place to break it
LEAST, MOST = 0.01, 0.99  # resamples are too few to tell shares beyond these from none and all
TITLE = 78  # characters of a criterion's title


def cut(text: str, most: int) -> str:
    """The text on one line, whole where it fits, else up to a word's end and an ellipsis; long words may be broken."""
    text = " ".join(text.split())
    if len(text) <= most:
        return _breakable(text)
    start = text[: most - 1]
    whole_words = start.rsplit(" ", 1)[0] if " " in start[most // 2 :] else start
    return _breakable(whole_words.rstrip(" ,;:.–-")) + CUT


def _breakable(text: str) -> str:
    """An address typed into a text would else run out over the edge of the paper."""
    return re.sub(rf"\S{{{UNBROKEN}}}(?=\S{{{UNBROKEN // 2}}})", rf"\g<0>{BREAK}", text)


def criterion_name(framework: Framework, criterion_id: str, say: Words) -> str:
    """Id and title: C5 Lärarna besöker varandra."""
    for criterion in framework.criteria:
        if criterion.id == criterion_id:
            return f"{criterion_id} {cut(criterion.title.in_(say.language).rstrip('.'), TITLE)}"
    return criterion_id


def agreed_name(agreed: AgreementTold, say: Words) -> str:
    """Id and title as they were when it was agreed, and the id of today where that is another."""
    name = f"{agreed.criterion} {cut(agreed.title.in_(say.language).rstrip('.'), TITLE)}"
    if agreed.called in (None, agreed.criterion):
        return name
    return say("{name} (now {criterion})", name=name, criterion=agreed.called)


def area_name(framework: Framework, area_id: str, say: Words) -> str:
    """The area's title."""
    titles = {area.id: area.title.in_(say.language) for area in framework.areas}
    return cut(titles.get(area_id, area_id), TITLE)


def figure_text(value: float, framework: Framework, say: Words, goal: float | None = None) -> str:
    """A figure in the goal's own statistic: a share, a median's whole level, or a mean. What is below the goal (None:
    the framework's) has as many decimals as it takes to see it."""
    digits = digits_beside(value, goal_value(framework) if goal is None else goal)
    match framework.goal.statistic:
        case "share":
            return say.percent(round(value, digits), digits - DIGITS)
        case "median" if value == int(value):
            return say.integer(int(value))
        case _:
            return say.number(value, digits)


def share_text(share: float, say: Words) -> str:
    """A share of resamples: 84 %; at the ends under 1 % and over 99 %, as they are drawn and not known."""
    if share < LEAST:
        return say("under {share}", share=say.percent(LEAST))
    if share > MOST:
        return say("over {share}", share=say.percent(MOST))
    return say.percent(share)


def goal_level(framework: Framework, say: Words) -> str:
    """What is reached where the goal is: level 3 (Confident), or at least 50 % at it."""
    name = framework.labels(say.language)[framework.goal.level - framework.scale_min]
    level = say("level {level} ({name})", level=framework.goal.level, name=name)
    match framework.goal.statistic:
        case "share":
            share = figure_text(goal_value(framework), framework, say)
            return say("at least {share} at {level}", share=share, level=level)
        case "median":
            return say("a median of {level}", level=level)
        case _:
            return level


def stage_name(stage: str, say: Words) -> str:
    """A stage as people call it; those that are no word of ours stand as they are in the register."""
    return {
        "preschool": say("Preschool"),
        "compulsory": say("Compulsory school"),
        "upper_secondary": say("Upper secondary school"),
        "adult": say("Adult education"),
    }.get(stage, stage)


def origin_text(brief: Brief, say: Words) -> str:
    """Where the brief's figures and texts come from, for every page of it."""
    return {
        Provenance.SYNTHETIC: say("Synthetic data: invented schools, answers and projects"),
        Provenance.MIXED: say("Partly synthetic data: some schools, answers and projects are invented"),
        Provenance.PUBLISHED: say("Published data"),
    }.get(brief.provenance, say("Imported data"))


def invented(brief: Brief) -> bool:
    return brief.provenance in (Provenance.SYNTHETIC, Provenance.MIXED)


def years_text(start: date, end: date) -> str:
    """The years of a project: 2023–2025, or one of them."""
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
