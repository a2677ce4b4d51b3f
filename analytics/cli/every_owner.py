"""What a command does in every owner's store, where it is told nobody's: one that cannot be used is told, and keeps
nothing from being done in the others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from analytics.cli.output import announce, on_one_line, print_json, tell_of_the_store, tell_problems
from analytics.cli.store_words import store_problem
from analytics.loads.load import LoadOutcome, LoadRefused
from analytics.model.errors import KvalitetError, Problem, Refused
from analytics.model.owners import SchoolOwner
from analytics.store.owners import folder_of_owner, owners_of
from analytics.store.versions import holds_a_store
from analytics.words.language import Words

Came = TypeVar("Came")
Part = tuple[SchoolOwner, Path]


def parts_of(store: Path) -> list[Part]:
    """The owners in a store of several, each with the folder of its own; none in a store that is one owner's. Raises
    StoreBroken."""
    return [(one, folder_of_owner(store, one.id)) for one in owners_of(store)]


def parts_there(store: Path) -> list[Part]:
    """The same of those alone of whom there is anything."""
    return [part for part in parts_of(store) if holds_a_store(part[1])]


def in_whole(
    parts: Sequence[Part], do: Callable[[], Came], say: Words, *, as_json: bool
) -> tuple[Came | None, list[Problem]]:
    """What came of it with the store itself, before its parts; None where it cannot be used, with what is wrong. Where
    it has no parts that ends the command."""
    try:
        return do(), []
    except KvalitetError as error:
        if not parts or isinstance(error, Refused):
            raise
        problem = store_problem(error, say)
        if not as_json:
            tell_of_the_store([problem], say)
        return None, [problem]


def in_each(
    parts: Iterable[Part], do: Callable[[SchoolOwner, Path], Came], say: Words, *, as_json: bool
) -> tuple[list[Came], list[Problem]]:
    """What came of it with each under the owner's name, and what is wrong with those that it could not be done with;
    what a command refuses by itself ends it."""
    came, problems = list[Came](), list[Problem]()
    for owner, folder in parts:
        if not as_json:
            announce(on_one_line(f"{owner.name} ({owner.id})"))
        try:
            if not holds_a_store(folder):
                raise LoadRefused(LoadOutcome(None, (), (nothing_of(owner, folder, say),)))
            came.append(do(owner, folder))
        except Refused as error:
            problems += error.problems
            if not as_json:
                tell_problems(error.problems, say)
        except KvalitetError as error:
            problems.append(store_problem(error, say))
            if not as_json:
                tell_of_the_store(problems[-1:], say)
    return came, problems


def nothing_of(owner: SchoolOwner, folder: Path, say: Words) -> Problem:
    """An owner who is noted and of whom nothing lies in the store: a load was ended before it came to them, or it is
    gone."""
    text = say("Nothing of {owner} lies in the store.", owner=owner.name)
    hint = say(
        "If a load was ended, load the same files once more; if the owner's folder is gone, put it back: kvalitet "
        "--owner {id} restore.",
        id=owner.id,
    )
    return Problem(str(folder), None, None, None, text, hint)


def end_with(problems: Sequence[Problem], number: int | None, as_json: bool, **more: object) -> None:
    """Prints what scripts get, and ends as a command does that found a store broken, where there are problems."""
    if as_json:
        print_json(replace(LoadOutcome(number, (), ()), problems=tuple(problems)), **more)
    if problems:
        sys.exit(3)
