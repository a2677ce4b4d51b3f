"""A made-up nation in a store: as many schools, years, criteria and staff as asked for, made by DuckDB in the store's
own files, since as files to load they would be gigabytes. Everything else of a version is as a load makes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb

from analytics.maturity.publish.version import publish
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.store.reference import write_frameworks, write_schools
from analytics.store.writing import locked, write_version
from tests.maturity.worlds import framework_of

LAST_YEAR, AREAS, STAGES = 2025, 5, ("F-6", "7-9", "F-9")
A_DISTRICT = 16  # schools: Sweden has some 4,700 in 290 municipalities

# One row an answer. A level is the school's own, with the criterion's, the year's, the person's and some chance, each
# by a hash: the same nation each time, and no two schools alike.
ANSWERS = """
    select 'nation' as framework, year::smallint as year, 's' || lpad(school::varchar, 4, '0') as school_id,
        person::integer as respondent, 'C' || lpad(criterion::varchar, 2, '0') as criterion,
        greatest(1, least(4, round(
            2.45 + 0.06 * (year - $first) + hash(school) % 1000 / 1000 + hash(criterion, 'c') % 500 / 1000
            + hash(school, person) % 1000 / 1000 - 0.5 + hash(school, criterion, person, year) % 2000 / 1000 - 1
        )))::utinyint as level, null::varchar as team, null::varchar as role
    from range($first, $last + 1) as years(year), range($schools) as schools(school), range($staff) as people(person),
        range($criteria) as criteria(criterion)
"""
COUNTS = f"select framework, year, school_id, criterion, level, count(*) from ({ANSWERS}) group by all"
SOURCES = """
    insert into round_source
    select 'nation', year, 's' || lpad(school::varchar, 4, '0'), 'synthetic', ?
    from range(?, ? + 1) as years(year), range(?) as schools(school)
"""


class Nation(NamedTuple):
    """How large: 4,700 x 10 x 50 x 28 is Sweden."""

    schools: int
    years: int = 10
    criteria: int = 50
    staff: int = 28
    counts: bool = False

    @property
    def answers(self) -> int:
        return self.schools * self.years * self.criteria * self.staff

    @property
    def first(self) -> int:
        return LAST_YEAR - self.years + 1

    def framework(self) -> Framework:
        ids = [f"C{c:02}" for c in range(self.criteria)]
        return framework_of("nation", {f"area{a}": ids[a::AREAS] for a in range(AREAS)}, years=(self.first, None))

    def register(self) -> list[School]:
        return [
            School(
                f"s{n:04}",
                f"Skola {n:04}",
                district=f"Kommun {n // A_DISTRICT:03}",
                stage=STAGES[n % 3],
                pupils=80 + 37 * n % 700,
            )
            for n in range(self.schools)
        ]


def make(nation: Nation, folder: Path) -> None:
    """Publishes it as the first version of a new store."""
    framework = nation.framework()
    size = {name: getattr(nation, name) for name in ("first", "schools", "staff", "criteria")}

    def answers(connection: duckdb.DuckDBPyConnection, number: int) -> None:
        table = f"level_count {COUNTS}" if nation.counts else f"answer {ANSWERS}"
        connection.execute(f"insert into {table}", {**size, "last": LAST_YEAR})
        connection.execute(SOURCES, [number, nation.first, LAST_YEAR, nation.schools])

    def view(connection: duckdb.DuckDBPyConnection, number: int) -> None:
        write_frameworks(connection, [framework])
        write_schools(connection, nation.register())
        publish(connection, [framework], HIDE_BELOW_FLOOR)

    with locked(folder, make=True):
        write_version(
            folder,
            loaded_by="bench",
            action="load",
            sources=(),
            hide_below=HIDE_BELOW_FLOOR,
            change_answers=answers,
            change_view=view,
        )
