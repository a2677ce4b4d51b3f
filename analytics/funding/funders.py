"""Whose money a programme is: what is not the Union's is in no sum of EU funds.

The programmes that cities meet are told in data/reference/funders.csv; of one that is not there nothing is known, and a
register of EU projects takes it for the Union's until somebody says otherwise in the project.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from analytics.model.funding import MoneySource, Project

REFERENCE = Path(__file__).parents[2] / "data" / "reference" / "funders.csv"


@cache
def _programmes() -> dict[str, MoneySource]:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return {row["programme"].casefold(): MoneySource(row["source"]) for row in csv.DictReader(file)}


def source_of(project: Project) -> MoneySource:
    """Whose money it is: as the project says, else its programme."""
    return project.source or _programmes().get(project.programme.strip().casefold(), MoneySource.EU)
