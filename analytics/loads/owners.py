"""Owners that a store holds, and the stores that are made for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analytics.intake.files import FileToLoad, ReadingOptions
from analytics.intake.frameworks import MadeFramework
from analytics.intake.kinds import gives_away
from analytics.intake.readers import TextTable
from analytics.intake.word_problem import WordProblem
from analytics.loads.empty_store import reference_goals
from analytics.loads.load import LoadOutcome, LoadRefused, load
from analytics.loads.loaded_before import loaded_before
from analytics.loads.whose import own_schools_words
from analytics.model.errors import Problem
from analytics.model.owners import SchoolOwner
from analytics.registers.funding import BUDGET_GOALS
from analytics.store.moving import move_on
from analytics.store.owners import (
    NOBODY,
    add_owners,
    folder_of_owner,
    id_of_name,
    owners_of,
    same_name,
    turn_at_owners,
    whole_store,
)
from analytics.store.reading import Store, View, version_record
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.versions import Current, holds_a_store
from analytics.words.language import Words


def make_owner(store: Path, name: str, say: Words, *, made_by: str) -> SchoolOwner:
    """An owner that the store holds from now on, with a store of its own that has nobody's data yet. Raises LoadRefused
    where the store cannot hold one of the name."""
    owner = owner_to_be(store, name, say)
    with turn_at_owners(store):
        add_owners(store, [owner])
        if not holds_a_store(folder_of_owner(store, owner.id)):
            load_one(store, owner, [], ReadingOptions(), say, loaded_by=made_by, action="build")
    return owner


def adopt(store: Path, folder: Path, name: str, say: Words) -> tuple[SchoolOwner, Current]:
    """An owner whose store so far lies in a folder: all of it is copied, with its versions' numbers, and read once
    more; the same once more goes on where it was ended. Raises as `make_owner` and `moving.move`."""
    owner = owner_to_be(store, name, say)
    if owners_of(folder):
        text, hint = say("The store in the folder holds several owners itself."), say("Take them in one at a time.")
        raise LoadRefused(LoadOutcome(None, (), (Problem(str(folder), None, None, None, text, hint),)))
    with turn_at_owners(store):
        current = move_on(folder, folder_of_owner(store, owner.id))
        add_owners(store, [owner])
    return owner, current


def owner_to_be(store: Path, name: str, say: Words) -> SchoolOwner:
    """Raises LoadRefused where the store cannot hold an owner of the name."""
    view, owners = Store(store).current(), owners_of(store)
    problem = None
    if takes_no_owners(store, view):
        text, hint = own_schools_words(store, say)
        problem = Problem(str(store), None, None, None, text, hint)
    elif trouble := no_name(owners, name, say):
        problem = Problem(str(store), None, "owner", name, trouble.problem, trouble.hint)
    elif any(same_name(one.name, name) for one in owners):
        problem = Problem(
            str(store), None, "owner", name, say("The store holds the owner already."), _listed(owners, say)
        )
    if problem:
        raise LoadRefused(LoadOutcome(view.number, (), (problem,)))
    return SchoolOwner(id_of_name(name), " ".join(name.split()))


def load_one(
    store: Path, owner: SchoolOwner, files: Sequence[FileToLoad], reading: ReadingOptions, say: Words, **how: Any
) -> LoadOutcome:
    folder, whole = folder_of_owner(store, owner.id), Store(store).current()
    if holds_a_store(folder):
        earlier = loaded_before(folder) if how.get("replace") else {}
        return load(folder, files, reading, say, loaded_already=earlier, **how)
    limit = version_record(whole).hide_below
    own = {file.file for file in files if isinstance(file, TextTable | MadeFramework)}
    outcome = load(folder, as_loaded(store, None, files, say), reading, say, new_store=True, hide_below=limit, **how)
    return replace(outcome, reports=tuple(report for report in outcome.reports if report.file in own))


def as_loaded(store: Path, view: View | None, files: Sequence[FileToLoad], say: Words) -> list[FileToLoad]:
    """Files with what a new owner's store begins with: the frameworks that the whole store has, and budget goals."""
    if view is not None:
        return list(files)
    told = {file.framework.id for file in files if isinstance(file, MadeFramework)}
    begun = [MadeFramework(one.id, one) for one in read_frameworks(Store(store).current()) if one.id not in told]
    tells_goals = any(isinstance(file, TextTable) and gives_away(file, BUDGET_GOALS) for file in files)
    return [*begun, *([] if tells_goals else reference_goals(say)), *files]


def no_name(owners: Sequence[SchoolOwner], name: str, say: Words) -> WordProblem | None:
    """Why an owner that is not there yet cannot be called this."""
    id_ = id_of_name(name)
    if not id_ or id_ == NOBODY:
        return WordProblem(say("This is no name of an owner."), say("Write it in letters."))
    other = next((one for one in owners if one.id == id_ and not same_name(one.name, name)), None)
    if other is None:
        return None
    text = say("Two owners would have one address: {id}.", id=id_)
    return WordProblem(text, say("If it is {owner}, write it so in every row; else add to the name.", owner=other.name))


def _listed(owners: Sequence[SchoolOwner], say: Words) -> str:
    return say("Its owners are listed by kvalitet owners ({n}).", n=len(owners))


def takes_no_owners(store: Path, view: View) -> bool:
    """Whether a store is one owner's, and stays that."""
    if owners_of(store):
        return False
    return bool(whole_store(store) or read_schools(view))
