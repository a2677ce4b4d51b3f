"""An editor's rows as a sheet, so that they are checked as a file's are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from analytics.intake.raw import cleaned, text_column
from analytics.intake.readers import TextTable
from analytics.loads.register_rows import Row


def sheet_of(
    name: str, columns: Sequence[str], rows: Sequence[Row], ids: Sequence[str] = (), numbers: Sequence[int] = ()
) -> TextTable:
    """The rows under these headings. `name`: what it is called where something in it is refused; `numbers`: what its
    rows are called there, 1, 2, 3 unless something else is said; `ids`: see Sheet."""
    texts = tuple(text_column([cleaned(row.get(heading, "")) for row in rows]) for heading in columns)
    digest = hashlib.sha256(repr([dict(row) for row in rows]).encode()).hexdigest()
    places = np.array(numbers) if numbers else np.arange(1, len(rows) + 1)
    return TextTable(name, digest, tuple(columns), texts, places, ids=tuple(ids))
