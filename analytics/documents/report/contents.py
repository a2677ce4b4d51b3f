"""The report as a document: the form's chapters in the form's order; what is the city's own affair in an appendix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.documents.paper.shapes import Block, Document, Heading, Paragraph, Tone
from analytics.documents.paper.titled import of_version, titled
from analytics.documents.report.chapters import (
    answer_blocks,
    colophon_blocks,
    money_blocks,
    partner_blocks,
    remark_blocks,
)
from analytics.documents.report.cooperation import cooperation_blocks
from analytics.documents.report.front import front_blocks, introduction_blocks, sender_line
from analytics.documents.report.origins import mixed_origins, stamp_of
from analytics.documents.report.parts import handed_in_words, sent_by, status_table, title_of
from analytics.documents.report.sheet import sheet_blocks
from analytics.documents.report.year_end import year_end_blocks
from analytics.funding.report import Report
from analytics.model.sender import NOBODY, Dispatch
from analytics.words.funding import REMARKS
from analytics.words.language import Words

VERSION = "Version"


def report_document(
    report: Report, about: Mapping[str, str], say: Words, dispatch: Dispatch = NOBODY, *, appendix: bool = False
) -> Document:
    """The report, ready to be set. `about` is names and texts for the appendix, with the version under "Version"; the
    `appendix` has what is the city's own affair: what does not add up, the turn of the year, where it all comes from.
    What is invented says so on every page, with the appendix or without. Which version it is of is a property of the
    file all the same: on paper that is nobody else's affair, and a file is told apart from the next by it."""
    title, dispatch = title_of(report, say), sent_by(report, dispatch)
    stated = about.get(VERSION)
    return titled(
        title,
        _blocks(report, about, say, dispatch, appendix),
        say,
        stamp=stamp_of(report, say) if appendix or report.provenance.invented else "",
        warning=report.provenance.invented,
        made=of_version(stated, say) if appendix else "",
        front=front_blocks(report, dispatch, say),
        contents=True,
        sender=sender_line(dispatch),
        keywords=f"Kvalitetsdialog, version {stated.split()[0]}" if stated else "",
    )


def _blocks(
    report: Report, about: Mapping[str, str], say: Words, dispatch: Dispatch, appendix: bool
) -> Iterator[Block]:
    year, tell_origin = report.year, mixed_origins(report) and (appendix or report.provenance.invented)
    yield Heading("1 " + say("Projects {year}", year=year), own_page=True)
    if report.handed_in:
        yield Paragraph(handed_in_words(report.handed_in, say))
    yield from introduction_blocks(report, dispatch, say)
    if not report.sheets:
        yield Paragraph(say("No project ran or was paid in {year}.", year=year), Tone.MISSING)
    for n, sheet in enumerate(report.sheets, 1):
        own_page = n > 1 or bool(report.parts)  # with its administration it has no room below the introduction
        yield Heading(f"1.{n} {sheet.project.title}", 2, own_page=own_page)
        whose = report.title_of(sheet.project.administration)
        yield from sheet_blocks(sheet, year, report.school_names, say, tell_origin=tell_origin, administration=whose)
    yield Heading("2 " + say("EU funds {year}", year=year), own_page=True)
    yield from money_blocks(report, say)
    yield Heading("3 " + say("Partners {year}", year=year))
    yield from partner_blocks(report, say)
    yield Heading("4 " + say("International work {year}", year=year), own_page=True)
    yield from answer_blocks(report, 4, say, tell_origin=tell_origin)
    if report.cooperations:
        yield Heading("5 " + say("Cooperation without EU funds {year}", year=year), own_page=True)
        yield from cooperation_blocks(report, 5, say, tell_origin=tell_origin)
    if appendix:
        yield from _appendix(report, about, say)


def _appendix(report: Report, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    yield Heading(say("Appendix: how the account was made"), own_page=True)
    yield Heading(say.marked(REMARKS), 2)
    yield from remark_blocks(report, say)
    if report.readings.near_year_end:
        yield Heading(say("At the turn of the year"), 2)
        yield from year_end_blocks(report, say)
    if report.parts:
        yield Heading(say("Parts of the report"), 2)
        yield status_table(report, say)
    yield Heading(say("About this report"), 2)
    yield from colophon_blocks(report, about, say)
