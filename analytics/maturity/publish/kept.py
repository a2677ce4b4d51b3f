"""What publishing keeps of one version for the next: what a function made of its inputs, under a digest of these.

Nothing is taken over because a load says that it touched something else. Each step is a function of what it is given
and of nothing besides; where the digest of that, and of the program itself, is one that there was before, what it made
then is what it would make now, to the last bit. What is kept lies in the answers file, which pages never open, and what
a version does not use is not kept on. What is damaged is not there, and is made anew.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from types import FunctionType
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_info

from analytics.model.installed import PACKAGES

Arrays = tuple[np.ndarray, ...]

COLUMNS = """
    select column_name, data_type from duckdb_columns() where database_name = ? and table_name = 'worked_out' order by 1
"""
ROWS = pa.schema([("digest", pa.binary()), ("figures", pa.binary()), ("proof", pa.binary())])
SIZE = 24  # bytes of a digest
ANALYTICS = PACKAGES / "analytics"
COUNTING = ("maturity", "model")  # the packages that figures are made by


class KeptFigures:
    """What was kept of the version before, and what of it and of what is new is to be kept of this one. Threads may
    share it."""

    def __init__(self, before: dict[bytes, tuple[bytes, bytes]] | None = None):
        """`before`: digest -> figures and proof; nothing where all is to be made anew."""
        self._before = before or {}
        self._now: dict[bytes, bytes] = {}

    @classmethod
    def in_answers(cls, connection: duckdb.DuckDBPyConnection, database: str) -> KeptFigures:
        """As the attached answers file has it; nothing where another edition wrote that, or there is none."""
        if connection.execute(COLUMNS, [database]).fetchall() != [(name, "BLOB") for name in ROWS.names]:
            return cls()
        rows = connection.execute(f"select digest, figures, proof from {database}.worked_out").fetchall()
        return cls({digest: (figures, proof) for digest, figures, proof in rows})

    @property
    def is_of_this_program(self) -> bool:
        """Whether the version before was published by this very program, so that nothing of it could come out
        otherwise."""
        return self.known(digest_of()) is not None

    def of(self, make: Callable[..., Arrays], *inputs: object) -> Arrays:
        """What a function makes of these inputs: numbers, texts, arrays, and tuples of them, all that it goes by."""
        if not isinstance(make, FunctionType) or make.__closure__:
            raise TypeError(f"{make}: goes by more than it is given")
        plain = [np.ascontiguousarray(each) if isinstance(each, np.ndarray) else each for each in inputs]
        digest = digest_of(f"{make.__module__}.{make.__qualname__}", *plain)
        found = self.known(digest)
        return self.keep(digest, make(*plain)) if found is None else found

    def known(self, digest: bytes) -> Arrays | None:
        """What was kept under a digest, and is kept on; None where there is nothing, or it is not what it was."""
        figures, proof = self._before.get(digest, (b"", b""))
        if _proof(digest, figures) != proof:
            return None
        self._now[digest] = figures
        return _unpacked(figures)

    def keep(self, digest: bytes, figures: Arrays) -> Arrays:
        """Keeps what was made; returns it as it will be `known`, in the same order in memory, as sums go by that."""
        self._now[digest] = packed = _packed(figures)
        return _unpacked(packed)

    def rows(self) -> pa.Table:
        """What is to be kept, as rows of the table worked_out of an answers file."""
        self.keep(digest_of(), ())
        found = sorted(self._now.items())
        proofs = [_proof(*each) for each in found]
        return pa.table([[d for d, _ in found], [figures for _, figures in found], proofs], schema=ROWS)


def digest_of(*inputs: object) -> bytes:
    """Of all that something is made of, and of the program that makes it."""
    digest = blake2b(_program(), digest_size=SIZE)
    _add(digest, inputs)
    return digest.digest()


def _add(digest: Any, value: object) -> None:
    """Each value with its type and its length, so that no two inputs are the same bytes."""
    name = type(value).__name__
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        digest.update(f"array {value.dtype.str} {value.shape} ".encode())
        digest.update(value.tobytes())
    elif isinstance(value, bytes):
        digest.update(b"bytes %d %b" % (len(value), value))
    elif value is None or isinstance(value, int | float | str):
        said = repr(value).encode()
        digest.update(b"%b %d %b" % (name.encode(), len(said), said))
    elif isinstance(value, tuple | list):
        digest.update(b"%d values " % len(value))
        for each in value:
            _add(digest, each)
    else:
        raise TypeError(f"{name}: nothing is known that says all of it")


def _packed(arrays: Arrays) -> bytes:
    header = json.dumps([(each.dtype.str, each.shape) for each in arrays])
    return b"\n".join([header.encode(), b"".join(each.tobytes() for each in arrays)])


def _unpacked(figures: bytes) -> Arrays:
    header, _, values = figures.partition(b"\n")
    found, at = [], 0
    for dtype, shape in json.loads(header):
        each = np.frombuffer(values, dtype, int(np.prod(shape)), at)
        found.append(each.reshape(shape))
        at += each.nbytes
    return tuple(found)


def _proof(digest: bytes, figures: bytes) -> bytes:
    return blake2b(figures, key=digest, digest_size=SIZE).digest()


@cache
def _program() -> bytes:
    """Of whatever else decides a figure's last bit: our own code, the libraries that count, and what they count on."""
    digest = blake2b(digest_size=SIZE)
    for package in COUNTING:
        for path in sorted((ANALYTICS / package).rglob("*")):
            if path.suffix in (".py", ".sql"):
                _add(digest, (path.relative_to(ANALYTICS).as_posix(), path.read_bytes()))
    _add(digest, [version(name) for name in ("numpy", "scipy", "duckdb", "pyarrow")])
    _add(digest, [sys.version, platform.machine()])
    _add(digest, sorted({str(each.get("architecture")) for each in threadpool_info()}))
    return digest.digest()
