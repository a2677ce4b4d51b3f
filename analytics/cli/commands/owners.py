"""`kvalitet owners`: the owners that a store holds, a new one, and one whose store so far lies by itself."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import group_store_option, json_option, say, whole_store_option
from analytics.cli.output import account, announce, on_one_line, print_json, refusal
from analytics.cli.store_words import there_already
from analytics.loads.load import LoadOutcome
from analytics.loads.owners import adopt, make_owner
from analytics.model.errors import KvalitetError, StoreThere
from analytics.model.owners import SchoolOwner
from analytics.model.people import Did
from analytics.store.audit import done_already, note_where_kept
from analytics.store.openness import rounds_in
from analytics.store.owners import folder_of_owner, owners_of
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.versions import holds_a_store, read_current


@cli.group(invoke_without_command=True)
@group_store_option
@json_option
@click.pass_context
def owners(context: click.Context, as_json: bool) -> None:
    """The owners whose schools the store holds: each has a store of its own within it."""
    if context.invoked_subcommand is None:
        context.invoke(list_owners, as_json=as_json)


@owners.command("list")
@whole_store_option
@json_option
@click.pass_obj
def list_owners(store: Path, as_json: bool) -> None:
    """Every owner: id, name, schools, version, rounds."""
    read_current(store)
    found = [_of(store, one) for one in owners_of(store)]
    if as_json:
        print_json(LoadOutcome(None, (), ()), owners=found)
        return
    if not found:
        announce(say("The store is one owner's."))
    for one in found:
        schools = say.plural("{n} school", "{n} schools", one["schools"] or 0)
        told = ", ".join(f"{of['framework']} {of['year']}" for of in one["rounds"])
        wrong = "" if one["version"] else _nothing_told(folder_of_owner(store, one["id"]))
        line = (one["id"], on_one_line(one["name"]), schools, wrong or f"version {one['version']}", told)
        announce("  ".join(filter(None, line)))


@owners.command("add")
@whole_store_option
@click.argument("name")
@json_option
@click.pass_obj
def add_owner(store: Path, name: str, as_json: bool) -> None:
    """Makes room for an owner NAME, with nobody's data yet."""
    owner = make_owner(store, name, say, made_by=account())
    _told(store, owner, as_json)


@owners.command("adopt")
@whole_store_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("name")
@json_option
@click.pass_obj
def adopt_owner(store: Path, folder: Path, name: str, as_json: bool) -> None:
    """Copies the store in FOLDER, which is one owner's, to be that of the owner NAME here: every version, with its
    number. The one in FOLDER stays as it is."""
    try:
        owner, current = adopt(store, folder, name, say)
    except StoreThere:
        raise refusal(store, there_already(store, say)) from None
    with done_already():
        for each in (folder, folder_of_owner(store, owner.id)):
            note_where_kept(each, account(), Did.MOVED, version=current.number)
    _told(store, owner, as_json)


def _nothing_told(folder: Path) -> str:
    """Why nothing is told of an owner: a load that was ended names owners before they have got anything."""
    return say("cannot be read") if holds_a_store(folder) else say("has nothing here yet")


def _told(store: Path, owner: SchoolOwner, as_json: bool) -> None:
    if as_json:
        print_json(LoadOutcome(None, (), ()), owners=[_of(store, owner)])
        return
    announce(say("The store holds {owner} ({id}); work in it with --owner {id}.", owner=owner.name, id=owner.id))


def _of(store: Path, owner: SchoolOwner) -> dict:
    """What is told of an owner; without figures of it where its store cannot be read."""
    told = {"id": owner.id, "name": owner.name, "schools": 0, "version": None, "rounds": []}
    try:
        view = Store(folder_of_owner(store, owner.id)).current()
    except KvalitetError:  # nothing of it can be told; `kvalitet verify` says why
        return told
    years = [{"framework": framework, "year": year} for framework, year in rounds_in(view)]
    return told | {"schools": len(read_schools(view)), "version": view.number, "rounds": years}
