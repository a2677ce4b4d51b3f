"""Rounds whose answers have been taken away: their figures stay as they were published.

What is told of the round itself (a school's cells, areas and round, the city's) is taken over to the letter, and so is
how one of them was foretold from another. What else is made of several rounds (changes, trends, forecasts) is made
anew, of what is told of each, as it always is.
"""

from __future__ import annotations

import duckdb

OF_SCHOOLS = ("cell", "area_cell", "school_round")
OF_THE_CITY = ("city_cell", "city_area")
FORETOLD = """
    (framework, year) in (select (framework, year) from disposed)
    and (framework, from_year) in (select (framework, year) from disposed)
"""


def take_over(connection: duckdb.DuckDBPyConnection) -> bool:
    """Puts in, before anything is counted, the cells that the rest is made of, and registers what following people said
    as `followed_before`; whether there are any such rounds."""
    connection.execute("create or replace temp table disposed as select * from answers.disposed_round")
    connection.execute("create or replace temp table followed_before as from answers.disposed_noise")
    (any_,) = connection.execute("select count(*) > 0 from disposed").fetchall()[0]
    if any_:
        _insert(connection, ("cell", "city_cell"))
    return any_


def put_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts the figures of these rounds in place of what was made of their cells meanwhile."""
    for table in (*OF_SCHOOLS, *OF_THE_CITY):
        connection.execute(f"delete from {table} where (framework, year) in (select (framework, year) from disposed)")
    _insert(connection, (*OF_SCHOOLS, *OF_THE_CITY))
    for delete_or_insert in ("delete from forecast", "insert into forecast by name select * from base.forecast"):
        connection.execute(f"{delete_or_insert} where {FORETOLD}")


def _insert(connection: duckdb.DuckDBPyConnection, tables: tuple[str, ...]) -> None:
    for table in tables:
        keys = "framework, year, school_id" if table in OF_SCHOOLS else "framework, year"
        connection.execute(f"insert into {table} by name select * from base.{table} semi join disposed using ({keys})")
