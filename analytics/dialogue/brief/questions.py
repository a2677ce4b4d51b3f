"""Three open questions for the dialogue, drawn from the figures in a fixed order of importance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from analytics.dialogue.brief.agreed import PreviousDialogue
from analytics.dialogue.brief.changes import ClearChange, ClearChanges
from analytics.dialogue.brief.position import AreaPosition, Position, SchoolFigures
from analytics.dialogue.brief.strengths import ConsensusSummary, GoalObstacles, Roughly, Strength
from analytics.dialogue.certification import Stage
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import Cell
from analytics.model.dialogue import Event, Progress
from analytics.model.figures import GoalOutcome, Status
from analytics.model.frameworks import WHOLE
from analytics.model.present import present

QUESTIONS = 3
MANY_UNSURE = 0.25  # of those who answered on a criterion: more than chance and a few newcomers


class QuestionKind(StrEnum):
    """What a question is about, the most important first; the last four are asked where nothing else is left."""

    TWO_CAMPS = "two_camps"  # low and high levels, figure: the lower camp's share
    NOT_REACHED = "not_reached"  # an agreement; figure: now, target: what was agreed
    IN_THE_WAY = "in_the_way"  # figure: the goal's statistic
    FALL = "fall"  # figure: the difference
    DONT_KNOW = "dont_know"  # figure: the share
    LOW_RESPONSE = "low_response"  # figure: the share
    RISE = "rise"  # figure: the difference
    APPLY = "apply"
    ABOVE_CITY = "above_city"  # figure: the mean, beside: the city's
    BELOW_CITY = "below_city"  # figure: the mean, beside: the city's
    STRONGEST = "strongest"  # figure: the mean
    RECOGNISED = "recognised"
    SUPPORT = "support"
    NEXT_YEAR = "next_year"


class OpenQuestion(StrEnum):
    """What is asked where there are no figures: no round, or all of it hidden."""

    HINDRANCE = "hindrance"  # no round
    FEW_ANSWERS = "few_answers"  # a round, all of it hidden
    TIME = "time"
    LAST_AGREEMENTS = "last_agreements"
    OWN_PICTURE = "own_picture"


@dataclass(frozen=True, slots=True)
class DialogueQuestion:
    """A question's kind and what it is about; the figures are in levels or shares, as its kind says. `agreement`: the
    number of one made in `year`."""

    kind: QuestionKind | OpenQuestion
    area: str | None = None
    criterion: str | None = None
    agreement: int | None = None
    year: int | None = None
    figure: float | None = None
    beside: float | None = None
    low: int | None = None
    high: int | None = None
    late: bool = False
    roughly: Roughly | None = None


def questions(
    figures: SchoolFigures,
    place: Position,
    strong: tuple[Strength, ...],
    goal: GoalObstacles,
    moves: ClearChanges,
    staff: ConsensusSummary,
    last: PreviousDialogue | None,
    stage: Stage | None,
) -> tuple[DialogueQuestion, ...]:
    """Always three, at most one of a kind and one about a criterion; of a kind's candidates the first that is not
    asked about already."""
    of = figures.round
    if of is None or not of.shown:
        return _without_figures(figures, last)
    kinds: tuple[Iterable[DialogueQuestion], ...] = (
        (
            DialogueQuestion(
                QuestionKind.TWO_CAMPS, criterion=c.criterion, figure=c.lower, beside=c.upper, low=c.low, high=c.high
            )
            for c in staff.deepest
        ),
        _not_reached(last),
        (
            DialogueQuestion(
                QuestionKind.IN_THE_WAY, criterion=miss.criterion, figure=miss.figure, roughly=miss.roughly
            )
            for miss in goal.misses
        ),
        _moves(QuestionKind.FALL, moves, -1),
        _dont_know(figures.cells),
        _low_response(of),
        _moves(QuestionKind.RISE, moves, 1),
        _apply(of, stage),
        (
            DialogueQuestion(
                QuestionKind.ABOVE_CITY, criterion=s.criterion, figure=s.mean, beside=s.city, roughly=s.roughly
            )
            for s in strong
            if s.above_city
        ),
        (
            DialogueQuestion(QuestionKind.BELOW_CITY, area=area.area, figure=area.mean, beside=area.city)
            for area in sorted((a for a in place.areas if a.city_side == -1), key=_above_city)
        ),
        (
            DialogueQuestion(QuestionKind.STRONGEST, criterion=each.criterion, figure=each.mean, roughly=each.roughly)
            for each in strong
            if each.holds
        ),
        [DialogueQuestion(QuestionKind.RECOGNISED)],
        [DialogueQuestion(QuestionKind.SUPPORT)],
        [DialogueQuestion(QuestionKind.NEXT_YEAR)],
    )
    return _first(kinds)


def _above_city(area: AreaPosition) -> float:
    return present(area.mean) - present(area.city)


def _first(kinds: Iterable[Iterable[DialogueQuestion]]) -> tuple[DialogueQuestion, ...]:
    chosen: list[DialogueQuestion] = []
    about: set[str] = set()
    for candidates in kinds:
        question = next((q for q in candidates if q.criterion is None or q.criterion not in about), None)
        if question is not None and len(chosen) < QUESTIONS:
            chosen.append(question)
            about |= {question.criterion} if question.criterion else set()
    return tuple(chosen)


def _without_figures(figures: SchoolFigures, last: PreviousDialogue | None) -> tuple[DialogueQuestion, ...]:
    first = OpenQuestion.HINDRANCE if figures.round is None else OpenQuestion.FEW_ANSWERS
    third = DialogueQuestion(OpenQuestion.OWN_PICTURE)
    if last is not None and last.agreements:
        third = DialogueQuestion(OpenQuestion.LAST_AGREEMENTS, year=last.year)
    return DialogueQuestion(first), DialogueQuestion(OpenQuestion.TIME), third


def _not_reached(last: PreviousDialogue | None) -> Iterator[DialogueQuestion]:
    """What was agreed and is not reached, or is late; what was given up, and what only a hidden figure keeps from being
    told, is no one's miss."""
    for agreed in last.agreements if last else ():
        missed = agreed.reached is False and agreed.status is not Progress.DROPPED
        if missed or (agreed.late and not agreed.reached):
            yield DialogueQuestion(
                QuestionKind.NOT_REACHED,
                criterion=agreed.called,
                agreement=agreed.number,
                year=agreed.year,
                figure=agreed.now,
                beside=agreed.to_level,
                late=agreed.late,
            )


def _moves(kind: QuestionKind, moves: ClearChanges, sign: int) -> Iterator[DialogueQuestion]:
    """Criteria before areas, areas before the whole: a person can tell what was done about a criterion."""
    whole = tuple(move for move in moves.areas if move.area == WHOLE)
    every: tuple[ClearChange, ...] = (*moves.criteria, *(m for m in moves.areas if m.area != WHOLE), *whole)
    for move in every:
        if move.difference * sign > 0:
            yield DialogueQuestion(
                kind, area=move.area, criterion=move.criterion or None, figure=move.difference, year=moves.since
            )


def _dont_know(cells: Iterable[Cell]) -> Iterator[DialogueQuestion]:
    shares = [(c.dont_know / (c.n + c.dont_know), c.criterion) for c in cells if c.n and c.dont_know is not None]
    for share, criterion in sorted(shares, key=lambda pair: -pair[0]):
        if share >= MANY_UNSURE:
            yield DialogueQuestion(QuestionKind.DONT_KNOW, criterion=criterion, figure=share)


def _low_response(of: SchoolRound) -> Iterator[DialogueQuestion]:
    if of.status == Status.LOW_RESPONSE:
        yield DialogueQuestion(QuestionKind.LOW_RESPONSE, figure=of.response_rate)


def _apply(of: SchoolRound, stage: Stage | None) -> Iterator[DialogueQuestion]:
    """Whether to apply, where the school is at the goal everywhere and is not on its way or there already."""
    there = stage is not None and stage.event is not Event.DECLINED
    if of.outcome == GoalOutcome.MET and not there:
        yield DialogueQuestion(QuestionKind.APPLY)
