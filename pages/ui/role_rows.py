"""Which roles count where: an owner's own in the owner's store, and beside them, where a store holds several, those of
the whole of it."""

from __future__ import annotations

from pathlib import Path

from analytics.model.errors import StoreBroken
from analytics.model.owners import SchoolOwner
from analytics.model.people import Identity, RoleRow
from analytics.store.owners import folder_of_owner
from analytics.store.roles import Roles, roles_in
from pages.ui.door import READ_BY_NATION, of_every_owner
from pages.ui.signed_in import Person
from pages.ui.whose import owners, store_folder, whole_store


def roles() -> Roles:
    """Who may do what in the store that the run is of."""
    return roles_in(store_folder())


def roles_of(person: Person) -> tuple[RoleRow, ...]:
    """The roles that somebody has there, and those by which they read every owner's pages."""
    return (*roles().of(person.who), *_of_the_whole(person.who, store_folder()))


def everybodys_roles() -> tuple[RoleRow, ...]:
    """The same of everybody."""
    rows, whole = roles().rows(), whole_store()
    return rows if store_folder() == whole else (*rows, *of_every_owner(roles_in(whole).rows()))


def nation_reads(page: str, who: Identity, folder: str) -> tuple[RoleRow, ...]:
    """The roles in the whole store by which somebody reads a page of the owner whose store is in the folder."""
    return _of_the_whole(who, folder) if page in READ_BY_NATION else ()


def owners_of_person(person: Person) -> tuple[SchoolOwner, ...]:
    """The owners in whose stores somebody has a role; all of them, for who reads every owner's pages."""
    if of_every_owner(roles_in(whole_store()).of(person.who)):
        return owners()
    return tuple(one for one in owners() if roles_in(_folder(one)).of(person.who))


def roles_with(owner: SchoolOwner, person: Person) -> tuple[RoleRow, ...]:
    """The roles by which somebody opens an owner's pages."""
    return (*roles_in(_folder(owner)).of(person.who), *_of_the_whole(person.who, _folder(owner)))


def roles_are_kept() -> bool:
    """Whether anybody has a role in the store, or in any owner's in it."""
    return roles_in(whole_store()).are_kept or any(_are_kept(one) for one in owners())


def _are_kept(one: SchoolOwner) -> bool:
    try:
        return roles_in(_folder(one)).are_kept
    except StoreBroken:
        return True  # what cannot be told may be so


def _of_the_whole(who: Identity, folder: str) -> tuple[RoleRow, ...]:
    whole = whole_store()
    return () if folder == whole else of_every_owner(roles_in(whole).of(who))


def _folder(one: SchoolOwner) -> str:
    return str(folder_of_owner(Path(whole_store()), one.id))
