"""Files that come through a pipe or a device: read to their end, before anybody waits for whoever reads them."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

from analytics.intake.limits import most_bytes
from analytics.intake.raw import LeftFile, Unreadable, file_name
from analytics.words.language import Words


def read_through(file: Any, say: Words) -> Any:
    """What comes through a pipe, as a file that is here: it may come slowly, or never end, and a load that waited for
    it would hold the store against everybody. No more is read than shows that it is too much. All else is as it was:
    what cannot be opened, or may not be, is told by whoever reads it."""
    if not isinstance(file, Path):
        return file
    try:
        kind = file.stat().st_mode
        if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
            return file
        with file.open("rb") as pipe:
            return LeftFile(file_name(file), pipe.read(most_bytes(say) + 1))
    except (OSError, Unreadable):
        return file
