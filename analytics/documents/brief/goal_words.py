"""What stands between the school and the goal, in words."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.brief.strengths import GoalComparison
from analytics.documents.brief.names import criterion_name
from analytics.documents.brief.roughly_words import goal_figure_text
from analytics.documents.paper.shapes import Block, Heading, Paragraph, Tone
from analytics.documents.paper.table import PaperColumn, PaperTable
from analytics.maturity.methods.disclosure import FEW_BELOW
from analytics.maturity.readiness import is_punished, there_verdict
from analytics.model.present import present
from analytics.words.basis import basis_note
from analytics.words.figures import chance_text, share_text
from analytics.words.goals import (
    HOW_SURE,
    goal_level,
    hidden_may_miss,
    punished_sentence,
    there_sentence,
    too_few_for_goal,
)
from analytics.words.language import Words


def goal_sentence(brief: Brief, say: Words) -> str:
    """What the goal is and whether it is met, by the raw rule, and how sure that is."""
    obstacles, goal = brief.way, goal_level(brief.framework, say)
    if brief.round is None:
        return say("The goal is {goal} on every criterion.", goal=goal)
    if obstacles.standing is None or obstacles.ready is None:
        return too_few_for_goal(say)
    if obstacles.at_goal:
        part = say(
            "The goal, {goal}, is reached on {part} of {whole} criteria.",
            goal=goal,
            part=obstacles.at_goal,
            whole=obstacles.shown,
        )
    else:
        part = say.plural(
            "The goal, {goal}, is not reached on the one criterion that is shown.",
            "The goal, {goal}, is reached on none of the {n} criteria.",
            obstacles.shown,
            goal=goal,
        )
    share = chance_text(present(brief.round.ready_low), present(brief.round.ready_high), say)
    sure = say.marked(HOW_SURE[obstacles.standing], share=share, n=obstacles.hidden)
    there = there_sentence(there_verdict(brief.round), brief.round.there_low, brief.round.there_high, say)
    return " ".join(filter(None, [part, sure, there]))


def goal_blocks(brief: Brief, say: Words, most: int) -> Iterator[Block]:
    """The criteria that miss the goal, the surest first and `most` of them by name; nothing where no figure is
    shown."""
    obstacles = brief.way
    if brief.round is None or obstacles.standing is None:
        return
    yield Heading(say("What stands between the school and the goal"))
    named = obstacles.misses[:most] or obstacles.unsure
    if not obstacles.misses:
        yield Paragraph(
            say("No criterion misses the goal. These are the ones that most easily would in a new round:")
            if named
            else say("No criterion misses the goal, and none is in doubt.")
        )
    if named:
        yield _table(brief, named, say)
    notes = []
    more = len(obstacles.misses) - len(named) + obstacles.more if obstacles.misses else 0
    if more:
        notes.append(
            say.plural(
                "{n} more misses the goal; it is on the page My school (/skola).",
                "{n} more miss the goal; they are on the page My school (/skola).",
                more,
            )
        )
    if obstacles.hidden:
        notes.append(hidden_may_miss(obstacles.hidden, say))
    if is_punished(brief.round):
        notes.append(punished_sentence(brief.round.asked, say))
    notes += filter(None, [basis_note([brief.round.ready_basis], say)])
    if notes:
        yield Paragraph(" ".join(notes), Tone.NOTE)


def _table(brief: Brief, named: tuple[GoalComparison, ...], say: Words) -> PaperTable:
    figure = (
        say("Share of answers at the goal")
        if brief.framework.goal.statistic == "share"
        else say("Median")
        if brief.framework.goal.statistic == "median"
        else say("Mean")
    )

    def how_sure(row: GoalComparison) -> str:
        if row.ready is None:
            return say("fewer than {n} answers", n=FEW_BELOW)
        return say("{share} of new rounds", share=share_text(row.ready, say))

    columns: tuple[PaperColumn[GoalComparison], ...] = (
        PaperColumn(say("Criterion"), lambda row: criterion_name(brief.framework, row.criterion, say), 9),
        PaperColumn(figure, lambda row: goal_figure_text(row.figure, row.roughly, brief.framework, say), 2, True),
        PaperColumn(say("Would reach the goal in"), how_sure, 4),
    )
    return PaperTable.of("", columns, named)
