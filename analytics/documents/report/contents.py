"""The report as a document: the form's chapters in the form's order, then what the register says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.documents.paper.shapes import Block, Document, FormField, FormFields, Heading, Paragraph, Tone, printable
from analytics.documents.report.amounts import written
from analytics.documents.report.chapters import (
    answer_blocks,
    colophon_blocks,
    countries_in,
    money_blocks,
    paid_projects,
    partner_blocks,
    remark_blocks,
)
from analytics.documents.report.origins import mixed_origins, stamp_of
from analytics.documents.report.sheet import sheet_blocks
from analytics.funding.report import Report
from analytics.words.funding import REMARKS
from analytics.words.language import Words

VERSION = "Version"


def report_document(report: Report, about: Mapping[str, str], say: Words) -> Document:
    """The whole report, ready to be set. `about` is names and texts for the colophon, with the version under
    "Version"."""
    title = say("Account of international work {year}", year=report.year)
    version = about.get(VERSION)
    page, of = say("Page {page} of {pages}", page="|", pages="|").split("|")[:2]
    return printable(
        Document(
            language="sv-SE" if say.language == "sv" else "en-GB",
            title=title,
            stamp=stamp_of(report, say),
            warning=report.provenance.invented,
            foot=title + (" · " + say("Version") + " " + version if version else ""),
            page=page,
            of=of,
            contents=say("Contents"),
            front=tuple(_front(report, say)),
            blocks=tuple(_blocks(report, about, say)),
        )
    )


def _front(report: Report, say: Words) -> Iterator[Block]:
    yield FormFields(
        (
            (
                FormField(say("EU funds paid {year}, SEK", year=report.year), (written(report.total_sek, say),), 4),
                FormField(say("Projects"), (say.integer(len(report.sheets)),), 2),
                FormField(say("of them paid in the year"), (say.integer(paid_projects(report)),), 3),
                FormField(say("Countries in the projects"), (say.integer(countries_in(report)),), 3),
            ),
        )
    )


def _blocks(report: Report, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    year = report.year
    yield Heading("1 " + say("Projects {year}", year=year), own_page=True)
    if not report.sheets:
        yield Paragraph(say("No project ran or was paid in {year}.", year=year), Tone.MISSING)
    for n, sheet in enumerate(report.sheets, 1):
        yield Heading(f"1.{n} {sheet.project.title}", 2, own_page=n > 1)
        yield from sheet_blocks(sheet, year, report.school_names, say, tell_origin=mixed_origins(report))
    yield Heading("2 " + say("EU funds {year}", year=year), own_page=True)
    yield from money_blocks(report, say)
    yield Heading("3 " + say("Partners {year}", year=year))
    yield from partner_blocks(report, say)
    yield Heading("4 " + say("International work {year}", year=year), own_page=True)
    yield from answer_blocks(report, 4, say)
    yield Heading("5 " + say.marked(REMARKS), own_page=True)
    yield from remark_blocks(report, say)
    yield Heading("6 " + say("About this report"))
    yield from colophon_blocks(report, about, say)
