"""Certifiering over the years: the funnel from taking part to being certified, and who is on course for the goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from analytics.charts.colours import BELOW, FROM_GOAL, SPREAD
from analytics.charts.steps import BarPart, FunnelStep, parted, steps
from analytics.dialogue.certification import (
    CourseCount,
    FunnelYear,
    GoalPath,
    SchoolGoalPath,
    course_counts,
    on_course,
    years_left,
)
from analytics.model.frameworks import Framework
from analytics.model.provenance import Missing
from analytics.words.language import N_, Words
from pages.shared.parts import or_hidden
from pages.shared.schools_choice import among, schools_in
from pages.talks.certification.found import SchoolsFound
from pages.ui import controls
from pages.ui.content import Ask, Block, Fold, Table, TableColumn, count_column, level_column, text_column, year_column
from pages.ui.later import LaterRows

COURSE = {
    GoalPath.REACHED: N_("at the goal"),
    GoalPath.ON_COURSE: N_("on course for it"),
    GoalPath.NOT_ON_COURSE: N_("neither"),
    GoalPath.CANNOT_TELL: N_("cannot be determined"),
}


def funnel_block(ask: Ask, funnel: Sequence[FunnelYear]) -> Block | None:
    """A step a heading, a bar a year; None where nothing has happened in any year. The last year may not be over."""
    if not any(row.applied for row in funnel):
        return None
    say, last = ask.say, funnel[-1]
    certified = (
        say("Were certified when the year ended")
        if last.over
        else say("Certified at year's end, or on {day}", day=last.day.isoformat())
    )

    def of_round(count: Callable[[FunnelYear], int]) -> Callable[[FunnelYear], int | Missing]:
        return lambda row: count(row) if row.took_part else Missing.NOT_APPLICABLE

    counted: tuple[TableColumn[FunnelYear], ...] = (
        count_column(say("Took part in the year's round"), of_round(lambda row: row.took_part), say),
        count_column(say("Reached the goal in it, by the rule"), of_round(lambda row: row.met), say),
        count_column(say("Had applied"), lambda row: row.applied, say),
        count_column(say("Had come into process"), lambda row: row.in_process, say),
        count_column(certified, lambda row: row.certified, say),
    )
    columns: tuple[TableColumn[FunnelYear], ...] = (
        year_column(lambda row: str(row.year) if row.over else _when(row, say), say),
        *counted,
    )
    drawn = [_step(column, funnel, say) for column in counted]
    headline = _road_headline(funnel, say)
    return Block(
        key="road",
        title=say("From taking part to certified, year by year"),
        short=say("{n} certified", n=say.integer(last.certified)),
        headline=headline,
        alt=say(
            "Bars: the number of schools at each step of the way, one bar per year. {headline}.", headline=headline
        ),
        table=Table.of(columns, funnel),
        figure=steps(drawn, say.language, say.round),
        note=" ".join(
            filter(
                None,
                [
                    say(
                        "The whole city. Those that took part and reached the goal are counted anew each year."
                        " Those that had applied, and had come into process, are all up to the year's end: a"
                        " school that came further is in them, and stays in them. The certified are those that"
                        " hold a certification on the year's last day. The steps are independent of each other: a"
                        " school may apply before it reaches the goal, or be certified without answers here."
                    ),
                    ""
                    if last.over
                    else say(
                        "{year} is not over: it is counted up to {day}.",
                        year=say.round(last.year),
                        day=last.day.isoformat(),
                    ),
                ],
            )
        ),
    )


def _step(column: TableColumn[FunnelYear], funnel: Sequence[FunnelYear], say: Words) -> FunnelStep:
    """A column of the table as a step of the picture: the years that it has a number for."""
    known = [(row, count) for row in funnel if isinstance(count := column.value(row), int)]
    return FunnelStep(
        column.heading,
        tuple((row.year, count, f"{_when(row, say)}: {column.heading}\n{count}") for row, count in known),
    )


def _when(row: FunnelYear, say: Words) -> str:
    """The year; of one that is not over, up to when it is told of."""
    if row.over:
        return say.round(row.year)
    return say("{year}, as of {day}", year=say.round(row.year), day=row.day.isoformat())


def _road_headline(funnel: Sequence[FunnelYear], say: Words) -> str:
    first, last = funnel[0], funnel[-1]
    then = {"then": say.integer(first.certified), "first": say.round(first.year)}
    if last.over and len(funnel) > 1:
        return say.plural(
            "{n} school was certified at the end of {year}, {then} at the end of {first}",
            "{n} schools were certified at the end of {year}, {then} at the end of {first}",
            last.certified,
            year=say.round(last.year),
            **then,
        )
    if last.over:
        return say.plural(
            "{n} school was certified at the end of {year}",
            "{n} schools were certified at the end of {year}",
            last.certified,
            year=say.round(last.year),
        )
    day = last.day.isoformat()
    if len(funnel) > 1:
        return say.plural(
            "{n} school was certified on {day}, {then} at the end of {first}",
            "{n} schools were certified on {day}, {then} at the end of {first}",
            last.certified,
            day=day,
            **then,
        )
    return say.plural(
        "{n} school was certified on {day}", "{n} schools were certified on {day}", last.certified, day=day
    )


def course_fold(ask: Ask, found: SchoolsFound, of: tuple) -> Fold | None:
    """A bar a round up to the chosen one, of the schools that are found alone; None where none of them is in the
    round. `of`: what chooses them."""
    say, framework, year = ask.say, found.framework, found.year
    now = course_counts(ask.view, ask.viewer, framework, range(year, year + 1), found.among)
    if not now:
        return None
    title = say("Who is on course for the goal?")
    return Fold("course", title, course_block, of, _in_short(now, years_left(framework, year), say))


def course_block(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> Block:
    """One row of its table a school of the round, made when somebody opens it."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    left, of = years_left(framework, year), (framework_id, year, district, stage)
    rounds = range(framework.valid_from, year + 1)
    counts = course_counts(ask.view, ask.viewer, framework, rounds, _among(ask, *of))
    now = [row for row in counts if row.year == year]
    kinds = {course: say.marked(COURSE[course]) for course in GoalPath}
    colours = (FROM_GOAL[1], FROM_GOAL[0], BELOW[1], SPREAD)
    drawn = []
    for known in ask.catalogue.years(framework.id):
        count = _by_course(row for row in counts if row.year == known)
        hovers = tuple(f"{say.round(known)}: {name}\n{count[kind]}" for kind, name in kinds.items())
        if count:
            drawn.append((known, tuple(count[kind] for kind in kinds), hovers))
    parts = [BarPart(name, colour) for name, colour in zip(kinds.values(), colours, strict=True)]
    headline = _headline(framework, year, now, left, say)
    return Block(
        key="course",
        headline=headline,
        alt=say(
            "One bar per round: the schools that had reached the goal, were on course for it, were not, and "
            "could not be determined. {headline}.",
            headline=headline,
        ),
        table=replace(_table(ask, framework, year, ()), rows=LaterRows(course_table, ask, *of)),
        figure=parted(drawn, parts, say.language, say.round),
        note=_note(framework, say),
    )


def course_table(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> Table:
    framework, among = ask.catalogue.framework(framework_id), _among(ask, framework_id, year, district, stage)
    return _table(ask, framework, year, on_course(ask.view, ask.viewer, framework, [year], among)[year])


def _among(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> list[str] | None:
    if district is None and stage is None:
        return None
    return among(schools_in(ask, framework_id, year, district, stage), district, stage)


def _by_course(rows: Iterable[CourseCount]) -> Counter[GoalPath]:
    count = Counter[GoalPath]()
    for row in rows:
        count[row.course] += row.schools
    return count


def _in_short(now: Sequence[CourseCount], left: int | None, say: Words) -> str:
    count, told = _by_course(now), _decided(now)
    if not told:
        return ""
    reached = say("{n} of {whole} there", n=say.integer(count[GoalPath.REACHED]), whole=say.integer(told))
    if not left:
        return reached
    return say("{reached}, {n} on course", reached=reached, n=say.integer(count[GoalPath.ON_COURSE]))


def _decided(now: Sequence[CourseCount]) -> int:
    """How many of the schools it is known of whether they have reached it: what the page counts them among."""
    return sum(row.schools for row in now if row.decided)


def _headline(framework: Framework, year: int, now: Sequence[CourseCount], left: int | None, say: Words) -> str:
    count, told = _by_course(now), _decided(now)
    reached = count[GoalPath.REACHED]
    unsure = sum(row.schools for row in now if row.decided and row.course is GoalPath.CANNOT_TELL)
    if not told:
        return say("No school can be shown")
    if left:
        text = say.plural(
            "{reached} of {n} school had reached the goal in {year}; {course} more on course for it by {last}",
            "{reached} of {n} schools had reached the goal in {year}; {course} more on course for it by {last}",
            told,
            reached=say.integer(reached),
            year=say.round(year),
            course=say.integer(count[GoalPath.ON_COURSE]),
            last=say.round(framework.valid_to),
        )
    elif left == 0:
        text = say.plural(
            "{reached} of {n} school had reached the goal in {year}, when the framework's years were over",
            "{reached} of {n} schools had reached the goal in {year}, when the framework's years were over",
            told,
            reached=say.integer(reached),
            year=say.round(year),
        )
    else:
        text = say.plural(
            "{reached} of {n} school had reached the goal in {year}; the framework has no last year to reach it by",
            "{reached} of {n} schools had reached the goal in {year}; the framework has no last year to reach it by",
            told,
            reached=say.integer(reached),
            year=say.round(year),
        )
    return text + _cannot(unsure, count.total() - told, say)


def _cannot(unsure: int, others: int, say: Words) -> str:
    """How many cannot be determined: of those that the sentence counts among, and beside these."""
    if unsure and others:
        return say("; {n} of them cannot be determined, nor {others} beside them", n=unsure, others=others)
    cannot = unsure + others
    return say.plural("; {n} cannot be determined", "; {n} cannot be determined", cannot) if cannot else ""


def _note(framework: Framework, say: Words) -> str:
    if framework.valid_to is None:
        return say("A school has reached the goal where every criterion does, by the rule.")
    return say(
        "On course: the criteria that are left to the goal are no more than those that the school has taken a "
        "year since its first round, times the years left to {last}. A school that has taken none is not on "
        "course; with hidden criteria, or without an earlier round, nothing can be determined. In {last} itself"
        " schools are at the goal or not. It is a rule of thumb: noise moves criteria over the goal and back, "
        "so that single schools jump from one year to the next. Read the number of schools; the forecast below "
        "reckons with the noise.",
        last=say.round(framework.valid_to),
    )


def _table(ask: Ask, framework: Framework, year: int, now: Sequence[SchoolGoalPath]) -> Table:
    say, names = ask.say, controls.school_names(ask.catalogue)
    left, kinds = years_left(framework, year), {course: say.marked(COURSE[course]) for course in GoalPath}
    none = Missing.NOT_APPLICABLE
    columns: tuple[TableColumn[SchoolGoalPath], ...] = (
        text_column(say("School"), lambda row: names[row.school_id]),
        text_column(say("On course"), lambda row: kinds[row.course]),
        count_column(say("Criteria left"), lambda row: or_hidden(row.left), say),
        level_column(say("Criteria taken a year"), lambda row: none if row.pace is None else row.pace, say),
        year_column(lambda row: none if row.since is None else str(row.since), say, say("Counted from")),
        count_column(say("Years left"), lambda row: none if left is None else left, say),
    )
    order = {school.id: place for place, school in enumerate(ask.catalogue.schools)}
    return Table.of(columns, sorted(now, key=lambda row: order[row.school_id]))
