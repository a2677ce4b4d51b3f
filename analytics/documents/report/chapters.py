"""The report's chapters after the project sheets: EU funds, partners, answers, what does not add up, the colophon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from analytics.documents.paper.shapes import Block, Heading, Paragraph, Tone
from analytics.documents.paper.table import PaperColumn, PaperHead, PaperTable
from analytics.documents.report.amounts import writer, written
from analytics.documents.report.origins import stamp_of
from analytics.documents.report.parts import answered_blocks, part_answer_blocks, sums_table
from analytics.funding.checks.report import Remark
from analytics.funding.countries import countries_abroad
from analytics.funding.report import GoalSum, ProgrammeSum, Report, SectorPartners, UnitSum
from analytics.funding.sums import goal_of
from analytics.words.funding import goal_name, partner_name
from analytics.words.labels import WEIGHT, label_of
from analytics.words.language import Words
from analytics.words.remarks import acknowledged_in_words, earlier_in_words

Row = TypeVar("Row")


def money_blocks(report: Report, say: Words) -> Iterator[Block]:
    """Tables 1 and 3 of the form, and paid per programme. The form has no table 2."""

    def amount(of: Iterable[Decimal], sek: Callable[[Row], Decimal | None]) -> PaperColumn[Row]:
        one_way = writer((*of, report.total_sek), say)
        return PaperColumn(say("Paid SEK"), lambda row: one_way(sek(row)), 3, True, total=one_way(report.total_sek))

    units: tuple[PaperColumn[UnitSum], ...] = (
        PaperColumn(say("Administration, unit"), lambda row: row.unit, 9, total=say("Sum")),
        amount((row.amount_sek for row in report.by_unit), lambda row: row.amount_sek),
    )
    all_eu = not report.not_eu
    by_unit = say("Table 1. EU funds paid {year}", year=report.year)
    if not all_eu:
        yield Paragraph(not_eu_in_words(report, say))
        by_unit = say("Table 1. EU funds and other funds paid {year}", year=report.year)
    yield PaperTable.of(by_unit, units, report.by_unit)
    paid_under = {goal_of(p, sheet.project) for sheet in report.sheets for p in sheet.payments if p.amount_sek}

    def paid(row: GoalSum) -> Decimal | None:
        return row.amount_sek if (row.goal and row.goal.number) in paid_under or row.amount_sek else None

    goals: tuple[PaperColumn[GoalSum], ...] = (
        PaperColumn(say("Goal"), lambda row: goal_name(row.goal, say), 9, total=say("Sum")),
        amount((row.amount_sek for row in report.by_goal), paid),
    )
    by_goal = (
        say("Table 3. EU funds paid {year} by the city's budget goals", year=report.year)
        if all_eu
        else say("Table 3. EU funds and other funds paid {year} by the city's budget goals", year=report.year)
    )
    yield PaperTable.of(by_goal, goals, report.by_goal)
    yield Paragraph(say("No amount: nothing was paid under the goal."), Tone.NOTE)
    programmes: tuple[PaperColumn[ProgrammeSum], ...] = (
        PaperColumn(say("Programme"), lambda row: row.programme, 9, total=say("Sum")),
        amount((row.amount_sek for row in report.by_programme), lambda row: row.amount_sek),
    )
    by_programme = (
        say("EU funds paid {year} by programme", year=report.year)
        if all_eu
        else say("EU funds and other funds paid {year} by programme", year=report.year)
    )
    yield PaperTable.of(by_programme, programmes, report.by_programme)
    if report.parts:
        yield sums_table(report, say)


def not_eu_in_words(report: Report, say: Words) -> str:
    """How much of the year's sum is not the Union's money, and whose it is."""
    return say(
        "Of {total} SEK, {eu} SEK is EU money. The rest is not: {programmes}.",
        total=written(report.total_sek, say),
        eu=written(report.eu_sek, say),
        programmes=say.listing(f"{row.programme} {written(row.amount_sek, say)} SEK" for row in report.not_eu),
    )


def partner_blocks(report: Report, say: Words) -> Iterator[Block]:
    """Table 4 of the form: names and true counts."""
    count = say.integer(sum(row.count for row in report.by_sector))
    columns: tuple[PaperColumn[SectorPartners], ...] = (
        PaperColumn(say("Sector"), lambda row: label_of(row.sector, say), 3, total=say("Sum")),
        PaperColumn(say("Partners"), lambda row: ", ".join(partner_name(p, say) for p in row.partners), 8),
        PaperColumn(say("Number"), lambda row: say.integer(row.count), 2, True, total=count),
    )
    yield PaperTable.of(say("Table 4. Partners by sector {year}", year=report.year), columns, report.by_sector)
    unsorted = {
        (p.country, p.place, p.organisation)
        for sheet in report.sheets
        for p in sheet.partners
        if p.sector is None and (p.place or p.organisation)
    }
    if unsorted:
        yield Paragraph(
            say.plural(
                "{n} partner in the register has no sector and is not in the table.",
                "{n} partners in the register have no sector and are not in the table.",
                len(unsorted),
            ),
            Tone.NOTE,
        )


def answer_blocks(report: Report, number: int, say: Words, *, tell_origin: bool = False) -> Iterator[Block]:
    """The six answers, each under the form's heading, and under each administration's name where there are several;
    with their origin if told to."""
    for n, (question, narrative) in enumerate(report.narratives, 1):
        yield Heading(f"{number}.{n} {label_of(question, say)}", 2)
        if narrative and narrative.text.strip():
            yield from answered_blocks(narrative, say, tell_origin=tell_origin)
        elif question not in report.answered:
            yield Paragraph(say("Not written yet."), Tone.MISSING)
            continue
        yield from part_answer_blocks(report, question, say, tell_origin=tell_origin)


def remark_blocks(report: Report, say: Words) -> Iterator[Block]:
    """A row is a remark, the heaviest first; those that are acknowledged in a table of their own, with the reason."""
    if not report.remarks:
        yield Paragraph(say("Nothing that does not add up was found."))
        return
    titles = {sheet.project.id: sheet.project.title for sheet in report.sheets}

    def text(remark: Remark) -> str:
        about = titles.get(remark.project_id or "", "")
        told = f"{about}: {remark.text}" if about and about not in remark.text else remark.text
        return f"{told} {earlier_in_words(remark.earlier, say)}" if remark.earlier else told

    columns: tuple[PaperColumn[Remark], ...] = (
        PaperColumn(say("Weight"), lambda remark: say.marked(WEIGHT[remark.weight]), 2),
        PaperColumn(say("Remark"), text, 7),
        PaperColumn(say("Where to correct it"), lambda remark: remark.mend, 5),
    )
    yield Paragraph(say("Nothing has been corrected: the report shows what the register holds."))
    if report.open_remarks:
        yield PaperTable.of("", columns, report.open_remarks)
    if report.acknowledged_remarks:
        acknowledged: tuple[PaperColumn[Remark], ...] = (
            columns[0],
            columns[1],
            PaperColumn(say("Why it is as it should be"), lambda remark: _reason(remark, say), 5),
        )
        yield PaperTable.of(say("Acknowledged remarks"), acknowledged, report.acknowledged_remarks)


def _reason(remark: Remark, say: Words) -> str:
    return acknowledged_in_words(remark.acknowledged, say) if remark.acknowledged else ""


def colophon_blocks(report: Report, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    """Where the figures come from and what made the document."""
    rows = {say("Provenance"): stamp_of(report, say)} | dict(about)
    rows[say("Made by")] = "Kvalitetsdialog"
    rows[say("Amounts")] = say("Every sum is a sum of payments in the register. SEK and EUR are never added together.")
    yield PaperTable("", (PaperHead(say("Item"), 3), PaperHead(say("Content"), 10)), tuple(rows.items()))


def countries_in(report: Report) -> int:
    """How many countries but the city's own the year's projects have partners in."""
    return len(countries_abroad(partner for sheet in report.sheets for partner in sheet.partners))


def paid_projects(report: Report) -> int:
    """How many projects were paid something in the year."""
    return sum(sheet.was_paid for sheet in report.sheets)
