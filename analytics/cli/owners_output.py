"""What the command prints of several owners at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analytics.cli.output import announce, print_json, tell_files
from analytics.intake.file_report import FileReport
from analytics.loads.by_owner import OwnersLoad
from analytics.loads.load import LoadOutcome
from analytics.words.language import Words


def owner_line(one: OwnersLoad, say: Words) -> str:
    """What a load came to for an owner, in a line."""
    named = {"owner": f"{one.owner.name} ({one.owner.id})", "version": one.outcome.version}
    if one.there_already:
        return say("{owner}: has these files already, as version {version}.", **named)
    return say("{owner}: version {version} is in force.", **named)


def report_owners(found: Sequence[OwnersLoad], as_json: bool, say: Words, *, done: str) -> None:
    """Prints what a load or a check came to; `owners` beside what scripts get of any load."""
    reports = files_of_all(found)
    if as_json:
        owners = [
            {
                "id": one.owner.id,
                "name": one.owner.name,
                "version": one.outcome.version,
                "there_already": one.there_already,
                "moved": list(one.moved),
                "files": [{"file": r.file, "kind": r.kind, "rows": r.rows} for r in one.outcome.reports],
            }
            for one in found
        ]
        print_json(LoadOutcome(None, reports, ()), owners=owners)
        return
    tell_files(reports, say)
    for one in found:
        for text in one.moved:
            announce(f"{one.owner.name}: {text}")
    announce(done)


def files_of_all(found: Iterable[OwnersLoad]) -> tuple[FileReport, ...]:
    """Each file once, with the rows that owners have got of it; of one that all have got whole, its own rows."""
    told: dict[tuple[str, str], FileReport] = {}
    for one in found:
        for report in one.outcome.reports:
            key = (report.file, report.kind)
            first = told.setdefault(key, replace(report, rows=0))
            rows = report.rows if report.file in one.whole else first.rows + report.rows
            told[key] = replace(first, rows=rows, notes=tuple(dict.fromkeys((*first.notes, *report.notes))))
    return tuple(told.values())
