"""A framework as it is read: what it asks, since when, toward which goal, and what each criterion was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from analytics.loads.framework_copies import followers
from analytics.model.frameworks import Area, Change, Criterion, Framework
from analytics.words.frameworks import CHANGE, calendar_sentence, period_sentence
from analytics.words.goals import goal_rule
from analytics.words.language import Words
from pages.shared.row_table import Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.ui import html
from pages.ui.content import Ask, Block, KeyFigure, Table, TableColumn, text_column
from pages.ui.titles import address


@dataclass(frozen=True)
class AskedCriterion:
    """A criterion in its area, and the one that it follows on, where there is one."""

    area: Area
    now: Criterion
    before: Criterion | None

    def aims(self, say: Words) -> tuple[str, ...]:
        """What it serves, in words."""
        return tuple(aim.title.in_(say.language) for aim in self.area.aims if aim.id in self.now.serves)

    def how(self, say: Words) -> str:
        """In the same words as L1."""
        if self.now.change is Change.NEW or not self.now.previous:
            return say.marked(CHANGE[Change.NEW])
        return say("{how}: {id}", how=say.marked(CHANGE[self.now.change]), id=self.now.previous)


def before_of(ask: Ask, framework: Framework) -> Framework | None:
    return next((one for one in ask.catalogue.frameworks if one.id == framework.previous), None)


def years_text(framework: Framework, say: Words) -> str:
    if framework.valid_to is None:
        return say("from {year}", year=framework.valid_from)
    years = (framework.valid_from, framework.valid_to)
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


def has_ended(framework: Framework) -> bool:
    """Whether this is its last year, or that has passed."""
    return framework.valid_to is not None and framework.valid_to <= date.today().year


def answer(ask: Ask, framework: Framework) -> str:
    """What it asks, and what comes after it: two sentences."""
    say = ask.say
    title = framework.title.in_(say.language)
    criteria = say.plural("{n} criterion", "{n} criteria", len(framework.criteria))
    areas = say.plural("{n} area", "{n} areas", len(framework.areas))
    first = say("{title} asks for {criteria} in {areas}.", title=title, criteria=criteria, areas=areas)
    return f"{first} {_next(ask, framework)}"


def _next(ask: Ask, framework: Framework) -> str:
    say, after = ask.say, followers(framework.id, ask.catalogue.frameworks)
    if after:
        names = say.listing(f"{one.title.in_(say.language)} ({years_text(one, say)})" for one in after)
        return say("{names} follows on it.", names=names)
    if framework.valid_to is None:
        return say("It is valid until further notice.")
    if framework.valid_to < date.today().year:
        return say("Its last year was {year}, and it has no successor yet.", year=framework.valid_to)
    if framework.valid_to == date.today().year:
        return say("This is its last year, and it has no successor yet.")
    return say("Its last year is {year}.", year=framework.valid_to)


def key_figures(ask: Ask, framework: Framework) -> tuple[KeyFigure, ...]:
    say, years, before = ask.say, ask.catalogue.years(framework.id), before_of(ask, framework)
    goal = framework.labels(say.language)[framework.goal.level - framework.scale_min]
    called = ask.of_rounds(framework.id).say.round
    span = "–".join(map(called, dict.fromkeys((years[0], years[-1])))) if years else ""
    figures = [
        KeyFigure(say("Valid"), years_text(framework, say), say("issued by {issuer}", issuer=framework.issuer or "–")),
        KeyFigure(say("Goal"), goal, goal_rule(framework, say)),
        KeyFigure(say("Rounds with answers"), say.integer(len(years)), span or say("none yet")),
    ]
    if before:
        kept = sum(criterion.change is Change.IDENTICAL for criterion in framework.criteria)
        title = before.title.in_(say.language)
        note = say.plural(
            "{n} criterion in the same words as in {title}",
            "{n} criteria in the same words as in {title}",
            kept,
            title=title,
        )
        figures.append(KeyFigure(say("From the previous one"), say.integer(kept), note))
    return tuple(figures)


def criteria_block(ask: Ask, framework: Framework) -> Block:
    """A row a criterion, by area, with what it was before."""
    say, before = ask.say, before_of(ask, framework)
    olds = {criterion.id: criterion for criterion in before.criteria} if before else {}
    rows = [
        AskedCriterion(area, one, olds.get(one.previous or "")) for area in framework.areas for one in area.criteria
    ]
    headline = say("What the schools rate themselves on")
    columns: list[TableColumn[AskedCriterion]] = [
        text_column(say("Area"), lambda row: row.area.title.in_(say.language)),
        text_column(say("Id"), lambda row: row.now.id),
        text_column(say("Criterion"), lambda row: row.now.title.in_(say.language)),
    ]
    if any(one.serves for one in framework.criteria):
        columns.append(text_column(say("Aims"), lambda row: ", ".join(row.aims(say))))
    if before:
        related: list[TableColumn[AskedCriterion]] = [
            text_column(say("How it relates to the one before"), lambda row: say.marked(CHANGE[row.now.change])),
            text_column(say("Id before"), lambda row: row.now.previous or ""),
            text_column(say("Criterion before"), lambda row: row.before.title.in_(say.language) if row.before else ""),
            text_column(say("Note"), lambda row: row.now.note.in_(say.language) if row.now.note else ""),
        ]
        columns += related
    return Block(
        key="criteria",
        headline=headline,
        alt=headline,
        table=Table.of(columns, rows),
        drawing=_drawn(ask, framework, rows, headline, related=before is not None),
    )


def _drawn(ask: Ask, framework: Framework, rows: list[AskedCriterion], headline: str, *, related: bool) -> Markup:
    say, years = ask.say, ask.catalogue.years(framework.id)
    columns = [RowColumn(say("Area"), "say", short=say("Area"))]
    if related:
        columns.append(RowColumn(say("From the previous one"), "say", short=say("From the previous one")))

    def row(one: AskedCriterion) -> TableRow:
        of = {"framework": framework.id, "criterion": one.now.id}
        cells = [RowCell(one.area.title.in_(say.language))]
        if related:
            cells.append(RowCell(one.how(say)))
        return TableRow(
            f"{one.now.id} {one.now.title.in_(say.language)}",
            address("kriterier", say, **of) if years else "",
            tuple(cells),
            (one.now.change.value,),
            under=say("Serves: {aims}", aims=", ".join(one.aims(say))) if one.now.serves else "",
        )

    counts = {change: sum(one.now.change is change for one in rows) for change in Change}
    chips = [Chip(change.value, say.marked(CHANGE[change]).capitalize(), n) for change, n in counts.items() if n]
    chips = [*chips, Chip("", say("All"), len(rows))] if related and len(chips) > 1 else []
    more = say("All {n} criteria", n=len(rows))
    heads = TableHeadings(headline, say("Criterion"), more)
    table = row_table(heads, columns, [row(one) for one in rows], chips)
    return html.element("div", table, class_="kd-drawn")


def levels_and_source(framework: Framework, say: Words) -> Markup:
    """The levels, the year of the dialogue, and what the framework says of itself."""
    goal = framework.goal.level
    names = zip(framework.levels, framework.labels(say.language), strict=True)
    told = say("the goal")
    levels = (f"{level} {name} ({told})" if level == goal else f"{level} {name}" for level, name in names)
    parts = [html.listed(levels), html.element("p", _calendar(framework, say))]
    parts += [html.element("p", text.in_(say.language)) for text in (framework.source, framework.note) if text]
    return html.element("div", *parts, class_="kd-text")


def _calendar(framework: Framework, say: Words) -> str:
    told = (calendar_sentence(framework, framework.valid_from, say), period_sentence(framework, say))
    return " ".join(filter(None, told))


def every_framework(ask: Ask) -> Markup:
    """A row a framework, each with the way to it."""
    say = ask.say
    headings = (say("Framework"), say("Valid"), say("Criteria"), say("Rounds with answers"), say("Follows on"))
    titles = {one.id: one.title.in_(say.language) for one in ask.catalogue.frameworks}

    def row(one: Framework) -> Markup:
        cells = (
            html.link(titles[one.id], address("ramverk", say, framework=one.id)),
            years_text(one, say),
            say.integer(len(one.criteria)),
            say.integer(len(ask.catalogue.years(one.id))),
            titles.get(one.previous or "", "–"),
        )
        data = (
            html.element("td", cell, **{"data-heading": name}) for cell, name in zip(cells, headings, strict=True)
        )  # fmt: skip
        return html.element("tr", *data)

    head = html.element("tr", *(html.column_head(heading) for heading in headings))
    return html.table(head, map(row, ask.catalogue.frameworks), stacked=True, name=say("Every framework"))
