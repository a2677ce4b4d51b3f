"""Kan vi ansöka? Whether the goal is met by the rule, how sure that is, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.charts.chances import ChanceRow, chances
from analytics.maturity.readiness import REACHED, Verdict, in_the_way, round_verdict, silent, verdict
from analytics.maturity.schools import Cell
from analytics.model import GoalOutcome
from pages.quality.parts import or_hidden
from pages.quality.ready_words import (
    approximate_note,
    criterion_name,
    how_sure_note,
    in_the_way_text,
    ready_sentence,
    share_text,
    silent_sentence,
    verdict_name,
    zones,
)
from pages.quality.school_beside import Beside
from pages.ui.content import Ask, Block, KeyFigure, Table, level_column, share_column, text_column

SURE_TO_MISS = 0.05  # a criterion that reaches the goal in fewer of the resamples is not in doubt
DRAWN = 12  # criteria in the picture, at most; the table has all


def ready_figure(ask: Ask, beside: Beside) -> KeyFigure | None:
    """The rule's answer in a word, and how sure it is; None where nothing is shown."""
    say, of = ask.say, beside.round
    found = round_verdict(of)
    if found is None:
        return None
    value = {
        GoalOutcome.MET: say("Yes, by the rule"),
        GoalOutcome.NOT_MET: say("Not yet"),
        GoalOutcome.CANNOT_TELL: say("Cannot be told"),
    }[GoalOutcome(of.outcome)]
    barely = of.outcome == GoalOutcome.MET and found is Verdict.NOT_YET
    note = say(
        "how sure: {verdict} (in {share} of the resamples)",
        verdict=say("barely") if barely else verdict_name(found, say),
        share=share_text(of.ready, say),
    )
    return KeyFigure(say("Can we apply?"), value, note)


def ready_block(ask: Ask, beside: Beside) -> Block | None:
    """The rule's answer, how sure it is and why; None where nothing is shown."""
    say, of = ask.say, beside.round
    found = round_verdict(of)
    if found is None:
        return None
    cells = [beside.cells[c.id] for c in beside.framework.criteria if c.id in beside.cells]
    blocking = in_the_way(cells)
    doubtful = sorted(
        (c for c in cells if c.ready is not None and SURE_TO_MISS <= c.ready < REACHED and c not in blocking),
        key=lambda c: (c.ready, c.mean),
    )
    shown = [*blocking, *doubtful][:DRAWN]
    headline = _headline(ask, beside, blocking)
    return Block(
        key="ready",
        headline=headline,
        alt=say(
            "Strips of 0–100 %: how often each criterion that is in doubt reaches the goal when the respondents are"
            " drawn anew. {headline}",
            headline=headline,
        ),
        table=_table(ask, beside, cells),
        figure=chances([_row(ask, beside, cell) for cell in shown], say.language, zones=zones(say)) if shown else None,
        note=" ".join(filter(None, _notes(ask, beside, found, cells, blocking, len(shown)))),
    )


def _headline(ask: Ask, beside: Beside, blocking: Sequence[Cell]) -> str:
    say = ask.say
    sentences = [say("Can we apply?"), ready_sentence(beside.round, say)]
    if blocking:
        sentences.append(say("Most in the way: {criteria}.", criteria=in_the_way_text(blocking, beside.framework, say)))
    return " ".join(sentences)


def _notes(
    ask: Ask, beside: Beside, found: Verdict, cells: Sequence[Cell], blocking: Sequence[Cell], drawn: int
) -> list[str]:
    say, of = ask.say, beside.round
    shown = [cell for cell in cells if cell.ready is not None]
    weakest = blocking[0] if blocking else min(shown, key=lambda cell: (cell.ready, cell.mean))
    unheard = silent(weakest, of, beside.framework.goal)
    notes = [silent_sentence(unheard, weakest, beside.framework, say) if unheard else "", how_sure_note(say)]
    if of.asked > 1:
        notes.append(
            say(
                "That {n} criteria must all meet the goal at once is strict on a small school: its means sway more by"
                " chance, and one that dips below is enough.",
                n=of.asked,
            )
        )
    if drawn and len(shown) > drawn:
        notes.append(say("The picture has what is most in the way and what is most in doubt; the table has all."))
    if of.ready_basis == "approximate":
        notes.append(approximate_note(say))
    if of.shown < of.asked:
        hidden = say.plural(
            "{n} criterion is hidden and may miss the goal.",
            "{n} criteria are hidden and may miss the goal.",
            of.asked - of.shown,
        )
        notes.append(hidden)
        if found is Verdict.CANNOT_TELL:
            notes.append(say("So nothing surer can be said."))
    return notes


def _row(ask: Ask, beside: Beside, cell: Cell) -> ChanceRow:
    say = ask.say
    label, share = criterion_name(beside.framework, cell.criterion, say), share_text(cell.ready, say)
    said = say(
        "meets the goal in {share} of the resamples: {verdict}",
        share=share,
        verdict=verdict_name(verdict(cell.ready), say),
    )
    return ChanceRow(label, cell.ready, f"{label}<br>{said}", share)


def _table(ask: Ask, beside: Beside, cells: Sequence[Cell]) -> Table:
    say = ask.say
    texts = {cell.criterion: _needed(ask, beside, cell) for cell in cells}
    counted = any(texts.values())
    rows = []
    for cell in cells:
        title = beside.framework.criterion(cell.criterion).title.in_(say.language)
        met = {True: say("yes"), False: say("no")}.get(cell.goal_met)
        said = None if cell.ready is None else verdict_name(verdict(cell.ready), say)
        row = (cell.criterion, title, *map(or_hidden, (cell.mean, cell.share_at_goal, met, cell.ready, said)))
        rows.append((*row, *([or_hidden(texts[cell.criterion] or None)] if counted else [])))
    columns = (
        text_column(say("Id")),
        text_column(say("Criterion")),
        level_column(say("Mean"), say),
        share_column(say("Share of answers at the goal"), say),
        text_column(say("Meets the goal")),
        share_column(say("Share of resamples that meet it"), say),
        text_column(say("How sure")),
        *([text_column(say("Needed of those who did not answer"))] if counted else []),
    )
    return Table(columns, tuple(rows))


def _needed(ask: Ask, beside: Beside, cell: Cell) -> str:
    """From where those who did not answer would turn the criterion; empty where it is not known who they are."""
    say, goal, framework = ask.say, beside.framework.goal, beside.framework
    found = silent(cell, beside.round, goal)
    if found is None:
        return ""
    scale = (0.0, 1.0) if goal.statistic == "share" else (framework.scale_min, framework.scale_max)
    if found.needed > scale[1]:
        return say("out of reach")
    if found.needed <= scale[0]:
        return say("met whatever they answer")
    written = say.percent(found.needed) if goal.statistic == "share" else say.number(found.needed)
    return say("at least {needed}", needed=written)
