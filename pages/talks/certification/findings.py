"""What the certifiers found beside what the staff said: which criteria do schools rate too high?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.charts.rows import DotRow, dots
from analytics.dialogue.findings import (
    LEAST_SCHOOLS,
    CriterionFindings,
    RatingGap,
    school_differences,
    self_against_findings,
)
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.figures import interval
from analytics.words.frameworks import criterion_title
from analytics.words.language import Words
from pages.shared.parts import hover_lines
from pages.ui import controls
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column, year_column
from pages.ui.phrases import axis_of

NAMED = 4  # criteria that a sentence names


def findings_blocks(ask: Ask, framework: Framework, day: date) -> tuple[Block | None, Block | None]:
    """What was found together, and of each school."""
    found = self_against_findings(ask.view, ask.viewer, framework, day)
    if not found:
        return None, None  # nor is anything held against any school's own
    return findings_block(ask, framework, found), differences_block(ask, framework, day)


def findings_block(ask: Ask, framework: Framework, found: Sequence[CriterionFindings]) -> Block | None:
    """A row a criterion, those that staff rate highest above the findings first; None where they are of fewer than five
    schools."""
    say = ask.say
    ranked = sorted((row for row in found if row.difference is not None), key=lambda row: -present(row.difference))
    if not ranked:
        return None
    rows = [_row(framework, row, say) for row in ranked]
    headline = _headline(framework, ranked, say)
    return Block(
        key="findings",
        title=say("Do staff and certifiers agree?"),
        short=_in_short(ranked, say),
        headline=headline,
        alt=say(
            "Filled dots: the staff's own mean on each criterion, in the schools that were certified. Hollow dots: the"
            " mean of the levels that they were found at. {headline}.",
            headline=headline,
        ),
        table=_table(framework, found, say),
        figure=dots(rows, axis_of(framework, say), say.language),
        note=say(
            "The whole city. Filled: the mean of the schools' own means, in each school's latest round before "
            "it was certified. Hollow: the mean of what was found. The line round the filled dot is the 95% "
            "interval of the difference; the dot is strong where the difference is clear, with the criteria "
            "controlled together. A finding is a whole level and a mean is not, so a single school's difference"
            " of half a level says nothing. Fewer than {least} schools have no figure.",
            least=LEAST_SCHOOLS,
        ),
    )


def differences_block(ask: Ask, framework: Framework, day: date) -> Block | None:
    """Each school's own differences, in words and a table; None where there are none."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    found = school_differences(ask.view, ask.viewer, framework, day)
    if not found:
        return None
    schools = len({row.school_id for row in found})
    order = {criterion.id: place for place, criterion in enumerate(framework.criteria)}
    ordered = sorted(found, key=lambda row: (names.get(row.school_id, ""), order.get(row.criterion, 0)))
    columns: tuple[TableColumn[RatingGap], ...] = (
        text_column(say("School"), lambda row: names.get(row.school_id, row.school_id)),
        text_column(say("Id"), lambda row: row.criterion),
        text_column(say("Criterion"), lambda row: framework.criterion(row.criterion).title.in_(say.language)),
        count_column(say("Found at"), lambda row: row.level, say),
        level_column(say("Own mean"), lambda row: row.own, say),
        level_column(say("Own mean less found"), lambda row: row.difference, say),
        year_column(lambda row: str(row.year), say, say("Round")),
        text_column(say("Found on"), lambda row: row.day.isoformat()),
    )
    return Block(
        key="differences",
        title=say("What level each school was found at"),
        short=say.plural("{n} school", "{n} schools", schools),
        headline=say.plural(
            "What {n} school was found at, beside its own figures",
            "What {n} schools were found at, beside their own figures",
            schools,
        ),
        alt=say("Table: each school's own mean on each criterion and the level that it was found at."),
        table=Table.of(columns, ordered),
        note=_most_note(names, found, say),
    )


def _most_note(names: dict[str, str], found: Sequence[RatingGap], say: Words) -> str:
    """How the schools lie on average over their criteria."""
    of: dict[str, list[float]] = {}
    for row in found:
        of.setdefault(row.school_id, []).append(row.difference)
    means = sorted(((sum(rows) / len(rows), names.get(id_, id_)) for id_, rows in of.items()), reverse=True)
    listed = "; ".join(f"{name} {say.signed(mean)}" for mean, name in means)
    return say(
        "Over its criteria each school rates itself, beside what was found (levels): {listed}. Among a school's own"
        " criteria chance and rounding are most of it.",
        listed=listed,
    )


def _row(framework: Framework, row: CriterionFindings, say: Words) -> DotRow:
    title = framework.criterion(row.criterion).title.in_(say.language)
    own, found = present(row.own), present(row.found)
    hover = hover_lines(
        f"{row.criterion} {title}",
        say("own mean {own}, found at {found}", own=say.number(own), found=say.number(found)),
        say("difference {difference}", difference=say.signed(present(row.difference))),
        interval(row.low, row.high, say, say.signed),
    )
    return DotRow(
        f"{row.criterion} {title}",
        own,
        hover,
        found + present(row.low),
        found + present(row.high),
        other=found,
        other_hover=hover,
        faint=not row.clear,
    )


def _in_short(ranked: Sequence[CriterionFindings], say: Words) -> str:
    clear = sum(row.too_high or row.too_low for row in ranked)
    if not clear:
        return say("level on every criterion")
    return say("not on {part} of {whole} criteria", part=clear, whole=len(ranked))


def _headline(framework: Framework, ranked: Sequence[CriterionFindings], say: Words) -> str:
    high = [row for row in ranked if row.too_high]
    low = [row for row in ranked if row.too_low]
    schools = max(row.schools for row in ranked)
    if not high and not low:
        return say.plural(
            "In the {n} school that was certified, staff and certifiers are level on every criterion",
            "In the {n} schools that were certified, staff and certifiers are level on every criterion",
            schools,
        )
    if not high:
        return say("Staff rate no criterion clearly too high")
    names = [
        say(
            "“{criterion}” ({difference})",
            criterion=criterion_title(framework, row.criterion, say),
            difference=say.signed(present(row.difference), 1),
        )
        for row in high[:NAMED]
    ]
    figures = {"of": len(ranked), "names": say.listing(names)}
    if len(high) > NAMED:
        return say(
            "Staff rate {n} of {of} criteria clearly higher than those who certify, most of all {names}",
            n=len(high),
            **figures,
        )
    return say.plural(
        "Staff rate {n} of {of} criteria clearly higher than those who certify: {names}",
        "Staff rate {n} of {of} criteria clearly higher than those who certify: {names}",
        len(high),
        **figures,
    )


def _table(framework: Framework, found: Sequence[CriterionFindings], say: Words) -> Table:
    def clear(row: CriterionFindings) -> str:
        return say("rated too high") if row.too_high else say("rated too low") if row.clear else say("no")

    columns: tuple[TableColumn[CriterionFindings], ...] = (
        text_column(say("Id"), lambda row: row.criterion),
        text_column(say("Criterion"), lambda row: framework.criterion(row.criterion).title.in_(say.language)),
        count_column(say("Schools"), lambda row: row.schools, say),
        level_column(say("Own mean"), lambda row: _unless_few(row.own), say),
        level_column(say("Found at, mean"), lambda row: _unless_few(row.found), say),
        level_column(say("Own mean less found"), lambda row: _unless_few(row.difference), say),
        level_column(say("95 % interval from"), lambda row: _unless_few(row.low), say),
        level_column(say("95 % interval to"), lambda row: _unless_few(row.high), say),
        text_column(say("Clear"), clear),
    )
    return Table.of(columns, found)


def _unless_few(value: float | None) -> float | Missing:
    """The value; of few schools there is none."""
    return Missing.NOT_APPLICABLE if value is None else value
