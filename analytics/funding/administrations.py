"""Whose a year's report is: the administrations that account for a part of it each, and the register of one of them.

A city with one administration has no parts: what names none is its own.
"""

from __future__ import annotations

from dataclasses import replace

from analytics.funding.sums import projects_in
from analytics.model.administrations import Administration
from analytics.model.funding import Funding


def reporting(funding: Funding, year: int) -> tuple[Administration, ...]:
    """Those that have a part of the year's report each, in the register's order: those in force in it, and those that
    something of the year names. Empty where there are not several."""
    named = {project.administration for project in projects_in(funding, year)}
    for rows in (funding.narratives, funding.cooperations, funding.report_parts):
        named |= {row.administration for row in rows if row.year == year}
    found = tuple(one for one in funding.administrations if one.in_force(year) or one.id in named)
    return found if len(found) > 1 else ()


def register_of(funding: Funding, administration: str | None) -> Funding:
    """What is one administration's, of every year; None: what names none."""
    projects = tuple(project for project in funding.projects if project.administration == administration)
    own = {project.id for project in projects}
    return replace(
        funding,
        administrations=(),
        report_parts=(),
        projects=projects,
        **{
            name: tuple(row for row in getattr(funding, name) if row.project_id in own)
            for name in ("budgets", "payments", "partners", "participants", "visits")
        },
        **{
            name: tuple(row for row in getattr(funding, name) if row.administration == administration)
            for name in ("narratives", "cooperations")
        },
    )


def known_administration(funding: Funding, year: int, named: str) -> Administration | None:
    """The one of those with a part of the year's report that has this id or is called so."""
    found = (
        one for one in reporting(funding, year) if named.strip().casefold() in (one.id.casefold(), one.title.casefold())
    )
    return next(found, None)
