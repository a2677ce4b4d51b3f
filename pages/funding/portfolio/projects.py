"""EU-medel's picture of the projects in time: how far each has come, in time and in what is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from analytics.charts.timeline import TimelineSpan, timeline
from analytics.funding.plan import ProjectStatus, course
from analytics.model.provenance import Missing
from pages.funding.amounts import date_column, kr_column
from pages.funding.portfolio.choice import Portfolio
from pages.ui.content import Ask, Block, Table, TableColumn, share_column, text_column


def project_timeline(ask: Ask, chosen: Portfolio) -> Block:
    """A bar a project, those that began last first."""
    say, courses = ask.say, courses_of(chosen)
    end = chosen.looked_at
    spans = [
        TimelineSpan(
            one.project.title,
            pace(ask, one, end),
            one.project.start,
            one.project.end,
            float(one.time_gone),
            None if one.paid_share is None else float(one.paid_share),
            say(
                "{project}\n{start} to {end}\n{pace}",
                project=one.project.title,
                start=one.project.start,
                end=one.project.end,
                pace=pace(ask, one, end),
            ),
        )
        for one in courses
    ]
    running = sum(one.project.start <= end <= one.project.end for one in courses)
    if running:
        headline = say.plural(
            "{running} of {n} project was running at the end of {year}",
            "{running} of {n} projects were running at the end of {year}",
            len(courses),
            running=say.integer(running),
            year=end.year,
        )
    else:
        headline = say("No project was running at the end of {year}", year=end.year)
    note = say(
        "Grey: the time that has gone by the end of {year}. Thin blue bar under it: the share of the own budget that"
        " is spent. Both are the whole project's, whichever unit is chosen.",
        year=end.year,
    )
    return Block(
        key="timeline",
        title=say("Which projects run when?"),
        headline=headline,
        alt=say(
            "Timeline: one bar per project from its start to its end, with how much of the time has gone and of"
            " its own budget is spent. {points}.",
            points="; ".join(f"{span.label}: {span.note}" for span in spans),
        ),
        table=Table.of(columns_of_projects(ask, courses), courses),
        figure=timeline(spans, end, format_date(end, "d MMM y", locale=say.locale), say.language),
        note=f"{note} {begun_before(ask, chosen, courses)}".strip(),
    )


def courses_of(chosen: Portfolio) -> list[ProjectStatus]:
    """How far each project had come by the end of the year that is looked at (of what is paid: as far as the register
    tells), all its units' payments counted; those that began last come first."""
    courses = []
    for project in chosen.part.projects:
        told = course(chosen.whole, project, chosen.told_until(project))
        now = course(chosen.whole, project, chosen.looked_at.year)
        courses.append(replace(told, time_gone=now.time_gone))
    return sorted(courses, key=lambda one: (one.project.start, one.project.end), reverse=True)


def begun_before(ask: Ask, chosen: Portfolio, courses: Sequence[ProjectStatus]) -> str:
    """How many of the projects may have been paid more than the register knows; empty where none may."""
    early = sum(not chosen.told_from_the_start(one.project) for one in courses)
    if not early:
        return ""
    return ask.say.plural(
        "{n} project began before the first year that the register has payments from, and may have spent more.",
        "{n} projects began before the first year that the register has payments from, and may have spent more.",
        early,
    )


def pace(ask: Ask, one: ProjectStatus, end: date) -> str:
    """How far the project has come, in a line."""
    say, project = ask.say, one.project
    if project.start > end:
        return say("begins {day}", day=project.start)
    if one.paid_share is None:
        paid = say("own budget in SEK not known")
    elif one.paid_sek < 0:
        paid = say("more corrected than spent")
    elif one.year < end.year:
        paid = say("{share} of the own budget spent by {year}", share=say.percent(one.paid_share), year=one.year)
    else:
        paid = say("{share} of the own budget spent", share=say.percent(one.paid_share))
    if project.end <= end:
        return say("ended {day}, {paid}", day=project.end, paid=paid)
    return say("{share} of the time gone, {paid}", share=say.percent(one.time_gone), paid=paid)


def columns_of_projects(ask: Ask, courses: Sequence[ProjectStatus]) -> tuple[TableColumn[ProjectStatus], ...]:
    say, unknown = ask.say, Missing.NOT_COLLECTED
    return (
        text_column(say("Project"), lambda one: one.project.title),
        text_column(say("Programme"), lambda one: one.project.programme),
        date_column(say("Start date"), lambda one: one.project.start),
        date_column(say("End date"), lambda one: one.project.end),
        share_column(say("Time gone"), lambda one: float(one.time_gone), say),
        kr_column(
            say("Own budget, SEK"), lambda one: unknown if one.budget_sek is None else one.budget_sek, courses, say
        ),
        kr_column(say("Spent to date, SEK"), lambda one: one.paid_sek, courses, say),
        text_column(say("Spent by the end of"), lambda one: one.year),
        share_column(
            say("Spent of the own budget"),
            lambda one: unknown if one.paid_share is None else float(one.paid_share),
            say,
        ),
    )
