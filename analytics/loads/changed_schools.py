"""What a list of schools says otherwise than the store, told before anything is stored: who mends one cell in Excel is
asked whether every school of the list is to be replaced, and sees which of them the answer is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analytics.intake.files import Intake
from analytics.intake.kinds import SCHOOLS
from analytics.intake.schools import SchoolRow
from analytics.loads.own_files import heading_of
from analytics.model.schools import School
from analytics.words.language import Words

NAMED = 10  # schools
TOLD = tuple(column for column in SCHOOLS.columns if column.name in School.__dataclass_fields__)
"""The columns whose values are the school's own."""


def tell_changed_schools(intake: Intake, schools: Sequence[School], say: Words) -> None:
    """Says in each file's notes what of the store's schools it would change."""
    for at, report in enumerate(intake.reports):
        own = [row for row in intake.schools if row.file == report.file]
        intake.reports[at] = replace(report, notes=(*report.notes, *changed_schools_said(own, schools, say)))


def changed_schools_said(rows: Sequence[SchoolRow], schools: Sequence[School], say: Words) -> Iterator[str]:
    """How many of the store's schools a file would change, and in what; nothing of a file that has none of them."""
    known = {school.id for school in schools}
    if added := changed_schools(schools, [row.school for row in rows if row.adds], say):
        yield say.plural(
            "{n} school gets what it did not have: {schools}.",
            "{n} schools get what they did not have: {schools}.",
            len(added),
            schools=in_part(added, say),
        )
    there = [row.school for row in rows if row.school.id in known and not row.adds]
    if not there:
        return
    changed = changed_schools(schools, there, say)
    if not changed:
        yield say("All schools of the file are here as they stand in it.")
        return
    yield say.plural(
        "Where those that are here are replaced, {n} of {whole} is changed: {schools}.",
        "Where those that are here are replaced, {n} of {whole} are changed: {schools}.",
        len(changed),
        whole=say.integer(len(there)),
        schools=in_part(changed, say),
    )


def changed_schools(before: Iterable[School], after: Iterable[School], say: Words) -> list[str]:
    """Each school that is in both and not as it was, with what is otherwise."""
    known = {school.id: school for school in before}
    pairs = ((known[now.id], now) for now in after if now.id in known)
    return [f"{now.name} ({told})" for was, now in pairs if (told := ", ".join(_changes(was, now, say)))]


def in_part(changed: Sequence[str], say: Words) -> str:
    """As many of them as can be read in one go."""
    left = len(changed) - NAMED
    more = [say.plural("{n} more", "{n} more", left)] if left > 0 else []
    return "; ".join([*changed[:NAMED], *more])


def _changes(was: School, now: School, say: Words) -> Iterator[str]:
    for column in TOLD:
        before, after = getattr(was, column.name), getattr(now, column.name)
        if before != after:
            yield f"{heading_of(column, say).lower()} {_told(before)} → {_told(after)}"
    before, after = dict(was.context), dict(now.context)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"{name} {_told(before.get(name))} → {_told(after.get(name))}"


def _told(value: object) -> str:
    if value is None or value == ():
        return "–"
    return "|".join(value) if isinstance(value, tuple) else str(value)
