"""Where a school is another than before, as one has become part of it or been made out of it: nothing is compared over
that, and no trend goes over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import starmap

import duckdb

from analytics.maturity.publish.shown import Figures
from analytics.model.schools import SchoolLink

LINKS = """
    select school.id, other, case link when 'merged_into' then valid_to + 1 else valid_from end as day,
        link = 'merged_into'
    from school_link join school on school.id = school_id
    where day is not null
"""
Breaks = Mapping[str, Sequence[int]]
"""School -> the first years of what it is after each break, in order."""


def breaks_of_schools(connection: duckdb.DuckDBPyConnection) -> Breaks:
    found: dict[str, set[int]] = defaultdict(set)
    for link in starmap(SchoolLink, connection.execute(LINKS).fetchall()):
        found[link.other].add(link.first_year)
    return {school_id: sorted(years) for school_id, years in found.items()}


def parted(breaks: Breaks, school_id: str, before: int, now: int) -> bool:
    """Whether the school was another in the one year than in the other."""
    return any(before < first <= now for first in breaks.get(school_id, ()))


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
