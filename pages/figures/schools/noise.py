"""Skolor's pictures of what is noise: the funnel of what chance alone gives, and places told as intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analytics.charts.funnel import FunnelNames, FunnelPoint, funnel
from analytics.charts.ranks import RankRow, ranks
from analytics.charts.style import LevelAxis
from analytics.documents.own_chart import Kind
from analytics.maturity.city import CityArea
from analytics.maturity.funnel import FunnelLimits, area_chance, expected_outside
from analytics.maturity.schools import AreaCell, AreaFigure
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.model.schools import School
from analytics.words.figures import HIDDEN
from analytics.words.language import Words
from pages.figures.schools.pictures import SchoolMark, area_title
from pages.shared.many_schools import evenly, thinned_note
from pages.shared.parts import or_hidden, or_unknown
from pages.ui import controls
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column
from pages.ui.own_chart import OwnChart
from pages.ui.phrases import axis_of, scale_of
from pages.ui.titles import address

NO_LIMITS = (Missing.HIDDEN, Missing.HIDDEN)


def has_places(found: Iterable[AreaFigure]) -> bool:
    """Whether any school has a place."""
    return any(figure.rank_low is not None for figure in found)


def funnel_block(
    ask: Ask, framework: Framework, found: Sequence[School], overall: Mapping[str, SchoolMark], city: CityArea
) -> Block | None:
    """Means by respondents; None where nobody's respondents are known, or the city tells no spread within schools."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    cells = _cells(found, overall)
    drawn = _with_respondents(cells)
    chance = area_chance(city)
    if not drawn or not chance:
        return None
    axis = axis_of(framework, say)
    outside = {cell.school_id for cell, mean, people in drawn if chance.side(mean, people)}
    said = {cell.school_id: _funnel_text(ask, mean, people, chance) for cell, mean, people in drawn}
    by_chance = expected_outside(len(drawn))
    title = area_title(framework, city, say)
    headline = say.plural(
        "{area}: {outside} of {n} school lies outside what chance alone gives",
        "{area}: {outside} of {n} schools lie outside what chance alone gives",
        len(drawn),
        area=title,
        outside=say.integer(len(outside)),
    )
    expected = (
        say.plural("; by chance about {n} would", "; by chance about {n} would", by_chance)
        if by_chance
        else say("; by chance hardly any would")
    )
    points = [
        FunnelPoint(
            people,
            mean,
            f"{names[cell.school_id]}\n{say.number(mean)}; "
            + say.plural("{n} respondent", "{n} respondents", people)
            + f"\n{said[cell.school_id]}",
            cell.school_id in outside,
            name=names[cell.school_id],
            way=address("skola", say, framework=framework.id, year=cell.year, school=cell.school_id),
        )
        for cell, mean, people in evenly(drawn, lambda of: of[1])
    ]
    sizes = [people for _, _, people in drawn]
    limits = [(n, *_clipped(chance.limits(n), axis)) for n in range(min(sizes), max(sizes) + 1)]
    limits_of = {cell.school_id: chance.limits(people) for cell, _, people in drawn}
    columns: tuple[TableColumn[AreaCell], ...] = (
        text_column(say("School"), lambda cell: names[cell.school_id]),
        count_column(
            say("Respondents"),
            lambda cell: or_hidden(cell.respondents) if cell.mean is None else or_unknown(cell.respondents or None),
            say,
        ),
        level_column(say("Mean"), lambda cell: or_hidden(cell.mean), say),
        level_column(say("Chance gives from"), lambda cell: limits_of.get(cell.school_id, NO_LIMITS)[0], say),
        level_column(say("Chance gives to"), lambda cell: limits_of.get(cell.school_id, NO_LIMITS)[1], say),
        text_column(say("In words"), lambda cell: said.get(cell.school_id, "")),
    )
    return Block(
        key="funnel",
        headline=headline + expected,
        alt=say(
            "Funnel plot: each school's mean against its number of respondents, with the limits of what chance alone"
            " would give around the city's mean. {headline}.",
            headline=headline + expected,
        ),
        table=Table.of(columns, cells),
        own_chart=OwnChart(Kind.POINTS, say("Respondents"), (say("Mean"),), scale=scale_of(framework)),
        figure=funnel(
            points,
            axis,
            say.language,
            centre=chance.centre,
            limits=limits,
            names=FunnelNames(
                say("Number of respondents"),
                say("the city {value}", value=say.number(chance.centre)),
                say("what chance alone gives"),
            ),
        ),
        note=" ".join(filter(None, [_reading(say), thinned_note(len(drawn), say)])),
    )


def _reading(say: Words) -> str:
    return say(
        "Had all schools stood just where the city does, nineteen in twenty would lie in the grey. The fewer who"
        " answered, the further out chance alone takes a school. The strong dots lie outside, so there is more to"
        " them than chance; what it is, the picture does not tell. It goes by one spread for all schools, while the"
        " dots above go by each school's own, so the two may differ about a few."
    )


def places_block(
    ask: Ask, framework: Framework, found: Sequence[School], overall: Mapping[str, SchoolMark], city: CityArea
) -> Block | None:
    """Between which places each school lies, by name; None where no school has a place."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    cells = _cells(found, overall)
    ranked = sorted((cell for cell in cells if cell.rank_low is not None), key=lambda cell: -present(cell.mean))
    if not ranked:
        return None
    of, middle = city.schools, ranked[len(ranked) // 2]
    upper, lower = halves_of(cells, city)
    title = area_title(framework, city, say)
    headline = say.plural(
        "{area}: {upper} of {n} school surely lies in the city's upper half, {lower} surely in the lower;"
        " it may have any place from {low} to {high}",
        "{area}: {upper} of {n} schools surely lie in the city's upper half, {lower} surely in the lower;"
        " the one in the middle may have any place from {low} to {high}",
        len(ranked),
        area=title,
        upper=say.integer(upper),
        lower=say.integer(lower),
        low=say.integer(present(middle.rank_low)),
        high=say.integer(present(middle.rank_high)),
    )
    rows = [
        RankRow(
            names[cell.school_id],
            cell.rank_low,
            cell.rank_high,
            f"{names[cell.school_id]}\n{_place_text(ask, cell, of)}",
            absent=say.marked(HIDDEN),
        )
        for cell in cells
    ]
    columns: tuple[TableColumn[AreaCell], ...] = (
        text_column(say("School"), lambda cell: names[cell.school_id]),
        count_column(say("Place from"), lambda cell: or_hidden(cell.rank_low), say),
        count_column(say("Place to"), lambda cell: or_hidden(cell.rank_high), say),
        level_column(say("Mean"), lambda cell: or_hidden(cell.mean), say),
        level_column(say("Pulled towards the city"), lambda cell: or_hidden(cell.shrunken), say),
    )
    return Block(
        key="places",
        headline=headline,
        alt=say(
            "Bars: between which places each school lies among the {of} schools of the round, by name. {headline}.",
            of=say.integer(of),
            headline=headline,
        ),
        table=Table.of(columns, cells),
        figure=ranks(
            rows, of, say.language, title=say("Place among all {of}; 1 is the highest mean", of=say.integer(of))
        ),
        note=say(
            "A place alone says too much, so each school has the places that it may have, nineteen times in"
            " twenty. They are among all schools of the round, whatever is chosen above. Where bars overlap,"
            " which is the higher is not certain."
        ),
    )


def halves_of(found: Iterable[AreaCell] | Iterable[AreaFigure], city: CityArea) -> tuple[int, int]:
    """How many schools surely lie in the city's upper half, and in its lower."""
    ranked, of = [each for each in found if each.rank_low is not None], city.schools
    upper = sum(present(each.rank_high) <= of / 2 for each in ranked)
    return upper, sum(present(each.rank_low) > (of + 1) / 2 for each in ranked)


def _with_respondents(cells: Iterable[AreaCell]) -> list[tuple[AreaCell, float, int]]:
    return [(cell, cell.mean, cell.respondents) for cell in cells if cell.mean is not None and cell.respondents]


def _cells(found: Sequence[School], overall: Mapping[str, SchoolMark]) -> list[AreaCell]:
    return [mark.cell for school in found if (mark := overall.get(school.id)) and mark.cell]


def _clipped(limits: tuple[float, float], axis: LevelAxis) -> tuple[float, float]:
    return max(limits[0], axis.lowest), min(limits[1], axis.levels[-1])


def _funnel_text(ask: Ask, mean: float, people: int, chance: FunnelLimits) -> str:
    say = ask.say
    low, high = (say.number(limit) for limit in chance.limits(people))
    if chance.side(mean, people):
        return say("outside what chance gives ({low}–{high})", low=low, high=high)
    return say("within what chance gives ({low}–{high})", low=low, high=high)


def _place_text(ask: Ask, cell: AreaCell, of: int) -> str:
    say = ask.say
    if cell.rank_low is None or cell.rank_high is None:
        return say.marked(HIDDEN)
    low, high, whole = map(say.integer, (cell.rank_low, cell.rank_high, of))
    if low == high:
        return say("place {low} of {of}", low=low, of=whole)
    return say("place {low} to {high} of {of}", low=low, high=high, of=whole)
