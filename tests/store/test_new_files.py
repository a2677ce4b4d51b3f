"""Views that begin as a copy of the one before."""

from __future__ import annotations

import duckdb
import pytest

from analytics.model.errors import StoreBroken
from analytics.store.new_files import CARRIED_OVER, PUBLISHED
from analytics.store.reading import Store
from analytics.store.versions import read_current
from tests.store.making import tree, write

RENAMED = "update criterion set title_sv = ?"


def test_it_has_all_that_was_there_and_does_not_grow(few_copy):
    """What is written anew takes the room of what it was written over."""
    before = Store(few_copy).current()
    titles = [f"Rapport {n} med sin titel" for n in range(12)]
    numbers = [
        write(
            few_copy,
            figures_stay=True,
            begins_as_before=True,
            change_view=lambda made, _, title=title: made.execute(RENAMED, [title]),
        )
        for title in titles
    ]
    view = Store(few_copy).current()
    assert view.number == numbers[-1] and view.rows("select distinct title_sv from criterion") == [(titles[-1],)]
    for table in {*CARRIED_OVER, *PUBLISHED} - {"criterion"}:
        assert view.rows(f"from {table}") == before.rows(f"from {table}"), table
    assert view.rows("select count(*) from version") == [(1,)]
    sizes = [(few_copy / f"view-{number}.duckdb").stat().st_size for number in numbers]
    assert sizes[-1] <= 1.1 * sizes[0]


def test_one_of_another_edition_is_no_beginning(few_copy):
    path = few_copy / read_current(few_copy).in_force.view
    with duckdb.connect(str(path)) as connection:
        connection.execute("update version set edition = 'another'")
    there = tree(few_copy)
    with pytest.raises(StoreBroken, match="not of edition"):
        write(few_copy, figures_stay=True, begins_as_before=True)
    assert tree(few_copy) == there
