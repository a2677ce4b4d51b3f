"""What a load or a save may not do to the parts of a report: a status goes only where it may go from where it is, what
has been handed in is not taken away, and no administration goes that something is still of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.intake.parsed import ParsedRow, key_of
from analytics.loads.funding import ClearedFunding
from analytics.model.administrations import MAY_BECOME, Administration, PartStatus, ReportPart
from analytics.model.errors import Problem
from analytics.model.funding import Funding
from analytics.registers.administrations import ADMINISTRATIONS, REPORT_PARTS
from analytics.registers.field import RowKind
from analytics.registers.funding import PROJECTS
from analytics.registers.of_the_year import COOPERATIONS, NARRATIVES
from analytics.words.labels import label_of
from analytics.words.language import Words

OWNED = (PROJECTS, NARRATIVES, COOPERATIONS, REPORT_PARTS)
"""The kinds whose rows name an administration."""


def check_parts(told: Sequence[ParsedRow], known: Funding, cleared: ClearedFunding, say: Words) -> Iterator[Problem]:
    """A part that the register does not have yet may have any status: a register that is loaded anew has."""
    yield from _steps(told, known, say)
    yield from _parts_taken_away(told, known, cleared, say)
    yield from _administrations_taken_away(told, known, cleared, say)


def _steps(told: Sequence[ParsedRow], known: Funding, say: Words) -> Iterator[Problem]:
    before = {key_of(part, REPORT_PARTS.key): part for part in known.report_parts}
    for one in told:
        if not isinstance(one.row, ReportPart):
            continue
        stood = before.get(key_of(one.row, REPORT_PARTS.key), one.row)
        old, new = stood.status, one.row.status
        if new is not old and new not in MAY_BECOME[old]:
            text = say("A part that is “{old}” cannot become “{new}”.", old=label_of(old, say), new=label_of(new, say))
            ways = say.listing(say.quoted(label_of(status, say)) for status in PartStatus if status in MAY_BECOME[old])
            yield Problem(one.file, one.at, "status", new.value, text, say("It can become {ways}.", ways=ways))
        elif old.is_in and new is PartStatus.DRAFT and one.row.note in (None, stood.note):
            text, hint = say("The part is sent back without a word of why."), say("Write why it is sent back.")
            yield Problem(one.file, one.at, "note", "", text, hint)


def _parts_taken_away(
    told: Sequence[ParsedRow], known: Funding, cleared: ClearedFunding, say: Words
) -> Iterator[Problem]:
    there = {key_of(one.row, REPORT_PARTS.key) for one in told if isinstance(one.row, ReportPart)}
    for part in known.report_parts:
        if part.status.is_in and cleared.gone(part) and key_of(part, REPORT_PARTS.key) not in there:
            text = say("A part that has been handed in cannot be removed, nor become another's.")
            about = f"{part.year} {part.administration}"
            yield Problem(
                say.marked(REPORT_PARTS.title), None, "administration", about, text, say("Send it back first.")
            )


def _administrations_taken_away(
    told: Sequence[ParsedRow], known: Funding, cleared: ClearedFunding, say: Words
) -> Iterator[Problem]:
    there = {one.row.id for one in told if isinstance(one.row, Administration)}
    for one in known.administrations:
        if one.id in there or not cleared.gone(one):
            continue
        if any(one.id == row.administration for kind in OWNED for row in _rows_after(kind, told, known, cleared)):
            text = say("{name} has projects, answers or parts of reports, and cannot be removed.", name=one.title)
            hint = say("Write the last year that it reports on instead.")
            yield Problem(say.marked(ADMINISTRATIONS.title), None, "administration_id", one.id, text, hint)


def _rows_after(kind: RowKind, told: Sequence[ParsedRow], known: Funding, cleared: ClearedFunding) -> Iterator:
    """A kind's rows as they would be."""
    own = [one.row for one in told if isinstance(one.row, kind.row)]
    replaced = {key_of(row, kind.replaces) for row in own}
    yield from own
    for row in getattr(known, kind.part):
        if key_of(row, kind.replaces) not in replaced and not cleared.gone(row):
            yield row
