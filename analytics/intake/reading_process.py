"""A process that reads strangers' files, as whoever asks it sees it. What is said between the two: worker.py."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedIOBase, BufferedReader
from threading import Timer
from typing import IO, Any, cast

import pyarrow as pa

from analytics.intake.limits import MEGABYTE, most_bytes, seconds_for, takes_too_long, takes_too_much, too_many_bytes
from analytics.intake.raw import Unreadable
from analytics.model.installed import PACKAGES
from analytics.words.language import Words

# Threads and arenas reserve what the limit on memory counts, more of it the more processors there are.
ALONE = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "ARROW_IO_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
LENGTH = 8  # bytes before each piece of a file
# How many times the seconds of a processor by the clock: others work on the machine too. Where those cannot be limited
# the clock alone stops a reader, and sooner.
PATIENCE = 2 if sys.platform == "win32" else 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a file holds: a table, or what is said in words; and the SHA-256 of what was read."""

    said: dict[str, Any]
    table: pa.RecordBatch | None
    sha256: str


class ReadingProcess:
    """One process, which reads one file after the other. `good`: for another file."""

    def __init__(self):
        self.good, self._reads = False, ""
        folders = [str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "analytics.intake.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a reader of a format says as it dies
            env=os.environ | ALONE | {"PYTHONPATH": os.pathsep.join(folders)},
        )
        self._to, self._from = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        for pipe in (self._to, self._from):
            widen(pipe)

    def takes_up(self, request: dict[str, Any]) -> bool:
        """Tells what the next file is to be read as; False where nobody is there any more."""
        self.good, self._reads = False, request["reads"]
        try:
            self._to.write(json.dumps(request).encode() + b"\n")
            self._to.flush()
            return self._from.readline() == b"ready\n"
        except OSError:
            return False

    def read(self, file: BufferedIOBase, say: Words) -> Answer:
        """What the file holds; raises Unreadable where the process dies of it, OSError where it cannot be opened."""
        most = most_bytes(say, self._reads)
        if isinstance(file, BufferedReader) and os.fstat(file.fileno()).st_size > most:
            raise Unreadable(too_many_bytes(say, self._reads))  # before anything of it is read
        digest, size, late, piece = hashlib.sha256(), 0, [], memoryview(bytearray(LENGTH + MEGABYTE))
        while length := file.readinto(piece[LENGTH:]):
            size += length
            if size > most:  # of a pipe, or a file that grows
                raise Unreadable(too_many_bytes(say, self._reads))
            digest.update(piece[LENGTH : LENGTH + length])
            self._hand_over(piece, length)
        self._hand_over(piece, 0)

        def stop() -> None:
            late.append(True)
            self._process.kill()

        clock = Timer(PATIENCE * seconds_for(self._reads, size, say), stop)
        clock.start()
        try:
            said, table = self._answer()
        except (OSError, ValueError, EOFError, pa.ArrowException):
            self.end()
            raise Unreadable(takes_too_long(say) if late or self._out_of_time() else takes_too_much(say)) from None
        finally:
            clock.cancel()
        return Answer(said, table, digest.hexdigest())

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self.good = False
        self._process.kill()
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()
        self._process.wait()

    def _hand_over(self, piece: memoryview, length: int) -> None:
        """So many bytes of the piece, which has room for their number before them."""
        piece[:LENGTH] = length.to_bytes(LENGTH, "big")
        with suppress(BrokenPipeError):  # it died; the answer that it does not give tells
            self._to.write(piece[: LENGTH + length])
            self._to.flush()

    def _answer(self) -> tuple[dict[str, Any], pa.RecordBatch | None]:
        said, table = json.loads(self._from.readline()), None
        if said["table"]:
            with pa.ipc.open_stream(self._from) as stream:
                table = stream.read_next_batch()
                stream.read_all()  # to the mark at its end
        self.good = self._from.readline() == b"again\n"
        return said, table

    def _out_of_time(self) -> bool:
        return self._process.returncode == -getattr(signal, "SIGXCPU", 0)


def widen(pipe: IO[bytes]) -> None:
    """Has a piece of a file go through at once. A system may not let a pipe be so wide, or not this user's any more:
    then it stays as it is."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # POSIX alone has it, and Linux alone the width

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, MEGABYTE)
