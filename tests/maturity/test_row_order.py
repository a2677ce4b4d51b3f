"""Figures to the last digit whatever order rows come in, as threads hand them on in any."""

from __future__ import annotations

import duckdb
import pytest

from analytics.maturity.publish.version import AREA_PARTS, SQL
from tests.maturity.test_speed import published

CITY = (SQL / "city.sql").read_text("utf-8").split("insert into city_cell by name", 1)[1]
CITY_AREA = (SQL / "city_area.sql").read_text("utf-8").split("insert into city_area by name", 1)[1]


@pytest.fixture(scope="module")
def city() -> duckdb.DuckDBPyConnection:
    _, connection = published(schools=8, years=2)
    connection.execute("create temp table cell_noise as select framework, year, criterion from city_cell")
    connection.execute("create temp table noise as select framework, year, area from city_area")
    return connection


def test_areas_and_the_city_are_the_same_to_the_last_digit_in_whatever_order_their_cells_come(city):
    found = []
    for order in ("criterion, school_id", "hash(criterion, school_id)", "hash(school_id, criterion)", "mean desc"):
        for table, by in (("cell", order), ("area_cell", f"hash(area, '{order}', school_id)")):
            city.execute(f"create or replace temp table turned as select * from {table} order by {by}")
            city.execute(f"delete from {table}; insert into {table} from turned")
        city.execute(AREA_PARTS, {"hide_below": 5})
        rows = [city.execute(question).fetchall() for question in ("from area_parts", CITY, CITY_AREA)]
        assert all(rows)
        found.append(rows)
    assert all(other == found[0] for other in found[1:])
