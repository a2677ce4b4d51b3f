"""Files of versions that are to be named by CURRENT in a moment, or have just been let go by it.

Before a writer names new files, or takes old ones away, it notes them with what CURRENT is while none may ask for them.
Where the writer is killed the note stays: files in it are nobody's for certain as long as CURRENT is that to the byte.
Where CURRENT is anything else (moved on, lost, an older copy put back) nothing is known of them, and they stay. That a
file is not named by CURRENT is no such sign: it may be all that is left of a version.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import orjson

from analytics.store.disk import sync, take_away, write_whole

NOTE = ".unfinished"


def note(
    pointer: Path, names: Iterable[str], holds: bytes | None, *, then: Iterable[str] = (), then_holds: bytes = b""
) -> None:
    """Notes that the files beside CURRENT are nobody's for as long as it `holds` this; None: there is none. Where it is
    to be moved on, to `then_holds`, and lets go of files by that, these are nobody's `then`."""
    said = {"files": list(names), "current": None if holds is None else _digest(holds)}
    said["then"] = {"files": list(then), "current": _digest(then_holds)}
    write_whole(pointer.with_name(NOTE), json.dumps(said))
    sync(pointer.parent)


def forget(pointer: Path) -> None:
    """There is nothing unfinished any more."""
    take_away(pointer.with_name(NOTE))


def left(pointer: Path) -> frozenset[str]:
    """The names of the files that a writer that was killed has left and nobody can ask for."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = orjson.loads(pointer.with_name(NOTE).read_bytes())
        now = _digest(pointer.read_bytes()) if os.path.lexists(pointer) else None
        for noted in (said, *([said["then"]] if "then" in said else [])):  # an earlier edition had but one
            if noted["current"] == now:
                return frozenset(str(name) for name in noted["files"])
    return frozenset()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
