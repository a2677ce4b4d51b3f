"""A load's part of the dialogue's registers: what may not be there already, what goes, and what comes in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.intake.told import Told, key_of
from analytics.loads.parts import Part, refuse_what_is_there
from analytics.model.dialogue import Action, Activity, Agreement, Certification, Dialogue, Dialogues, Finding, Label
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.registers.shared import ROUND
from analytics.words.language import Words

PARTS: dict[type, Part] = {
    Activity: Part("activity", "activities", ("id",), "activity_id"),
    Dialogue: Part("dialogue", "dialogues", ROUND, "school"),
    Agreement: Part("agreement", "agreements", ROUND, "school"),
    Action: Part("agreed_action", "actions", (*ROUND, "agreement"), "agreement"),
    Certification: Part("certification", "certifications", ("school_id",), "school"),
    Finding: Part("finding", "findings", ("school_id", "day"), "school"),
    Label: Part("label", "labels", ("school_id",), "school"),
}


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
        names = (part.rows for part in PARTS.values())
        return Dialogues(**{name: tuple(r for r in getattr(known, name) if not self.gone(r)) for name in names})


def refuse_dialogues_that_are_there(told: Sequence[Told], known: Dialogues, say: Words) -> list[Problem]:
    texts = {
        Activity: say("The activity is in the store already."),
        Dialogue: say("The dialogue is in the store already."),
        Agreement: say("The store holds agreements of the round already."),
        Action: say("The store holds actions of the agreement already."),
        Certification: say("The store holds certifications of the school already."),
        Finding: say("The store holds findings of the school and day already."),
        Label: say("The store holds labels of the school already."),
    }
    return refuse_what_is_there(told, known, PARTS, texts, say)


def check_that_dialogues_fit(
    frameworks: Iterable[tuple[str, Framework]], told: Sequence[Told], left: Dialogues, say: Words
) -> list[Problem]:
    """A new edition of a framework, in its file, must keep the criteria, areas, years and levels that the dialogues of
    the store stand on, unless the call replaces those too."""
    coming = {(type(one.row), key_of(one.row, PARTS[type(one.row)].replaces)) for one in told}
    kept = [
        row
        for kind, part in PARTS.items()
        for row in getattr(left, part.rows)
        if (kind, key_of(row, part.replaces)) not in coming
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
    year, criterion, area = (getattr(row, name, None) for name in ("year", "criterion", "area"))
    if year is not None and not framework.covers(year):
        yield "year", str(year)
    if criterion is not None and criterion not in {known.id for known in framework.criteria}:
        yield "criterion", criterion
    if area is not None and area not in {known.id for known in framework.areas}:
        yield "area", area
    low, high = (0, 1) if framework.goal.statistic == "share" else (framework.scale_min, framework.scale_max)
    if isinstance(row, Agreement) and not low <= row.to_level <= high:
        yield "to_level", f"{row.to_level:g}"
    if isinstance(row, Finding) and row.level not in framework.levels:
        yield "level", str(row.level)


def _agreement(action: Action) -> tuple:
    return key_of(action, (*ROUND, "agreement"))
