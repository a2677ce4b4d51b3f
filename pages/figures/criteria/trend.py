"""How the city has moved on a criterion: the picture, and what of it is more than noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.charts.colours import SCHOOL
from analytics.charts.trend import TrendLine, TrendPoint, trend
from analytics.documents.own_chart import Kind
from analytics.maturity.changes import CityChange, SchoolsMoved, since_first, since_last
from analytics.maturity.city import CityCell
from analytics.model.frameworks import Change, Framework
from analytics.words.changes import list_promise
from analytics.words.figures import interval
from analytics.words.language import Words
from pages.figures.criteria.pictures import Edition
from pages.shared.change_words import change_sentence
from pages.shared.parts import city_moved, hover_lines, on_one_scale, or_hidden
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column, year_column
from pages.ui.own_chart import OwnChart
from pages.ui.phrases import axis_of, breaks_of, eras_of, scale_of, upper_first
from pages.ui.titles import address


def trend_block(
    ask: Ask,
    editions: Sequence[Edition],
    city: Sequence[CityCell],
    changes: Sequence[CityChange],
    schools: Mapping[int, SchoolsMoved],
) -> Block:
    """The city's mean over the years; `changes` and `schools` are the last round's, since the one before and since the
    framework's first (`schools`: by its year)."""
    say, framework = ask.say, editions[-1].framework
    chain = on_one_scale([edition.framework for edition in editions])
    lines, band = _line([edition for edition in editions if edition.framework in chain], city, say)
    titles = {edition.framework.id: edition.framework.title.in_(say.language) for edition in editions}
    last = next(iter(since_last(changes)), None)
    headline = say("It takes two rounds of the same wording to tell a change")
    if last:
        headline = city_moved(last, say)
    elif len([cell for cell in city if cell.framework == framework.id and cell.mean is not None]) > 1:
        headline = say("No two rounds can be compared")  # no school is shown in both
    columns: tuple[TableColumn[CityCell], ...] = (
        year_column(lambda cell: cell.year, say),
        text_column(say("Framework"), lambda cell: titles[cell.framework]),
        level_column(say("Mean of schools"), lambda cell: or_hidden(cell.mean), say),
        level_column(say("Mean of schools, from"), lambda cell: or_hidden(cell.ci_low), say),
        level_column(say("Mean of schools, to"), lambda cell: or_hidden(cell.ci_high), say),
        level_column(say("Mean of answers"), lambda cell: or_hidden(cell.mean_of_answers), say),
        level_column(say("Mean of answers, from"), lambda cell: or_hidden(cell.answers_low), say),
        level_column(say("Mean of answers, to"), lambda cell: or_hidden(cell.answers_high), say),
        level_column(say("P10"), lambda cell: or_hidden(cell.p10), say),
        level_column(say("P90"), lambda cell: or_hidden(cell.p90), say),
        level_column(say("Between schools (SD)"), lambda cell: or_hidden(cell.between_school_sd), say),
        count_column(say("Schools"), lambda cell: cell.schools, say),
        count_column(say("Left out"), lambda cell: cell.left_out, say),
        text_column(say("Change in words"), lambda cell: _said(changes, say) if cell is city[-1] else ""),
    )
    shown = {cell.year for cell in city if cell.framework in {found.id for found in chain}}
    return Block(
        key="criterion_trend",
        headline=headline,
        alt=say(
            "Line chart: the city's mean on the criterion per year with its 95% interval, and P10–P90 of the "
            "schools as a band. {headline}",
            headline=headline,
        ),
        table=Table.of(columns, city),
        figure=trend(
            [lines],
            axis_of(framework, say),
            say.language,
            band=band,
            breaks=breaks_of(chain, say),
            eras=eras_of(chain, shown, say),
            called=say.round,
        ),
        own_chart=OwnChart(
            Kind.LINE,
            say("Year"),
            (say("Mean of schools"), say("P10"), say("P90")),
            begins=_begins(editions, chain),
            scale=scale_of(framework),
        ),
        note=" ".join(filter(None, [_since_first(changes, say), *_schools(schools, changes, say), _how_to_read(say)])),
    )


def _begins(editions: Sequence[Edition], chain: Sequence[Framework]) -> tuple[int, ...]:
    """The years in which a line begins anew: the first one drawn, and those with another wording."""
    drawn = [edition for edition in editions if edition.framework in chain]
    return tuple(
        edition.framework.valid_from
        for edition in drawn
        if edition is drawn[0] or edition.change is not Change.IDENTICAL
    )


def _line(editions: Sequence[Edition], city: Sequence[CityCell], say: Words) -> tuple[TrendLine, tuple]:
    """The city's line, and the schools' P10-P90 behind it: both go on only where the wording is the same."""
    pieces: list[list[CityCell]] = []
    dashed = []
    for edition in editions:
        cells = [cell for cell in city if cell.framework == edition.framework.id]
        if pieces and cells and edition.change is Change.IDENTICAL:
            pieces[-1].extend(cells)
            continue
        if pieces and cells and edition.change is Change.REWORDED:
            dashed.append((_point(pieces[-1][-1], say), _point(cells[0], say)))
        if cells:
            pieces.append(cells)
    drawn = tuple(tuple(_point(cell, say) for cell in piece) for piece in pieces)
    band = tuple(tuple(TrendPoint(cell.year, cell.mean, "", cell.p10, cell.p90) for cell in piece) for piece in pieces)
    return TrendLine(say("The city"), drawn, SCHOOL, 3.0, dashed=tuple(dashed), intervals=True), band


def _point(cell: CityCell, say: Words) -> TrendPoint:
    if cell.mean is None:
        return TrendPoint(cell.year, None, "")
    hover = say.plural(
        "{year}: {mean} (mean of {n} school, {answers} answers)",
        "{year}: {mean} (mean of {n} schools, {answers} answers)",
        cell.schools,
        year=say.round(cell.year),
        mean=say.number(cell.mean),
        answers=say.integer(cell.answers),
    )
    said = hover_lines(hover, interval(cell.ci_low, cell.ci_high, say))
    way = address("kriterier", say, framework=cell.framework, year=cell.year, criterion=cell.criterion)
    return TrendPoint(cell.year, cell.mean, said, cell.ci_low, cell.ci_high, way)


def _said(changes: Sequence[CityChange], say: Words) -> str:
    """Every change of the round: since the one before, and since the first."""
    return "; ".join(change_sentence(change, say) for change in reversed(changes))


def _since_first(changes: Sequence[CityChange], say: Words) -> str:
    """The change since the framework's first round, where that is not the round before."""
    first, last = next(iter(since_first(changes)), None), next(iter(since_last(changes)), None)
    return "" if first is None or first is last else upper_first(f"{change_sentence(first, say)}.")


def _schools(found: Mapping[int, SchoolsMoved], changes: Sequence[CityChange], say: Words) -> list[str]:
    """How many schools have clearly moved on the criterion, since each of the rounds that the city is held against."""
    texts = []
    for year in sorted({change.before_year for change in changes}, reverse=True):
        schools, raised, lowered = found.get(year, (0, 0, 0))
        if schools:
            texts.append(
                say.plural(
                    "Since {year} {raised} of the {n} school that can be compared has clearly risen on the criterion,"
                    " and {lowered} clearly fallen.",
                    "Since {year} {raised} of the {n} schools that can be compared have clearly risen on the criterion,"
                    " and {lowered} clearly fallen.",
                    schools,
                    raised=say.integer(raised),
                    lowered=say.integer(lowered),
                    year=say.round(year),
                )
            )
    return [*texts, list_promise(say)] if texts else []


def _how_to_read(say: Words) -> str:
    return say("Whiskers: the mean's 95% interval. Pale band: P10–P90, where eight schools in ten lie.")
