"""A load's part of the dialogue's registers: what goes before its rows come, and whether
what is there fits a framework's new edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.intake.parsed import ParsedRow, key_of
from analytics.model.dialogue import Action, Activity, Agreement, Certification, Dialogues, Label
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.kinds import KIND_OF
from analytics.registers.shared import ROUND
from analytics.registers.types import AreaReference, CriterionReference, GoalFigure, Level, RoundYear, Type
from analytics.words.language import Words


@dataclass(frozen=True)
class ClearedDialogues:
    """What goes before the rows come, beyond what they replace: the agreements and actions of rounds (school,
    framework, year), the actions of an agreement (its round and number), activities by id, schools' certifications and
    labels."""

    rounds: frozenset[tuple[str, str, int]] = frozenset()
    actions: frozenset[tuple[str, str, int, int]] = frozenset()
    activities: frozenset[str] = frozenset()
    certifications: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()

    def gone(self, row: Any) -> bool:
        """Whether the row goes."""
        match row:
            case Agreement():
                return key_of(row, ROUND) in self.rounds
            case Action():
                return key_of(row, ROUND) in self.rounds or _agreement(row) in self.actions
            case Activity():
                return row.id in self.activities
            case Certification():
                return row.school_id in self.certifications
            case Label():
                return row.school_id in self.labels
        return False

    def left_of(self, known: Dialogues) -> Dialogues:
        """What is there when that has gone."""
        parts = (kind.part for kind in DIALOGUE)
        return Dialogues(**{part: tuple(r for r in getattr(known, part) if not self.gone(r)) for part in parts})


def check_that_dialogues_fit(
    frameworks: Iterable[tuple[str, Framework]], told: Sequence[ParsedRow], left: Dialogues, say: Words
) -> list[Problem]:
    """A new edition of a framework, in its file, must keep the criteria, areas, years and levels that the dialogues of
    the store stand on, unless the call replaces those too."""
    coming = {(type(one.row), key_of(one.row, KIND_OF[type(one.row)].replaces)) for one in told}
    kept = [
        row
        for kind in DIALOGUE
        for row in getattr(left, kind.part)
        if (kind.row, key_of(row, kind.replaces)) not in coming
    ]
    text = say("The store holds dialogues, agreements or findings that do not fit the new edition of the framework.")
    hint = say("Keep the criterion, its levels and its years, or give the new edition an id of its own.")
    problems = []
    for file, framework in frameworks:
        lost = {
            part for row in kept if getattr(row, "framework", None) == framework.id for part in _lost(row, framework)
        }
        problems += [Problem(file, None, column, value, text, hint) for column, value in sorted(lost)]
    return problems


def _lost(row: Any, framework: Framework) -> Iterator[tuple[str, str]]:
    """What the row stands on that the framework does not have, with the column that speaks of it."""
    for field in KIND_OF[type(row)].fields:
        value = getattr(row, field.attribute)
        if value is not None and not _has(framework, field.type, value):
            yield field.name, f"{value:g}" if isinstance(value, float) else str(value)


def _has(framework: Framework, type_: Type, value: Any) -> bool:
    """Whether the framework has what a field of this type says."""
    match type_:
        case RoundYear():
            return framework.covers(value)
        case CriterionReference():
            return value in {known.id for known in framework.criteria}
        case AreaReference():
            return value in {known.id for known in framework.areas}
        case GoalFigure() if framework.goal.statistic == "share":
            return 0 <= value <= 1
        case GoalFigure():
            return framework.scale_min <= value <= framework.scale_max
        case Level():
            return value in framework.levels
    return True


def _agreement(action: Action) -> tuple:
    return key_of(action, (*ROUND, "agreement"))
