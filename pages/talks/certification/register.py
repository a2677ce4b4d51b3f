"""Certifiering's register: every school on its way, what happened when, where it is told, and its eTwinning labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.charts.rows import GroupName
from analytics.charts.stages import StageMark, StageRow, stages
from analytics.dialogue.certification import Stage
from analytics.dialogue.certification import labels as labels_until
from analytics.dialogue.certification import stages as stages_until
from analytics.dialogue.words import stage_name
from analytics.model.dialogue import Certification, Event, Label
from analytics.model.frameworks import Framework
from analytics.model.provenance import Missing, Provenance
from analytics.words.labels import label_of
from analytics.words.language import NP_, Words
from analytics.words.provenance import provenance_word
from pages.talks.certification.found import chosen_schools
from pages.talks.certification.labels import labels_text
from pages.talks.certification.routine import running_out
from pages.ui import controls
from pages.ui.content import Ask, Block, Fold, Table, TableColumn, text_column

COUNTED = {
    Event.APPLIED: NP_("{n} school that has applied", "{n} schools that have applied"),
    Event.IN_PROCESS: NP_("{n} school in process", "{n} schools in process"),
    Event.CERTIFIED: NP_("{n} certified school", "{n} certified schools"),
    Event.RENEWED: None,  # the school is certified
    Event.DECLINED: NP_("{n} school that was declined", "{n} schools that were declined"),
}


def groups(found: Sequence[Stage]) -> dict[Event, list[Stage]]:
    """Certified, in process, applied, declined -> the schools there, the earliest first; empty ones left out.

    A school that is certified and has applied anew is among the certified.
    """
    of: dict[Event, list[Stage]] = {}
    for event in (Event.CERTIFIED, Event.IN_PROCESS, Event.APPLIED, Event.DECLINED):
        there = [stage for stage in found if (Event.CERTIFIED if stage.certified else stage.event) is event]
        if there:
            of[event] = sorted(there, key=lambda stage: (stage.certified_since or stage.day, stage.school_id))
    return of


def counted(found: Sequence[Stage], say: Words) -> str:
    """How many are how far, as part of a sentence; empty where there is no school."""
    parts = [say.marked(COUNTED[event], n=len(there)) for event, there in groups(found).items()]
    return say.listing(parts) if parts else ""


@dataclass(frozen=True)
class _Entry:
    """A school of the register: how far it has come, if anything has happened, and its labels."""

    name: str
    stage: Stage | None
    labels: Sequence[Label]

    @property
    def events(self) -> Sequence[Certification]:
        return self.stage.events if self.stage else ()

    @property
    def provenance(self) -> Provenance:
        return Provenance.of_all([row.provenance for row in (*self.labels, *self.events)])


def register_fold(ask: Ask, of: tuple, found: Sequence[Stage], labels: Sequence[Label]) -> Fold | None:
    """None where no school has any event or label; `of`: what the register is made of when somebody opens it."""
    if not found and not labels:
        return None
    say, schools = ask.say, {row.school_id for row in (*found, *labels)}
    title = say("The register: how far each school has come")
    return Fold("register", title, register_made, of, say.plural("{n} school", "{n} schools", len(schools)))


def register_made(ask: Ask, framework_id: str, looked_at: str, district: str | None, stage: str | None) -> Block:
    """The register as it was on the day `looked_at`."""
    day, is_chosen = date.fromisoformat(looked_at), chosen_schools(ask, district, stage)
    register = [row for row in stages_until(ask.view, ask.viewer, day, framework_id) if is_chosen(row.school_id)]
    marks = [row for row in labels_until(ask.view, ask.viewer, day) if is_chosen(row.school_id)]
    return register_block(ask, ask.catalogue.framework(framework_id), register, marks, day)


def register_block(ask: Ask, framework: Framework, found: Sequence[Stage], labels: Sequence[Label], day: date) -> Block:
    """A row a school that has any event or label."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    of_school: dict[str, list[Label]] = {}
    for label in labels:
        of_school.setdefault(label.school_id, []).append(label)
    rows: list[StageRow | GroupName] = []
    table: list[_Entry] = []
    for event, there in groups(found).items():
        rows.append(GroupName(label_of(event, say)))
        for stage in there:
            name = names.get(stage.school_id, stage.school_id)
            rows.append(_row(name, stage, say))
            table.append(_Entry(name, stage, of_school.pop(stage.school_id, [])))
    for school_id in sorted(of_school, key=lambda id_: names.get(id_, id_)):
        table.append(_Entry(names.get(school_id, school_id), None, of_school[school_id]))
    nowhere, routine = Missing.NOT_APPLICABLE, framework.certification
    expiry: list[TableColumn[_Entry]] = []
    if routine and routine.valid_years:
        expiry.append(text_column(say("Runs out"), lambda row: running_out(routine, row.stage)))
    columns: tuple[TableColumn[_Entry], ...] = (
        text_column(say("School"), lambda row: row.name),
        text_column(say("How far"), lambda row: stage_name(row.stage, say) if row.stage else nowhere),
        text_column(say("Since"), lambda row: _since(row.stage).isoformat() if row.stage else nowhere),
        text_column(say("What has happened"), lambda row: _happened(row.events, say)),
        *expiry,
        text_column(say("Notes"), _notes),
        text_column(say("eTwinning"), lambda row: labels_text(row.labels, day, say)),
        text_column(say("Where from"), lambda row: provenance_word(row.provenance, say)),
    )
    headline = _headline(found, labels, day, say)
    return Block(
        key="register",
        headline=headline,
        alt=say(
            "A line of time for each school with a mark for every stage, under what it is now; thick while a"
            " certification holds. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, table),
        figure=stages(rows, day, {event: label_of(event, say) for event in Event}, say.language) if rows else None,
        note=_note(found, labels, say),
    )


def _headline(found: Sequence[Stage], labels: Sequence[Label], day: date, say: Words) -> str:
    if found:
        return say("The register on {day}: {counted}", day=day.isoformat(), counted=counted(found, say))
    return say.plural(
        "No school is on its way to being certified; {n} has eTwinning labels",
        "No school is on its way to being certified; {n} have eTwinning labels",
        len({label.school_id for label in labels}),
    )


def _note(found: Sequence[Stage], labels: Sequence[Label], say: Words) -> str:
    parts = []
    if found:
        parts.append(
            say(
                "The thick line is the time when a school is certified. A decline ends a certification that was there"
                " before it; applying anew does not."
            )
        )
    if len({label.school_id for label in labels}):
        parts.append(
            say.plural(
                "{n} school has eTwinning labels or certificates; they stand in the table.",
                "{n} schools have eTwinning labels or certificates; they stand in the table.",
                len({label.school_id for label in labels}),
            )
        )
    sources = {row.provenance for stage in found for row in stage.events}
    if Provenance.SYNTHETIC in sources and len(sources) > 1:
        real = sum(all(row.provenance is not Provenance.SYNTHETIC for row in stage.events) for stage in found)
        parts.append(
            say.plural(
                "{n} school is no invention: its row says where it is from. The others are synthetic.",
                "{n} schools are no invention: their rows say where they are from. The others are synthetic.",
                real,
            )
        )
    return " ".join(parts)


def _row(name: str, stage: Stage, say: Words) -> StageRow:
    marks = tuple(
        StageMark(
            row.event,
            row.day,
            "\n".join(filter(None, [name, f"{label_of(row.event, say)} {row.day.isoformat()}", row.note])),
        )
        for row in stage.events
    )
    sources = {row.provenance for row in stage.events}
    now = [_since(stage).isoformat()]  # the heading above says of what
    if stage.certified and stage.event is not Event.CERTIFIED:
        now.append(say("{stage} {day}", stage=label_of(stage.event, say).lower(), day=stage.day.isoformat()))
    if Provenance.PUBLISHED in sources:
        now.append(say("published fact"))
    return StageRow(name, ", ".join(now), marks, _held(stage))


def _held(stage: Stage) -> tuple[tuple[date, date | None], ...]:
    """When the school was certified: from a certification to the decline after it, or on."""
    spans, start = [], None
    for row in stage.events:
        if row.event in (Event.CERTIFIED, Event.RENEWED):
            start = start or row.day
        elif row.event is Event.DECLINED and start:
            spans.append((start, row.day))
            start = None
    return (*spans, (start, None)) if start else tuple(spans)


def _since(stage: Stage) -> date:
    return stage.certified_since or stage.day


def _happened(events: Sequence[Certification], say: Words) -> str:
    return "; ".join(f"{row.day.isoformat()} {label_of(row.event, say)}" for row in events)


def _notes(entry: _Entry) -> str:
    """What was noted of events and labels, each by its day."""
    noted = sorted((row.day, row.note) for row in (*entry.events, *entry.labels) if row.note)
    return "; ".join(f"{day.isoformat()}: {note.rstrip('.')}" for day, note in noted)
