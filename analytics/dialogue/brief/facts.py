"""The brief for a quality dialogue about a school's round: facts alone; documents.brief has the words.

Nothing hidden is in it: it is made of published figures, and asks as the viewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.dialogue.brief.agreed import AgreementOutcome, PreviousDialogue, agreements_of, dialogue_of, last_time
from analytics.dialogue.brief.changes import ClearChanges, clear_changes
from analytics.dialogue.brief.marks import SchoolProject, labels_in, projects_of, stage_along
from analytics.dialogue.brief.position import EarlierRound, Position, position, stand_of
from analytics.dialogue.brief.questions import DialogueQuestion, questions
from analytics.dialogue.brief.strengths import (
    ConsensusSummary,
    GoalObstacles,
    Strength,
    accords,
    goal_obstacles,
    strengths,
)
from analytics.dialogue.certification import Stage
from analytics.dialogue.register import dialogues
from analytics.funding.register import funding
from analytics.maturity.changes import school_changes
from analytics.maturity.rounds import SchoolRound, lineage
from analytics.maturity.schools import school_areas
from analytics.model.dialogue import Dialogue, Dialogues, Label
from analytics.model.errors import NotAllowed
from analytics.model.frameworks import Framework
from analytics.model.funding import Funding
from analytics.model.provenance import Provenance
from analytics.model.schools import School, SchoolLink, Viewer, breaks_of, links_until, school_links
from analytics.store.reading import View, version_record
from analytics.store.reference import read_frameworks, read_schools


@dataclass(frozen=True, slots=True)
class Brief:
    """All that is told of a school before its dialogue. `round` is None where the school has none in the year; then
    there is a position of the city's alone, and nothing else of the figures.

    `made`: the day it was made. `day`: the dialogue's, or where that is still to come the day it was made; where no day
    is set the day it was made, the year's last at most. What is late is late on that day. `earlier`: the latest round
    before it with figures, of the framework.
    `links`: why it is another school than in an earlier year, or what it became part of; `linked`: the names of those.
    `stage`: under the framework; where the school has not begun there but is certified under one before it, under that
    one, which `stage_under` names. `agreed`: for this year. `chain`: the framework and those it replaced, oldest first.
    """

    school: School
    framework: Framework
    chain: tuple[Framework, ...]
    year: int
    version: int
    hide_below: int
    provenance: Provenance
    made: date
    day: date
    dialogue: Dialogue | None
    round: SchoolRound | None
    position: Position
    earlier: EarlierRound | None
    strengths: tuple[Strength, ...]
    way: GoalObstacles
    moved: ClearChanges
    accords: ConsensusSummary
    last: PreviousDialogue | None
    agreed: tuple[AgreementOutcome, ...]
    projects: tuple[SchoolProject, ...]
    stage: Stage | None
    labels: tuple[Label, ...]
    questions: tuple[DialogueQuestion, ...]
    links: tuple[SchoolLink, ...]
    linked: Mapping[str, str]
    stage_under: Framework | None = None


@dataclass(frozen=True)
class BriefSources:
    """What all the briefs of a version are made from, read once for many of them."""

    frameworks: tuple[Framework, ...]
    schools: tuple[School, ...]
    dialogues: Dialogues
    funding: Funding


def brief_sources(view: View, viewer: Viewer) -> BriefSources:
    """Raises NotAllowed for a viewer who may see no school."""
    return BriefSources(read_frameworks(view), read_schools(view), dialogues(view, viewer), funding(view, viewer))


def brief(
    view: View,
    viewer: Viewer,
    school_id: str,
    framework_id: str,
    year: int,
    today: date,
    *,
    of: BriefSources | None = None,
) -> Brief:
    """The brief as this version has it. `of`: what was read of the version already. Raises NotAllowed for a viewer who
    may not see the school, KeyError for a school or framework that is not known."""
    if not viewer.may_see(school_id):
        raise NotAllowed(school_id)
    of = of or brief_sources(view, viewer)
    school = {each.id: each for each in of.schools}[school_id]
    chain = lineage(of.frameworks, framework_id)
    if not chain:
        raise KeyError(framework_id)
    framework, told = chain[-1], of.dialogues
    figures = stand_of(view, viewer, of.schools, school_id, framework, year)
    dialogue = dialogue_of(told, school_id, framework.id, year)
    day = min(today, dialogue.held if dialogue and dialogue.held else framework.calendar.ends(year))
    changes = school_changes(view, viewer, school_id, framework.id, year)
    links = _links(view, viewer, of.schools, school_id, chain, year)
    breaks = breaks_of(links).get(school_id, ())
    names = {each.id: each.name for each in of.schools if any(each.id in (one.school, one.other) for one in links)}
    last = last_time(told, chain, figures, school_id, year, changes, day, breaks)
    agreed = agreements_of(told, chain, figures, school_id, framework.id, year, changes, day)
    place, strong, goal, staff = position(figures), strengths(figures), goal_obstacles(figures), accords(figures)
    moves = clear_changes(view, viewer, school_id, framework, year)
    stage, stage_under = stage_along(view, told.certifications, chain, school_id, day)
    first, last_day = framework.calendar.begins(year), framework.calendar.ends(year)
    labels = labels_in(told.labels, school_id, first, last_day)
    projects = projects_of(of.funding, school_id, first, last_day)
    origin = school.provenance if figures.round is None else Provenance(figures.round.provenance)
    return Brief(
        school=school,
        framework=framework,
        chain=chain,
        year=year,
        version=view.number,
        hide_below=version_record(view).hide_below,
        provenance=Provenance.of_all([origin, *_origins(dialogue, told, school_id, last, stage, labels, projects)]),
        made=today,
        day=day,
        dialogue=dialogue,
        round=figures.round,
        position=place,
        earlier=figures.earlier,
        strengths=strong,
        way=goal,
        moved=moves,
        accords=staff,
        last=last,
        agreed=agreed,
        projects=projects,
        stage=stage,
        labels=labels,
        questions=questions(figures, place, strong, goal, moves, staff, last, stage),
        links=tuple(link for link in links if {link.school, link.other} <= names.keys()),
        linked=names,
        stage_under=stage_under,
    )


def _links(
    view: View, viewer: Viewer, schools: Sequence[School], school_id: str, chain: Sequence[Framework], year: int
) -> tuple[SchoolLink, ...]:
    """Why the school is another than in a round that it has had, and what it has become part of."""
    links = [link for link in school_links(schools) if school_id in (link.school, link.other)]
    if not links:
        return ()
    rounds = [row.year for row in school_areas(view, viewer, school_id, [each.id for each in chain])]
    return links_until(links, school_id, min(rounds, default=year), year)


def _origins(
    dialogue: Dialogue | None,
    every: Dialogues,
    school_id: str,
    last: PreviousDialogue | None,
    stage: Stage | None,
    labels: Sequence[Label],
    projects: Sequence[SchoolProject],
) -> list[Provenance]:
    """Where what is not figures comes from."""
    rounds = {(last.framework, last.year)} if last else set()
    rounds |= {(talk.framework, talk.year) for talk in every.dialogues if last and talk.year in last.nothing_agreed}
    rounds |= {(dialogue.framework, dialogue.year)} if dialogue else set()
    written = [
        told.provenance
        for told in (*every.dialogues, *every.agreements)
        if told.school_id == school_id and (told.framework, told.year) in rounds
    ]
    marks = [each.provenance for each in (*(stage.events if stage else ()), *labels, *projects)]
    return [*written, *marks]
