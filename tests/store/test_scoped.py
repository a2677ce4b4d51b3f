"""A version as a school may see it: no table has another's row, however it is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from analytics.model.errors import StoreBroken
from analytics.model.people import OtherSchools
from analytics.store.reading import TABLES, Store
from analytics.store.scoped import ALL, FIGURES, FIGURES_OR_CITY, LEAST_OTHERS, SEEN, ScopedView

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


DIALOGUE = ("dialogue", "agreement", "agreed_action", "certification", "finding", "label", "frozen_brief", "payment")


def test_by_name_the_others_published_figures_are_there_and_what_they_talk_about_is_not(whole, own):
    told = ScopedView(whole, frozenset({own}), OtherSchools.NAMES)
    figures = [table for table, seen in SEEN.items() if seen in (FIGURES, FIGURES_OR_CITY)] + ["school"]
    assert len(figures) > 8
    for table in figures:
        assert told.rows(f"select count(*) from {table}") == whole.rows(f"select count(*) from {table}"), table
    others = [table for table in of_schools(whole) if table not in figures]
    assert set(DIALOGUE) <= set(others)
    assert [table for table in others if told.rows(OTHERS_IN.format(table=table), [own])] == []
    assert told.rows("select 1 from other_mean") == []


def test_without_a_school_of_one_s_own_there_are_no_others_either(whole):
    for told in OtherSchools:
        view = ScopedView(whole, frozenset(), told)
        assert view.rows("select 1 from school") == view.rows("select 1 from other_mean") == []


def test_dots_are_the_others_means_and_tell_nothing_else(whole, own):
    told = ScopedView(whole, frozenset({own}), OtherSchools.DOTS)
    assert [table for table in of_schools(whole) if told.rows(OTHERS_IN.format(table=table), [own])] == []
    assert told.rows("select id from school") == [(own,)]
    columns = [name for (name,) in told.rows("select column_name from (describe other_mean)")]
    assert columns == ["framework", "year", "area", "mean"]
    theirs = (
        "select round(mean, 1) from area_cell where (framework, year, area) = ('vebs-2022', 2025, '')"
        " and mean is not null and school_id <> ? order by 1"
    )
    dots = "select mean from other_mean where (framework, year, area) = ('vebs-2022', 2025, '')"
    assert told.rows(dots) == whole.rows(theirs, [own]) and len(told.rows(dots)) >= 5
    assert told.rows("select * from other_mean") == told.rows("select * from other_mean order by all"), (
        "in no other order"
    )


def test_of_too_few_others_there_are_no_dots(whole):
    shown = [id_ for (id_,) in whole.rows(
        "select school_id from area_cell where (framework, year, area) = ('vebs-2022', 2025, '') and mean is not null"
    )]  # fmt: skip
    dots = "select count(*) from other_mean where (framework, year, area) = ('vebs-2022', 2025, '')"
    for left in range(len(shown)):
        told = ScopedView(whole, frozenset(shown[left:]), OtherSchools.DOTS)
        assert told.rows(dots) == [(left if left >= LEAST_OTHERS else 0,)], left


def test_dots_have_no_round_that_is_held_back(whole, own):
    told = ScopedView(whole, frozenset({own}), OtherSchools.DOTS, frozenset({("vebs-2022", 2025)}))
    assert {year for (year,) in told.rows("select distinct year from other_mean where framework = 'vebs-2022'")} <= {
        2022, 2023, 2024,
    }  # fmt: skip
    assert ScopedView(whole, frozenset({own})).rows("select 1 from other_mean") == []


def test_many_ask_at_once(scoped, own):
    def ask(place):
        return scoped.rows("select ? + count(*) from cell where school_id = ?", [place, own])[0][0] - place

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(200)))) == 1


def test_nothing_can_be_written_and_no_other_file_read(scoped, tmp_path):
    for sql in ("delete from school", f"copy (select 1) to '{tmp_path}/x.csv'", f"attach '{tmp_path}/y.duckdb'"):
        with pytest.raises((duckdb.Error, StoreBroken)):
            scoped.rows(sql)
