"""Stöd's table: every criterion with the effort that it calls for, how many schools are below, and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.maturity.rounds import lineage
from analytics.maturity.support import CriterionNeed, Need
from analytics.model.figures import CITY
from analytics.model.frameworks import Framework
from analytics.words.figures import HIDDEN
from analytics.words.frameworks import criterion_title
from analytics.words.language import N_
from pages.figures.support.pictures import every_school, needs_figures, needs_headline
from pages.shared.courses import courses_of, level_frame
from pages.shared.row_table import Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.shared.small_pictures import OWN, level_picture, level_symbols, years_over
from pages.shared.trend_words import levels_words, scale_heading
from pages.ui import html
from pages.ui.content import Ask, Block
from pages.ui.titles import address

SIZE = (96, 22)
EFFORT = {  # what a criterion calls for, in a table's cell
    Need.CITY: N_("joint"),
    Need.VISITS: N_("visits"),
    Need.NONE: N_("none"),
}
CHIPS = {
    Need.CITY: N_("Joint effort"),
    Need.VISITS: N_("Visits to a few schools"),
    Need.NONE: N_("At the goal everywhere"),
}


def needs_table(
    ask: Ask,
    framework: Framework,
    year: int,
    needs: Sequence[CriterionNeed],
    city: Mapping[str, float | None],
) -> Block:
    """A row a criterion, those that take the most first, with the city's course; its files are the picture's."""
    say, chain = ask.say, lineage(ask.catalogue.frameworks, framework.id)
    every = courses_of(ask, chain, CITY)
    courses = {
        need.criterion: every.get((framework.criterion(need.criterion).area, need.criterion), ()) for need in needs
    }
    frame = level_frame(ask, chain, [*courses.values()], SIZE)

    def row(need: CriterionNeed) -> TableRow:
        course, mean = courses[need.criterion], city.get(need.criterion)
        return TableRow(
            criterion_title(framework, need.criterion, say),
            address("kriterier", say, framework=framework.id, year=year, criterion=need.criterion),
            (
                RowCell(level_picture(course, frame, OWN, levels_words(course, say))),
                RowCell(say.marked(HIDDEN) if mean is None else say.number(mean), "" if mean is None else mean),
                RowCell(say.marked(EFFORT[need.need])),
                RowCell(
                    say("{part} of {whole}", part=say.integer(need.below), whole=say.integer(need.schools)),
                    need.below,
                ),
                RowCell(say.number(need.lift, 1), need.lift),
            ),
            (need.need.value,),
        )

    columns = (
        RowColumn(scale_heading(frame, say), "pic", years_over(frame, say)),
        RowColumn(say.round(year), "num"),
        RowColumn(say("Effort"), "say", short=say("Effort")),
        RowColumn(say("Schools below"), "num", short=say("Schools below")),
        RowColumn(say("Levels left"), "num", short=say("Levels left"), sorted="descending"),
    )
    caption = say("The criteria, those with most left to the goal first")
    chips = [Chip(kind.value, say.marked(CHIPS[kind]), sum(n.need is kind for n in needs)) for kind in Need]
    table = row_table(
        TableHeadings(caption, say("Criterion"), say("All {n} criteria", n=len(needs))),
        columns,
        [row(need) for need in needs],
        (*chips, Chip("", say("All"), len(needs))),
    )
    drawn = html.element("div", level_symbols(frame, ()), table, class_="kd-drawn")
    return Block(
        key="efforts",
        title=every_school(say),
        headline=caption,
        alt=say(
            "Table: each criterion with the effort that it calls for, the schools below the goal and what is left."
            " {headline}.",
            headline=needs_headline(needs, say),
        ),
        table=needs_figures(framework, needs, city, say),
        drawing=drawn,
    )
