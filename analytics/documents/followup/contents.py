"""The yearly follow-up report as a document: what was agreed, what came of it, how the criteria moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.dialogue import followup_words
from analytics.dialogue.followup_report import YearReport
from analytics.documents.followup.chapters import (
    about_blocks,
    activity_blocks,
    agreed_blocks,
    certification_blocks,
    late_blocks,
    method_blocks,
    moved_blocks,
)
from analytics.documents.paper.shapes import Block, Document, FormField, FormFields, Heading, Paragraph
from analytics.documents.paper.titled import of_version, titled
from analytics.words.frameworks import calendar_sentence
from analytics.words.language import Words
from analytics.words.provenance import FOLLOW_UP, provenance_stamp

VERSION = "Version"


def followup_document(report: YearReport, about: Mapping[str, str], say: Words) -> Document:
    """The whole report, ready to be set; a page alone where nothing has been agreed. `about` is names and texts for the
    last table, with the version under "Version"."""
    say = say.of_rounds(report.framework)
    title = say("Follow-up of the quality dialogues {year}", year=say.round(report.year))
    nothing = not report.found.agreements.agreed
    return titled(
        title,
        (_nothing_agreed if nothing else _blocks)(report, about, say),
        say,
        stamp=provenance_stamp(report.provenance, say, FOLLOW_UP),
        warning=report.provenance.invented,
        made=of_version(about.get(VERSION), say),
        front=() if nothing else _front(report, say),
        contents=not nothing,
    )


def _front(report: YearReport, say: Words) -> Iterator[Block]:
    found = report.found
    agreed = found.agreements
    yield FormFields(
        (
            (
                FormField(say.marked(followup_words.TALKED), (_part(found.talked, found.schools, say),), 3),
                FormField(say("Goals agreed on"), (say.integer(agreed.agreed),), 3),
                FormField(say.marked(followup_words.DONE), (_part(agreed.done, agreed.agreed, say),), 3),
                FormField(say.marked(followup_words.LATE), (say.integer(agreed.late),), 3),
            ),
        )
    )


def _part(part: int, whole: int, say: Words) -> str:
    return say("{part} of {whole}", part=say.integer(part), whole=say.integer(whole))


def _blocks(report: YearReport, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    chapters = [
        (say("In short"), _short(report, say)),
        (say("What was agreed, and what came of it"), agreed_blocks(report, say)),
        (say.marked(followup_words.LATE), late_blocks(report, say)),
        (say("Whether what was worked on rose"), moved_blocks(report, say)),
        (say("Central activities"), activity_blocks(report, say)),
        (say("The road to certification"), certification_blocks(report, say)),
        (say("How the figures are made"), method_blocks(report, about, say)),
    ]
    for number, (heading, blocks) in enumerate(chapters, 1):
        yield Heading(f"{number} {heading}", own_page=number == 1)
        yield from blocks


def _short(report: YearReport, say: Words) -> Iterator[Block]:
    yield Paragraph(followup_words.talked(report.found, say))
    yield Paragraph(followup_words.helped(report.moved, say))
    yield Paragraph(calendar_sentence(report.framework, report.year, say))


def _nothing_agreed(report: YearReport, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    """That there is nothing to follow up, where to begin, and what can be told all the same."""
    yield Paragraph(followup_words.talked(report.found, say))
    yield Paragraph(followup_words.where_to_begin(say))
    yield Paragraph(calendar_sentence(report.framework, report.year, say))
    if report.stages:
        yield from certification_blocks(report, say)
    yield from about_blocks(report, about, say)
