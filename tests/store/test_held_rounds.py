"""A version as those see it from whom a round's result is held back: as if the round had not been loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analytics.dialogue.brief.facts import brief
from analytics.documents.brief import frozen_contents
from analytics.loads.freezing import freeze
from analytics.loads.load import NewView
from analytics.loads.recounting import republish
from analytics.maturity.publish.version import publish
from analytics.model.errors import NotAllowed
from analytics.model.people import Audience
from analytics.model.schools import Viewer
from analytics.store.new_files import PUBLISHED
from analytics.store.openness import release, rounds_in
from analytics.store.reading import TABLES, Store, View, version_record
from analytics.store.reference import read_frameworks
from analytics.store.scoped import BEFORE_LAST, OF_OPEN_ROUND, SEEN, ScopedView, seen_by
from analytics.store.writing import locked, write_version
from analytics.words.language import words
from tests.few_schools import WITHOUT_DIALOGUE

HELD = ("vebs-2022", 2025)
OF_ANSWERS = ("answer", "level_count", "participation", "round_source")
NEVER = set(BEFORE_LAST.values())
ALMOST = 0.02
"""Of a figure: what an earlier round's may differ by where the held one has had a part in how people's answers go
together over the city, which all rounds' intervals, chances and trends are reckoned with."""


@pytest.fixture(scope="module")
def whole(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> View:
    """With all rounds, of a city that releases them in steps."""
    folder = copied(few_store, tmp_path_factory.mktemp("held"))
    release(folder, *HELD, Audience.MANAGEMENT, "test")
    republish(folder, loaded_by="test")
    return Store(folder).current()


@pytest.fixture(scope="module")
def without(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> View:
    """The same city, whose last round has not come."""
    folder = copied(few_store, tmp_path_factory.mktemp("without"))

    def change_answers(connection, number: int) -> None:
        for table in OF_ANSWERS:
            connection.execute(f"delete from {table} where framework = ? and year = ?", HELD)

    with locked(folder):
        limit = version_record(Store(folder).current()).hide_below
        write_version(
            folder,
            loaded_by="test",
            action="test",
            sources=(),
            hide_below=limit,
            change_answers=change_answers,
            change_view=lambda connection, _: publish(connection, read_frameworks(NewView(connection)), limit),
        )
    return Store(folder).current()


@pytest.fixture(scope="module")
def held(whole: View) -> View:
    return seen_by(whole, Viewer("eu", None, held=frozenset({HELD})))


def copied(store: Path, folder: Path) -> Path:
    for path in store.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def columns_of(view: View, table: str) -> list[str]:
    return [name for (name,) in view.rows(f"select column_name from (describe {table})")]


def test_every_table_of_rounds_is_classed(whole):
    of_rounds = {table for table in TABLES if {"framework", "year"} <= set(columns_of(whole, table))}
    assert of_rounds - NEVER <= OF_OPEN_ROUND.keys() | BEFORE_LAST.keys()
    assert set(PUBLISHED) - NEVER <= OF_OPEN_ROUND.keys() | BEFORE_LAST.keys(), "and all that is made of answers"
    assert OF_OPEN_ROUND.keys() <= SEEN.keys()


@pytest.mark.parametrize("table", sorted(set(PUBLISHED) - NEVER))
def test_what_is_seen_is_what_there_would_be_if_the_round_had_not_come(held, without, table):
    columns = [name for name in columns_of(without, table) if name != "loaded_version"]
    asked = f"select {', '.join(columns)} from {table} order by all"
    seen, would_be = held.rows(asked), without.rows(asked)
    if table == "forecast":  # which schools one of the round that is held back is about, that round has said
        would_be = [row for row in would_be if row[:2] != HELD]
    assert seen and len(seen) == len(would_be)
    other_words = 0
    for one, other in zip(seen, would_be, strict=True):
        for column, value, expected in zip(columns, one, other, strict=True):
            if isinstance(value, float) and isinstance(expected, float):
                assert value == pytest.approx(expected, abs=ALMOST), (column, one, other)
            elif column == "beside_city":  # a word for where a figure lies, which may be at its edge
                other_words += value != expected
            else:
                assert value == expected, (column, one, other)
    assert other_words <= len(seen) / 100


@pytest.mark.parametrize("table", ["cell", "area_cell", "school_round", "city_cell", "city_area", "school_change"])
def test_without_the_round_held_back_it_is_there(whole, held, table):
    there = f"select count(*) from {table} where framework = ? and year = ?"
    assert whole.rows(there, HELD)[0][0] > 0 and held.rows(there, HELD) == [(0,)]


def test_no_word_of_the_round_is_in_any_table(whole, held):
    """Nor in the dialogue's rows, nor in what was done to them, where a goal's starting level stands."""
    year = str(HELD[1])
    for table in ("dialogue", "agreement", "agreed_action", "frozen_brief", "near_copy"):
        assert held.rows(f"select 1 from {table} where framework = ? and year = ?", HELD) == [], table
    history = "select count(*) from register_change where kind in ('dialogues', 'agreements', 'actions')"
    told = f"{history} and (before like '%\"{year}\"%' or after like '%\"{year}\"%')"
    assert whole.rows(told)[0][0] > held.rows(told)[0][0] == 0
    assert whole.rows(history)[0][0] > held.rows(history)[0][0] > 0


def test_what_trends_are_made_of_is_never_seen_as_such(held):
    assert [table for table in NEVER if held.rows(f"select 1 from {table}")] == []


def test_a_school_sees_its_own_and_nothing_of_the_round(whole):
    own = WITHOUT_DIALOGUE[0]
    view = seen_by(whole, Viewer("head", frozenset({own}), held=frozenset({HELD})))
    assert view.rows("select distinct school_id from cell") == [(own,)]
    assert max(year for _, year in rounds_in(view)) == 2024
    assert view.rows("select max(last_year) from trend where school_id = ?", [own]) == [(2024,)]


@pytest.mark.parametrize("others", [{("vebs-2022", 2024)}, {("vebs-2022", 2024), HELD}])
def test_of_a_round_within_the_others_no_trend_is_told(whole, others):
    view = ScopedView(whole, None, held=frozenset(others))
    for table in BEFORE_LAST:
        assert view.rows(f"select 1 from {table} where framework = 'vebs-2022'") == []
        assert view.rows(f"select 1 from {table} where framework = 'dsoe-2018'") != [], "the others' are there"
    assert view.rows("select 1 from school_change where 2024 in (year, before_year)") == []
    assert view.rows("select 1 from forecast where 2024 in (year, from_year)") == []


def test_a_brief_of_an_earlier_round_tells_nothing_of_it(whole, held):
    about, today = (WITHOUT_DIALOGUE[0], "vebs-2022", 2024), date(2026, 1, 15)
    sv, en = words("sv"), words("en")
    viewer = Viewer("head", None, held=frozenset({HELD}))
    assert frozen_contents(brief(whole, viewer, *about, today), sv, en) == frozen_contents(
        brief(held, viewer, *about, today), sv, en
    )


def test_nobody_freezes_a_brief_of_a_round_that_they_do_not_see(whole):
    viewer = Viewer("head", None, held=frozenset({HELD}))
    with pytest.raises(NotAllowed):
        freeze(whole.path.parent, viewer, (WITHOUT_DIALOGUE[0], *HELD), frozen_by="head", today=date(2026, 1, 15))
