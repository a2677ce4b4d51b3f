"""A store from one home to another (store/homes.py): every version, what lies beside them, what is typed and not saved.

The pointer comes last, when all of it has been read once more where it went, and is equal. The old store stays as it
was.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from analytics.model.errors import StoreBroken
from analytics.store import unfinished
from analytics.store.audit import FILE as AUDIT
from analytics.store.audit import whole_text
from analytics.store.disk import sync, write_whole_bytes
from analytics.store.drafts import Drafts
from analytics.store.homes import at_hand, home_of
from analytics.store.openness import FILE as OPENNESS
from analytics.store.retention import FILE as RETENTION
from analytics.store.roles import FILE as ROLES
from analytics.store.rollback import check_whole
from analytics.store.saved_forms import FILE as FORMS
from analytics.store.sender import FILE as SENDER
from analytics.store.versions import CURRENT, Current, pointer_text, read_current, write_current
from analytics.store.writing import StoreUnwritable, locked

TEXTS = (ROLES, OPENNESS, FORMS, SENDER, RETENTION, AUDIT)


def move(folder: Path, to: Path) -> Current:
    """Has a store lie in another home too, where there is none; what is in force there then. Raises StoreThere,
    StoreMissing, StoreBusy, StoreBroken."""
    with locked(folder), locked(to, make=True):
        return copy_store(folder, to)


def copy_store(folder: Path, to: Path) -> Current:
    """The same for whoever holds both."""
    current = read_current(folder)
    check_whole(folder, current.in_force)
    try:
        names = sorted({name for version in current.published for name in (version.view, version.answers)})
        unfinished.note(to / CURRENT, names, None, then_holds=pointer_text(current).encode())
        for name in names:
            shutil.copyfile(at_hand(folder / name), to / name)
            sync(to / name)
        for home, where in ((home_of(folder), folder), (home_of(to), to)):
            home.lay(current)
            for version in current.published:
                if differing := home.differing(version):
                    raise StoreBroken(f"{where / version.view}: {', '.join(differing)}")
        check_whole(to, current.in_force)
        _copy_beside(folder, to)
        write_current(to, current)
        unfinished.forget(to / CURRENT)
    except OSError as error:
        raise StoreUnwritable(f"{to}: {error.strerror or error}") from error
    return current


def _copy_beside(folder: Path, to: Path) -> None:
    for name in TEXTS:
        if os.path.lexists(folder / name):
            contents = whole_text(folder) if name == AUDIT else (folder / name).read_bytes()
            with home_of(to).changing(name) as keep:
                keep(contents)
                write_whole_bytes(to / name, contents)
    if drafts := Drafts(folder).every():
        Drafts(to).put(drafts)
