"""What has changed beyond noise, and whether the staff see the school alike, in words."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.dialogue.brief.changes import ClearChange
from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.brief.strengths import DividedCriterion
from analytics.documents.brief.names import area_name, criterion_name
from analytics.documents.paper.shapes import Block, Bullets, Heading, Paragraph, Tone
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.words.changes import (
    no_longer_the_same,
    none_changed,
    nothing_to_compare,
    others_unchanged,
    same_words_only,
)
from analytics.words.consensus import agreed_on
from analytics.words.frameworks import levels_text
from analytics.words.language import Words


def moved_blocks(brief: Brief, say: Words, most: int) -> Iterator[Block]:
    """The clear changes, `most` of them by name, and how many criteria did not clearly change."""
    moved = brief.moved
    if brief.round is None or not brief.round.shown:
        return
    if moved.since is None:
        yield Heading(say("What has changed"))
        parted = any(link.other == brief.school.id for link in brief.links)
        yield Paragraph(no_longer_the_same(say) if parted else nothing_to_compare(say))
        return
    yield Heading(say("What has changed since {year}, beyond chance", year=say.round(moved.since)))
    clear = [*moved.areas, *moved.criteria]
    if clear:
        points = [_point(brief, move, say) for move in clear[:most]]
        if len(clear) > most:
            points.append(
                say.plural(
                    "{n} more clear change is on the page My school (/skola).",
                    "{n} more clear changes are on the page My school (/skola).",
                    len(clear) - most,
                )
            )
        yield Bullets(tuple(points))
    yield from _unmoved(brief, say)


def _unmoved(brief: Brief, say: Words) -> Iterator[Block]:
    moved, texts = brief.moved, []
    if not moved.compared:
        texts.append(say("No criterion can be compared with {year}.", year=say.round(moved.since)))
    elif not moved.criteria:
        texts.append(none_changed(moved.unmoved, present(moved.since), say))
    elif moved.unmoved:
        texts.append(others_unchanged(moved.unmoved, say))
    if moved.same_words:
        texts.append(same_words_only(say))
    if texts:
        yield Paragraph(" ".join(texts), Tone.NOTE if moved.criteria else Tone.BODY)


def _point(brief: Brief, move: ClearChange, say: Words) -> str:
    if move.criterion:
        name = criterion_name(brief.framework, move.criterion, say)
    elif move.area == WHOLE:
        name = say("the school as a whole")
    else:
        name = say("the area {area}", area=area_name(brief.framework, move.area, say))
    figures = {"name": name, "before": say.number(move.before), "now": say.number(move.now)}
    figures["difference"] = say.signed(move.difference)
    if move.difference > 0:
        return say("Up: {name}, from {before} to {now} ({difference})", **figures)
    return say("Down: {name}, from {before} to {now} ({difference})", **figures)


def accord_blocks(brief: Brief, say: Words) -> Iterator[Block]:
    """How far the staff agree, and where they are two camps."""
    accords = brief.accords
    if brief.round is None or not brief.round.shown:
        return
    yield Heading(say("Do staff see the school in the same way?"))
    if not accords.told:
        yield Paragraph(say("Too few have answered to show how far the staff agree."))
        return
    yield Paragraph(_agreed(brief, say))
    if accords.deepest:
        yield Bullets(tuple(_camps(brief, camps, say) for camps in accords.deepest))


def _agreed(brief: Brief, say: Words) -> str:
    accords = brief.accords
    if accords.divided:
        return say.plural(
            "They agree on {agreed} of {whole} criteria and are divided into two camps on {n}, most of all on:",
            "They agree on {agreed} of {whole} criteria and are divided into two camps on {n}, most of all on:",
            accords.divided,
            agreed=accords.agreed,
            whole=accords.told,
        )
    return f"{agreed_on(accords.agreed, accords.told, say)}."


def _camps(brief: Brief, camps: DividedCriterion, say: Words) -> str:
    return say(
        "{criterion}: {lower} answer {low}, {upper} answer {high}",
        criterion=criterion_name(brief.framework, camps.criterion, say),
        lower=say.percent(camps.lower),
        low=levels_text(brief.framework.scale_min, camps.low),
        upper=say.percent(camps.upper),
        high=levels_text(camps.high, brief.framework.scale_max),
    )
