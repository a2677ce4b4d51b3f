"""Taking out of a backup what has gone from the store: the backup is made anew beside itself, and takes its own place
when it is whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from analytics.loads.disposal_rules import as_in
from analytics.loads.disposing import dispose, look_through
from analytics.loads.load import republish
from analytics.model.errors import StoreOld
from analytics.model.people import Did
from analytics.store.aside import aside
from analytics.store.audit import note_where_kept
from analytics.store.backup import back_up, restore
from analytics.store.disk import put_in_place, sync
from analytics.store.disposals import Disposal, disposals
from analytics.store.drafts import Drafts
from analytics.store.reading import Store


class GoneFromBackup(NamedTuple):
    """What went out of a backup: what the store's protocols say, as one of them, and how many drafts."""

    disposal: Disposal
    drafts: int


def dispose_in_backup(
    folder: Path, archive: Path, by: str, *, dry_run: bool = False, drafts_before: datetime | None = None
) -> GoneFromBackup:
    """Takes out of the backup what the store's protocols say has gone, and drafts that were last changed before then;
    or says what it holds of that. Raises BackupBroken, StoreMissing, StoreBroken or OSError; the backup is then as it
    was."""
    protocols = disposals(folder)
    if not archive.is_file():
        raise FileNotFoundError(archive)
    with aside(archive.parent) as own:
        store = own / "store"
        restore(archive, store)
        try:
            Store(store).current()
        except StoreOld:
            republish(store, loaded_by=by)
        do = look_through if dry_run else dispose
        first, second = (do(store, wanted, by) for wanted in as_in(protocols))
        found = _both(first, second)
        old = Drafts(store).last_changed_before(drafts_before) if drafts_before else ()
        if not dry_run and (old or not found.is_empty):
            if old and drafts_before:
                Drafts(store).let_go_before(drafts_before)
                note_where_kept(folder, by, Did.DRAFTS_DISPOSED, backup=archive.name, drafts=len(old))
            back_up(store, own / archive.name)
            if not found.is_empty:
                note_where_kept(folder, by, Did.ANSWERS_DISPOSED, backup=archive.name)
            put_in_place(own / archive.name, archive)
            sync(archive.parent)
        return GoneFromBackup(found, len(old))


def _both(one: Disposal, other: Disposal) -> Disposal:
    versions = {version.number: version for version in (*one.versions, *other.versions)}
    answers = tuple(key for key in other.answers if key not in set(one.figures))
    return replace(
        one,
        version=max(one.version, other.version),
        answers=answers,
        versions=tuple(versions[number] for number in sorted(versions)),
    )
