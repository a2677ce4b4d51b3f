"""The report's chapters after the project sheets: EU funds, partners, answers, what does not add up, the colophon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.documents.paper.shapes import Block, Column, Heading, Paragraph, Table, Tone
from analytics.documents.report.amounts import written
from analytics.documents.report.origins import mixed_origins, stamp_of
from analytics.documents.report.year_end import turn_blocks
from analytics.funding.report import Report
from analytics.words.funding import goal_name, partner_name
from analytics.words.labels import WEIGHT, label_of
from analytics.words.language import Words
from analytics.words.provenance import provenance_word


def money_blocks(report: Report, say: Words) -> Iterator[Block]:
    """Tables 1 and 3 of the form, paid per programme, and the turn of the year. The form has no table 2."""
    amount, total = Column(say("Paid SEK"), 3, True), (say("Sum"), written(report.total_sek, say))
    units = tuple((row.unit, written(row.amount_sek, say)) for row in report.by_unit)
    yield Table(
        say("Table 1. EU funds paid {year}", year=report.year),
        (Column(say("Administration, unit"), 9), amount),
        units,
        total,
    )
    paid_under = {sheet.project.budget_goal for sheet in report.sheets if any(p.amount_sek for p in sheet.payments)}
    goals = tuple(
        (
            goal_name(row.goal, say),
            written(row.amount_sek, say) if (row.goal and row.goal.number) in paid_under or row.amount_sek else "",
        )
        for row in report.by_goal
    )
    yield Table(
        say("Table 3. EU funds paid {year} by the city's budget goals", year=report.year),
        (Column(say("Goal"), 9), amount),
        goals,
        total,
    )
    yield Paragraph(say("No amount: nothing was paid under the goal."), Tone.NOTE)
    programmes = tuple((row.programme, written(row.amount_sek, say)) for row in report.by_programme)
    yield Table(
        say("EU funds paid {year} by programme", year=report.year),
        (Column(say("Programme"), 9), amount),
        programmes,
        total,
    )
    yield from turn_blocks(report, say)


def partner_blocks(report: Report, say: Words) -> Iterator[Block]:
    """Table 4 of the form: names and true counts."""
    rows = tuple(
        (label_of(row.sector, say), ", ".join(partner_name(p, say) for p in row.partners), say.integer(row.count))
        for row in report.by_sector
    )
    count = sum(row.count for row in report.by_sector)
    yield Table(
        say("Table 4. Partners by sector {year}", year=report.year),
        (Column(say("Sector"), 3), Column(say("Partners"), 8), Column(say("Number"), 2, True)),
        rows,
        (say("Sum"), "", say.integer(count)),
    )
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


def answer_blocks(report: Report, number: int, say: Words) -> Iterator[Block]:
    """The six answers, each under the form's heading, with its origin where not all of the report has one."""
    tell = mixed_origins(report)
    for n, (question, narrative) in enumerate(report.narratives, 1):
        yield Heading(f"{number}.{n} {label_of(question, say)}", 2)
        if narrative is None or not narrative.text.strip():
            yield Paragraph(say("Not written yet."), Tone.MISSING)
            continue
        for part in narrative.text.splitlines():
            if part.strip():
                yield Paragraph(part.strip())
        if tell:
            yield Paragraph(
                say("Provenance of the answer: {origin}", origin=provenance_word(narrative.provenance, say)), Tone.NOTE
            )


def remark_blocks(report: Report, say: Words) -> Iterator[Block]:
    """A row is a remark, the heaviest first."""
    if not report.remarks:
        yield Paragraph(say("Nothing that does not add up was found."))
        return
    titles = {sheet.project.id: sheet.project.title for sheet in report.sheets}
    columns = (
        Column(say("Weight"), 2),
        Column(say("Remark"), 7),
        Column(say("Where to mend it"), 5),
    )
    rows = []
    for remark in report.remarks:
        about = titles.get(remark.project_id or "", "")
        text = f"{about}: {remark.text}" if about and about not in remark.text else remark.text
        rows.append((say.marked(WEIGHT[remark.weight]), text, remark.mend))
    yield Paragraph(say("Nothing has been corrected: the report shows what the register holds."))
    yield Table("", columns, tuple(rows))


def colophon_blocks(report: Report, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    """Where the figures come from and what made the document."""
    rows = {say("Provenance"): stamp_of(report, say)} | dict(about)
    rows[say("Made by")] = "Kvalitetsdialog"
    rows[say("Amounts")] = say("Every sum is a sum of payments in the register. SEK and EUR are never added together.")
    yield Table("", (Column(say("Item"), 3), Column(say("Content"), 10)), tuple(rows.items()))


def countries_in(report: Report) -> int:
    """How many countries the year's projects have partners in."""
    return len({code for sheet in report.sheets for code in sheet.countries})


def paid_projects(report: Report) -> int:
    """How many projects were paid something in the year."""
    return sum(sheet.was_paid for sheet in report.sheets)
