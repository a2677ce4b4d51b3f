"""The follow-up report's chapters; each a few sentences and a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.dialogue import followup_words
from analytics.dialogue.followup import Tally
from analytics.dialogue.followup_report import YearReport
from analytics.documents.paper.shapes import Block, Bullets, Column, Paragraph, Table, Tone
from analytics.model.dialogue import Progress
from analytics.words.labels import label_of
from analytics.words.language import Words
from analytics.words.provenance import FOLLOW_UP, provenance_stamp


def agreed_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """A row is an area, then a row a role, where any action is written down."""
    found = report.found
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas}
    yield Table(
        say("Goals by area"),
        (Column(say("Area"), 6), Column(say("Schools"), 2, True), *_state_columns(say)),
        tuple((titles[row.area], say.integer(row.schools), *_states(row.agreements, say)) for row in found.areas),
        (say("Sum"), say.integer(found.agreeing_schools), *_states(found.agreements, say)),
    )
    yield Paragraph(
        say("A school with goals in several areas counts once in each of them and once in the sum."), Tone.NOTE
    )
    if not found.actions.agreed:
        yield Paragraph(followup_words.no_action(found, say), Tone.MISSING)
        return
    yield Table(
        say("Actions by who answers for them"),
        (Column(say("Responsible"), 6), Column(say("Goals"), 2, True), *_state_columns(say)),
        tuple(
            (label_of(row.role, say), say.integer(row.agreements.agreed), *_states(row.actions, say))
            for row in found.roles
        ),
        (say("Sum"), say.integer(found.agreements.agreed), *_states(found.actions, say)),
    )
    yield Paragraph(
        say("Goals: those in which the role has an action. A goal with actions of several roles counts with each."),
        Tone.NOTE,
    )


def _state_columns(say: Words) -> tuple[Column, ...]:
    return tuple(
        Column(heading, 2, True)
        for heading in (
            say("Number"),
            label_of(Progress.DONE, say),
            label_of(Progress.UNDER_WAY, say),
            say("Late"),
            label_of(Progress.DROPPED, say),
        )
    )


def _states(tally: Tally, say: Words) -> tuple[str, ...]:
    figures = (tally.agreed, tally.done, tally.under_way, tally.late, tally.dropped)
    return tuple(say.integer(figure) for figure in figures)


def late_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """A row is a goal, by the day it was due."""
    if not report.found.late:
        yield Paragraph(say("No goal is late on {day}.", day=say.day(report.found.today)))
        return
    yield Paragraph(say("Still open on {day}, though their day has passed.", day=say.day(report.found.today)))
    rows = tuple(
        (
            report.school_names.get(row.school_id, row.school_id),
            row.criterion,
            row.goal or "–",
            row.due.isoformat(),
        )
        for row in report.found.late
    )
    columns = (Column(say("School"), 4), Column(say("Criterion"), 2), Column(say("Goal"), 9), Column(say("Due"), 3))
    yield Table("", columns, rows)


def moved_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """The warning stands before the figures by area, which are plain changes."""
    moved = report.moved
    yield Paragraph(followup_words.helped(moved, say))
    if moved is None:
        return
    if moved.moved and moved.others:
        found, others = moved.moved, moved.others
        yield Paragraph(followup_words.beside_others(moved, say))
        yield Table(
            say("Change from {year} to {next}, in levels", year=moved.year, next=moved.next_year),
            (
                Column(say("Criteria"), 6),
                Column(say("Schools"), 2, True),
                Column(say("Number"), 2, True),
                Column(say("Start"), 2, True),
                Column(say("Change"), 2, True),
                Column(say("95 % interval"), 4, True),
            ),
            (
                (
                    say.marked(followup_words.WORKED_ON),
                    say.integer(found.schools),
                    say.integer(found.cells),
                    say.number(found.start),
                    say.signed(found.change),
                    _interval(found.change_low, found.change_high, say),
                ),
                (say("Expected from where they started"), "", "", "", say.signed(found.expected), ""),
                (
                    say.marked(followup_words.BEYOND),
                    "",
                    "",
                    "",
                    say.signed(found.beyond),
                    _interval(found.beyond_low, found.beyond_high, say),
                ),
                (
                    say.marked(followup_words.NOT_WORKED_ON),
                    say.integer(others.schools),
                    say.integer(others.cells),
                    say.number(others.start),
                    say.signed(others.change),
                    _interval(others.change_low, others.change_high, say),
                ),
            ),
        )
    yield Paragraph(followup_words.warning(say))
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas}
    few = say("too few schools")
    yield Table(
        say("Plain changes by area, in levels"),
        (
            Column(say("Area"), 6),
            Column(say.marked(followup_words.WORKED_ON), 3, True),
            Column(say("Number"), 2, True),
            Column(say.marked(followup_words.NOT_WORKED_ON), 3, True),
            Column(say("Number"), 2, True),
        ),
        tuple(
            (
                titles[row.area],
                few if row.worked_on is None else say.signed(row.worked_on),
                say.integer(row.worked_on_cells),
                few if row.others is None else say.signed(row.others),
                say.integer(row.other_cells),
            )
            for row in moved.areas
        ),
    )
    yield Paragraph(say("By area nothing is reckoned with: here what was low rises by itself."), Tone.NOTE)


def _interval(low: float, high: float, say: Words) -> str:
    return say("{low} to {high}", low=say.signed(low), high=say.signed(high))


def activity_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """A row is a central activity, by area; a list of them where no action could lean on any."""
    uses = report.found.activities
    if not uses:
        yield Paragraph(say("No central activity is registered."), Tone.MISSING)
        return
    yield Paragraph(followup_words.leaning(report, say))
    if not report.found.actions.agreed:
        yield Bullets(tuple(use.activity.title for use in uses))
        return
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas}
    yield Table(
        "",
        (
            Column(say("Activity"), 6),
            Column(say("Area"), 5),
            Column(say("Actions"), 2, True),
            Column(say("Schools"), 2, True),
        ),
        tuple(
            (use.activity.title, titles[use.activity.area], say.integer(use.actions), say.integer(use.schools))
            for use in uses
        ),
    )


def certification_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """A row is a stage, with the schools whose latest stage it is."""
    if not report.stages:
        yield Paragraph(say("No school has applied to be certified."))
        return
    rows = tuple((label_of(event, say), say.integer(schools)) for event, schools in report.stages)
    yield Table(
        say("How far schools have come, {day}", day=say.day(report.found.today)),
        (Column(say("Stage"), 8), Column(say("Schools"), 3, True)),
        rows,
    )


def method_blocks(report: YearReport, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    """How it was counted, then where the data come from."""
    yield Paragraph(followup_words.how_expected(say))
    yield Paragraph(
        say(
            "Figures that fewer than {n} answers stand behind are hidden and are in none of the means here. A goal is"
            " late when it is still open though its day has passed.",
            n=report.hide_below,
        )
    )
    yield from about_blocks(report, about, say)


def about_blocks(report: YearReport, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    """What the report is about, and where the data come from."""
    rows = {
        say("Framework"): report.framework.title.in_(say.language),
        say("Provenance"): provenance_stamp(report.provenance, say, FOLLOW_UP),
        say("As of"): say.day(report.found.today),
    } | dict(about)
    rows[say("Made by")] = "Kvalitetsdialog"
    yield Table("", (Column(say("Item"), 3), Column(say("Content"), 10)), tuple(rows.items()))
