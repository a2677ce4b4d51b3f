"""A store of two owners: Malmö has what a store has that somebody gives, Lund two schools of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.loads.owners import adopt, make_owner
from analytics.store.owners import folder_of_owner
from tests.intake.making import SAY

LUND = ("Lundagårdsskolan", "Klosterskolan")


def several_owners(empty: Path, malmos: Path, folder: Path) -> Path:
    """Made in the folder, of a store that has no schools and one that has."""
    store = shutil.copytree(empty, folder / "store")
    adopt(store, malmos, "Malmö stad", SAY)
    make_owner(store, "Lund", SAY, made_by="test")
    schools, answers = folder / "schools.csv", folder / "answers.csv"
    schools.write_text("name,owner\n" + "".join(f"{name},Lund\n" for name in LUND), "utf-8")
    rows = (
        f"vebs-2022,2024,{name},p{n},{criterion},{1 + (n + len(name)) % 4}\n"
        for name in LUND
        for n in range(22)
        for criterion in ("A1", "A2", "B1")
    )
    answers.write_text("framework,year,school,respondent,criterion,level\n" + "".join(rows), "utf-8")
    load(folder_of_owner(store, "lund"), [schools, answers], ReadingOptions(), SAY, loaded_by="test")
    return store
