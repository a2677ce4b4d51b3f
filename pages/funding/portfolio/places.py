"""EU-medel's pictures of with whom and where: partner countries and places, and the schools that take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.charts.europe import MapCountry, europe_map, on_the_map
from analytics.charts.money import AmountRow, amounts
from analytics.funding.countries import HOME
from analytics.model.funding import Partner, Project
from analytics.model.provenance import Missing
from analytics.words.language import Words
from pages.funding.amounts import date_column
from pages.funding.portfolio.choice import Portfolio
from pages.ui.content import Ask, Block, Table, TableColumn, text_column

DRAWN = 8  # projects in the picture of schools; the table has them all
SCHOOLS_NAMED = 12  # schools of a project that its row names


def partners_met(chosen: Portfolio) -> tuple[Partner, ...]:
    """The different partners that the register names by place or organisation, whichever projects they are in."""
    named = (p for p in chosen.part.partners if p.place or p.organisation)
    return tuple({(p.country, p.place, p.organisation): p for p in named}.values())


def partner_map(ask: Ask, chosen: Portfolio) -> Block:
    """The countries on a map of Europe, with every country and place as the table."""
    say = ask.say
    projects: dict[str, set[str]] = {}
    for partner in chosen.part.partners:
        projects.setdefault(partner.country, set()).add(partner.project_id)
    by_weight = sorted(projects, key=lambda code: (-len(projects[code]), say.country(code)))
    in_words = {code: say.plural("{n} project", "{n} projects", len(projects[code])) for code in by_weight}
    drawn = [
        MapCountry(code, say.country(code), len(projects[code]), _hover(ask, chosen, code, in_words[code]))
        for code in by_weight
    ]
    abroad = [code for code in by_weight if code != HOME]
    most = [say.country(code) for code in abroad if len(projects[code]) == len(projects[abroad[0]])]
    if abroad:
        headline = say.plural(
            "The projects have partners in {n} other country",
            "The projects have partners in {n} other countries",
            len(abroad),
        )
        if len(abroad) > 1 and len(most) <= 3:
            headline = say("{partners}, most often in {countries}", partners=headline, countries=say.listing(most))
    else:
        headline = say("All partners are in Sweden")
    note = say("The table names every country, place and partner. Some reports tick a country and name no partner.")
    beside = [f"{say.country(code)} ({in_words[code]})" for code in by_weight if not on_the_map(code)]
    if beside:
        note = say("Not on the map: {countries}.", countries=say.listing(beside)) + " " + note
    return Block(
        key="partner_map",
        headline=headline,
        alt=say(
            "Map of Europe with the partners' countries, by number of projects. {points}.",
            points="; ".join(f"{say.country(code)}: {in_words[code]}" for code in by_weight),
        ),
        table=Table.of(partner_columns(ask, chosen), partners_in_order(ask, chosen)),
        figure=europe_map(drawn, say.language),
        note=note,
    )


def partner_columns(ask: Ask, chosen: Portfolio) -> tuple[TableColumn[Partner], ...]:
    say, unknown = ask.say, Missing.NOT_COLLECTED
    titles = {project.id: project.title for project in chosen.part.projects}
    return (
        text_column(say("Country"), lambda partner: say.country(partner.country)),
        text_column(say("Place"), lambda partner: partner.place or unknown),
        text_column(say("Partner organisation"), lambda partner: partner.organisation or unknown),
        text_column(say("Project"), lambda partner: titles[partner.project_id]),
    )


def partners_in_order(ask: Ask, chosen: Portfolio) -> list[Partner]:
    """By country, place, organisation and project."""
    titles = {project.id: project.title for project in chosen.part.projects}

    def order(partner: Partner) -> tuple[str, str, str, str]:
        country = ask.say.country(partner.country)
        return country, partner.place or "", partner.organisation or "", titles[partner.project_id]

    return sorted(chosen.part.partners, key=order)


def schools_per_project(ask: Ask, chosen: Portfolio) -> Block:
    """A bar a project: how many schools take part, and their names."""
    say, names = ask.say, school_names(ask, chosen)
    schools_of: dict[str, list[str]] = {}
    for participant in chosen.part.participants:
        schools_of.setdefault(participant.project_id, []).append(names[participant.school_id])
    projects = [project for project in chosen.part.projects if project.id in schools_of]
    projects.sort(key=lambda project: -len(schools_of[project.id]))
    rows = []
    for project in projects[:DRAWN]:
        there = sorted(schools_of[project.id])
        text = say.plural("{n} school", "{n} schools", len(there))
        listed = _named(there, say)
        rows.append(AmountRow(project.title, len(there), text, f"{project.title}\n{text}", listed))
    different = {participant.school_id for participant in chosen.part.participants}
    columns: tuple[TableColumn[_TakesPart], ...] = (
        text_column(say("School"), lambda row: row.school),
        text_column(say("Project"), lambda row: row.project.title),
        text_column(say("Programme"), lambda row: row.project.programme),
        date_column(say("Start date"), lambda row: row.project.start),
        date_column(say("End date"), lambda row: row.project.end),
    )
    table = [_TakesPart(name, project) for project in projects for name in schools_of[project.id]]
    return Block(
        key="schools_taking_part",
        title=say("How many schools are in each project?"),
        headline=say.plural(
            "{n} school takes part, in {part} of {whole} projects",
            "{n} schools take part, in {part} of {whole} projects",
            len(different),
            part=len(projects),
            whole=len(chosen.part.projects),
        ),
        alt=say(
            "Bar chart: how many schools take part in each project. {points}.",
            points="; ".join(f"{row.label}: {row.text}" for row in rows),
        ),
        table=Table.of(columns, sorted(table, key=_TakesPart.order)),
        figure=amounts(rows, say.language),
        note=say("The table says school by school what each takes part in.")
        if len(projects) <= DRAWN
        else say("The picture shows the projects with most schools; the table has them all, school by school."),
    )


@dataclass(frozen=True)
class _TakesPart:
    """A school, by name, in a project."""

    school: str
    project: Project

    def order(self) -> tuple[str, str, str, date, date]:
        return self.school, self.project.title, self.project.programme, self.project.start, self.project.end


def school_names(ask: Ask, chosen: Portfolio) -> dict[str, str]:
    """Names of the schools that participants point at."""
    told = {school.id: school.name for school in ask.catalogue.schools} | (chosen.whole.school_names or {})
    return {p.school_id: told.get(p.school_id, p.school_id) for p in chosen.part.participants}


def _named(names: Sequence[str], say: Words) -> str:
    more = len(names) - SCHOOLS_NAMED
    if more < 2:
        return say.listing(names)
    return say("{schools} and {n} more", schools=", ".join(names[:SCHOOLS_NAMED]), n=more)


def _hover(ask: Ask, chosen: Portfolio, code: str, text: str) -> str:
    places = dict.fromkeys(
        partner.place for partner in chosen.part.partners if partner.country == code and partner.place
    )
    return "\n".join(filter(None, [text, ", ".join(places)]))
