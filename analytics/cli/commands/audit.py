"""`kvalitet audit`: what has been done with a store that several people use, and whether all of it stands there."""

from __future__ import annotations

import json
from pathlib import Path

import click

from analytics.cli.every_owner import end_with, in_each, parts_of
from analytics.cli.group import cli
from analytics.cli.options import group_store_option, json_option, say, whole_store_option
from analytics.cli.output import announce, on_one_line, print_json, refusal
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.model.errors import Problem
from analytics.model.owners import SchoolOwner
from analytics.store.audit import FILE, AuditProof, entries
from analytics.store.audit import verify as verify_file
from analytics.store.owners import owner_whose_store


@cli.group()
@group_store_option
def audit() -> None:
    """What was done, by whom and when."""


@audit.command("list")
@whole_store_option
@click.option("--latest", type=click.IntRange(1, 1_000_000), default=50, show_default=True, help="How many.")
@json_option
@click.pass_obj
def list_entries(store: Path, latest: int, as_json: bool) -> None:
    """The latest entries, the last first."""
    found = entries(store, latest)
    if as_json:
        listed = [
            {"number": one.number, "at": one.at.isoformat(timespec="seconds"), "by": one.by, "did": one.did}
            | {"with": one.with_}
            for one in found
        ]
        print_json(LoadOutcome(None, (), ()), entries=listed)
        return
    for one in found:
        with_ = json.dumps(one.with_, ensure_ascii=False)
        announce(f"{one.number}  {one.at:%Y-%m-%d %H:%M} UTC  {on_one_line(one.by)}  {one.did}  {with_}")


@audit.command("verify")
@whole_store_option
@click.option("--last", help="A digest that was noted elsewhere: it must be one of the file's.")
@json_option
@click.pass_obj
def verify(store: Path, last: str | None, as_json: bool) -> None:
    """Follows the chain of digests from the first entry to the last; of a store of several owners that of its own file
    and of every owner's. What was noted elsewhere is looked for in one file: the store's own, or --owner's."""
    said = _verified(store, last, as_json)

    def verified(owner: SchoolOwner, folder: Path) -> dict[str, object]:
        return {"id": owner.id, "audit": _verified(folder, None, as_json)}

    parts = parts_of(store)
    found, problems = in_each(parts, verified, say, as_json=as_json)
    more = {"owners": found} if parts else {}
    end_with(problems, None, as_json, audit=said, **more)


def _verified(store: Path, last: str | None, as_json: bool) -> dict[str, object]:
    proof = verify_file(store, last)
    if text := _what_is_wrong(proof):
        hint = say("Somebody has altered the file, or put another in its place: compare it with a backup.")
        where = file_name(store / FILE) if owner_whose_store(store) else FILE
        raise refusal(store, Problem(where, proof.broken, "before" if proof.broken else "--last", last, text, hint))
    if not as_json:
        announce(
            say.plural(
                "{n} entry, each following on the one before.",
                "{n} entries, each following on the one before.",
                proof.entries,
            )
        )
        announce(say("The last line's digest: {digest}", digest=proof.last))
        if proof.torn:
            lines = ", ".join(map(str, proof.torn))
            announce(say("Left unfinished by a writer that was ended: line {lines}.", lines=lines))
    return {"entries": proof.entries, "last": proof.last, "torn": list(proof.torn)}


def _what_is_wrong(proof: AuditProof) -> str | None:
    if proof.broken is not None:
        return say("This entry does not follow on the one before.")
    return say("No entry has that digest.") if proof.found is False else None
