"""Remarks on the register's words: goal, dates, roles and leaders, partners, schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from analytics.funding.checks.remark import Case, Remark
from analytics.funding.countries import HOME
from analytics.funding.leaders import leaders_in
from analytics.model.funding import Partner, Role, Weight
from analytics.model.remarks import RemarkKind

SCHOOL_ENDING = "skolan"
"""How the text of a payment's unit ends where it names a school."""


def register_remarks(case: Case) -> Iterator[Remark]:
    yield from _goal(case)
    yield from _dates(case)
    yield from _leader(case)
    yield from _partners(case)
    yield from _schools(case)


def _goal(case: Case) -> Iterator[Remark]:
    say = case.say
    if case.project.budget_goal is None:
        yield case.remark(
            RemarkKind.NO_GOAL,
            Weight.CHECK,
            say("The project has no budget goal: what is spent stands outside the nine goals of Table 3."),
            say("Table Projects, project “{project}”: choose the budget goal.", project=case.project.title),
            "projects",
            (),
        )


def _dates(case: Case) -> Iterator[Remark]:
    project, say = case.project, case.say
    if project.end < project.start:
        yield case.remark(
            RemarkKind.END_BEFORE_START,
            Weight.WRONG,
            say(
                "The end, {end}, is before the start, {start}.",
                end=project.end.isoformat(),
                start=project.start.isoformat(),
            ),
            say("Table Projects, project “{project}”: correct the start or the end.", project=project.title),
            "projects",
            (project.end, project.start),
        )


def _leader(case: Case) -> Iterator[Remark]:
    """The note's leader against the register's, and the register's against role and partners."""
    project, say = case.project, case.say
    countries = {partner.country for partner in case.partners}
    registered = project.lead_country
    mend = say(
        "Table Projects, project “{project}”: correct the lead country, the role or the note.", project=project.title
    )
    for code in leaders_in(project.note):
        if code == registered:
            continue
        names = {"named": say.country(code)}
        if registered:
            text = say(
                "The note says that {named} leads the project, but the register has {registered}.",
                registered=say.country(registered),
                **names,
            )
        elif code in countries:
            text = say(
                "The note says that {named} leads the project; the register has the country only as a partner.", **names
            )
        else:
            text = say("The note says that {named} leads the project; the register does not name the country.", **names)
        yield case.remark(
            RemarkKind.LEAD_IN_TEXT, Weight.CHECK, text, mend, "projects", (code, registered, code in countries)
        )
    if registered and registered != HOME and countries and registered not in countries:
        yield case.remark(
            RemarkKind.LEAD_NOT_PARTNER,
            Weight.CHECK,
            say("{country} leads the project but is not among its partners.", country=say.country(registered)),
            say("Table Partners, project “{project}”: add the country that leads.", project=project.title),
            "partners",
            (registered,),
        )
    if registered and registered != HOME and project.role in (Role.OWNER, Role.COORDINATOR):
        yield case.remark(
            RemarkKind.LEAD_AGAINST_ROLE,
            Weight.CHECK,
            say(
                "The administration is registered as leading the project, but the lead country is {country}.",
                country=say.country(registered),
            ),
            mend,
            "projects",
            (registered, project.role),
        )
    if project.role is Role.PARTNER and not registered:
        yield case.remark(
            RemarkKind.PARTNER_WITHOUT_LEAD,
            Weight.CHECK,
            say("The administration is a partner, but no country is registered as leading the project."),
            say("Table Projects, project “{project}”: state the lead country.", project=project.title),
            "projects",
            (),
        )


def _partners(case: Case) -> Iterator[Remark]:
    say, title = case.say, case.project.title
    if not case.partners:
        yield case.remark(
            RemarkKind.NO_PARTNER,
            Weight.CHECK,
            say("The project has no partner in the register, so no country is ticked on its sheet."),
            say("Table Partners, project “{project}”: add its partners.", project=title),
            "partners",
            (),
        )
    first: dict[tuple, Partner] = {}
    for partner in case.partners:
        first.setdefault(_same(partner), partner)
    for key, count in Counter(map(_same, case.partners)).items():
        if count > 1:
            partner = first[key]
            named = (partner.organisation, partner.place, say.country(partner.country))
            sectors = {p.sector for p in case.partners if _same(p) == key}
            yield case.remark(
                RemarkKind.PARTNER_TWICE,
                Weight.CHECK,
                say(
                    "{partner} stands {count} times among the partners, under different sectors.",
                    partner=", ".join(filter(None, named)),
                    count=count,
                )
                if len(sectors) > 1
                else say(
                    "{partner} stands {count} times among the partners.",
                    partner=", ".join(filter(None, named)),
                    count=count,
                ),
                say(
                    "Table Partners, project “{project}”: remove a row, or name the organisations apart.",
                    project=title,
                ),
                "partners",
                (*key, count),
            )


def _same(partner: Partner) -> tuple[str, str, str]:
    return partner.country, (partner.place or "").strip().casefold(), (partner.organisation or "").strip().casefold()


def _schools(case: Case) -> Iterator[Remark]:
    say, title = case.say, case.project.title
    units = {
        p.unit for p in case.paid_in_year if not p.school_id and p.unit.casefold().rstrip(" .)").endswith(SCHOOL_ENDING)
    }
    if units:
        yield case.remark(
            RemarkKind.UNIT_UNKNOWN,
            Weight.CHECK,
            say(
                "The payment's unit reads like a school, but names no known one: {units}.",
                units=say.listing(sorted(units)),
            ),
            say(
                "Table Amounts and events, project “{project}”: write the school's name as in the register of schools.",
                project=title,
            ),
            "payments",
            tuple(sorted(units)),
        )
    names = case.school_names
    unknown = [] if names is None else [p.school_id for p in case.participants if p.school_id not in names]
    if unknown:
        yield case.remark(
            RemarkKind.SCHOOL_UNKNOWN,
            Weight.CHECK,
            say("Takes part in the project, but is no known school: {schools}.", schools=say.listing(unknown)),
            say(
                "Table Participating schools, project “{project}”: choose a known school, or load the school first.",
                project=title,
            ),
            "participants",
            tuple(sorted(unknown)),
        )
