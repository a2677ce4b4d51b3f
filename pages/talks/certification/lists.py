"""Certifiering's four lists: schools that can apply, that are near, that have far to go, and that cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from analytics.dialogue.certification import Stage, is_ready
from analytics.maturity.readiness import criteria_in_the_way, standing
from analytics.maturity.rounds import SchoolRound, SchoolsAlike
from analytics.maturity.school_lists import first_of_lists, rounds_in_order
from analytics.model.dialogue import Event
from analytics.model.figures import GoalOutcome, Standing, Status
from analytics.model.frameworks import Framework
from analytics.words.figures import STANDING
from analytics.words.frameworks import criterion_title
from analytics.words.labels import label_of
from analytics.words.language import N_, Words
from pages.shared.many_schools import rest_note
from pages.shared.ready_words import few_answers_short, most_left
from pages.shared.schools_choice import PAGE
from pages.talks.certification.found import SchoolsFound
from pages.ui import controls, html
from pages.ui.content import Ask, Block, Table
from pages.ui.titles import address

SHOWN = 5  # schools of a list that stand in sight; the rest are unfolded
UNFOLDED = 50  # of them: a nation's lists are thousands, which the table has page by page


class Nearness(StrEnum):
    """How near a school is to applying."""

    CAN_APPLY = "can_apply"
    NEAR = "near"
    FAR = "far"
    CANNOT_TELL = "cannot_tell"


HEADING = {
    Nearness.CAN_APPLY: N_("Can apply"),
    Nearness.NEAR: N_("Near"),
    Nearness.FAR: N_("Far to go"),
    Nearness.CANNOT_TELL: N_("Cannot be determined"),
}


@dataclass(frozen=True, slots=True)
class NearSchool:
    """A school's round; in `only`, of one that is near and has one criterion left, that criterion's id."""

    round: SchoolRound
    only: str = ""


@dataclass(frozen=True, slots=True)
class NearnessList:
    """How many schools are as near, and each of those that a list has room for."""

    schools: int
    first: Sequence[NearSchool]


def nearness(of: SchoolRound | SchoolsAlike) -> Nearness:
    """Can apply: meets the goal, surely or probably (is_ready). Near: meets it too narrowly, or is so close that chance
    decides, or has few criteria left (most_left). Cannot be told: hidden, or in part."""
    if is_ready(of):
        return Nearness.CAN_APPLY
    found = standing(of)
    if of.outcome == GoalOutcome.CANNOT_TELL or found is Standing.CANNOT_BE_TOLD:
        return Nearness.CANNOT_TELL
    if found in (Standing.MET_EVEN, Standing.MET_BARELY, Standing.NOT_MET_NEAR) or has_few_left(of):
        return Nearness.NEAR
    return Nearness.FAR


def left(of: SchoolRound | SchoolsAlike) -> int:
    """How many of the criteria that are shown miss the goal."""
    return of.shown - of.at_goal


def has_few_left(of: SchoolRound | SchoolsAlike) -> bool:
    """So few that it is near for that alone."""
    return left(of) <= most_left(of.shown)


def by_nearness(found: Iterable[SchoolsAlike]) -> dict[Nearness, list[SchoolsAlike]]:
    """Every list, empty ones too."""
    lists: dict[Nearness, list[SchoolsAlike]] = {kind: [] for kind in Nearness}
    for alike in found:
        lists[nearness(alike)].append(alike)
    return lists


def schools_of(alike: Iterable[SchoolsAlike]) -> int:
    return sum(row.schools for row in alike)


def nearness_lists(ask: Ask, found: SchoolsFound) -> dict[Nearness, NearnessList]:
    """With the schools of each that have the fewest criteria left, else in order."""
    lists, of = by_nearness(found.alike), (ask.view, ask.viewer, found.framework.id, found.year)
    if found.schools <= PAGE:
        first: dict[Nearness, list[SchoolRound]] = {kind: [] for kind in Nearness}
        for of_school in sorted(rounds_in_order(*of, found.order, range(PAGE), found.among), key=left):
            first[nearness(of_school)].append(of_school)
    else:  # all that is told of each takes longer than to choose them where they lie
        first = first_of_lists(*of, lists, SHOWN + UNFOLDED, found.order, found.among)
    nearest = [row.school_id for row in first[Nearness.NEAR] if left(row) == 1]
    only = {id_: way for id_, (way, *_) in (criteria_in_the_way(*of, nearest) if nearest else {}).items()}
    return {
        kind: NearnessList(schools_of(alike), [NearSchool(row, only.get(row.school_id, "")) for row in first[kind]])
        for kind, alike in lists.items()
    }


def lists_block(
    ask: Ask, framework: Framework, lists: Mapping[Nearness, NearnessList], register: Sequence[Stage], table: Table
) -> Block:
    """The lists, each school a link with the reason; `table` tells all of it."""
    say = ask.say
    stages = {stage.school_id: stage for stage in register}
    headline = say(
        "{can} can apply, {near} are near, {far} have far to go",
        can=say.integer(lists[Nearness.CAN_APPLY].schools),
        near=say.integer(lists[Nearness.NEAR].schools),
        far=say.integer(lists[Nearness.FAR].schools),
    )
    pages = sum(there.schools for there in lists.values()) > PAGE
    drawn = (_list(ask, framework, kind, there, stages, pages) for kind, there in lists.items() if there.schools)
    return Block(
        key="lists",
        headline=headline,
        alt=say("Lists: the schools by how near they are to applying, each with the reason. {headline}.",
                headline=headline),
        table=table,
        drawing=html.element("div", html.element("div", *drawn, class_="kd-lists"), class_="kd-drawn"),
    )  # fmt: skip


def _list(
    ask: Ask,
    framework: Framework,
    kind: Nearness,
    there: NearnessList,
    stages: dict[str, Stage],
    pages: bool,
) -> Markup:
    """`pages`: the table has the schools page by page, and not all of them."""
    say, names = ask.say, controls.school_names(ask.catalogue)

    def line(school: NearSchool) -> Markup:
        of = school.round
        link = address("skola", say, framework=framework.id, year=of.year, school=of.school_id)
        reason = _reason(kind, school, stages.get(of.school_id), framework, say)
        return html.element("li", html.link(names[of.school_id], link), html.element("span", reason, class_="kd-why"))

    heading = html.element("h3", f"{say.marked(HEADING[kind])} ({say.integer(there.schools)})", class_="kd-section")
    rest, left_out = there.first[SHOWN : SHOWN + UNFOLDED], there.schools - SHOWN
    more = say.plural("{n} more school", "{n} more schools", left_out) if rest else ""
    beyond = _beyond(left_out - UNFOLDED, pages, say)
    listed = html.element("ul", *map(line, rest)) + (html.note(beyond) if beyond else html.EMPTY)
    unfolded = html.unfolded(more, listed) if rest else ""
    return html.element(
        "section", heading, html.element("ul", *map(line, there.first[:SHOWN])), unfolded, class_="kd-ways"
    )


def _beyond(left_out: int, pages: bool, say: Words) -> str:
    """Where those are that a list has no room for; empty where it has."""
    if left_out <= 0 or not pages:
        return rest_note(left_out, say)
    return say.plural(
        "{n} more school is in the table; turn its pages with “Page” above.",
        "{n} more schools are in the table; turn its pages with “Page” above.",
        left_out,
    )


def _reason(kind: Nearness, school: NearSchool, stage: Stage | None, framework: Framework, say: Words) -> str:
    """Why a school is in its list, in a few words."""
    of = school.round
    if kind is Nearness.CAN_APPLY:
        found = standing(of)
        return _how_far(stage, say) or (say.marked(STANDING[found]) if found else say("by the rule"))
    if kind is Nearness.CANNOT_TELL:
        if of.status == Status.HIDDEN or not of.shown:
            return few_answers_short(say)
        hidden = of.asked - of.shown
        return say.plural("{n} criterion is hidden", "{n} criteria are hidden", hidden)
    missed = left(of)
    if not missed:
        return say("only just at the goal")
    if school.only:
        return say("left: {criterion}", criterion=criterion_title(framework, school.only, say))
    return say.plural("{n} criterion left", "{n} criteria left", missed)


def _how_far(stage: Stage | None, say: Words) -> str:
    """Of a school that has come some way already: what it is now."""
    if stage is None or (stage.event is Event.DECLINED and not stage.certified):
        return ""
    return label_of(Event.CERTIFIED if stage.certified else stage.event, say).lower()
