"""An administration's part of a year's report as it stood when it was handed in, whatever was changed since.

It is made of the register of today and of what was done to it since, not of the version's own file: that one may have
been tidied away, or be of an earlier edition of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analytics.funding.administrations import known_administration
from analytics.funding.register import funding, history
from analytics.funding.report import Report, part_report
from analytics.loads.own_files import school_names
from analytics.loads.part_states import part_states
from analytics.loads.reading import ReadingContext, readings
from analytics.loads.register_rows import texts_of_row
from analytics.model.administrations import HandedIn
from analytics.model.dialogue import Dialogues
from analytics.model.errors import Problem, Refused
from analytics.model.funding import Funding
from analytics.model.schools import Viewer
from analytics.registers.field import RowKind
from analytics.registers.funding import FUNDING
from analytics.store.history import WHOLE, with_what_stood
from analytics.store.reading import View
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.rows import read_kept
from analytics.store.scoped import whole_of
from analytics.words.language import Words


def handed_in_report(view: View, viewer: Viewer, year: int, administration: str, say: Words) -> Report | None:
    """The part of the administration (its id) as it was handed in last, with when and by whom; None where it is not
    handed in, or is not the viewer's. Raises NotAllowed for a viewer who may see no school, Refused where what stood
    then cannot be read."""
    states = part_states(view, viewer, funding(view, viewer), year)
    entry = next((state.handed_in for state in states if state.administration.id == administration), None)
    if entry is None:
        return None
    register = register_at(whole_of(view), viewer, entry.version, say)
    one = known_administration(register, year, administration)
    if one is None:
        raise _cannot_be_told(administration, say)
    handed_in = HandedIn(entry.version, entry.at, entry.who)
    return replace(part_report(register, one, year, say), handed_in=handed_in)


def as_handed_in_about(report: Report, say: Words) -> dict[str, str]:
    """What a file says of where it comes from."""
    made = report.handed_in
    assert made is not None, "a part as it was handed in"
    return {"Version": str(made.version), say("Handed in"): f"{made.at.isoformat(timespec='minutes')}, {made.by}"}


def register_at(view: View, viewer: Viewer, version: int, say: Words) -> Funding:
    """The funding register as it stood in a version; raises as above."""
    stay: dict[str, dict[str, Any]] = {}
    changed: list[tuple[RowKind, dict[str, Mapping[str, str]]]] = []
    for kind in FUNDING:
        kept = {one.id: one.row for one in read_kept(view, kind.row)}
        entries = [entry for entry in history(view, viewer, kind.name) if entry.version > version]
        then: dict[str, Mapping[str, str] | None] = {}
        texts = {id_: texts_of_row(kind, row) for id_, row in kept.items()}
        for entry, stood in with_what_stood(entries, texts):  # the latest first: the last that is told stood then
            then[entry.change.row] = None if entry.change.field == WHOLE and entry.change.added else stood
        stay[kind.name] = {id_: None if id_ in then else row for id_, row in kept.items() if then.get(id_, row)}
        stood_then = {id_: stood for id_, stood in then.items() if stood is not None}
        if stood_then:
            changed.append((kind, stood_then))
            stay[kind.name] |= {id_: None for id_ in stood_then if id_ not in kept}
    now = funding(view, viewer)
    parts: dict[str, Any] = {
        kind.part: tuple(row for row in stay[kind.name].values() if row is not None) for kind in FUNDING
    }
    schools = read_schools(view)
    context = ReadingContext(Funding(**parts), Dialogues(), read_frameworks(view), schools, school_names(schools))
    sheets = [(kind, [_whole(kind, texts) for texts in rows.values()]) for kind, rows in changed]
    for (kind, rows), read in zip(changed, readings(sheets, context, say), strict=True):
        origin = {one.id: getattr(one.row, "provenance", None) for one in read_kept(view, kind.row)}
        for id_, reading in zip(rows, read, strict=True):
            if not reading.sound:
                raise _cannot_be_told(say.marked(kind.title), say)
            from_ = origin.get(id_)
            stay[kind.name][id_] = replace(reading.row, provenance=from_) if from_ else reading.row
    whole: dict[str, Any] = {kind.part: tuple(stay[kind.name].values()) for kind in FUNDING}
    return replace(now, **whole)


def _whole(kind: RowKind, texts: Mapping[str, str]) -> dict[str, str]:
    """A row's texts by all of the columns that its kind has today."""
    return {column.name: texts.get(column.name, "") for column in kind.columns}


def _cannot_be_told(about: str, say: Words) -> Refused:
    text = say("What stood then cannot be read today.")
    hint = say("Take the part from a backup of that time.")
    return Refused([Problem("", None, None, about, text, hint)])
