"""Uppföljning's pictures and lists: goals by area, actions by role, what is late, what the administration offers."""

from __future__ import annotations

from analytics.charts.followup import StateRow, states
from analytics.charts.money import AmountRow, amounts
from analytics.dialogue import followup_words
from analytics.dialogue.followup import Tally
from analytics.dialogue.followup_report import YearReport
from analytics.model.dialogue import Progress
from analytics.words.labels import label_of
from pages.ui.content import Ask, Block, Column, Table, count_column, text_column
from pages.ui.phrases import upper_first


def area_block(ask: Ask, report: YearReport) -> Block:
    """A bar an area."""
    say, found = ask.say, report.found
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas}
    most = max(found.areas, key=lambda row: row.agreements.agreed)
    headline = say.plural(
        "{area} has most of the goals: {most} of {n}",
        "{area} has most of the goals: {most} of {n}",
        found.agreements.agreed,
        area=titles[most.area],
        most=say.integer(most.agreements.agreed),
    )
    return Block(
        key="goals_by_area",
        headline=headline,
        alt=say("Bars: goals by area, cut by how far they have come. {headline}.", headline=headline),
        table=Table(
            (text_column(say("Area")), count_column(say("Schools"), say), *_state_columns(ask)),
            tuple((titles[row.area], row.schools, *_figures(row.agreements)) for row in found.areas),
        ),
        figure=states([_row(ask, titles[row.area], row.agreements) for row in found.areas], say.language),
        note=_states_note(ask),
    )


def role_block(ask: Ask, report: YearReport) -> Block | None:
    """A bar a role, of its actions; None where no action is written down, which the answer says."""
    say, found = ask.say, report.found
    if not found.actions.agreed:
        return None
    most = max(found.roles, key=lambda row: row.actions.agreed)
    role = label_of(most.role, say)
    headline = say.plural(
        "{role} answers for most actions: {most} of {n}",
        "{role} answers for most actions: {most} of {n}",
        found.actions.agreed,
        role=role,
        most=say.integer(most.actions.agreed),
    )
    return Block(
        key="actions_by_role",
        headline=headline,
        alt=say("Bars: actions by who answers for them, cut by how far they have come. {headline}.", headline=headline),
        table=Table(
            (
                text_column(say("Responsible")),
                count_column(say("Goals in which the role has an action"), say),
                *_state_columns(ask),
            ),
            tuple((label_of(row.role, say), row.agreements.agreed, *_figures(row.actions)) for row in found.roles),
        ),
        figure=states([_row(ask, label_of(row.role, say), row.actions) for row in found.roles], say.language),
        note=_states_note(ask),
    )


def _row(ask: Ask, label: str, tally: Tally) -> StateRow:
    say, parts = ask.say, followup_words.states(tally, ask.say)
    names, counts = _names(ask), _figures(tally)[1:]
    hovers = tuple(f"{label}<br>{name}: {say.integer(n)}" for name, n in zip(names, counts, strict=True))
    return StateRow(label, counts, hovers, upper_first(say.listing(parts)) if parts else say("nothing agreed"))


def _figures(tally: Tally) -> tuple[int, int, int, int, int]:
    return tally.agreed, tally.done, tally.under_way, tally.late, tally.dropped


def _names(ask: Ask) -> tuple[str, str, str, str]:
    say = ask.say
    return (
        label_of(Progress.DONE, say),
        label_of(Progress.UNDER_WAY, say),
        say("Late"),
        label_of(Progress.DROPPED, say),
    )


def _state_columns(ask: Ask) -> tuple[Column, ...]:
    return tuple(count_column(heading, ask.say) for heading in (ask.say("Number"), *_names(ask)))


def _states_note(ask: Ask) -> str:
    return ask.say(
        "From the left: done (dark blue), under way (light blue), late (amber, outlined), given up (grey). Late is what"
        " is still open though its day has passed."
    )


def late_block(ask: Ask, report: YearReport) -> Block | None:
    """A row a goal, by the day it was due; None where none is late."""
    say, late = ask.say, report.found.late
    if not late:
        return None
    titles = {c.id: c.title.in_(say.language).rstrip(".") for c in report.framework.criteria}
    schools = len({row.school_id for row in late})
    headline = say.plural(
        "{n} goal is still open though its day has passed",
        "{n} goals are still open though their day has passed",
        len(late),
    )
    headline += say.plural(", in {n} school", ", in {n} schools", schools)
    columns = (
        text_column(say("School")),
        text_column(say("Criterion")),
        text_column(say("Goal")),
        text_column(say("Due")),
        text_column(say("What has come of it so far")),
    )
    rows = tuple(
        (
            report.school_names.get(row.school_id, row.school_id),
            f"{row.criterion} {titles.get(row.criterion, '')}".strip(),
            row.goal or "",
            row.due.isoformat(),
            row.outcome or "",
        )
        for row in late
    )
    return Block(
        key="late_goals",
        headline=headline,
        alt=say("A table of the goals that are late. {headline}.", headline=headline),
        table=Table(columns, rows),
        note=_where(report),
    )


def _where(report: YearReport) -> str:
    """The schools with their criteria: Agatskolan (A1, B2), Zirkonskolan (C3)."""
    found: dict[str, list[str]] = {}
    for row in report.found.late:
        found.setdefault(report.school_names.get(row.school_id, row.school_id), []).append(row.criterion)
    return ", ".join(f"{name} ({', '.join(ids)})" for name, ids in found.items()) + "."


def activity_block(ask: Ask, report: YearReport) -> Block | None:
    """A bar an activity, by area; a table alone where no action could lean on any; None where none is registered."""
    say, uses = ask.say, report.found.activities
    if not uses:
        return None
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas}
    rows = [
        AmountRow(
            use.activity.title,
            float(use.actions),
            say.integer(use.actions),
            f"{use.activity.title}<br>{_of_schools(ask, use.actions, use.schools)}",
            note=titles[use.activity.area],
        )
        for use in uses
    ]
    actions, headline = report.found.actions.agreed, followup_words.leaning(report, say).rstrip(".")
    return Block(
        key="central_activities",
        headline=headline,
        alt=say("Bars: how many actions lean on each central activity. {headline}.", headline=headline)
        if actions
        else say("A table of the central activities. {headline}.", headline=headline),
        table=Table(
            (
                text_column(say("Activity")),
                text_column(say("Area")),
                count_column(say("Actions"), say),
                count_column(say("Schools"), say),
                text_column(say("What it is")),
                text_column(say("Contact")),
            ),
            tuple(
                (
                    use.activity.title,
                    titles[use.activity.area],
                    use.actions,
                    use.schools,
                    use.activity.description or "",
                    use.activity.contact or "",
                )
                for use in uses
            ),
        ),
        figure=amounts(rows, say.language) if actions else None,
        note=say(
            "What the administration itself offers, with its area under the name. The bar: how many actions lean on it."
        )
        if actions
        else say.listing([use.activity.title for use in uses]) + ".",
    )


def _of_schools(ask: Ask, actions: int, schools: int) -> str:
    say = ask.say
    return say.plural("{n} action", "{n} actions", actions) + ", " + say.plural("{n} school", "{n} schools", schools)
