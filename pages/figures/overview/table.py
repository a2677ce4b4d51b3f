"""The criteria as one table: the city's course, where it stands, how it has moved, how many schools are below."""

from __future__ import annotations

from analytics.charts.spark import LevelFrame
from analytics.maturity.city import CityCell, at_goal
from analytics.maturity.support import criterion_needs
from analytics.model.figures import CITY
from analytics.words.figures import HIDDEN
from analytics.words.frameworks import criterion_title
from analytics.words.goals import level_name
from analytics.words.language import Words
from pages.figures.overview.city_round import CityRound, city_round
from pages.shared.change_words import change_sentence, change_short
from pages.shared.courses import courses_of, level_frame
from pages.shared.parts import CriterionFacts, asked_in, or_hidden
from pages.shared.row_table import Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.shared.small_pictures import OWN, Now, level_picture, level_symbols, years_over
from pages.shared.trend_words import key_words, levels_words, scale_heading
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column
from pages.ui.titles import address

SIZE = (112, 22)
BELOW, CHANGED = "under", "andrade"  # kinds of rows


def criteria_fold(ask: Ask, framework_id: str, year: int, since: str) -> Block:
    """Every criterion as a row, by area."""
    say, city = ask.say, city_round(ask, framework_id, year, since)
    framework = city.framework
    by_criterion = {cell.criterion: cell for cell in city.now}
    facts = [row for area in framework.areas for row in asked_in(area, by_criterion)]
    needs = {need.criterion: need for need in criterion_needs(ask.view, ask.viewer, framework, year)}
    changes = {change.criterion: change for change in city.changes if change.criterion}
    below = [cell for cell in city.now if cell.mean is not None and not at_goal(cell, framework.goal)]
    changed = [change for change in changes.values() if change.clear]
    headline = say(
        "The city is at the goal on {part} of {whole} criteria",
        part=sum(at_goal(cell, framework.goal) for cell in city.now),
        whole=len(facts),
    )
    columns: tuple[TableColumn[CriterionFacts[CityCell]], ...] = (
        text_column(say("Id"), lambda row: row.criterion.id),
        text_column(say("Criterion"), lambda row: row.criterion.title.in_(say.language)),
        text_column(say("Area"), lambda row: row.area.title.in_(say.language)),
        level_column(say("Mean of schools"), lambda row: or_hidden(row.of.mean), say),
        text_column(
            say("Change in words"),
            lambda row: change_sentence(changes[row.criterion.id], say) if row.criterion.id in changes else "",
        ),
        count_column(
            say("Schools below the goal"),
            lambda row: needs[row.criterion.id].below if row.criterion.id in needs else "",
            say,
        ),
        count_column(say("Schools"), lambda row: row.of.schools, say),
    )
    courses = courses_of(ask, city.chain, CITY)
    told = {c.criterion: Now(year, c.mean, say.number(c.mean), at_goal(c, framework.goal)) for c in city.now if c.mean}
    drawn = [course for thing, course in courses.items() if thing[1]]
    drawn += [(((year, now.level),),) for now in told.values()]
    frame = level_frame(ask, city.chain, drawn, SIZE)
    kinds = {BELOW: {cell.criterion for cell in below}, CHANGED: {change.criterion for change in changed}}

    def row(fact: CriterionFacts[CityCell]) -> TableRow:
        id_, cell = fact.criterion.id, fact.of
        course, need, change = courses.get((fact.area.id, id_), ()), needs.get(id_), changes.get(id_)
        mean = say.marked(HIDDEN) if cell.mean is None else say.number(cell.mean)
        few = say("{part} of {whole}", part=say.integer(need.below), whole=say.integer(need.schools)) if need else ""
        return TableRow(
            criterion_title(framework, id_, say),
            address("kriterier", say, framework=framework.id, year=year, criterion=id_),
            (
                RowCell(level_picture(course, frame, OWN, levels_words(course, say), now=told.get(id_))),
                RowCell(mean, "" if cell.mean is None else cell.mean),
                RowCell(change_short(change, say), "" if change is None else change.difference),
                RowCell(few, need.below if need else ""),
            ),
            tuple(kind for kind, ids in kinds.items() if id_ in ids),
        )

    table = row_table(
        TableHeadings(say("The city's criteria"), say("Criterion")),
        _columns(city, frame, say),
        [row(fact) for fact in facts],
        (
            Chip(BELOW, say("Below the goal"), len(below)),
            Chip(CHANGED, say("Changed"), len(changed)),
            Chip("", say("All"), len(facts)),
        ),
    )
    return Block(
        key="criteria",
        headline=headline,
        alt=say(
            "Table: the city's course and mean on each criterion, and how it has changed. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, facts),
        note=key_words("", framework, level_name(framework, say), say),
        drawing=html.element("div", level_symbols(frame, ()), table, class_="kd-drawn"),
    )


def _columns(city: CityRound, frame: LevelFrame, say: Words) -> tuple[RowColumn, ...]:
    since = city.before.year if city.before else None
    return (
        RowColumn(scale_heading(frame, say), "pic", years_over(frame, say)),
        RowColumn(say.round(city.year), "num"),
        RowColumn(
            say("Change since {year}", year=say.round(since)) if since else say("Change"), "num", short=say("Change")
        ),
        RowColumn(say("Schools below the goal"), "num", short=say("Schools below the goal")),
    )
