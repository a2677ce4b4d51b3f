"""What a report that several administrations hand in tells of each: its sum, its answers, how far its part is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from analytics.documents.paper.markdown import typed_blocks
from analytics.documents.paper.shapes import Block, Heading, Paragraph, Tone
from analytics.documents.paper.table import PaperColumn, PaperTable
from analytics.documents.report.amounts import writer
from analytics.documents.report.sheet_shapes import CellFormat, SheetColumn, WorkbookSheet
from analytics.funding.report import PartSum, Report
from analytics.model.administrations import HandedIn
from analytics.model.funding import Narrative, ReportQuestion
from analytics.model.sender import Dispatch, Filing
from analytics.words.labels import label_of
from analytics.words.language import Words
from analytics.words.provenance import provenance_word


def part_name(part: PartSum, say: Words) -> str:
    return part.administration.title if part.administration else say("No administration named")


def title_of(report: Report, say: Words) -> str:
    """What the report is called; of one administration's part, with its name."""
    title = say("Account of international work {year}", year=report.year)
    return f"{title} – {part_name(report.part_of, say)}" if report.part_of else title


def handed_in_words(handed_in: HandedIn, say: Words) -> str:
    return say(
        "The part as it was handed in {day} by {who} (version {version}); what was changed since is not in it.",
        day=say.day(handed_in.at.date()),
        who=handed_in.by,
        version=handed_in.version,
    )


def handed_in_json(handed_in: HandedIn | None) -> dict[str, Any] | None:
    if handed_in is None:
        return None
    at = handed_in.at.isoformat(timespec="seconds")
    return {"version": handed_in.version, "at": at, "by": handed_in.by}


def sent_by(report: Report, dispatch: Dispatch) -> Dispatch:
    """Who sends the report: of an administration's part that one, with its own contact and registry number. The city's
    decision is on the city's report."""
    part = report.part_of
    if part is None or part.administration is None:
        return dispatch
    own = part.administration
    sender = replace(dispatch.sender, administration=own.title, contact=own.contact or "")
    return Dispatch(sender, Filing(part.part.registry_number or "" if part.part else ""))


def sums_table(report: Report, say: Words) -> PaperTable:
    """A row is an administration."""
    sek = writer((*(part.amount_sek for part in report.parts), report.total_sek), say)
    projects = say.integer(sum(len(part.projects) for part in report.parts))
    columns: tuple[PaperColumn[PartSum], ...] = (
        PaperColumn(say("Administration"), lambda part: part_name(part, say), 8, total=say("Sum")),
        PaperColumn(say("Projects"), lambda part: say.integer(len(part.projects)), 2, True, total=projects),
        PaperColumn(say("Paid SEK"), lambda part: sek(part.amount_sek), 3, True, total=sek(report.total_sek)),
    )
    title = (
        say("EU funds and other funds paid {year} by administration", year=report.year)
        if report.not_eu
        else say("EU funds paid {year} by administration", year=report.year)
    )
    return PaperTable.of(title, columns, _in_tables(report))


def _in_tables(report: Report) -> tuple[PartSum, ...]:
    """The administrations, and what names none where it has projects: answers alone are the whole city's."""
    return tuple(part for part in report.parts if part.administration or part.projects)


def part_answer_blocks(report: Report, question: ReportQuestion, say: Words, *, tell_origin: bool) -> Iterator[Block]:
    """What each administration has answered to a question, under its name; last who has not answered."""
    missing = []
    for part in report.parts:
        narrative = part.answer(question)
        if part.administration is None:
            continue  # what is common stands before them
        if narrative is None:
            missing.append(part.administration.title)
            continue
        yield Heading(part.administration.title, 3)
        yield from answered_blocks(narrative, say, tell_origin=tell_origin)
    if missing:
        yield Paragraph(say("Not written yet: {names}.", names=say.listing(missing)), Tone.MISSING)


def answered_blocks(narrative: Narrative, say: Words, *, tell_origin: bool) -> Iterator[Block]:
    """An answer as it prints, with its origin if told to."""
    yield from typed_blocks(narrative.text, say)
    if tell_origin:
        origin = provenance_word(narrative.provenance, say)
        yield Paragraph(say("Provenance of the answer: {origin}", origin=origin), Tone.NOTE)


def status_table(report: Report, say: Words) -> PaperTable:
    """A row is an administration: how far its part was when the report was made."""
    columns: tuple[PaperColumn[PartSum], ...] = (
        PaperColumn(say("Administration"), lambda part: part_name(part, say), 6),
        PaperColumn(say("Status"), lambda part: label_of(part.status, say) if part.status else "", 3),
        PaperColumn(say("Last day"), _last_day, 3),
        PaperColumn(say("Answers written"), lambda part: _written(part, say), 3, True),
    )
    return PaperTable.of(say("Parts of the report"), columns, _in_tables(report))


def _last_day(part: PartSum) -> str:
    return part.part.deadline.isoformat() if part.part and part.part.deadline else ""


def _written(part: PartSum, say: Words) -> str:
    return say("{part} of {whole}", part=len(part.answers), whole=len(ReportQuestion))


def parts_sheet(report: Report, say: Words) -> WorkbookSheet:
    """A row is an administration."""
    columns: tuple[SheetColumn[PartSum], ...] = (
        SheetColumn(say("Administration"), lambda part: part_name(part, say), width=40, total=say("Sum")),
        SheetColumn(say("Paid SEK"), lambda part: part.amount_sek, CellFormat.AMOUNT, total=report.total_sek),
        SheetColumn(say("Projects"), lambda part: len(part.projects), CellFormat.NUMBER),
        SheetColumn(say("Answers written"), lambda part: len(part.answers), CellFormat.NUMBER),
        SheetColumn(say("Status"), lambda part: label_of(part.status, say) if part.status else None),
        SheetColumn(say("Last day"), lambda part: part.part.deadline if part.part else None, CellFormat.DAY),
        SheetColumn(say("Registry number"), lambda part: part.part.registry_number if part.part else None),
    )
    return WorkbookSheet.of(say("Administrations"), columns, _in_tables(report))


def part_json(part: PartSum) -> dict[str, Any]:
    """A part for programs; what names no administration has null."""
    return {
        "administration": part.administration.id if part.administration else None,
        "name": part.administration.title if part.administration else None,
        "status": part.status.value if part.status else None,
        "deadline": part.part.deadline if part.part else None,
        "registry_number": part.part.registry_number if part.part else None,
        "amount_sek": part.amount_sek,
        "projects": part.projects,
        "narratives": {question.value: narrative.text for question, narrative in part.answers},
    }
