"""The yearly quality report as a document: the answer first, the figures after it, how they are made last. It names no
school: late goals school by school are the follow-up's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.dialogue import followup_words
from analytics.dialogue.board_report import BoardReport
from analytics.documents.board.chapters import area_blocks, criterion_blocks, effort_blocks, method_blocks
from analytics.documents.followup.chapters import agreed_blocks, certification_blocks
from analytics.documents.paper.shapes import Block, Document, FormField, FormFields, Heading, Paragraph, Tone
from analytics.documents.paper.titled import of_version, titled
from analytics.maturity.city import at_goal
from analytics.maturity.city_words import city_answer
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.words.figures import CITY_AT_GOAL, SCHOOLS_AT_GOAL
from analytics.words.frameworks import calendar_sentence
from analytics.words.goals import goal_rule
from analytics.words.language import Words
from analytics.words.provenance import FOLLOW_UP, provenance_stamp

VERSION = "Version"


def board_document(report: BoardReport, about: Mapping[str, str], say: Words) -> Document:
    """The whole report, ready to be set. `about` is names and texts for the last table, with the version under
    "Version"."""
    say = say.of_rounds(report.framework)
    title = say("Quality report {year}", year=say.round(report.year))
    return titled(
        title,
        _blocks(report, about, say),
        say,
        stamp=provenance_stamp(report.provenance, say, FOLLOW_UP),
        warning=report.provenance.invented,
        made=of_version(about.get(VERSION), say),
        front=_front(report, say),
        contents=True,
    )


def _front(report: BoardReport, say: Words) -> Iterator[Block]:
    city, this = report.city, report.city.round
    whole = city.by_area.get(WHOLE)
    reached = sum(at_goal(cell, report.framework.goal) for cell in city.now)
    fields = [
        FormField(say.marked(SCHOOLS_AT_GOAL), (_part(this.met, this.met + this.not_met, say),), 3),
        FormField(say.marked(CITY_AT_GOAL), (_part(reached, len(city.now), say),), 3),
    ]
    if whole and whole.mean is not None:
        fields.append(FormField(say("The city's mean, all criteria"), (say.number(whole.mean),), 3))
    if this.invited:
        share = say.percent(present(this.responded_of_invited) / this.invited)
        fields.append(FormField(say("Responded"), (share,), 3))
    yield FormFields((tuple(fields),))
    yield Paragraph(report.framework.title.in_(say.language), Tone.NOTE)


def _part(part: int, whole: int, say: Words) -> str:
    return say("{part} of {whole}", part=say.integer(part), whole=say.integer(whole))


def _blocks(report: BoardReport, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    agreed = report.agreed
    chapters = [
        (say("In short"), _short(report, say)),
        (say("Where the schools stand, area by area"), area_blocks(report, say)),
        (say("Criterion by criterion"), criterion_blocks(report, say)),
        (say("Where effort pays"), effort_blocks(report, say)),
    ]
    if agreed.found.agreements.agreed:
        chapters.append((say("What was agreed, and what came of it"), agreed_blocks(agreed, say)))
    chapters += [
        (say("The road to certification"), certification_blocks(agreed, say)),
        (say("How the figures are made"), method_blocks(report, about, say)),
    ]
    for number, (heading, blocks) in enumerate(chapters, 1):
        yield Heading(f"{number} {heading}", own_page=number == 1)
        yield from blocks


def _short(report: BoardReport, say: Words) -> Iterator[Block]:
    yield Paragraph(city_answer(report.city, say))
    rule = goal_rule(report.framework, say)
    yield Paragraph(say("The goal of a school: {rule}.", rule=rule))
    yield Paragraph(followup_words.talked(report.agreed.found, say))
    yield Paragraph(followup_words.helped(report.agreed.moved, say))
    yield Paragraph(calendar_sentence(report.framework, report.year, say))
