"""Taking out of a backup what has gone from the store: the backup is made anew beside itself, and takes its own place
when it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from analytics.loads.disposal_rules import as_in
from analytics.loads.disposing import Wanted, dispose, look_through
from analytics.loads.recounting import republish
from analytics.model.errors import StoreOld
from analytics.model.people import Did
from analytics.store.archive_file import Backup
from analytics.store.aside import aside
from analytics.store.audit import note_where_kept
from analytics.store.backup import AnotherOwners, back_up, named, restore
from analytics.store.disk import put_in_place, sync
from analytics.store.disposals import Disposal, Rule, disposals
from analytics.store.drafts import Drafts
from analytics.store.owners import folder_of_owner, owner_whose_store
from analytics.store.reading import Store

NOTHING_GOES = Wanted(Rule(outright=False), lambda *_: False)


class GoneFromBackup(NamedTuple):
    """What went out of a backup: what a store's protocols say, as one of them, and how many drafts."""

    disposal: Disposal
    drafts: int


class ComparedStore(NamedTuple):
    """A store whose protocols say what is to go from a backup, and before when drafts were last changed that are to."""

    folder: Path
    drafts_before: datetime | None = None


def dispose_in_backup(
    folder: Path, archive: Path, by: str, *, dry_run: bool = False, drafts_before: datetime | None = None
) -> GoneFromBackup:
    """Takes out of the backup what the store's protocols say has gone, and drafts that were last changed before then;
    or says what it holds of that. Of a backup of several owners, out of the part of whose store it is. Raises
    BackupBroken, AnotherOwners, StoreMissing, StoreBroken or OSError; the backup is then as it was."""
    return dispose_of_each([ComparedStore(folder, drafts_before)], archive, by, dry_run=dry_run)[0]


def dispose_of_each(
    stores: Sequence[ComparedStore], archive: Path, by: str, *, dry_run: bool = False
) -> list[GoneFromBackup]:
    """The same for each of these stores, out of a backup of all of them. Of an owner whom the backup has nothing of
    nothing goes, unless it is the only one."""
    if not archive.is_file():
        raise FileNotFoundError(archive)
    protocols = {one.folder: disposals(one.folder) for one in stores}
    with aside(archive.parent) as own:
        whole = own / "store"
        held = restore(archive, whole)
        places = {one.folder: _place(held, whole, one.folder, only=len(stores) == 1) for one in stores}
        found = [
            _gone(place, one.drafts_before, protocols[one.folder], by, dry_run)
            if (place := places[one.folder])
            else GoneFromBackup(look_through(one.folder, NOTHING_GOES, by), 0)
            for one in stores
        ]
        if not dry_run and any(gone.drafts or not gone.disposal.is_empty for gone in found):
            for one, gone in zip(stores, found, strict=True):
                if gone.drafts:
                    note_where_kept(one.folder, by, Did.DRAFTS_DISPOSED, backup=archive.name, drafts=gone.drafts)
            back_up(whole, own / archive.name, owner=held.owner)
            for one, gone in zip(stores, found, strict=True):
                if not gone.disposal.is_empty:
                    note_where_kept(one.folder, by, Did.ANSWERS_DISPOSED, backup=archive.name)
            put_in_place(own / archive.name, archive)
            sync(archive.parent)
        return found


def _place(held: Backup, whole: Path, folder: Path, *, only: bool) -> Path | None:
    """Where in a backup that has been put back the store lies that a folder is compared with."""
    owner = owner_whose_store(folder)
    if held.owners is None:
        if owner and held.owner not in (None, owner.id):
            raise AnotherOwners(held.owner)
        return whole
    if owner is None:
        raise AnotherOwners(named(held))
    if any(one.id == owner.id for one in held.owners):
        return folder_of_owner(whole, owner.id)
    if only:
        raise AnotherOwners(named(held))
    return None


def _gone(
    store: Path, drafts_before: datetime | None, protocols: Sequence[Disposal], by: str, dry_run: bool
) -> GoneFromBackup:
    try:
        Store(store).current()
    except StoreOld:
        republish(store, loaded_by=by)
    do = look_through if dry_run else dispose
    first, second = (do(store, wanted, by) for wanted in as_in(protocols))
    old = Drafts(store).last_changed_before(drafts_before) if drafts_before else ()
    if old and drafts_before and not dry_run:
        Drafts(store).let_go_before(drafts_before)
    return GoneFromBackup(_both(first, second), len(old))


def _both(one: Disposal, other: Disposal) -> Disposal:
    versions = {version.number: version for version in (*one.versions, *other.versions)}
    answers = tuple(key for key in other.answers if key not in set(one.figures))
    return replace(
        one,
        version=max(one.version, other.version),
        answers=answers,
        versions=tuple(versions[number] for number in sorted(versions)),
    )
