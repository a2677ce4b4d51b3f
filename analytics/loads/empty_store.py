"""A store that holds what the program needs whatever is loaded: frameworks and budget goals, and nobody's data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analytics.intake.files import FileToLoad, ReadingOptions
from analytics.intake.readers import TextTable, sheets_in
from analytics.loads.load import LoadOutcome, load
from analytics.model.installed import DATA
from analytics.model.provenance import Provenance
from analytics.words.language import Words


def reference_files(say: Words) -> list[FileToLoad]:
    """The project's own files that go into every store."""
    return [
        *sorted((DATA / "frameworks").glob("*.toml")),
        *reference_goals(say),
    ]


def reference_goals(say: Words) -> list[TextTable]:
    """The budget goals that a store has until others are loaded."""
    return sheets_in(DATA / "reference", Provenance.PUBLISHED, say, ("budget_goals.csv",))


def make_empty_store(
    folder: Path, say: Words, *, made_by: str, on_step: Callable[[], None] = lambda: None
) -> LoadOutcome:
    """Raises StoreThere where there is one, or anything left of one; StoreBusy or StoreBroken."""
    return load(
        folder, reference_files(say), ReadingOptions(), say, loaded_by=made_by, action="build", new_store=True,
        on_step=on_step,
    )  # fmt: skip
