"""The follow-up report's chapters; each a few sentences and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from analytics.dialogue import followup_words
from analytics.dialogue.followup import ActivityUse, AreaTally, RoleTally, Tally
from analytics.dialogue.followup_report import YearReport
from analytics.dialogue.goal_effect import AreaEffect
from analytics.documents.paper.shapes import Block, Bullets, Paragraph, Tone
from analytics.documents.paper.table import Item, PaperColumn, PaperHead, PaperTable
from analytics.model.dialogue import Agreement, Event, Progress
from analytics.words.labels import label_of
from analytics.words.language import Words
from analytics.words.provenance import FOLLOW_UP, provenance_stamp


def agreed_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """A row is an area, then a row a role, where any action is written down."""
    found = report.found
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas}
    areas: tuple[PaperColumn[AreaTally], ...] = (
        PaperColumn(say("Area"), lambda row: titles[row.area], 6, total=say("Sum")),
        PaperColumn(
            say("Schools"), lambda row: say.integer(row.schools), 2, True, total=say.integer(found.agreeing_schools)
        ),
        *_state_columns(lambda row: row.agreements, found.agreements, say),
    )
    yield PaperTable.of(say("Goals by area"), areas, found.areas)
    yield Paragraph(
        say("A school with goals in several areas counts once in each of them and once in the sum."), Tone.NOTE
    )
    if not found.actions.agreed:
        yield Paragraph(followup_words.no_action(found, say), Tone.MISSING)
        return
    agreed = say.integer(found.agreements.agreed)
    roles: tuple[PaperColumn[RoleTally], ...] = (
        PaperColumn(say("Responsible"), lambda row: label_of(row.role, say), 6, total=say("Sum")),
        PaperColumn(say("Goals"), lambda row: say.integer(row.agreements.agreed), 2, True, total=agreed),
        *_state_columns(lambda row: row.actions, found.actions, say),
    )
    yield PaperTable.of(say("Actions by who is responsible for them"), roles, found.roles)
    yield Paragraph(
        say("Goals: those in which the role has an action. A goal with actions of several roles counts with each."),
        Tone.NOTE,
    )


def _state_columns(tally: Callable[[Item], Tally], whole: Tally, say: Words) -> tuple[PaperColumn[Item], ...]:
    """How many there are, and in each state; below them, of the whole."""

    def counted(heading: str, count: Callable[[Tally], int]) -> PaperColumn[Item]:
        return PaperColumn(
            heading, lambda row: say.integer(count(tally(row))), 2, True, total=say.integer(count(whole))
        )

    return (
        counted(say("Number"), lambda found: found.agreed),
        counted(label_of(Progress.DONE, say), lambda found: found.done),
        counted(label_of(Progress.UNDER_WAY, say), lambda found: found.under_way),
        counted(say("Late"), lambda found: found.late),
        counted(label_of(Progress.DROPPED, say), lambda found: found.dropped),
    )


def late_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """A row is a goal, by the day it was due."""
    if not report.found.late:
        yield Paragraph(say("No goal is late on {day}.", day=say.day(report.found.today)))
        return
    yield Paragraph(say("Still open on {day}, though their due date has passed.", day=say.day(report.found.today)))
    columns: tuple[PaperColumn[Agreement], ...] = (
        PaperColumn(say("School"), lambda row: followup_words.school_named(report, row.school_id, say), 4),
        PaperColumn(say("Criterion"), lambda row: row.criterion, 2),
        PaperColumn(say("Goal"), lambda row: row.goal or "–", 9),
        PaperColumn(say("Due"), lambda row: row.due.isoformat(), 3),
    )
    yield PaperTable.of("", columns, report.found.late)
    if told := followup_words.of_gone_schools(report, say):
        yield Paragraph(told, Tone.NOTE)


def moved_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """The warning stands before the figures by area, which are plain changes."""
    effect = report.moved
    yield Paragraph(followup_words.helped(effect, say))
    if effect is None:
        return
    if said := followup_words.parted(report, say):
        yield Paragraph(said, Tone.NOTE)
    if effect.moved and effect.others:
        found, others = effect.moved, effect.others
        yield Paragraph(followup_words.against_other_criteria(effect, say))
        yield PaperTable(  # laid row by row: no two of the rows are of one kind
            say(
                "Change from {year} to {next}, in levels", year=say.round(effect.year), next=say.round(effect.next_year)
            ),
            (
                PaperHead(say("Criteria"), 6),
                PaperHead(say("Schools"), 2, True),
                PaperHead(say("Number"), 2, True),
                PaperHead(say("Start"), 2, True),
                PaperHead(say("Change"), 2, True),
                PaperHead(say("95 % interval"), 4, True),
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

    def change(levels: float | None) -> str:
        return say("too few schools") if levels is None else say.signed(levels)

    columns: tuple[PaperColumn[AreaEffect], ...] = (
        PaperColumn(say("Area"), lambda row: titles[row.area], 6),
        PaperColumn(say.marked(followup_words.WORKED_ON), lambda row: change(row.worked_on), 3, True),
        PaperColumn(say("Number"), lambda row: say.integer(row.worked_on_cells), 2, True),
        PaperColumn(say.marked(followup_words.NOT_WORKED_ON), lambda row: change(row.others), 3, True),
        PaperColumn(say("Number"), lambda row: say.integer(row.other_cells), 2, True),
    )
    yield PaperTable.of(say("Plain changes by area, in levels"), columns, effect.areas)
    yield Paragraph(say("By area nothing is allowed for: here what was low rises by itself."), Tone.NOTE)


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
    columns: tuple[PaperColumn[ActivityUse], ...] = (
        PaperColumn(say("Activity"), lambda use: use.activity.title, 6),
        PaperColumn(say("Area"), lambda use: titles[use.activity.area], 5),
        PaperColumn(say("Actions"), lambda use: say.integer(use.actions), 2, True),
        PaperColumn(say("Schools"), lambda use: say.integer(use.schools), 2, True),
    )
    yield PaperTable.of("", columns, uses)


def certification_blocks(report: YearReport, say: Words) -> Iterator[Block]:
    """A row is a stage, with the schools whose latest stage it is."""
    if not report.stages:
        yield Paragraph(say("No school has applied to be certified."))
        return
    columns: tuple[PaperColumn[tuple[Event, int]], ...] = (
        PaperColumn(say("Stage"), lambda stage: label_of(stage[0], say), 8),
        PaperColumn(say("Schools"), lambda stage: say.integer(stage[1]), 3, True),
    )
    yield PaperTable.of(
        say("How far schools have come, {day}", day=say.day(report.found.today)), columns, report.stages
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
    yield PaperTable("", (PaperHead(say("Item"), 3), PaperHead(say("Content"), 10)), tuple(rows.items()))
