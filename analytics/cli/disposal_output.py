"""What `kvalitet gallra` prints of what has gone, or would."""

from __future__ import annotations

from pathlib import Path

from analytics.cli.output import announce, in_force
from analytics.documents.disposal import disposal_data
from analytics.intake.raw import file_name
from analytics.model.owners import SchoolOwner
from analytics.store.disposals import Disposal, by_round
from analytics.words.language import Words


def disposal_told(disposal: Disposal, *, drafts: int = 0, damaged: int = 0) -> dict[str, object]:
    """As scripts get it."""
    return disposal_data(disposal) | {"drafts": drafts, "damaged_drafts": damaged}


def tell_disposal(
    disposal: Disposal,
    say: Words,
    *,
    dry_run: bool,
    whose: SchoolOwner | None = None,
    backup: Path | None = None,
    drafts: int = 0,
    damaged: int = 0,
) -> None:
    """For people; `whose`: of which of several owners; `backup`: what it went out of, where it was not the store
    itself."""
    if disposal.is_empty and not drafts and not damaged:
        announce(say("There is nothing to take away."))
        return
    announce(say("This would go:") if dry_run else say("Removed for good:"))
    for (framework, year), schools in by_round(disposal.answers).items():
        told = say.plural(
            "{framework} {year}: the answers of {n} school; its figures stay as they were published",
            "{framework} {year}: the answers of {n} schools; their figures stay as they were published",
            len(schools),
            framework=framework,
            year=year,
        )
        announce(f"  {told}")
    for (framework, year), schools in by_round(disposal.figures).items():
        told = say.plural(
            "{framework} {year}: the answers of {n} school and the figures made of them",
            "{framework} {year}: the answers of {n} schools and the figures made of them",
            len(schools),
            framework=framework,
            year=year,
        )
        announce(f"  {told}")
    if disposal.briefs:
        announce("  " + say.plural("{n} frozen brief", "{n} frozen briefs", len(disposal.briefs)))
    if disposal.versions:
        numbers = ", ".join(str(version.number) for version in disposal.versions)
        announce("  " + say.plural("version {numbers}", "versions {numbers}", len(disposal.versions), numbers=numbers))
    if drafts:
        announce("  " + say.plural("{n} draft that was never saved", "{n} drafts that were never saved", drafts))
    if damaged:
        announce("  " + say.plural("{n} damaged file of drafts", "{n} damaged files of drafts", damaged))
    if dry_run:
        announce(say("Nothing was changed."))
    elif backup is not None:
        announce(say("The backup {file} is as it was but for that.", file=file_name(backup)))
    elif not disposal.is_empty:
        if whose is None:
            announce(say("The protocol: kvalitet export gallring --out protocol.pdf"))
        else:
            announce(say("The protocol: kvalitet export gallring --owner {owner} --out protocol.pdf", owner=whose.id))
        announce(in_force(disposal.version, say))
