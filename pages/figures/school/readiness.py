"""Kan vi ansöka? Whether the goal is met by the rule, how sure that is, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analytics.charts.chances import ChanceRow, chances
from analytics.maturity.methods.disclosure import FEW_BELOW
from analytics.maturity.readiness import (
    REACHED,
    in_the_way,
    is_punished,
    silent,
    standing,
    surest_to_miss,
    verdict,
)
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import Cell
from analytics.model.figures import GoalOutcome
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.basis import basis_note
from analytics.words.cells import mean_value, share_value
from analytics.words.figures import VERDICT, chance_text, share_short, share_text
from analytics.words.frameworks import criterion_name
from analytics.words.goals import hidden_may_miss, punished_sentence
from analytics.words.language import N_, Words
from pages.figures.school.comparison import SchoolComparison
from pages.shared.parts import or_hidden
from pages.shared.ready_words import (
    few_answers,
    in_the_way_text,
    least_text,
    ready_sentence,
    silent_scale,
    silent_text,
    zones,
)
from pages.ui.content import Ask, Block, Item, KeyFigure, Table, TableColumn, level_column, share_column, text_column

SURE_TO_MISS = 0.05  # a criterion that reaches the goal in fewer of the draws is not in doubt
CAN_APPLY = {
    GoalOutcome.MET: N_("Yes, by the rule"),
    GoalOutcome.NOT_MET: N_("No: {n} left"),
    GoalOutcome.CANNOT_TELL: N_("Cannot be determined"),
}
DRAWN = 12  # criteria in the picture, at most; the table has all


def ready_figure(ask: Ask, comparison: SchoolComparison) -> KeyFigure | None:
    """The rule's answer, what is left, and the chance that the school is there; None where nothing is shown."""
    say, of = ask.say, comparison.round
    if standing(of) is None:
        return None
    left = of.shown - of.at_goal
    value = say.marked(CAN_APPLY[GoalOutcome(of.outcome)], n=left)
    if of.outcome == GoalOutcome.NOT_MET and of.shown < of.asked:
        value = say("No: at least {n} left", n=left)
    chance = chance_text(present(of.there_low), present(of.there_high), say)
    note = say("chance of being there: {chance}", chance=chance)
    return KeyFigure(say("Can we apply?"), value, note)


def is_told(comparison: SchoolComparison) -> bool:
    """Whether anything is shown to tell it by."""
    return standing(comparison.round) is not None


def ready_block(ask: Ask, comparison: SchoolComparison) -> Block:
    """The rule's answer, how sure it is and why, where anything is shown (`is_told`)."""
    say = ask.say
    cells = comparison.goal_cells
    blocking = in_the_way(cells)
    doubtful = sorted(
        (c for c in cells if c.ready is not None and SURE_TO_MISS <= c.ready < REACHED and c not in blocking),
        key=surest_to_miss,
    )
    shown = [*blocking, *doubtful][:DRAWN]
    told = any(cell.ready is not None for cell in shown)
    headline = _headline(ask, comparison, blocking)
    return Block(
        key="ready",
        headline=headline,
        alt=say(
            "Strips of 0–100%: how often each criterion that is in doubt would reach the goal in a new round "
            "with as many answers. {headline}",
            headline=headline,
        ),
        table=_table(ask, comparison, cells),
        figure=chances([_row(ask, comparison, cell) for cell in shown], say.language, zones=zones(say))
        if told
        else None,
        note=" ".join(filter(None, _notes(ask, comparison, cells, blocking))),
    )


def _headline(ask: Ask, comparison: SchoolComparison, blocking: Sequence[Cell]) -> str:
    say = ask.say
    sentences = [say("Can we apply?"), ready_sentence(comparison.round, say)]
    if blocking:
        sentences.append(
            say("Most in the way: {criteria}.", criteria=in_the_way_text(blocking, comparison.framework, say))
        )
    return " ".join(sentences)


def _notes(ask: Ask, comparison: SchoolComparison, cells: Sequence[Cell], blocking: Sequence[Cell]) -> list[str]:
    say, of = ask.say, comparison.round
    weakest = blocking or [min((cell for cell in cells if cell.mean is not None), key=surest_to_miss)]
    few = punished_sentence(of.asked, say) if is_punished(of) else ""
    notes = [few, silent_text(weakest, of, comparison.framework, say)]
    if of.shown < of.asked:
        notes.append(hidden_may_miss(of.asked - of.shown, say))
    if blocking and all(cell.ready is None for cell in blocking):
        notes.append(
            say(
                "Fewer than {n} answered on what is most in the way, so how sure it is there cannot be determined.",
                n=FEW_BELOW,
            )
        )
    return [*notes, _reading(of, say)]


def _reading(of: SchoolRound, say: Words) -> str:
    share = say(
        "The share tells how often a new round with as many answers would reach the goal; more on the page Method."
    )
    return " ".join(filter(None, [share, basis_note([of.ready_basis], say)]))


def _row(ask: Ask, comparison: SchoolComparison, cell: Cell) -> ChanceRow:
    say = ask.say
    label = criterion_name(comparison.framework, cell.criterion, say)
    if cell.ready is None:
        return ChanceRow(label, None, label, "", few_answers(say))
    said = say(
        "chance of reaching the goal here if the self-assessment were repeated: {share} ({verdict})",
        share=share_text(cell.ready, say),
        verdict=say.marked(VERDICT[verdict(cell.ready)]),
    )
    return ChanceRow(label, cell.ready, f"{label}\n{said}", share_short(cell.ready, say))


def there_value(of: Callable[[Item], Cell], say: Words) -> TableColumn[Item]:
    """The chance that the school's true level is at the goal, as a column; `of`: the cell of an item of the table."""
    return TableColumn(
        say("Chance of being there"),
        lambda item: or_hidden(of(item).there),
        lambda share: share_text(share, say),
        numeric=True,
    )


def _share(cell: Cell) -> float | Missing:
    """The share of new rounds at the goal; there is none of few answers."""
    return or_hidden(cell.ready) if cell.mean is None or cell.ready is not None else Missing.NOT_APPLICABLE


def _how_sure(cell: Cell, say: Words) -> str | Missing:
    """What the share is called, or why there is none."""
    if cell.ready is not None:
        return say.marked(VERDICT[verdict(cell.ready)])
    return Missing.HIDDEN if cell.mean is None else few_answers(say)


def met_text(cell: Cell, say: Words) -> str | Missing:
    """Whether the goal is met; of a few answers it cannot always be told."""
    if cell.mean is None:
        return Missing.HIDDEN
    return say("cannot be determined") if cell.goal_met is None else say("yes") if cell.goal_met else say("no")


def _table(ask: Ask, comparison: SchoolComparison, cells: Sequence[Cell]) -> Table:
    say = ask.say
    texts = {cell.criterion: _needed(ask, comparison, cell) for cell in cells}
    columns: list[TableColumn[Cell]] = [
        text_column(say("Id"), lambda cell: cell.criterion),
        text_column(
            say("Criterion"), lambda cell: comparison.framework.criterion(cell.criterion).title.in_(say.language)
        ),
        level_column(say("Mean"), lambda cell: mean_value(cell, say), say),
        share_column(say("Share of answers at the goal"), lambda cell: share_value(cell, say), say),
        text_column(say("Meets the goal"), lambda cell: met_text(cell, say)),
        TableColumn(say("Share of new rounds at the goal"), _share, lambda share: share_text(share, say), numeric=True),
        text_column(say("Would a new round show it?"), lambda cell: _how_sure(cell, say)),
        there_value(lambda cell: cell, say),
    ]
    if any(texts.values()):
        needed = say("Needed of those who did not answer")
        columns.append(text_column(needed, lambda cell: or_hidden(texts[cell.criterion] or None)))
    return Table.of(columns, cells)


def _needed(ask: Ask, comparison: SchoolComparison, cell: Cell) -> str:
    """From where those who did not answer would turn the criterion; empty where it is not known who they are."""
    say, goal, framework = ask.say, comparison.framework.goal, comparison.framework
    found = silent(cell, comparison.round, goal)
    if found is None:
        return ""
    low, high = silent_scale(framework)
    if found.needed > high:
        return say("out of reach")
    if found.needed <= low:
        return say("met whatever they answer")
    return say("at least {needed}", needed=least_text(found.needed, framework, say))
