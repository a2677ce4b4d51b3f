"""The limits on files that whoever runs the program may set, in its environment, and within what bounds: less would
refuse what people ordinarily have, more has not been tried. What each guards stands in limits.py and docs/files.md."""

from __future__ import annotations

import os
from dataclasses import dataclass

from analytics.intake.raw import FileProblem, Unreadable
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class LimitSetting:
    """A setting by its name, what it is where nobody has set it, and the least and the most that it may be."""

    name: str
    usual: int
    least: int
    most: int

    def allowed(self, say: Words) -> int:
        """What it is now; raises Unreadable where it is set to what it may not be: no file is read by a guess."""
        said = os.environ.get(self.name, "").strip()
        if not said:
            return self.usual
        if said.isascii() and said.isdigit() and len(said) < 12 and self.least <= int(said) <= self.most:
            return int(said)
        least, most = say.integer(self.least), say.integer(self.most)
        hint = say("A whole number from {least} to {most}, without blanks.", least=least, most=most)
        raise Unreadable(FileProblem(say("The setting cannot be that."), hint, None, said[:100], self.name))


FILE_SIZE = LimitSetting("KVALITET_FILE_MB", 256, 64, 1024)  # of a file
UNPACKED_SIZE = LimitSetting("KVALITET_UNPACKED_MB", 512, 128, 2048)  # of all that a workbook's archive says it holds
ROWS = LimitSetting("KVALITET_FILE_ROWS", 5_000_000, 500_000, 10_000_000)
COLUMNS = LimitSetting("KVALITET_FILE_COLUMNS", 2_000, 500, 16_384)
SECONDS = LimitSetting("KVALITET_READ_SECONDS", 8, 3, 120)  # of a processor, for a table; more by its size
MEMORY = LimitSetting("KVALITET_READ_MB", 400, 300, 4096)  # of memory for reading; more by the file's size
LIMIT_SETTINGS = (FILE_SIZE, UNPACKED_SIZE, ROWS, COLUMNS, SECONDS, MEMORY)


def check_limit_settings(say: Words) -> None:
    """Raises Unreadable for the first that cannot be what it is set to."""
    for setting in LIMIT_SETTINGS:
        setting.allowed(say)
