"""`kvalitet move`: a store from one home to another."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import json_option, say, whole_store_option
from analytics.cli.output import account, announce, print_json, refusal
from analytics.cli.store_words import there_already
from analytics.loads.load import LoadOutcome
from analytics.model.errors import StoreThere
from analytics.model.people import Did
from analytics.store.audit import done_already, note_where_kept
from analytics.store.homes import folder_of
from analytics.store.moving import move_all
from analytics.store.owners import folder_of_owner


@cli.command("move")
@whole_store_option
@click.option("--to", "told", required=True, help="A folder, or postgres://... of a lake.")
@click.option("--data", help="The folder or s3:// that the machines of a lake share (or KVALITET_DATA).")
@json_option
@click.pass_obj
def move_command(store: Path, told: str, data: str | None, as_json: bool) -> None:
    """Copies the whole store to where there is none, a folder or a lake, and reads it once more there; the store that
    it is copied from stays as it is. Of a store of several owners all of theirs, or with --owner that owner's."""
    to = folder_of(told, data)
    try:
        moved = move_all(store, to)
    except StoreThere as error:
        raise refusal(store, there_already(Path(str(error)), say)) from None
    current = moved.current
    with done_already():
        for folder in (store, to):
            note_where_kept(folder, account(), Did.MOVED, version=current.number)
            for id_, theirs in moved.owners.items():
                part = folder_of_owner(folder, id_)
                note_where_kept(part, account(), Did.MOVED, version=theirs.number)
    if as_json:
        owners = [
            {"id": id_, "version": theirs.number, "versions": len(theirs.published)}
            for id_, theirs in moved.owners.items()
        ]
        more = {"owners": owners, "without": list(moved.without)} if owners or moved.without else {}
        print_json(LoadOutcome(current.number, (), ()), versions=len(current.published), **more)
        return
    for id_ in moved.without:
        announce(say("Nothing of {owner} lies in the store.", owner=id_), err=True)
    announce(
        say.plural(
            "{n} version is copied, and equal to the last figure; version {version} is in force there.",
            "{n} versions are copied, and equal to the last figure; version {version} is in force there.",
            moved.versions,
            version=current.number,
        )
    )
    for id_, theirs in moved.owners.items():
        announce(f"  {id_}  version {theirs.number}")
    announce(say("The store that it was copied from is as it was: have nobody go on with it."))
