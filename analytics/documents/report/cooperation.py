"""The report's chapter of international work without EU funds, and its sheet in the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.documents.paper.markdown import typed_blocks
from analytics.documents.paper.shapes import TWELFTHS, Block, FormField, FormFields, Heading, Paragraph, Tone
from analytics.documents.report.sheet_shapes import CellFormat, SheetColumn, WorkbookSheet
from analytics.funding.report import Report
from analytics.model.funding import Cooperation
from analytics.words.labels import label_of
from analytics.words.language import Words
from analytics.words.provenance import provenance_word


def cooperation_blocks(report: Report, number: int, say: Words, *, tell_origin: bool = False) -> Iterator[Block]:
    """A section a cooperation: what it is, with whom, who pays, and what is said of it."""
    for n, one in enumerate(report.cooperations, 1):
        yield Heading(f"{number}.{n} {one.name}", 2)
        told = [(say("Form of cooperation"), label_of(one.form, say), 3)]
        told += [(say("Funded by"), one.funder, 3)] if one.funder else []
        whose = report.title_of(one.administration)
        told += [(say("Administration"), whose, 3)] if whose else []
        told += [(say("With whom"), one.partners, TWELFTHS - 3 * len(told))] if one.partners else []
        yield FormFields((tuple(FormField(label, (text,), width) for label, text, width in told),))
        if tell_origin:
            origin = provenance_word(one.provenance, say)
            yield Paragraph(say("Provenance of the cooperation: {origin}", origin=origin), Tone.NOTE)
        yield from typed_blocks(one.text or "", say)


def cooperation_sheet(report: Report, say: Words) -> WorkbookSheet:
    """A row is a cooperation of the year."""
    columns: tuple[SheetColumn[Cooperation], ...] = (
        SheetColumn(say("Cooperation"), lambda one: one.name, width=40),
        SheetColumn(say("Form of cooperation"), lambda one: label_of(one.form, say)),
        SheetColumn(say("With whom"), lambda one: one.partners, width=40),
        SheetColumn(say("Funded by"), lambda one: one.funder),
        SheetColumn(say("What it is"), lambda one: one.text, CellFormat.LONG),
        SheetColumn(say("Provenance"), lambda one: provenance_word(one.provenance, say), width=24),
    )
    if report.parts:
        columns = (*columns, SheetColumn(say("Administration"), lambda one: report.title_of(one.administration)))
    return WorkbookSheet.of(say("Without EU funds"), columns, report.cooperations)
