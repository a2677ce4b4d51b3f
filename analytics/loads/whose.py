"""Schools that a file says are another's than whose the store is that it is loaded into."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analytics.intake.schools import SchoolRow
from analytics.model.errors import Problem
from analytics.store.homes import is_of_a_lake
from analytics.store.owners import owner_whose_store, owners_of, same_name
from analytics.words.language import Words


def refuse_others_schools(folder: Path, schools: Sequence[SchoolRow], say: Words) -> list[Problem]:
    """One owner's store takes that owner's schools. A file that names one owner alone is that one's, whatever the store
    is called; one that names several is no one's."""
    if owner := owner_whose_store(folder):
        text, hint = (
            say("The school is not {owner}'s, whose store this is.", owner=owner.name),
            say("Load it without --owner."),
        )
        return [
            Problem(row.file, row.row, "owner", row.owner, text, hint)
            for row in schools
            if row.owner and not same_name(row.owner, owner.name)
        ]
    first = next((row for row in schools if row.owner), None)
    other = next((row for row in schools if first and row.owner and not same_name(row.owner, first.owner)), None)
    if owners_of(folder) and schools:
        text, hint = say("The store holds several owners' schools."), say("Load the file with kvalitet load.")
        return [Problem(schools[0].file, schools[0].row, "owner", schools[0].owner or None, text, hint)]
    if first and other:
        text, hint = own_schools_words(folder, say)
        return [Problem(other.file, other.row, "owner", other.owner, text, hint)]
    return []


def own_schools_words(folder: Path, say: Words) -> tuple[str, str]:
    """Why a store takes no owners, and what to do."""
    if is_of_a_lake(folder):
        text = say("A store in PostgreSQL holds one owner's schools.")
        return text, say("Give each owner a store, or several owners a folder.")
    text = say("The store is one owner's: it has schools of its own.")
    hint = say(
        "Make a store for several owners with kvalitet build --empty, and copy this one into it: kvalitet owners adopt."
    )
    return text, hint
