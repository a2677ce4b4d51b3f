"""Letting versions go for good: CURRENT forgets them first, then their files are taken away."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from analytics.model.errors import LeftBehind
from analytics.store import unfinished
from analytics.store.strays import clear_strays
from analytics.store.versions import CURRENT, Current, Published, pointer_text, read_current, write_current
from analytics.store.writing import StoreUnwritable


def let_go(folder: Path, gone: Collection[Published]) -> None:
    """Takes the versions' files away, but for answers that another one stands on; the one in force is none of them. The
    caller holds `nobody_copies(folder)` and `locked(folder)`. Raises StoreBroken, LeftBehind where one lies there
    still.

    The pointer lets them go before their files are taken away: one that is killed between is carried on by the next.
    """
    current = read_current(folder)
    kept = tuple(version for version in current.published if version not in gone)
    after = Current(current.number, kept)
    needed = {version.answers for version in kept}
    names = {name for version in gone for name in (version.answers, version.view)} - needed
    try:
        unfinished.note(folder / CURRENT, sorted(names), pointer_text(after).encode())
        write_current(folder, after)
    except OSError as error:
        raise StoreUnwritable(f"{folder}: {error.strerror or error}") from error
    try:
        clear_strays(folder)
    except OSError as error:  # on Windows also where a server has one of them open
        left = sorted(name for name in names if (folder / name).exists())
        if left:
            raise LeftBehind(f"{folder / left[0]}: {', '.join(left)}") from error
