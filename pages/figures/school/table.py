"""The school's criteria as one table: its course and mean beside the city's, what has changed, how sure the goal is,
how far the staff agree."""

from __future__ import annotations

from analytics.charts.spark import LevelFrame
from analytics.maturity.schools import Cell
from analytics.model.figures import CITY
from analytics.words.cells import mean_text, mean_value
from analytics.words.consensus import ACCORD
from analytics.words.figures import share_short
from analytics.words.frameworks import criterion_title
from analytics.words.goals import level_name
from analytics.words.language import N_, Words
from pages.figures.school.comparison import SchoolComparison
from pages.figures.school.consensus import accord_text, divided
from pages.figures.school.readiness import met_text, there_value
from pages.shared.change_words import change_sentence, change_short
from pages.shared.courses import courses_of, level_frame
from pages.shared.parts import CriterionFacts, asked_in, or_hidden
from pages.shared.row_table import Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.shared.small_pictures import OWN, Now, level_picture, level_symbols, years_over
from pages.shared.trend_words import key_words, levels_words, scale_heading
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, level_column, text_column
from pages.ui.titles import address

SIZE = (112, 22)
BELOW, CHANGED, CAMPS = "under", "andrade", "lager"  # kinds of rows
HIDDEN = N_("hidden")
MOST = 12  # criteria below the goal that the table opens with: of more it shows all of them


def table_block(ask: Ask, comparison: SchoolComparison) -> Block:
    """Every criterion as a row, by area."""
    say, framework, school = ask.say, comparison.framework, comparison.school
    facts = [row for area in framework.areas for row in asked_in(area, comparison.cells)]
    changes = {change.criterion: change for change in comparison.changes if change.criterion}
    kinds = {
        BELOW: {row.of.criterion for row in facts if row.of.mean is not None and row.of.goal_met is False},
        CHANGED: {criterion for criterion, change in changes.items() if change.clear},
        CAMPS: set(divided(comparison)),
    }
    courses, city_courses = (courses_of(ask, comparison.chain, id_) for id_ in (school.id, CITY))
    drawn = [course for thing, course in [*courses.items(), *city_courses.items()] if thing[1]]
    told = {
        cell.criterion: Now(comparison.year, cell.mean, mean_text(cell, say), bool(cell.goal_met))
        for cell in comparison.cells.values()
        if cell.mean is not None
    }
    drawn += [(((now.year, now.level),),) for now in told.values()]
    frame = level_frame(ask, comparison.chain, drawn, SIZE)

    def row(fact: CriterionFacts[Cell]) -> TableRow:
        id_, cell = fact.criterion.id, fact.of
        thing, change, city = (fact.area.id, id_), changes.get(id_), comparison.city_cells.get(id_)
        course, city_mean = courses.get(thing, ()), None if city is None else city.mean
        accord = comparison.accords.get(id_)
        return TableRow(
            criterion_title(framework, id_, say),
            address("kriterier", say, framework=framework.id, year=comparison.year, criterion=id_),
            (
                RowCell(
                    level_picture(
                        course, frame, OWN, levels_words(course, say), city_courses.get(thing, ()), now=told.get(id_)
                    )
                ),
                RowCell(say.marked(HIDDEN) if cell.mean is None else mean_text(cell, say), _order(cell.mean)),
                RowCell("" if city_mean is None else say.number(city_mean), _order(city_mean)),
                RowCell(change_short(change, say), _order(None if change is None else change.difference)),
                RowCell(_goal(cell, say), _order(cell.there)),
                RowCell(
                    say.marked(ACCORD[accord.kind]) if accord else "", _order(accord.consensus if accord else None)
                ),
            ),
            tuple(kind for kind, ids in kinds.items() if id_ in ids),
            criterion=id_,
        )

    labels = {BELOW: say("Below the goal"), CHANGED: say("Changed"), CAMPS: say("Two camps")}
    chips = [Chip(kind, labels[kind], len(ids)) for kind, ids in kinds.items() if ids or kind != CAMPS]
    table = row_table(
        TableHeadings(say("The school's criteria"), say("Criterion")),
        _columns(comparison, frame, say),
        [row(fact) for fact in facts],
        [*chips, Chip("", say("All"), len(facts))],
        BELOW if 0 < len(kinds[BELOW]) <= MOST else "",
    )
    headline = say("The school's criteria compared with the city's")
    if any(row.of.mean is not None for row in facts):
        headline = say.plural(
            "{below} of {n} criterion lies below the goal",
            "{below} of {n} criteria lie below the goal",
            sum(row.of.mean is not None for row in facts),
            below=len(kinds[BELOW]),
        )
    return Block(
        key="school_criteria",
        headline=headline,
        alt=say(
            "Table: the school's course and mean on each criterion compared with the city's, what has changed, "
            "whether the goal is met and how far the staff agree. {headline}.",
            headline=headline,
        ),
        table=_figures(comparison, facts, say),
        reading=key_words(school.name, framework, level_name(framework, say), say),
        drawing=html.element("div", level_symbols(frame, ()), table, class_="kd-drawn", **{"data-school": school.id}),
    )


def _columns(comparison: SchoolComparison, frame: LevelFrame, say: Words) -> tuple[RowColumn, ...]:
    since = comparison.changes[0].before_year if comparison.changes else None
    change = say("Change")
    return (
        RowColumn(scale_heading(frame, say), "pic", years_over(frame, say)),
        RowColumn(say.round(comparison.year), "num"),
        RowColumn(say("The city"), "num", short=say("The city")),
        RowColumn(say("Since {year}", year=say.round(since)) if since else change, "num", short=change),
        RowColumn(say("At the goal? (chance)"), "num", short=say("At the goal? (chance)")),
        RowColumn(say("Agreement"), "num", short=say("Agreement")),
    )


def _order(figure: float | None) -> float | str:
    return "" if figure is None else figure


def _goal(cell: Cell, say: Words) -> str:
    """Whether the goal is met by the rule, and the chance that it truly is."""
    if cell.mean is None:
        return ""
    met = met_text(cell, say)
    return str(met) if cell.there is None else f"{met}, {share_short(cell.there, say)}"


def _figures(comparison: SchoolComparison, facts: list[CriterionFacts[Cell]], say: Words) -> Table:
    changes = {change.criterion: change for change in comparison.changes if change.criterion}
    columns: tuple[TableColumn[CriterionFacts[Cell]], ...] = (
        text_column(say("Id"), lambda row: row.criterion.id),
        text_column(say("Criterion"), lambda row: row.criterion.title.in_(say.language)),
        text_column(say("Area"), lambda row: row.area.title.in_(say.language)),
        level_column(say("Mean"), lambda row: mean_value(row.of, say), say),
        level_column(
            say("The city"),
            lambda row: or_hidden(city.mean if (city := comparison.city_cells.get(row.criterion.id)) else None),
            say,
        ),
        text_column(
            say("Change in words"),
            lambda row: change_sentence(changes[row.criterion.id], say) if row.criterion.id in changes else "",
        ),
        text_column(say("Meets the goal"), lambda row: met_text(row.of, say)),
        there_value(lambda row: row.of, say),
        text_column(say("Agreement"), lambda row: or_hidden(accord_text(comparison, row.criterion.id, say) or None)),
    )
    return Table.of(columns, facts)
