"""A CSV file's bytes as text. Of a large one whose bytes are its letters, the start alone until more is asked for: a
text of all is as much memory once more, and where the table is plain nobody asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa

from analytics.intake.encodings import decoded
from analytics.intake.raw import FileProblem, Unreadable, cleaned
from analytics.words.language import Words

BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
START = 2**21  # letters of a large file that are looked at before the rest; the delimiter is told from half of them
TAIL = 1024  # bytes at the end of a file, of which it is rarely more than the last that ends a line


@dataclass(frozen=True)
class CsvText:
    """What is read of a file: `start` is all of it, or where it goes on as plain ASCII, in `data` from `at` on, not."""

    start: str
    data: bytes = field(default=b"", repr=False)
    at: int = 0

    @property
    def goes_on(self) -> bool:
        return bool(self.data)

    @cached_property
    def whole(self) -> str:
        """All of the text."""
        return self.data[self.at :].decode("ascii") if self.goes_on else self.start

    def after(self, place: int) -> CsvText:
        """The text from that place on, which is in the start."""
        return CsvText(self.start[place:], self.data, self.at + place)

    @property
    def lines(self) -> int:
        """How many end, whatever ends them."""
        if self.goes_on:
            letters = np.frombuffer(self.data, np.uint8)[self.at :]
            pieces = [
                letters[at : at + START] for at in range(0, len(letters), START)
            ]  # bytes.count takes ten times it
            return max(sum(int(np.count_nonzero(piece == end)) for piece in pieces) for end in b"\n\r")
        return max(self.start.count("\n"), self.start.count("\r"))

    def bytes_after(self, place: int) -> pa.Buffer:
        """As UTF-8, without the ends of lines at the end."""
        whole = self.data if self.goes_on else self.start.encode()
        first = self.at + place if self.goes_on else len(self.start[:place].encode())
        return pa.py_buffer(whole).slice(first, max(_length(whole) - first, 0))


def text_of(data: bytes, say: Words) -> tuple[CsvText, tuple[str, ...]]:
    """The file's text, cleaned, and a note where nobody can be sure of its letters; raises Unreadable."""
    goes_on = len(data) > START and data.isascii() and b"\0" not in data
    try:
        text, encoding = decoded(data[:START] if goes_on else data)
    except UnicodeDecodeError:
        raise _no_text(say) from None
    if "\x00" in text or BINARY.search(text, 0, 1000):
        raise _no_text(say)
    found = CsvText(text, data) if goes_on else CsvText(cleaned(text))
    if encoding not in ("cp850", "mac_roman"):
        return found, ()
    called = say("an old Mac") if encoding == "mac_roman" else say("DOS (code page 850)")
    return found, (say("The letters were read as {program} writes them.", program=called),)


def _no_text(say: Words) -> Unreadable:
    return Unreadable(
        FileProblem(
            say("This is not a table: the file is neither text nor a spreadsheet."),
            say("Save it as CSV (UTF-8), XLSX, ODS or Parquet and try again."),
        )
    )


def _length(data: bytes) -> int:
    """Without the ends of lines at the end."""
    end = data[-TAIL:]
    return len(data) - len(end) + len(kept) if (kept := end.rstrip(b"\r\n")) else len(data.rstrip(b"\r\n"))
