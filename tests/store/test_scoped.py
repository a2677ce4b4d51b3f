"""A version as a school may see it: no table has another's row, however it is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from analytics.model.errors import StoreBroken
from analytics.store.reading import TABLES, Store
from analytics.store.scoped import ALL, SEEN, ScopedView

OTHERS_IN = "select 1 from {table} where school_id is not null and school_id not in ('', ?) limit 1"


@pytest.fixture(scope="module")
def whole(few_store):
    return Store(few_store).current()


@pytest.fixture(scope="module")
def own(whole):
    """A school with rows in most tables."""
    return whole.rows("select school_id from cell group by 1 order by count(*) desc, 1 limit 1")[0][0]


@pytest.fixture(scope="module")
def scoped(whole, own):
    return ScopedView(whole, frozenset({own}))


def of_schools(view):
    found = view.rows(
        "select distinct table_name from duckdb_columns() where column_name = 'school_id' and not internal"
    )
    return sorted({name for (name,) in found} & TABLES)


def test_every_table_is_classed():
    assert set(SEEN) == TABLES


@pytest.mark.parametrize("table", sorted(name for name, seen in SEEN.items() if seen == ALL))
def test_what_everybody_sees_names_no_school(whole, table):
    columns = [name for (name,) in whole.rows(f"select column_name from (describe {table})")]
    assert "school_id" not in columns and "school" not in columns


def test_no_table_has_another_s_rows(whole, scoped, own):
    tables = of_schools(whole)
    assert len(tables) > 12
    with_others = [table for table in tables if whole.rows(OTHERS_IN.format(table=table), [own])]
    assert len(with_others) > 10, "the test sees what it looks for"
    assert [table for table in tables if scoped.rows(OTHERS_IN.format(table=table), [own])] == []
    assert scoped.rows("select id from school") == [(own,)]


def test_its_own_rows_and_the_city_s_are_all_there(whole, scoped, own):
    for table in ("cell", "area_cell", "school_round", "school_change", "trend", "agreement", "dialogue"):
        mine = f"select * from {table} where school_id = ? order by all"
        assert scoped.rows(mine.replace("*", "* exclude rowid"), [own]) == whole.rows(mine, [own]), table
    for table in ("city_cell", "city_area", "city_change"):
        (count,) = whole.rows(f"select count(*) from {table}")
        assert scoped.rows(f"select count(*) from {table}") == [count] and count > (0,)


WAYS_ROUND = [
    "select school_id from main.cell",
    "select school_id from (table cell)",
    "with cell as (select * from main.cell) select school_id from cell",
    "select c.school_id from city_cell x, lateral (select school_id from cell) c",
    "select school_id from temp.cell",
    "select school_id from query_table('cell')",
]


@pytest.mark.parametrize("sql", WAYS_ROUND)
def test_no_way_of_asking_that_the_product_has_goes_round_it(scoped, own, sql):
    assert {school for (school,) in scoped.rows(sql)} == {own}


def test_a_connection_of_a_school_is_no_one_else_s(whole, scoped, own):
    other = whole.rows("select id from school where id <> ? order by id limit 1", [own])[0][0]
    assert ScopedView(whole, frozenset({other})).rows("select id from school") == [(other,)]
    assert len(whole.rows("select id from school")) > 2, "and the whole version is as it was"
    assert ScopedView(whole, frozenset()).rows("select id from school") == []
    assert ScopedView(whole, frozenset({own, other})).rows("select count(*) from school") == [(2,)]
    assert ScopedView(whole, frozenset({"') or true --"})).rows("select count(*) from cell") == [(0,)]


def test_many_ask_at_once(scoped, own):
    def ask(place):
        return scoped.rows("select ? + count(*) from cell where school_id = ?", [place, own])[0][0] - place

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(200)))) == 1


def test_nothing_can_be_written_and_no_other_file_read(scoped, tmp_path):
    for sql in ("delete from school", f"copy (select 1) to '{tmp_path}/x.csv'", f"attach '{tmp_path}/y.duckdb'"):
        with pytest.raises((duckdb.Error, StoreBroken)):
            scoped.rows(sql)
