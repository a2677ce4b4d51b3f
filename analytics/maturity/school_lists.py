"""The schools of a round in an order, so many of them as a page has room for: a nation's are thousands, and each as an
object of its own takes longer than all else on the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from analytics.maturity.rounds import SCHOOL_ROUND, ZONE, ZONES, SchoolRound, SchoolsAlike
from analytics.maturity.schools import OF_SCHOOLS
from analytics.model.schools import Viewer
from analytics.store.reading import View

Name = TypeVar("Name", bound=str)


class SchoolOrder(StrEnum):
    """How schools stand; where that tells no two apart, by name in Swedish order."""

    NAME = "name"
    DISTRICT = "district"
    SUREST = "surest"


BY_NAME = "school.name collate sv, school_id"
ORDER = {
    SchoolOrder.NAME: BY_NAME,
    SchoolOrder.DISTRICT: f"school.district is null, coalesce(school.district, ''), {BY_NAME}",
    SchoolOrder.SUREST: f"ready is null, coalesce(ready, 0) desc, at_goal desc, {BY_NAME}",
}
OF_ROUND = f"""
    from school_round join school on school.id = school_id
    where framework = $framework and year = $year and {OF_SCHOOLS}"""


def rounds_in_order(
    view: View,
    viewer: Viewer,
    framework: str,
    year: int,
    order: SchoolOrder,
    places: range,
    schools: Iterable[str] | None = None,
) -> tuple[SchoolRound, ...]:
    """Those at these places, from 0, of these schools (None: all of the round's) that the viewer may see."""
    return view.records(
        SchoolRound,
        f"select {SCHOOL_ROUND} {OF_ROUND} order by {ORDER[order]} limit $most offset $before",
        _asked(viewer, framework, year, schools) | {"most": len(places), "before": places.start},
    )


def first_of_lists(
    view: View,
    viewer: Viewer,
    framework: str,
    year: int,
    lists: Mapping[Name, Sequence[SchoolsAlike]],
    most: int,
    order: SchoolOrder,
    schools: Iterable[str] | None = None,
) -> dict[Name, list[SchoolRound]]:
    """list -> so many of the schools that stand as it says, those with the fewest criteria left first, else in this
    order; of these schools (None: all of the round's) that the viewer may see."""
    codes = [(code_of(row), name) for name, found in lists.items() for row in _no_more_than(most, found)]
    if not codes:
        return {name: [] for name in lists}
    rows = view.rows(
        f"""
        with named as (select unnest($codes) as code, unnest($named) as list)
        select list, {SCHOOL_ROUND} {OF_ROUND.replace("where", f"join named on code = {CODE} where")}
        qualify row_number() over (partition by list order by shown - at_goal, {ORDER[order]}) <= $most
        order by list, shown - at_goal, {ORDER[order]}
        """,
        _asked(viewer, framework, year, schools)
        | ZONES
        | {"most": most, "codes": [code for code, _ in codes], "named": [name for _, name in codes]},
    )
    by_list = {name: [SchoolRound(*row) for _, *row in found] for name, found in groupby(rows, lambda row: row[0])}
    return {name: by_list.get(name, []) for name in lists}


CODE = f"concat_ws(' ', outcome, shown, asked, at_goal, {ZONE})"


def code_of(alike: SchoolsAlike) -> str:
    """What CODE says of each of these schools."""
    told = (alike.outcome, alike.shown, alike.asked, alike.at_goal, alike.zone)
    return " ".join(str(part) for part in told if part is not None)


def _no_more_than(most: int, found: Sequence[SchoolsAlike]) -> list[SchoolsAlike]:
    """Those that so many schools with the fewest criteria left are among."""
    told, schools = dict[str, SchoolsAlike](), 0
    for _, with_as_many in groupby(sorted(found, key=_left), _left):
        if schools >= most:
            break
        for row in with_as_many:
            told[code_of(row)] = row
            schools += row.schools
    return list(told.values())


def _left(of: SchoolsAlike) -> int:
    return of.shown - of.at_goal


def alike_besides(
    view: View,
    viewer: Viewer,
    framework: str,
    year: int,
    alike: Sequence[SchoolsAlike],
    besides: Collection[str],
    most: int,
    schools: Iterable[str] | None = None,
) -> tuple[int, list[str]]:
    """How many of the schools that stand so are not `besides`, and the ids of so many of them, by name."""
    if not alike:
        return 0, []
    rows = view.rows(
        f"""
        select count(*) over (), school_id {OF_ROUND}
            and {CODE} in (select unnest($codes)) and school_id not in (select unnest($besides::varchar[]))
        order by {BY_NAME} limit $most
        """,
        _asked(viewer, framework, year, schools)
        | ZONES
        | {"most": most, "codes": sorted({code_of(row) for row in alike}), "besides": sorted(besides)},
    )
    return (rows[0][0] if rows else 0), [school_id for _, school_id in rows]


def _asked(viewer: Viewer, framework: str, year: int, schools: Iterable[str] | None) -> dict:
    return {"framework": framework, "year": year, "schools": viewer.told_of(schools)}
