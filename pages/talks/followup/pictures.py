"""Uppföljning's pictures and lists: goals by area, actions by role, what the administration offers."""

from __future__ import annotations

from collections.abc import Callable

from analytics.charts.followup import StateRow, states
from analytics.charts.money import AmountRow, amounts
from analytics.dialogue import followup_words
from analytics.dialogue.followup import ActivityUse, AreaTally, RoleTally, Tally
from analytics.dialogue.followup_report import YearReport
from analytics.model.dialogue import Progress
from analytics.words.labels import label_of
from pages.ui.content import Ask, Block, Item, Table, TableColumn, count_column, text_column
from pages.ui.phrases import upper_first


def area_block(ask: Ask, report: YearReport) -> Block:
    """A bar an area."""
    say, found = ask.say, report.found
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas}
    most = max(found.areas, key=lambda row: row.agreements.agreed)
    headline = say.plural(
        "{area} has the most goals: {most} of {n}",
        "{area} has the most goals: {most} of {n}",
        found.agreements.agreed,
        area=titles[most.area],
        most=say.integer(most.agreements.agreed),
    )
    columns: tuple[TableColumn[AreaTally], ...] = (
        text_column(say("Area"), lambda row: titles[row.area]),
        count_column(say("Schools"), lambda row: row.schools, say),
        *_state_columns(ask, lambda row: row.agreements),
    )
    return Block(
        key="goals_by_area",
        headline=headline,
        alt=say("Bars: goals by area, cut by how far they have come. {headline}.", headline=headline),
        table=Table.of(columns, found.areas),
        figure=states([_row(ask, titles[row.area], row.agreements) for row in found.areas], say.language),
        reading=_states_note(ask),
    )


def role_block(ask: Ask, report: YearReport) -> Block | None:
    """A bar a role, of its actions; None where no action is written down, which the answer says."""
    say, found = ask.say, report.found
    if not found.actions.agreed:
        return None
    most = max(found.roles, key=lambda row: row.actions.agreed)
    role = label_of(most.role, say)
    headline = say.plural(
        "{role} is responsible for most actions: {most} of {n}",
        "{role} is responsible for most actions: {most} of {n}",
        found.actions.agreed,
        role=role,
        most=say.integer(most.actions.agreed),
    )
    columns: tuple[TableColumn[RoleTally], ...] = (
        text_column(say("Responsible"), lambda row: label_of(row.role, say)),
        count_column(say("Goals in which the role has an action"), lambda row: row.agreements.agreed, say),
        *_state_columns(ask, lambda row: row.actions),
    )
    return Block(
        key="actions_by_role",
        title=say("Who is responsible for the actions?"),
        short=say("{role}: {most} of {n}", role=role, most=most.actions.agreed, n=found.actions.agreed),
        headline=headline,
        alt=say(
            "Bars: actions by who is responsible for them, cut by how far they have come. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, found.roles),
        figure=states([_row(ask, label_of(row.role, say), row.actions) for row in found.roles], say.language),
        reading=_states_note(ask),
    )


def _row(ask: Ask, label: str, tally: Tally) -> StateRow:
    say, parts = ask.say, followup_words.states(tally, ask.say)
    counts = {name: count(tally) for name, count in _states(ask)}
    hovers = tuple(f"{label}\n{name}: {say.integer(n)}" for name, n in counts.items())
    told = upper_first(say.listing(parts)) if parts else say("nothing agreed")
    return StateRow(label, tuple(counts.values()), hovers, told)


def _states(ask: Ask) -> tuple[tuple[str, Callable[[Tally], int]], ...]:
    """What a goal or an action can have come to, and how many have."""
    say = ask.say
    return (
        (label_of(Progress.DONE, say), lambda tally: tally.done),
        (label_of(Progress.UNDER_WAY, say), lambda tally: tally.under_way),
        (say("Late"), lambda tally: tally.late),
        (label_of(Progress.DROPPED, say), lambda tally: tally.dropped),
    )


def _state_columns(ask: Ask, tally: Callable[[Item], Tally]) -> tuple[TableColumn[Item], ...]:
    """How many there are, and in each state."""
    counts = ((ask.say("Number"), lambda found: found.agreed), *_states(ask))
    return tuple(count_column(name, lambda row, count=count: count(tally(row)), ask.say) for name, count in counts)


def _states_note(ask: Ask) -> str:
    return ask.say(
        "From the left: done (the stronger blue), under way (the weaker), late (outlined), given up (grey). "
        "Late is what is still open though its due date has passed."
    )


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
            f"{use.activity.title}\n{_of_schools(ask, use.actions, use.schools)}",
            note=titles[use.activity.area],
        )
        for use in uses
    ]
    columns: tuple[TableColumn[ActivityUse], ...] = (
        text_column(say("Activity"), lambda use: use.activity.title),
        text_column(say("Area"), lambda use: titles[use.activity.area]),
        count_column(say("Actions"), lambda use: use.actions, say),
        count_column(say("Schools"), lambda use: use.schools, say),
        text_column(say("What it is"), lambda use: use.activity.description or ""),
        text_column(say("Contact"), lambda use: use.activity.contact or ""),
    )
    actions, headline = report.found.actions.agreed, followup_words.leaning(report, say).rstrip(".")
    return Block(
        key="central_activities",
        title=say("What does the administration offer?"),
        short=say.plural("{n} activity", "{n} activities", len(uses)),
        headline=headline,
        alt=say("Bars: how many actions lean on each central activity. {headline}.", headline=headline)
        if actions
        else say("A table of the central activities. {headline}.", headline=headline),
        table=Table.of(columns, uses),
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
