"""Schools' marks, a line each: how far one has come towards being certified, and the eTwinning labels it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.dialogue.certification import Stage, stages, valid_labels
from analytics.dialogue.words import stage_sentence
from analytics.maturity.rounds import lineage
from analytics.model.dialogue import Label
from analytics.model.frameworks import Framework
from analytics.model.provenance import Provenance
from analytics.words.labels import label_of
from analytics.words.language import Words
from pages.ui.content import Ask


@dataclass(frozen=True)
class Marks:
    """By school, of those that have any: a `line` to read, and where it comes from. `certified`: under the framework
    that is looked at."""

    lines: Mapping[str, str]
    provenance: Mapping[str, str]
    certified: frozenset[str]

    def is_certified(self, school_id: str) -> bool:
        return school_id in self.certified


def marks_line(ask: Ask, framework_id: str, school_id: str, day: str) -> str:
    """A school's as they stood on the day (ISO; see as_of); empty without any.

    For an Ask of the version in force: what is recorded today must show though no figure has changed.
    """
    return marks_of(ask, framework_id, date.fromisoformat(day)).lines.get(school_id, "")


def marks_of(ask: Ask, framework_id: str, day: date) -> Marks:
    """Every school's that the viewer may see, as they stood on the day: how far it has come under the framework; of one
    that has not begun there but is certified under a framework before it, that."""
    at = {stage.school_id: stage for stage in stages(ask.view, ask.viewer, day, framework_id)}
    certified = frozenset(id_ for id_, stage in at.items() if stage.certified)
    under: dict[str, Framework] = {}
    for before in reversed(lineage(ask.catalogue.frameworks, framework_id)[:-1]):
        for stage in stages(ask.view, ask.viewer, day, before.id):
            if stage.certified and stage.school_id not in at:
                at[stage.school_id], under[stage.school_id] = stage, before
    held: dict[str, list[Label]] = {}
    for label in valid_labels(ask.view, ask.viewer, day):
        held.setdefault(label.school_id, []).append(label)
    lines, provenance = {}, {}
    for school_id in sorted(at.keys() | held.keys()):
        stage, labels = at.get(school_id), held.get(school_id, [])
        lines[school_id] = _line(stage, under.get(school_id), labels, ask.say)
        rows = [*(stage.events if stage else ()), *labels]
        provenance[school_id] = Provenance.of_all(row.provenance for row in rows).value
    return Marks(lines, provenance, certified)


def as_of(ask: Ask, framework_id: str, year: int) -> date:
    """The day that a round's year is looked at from: today in the latest round's, else the last of the year. It is
    part of the key of whatever is kept that stands on it."""
    latest = max(found.year for found in ask.catalogue.rounds)
    calendar = ask.catalogue.framework(framework_id).calendar
    return max(date.today(), calendar.begins(year)) if year == latest else calendar.ends(year)


def _line(stage: Stage | None, before: Framework | None, labels: list[Label], say: Words) -> str:
    listed = say.listing(
        label_of(label.label, say)
        if label.until is None
        else say("{label} to {until}", label=label_of(label.label, say), until=say.day(label.until))
        for label in labels
    )
    parts = [
        stage_sentence(stage, say, say.day, under=before) if stage else "",
        say("Holds {labels}.", labels=listed) if labels else "",
    ]
    return " ".join(filter(None, parts))
