"""What does not add up in a year's report, or is missing: each remark says where to mend it. Nothing is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analytics.language import Words
from analytics.model_funding import Funding


class Weight(StrEnum):
    """How a remark weighs: something that cannot be right, something to look at, something to know when reading."""

    WRONG = "wrong"
    CHECK = "check"
    KNOW = "know"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. `kind` is stable for scripts (snake_case); `where` names the table to mend (projects, budgets,
    payments, partners, participants, visits, narratives)."""

    kind: str
    weight: Weight
    text: str
    mend: str
    where: str
    project_id: str | None = None


def remarks(funding: Funding, year: int, say: Words) -> tuple[Remark, ...]:
    """The year's remarks, the heaviest first."""
    return ()
