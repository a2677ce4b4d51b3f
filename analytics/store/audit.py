"""What has been done with a store that several people use, in a file that is only ever added to: an entry a line, each
with the digest of the line before, so that nothing in it can be altered, taken out or put in without its being seen.

It says who did what with what, never what anybody answered. What is cut off at the end is not told by the chain itself:
whoever has noted the last line's digest elsewhere can have it looked for (`verify(..., last=...)`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock, Timeout

from analytics.model.errors import DoneUnnoted, StoreBroken, StoreBusy
from analytics.model.people import Did, Identity
from analytics.store.homes import home_of

FILE = "audit.jsonl"
LOCK = ".audit.lock"
BEGUN_BY = ("roles.json", FILE)
"""A store that has any of these is one that several people use, and what is done with it is written down."""
WAIT = 10  # seconds for another who writes: that takes milliseconds
FIRST = "0" * 64  # what the first entry has in place of a digest
LONGEST = 64 * 1024  # bytes of a line, at the very most
KINDS = {"n": int, "at": str, "by": str, "did": str, "with": dict, "before": str}
"""What an entry says, and as what."""
USUAL = 2000  # bytes of a line: what is looked through for the latest is so many times this


_ACTING: ContextVar[Identity | None] = ContextVar("acting", default=None)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line of the file. `number` counts from 1; `by`: who did it, as they are called; `with_`: what it was about."""

    number: int
    at: datetime
    by: str
    did: str
    with_: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditProof:
    """What came of looking the file through. `broken`: the first line that does not follow on the one before; `torn`:
    lines that a writer which was killed has left unfinished; `last`: the digest of the last line; `found`: whether the
    digest that was asked for is one of them (None: none was)."""

    entries: int
    broken: int | None
    torn: tuple[int, ...]
    last: str
    found: bool | None


def is_kept(folder: Path) -> bool:
    return any(os.path.lexists(folder / name) for name in BEGUN_BY)


def note_where_kept(folder: Path, by: str, did: Did, **with_: Any) -> None:
    """Notes it in a store that several people use; nothing in one person's own."""
    if is_kept(folder):
        note(folder, by, did, **with_)


@contextmanager
def done_already() -> Iterator[None]:
    """Around the noting of what may not wait for it (to be taken a role from, to have a backup): raises DoneUnnoted
    where it cannot be noted."""
    try:
        yield
    except (StoreBroken, StoreBusy) as error:
        raise DoneUnnoted(str(error)) from error.__cause__ or error


@contextmanager
def acting_as(who: Identity | None) -> Iterator[None]:
    """What is noted inside is noted as done by this person, also where only their name is known."""
    token = _ACTING.set(who)
    try:
        yield
    finally:
        _ACTING.reset(token)


def note(folder: Path, by: str, did: Did, **with_: Any) -> None:
    """Adds an entry, safely on disk when this returns; raises StoreBroken or StoreBusy. Who signs in is told by issuer
    and subject too (`who`), as names are not theirs alone."""
    path = folder / FILE
    if who := _ACTING.get():
        with_ = {"who": [who.issuer, who.subject], **with_}
    with _alone(path), home_of(folder).changing(FILE) as keep, path.open("a+b") as file:
        number, before, whole = _end(file)
        said = {"n": number + 1, "at": _now(), "by": by, "did": did.value, "with": with_, "before": before}
        line = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(errors="replace") + b"\n"
        if len(line) > LONGEST:
            raise StoreBroken(f"{path}: an entry of {len(line)} bytes")
        line = line if whole else b"\n" + line
        keep(line)
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def entries(folder: Path, latest: int) -> tuple[AuditEntry, ...]:
    """The latest so many, the last first; what cannot be read is left out, as `verify` tells of it."""
    found: list[AuditEntry] = []
    for line in reversed(_lines(folder / FILE, latest * USUAL)):
        if len(found) == latest:
            break
        if said := _said(line):
            found.append(_entry(said))
    return tuple(found)


def entries_since(folder: Path, at: datetime) -> tuple[AuditEntry, ...]:
    """Those that have been added since then, the last first."""
    latest = 500
    while True:
        found = entries(folder, latest)
        if len(found) < latest or found[-1].at < at:
            return tuple(one for one in found if one.at >= at)
        latest *= 4


def bytes_of(folder: Path) -> int:
    """How long the file is: none is 0. Raises StoreBroken."""
    try:
        return (folder / FILE).stat().st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise StoreBroken(f"{folder / FILE}: {error.strerror or error}") from error


def added_since(folder: Path, length: int) -> tuple[tuple[AuditEntry, ...], int]:
    """Those that have been added since the file was so long, the first first, and how long it is with them: a line that
    somebody is writing is not counted yet. Raises StoreBroken."""
    path = folder / FILE
    try:
        with path.open("rb") as file:
            file.seek(length)
            whole = file.read().rpartition(b"\n")
    except OSError as error:
        raise StoreBroken(f"{path}: {error.strerror or error}") from error
    found = tuple(_entry(said) for line in whole[0].splitlines() if (said := _said(line)))
    return found, length + len(whole[0]) + len(whole[1])


def whole_text(folder: Path) -> bytes:
    """All of the file, to be kept elsewhere: read while nobody writes, as half a line would break the chain there.
    Nothing where there is none; raises StoreBroken or StoreBusy."""
    with _alone(folder / FILE):
        return (folder / FILE).read_bytes() if (folder / FILE).is_file() else b""


def verify(folder: Path, last: str | None = None) -> AuditProof:
    """Follows the chain from the first line to the last; `last`: a digest that some line must have."""
    before, entries_, number, torn, digests = FIRST, 0, 0, [], {FIRST}
    for place, line in enumerate(_lines(folder / FILE), 1):
        said = _said(line)
        if said is None:
            torn.append(place)
        elif said["before"] != before or said["n"] != number + 1:
            return AuditProof(entries_, place, tuple(torn), before, None)
        else:
            entries_, number = entries_ + 1, said["n"]
        before = sha256(line).hexdigest()
        digests.add(before)
    return AuditProof(entries_, None, tuple(torn), before, None if last is None else last in digests)


def _lines(path: Path, tail: int | None = None) -> list[bytes]:
    """All of the file's, or those that lie in its last `tail` bytes, the first of which may be a part of one."""
    try:
        with path.open("rb") as file:
            file.seek(0 if tail is None else max(0, path.stat().st_size - tail))
            return file.read().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreBroken(f"{path}: {error.strerror or error}") from error


def _said(line: bytes) -> dict[str, Any] | None:
    """What a line says; None where it is not as `note` writes one."""
    try:
        said = orjson.loads(line)
        if {name: type(value) for name, value in said.items()} != KINDS:
            return None
        return said if datetime.fromisoformat(said["at"]).tzinfo else None
    except (ValueError, AttributeError):
        return None


def _entry(said: dict[str, Any]) -> AuditEntry:
    return AuditEntry(said["n"], datetime.fromisoformat(said["at"]), said["by"], said["did"], said["with"])


def _end(file: Any) -> tuple[int, str, bool]:
    """The number of the last entry, the digest of the last line, and whether that is whole."""
    size = file.seek(0, os.SEEK_END)
    held, lines, number = b"", [], 0
    for back in (4 * LONGEST, size):  # all of it, where the end is of something else
        file.seek(max(0, size - back))
        held = file.read()
        lines = held.splitlines()
        number = next((said["n"] for line in reversed(lines) if (said := _said(line))), 0)
        if number and len(lines) > 1:
            break
    return number, sha256(lines[-1]).hexdigest() if lines else FIRST, not held or held.endswith(b"\n")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One writer at a time, in any process."""
    try:
        with FileLock(path.with_name(LOCK), timeout=WAIT):
            yield
    except Timeout:
        raise StoreBusy(str(path)) from None
    except OSError as error:
        raise StoreBroken(f"{path}: {error.strerror or error}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
