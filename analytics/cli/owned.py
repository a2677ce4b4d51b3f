"""Whose store a command works in, where a store holds several owners."""

from __future__ import annotations

import shlex
from pathlib import Path

from analytics.intake.nearest import nearest
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome, LoadRefused
from analytics.model.errors import Problem
from analytics.model.owners import SchoolOwner
from analytics.store.homes import arrive
from analytics.store.owners import folder_of_owner, owners_of, same_name
from analytics.words.language import Words

OWNER = "kvalitet.owner"
"""Where click's context has whom somebody has said."""
NAMED = 5  # owners that a message names


def store_of(store: Path, said: str | None, say: Words, *, whole: bool) -> Path:
    """The folder of the owner that is said, by id or name; of none, the store itself, where it is one owner's or the
    command is for the `whole` of it. Raises LoadRefused, StoreBroken."""
    if said is None and whole:
        return store
    owners = owners_of(store)
    if said is None:
        if not owners:
            return store
        text, hint = say("The store holds several owners' schools."), _say_which(owners, say)
    else:
        found = next((one for one in owners if one.id == said or same_name(one.name, said)), None)
        if found is not None:
            folder = folder_of_owner(store, found.id)
            arrive(folder)
            return folder
        text = (
            say("The store holds no such owner.")
            if owners
            else say("The store is one owner's: there are none to choose.")
        )
        near = nearest(said, [word for one in owners for word in (one.id, one.name)])
        hint = (
            say("The nearest is {owner}.", owner=near)
            if near
            else _say_which(owners, say)
            if owners
            else say("Leave --owner out (and KVALITET_OWNER).")
        )
    raise LoadRefused(LoadOutcome(None, (), (Problem(file_name(store), None, "--owner", said, text, hint),)))


def _say_which(owners: tuple[SchoolOwner, ...], say: Words) -> str:
    ids = ", ".join(one.id for one in owners[:NAMED]) + (" …" if len(owners) > NAMED else "")
    command = f"kvalitet --owner {shlex.quote(owners[0].id)}"
    return say("Say whose, as {command} does; kvalitet owners lists them: {ids}.", command=command, ids=ids)
