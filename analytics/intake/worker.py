"""The process that reads strangers' files: `python -m analytics.intake.worker`, started by reading_process.py.

In: a line of JSON (what to read), then pieces of the file, each after its length (8 bytes), an empty one last. Out:
"ready" when the line is there; then a line of JSON, the table as an Arrow stream if there is one, and "again" if it
can read another file, else "last". A reader that runs out of memory or time dies and says nothing.
"""

from __future__ import annotations

import json
import os
import select
import sys
from dataclasses import asdict
from io import BytesIO
from typing import IO, Any, cast

import pyarrow as pa

from analytics.intake.coded import coded, coded_at
from analytics.intake.limits import MEGABYTE, memory_for, seconds_for
from analytics.intake.parsing import parsed
from analytics.intake.raw import Unreadable
from analytics.words.language import Words, words

try:
    import resource
except ImportError:  # Windows: the clock alone stops a reader there
    resource = None

IDLE = 60  # seconds that it waits for another file
WORN = 64 * MEGABYTE  # what may be left of the files before


class _NoPandas:
    """Arrow imports pandas by itself to look at what it is given: half a second, and much memory."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    """Reads files until nobody hands over another."""
    sys.meta_path.insert(0, cast(Any, _NoPandas))
    files, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else writes is no answer
    at_start = _reserved()
    while _somebody_asks(files) and (line := files.readline()):
        answers.write(b"ready\n")
        answers.flush()
        _answer(json.loads(line), _file(files), at_start, answers)
        again = _reserved() <= at_start + WORN
        answers.write(b"again\n" if again else b"last\n")
        answers.flush()
        if not again:
            return


def _somebody_asks(files: IO[bytes]) -> bool:
    """Waits for the next request, or for too long; where a pipe cannot be waited for, until whoever asks is gone."""
    return os.name != "posix" or bool(select.select([files], [], [], IDLE)[0])


def _file(files: IO[bytes]) -> bytes:
    whole = BytesIO()  # which grows where it lies, and whose value is no second copy
    while length := int.from_bytes(files.read(8), "big"):
        whole.write(files.read(length))
    return whole.getvalue()


def _answer(request: dict[str, Any], data: bytes, at_start: int, answers: IO[bytes]) -> None:
    say, table = words(request["language"]), None
    _limit(at_start + memory_for(len(data), say), seconds_for(request["reads"], len(data), say))
    try:
        if request["reads"] == "framework":
            said = _framework(data, say)
        else:
            said, table = _table(request, data, say)
    except Unreadable as error:
        said, table = {"faults": [asdict(fault) for fault in error.faults]}, None
    answers.write(json.dumps(said | {"table": table is not None}).encode() + b"\n")
    if table is not None:
        with pa.ipc.new_stream(answers, table.schema) as stream:
            stream.write_batch(table)


def _table(request: dict[str, Any], data: bytes, say: Words) -> tuple[dict[str, Any], pa.RecordBatch]:
    raw = parsed(request["suffix"], data, request["sheet"], say, frozenset(request["known"]))
    columns = [coded(coded_at(raw.columns, place)) for place in range(len(raw.columns))]
    rows = len(raw.rows)
    if rows and raw.rows[-1] != rows:  # some are left out
        columns, rows = [*columns, pa.array(raw.rows)], None
    said = {"headings": raw.headings, "notes": raw.notes, "rows": rows}
    return said, pa.RecordBatch.from_arrays(columns, [str(i) for i in range(len(columns))])


def _framework(data: bytes, say: Words) -> dict[str, Any]:
    from analytics.intake.framework_toml import parsed_framework  # pydantic takes a while to import, and few want it

    framework, unused = parsed_framework(data, say)
    return {"framework": asdict(framework), "unused": unused}


def _limit(memory: int, seconds: int) -> None:
    """From here on the process may reserve this many bytes in all, and take so many seconds more of a processor."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: int(used.ru_utime + used.ru_stime) + seconds + 1}
    if _reserved():
        limits[resource.RLIMIT_AS] = memory
    for limit, wanted in limits.items():
        _, most = resource.getrlimit(limit)
        resource.setrlimit(limit, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _reserved() -> int:
    """Bytes of address space that the process holds; 0 where the system does not tell (all but Linux)."""
    try:
        with open("/proc/self/statm", "rb") as told:
            return int(told.read().split()[0]) * resource.getpagesize() if resource else 0
    except OSError:
        return 0


if __name__ == "__main__":
    main()
