"""The open tables of frameworks, schools and their published figures.

Left out on purpose: places among schools (no ranking is asked for here), who lies clearly above or below the city (a
claim that is controlled over a school's page), and how many work at a school (beside who answered it tells too much).
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from analytics.maturity.results import city_table, results_table, trends_table
from analytics.model.schools import Viewer
from analytics.opendata.table import OpenTable, selected
from analytics.store.reading import View
from analytics.words.language import N_

WORLD = Viewer("open data", schools=None)  # whoever asks sees every school, and of it what is published

FRAMEWORKS = """
    select
        id as framework, title_sv, title_en, issuer, valid_from as first_valid_year, valid_to as last_valid_year,
        previous as previous_framework, scale_min, scale_max, array_to_string(labels_sv, '|') as labels_sv,
        array_to_string(labels_en, '|') as labels_en, goal_level, goal_statistic, goal_share
    from framework order by id
"""
AREAS = "select framework, id as area, position, title_sv, title_en from area order by framework, position"
CRITERIA = """
    select framework, id as criterion, area, position, title_sv, title_en, previous as previous_criterion,
        change as wording
    from criterion order by framework, position
"""
SCHOOLS = """
    select id as school_id, name as school, school_unit_code, district, stage, pupils, valid_from, valid_to, provenance
    from school order by name collate sv, id
"""
SCHOOL_AREAS = """
    select
        area_cell.framework, year, school_id, school.name as school, nullif(area, '') as area, mean,
        area_cell.ci_low, area_cell.ci_high, pulled_mean, interval_basis, area_cell.asked, area_cell.shown,
        area_cell.at_goal, school_round.provenance
    from area_cell
    join school_round using (framework, year, school_id)
    join school on school.id = school_id
    order by year, framework, school.name collate sv, school_id, area
"""
SCHOOL_ROUNDS = """
    select
        framework, year, school_id, school.name as school, invited, responded, responded_band, response_rate, asked,
        shown, at_goal, outcome, ready, ready_low, ready_high, there, there_low, there_high,
        ready_basis as interval_basis, status, school_round.provenance
    from school_round join school on school.id = school_id
    order by year, framework, school.name collate sv, school_id
"""
ORIGIN = """
    select
        framework, year,
        case when count(distinct provenance) > 1 then 'mixed' else any_value(provenance) end as provenance
    from school_round group by all
"""
CITY_AREAS = f"""
    select
        framework, year, nullif(area, '') as area, schools, left_out_schools, mean_of_schools, ci_low, ci_high, p10,
        p90, between_school_sd, between_low, between_high, within_school_sd, share_between, interval_basis, provenance
    from city_area join ({ORIGIN}) using (framework, year)
    order by year, framework, area
"""
SCHOOL_CHANGES = """
    select
        framework, year, school_id, school.name as school, nullif(area, '') as area, nullif(criterion, '') as criterion,
        before_framework, before_year, nullif(before_criterion, '') as before_criterion, before_mean, mean, difference,
        needed, clear, clear_in_city, compared, left_out, school_round.provenance
    from school_change
    join school_round using (framework, year, school_id)
    join school on school.id = school_id
    order by year, framework, before_year, school.name collate sv, school_id, area, criterion
"""
CITY_CHANGES = f"""
    select
        framework, year, nullif(area, '') as area, nullif(criterion, '') as criterion, before_framework, before_year,
        nullif(before_criterion, '') as before_criterion, schools, before_mean, mean, difference, needed, clear,
        compared, left_out, provenance
    from city_change join ({ORIGIN}) using (framework, year)
    order by year, framework, before_year, area, criterion
"""
TREND_LEVELS = f"""
    select
        framework, nullif(school_id, '') as school_id, nullif(area, '') as area, nullif(criterion, '') as criterion,
        year, level, provenance
    from trend_level join ({ORIGIN}) using (framework, year)
    order by framework, school_id nulls first, area nulls first, criterion nulls first, year
"""
FORECASTS = f"""
    select
        forecast.framework, forecast.year, from_year, schools, expected, low as expected_low, high as expected_high,
        actual, moves, basis as interval_basis, provenance
    from forecast join ({ORIGIN}) as origin on origin.framework = forecast.framework and origin.year = from_year
    order by forecast.framework, forecast.year
"""


def _of_each(ask: Callable[[View, str], pa.Table]) -> Callable[[View], pa.Table]:
    """What the exports give of one framework at a time, of all."""

    def table(view: View) -> pa.Table:
        frameworks = [id_ for (id_,) in view.rows("select id from framework order by id")]
        return _whole(pa.concat_tables([ask(view, framework) for framework in frameworks]))

    return table


def _whole(table: pa.Table) -> pa.Table:
    """With what the exports write as an empty text (the city, all areas) as no value."""
    for name in {"school_id", "area", "criterion"} & set(table.column_names):
        values = [value or None for value in table[name].to_pylist()]
        table = table.set_column(table.column_names.index(name), name, pa.array(values, pa.string()))
    return table


REFERENCE = (
    OpenTable(
        "frameworks", N_("Frameworks"), N_("One row per framework."), "framework", selected(FRAMEWORKS), ("framework",)
    ),
    OpenTable(
        "areas", N_("Areas"), N_("One row per area of a framework."), "area", selected(AREAS), ("framework", "area")
    ),
    OpenTable(
        "criteria",
        N_("Criteria"),
        N_("One row per criterion of a framework."),
        "criterion",
        selected(CRITERIA),
        ("framework", "criterion"),
    ),
    OpenTable("schools", N_("Schools"), N_("One row per school."), "school", selected(SCHOOLS), ("school_id",)),
)
"""What the figures are about."""

FIGURES = (
    OpenTable(
        "results",
        N_("Schools' results, criterion by criterion"),
        N_("One row per school, year and criterion that was asked. Of fewer answers than the limit it is hidden."),
        "cell",
        _of_each(lambda view, framework: results_table(view, WORLD, framework)),
        ("framework", "year", "school_id", "criterion"),
        by_year=True,
    ),
    OpenTable(
        "school_areas",
        N_("Schools' results, area by area"),
        N_("One row per school, year and area, and one over all areas: the mean of the shown criteria."),
        "area_cell",
        selected(SCHOOL_AREAS),
        by_year=True,
    ),
    OpenTable(
        "school_rounds",
        N_("Schools' rounds"),
        N_("One row per school and year: how many answered, and whether the goal is reached on every criterion."),
        "school_round",
        selected(SCHOOL_ROUNDS),
        ("framework", "year", "school_id"),
        by_year=True,
    ),
    OpenTable(
        "city",
        N_("The city, criterion by criterion"),
        N_("One row per year and criterion over the city's shown schools."),
        "city_cell",
        _of_each(city_table),
        ("framework", "year", "criterion"),
        by_year=True,
    ),
    OpenTable(
        "city_areas",
        N_("The city, area by area"),
        N_("One row per year and area, and one over all areas."),
        "city_area",
        selected(CITY_AREAS),
        by_year=True,
    ),
    OpenTable(
        "school_changes",
        N_("Schools' changes between two rounds"),
        N_("One row per school, round, earlier round and criterion, area or all areas that both rounds show."),
        "school_change",
        selected(SCHOOL_CHANGES),
        by_year=True,
    ),
    OpenTable(
        "city_changes",
        N_("The city's changes between two rounds"),
        N_("One row per round, earlier round and criterion, area or all areas: the schools that both rounds show."),
        "city_change",
        selected(CITY_CHANGES),
        by_year=True,
    ),
    OpenTable(
        "trends",
        N_("Trends"),
        N_("One row per school, or the city, and criterion, area or all areas over the rounds."),
        "trend",
        _of_each(lambda view, framework: trends_table(view, WORLD, framework)),
        over_rounds=True,
    ),
    OpenTable(
        "trend_levels",
        N_("Trends, year by year"),
        N_("One row per trend and year: the smoothed level."),
        "trend_level",
        selected(TREND_LEVELS),
        over_rounds=True,
    ),
    OpenTable(
        "forecasts",
        N_("Forecasts"),
        N_("One row per round that was, or is to be, forecast from the one before it."),
        "forecast",
        selected(FORECASTS),
        ("framework", "year"),
        over_rounds=True,
    ),
)
