"""What is open and what is not: no person, nothing hidden, no round that is held back, every table decided on."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from analytics.maturity.results import city_table, results_table
from analytics.model.people import Audience
from analytics.model.schools import Viewer
from analytics.opendata.cells import write_open_csv
from analytics.opendata.columns import COLUMNS, ColumnType
from analytics.opendata.figures import WORLD
from analytics.opendata.readme import closed_texts
from analytics.opendata.rounds import OpenRounds, open_rounds
from analytics.opendata.tables import CLOSED, OPENED, TABLES, counted, open_table, rows_of_year, years_of
from analytics.store.openness import release
from analytics.store.reading import TABLES as VIEW_TABLES
from analytics.store.reading import Store, View
from analytics.words.language import words

BY_NAME = {table.name: table for table in TABLES}
FREE_TEXT = {"note", "notes", "text", "participants", "contact", "networks", "goal", "outcome_text", "loaded_by"}


def written_csv(rows: pa.Table) -> bytes:
    out = io.BytesIO()
    write_open_csv(out, rows)
    return out.getvalue()


@pytest.fixture(scope="module")
def view(few_store) -> View:
    return Store(few_store).current()


@pytest.fixture(scope="module")
def rows(view) -> dict[str, pa.Table]:
    rounds = open_rounds(view)
    return {table.name: open_table(view, table, rounds) for table in TABLES}


def test_every_table_of_the_view_is_decided_on():
    assert OPENED | CLOSED.keys() == VIEW_TABLES and not OPENED & CLOSED.keys()


def test_open_tables_are_made_of_opened_ones(view):
    """Which tables a question reads is told by its words."""

    class Noting(View):
        def __init__(self):
            self.read = set()
            self.path, self.number, self._connection = view.path, view.number, view._connection

        def table(self, sql, parameters=()):
            self.read |= set(re.findall(r"\b(?:from|join) (\w+)", sql))
            return super().table(sql, parameters)

    noting = Noting()
    for table in TABLES:
        table.select(noting)
    assert noting.read - {"origin", "origins"} == OPENED


def test_every_column_is_in_the_dictionary_and_every_word_of_it_is_used(rows):
    used = {name for found in rows.values() for name in found.column_names}
    assert used == set(COLUMNS)
    assert not used & FREE_TEXT


def test_a_key_names_a_row_and_is_never_empty(rows):
    for name, found in rows.items():
        if key := BY_NAME[name].key:
            keys = list(zip(*(found[column].to_pylist() for column in key), strict=True))
            assert len(set(keys)) == len(keys), name
            assert not any(value is None for each in keys for value in each), name


def test_results_are_those_of_the_export(view, rows):
    """The same figures by the command that people know, whoever asks."""
    wanted = [
        row
        for framework in sorted(set(rows["results"]["framework"].to_pylist()))
        for row in results_table(view, Viewer("all", schools=None), framework).to_pylist()
    ]
    found = [{k: v for k, v in row.items() if k != "version"} for row in rows["results"].to_pylist()]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted)) and wanted


def test_a_hidden_row_tells_nothing(rows):
    hidden = rows["results"].filter(pa.compute.equal(rows["results"]["status"], "hidden"))
    keys = {"framework", "year", "school_id", "school", "criterion", "area", "status", "provenance", "version"}
    assert hidden.num_rows > 10
    assert all(hidden[name].null_count == hidden.num_rows for name in hidden.column_names if name not in keys)
    written = list(csv.DictReader(io.StringIO(written_csv(hidden).decode())))
    assert {row[name] for row in written for name in hidden.column_names if name not in keys} == {".."}


def test_a_row_of_few_tells_bands_and_says_what_cannot_be(rows):
    few = rows["results"].filter(pa.compute.equal(rows["results"]["status"], "few"))
    first = next(csv.DictReader(io.StringIO(written_csv(few).decode())))
    assert (first["n"], first["n_band"], first["median"]) == ("..", "5-9", "..")
    ok = rows["results"].filter(pa.compute.equal(rows["results"]["status"], "ok"))
    first = next(csv.DictReader(io.StringIO(written_csv(ok).decode())))
    assert (first["n_band"], first["mean_bound"], first["share_band"]) == (".", ".", ".")


def test_nobody_asks_the_world_who_it_is(view):
    assert WORLD.schools is None and city_table(view, "vebs-2022").num_rows


def test_a_round_that_is_held_back_is_in_no_table(view, rows):
    known = open_rounds(view)
    latest = max(known.open, key=lambda round_: round_[1])
    held = OpenRounds(known.open - {latest}, not_released=frozenset({latest}))
    framework, year = latest
    before = 0
    for table in TABLES:
        found = open_table(view, table, held)
        for one, other in (("framework", "year"), ("before_framework", "before_year")):
            if {one, other} <= set(found.column_names):
                before += latest in set(zip(*(rows[table.name][c].to_pylist() for c in (one, other)), strict=True))
                assert latest not in set(zip(*(found[c].to_pylist() for c in (one, other)), strict=True)), table.name
        if table.over_rounds:
            assert framework not in found["framework"].to_pylist(), f"{table.name} is made of the held-back round too"
        if table.by_year:
            assert year not in years_of(table, found)
    assert before >= 7, "the round was in the tables before"


def test_a_round_that_a_few_people_changed_is_held_back(few_copy):
    """Who has both tables would have those people's answers: the store marks such a round."""
    path = next(few_copy.glob("view-*.duckdb"))
    with duckdb.connect(str(path)) as connection:
        school, *round_ = connection.execute(
            "select school_id, framework, year from school_round order by year desc limit 1"
        ).fetchone()
        connection.execute("insert into near_copy values (?, ?, ?, 1)", [*round_, school])
    rounds = open_rounds(Store(few_copy).current())
    assert rounds.held_back == {tuple(round_)} and tuple(round_) not in rounds.open


def test_a_round_that_is_not_released_to_all_is_not_open(few_copy):
    """A release is no new version: it counts at once, and the folder says what is left out."""
    view = Store(few_copy).current()
    before = open_rounds(view)
    for to in (Audience.MANAGEMENT, Audience.PRINCIPALS):
        release(few_copy, "vebs-2022", 2025, to, "test")
        rounds = open_rounds(view)
        assert rounds.not_released == {("vebs-2022", 2025)} and rounds.open == before.open - rounds.not_released
        assert not open_table(view, BY_NAME["trends"], rounds)["framework"].to_pylist().count("vebs-2022")
    assert "2025" in closed_texts(rounds, words("sv"))[0]
    release(few_copy, "vebs-2022", 2025, Audience.ALL, "test")
    assert open_rounds(view) == before and not closed_texts(before, words("sv"))


def test_years_share_the_rows_out(rows):
    for name, found in rows.items():
        if years := years_of(BY_NAME[name], found):
            assert sum(rows_of_year(found, year).num_rows for year in years) == found.num_rows > 0


def test_rows_are_counted_without_being_asked_for(view, rows):
    held = OpenRounds(
        frozenset(list(sorted(open_rounds(view).open))[:-1]), frozenset(sorted(open_rounds(view).open)[-1:])
    )
    for rounds in (open_rounds(view), held):
        for table in TABLES:
            found = open_table(view, table, rounds)
            by_year = {year: rows_of_year(found, year).num_rows for year in years_of(table, found)}
            wanted = by_year if table.by_year else {None: found.num_rows} if found.num_rows else {}
            assert {year: n for year, n in counted(view, table, rounds).items() if n} == wanted, table.name


def test_values_are_written_so_that_programs_read_them():
    table = pa.table(
        {
            "school": ['Skolan "Ett", två\r\nrader', "=cmd()", "-", None],
            "difference": pa.array([0.1, -2.0, 1e-9, None]),
            "amount_sek": pa.array([Decimal("-579.00"), Decimal("0.00"), Decimal("12345678.90"), None]),
            "clear": [True, False, None, True],
            "day": [date(2026, 1, 31), None, None, None],
        }
    )
    raw = written_csv(table)
    assert raw.endswith(b"\r\n") and raw.count(b"\r\n") == 6 and b"\xef\xbb\xbf" not in raw
    assert raw.decode().splitlines()[1:3] == ['"Skolan ""Ett"", två', 'rader",0.1,-579.00,true,2026-01-31']
    rows = list(csv.reader(io.StringIO(raw.decode(), newline="")))
    assert rows[2] == ["'=cmd()", "-2.0", "0.00", "false", ".."], "the guard against formulas holds here too"
    assert rows[3] == ["-", "1e-09", "12345678.90", "..", ".."], "a dash alone is no formula"
    assert rows[4] == [".", "..", "..", "true", ".."]


def test_types_are_those_of_the_dictionary(rows):
    kinds = {
        ColumnType.STRING: pa.types.is_string,
        ColumnType.INTEGER: pa.types.is_int64,
        ColumnType.NUMBER: lambda kind: pa.types.is_float64(kind) or pa.types.is_decimal(kind),
        ColumnType.BOOLEAN: pa.types.is_boolean,
        ColumnType.DATE: pa.types.is_date32,
        ColumnType.YEAR: pa.types.is_int16,
    }
    for name, found in rows.items():
        for field in found.schema:
            assert kinds[COLUMNS[field.name].type](field.type), (name, field)
