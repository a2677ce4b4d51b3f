"""What there is to fetch, in short, without making any of it; and all of it as one archive."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from analytics.model.provenance import Provenance
from analytics.opendata.folder import DATABASE
from analytics.opendata.rounds import OpenRounds, open_rounds
from analytics.opendata.tables import TABLES, counted
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class OpenOverview:
    """A version's open tables: how many rows each has, by year (None: it has one file), in their order."""

    version: int
    rows: dict[str, dict[int | None, int]]
    rounds: OpenRounds
    provenance: Provenance

    @classmethod
    def of(cls, view: View) -> OpenOverview:
        rounds = open_rounds(view)
        counts = {table.name: counted(view, table, rounds) for table in TABLES}
        origins = view.rows("select provenance from school_round union select provenance from project")
        provenance = Provenance.of_all(Provenance(word) for (word,) in origins) if origins else Provenance.IMPORTED
        return cls(view.number, counts, rounds, provenance)

    @property
    def total(self) -> int:
        return sum(sum(by_year.values()) for by_year in self.rows.values())


def zipped(folder: Path, paths: Iterable[str]) -> bytes:
    """Every file but the database, which is fetched by itself."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path in paths:
            if path != DATABASE:
                archive.write(folder / path, path)
    return out.getvalue()
