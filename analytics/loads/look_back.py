"""What the versions so far say against what arrives: each one's files are opened, and there are as many as loads.

A load that is divided over owners checks every owner's part before it stores the first, and inspects each once more as
it is stored. Where nothing has come between, the second look would find the same, and is not taken.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa

from analytics.intake.files import Intake
from analytics.loads.cuts import Cut, cuts_of, refuse_other_cuts
from analytics.loads.near_copies import NearCopy, near_copies
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.store.in_turn import InTurn
from analytics.store.versions import Current
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class LookBack:
    """`other_cuts`: what cannot be loaded, as rounds have been told by another cut; `copies`: rounds that nearly repeat
    what has been published."""

    other_cuts: tuple[Problem, ...]
    copies: tuple[NearCopy, ...]


LooksBack = dict[bytes, LookBack]
"""By the digest of all that a look goes by: looks that have been taken."""


def look_back(
    folder: Path,
    current: Current | None,
    intake: Intake,
    frameworks: tuple[Sequence[Framework], Sequence[Framework]],
    files: InTurn,
    say: Words,
    taken: LooksBack | None,
) -> LookBack:
    """`current`: what has been published; None where there is no store yet. `frameworks`: before the load and after it.
    `taken` are looks that need not be taken again, and gets this one."""
    known, after = frameworks
    published, cuts = current.published if current else (), cuts_of(after)

    def look() -> LookBack:
        other = refuse_other_cuts(folder, published, intake, known, files, say)
        return LookBack(tuple(other), tuple(near_copies(folder, published, intake, cuts, files)))

    if taken is None:
        return look()
    digest = _goes_by(folder, current, intake, (cuts_of(known), cuts))
    if digest not in taken:
        taken[digest] = look()
    return taken[digest]


def _goes_by(folder: Path, current: Current | None, intake: Intake, cuts: tuple[Mapping[str, Cut], ...]) -> bytes:
    """The digest of all that a look goes by. Files of versions are never written again, so their names say what is in
    them; of what arrives it is the rows themselves, as a file may be another when it is read once more."""
    written = _Digest()
    written.write(repr((str(folder), current, cuts, intake.frameworks)).encode())
    for part in (intake.answers, intake.counts):
        written.write(b"none" if part is None else b"rows")
        if part is not None:
            with pa.ipc.new_stream(pa.PythonFile(written, mode="w"), part.schema) as stream:
                stream.write_table(part)
    return written.digest.digest()


class _Digest(io.RawIOBase):
    """Takes what is written to it into a digest, and keeps nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.digest = blake2b(digest_size=32)

    def writable(self) -> bool:
        return True

    def write(self, part: Any, /) -> int:
        self.digest.update(part)
        return len(part)
