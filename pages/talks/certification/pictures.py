"""Certifiering's main picture: how sure it is that each school reaches the goal, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from analytics.charts.chances import ChanceRow, chances
from analytics.maturity.readiness import is_punished, standing, there_verdict
from analytics.maturity.rounds import SchoolRound, SchoolsAlike
from analytics.model.figures import Basis, GoalOutcome, Standing, Status
from analytics.model.frameworks import Framework
from analytics.words.basis import basis_note
from analytics.words.figures import CRITERIA_AT_GOAL, HIDDEN, OUTCOME, STANDING, STATUS, THERE, share_short, share_text
from analytics.words.frameworks import criterion_title
from analytics.words.language import Words
from analytics.words.schools import stage_name
from pages.shared.parts import or_hidden
from pages.shared.ready_words import (
    how_sure_note,
    in_the_way_text,
    ready_sentence,
    silent_text,
    zones,
)
from pages.talks.certification.found import ReadySchool, SchoolsFound, count_by
from pages.ui import controls, html
from pages.ui.content import Ask, Block, Table, TableColumn, text_column
from pages.ui.titles import address

SLIGHT = 0.01  # a chance under which no one criterion is what stands in the way
WORTH_FOLDING = 5  # schools with less than that: from so many they are named below the picture, and not drawn


def ready_block(ask: Ask, found: Sequence[ReadySchool], of_all: SchoolsFound) -> Block:
    """A row a school in `found`; the headline is of all."""
    framework = of_all.framework
    say, names = ask.say, controls.school_names(ask.catalogue)
    slight = [ready for ready in found if ready.round.ready is not None and ready.round.ready < SLIGHT]
    if len(slight) < WORTH_FOLDING or len(slight) == len(found):
        slight = []
    rows = []
    for ready in (ready for ready in found if ready not in slight):
        of, name = ready.round, names[ready.school.id]
        way = in_the_way_text(ready.in_the_way, framework, say)
        hover = "\n".join(filter(None, [name, ready_sentence(of, say), way and say("In the way: {names}", names=way)]))
        share = "" if of.ready is None else share_short(of.ready, say)
        rows.append(
            ChanceRow(name, of.ready, hover, share, say.marked(HIDDEN), _most_in_the_way(ready, framework, say))
        )
    headline, alike = _headline(of_all.alike, say), of_all.alike
    note = [how_sure_note(say), basis_note((row.ready_basis for row in alike), say)]
    return Block(
        key="ready",
        title=ready_title(say),
        short=sure_in_short(alike, say),
        headline=headline,
        alt=say(
            "A strip for each school from 0 to 100%: how often a new round with as many answers would reach the"
            " goal on every criterion, cut at 20, 80 and 95%. {headline}.",
            headline=headline,
        )
        + (f" {_slight_of(slight, say)}, {say('by name below the picture')}." if slight else ""),
        table=ready_table(ask, framework, found),
        figure=chances(rows, say.language, zones=zones(say)),
        rest=_slightest(ask, framework, slight, names) if slight else None,
        note=" ".join(filter(None, note)),
    )


def ready_title(say: Words) -> str:
    return say("How sure is it, school by school?")


def ready_table(ask: Ask, framework: Framework, found: Sequence[ReadySchool]) -> Table:
    """A row a school."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    columns: tuple[TableColumn[ReadySchool], ...] = (
        text_column(say("School"), lambda ready: names[ready.school.id]),
        text_column(say("District"), lambda ready: ready.school.district or ""),
        text_column(say("Stage"), lambda ready: stage_name(ready.school.stage or "", say)),
        text_column(
            say("Goal met on every criterion"), lambda ready: say.marked(OUTCOME[GoalOutcome(ready.round.outcome)])
        ),
        text_column(say.marked(CRITERIA_AT_GOAL), lambda ready: _at_goal(ready.round, say)),
        TableColumn(
            say("Share of new rounds at the goal"),
            lambda ready: or_hidden(ready.round.ready),
            lambda share: share_text(share, say),
            numeric=True,
        ),
        text_column(say("Would a new round show it?"), lambda ready: _how_sure(ready.round, say)),
        TableColumn(
            say("Chance of being there"),
            lambda ready: or_hidden(ready.round.there),
            lambda share: share_text(share, say),
            numeric=True,
        ),
        text_column(say("Are we there?"), lambda ready: _there(ready.round, say)),
        text_column(say("Most in the way"), lambda ready: in_the_way_text(ready.in_the_way, framework, say)),
        text_column(
            say("Those who did not answer"),
            lambda ready: silent_text(ready.in_the_way, ready.round, framework, say),
        ),
        text_column(say("Remark"), lambda ready: _remark(ask, ready.round)),
    )
    return Table.of(columns, found)


def _slight_of(slight: Sequence[ReadySchool], say: Words) -> str:
    return say.plural("{n} school has less than a 1% chance", "{n} schools have less than a 1% chance", len(slight))


def _slightest(ask: Ask, framework: Framework, slight: Sequence[ReadySchool], names: Mapping[str, str]) -> Markup:
    """The schools that a picture would say the same of, each a link, in a fold."""
    say = ask.say
    links = (
        html.element(
            "li",
            html.link(
                names[of.school_id], address("skola", say, framework=framework.id, year=of.year, school=of.school_id)
            ),
        )
        for of in (ready.round for ready in slight)
    )
    return html.unfolded(_slight_of(slight, say), html.element("ul", *links, class_="kd-names"))


def _headline(alike: Sequence[SchoolsAlike], say: Words) -> str:
    """How many meet the goal surely enough, how many too narrowly, and how many do not: every shown school once."""
    count, told = count_by(alike, standing), _told(alike)
    if not told:
        return say("No school can be shown")
    narrow = count[Standing.MET_EVEN] + count[Standing.MET_BARELY]
    near, cannot = count[Standing.NOT_MET_NEAR], count[Standing.CANNOT_BE_TOLD]
    missed = count[Standing.NOT_MET] + near
    parts = [
        say.plural(
            "{sure} of {n} school surely or probably reaches the goal on every criterion",
            "{sure} of {n} schools surely or probably reach the goal on every criterion",
            told,
            sure=say.integer(count[Standing.MET_SURE] + count[Standing.MET_LIKELY]),
        )
    ]
    if narrow:
        parts.append(
            say.plural(
                "{n} reaches it too narrowly to be sure of it", "{n} reach it too narrowly to be sure of it", narrow
            )
        )
    if missed and near:
        parts.append(
            say.plural(
                "{missed} do not reach it, {n} of them so close that chance decides",
                "{missed} do not reach it, {n} of them so close that chance decides",
                near,
                missed=say.integer(missed),
            )
        )
    elif missed:
        parts.append(say.plural("{n} does not reach it", "{n} do not reach it", missed))
    if cannot:
        parts.append(say.plural("{n} undecided", "{n} undecided", cannot))
    return "; ".join(parts)


def _told(alike: Sequence[SchoolsAlike]) -> int:
    """Of how many schools anything is told of how sure it is."""
    return sum(row.schools for row in alike if row.ready is not None)


def sure_in_short(alike: Sequence[SchoolsAlike], say: Words) -> str:
    """How many reach the goal surely enough; empty where no school can be shown."""
    count, told = count_by(alike, standing), _told(alike)
    sure = count[Standing.MET_SURE] + count[Standing.MET_LIKELY]
    return say("{n} surely or probably at the goal", n=say.integer(sure)) if told else ""


def _most_in_the_way(ready: ReadySchool, framework: Framework, say: Words) -> str:
    """By name, what a school that has a chance and is not sure would have to see to first."""
    share, found = ready.round.ready, ready.in_the_way
    if share is None or share < SLIGHT or not found or standing(ready.round) is Standing.MET_SURE:
        return ""
    return say("In the way: {names}", names=criterion_title(framework, found[0].criterion, say))


def _at_goal(of: SchoolRound, say: Words) -> str:
    return "" if not of.shown else say("{part} of {whole}", part=of.at_goal, whole=of.shown)


def _how_sure(of: SchoolRound, say: Words) -> str:
    found = standing(of)
    return say.marked(STANDING[found]) if found else ""


def _there(of: SchoolRound, say: Words) -> str:
    found = there_verdict(of)
    return say.marked(THERE[found]) if found else ""


def _remark(ask: Ask, of: SchoolRound) -> str:
    say = ask.say
    partly = (
        "" if of.shown in (0, of.asked) else say("{shown} of {asked} criteria shown", shown=of.shown, asked=of.asked)
    )
    status = say.marked(STATUS[Status(of.status)])
    counted = "" if of.ready_basis in (None, Basis.RESPONDENTS) else say("people not followed")
    few = say("few answers: hard to show it in a round") if is_punished(of) else ""
    return "; ".join(filter(None, [status, partly, counted, few]))
