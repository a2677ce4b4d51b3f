"""Which schools differ by more than chance: their means by number of answers, round the city's."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.charts.funnel import FunnelNames, FunnelPoint, funnel
from analytics.maturity.city import CityCell
from analytics.maturity.funnel import FunnelLimits, chance, expected_outside
from analytics.maturity.schools import Cell
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.cells import answers_text, answers_value, mean_text, mean_value
from analytics.words.figures import interval
from analytics.words.language import N_, Words
from pages.shared.many_schools import evenly, thinned_note
from pages.shared.parts import hover_lines, or_hidden
from pages.ui import controls
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column
from pages.ui.phrases import axis_of
from pages.ui.titles import address

AGAINST_CHANCE = {1: N_("above"), 0: N_("within"), -1: N_("below")}
STEPS = 60  # points along each of the funnel's edges


def funnel_block(ask: Ask, framework: Framework, city: CityCell, schools: Sequence[Cell]) -> Block | None:
    """The schools of a round in the funnel of chance; None where the answers tell nothing of chance."""
    say, names, found = ask.say, controls.school_names(ask.catalogue), chance(city)
    shown = [(cell, present(cell.noise_n), cell.mean) for cell in schools if cell.mean is not None]
    if found is None or not shown:
        return None
    drawn = evenly(shown, lambda of: of[2])
    outside = found.outside(schools)
    headline = say.plural(
        "{outside} of {n} school lies outside what chance alone gives, against about {expected} were all schools alike",
        "{outside} of {n} schools lie outside what chance alone gives, against about {expected} were all schools alike",
        len(shown),
        outside=say.integer(outside),
        expected=say.integer(expected_outside(len(shown))),
    )
    return Block(
        key="criterion_funnel",
        headline=headline,
        alt=say(
            "Funnel: each school's mean in {year} by its number of answers, and how far chance alone may take it from"
            " the city's mean: the more who answer, the less. {headline}.",
            year=say.round(city.year),
            headline=headline,
        ),
        table=_table(ask, found, schools, names),
        figure=funnel(
            [
                FunnelPoint(
                    n,
                    mean,
                    _hover(cell, names[cell.school_id], say),
                    found.side(mean, n) != 0,
                    way=address("skola", say, framework=framework.id, year=city.year, school=cell.school_id),
                )
                for cell, n, mean in drawn
            ],
            axis_of(framework, say),
            say.language,
            centre=found.centre,
            limits=_limits(found, framework, [n for _, n, _ in shown]),
            names=FunnelNames(
                say("Answers in the school"),
                say("the city {value}", value=say.number(found.centre)),
                say("what chance alone gives"),
            ),
        ),
        note=" ".join(filter(None, [_reading(say), thinned_note(len(shown), say)])),
    )


def _reading(say: Words) -> str:
    return say(
        "Were all schools alike, 19 in 20 would land inside the funnel: a school there is level with the city."
        " The strong dots lie outside. Schools with 5–9 answers stand at 7. Point at a dot for the school,"
        " its interval, and its mean pulled towards the city's, the more the fewer who answered."
    )


def _limits(found: FunnelLimits, framework: Framework, answers: Sequence[int]) -> list[tuple[int, float, float]]:
    """The funnel from the fewest answers to the most, kept within the scale."""
    least, most = min(answers), max(answers)
    steps = range(least, most + 1, max(1, (most - least) // STEPS))
    ends = [(n, *found.limits(n)) for n in sorted({*steps, most})]
    return [(n, max(low, framework.scale_min), min(high, framework.scale_max)) for n, low, high in ends]


def _hover(cell: Cell, name: str, say: Words) -> str:
    mean = f"{name}: {mean_text(cell, say)} ({answers_text(cell, say)})"
    shrunken = "" if cell.shrunken is None else say("pulled towards the city: {value}", value=say.number(cell.shrunken))
    return hover_lines(mean, interval(cell.ci_low, cell.ci_high, say), shrunken)


def _table(ask: Ask, found: FunnelLimits, schools: Sequence[Cell], names: dict[str, str]) -> Table:
    say = ask.say

    def side(cell: Cell) -> str | None:
        return None if cell.mean is None else say.marked(AGAINST_CHANCE[found.side(cell.mean, present(cell.noise_n))])

    def limits(cell: Cell) -> tuple[float | None, float | None]:
        return (None, None) if cell.mean is None else found.limits(present(cell.noise_n))

    columns: tuple[TableColumn[Cell], ...] = (
        text_column(say("School"), lambda cell: names[cell.school_id]),
        count_column(say("Answers"), lambda cell: answers_value(cell), say),
        level_column(say("Mean"), lambda cell: mean_value(cell, say), say),
        level_column(say("Interval from"), lambda cell: or_hidden(cell.ci_low), say),
        level_column(say("Interval to"), lambda cell: or_hidden(cell.ci_high), say),
        level_column(say("Pulled towards the city"), lambda cell: or_hidden(cell.shrunken), say),
        level_column(say("Chance from"), lambda cell: or_hidden(limits(cell)[0]), say),
        level_column(say("Chance to"), lambda cell: or_hidden(limits(cell)[1]), say),
        text_column(say("Against chance"), lambda cell: or_hidden(side(cell))),
    )
    order = {school.id: place for place, school in enumerate(ask.catalogue.schools)}
    return Table.of(columns, sorted(schools, key=lambda cell: order[cell.school_id]))
