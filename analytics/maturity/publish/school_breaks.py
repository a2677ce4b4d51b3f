"""Where a school is another than before, as one has become part of it or been made out of it: nothing is compared over
that, and no trend goes over it."""

from __future__ import annotations

from itertools import starmap

import duckdb

from analytics.maturity.publish.shown import Figures
from analytics.model.schools import Breaks, SchoolLink, breaks_of, parted

LINKS = """
    select school.id, other, case link when 'merged_into' then valid_to + 1 else valid_from end as day,
        link = 'merged_into'
    from school_link join school on school.id = school_id
    where day is not null
"""


def breaks_of_schools(connection: duckdb.DuckDBPyConnection) -> Breaks:
    return breaks_of(starmap(SchoolLink, connection.execute(LINKS).fetchall()))


def since_the_last(breaks: Breaks, figures: dict[str, Figures]) -> dict[str, Figures]:
    """The figures without a school's rounds from before it became what it was in the framework's last one."""
    if not breaks:
        return figures
    found = {}
    for school_id, rounds in figures.items():
        last: dict[str, int] = {}
        for framework, year in rounds:
            last[framework] = max(year, last.get(framework, year))
        found[school_id] = {
            (framework, year): things
            for (framework, year), things in rounds.items()
            if not parted(breaks, school_id, year, last[framework])
        }
    return found
