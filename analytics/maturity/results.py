"""Published figures as exports ask for them: contracts `results`, `city` and `trends`."""

from __future__ import annotations

import pyarrow as pa

from analytics.model.schools import Viewer
from analytics.store.reading import View

RESULTS = """
    select
        cell.framework, cell.year, cell.school_id, school.name as school, cell.criterion, cell.area,
        cell.n, cell.dont_know,
        if(cell.status = 'hidden', null, school_round.invited) as invited,
        if(cell.status = 'hidden', null, school_round.response_rate) as response_rate,
        cell.mean, cell.ci_low, cell.ci_high, cell.share_at_goal, cell.share_low, cell.share_high, cell.median,
        cell.pulled_mean, cell.status, school_round.provenance,
        cell.staff_low as staff_ci_low, cell.staff_high as staff_ci_high, cell.staff_share_low, cell.staff_share_high,
        cell.ready, cell.there, cell.mean_bound, cell.share_bound, cell.dont_know_band, cell.n_band, cell.share_band
    from cell
    join school_round using (framework, year, school_id)
    join school on school.id = cell.school_id
    join criterion on criterion.framework = cell.framework and criterion.id = cell.criterion
    where cell.framework = ? and (? is null or cell.school_id in (select unnest(?)))
    order by cell.year, school.name collate sv, cell.school_id, criterion.position
"""

CITY = """
    select
        city_cell.framework, year, criterion, city_cell.area, schools, answers, mean_of_schools, mean_of_answers,
        share_at_goal, p10, p90, between_school_sd, left_out_schools, provenance,
        ci_low, ci_high, answers_low, answers_high, share_low, share_high, within_school_sd, share_between
    from city_cell
    join criterion on criterion.framework = city_cell.framework and criterion.id = city_cell.criterion
    where city_cell.framework = ?
    order by year, criterion.position
"""


TRENDS = """
    with origins as (
        select framework, school_id, provenance from school_round
        union all select framework, '', provenance from school_round
    ),
    origin as (
        select
            framework, school_id,
            case when count(distinct provenance) > 1 then 'mixed' else any_value(provenance) end as provenance
        from origins group by all
    )
    select
        trend.framework, school_id, school.name as school, trend.area, trend.criterion, rounds, first_year, last_year,
        level, pace, pace_low, pace_high, direction_sure, beside_city, status,
        origin.provenance
    from trend
    join origin using (framework, school_id)
    left join school on school.id = school_id
    left join area on area.framework = trend.framework and area.id = trend.area
    left join criterion on criterion.framework = trend.framework and criterion.id = trend.criterion
    where trend.framework = ? and (? is null or school_id = '' or school_id in (select unnest(?)))
    order by
        school_id <> '', school.name collate sv, school_id, area.position nulls first, criterion.position nulls first
"""


def results_table(view: View, viewer: Viewer, framework: str) -> pa.Table:
    """One row a school x year x criterion that was asked and that the viewer may see, by year, name and criterion.

    Means in levels, shares and the round's response rate 0-1. A hidden row holds its keys and its status alone; one of
    few answers bands (n_band, share_band, dont_know_band) in place of numbers. mean_bound, share_bound: at_most or
    at_least where the figure is told as a bound.
    """
    schools = viewer.told_of()
    return view.table(RESULTS, [framework, None if schools is None else True, schools])


def trends_table(view: View, viewer: Viewer, framework: str) -> pa.Table:
    """One row a school x (all areas, area, criterion) that the viewer may see, after the city's (no school id), which
    every viewer may; by name. Levels, and levels a year."""
    schools = viewer.told_of()
    return view.table(TRENDS, [framework, None if schools is None else True, schools])


def city_table(view: View, framework: str) -> pa.Table:
    """One row a year x criterion, by year and criterion, built from shown cells alone; means in levels, shares 0-1.

    Every viewer may see it: no school is named.
    """
    return view.table(CITY, [framework])
