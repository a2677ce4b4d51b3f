"""What the brief's sentences share: names of criteria and areas, figures in levels or shares, texts cut to measure."""

from __future__ import annotations

import re
from datetime import date

from analytics.dialogue.brief.agreed import AgreementOutcome
from analytics.model.frameworks import Framework
from analytics.words.language import Words

CUT = "…"
UNBROKEN, BREAK = 24, "\N{ZERO WIDTH SPACE}"  # letters of a word that may stand without a place to break it
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


def agreed_name(agreed: AgreementOutcome, say: Words) -> str:
    """Id and title as they were when it was agreed, and the id of today where that is another."""
    name = f"{agreed.criterion} {cut(agreed.title.in_(say.language).rstrip('.'), TITLE)}"
    if agreed.called in (None, agreed.criterion):
        return name
    return say("{name} (now {criterion})", name=name, criterion=agreed.called)


def area_name(framework: Framework, area_id: str, say: Words) -> str:
    """The area's title."""
    titles = {area.id: area.title.in_(say.language) for area in framework.areas}
    return cut(titles.get(area_id, area_id), TITLE)


def years_text(start: date, end: date) -> str:
    """The years of a project: 2023–2025, or one of them."""
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
