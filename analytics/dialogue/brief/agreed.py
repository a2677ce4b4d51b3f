"""What was agreed in the dialogue before and what came of it, and what is agreed in this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.dialogue.brief.position import SchoolFigures
from analytics.dialogue.brief.strengths import goal_figure
from analytics.maturity.changes import SchoolChange
from analytics.model.dialogue import Action, Agreement, Dialogue, Dialogues, Progress, Responsible
from analytics.model.frameworks import Bilingual, Change, Framework
from analytics.words.goal_figure import is_below


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """An action, and whether its day had passed while it was open."""

    number: int
    text: str
    role: Responsible
    due: date | None
    status: Progress
    outcome: str | None
    late: bool
    activity: str | None  # the title of the central one that it leans on


@dataclass(frozen=True, slots=True)
class AgreementOutcome:
    """A goal that was agreed and what came of it.

    `from_level`, `to_level`, `now`: the figure when it was agreed, the one aimed at and this round's, in levels or as a
    share 0-1 as the goal of its framework is. `now` is None where it is hidden, where the school has no round, or where
    the criterion is asked in other words now (`comparable` False). `called`: its id in the brief's framework, None
    where it is not comparable. `difference`: the published change since the round it was agreed on, in levels, whatever
    was typed as `from_level`; `clear`: whether it is clear. Both are None where nobody can tell. `reached`: `now` is
    there or beyond; None where it is not known. `parted`: the school has become another since, so that nothing of this
    round is held against what was agreed.
    """

    framework: str
    year: int
    number: int
    criterion: str
    title: Bilingual
    goal: str | None
    from_level: float | None
    to_level: float
    now: float | None
    called: str | None
    difference: float | None
    clear: bool | None
    reached: bool | None
    due: date
    status: Progress
    outcome: str | None
    late: bool
    actions: tuple[ActionOutcome, ...]
    parted: bool = False

    @property
    def comparable(self) -> bool:
        """Whether the criterion is asked in the same words and counted in the same way now."""
        return self.called is not None


@dataclass(frozen=True, slots=True)
class PreviousDialogue:
    """The latest dialogue before this one in which anything was agreed, and what; where nothing ever was, the latest.
    `nothing_agreed`: the years of the dialogues after it that were held all the same."""

    framework: str
    year: int
    held: date | None
    agreements: tuple[AgreementOutcome, ...]
    nothing_agreed: tuple[int, ...]


def dialogue_of(dialogues: Dialogues, school_id: str, framework_id: str, year: int) -> Dialogue | None:
    """The dialogue about this round; None where nobody has written anything of one."""
    key = (school_id, framework_id, year)
    return next((told for told in dialogues.dialogues if (told.school_id, told.framework, told.year) == key), None)


def last_time(
    dialogues: Dialogues,
    chain: Sequence[Framework],
    figures: SchoolFigures,
    school_id: str,
    year: int,
    changes: Sequence[SchoolChange],
    day: date,
    breaks: Sequence[int] = (),
) -> PreviousDialogue | None:
    """The last time that anything was agreed before the year; None where there was no dialogue. `chain`: the framework
    and those it replaced, oldest first; `changes`: the round's, since every earlier one that is published; `day`: later
    than it, what is open is late; `breaks`: the first years of what the school is after each time that it changed."""
    places = {framework.id: place for place, framework in enumerate(chain)}
    talks = [talk for talk in dialogues.dialogues if _earlier(talk, school_id, places, year)]
    agreed = [agreement for agreement in dialogues.agreements if _earlier(agreement, school_id, places, year)]
    if not (agreed or talks):
        return None
    then, _, framework_id = max((told.year, places[told.framework], told.framework) for told in agreed or talks)
    dialogue = dialogue_of(dialogues, school_id, framework_id, then)
    return PreviousDialogue(
        framework_id,
        then,
        dialogue.held if dialogue else None,
        agreements_of(
            dialogues,
            chain,
            figures,
            school_id,
            framework_id,
            then,
            changes,
            day,
            parted=any(then < first <= year for first in breaks),
        ),
        tuple(sorted({talk.year for talk in talks if talk.year > then and talk.held and talk.held <= day})),
    )


def _earlier(told: Dialogue | Agreement, school_id: str, places: dict[str, int], year: int) -> bool:
    return told.school_id == school_id and told.framework in places and told.year < year


def agreements_of(
    dialogues: Dialogues,
    chain: Sequence[Framework],
    figures: SchoolFigures,
    school_id: str,
    framework_id: str,
    year: int,
    changes: Sequence[SchoolChange],
    day: date,
    *,
    parted: bool = False,
) -> tuple[AgreementOutcome, ...]:
    """What was agreed on a round, by number; `parted`: before the school became another."""
    key = (school_id, framework_id, year)
    actions = [a for a in dialogues.actions if (a.school_id, a.framework, a.year) == key]
    titles = {activity.id: activity.title for activity in dialogues.activities}
    found = []
    for agreed in dialogues.agreements:
        if (agreed.school_id, agreed.framework, agreed.year) == key:
            own = sorted((a for a in actions if a.agreement == agreed.number), key=lambda action: action.number)
            told = tuple(_action(action, titles, day) for action in own)
            found.append(_agreement(agreed, chain, figures, changes, told, day, parted=parted))
    return tuple(sorted(found, key=lambda agreement: agreement.number))


def _action(action: Action, titles: dict[str, str], day: date) -> ActionOutcome:
    late = action.status.open and action.due is not None and action.due < day
    activity = titles.get(action.activity or "", action.activity)
    return ActionOutcome(
        action.number, action.text, action.role, action.due, action.status, action.outcome, late, activity
    )


def _agreement(
    agreed: Agreement,
    chain: Sequence[Framework],
    figures: SchoolFigures,
    changes: Sequence[SchoolChange],
    actions: tuple[ActionOutcome, ...],
    day: date,
    *,
    parted: bool,
) -> AgreementOutcome:
    now_called = same_criterion(chain, agreed.framework, agreed.criterion)
    cell = next((cell for cell in figures.cells if cell.criterion == now_called), None)
    now = None if cell is None or parted else goal_figure(cell, figures.framework)
    change = None if now is None else _change(agreed, figures, changes, now_called)
    return AgreementOutcome(
        agreed.framework,
        agreed.year,
        agreed.number,
        agreed.criterion,
        _title(chain, agreed.framework, agreed.criterion),
        agreed.goal,
        agreed.from_level,
        agreed.to_level,
        now,
        now_called,
        change.difference if change else None,
        change.clear if change else None,
        None if now is None else not is_below(now, agreed.to_level),
        agreed.due,
        agreed.status,
        agreed.outcome,
        agreed.status.open and agreed.due < day,
        actions,
        parted,
    )


def _change(
    agreed: Agreement, figures: SchoolFigures, changes: Sequence[SchoolChange], now_called: str | None
) -> SchoolChange | None:
    """The published change since the round it was agreed on, where it can be told from chance or not. What is published
    of change is about means."""
    if figures.framework.goal.statistic != "mean":
        return None
    then = (agreed.framework, agreed.year)
    of_it = (c for c in changes if c.criterion == now_called and (c.before_framework, c.before_year) == then)
    return next((change for change in of_it if change.needed is not None), None)


def same_criterion(chain: Sequence[Framework], framework_id: str, criterion_id: str) -> str | None:
    """What a criterion of an earlier framework is called in the chain's last one; None where its words, its
    scale or what the goal counts have changed on the way."""
    places = [place for place, framework in enumerate(chain) if framework.id == framework_id]
    if not places:
        return None
    called: str | None = criterion_id
    for older, newer in zip(chain[places[0] :], chain[places[0] + 1 :], strict=False):
        same = [c.id for c in newer.criteria if c.previous == called and c.change is Change.IDENTICAL]
        called = same[0] if same and _counted_alike(older, newer) else None
        if called is None:
            return None
    return called


def _counted_alike(older: Framework, newer: Framework) -> bool:
    """Whether the goals' figures are of one kind: a share is one of answers at the goal's level."""
    then, now = older.goal, newer.goal
    same_level = then.level == now.level or now.statistic != "share"
    return older.levels == newer.levels and then.statistic == now.statistic and same_level


def _title(chain: Sequence[Framework], framework_id: str, criterion_id: str) -> Bilingual:
    for framework in chain:
        if framework.id == framework_id:
            for criterion in framework.criteria:
                if criterion.id == criterion_id:
                    return criterion.title
    return Bilingual(criterion_id, criterion_id)
