"""Worked questions to the open database. A test runs each (tests/opendata/test_folder.py)."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.words.language import N_, Marked


@dataclass(frozen=True, slots=True)
class SqlExample:
    """A question, and the SQL that answers it."""

    question: Marked
    sql: str


OPENING = """\
import duckdb
with duckdb.connect("kvalitetsdialog.duckdb", read_only=True) as data:
    print(data.sql("from city_areas"))
"""
"""How the database is opened, in Python."""

EXAMPLES = (
    SqlExample(
        N_("What are the tables, and what do their columns mean?"),
        """\
select "table", "column", type, description_sv
from data_dictionary""",
    ),
    SqlExample(
        N_("How has the city developed, area by area?"),
        """\
select areas.title_sv, year, round(mean_of_schools, 2) as mean, schools
from city_areas
join areas using (framework, area)
order by framework, areas.position, year""",
    ),
    SqlExample(
        N_("Which criteria lie lowest in the latest round?"),
        """\
select criteria.title_sv, round(mean_of_schools, 2) as mean, p10, p90
from city
join criteria using (framework, criterion)
where year = (select max(year) from city)
order by mean_of_schools
limit 5""",
    ),
    SqlExample(
        N_("How many schools reach the goal on every criterion, year by year?"),
        """\
select year, count(*) filter (where outcome = 'met') as met, count(*) as schools
from school_rounds
group by year
order by year""",
    ),
    SqlExample(
        N_("How does a school compare with the city?"),
        """\
select criteria.title_sv, results.mean, results.ci_low, results.ci_high, round(city.mean_of_schools, 2) as city
from results
join city using (framework, year, criterion)
join criteria using (framework, criterion)
where results.school_id = (select min(school_id) from results where status = 'ok')
    and year = (select max(year) from results)
order by criteria.position""",
    ),
    SqlExample(
        N_("How much is withheld, and why?"),
        """\
select year, status, count(*) as figures
from results
group by year, status
order by year, status""",
    ),
    SqlExample(
        N_("Which schools are certain to be rising over all criteria?"),
        """\
select school, round(level, 2) as level, round(pace, 3) as levels_a_year, round(direction_sure, 2) as sure
from trends
where area is null and school_id is not null and pace > 0 and direction_sure >= 0.95
order by school""",
    ),
    SqlExample(
        N_("What was spent in each programme, year by year?"),
        """\
select programme, report_year, sum(amount_sek) as kronor, count(*) as payments
from eu_payments
join eu_projects using (project_id)
group by programme, report_year
order by programme, report_year""",
    ),
)
