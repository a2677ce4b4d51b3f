"""Under which framework a school's event on its way to be certified is, where nobody has said it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from analytics.model.dialogue import Certification
from analytics.model.frameworks import Framework
from analytics.store.reading import View
from analytics.store.reference import read_frameworks


def of_framework(view: View, events: Iterable[Certification], framework: str) -> tuple[Certification, ...]:
    """The events that are under the framework: those that say so; and of those that say nothing, those of its years.

    A framework's years end where the one that follows on it begins: what happens after its last year, before there is
    another, is still its own, and what happened before a line's first year is its first's. Where schools have rounds in
    several lines, an event is of the line that has a routine for certification; where that tells no two apart, of the
    one that its school has rounds in; where that does not either, of none.
    """
    events = tuple(events)
    unsaid = sorted({event.school_id for event in events if event.framework is None})
    if not unsaid:
        return tuple(event for event in events if event.framework == framework)
    lines = _lines(read_frameworks(view))
    there_are = {id_ for (id_,) in view.rows("select distinct framework from school_round")}
    taken = [line for line in lines if any(one.id in there_are for one in line)]
    certifying = [line for line in taken if any(one.certification for one in line)] or taken
    of_school: dict[str, set[str]] = {}
    if len(certifying) > 1:
        of_these = "where school_id in (select unnest(?))"
        for school, id_ in view.rows(f"select distinct school_id, framework from school_round {of_these}", [unsaid]):
            of_school.setdefault(school, set()).add(id_)

    def is_under(event: Certification) -> bool:
        if event.framework is not None:
            return event.framework == framework
        own = certifying
        if len(own) > 1:
            there = of_school.get(event.school_id, set())
            own = [line for line in own if any(one.id in there for one in line)]
        return len(own) == 1 and _in_force(own[0], event.day).id == framework

    return tuple(event for event in events if is_under(event))


def _lines(known: Sequence[Framework]) -> list[list[Framework]]:
    """Frameworks that follow on each other, the first of each line first; where two follow on one, both are of its
    line."""
    by_id = {one.id: one for one in known}
    lines: dict[str, list[Framework]] = {}
    for one in sorted(known, key=lambda one: (one.valid_from, one.id)):
        first, seen = one, {one.id}
        while (before := by_id.get(first.previous or "")) is not None and before.id not in seen:
            first = before
            seen.add(first.id)
        lines.setdefault(first.id, []).append(one)
    return list(lines.values())


def _in_force(line: Sequence[Framework], day: date) -> Framework:
    """The latest that had begun; the first, of a day before them all."""
    begun = [one for one in line if one.valid_from <= one.calendar.year_of(day)]
    return begun[-1] if begun else line[0]
