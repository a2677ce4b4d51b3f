"""All that Min skola shows of one school in one round: its figures, the city's and a group's beside them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from analytics.maturity.changes import SchoolChange, school_changes, since_first, since_last
from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.methods.consensus import Consensus, consensus
from analytics.maturity.rounds import SchoolRound, lineage, school_rounds
from analytics.maturity.schools import AreaCell, Cell, few_areas, school_areas, school_cells
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from pages.figures.school.similar import ComparisonGroup, group_of
from pages.shared.parts import FIRST
from pages.shared.rounds import schools_in_round, schools_to_compare
from pages.ui import access
from pages.ui.content import Ask
from pages.ui.controls import SEPARATOR


@dataclass(frozen=True)
class SchoolComparison:
    """A school's round with the city's and a group's beside it; cells and areas by id.

    `chain`: the framework and those before it, oldest first; `own_areas` and `the_city` are of all their rounds up to
    this one. `accords`: how far the staff agree, by criterion, where that may be told. `changes`: since the round that
    was chosen. `few`: what is told roughly (few_areas).
    """

    framework: Framework
    chain: tuple[Framework, ...]
    year: int
    school: School
    round: SchoolRound
    cells: dict[str, Cell]
    accords: dict[str, Consensus]
    areas: dict[str, AreaCell]
    own_areas: tuple[AreaCell, ...]
    city_cells: dict[str, CityCell]
    city_areas: dict[str, CityArea]
    the_city: tuple[CityArea, ...]
    group: ComparisonGroup
    changes: tuple[SchoolChange, ...]
    few: frozenset[tuple[str, int, str]] = frozenset()

    def digits(self, row: AreaCell) -> int:
        """How finely a mean over criteria is told: to one decimal where few answers stand behind any of them."""
        return 1 if (row.framework, row.year, row.area) in self.few else 2

    def as_told(self, row: AreaCell) -> AreaCell:
        """The row with its mean and interval no finer than they are told, to be drawn."""
        if self.digits(row) > 1 or row.mean is None:
            return row
        low, high = (None if end is None else round(end, 1) for end in (row.ci_low, row.ci_high))
        return replace(row, mean=round(row.mean, 1), ci_low=low, ci_high=high)

    def change_on(self, area: str) -> SchoolChange | None:
        """The change on an area (WHOLE: on all of them), where one is told."""
        return next((change for change in self.changes if change.area == area and not change.criterion), None)

    @property
    def goal_cells(self) -> list[Cell]:
        """The cells in the framework's order."""
        return [self.cells[c.id] for c in self.framework.criteria if c.id in self.cells]


def school_comparison(
    ask: Ask,
    framework_id: str,
    year: int,
    school_id: str,
    own_set: Collection[str],
    changes: tuple[SchoolChange, ...],
) -> SchoolComparison:
    """The school's round; `own_set`: the ids of schools to be put beside, empty for the similar ones."""
    chain = lineage(ask.catalogue.frameworks, framework_id)
    framework, ids = chain[-1], [older.id for older in chain]
    (own,) = school_rounds(ask.view, ask.viewer, framework.id, year, [school_id])
    cells = {cell.criterion: cell for cell in school_cells(ask.view, ask.viewer, school_id, framework.id, year)}
    accords = {id_: consensus(cell.levels) for id_, cell in cells.items() if cell.levels is not None}
    own_areas = tuple(row for row in school_areas(ask.view, ask.viewer, school_id, ids) if row.year <= year)
    the_city = tuple(row for row in city_areas(ask.view, ask.viewer, ids) if row.year <= year)
    criteria = city_cells(ask.view, ask.viewer, [(framework.id, criterion.id) for criterion in framework.criteria])
    in_round = access.composed(schools_in_round, ask, framework.id, year) if own_set else frozenset()
    chosen = [id_ for id_ in own_set if id_ in in_round and id_ != school_id]
    this = (framework.id, year)
    return SchoolComparison(
        framework,
        chain,
        year,
        ask.catalogue.school(school_id),
        own,
        cells,
        {id_: found for id_, found in accords.items() if found is not None},
        {row.area: row for row in own_areas if (row.framework, row.year) == this},
        own_areas,
        {cell.criterion: cell for cell in criteria if cell.year == year},
        {row.area: row for row in the_city if (row.framework, row.year) == this},
        the_city,
        group_of(ask, framework.id, year, school_id, schools_to_compare(ask, framework.id, year), chosen),
        changes,
        few_areas(ask.view, ask.viewer, school_id, ids),
    )


def compared(
    ask: Ask, framework_id: str, year: int, school_id: str, since: str | None, own_set: str | None
) -> SchoolComparison:
    """The same as the address has it. `since`: FIRST for changes since the first round, else since the one before;
    `own_set`: ids of schools to be put beside, as they stand there."""
    changes = school_changes(ask.view, ask.viewer, school_id, framework_id, year)
    chosen = since_first(changes) if since == FIRST else since_last(changes)
    ids = own_set.split(SEPARATOR) if own_set else ()
    return school_comparison(ask, framework_id, year, school_id, ids, chosen)
