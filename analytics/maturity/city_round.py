"""All that is told of the city in one round: its figures, those of the rounds before, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.maturity.changes import CityChange, city_changes, since_first, since_last
from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.rounds import Round, lineage
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True)
class CityRound:
    """A round of the city. `chain`: the framework and those before it, oldest first, whose `areas` are of all their
    rounds up to this one; `cells`: of the framework's. `last`: the round before; `before`: the one that this one is
    held against, as `changes` are."""

    framework: Framework
    chain: tuple[Framework, ...]
    year: int
    round: Round
    rounds: tuple[Round, ...]
    areas: tuple[CityArea, ...]
    cells: tuple[CityCell, ...]
    last: Round | None
    before: Round | None
    changes: tuple[CityChange, ...]

    @property
    def by_area(self) -> dict[str, CityArea]:
        this = (self.framework.id, self.year)
        return {row.area: row for row in self.areas if (row.framework, row.year) == this}

    @property
    def now(self) -> list[CityCell]:
        """The criteria in this round."""
        return [cell for cell in self.cells if cell.year == self.year]

    @property
    def whole_change(self) -> CityChange | None:
        """The change over all areas."""
        return next((change for change in self.changes if change.area == WHOLE and not change.criterion), None)

    @property
    def area_changes(self) -> dict[str, CityChange]:
        """The areas' changes, by area."""
        return {change.area: change for change in self.changes if change.area != WHOLE and not change.criterion}

    @property
    def years(self) -> list[list[int]]:
        """The years of each framework's rounds up to this one."""
        return [[row.year for row in self.rounds if row.framework == older.id] for older in self.chain]


def city_round(
    view: View,
    viewer: Viewer,
    frameworks: Iterable[Framework],
    every: Iterable[Round],
    framework_id: str,
    year: int,
    *,
    since_the_first: bool = False,
) -> CityRound:
    """A framework's round in a year, which must be one of `every`; held against the framework's first round, or the one
    before."""
    chain = lineage(frameworks, framework_id)
    framework, ids = chain[-1], [older.id for older in chain]
    found = city_changes(view, viewer, framework.id, year)
    asked = [(framework.id, criterion.id) for criterion in framework.criteria]
    rounds = tuple(row for row in every if row.framework in ids and row.year <= year)
    earlier = [row for row in rounds if row.framework == framework.id and row.year < year]
    return CityRound(
        framework,
        chain,
        year,
        next(row for row in rounds if (row.framework, row.year) == (framework.id, year)),
        rounds,
        tuple(row for row in city_areas(view, viewer, ids) if row.year <= year),
        tuple(cell for cell in city_cells(view, viewer, asked) if cell.year <= year),
        earlier[-1] if earlier else None,
        earlier[0 if since_the_first else -1] if earlier else None,
        since_first(found) if since_the_first else since_last(found),
    )
