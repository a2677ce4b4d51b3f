"""Certifiering's main picture: how sure it is that each school reaches the goal, and what stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.chances import ChanceRow, chances
from analytics.maturity.readiness import Verdict, round_verdict, silent
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import Cell
from analytics.model import Framework, School, Status
from pages.quality.parts import or_hidden
from pages.quality.ready_words import (
    approximate_note,
    how_sure_note,
    in_the_way_text,
    ready_sentence,
    rule_word,
    share_text,
    silent_sentence,
    verdict_name,
    zones,
)
from pages.ui import controls
from pages.ui.content import Ask, Block, Column, Table, text_column
from pages.ui.phrases import status_text

APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class ReadySchool:
    """A school's round with the one or two criteria that most stand in its way."""

    school: School
    round: SchoolRound
    in_the_way: tuple[Cell, ...]


def ready_block(ask: Ask, framework: Framework, found: Sequence[ReadySchool], judged: Sequence[SchoolRound]) -> Block:
    """A row a school in `found`; the headline is of all that are `judged`."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    rows, table = [], []
    for ready in found:
        of, name = ready.round, names[ready.school.id]
        way = in_the_way_text(ready.in_the_way, framework, say)
        hover = "<br>".join(
            filter(None, [name, ready_sentence(of, say), way and say("In the way: {names}", names=way)])
        )
        text = "" if of.ready is None else say.percent(of.ready)  # short: a phone has little room beside the strips
        rows.append(ChanceRow(name, of.ready, hover, text, say("hidden (too few answers)")))
        table.append(
            (
                name,
                ready.school.district or "",
                controls.stage_name(ready.school.stage or "", say),
                rule_word(of, say),
                "" if not of.shown else say("{part} of {whole}", part=of.at_goal, whole=of.shown),
                or_hidden(of.ready),
                verdict_name(round_verdict(of), say),
                way,
                _silent_text(ask, framework, ready),
                _remark(ask, of),
            )
        )
    verdicts = Counter(map(round_verdict, judged))
    told = sum(row.ready is not None for row in judged)
    headline = say("No school can be shown")
    if told:
        headline = say.plural(
            "{sure} of {n} school surely or probably reaches the goal on every criterion, {close} cannot be told,"
            " {far} not yet",
            "{sure} of {n} schools surely or probably reach the goal on every criterion, {close} cannot be told,"
            " {far} not yet",
            told,
            sure=verdicts[Verdict.REACHED] + verdicts[Verdict.LIKELY],
            close=verdicts[Verdict.CANNOT_TELL],
            far=verdicts[Verdict.NOT_YET],
        )
    columns = (
        text_column(say("School")),
        text_column(say("District")),
        text_column(say("Stage")),
        text_column(say("Goal met on every criterion")),
        text_column(say("Criteria at the goal")),
        Column(say("Share of resamples"), lambda share: share_text(share, say), numeric=True),
        text_column(say("How sure")),
        text_column(say("Most in the way")),
        text_column(say("Those who did not answer")),
        text_column(say("Remark")),
    )
    note = [how_sure_note(say)]
    if any(row.ready_basis == APPROXIMATE for row in judged):
        note.append(approximate_note(say))
    return Block(
        key="ready",
        headline=headline,
        alt=say(
            "A strip for each school from 0 to 100 %: the share of resamples in which the goal is met on every"
            " criterion, cut at 20, 80 and 95 %. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=chances(rows, say.language, zones=zones(say)),
        note=" ".join(note),
    )


def _silent_text(ask: Ask, framework: Framework, ready: ReadySchool) -> str:
    """What those who did not answer could change on the criterion most in the way; empty where nobody counted them."""
    if not ready.in_the_way:
        return ""
    worst = ready.in_the_way[0]
    found = silent(worst, ready.round, framework.goal)
    return "" if found is None else silent_sentence(found, worst, framework, ask.say)


def _remark(ask: Ask, of: SchoolRound) -> str:
    say = ask.say
    partly = (
        "" if of.shown in (0, of.asked) else say("{shown} of {asked} criteria shown", shown=of.shown, asked=of.asked)
    )
    status = "" if of.status == Status.OK else status_text(of.status, say)
    rough = say("approximate: only counts of answers") if of.ready_basis == APPROXIMATE else ""
    return "; ".join(filter(None, [status, partly, rough]))
