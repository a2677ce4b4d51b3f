"""What people answered, and how far they agree: two schools with one mean may be one opinion or two camps."""

from __future__ import annotations

from dataclasses import replace

from analytics.charts.bars import BarRow, bars
from analytics.charts.rows import GroupName
from analytics.maturity.schools import Cell
from analytics.model.figures import Accord, ShareBand
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.cells import answers_value, dont_know_value, share_at_goal_text, share_end, share_value
from analytics.words.consensus import ACCORD, agreed_on
from analytics.words.frameworks import criterion_title, levels_text
from analytics.words.goals import level_name
from analytics.words.language import Words
from pages.figures.school.comparison import SchoolComparison
from pages.shared.parts import CriterionFacts, asked_in, bar_row, level_counts, or_hidden
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, share_column, text_column
from pages.ui.phrases import axis_of

NBSP = "\N{NO-BREAK SPACE}"


def accord_text(comparison: SchoolComparison, criterion_id: str, say: Words) -> str:
    """How far the staff agree, in words; empty where there are too few answers to say."""
    found = comparison.accords.get(criterion_id)
    if found is None:
        return ""
    if found.camps:
        low, high = camps_text(comparison.framework, found.camps)
        return say("divided: {low} against {high}", low=low, high=high)
    return say.marked(ACCORD[found.kind])


def camps_text(framework: Framework, camps: tuple[int, int]) -> tuple[str, str]:
    """The levels of the two camps (Agreement.camps), such as 1–2 and 4."""
    return (
        levels_text(framework.scale_min, framework.scale_min + camps[0]),
        levels_text(framework.scale_min + camps[1], framework.scale_max),
    )


def divided(comparison: SchoolComparison) -> list[str]:
    """The criteria on which the staff are divided, the deepest first."""
    found = {id_: each for id_, each in comparison.accords.items() if each.kind is Accord.DIVIDED}
    return sorted(found, key=lambda id_: found[id_].consensus)


def answers_block(ask: Ask, comparison: SchoolComparison) -> Block:
    say, framework = ask.say, comparison.framework
    rows: list[BarRow | GroupName] = []
    table: list[CriterionFacts[Cell]] = []
    names = framework.labels(say.language)
    for area in framework.areas:
        asked = asked_in(area, comparison.cells)
        table += asked
        if asked:
            rows.append(GroupName(area.title.in_(say.language)))
        for row in asked:
            name = f"{row.criterion.id} {row.criterion.title.in_(say.language)}"
            rows.append(_bar(ask, comparison, name, row.of, accord_text(comparison, row.criterion.id, say)))
    headline = _headline(ask, comparison)
    columns: tuple[TableColumn[CriterionFacts[Cell]], ...] = (
        text_column(say("Id"), lambda row: row.criterion.id),
        text_column(say("Criterion"), lambda row: row.criterion.title.in_(say.language)),
        *level_counts(framework, lambda row: row.of.levels, say),
        text_column(say("Agreement"), lambda row: or_hidden(accord_text(comparison, row.criterion.id, say) or None)),
        count_column(say("Don't know"), lambda row: dont_know_value(row.of, say), say),
        count_column(say("Answers"), lambda row: answers_value(row.of), say),
        share_column(say("Share of answers at the goal"), lambda row: share_value(row.of, say), say),
        share_column(say("Share, from"), lambda row: share_end(row.of, row.of.share_low, say), say),
        share_column(say("Share, to"), lambda row: share_end(row.of, row.of.share_high, say), say),
    )
    reading = say("Levels from left to right: {levels}. Don't know is not counted.", levels=say.listing(names))
    kinds = say(
        "Agreed: at least four in five answer within two neighbouring levels. Divided: two camps of at least a quarter"
        " each, with few between them. Otherwise the answers are spread."
    )
    return Block(
        key="answers",
        headline=headline,
        alt=say(
            "Stacked bars: the share of answers per level on each criterion, aligned at the goal. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, table),
        figure=bars(rows, axis_of(framework, say), say.language, (say("below the goal"), say("at the goal or above")))
        if any(isinstance(row, BarRow) and row.shares for row in rows)
        else None,
        note=" ".join(filter(None, [_extremes(ask, comparison), reading, kinds if comparison.accords else ""])),
    )


def _bar(ask: Ask, comparison: SchoolComparison, name: str, cell: Cell, said: str) -> BarRow:
    """The bar; a staff that is divided is told so in its name, and every bar on hovering."""
    row = bar_row(ask, comparison.framework, name, cell.levels, _in_two(cell, ask.say))
    if not said or row.shares is None:
        return row
    apart = said.replace(" ", NBSP)  # a line is not broken within it
    label = f"{name} –{NBSP}{apart}" if comparison.accords[cell.criterion].camps else name
    return replace(row, label=label, hovers=tuple(f"{hover}\n{said}" for hover in row.hovers))


def _in_two(cell: Cell, say: Words) -> str:
    """What is told of under twenty answers in place of their distribution: how many lie at the goal."""
    if cell.mean is None:
        return ""
    share = share_at_goal_text(cell, say)
    if not share:
        return say("under twenty answers: no distribution")
    return say("under twenty answers; at the goal or above: {share}", share=share)


def _headline(ask: Ask, comparison: SchoolComparison) -> str:
    """How far the staff agree; where they are divided, how it looks where they are most so."""
    say, framework = ask.say, comparison.framework
    found, camps = comparison.accords, divided(comparison)
    if not found:
        return _few_headline(comparison, say)
    if camps:
        levels, places = present(comparison.cells[camps[0]].levels), present(found[camps[0]].camps)
        low, high = camps_text(framework, places)
        answers = sum(levels)
        return say.plural(
            "The staff are divided on {n} of {whole} criteria: on “{criterion}” {lower} answer {low} and {upper} answer"
            " {high}",
            "The staff are divided on {n} of {whole} criteria: on “{criterion}”, most of all, {lower} answer {low} and"
            " {upper} answer {high}",
            len(camps),
            whole=len(found),
            criterion=_title(ask, comparison, camps[0]),
            lower=say.percent(sum(levels[: places[0] + 1]) / answers),
            low=low,
            upper=say.percent(sum(levels[places[1] :]) / answers),
            high=high,
        )
    return agreed_on(sum(each.kind is Accord.AGREED for each in found.values()), len(found), say)


def _few_headline(comparison: SchoolComparison, say: Words) -> str:
    """Of under twenty answers no distribution is told; of few, on how many criteria most of them lie at the goal."""
    bands = [cell.share_band for cell in comparison.cells.values() if cell.share_band]
    if not bands:
        return say("No distribution can be shown")
    return say(
        "Above half of the answers are {goal} or higher on {above} of {whole} criteria, below half on {below}",
        goal=level_name(comparison.framework, say),
        above=say.integer(bands.count(ShareBand.ABOVE_HALF)),
        below=say.integer(bands.count(ShareBand.BELOW_HALF)),
        whole=say.integer(len(bands)),
    )


def _extremes(ask: Ask, comparison: SchoolComparison) -> str:
    """Where the share at the goal is largest and smallest; among those that are told in full, where others are told as
    a bound or a band alone and may lie beyond."""
    say, cells = ask.say, [cell for cell in comparison.cells.values() if cell.mean is not None]
    told = [(c.share_at_goal, c.criterion) for c in cells if c.share_at_goal is not None and not c.share_bound]
    if not told or len(told) < min(2, len(cells)):
        return ""
    most, high = max(told, key=lambda found: found[0])
    least, low = min(told, key=lambda found: found[0])
    figures = {
        "goal": level_name(comparison.framework, say),
        "high": _title(ask, comparison, high),
        "most": say.percent(most),
        "low": _title(ask, comparison, low),
        "least": say.percent(least),
    }
    if len(told) == len(cells):
        return say(
            "The share that answers {goal} or above is largest on “{high}” ({most}) and smallest on “{low}” ({least}).",
            **figures,
        )
    return say(
        "Among the {told} of {whole} criteria whose share is given exactly, {goal} or above is largest on "
        "“{high}” ({most}) and smallest on “{low}” ({least}).",
        told=say.integer(len(told)),
        whole=say.integer(len(cells)),
        **figures,
    )


def _title(ask: Ask, comparison: SchoolComparison, criterion_id: str) -> str:
    return criterion_title(comparison.framework, criterion_id, ask.say)
