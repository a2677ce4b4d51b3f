"""Large tables of one load that wait on disk for their turn: ten years of a nation are not to be in memory at once.

They lie in files without a name, which the system takes away as soon as nobody has them open, also where the program is
killed: they hold people's answers. A file is mapped, so that a column is read from it when somebody asks for it.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from weakref import WeakSet

import pyarrow as pa

from analytics.intake.coded import TextColumns, coded_columns
from analytics.intake.readers import TextTable
from analytics.store.writing import StoreUnwritable

MANY = 100_000  # rows from which a table waits on disk; in memory these are two megabytes


class WaitingTables:
    """Files of waiting tables in a folder, or where the system has such files, if the folder may not be written to."""

    def __init__(self, folder: Path):
        self._folder = folder if os.access(folder, os.W_OK) else None
        self._mapped: WeakSet[mmap.mmap] = WeakSet()

    def put(self, table: TextTable) -> TextTable:
        """The same table on disk, or as it is where it is small. Raises StoreUnwritable."""
        return self.put_parts(len(table.rows), [table])[0]

    def put_parts(self, rows: int, parts: Iterable[TextTable]) -> list[TextTable]:
        """Parts of a table that has so many rows: on disk, or as they are where it is small. Raises StoreUnwritable."""
        if rows < MANY:
            return list(parts)
        try:
            with tempfile.TemporaryFile(dir=self._folder) as file:
                written = [(part, *_written(part, file)) for part in parts]
                file.flush()
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise StoreUnwritable(f"{self._folder or tempfile.gettempdir()}: {error.strerror or error}") from error
        self._mapped.add(mapped)
        return [_read(part, pa.py_buffer(mapped).slice(begin, length)) for part, begin, length in written]

    def let_go(self) -> None:
        """Gives back the memory of what has been read so far; it is read from disk again where somebody asks for it."""
        for mapped in self._mapped:
            with suppress(AttributeError, OSError):  # Windows has no such word for it, and takes it back by itself
                mapped.madvise(mmap.MADV_DONTNEED)


def _written(table: TextTable, file: BinaryIO) -> tuple[int, int]:
    """Where in the file the table begins, and how long it is there."""
    columns = [*coded_columns(table.columns), pa.array(table.rows)]
    batch = pa.RecordBatch.from_arrays(columns, names=[str(place) for place in range(len(columns))])
    begin = file.tell()
    with pa.ipc.new_stream(file, batch.schema) as stream:
        stream.write_batch(batch)
    return begin, file.tell() - begin


def _read(table: TextTable, buffer: pa.Buffer) -> TextTable:
    with pa.ipc.open_stream(buffer) as stream:
        *columns, rows = stream.read_next_batch().columns
    return replace(table, columns=TextColumns(columns), rows=rows.to_numpy())
