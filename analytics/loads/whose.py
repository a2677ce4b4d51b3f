"""Schools that a file says are another's than whose the store is that it is loaded into."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analytics.intake.changed_owner import CHANGED, apart
from analytics.intake.schools import SchoolRow
from analytics.model.errors import Problem
from analytics.model.owners import SchoolOwner
from analytics.store.owners import folder_of_owner, owner_whose_store, owners_of, same_name, whole_store
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.versions import holds_a_store
from analytics.words.language import Words


def refuse_others_schools(
    folder: Path, schools: Sequence[SchoolRow], say: Words, *, divided: bool = False
) -> list[Problem]:
    """One owner's store takes that owner's schools. A file that names one owner alone is that one's, whatever the store
    is called; one that names several is no one's. `divided`: the other owners' schools have been looked at."""
    if owner := owner_whose_store(folder):
        text, hint = (
            say("The school is not {owner}'s, whose store this is.", owner=owner.name),
            say("Load it without --owner."),
        )
        others = [
            Problem(row.file, row.row, "owner", row.owner, text, hint)
            for row in schools
            if row.owner and not same_name(row.owner, owner.name)
        ]
        return others if divided else [*others, *_refuse_what_others_have(folder, owner, schools, say)]
    first = next((row for row in schools if row.owner), None)
    other = next((row for row in schools if first and row.owner and not same_name(row.owner, first.owner)), None)
    if owners_of(folder) and schools:
        text, hint = say("The store holds several owners' schools."), say("Load the file with kvalitet load.")
        return [Problem(schools[0].file, schools[0].row, "owner", schools[0].owner or None, text, hint)]
    if first and other:
        text, hint = own_schools_words(folder, say)
        return [Problem(other.file, other.row, "owner", other.owner, text, hint)]
    return []


def _refuse_what_others_have(
    folder: Path, owner: SchoolOwner, schools: Sequence[SchoolRow], say: Words
) -> list[Problem]:
    """Schools by their codes that another owner in the store has, unless it has them no more when this one's begin."""
    coming = {row.school.school_unit_code: row for row in schools if row.school.school_unit_code}
    whole, found = whole_store(folder), list[Problem]()
    if whole is None or not coming:
        return []
    for other in owners_of(whole):
        store = folder_of_owner(whole, other.id)
        if other.id == owner.id or not holds_a_store(store):
            continue
        for school in read_schools(Store(store).current()):
            row = coming.get(school.school_unit_code or "")
            if row and not apart(school, row.school):
                text, code = say("Two owners have the school."), row.school.school_unit_code
                hint = " ".join((say("In the store, it is {owner}'s.", owner=other.name), say.marked(CHANGED)))
                found.append(Problem(row.file, row.row, "school_unit_code", code, text, hint))
    return found


def own_schools_words(folder: Path, say: Words) -> tuple[str, str]:
    """Why a store takes no owners, and what to do."""
    text = say("The store is one owner's: it has schools of its own.")
    hint = say(
        "Make a store for several owners with kvalitet build --empty, and copy this one into it: kvalitet owners adopt."
    )
    return text, hint
