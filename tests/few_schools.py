"""The demo with eight of its schools: for what is saved, taken back and told, where the other schools add nothing.

A save writes the whole version, so that it takes half the time with few schools. Each of these answers as it does in
the demo; the EU projects are the published ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.cli.commands.build import DATA, DIALOGUE_FILES
from analytics.demo.answers import demo_sheets
from analytics.demo.dialogue import dialogue_sheets
from analytics.intake.files import ReadingOptions
from analytics.intake.readers import TextTable, sheets_in
from analytics.loads.load import load
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.model.provenance import Provenance
from analytics.words.language import words

SAY = words("en")
WITHOUT_DIALOGUE = ("askmolnsskolan", "askviggsskolan", "asteroidskolan", "cumulusskolan")
"""With every criterion shown in 2024 and 2025, and no dialogue about either yet."""
FEW = (
    *WITHOUT_DIALOGUE,
    "adelstensskolan",  # three dialogues, and labels
    "alabasterskolan",  # closed since 2023
    "apatitskolan",  # too few answers in every other round
    "kvartsskolan",  # certified and renewed, with findings
)


def build_few(folder: Path) -> Path:
    load(
        folder,
        [*sorted((DATA / "frameworks").glob("*.toml")), *_sheets()],
        ReadingOptions(provenance=Provenance.SYNTHETIC),
        SAY,
        loaded_by="test",
        action="build",
        new_store=True,
        hide_below=HIDE_BELOW_FLOOR,
    )
    return folder


def _sheets() -> Iterator[TextTable]:
    yield from sheets_in(DATA / "reference", Provenance.PUBLISHED, SAY, ("budget_goals.csv",))
    for folder in ("malmo-2018", "malmo-2022"):
        yield from sheets_in(DATA / folder, Provenance.PUBLISHED, SAY)
    made = demo_sheets(DATA / "demo")
    for sheet in [*made, *dialogue_sheets(DATA / "demo", made), *_dialogue_files()]:
        yield _of_few(sheet)


def _dialogue_files() -> list[TextTable]:
    there = [name for name in DIALOGUE_FILES if (DATA / "demo" / name).exists()]
    return sheets_in(DATA / "demo", Provenance.SYNTHETIC, SAY, there)


def _of_few(sheet: TextTable) -> TextTable:
    """The rows of the few schools; a sheet that is of no school as it is."""
    heading = next((name for name in ("school_id", "school") if name in sheet.headings), None)
    if heading is None:
        return sheet
    kept = np.isin(sheet.column(heading).to_numpy(zero_copy_only=False).astype(str), FEW)
    columns = tuple(column.filter(pa.array(kept)) for column in sheet.columns)
    return replace(sheet, columns=columns, rows=np.arange(1, int(kept.sum()) + 1))
