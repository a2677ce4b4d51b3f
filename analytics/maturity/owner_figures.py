"""How the owners of a store stand: a row an owner, and the nation's, from what each owner has published of its schools.

Nothing of it is made of answers, so all that is hidden with an owner is hidden here. Rounds of one framework are told
together, and no others: what another framework asks is not the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from itertools import groupby

import pyarrow as pa

from analytics.model.owners import SchoolOwner
from analytics.store.reading import View

OF_AN_OWNER = """
    with taken as (
        select framework, year, count(*) filter (outcome = 'met') met, count(*) filter (outcome = 'not_met') not_met,
            count(*) filter (outcome = 'cannot_tell') cannot_tell, count(*) filter (status = 'hidden') hidden
        from school_round group by framework, year
    ),
    change as (
        select * from city_change where area = '' and criterion = ''
        qualify row_number() over (partition by framework, year order by before_year desc, before_framework) = 1
    )
    select taken.framework, taken.year, met, not_met, cannot_tell, hidden,
        coalesce(shown.schools, 0), shown.mean_of_schools, change.before_framework, change.before_year,
        change.difference, change.clear
    from taken
    left join city_area shown on (shown.framework, shown.year, shown.area) = (taken.framework, taken.year, '')
    left join change on (change.framework, change.year) = (taken.framework, taken.year)
    order by taken.framework, taken.year
"""


@dataclass(frozen=True, slots=True)
class OwnerRound:
    """An owner's round, or the nation's (`owner` is ''). Schools at the goal, not at it, and of which that cannot be
    told; `hidden_schools`: those of which nothing is shown; `mean_of_schools`: of the `schools` that have one, each
    counting once. `difference`: since the round `before`, of the schools that are shown in both; None of the nation."""

    framework: str
    year: int
    owner: str
    owner_name: str
    version: int | None
    met: int
    not_met: int
    cannot_tell: int
    hidden_schools: int
    schools: int
    mean_of_schools: float | None
    before_framework: str | None = None
    before_year: int | None = None
    difference: float | None = None
    clear: bool | None = None

    @property
    def decided(self) -> int:
        """The schools of which it can be told whether they are at the goal."""
        return self.met + self.not_met


def rounds_of(owner: SchoolOwner, view: View) -> tuple[OwnerRound, ...]:
    """An owner's rounds, as the owner's own pages tell of them."""
    return tuple(
        OwnerRound(framework, year, owner.id, owner.name, view.number, *rest)
        for framework, year, *rest in view.rows(OF_AN_OWNER)
    )


def owner_rounds(rounds: Iterable[OwnerRound], framework: str) -> tuple[OwnerRound, ...]:
    """The framework's rounds, by year: the nation's first, then each owner's, by name. An owner without the round is
    not among them."""
    found = [one for one in rounds if one.framework == framework]
    found.sort(key=lambda row: (row.year, row.owner_name.casefold(), row.owner))
    together: list[OwnerRound] = []
    for _, rows in groupby(found, key=lambda row: row.year):
        same = list(rows)
        together += [_nation(same), *same]
    return tuple(together)


def owners_table(rounds: Iterable[OwnerRound]) -> pa.Table:
    """The same as a table of files."""
    types = {"owner": pa.string(), "owner_name": pa.string(), "framework": pa.string(), "before_framework": pa.string()}
    types |= {"mean_of_schools": pa.float64(), "difference": pa.float64(), "clear": pa.bool_()}
    schema = pa.schema([(field.name, types.get(field.name, pa.int32())) for field in fields(OwnerRound)])
    return pa.Table.from_pylist([asdict(row) for row in rounds], schema)


def _nation(rows: list[OwnerRound]) -> OwnerRound:
    """Every school counts once, whosever it is."""
    shown = [row for row in rows if row.mean_of_schools is not None and row.schools]
    schools = sum(row.schools for row in shown)
    mean = sum((row.mean_of_schools or 0) * row.schools for row in shown) / schools if schools else None
    return OwnerRound(
        rows[0].framework,
        rows[0].year,
        "",
        "",
        None,
        sum(row.met for row in rows),
        sum(row.not_met for row in rows),
        sum(row.cannot_tell for row in rows),
        sum(row.hidden_schools for row in rows),
        schools,
        mean,
    )
