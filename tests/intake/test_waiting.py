"""Tables that wait on disk are what they were, take no memory, and leave nothing behind."""

import errno
import os
import tempfile

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.intake import coded, waiting
from analytics.intake.coded import TextColumns, coded_columns, same_in_all, texts_of, with_own_words, words_of
from analytics.intake.readers import TextTable
from analytics.intake.waiting import WaitingTables
from analytics.store.writing import StoreUnwritable

TEXTS = st.lists(st.sampled_from(["", "a", "å", "en lång text", "1"]), min_size=1, max_size=30)


def table(*columns: coded.Coded) -> TextTable:
    rows = np.arange(3, 3 + len(columns[0]))
    return TextTable("fil.csv", "0" * 64, tuple("abc"[: len(columns)]), TextColumns(columns), rows, notes=("en not",))


def texts(one: TextTable) -> list[list[str]]:
    return [column.to_pylist() for column in one.columns]


@pytest.fixture
def all_wait(monkeypatch):
    monkeypatch.setattr(waiting, "MANY", 1)


@given(TEXTS, st.integers(0, 29))
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_waits_is_what_it_was(tmp_path, all_wait, cells, start):
    plain = pa.array(cells, pa.string())
    own = table(plain.dictionary_encode(), plain, same_in_all("x", len(cells)))
    parts = [
        TextTable(
            own.file, own.sha256, own.headings, TextColumns(c.slice(*at) for c in coded_columns(own.columns)),
            own.rows[at[0] : at[0] + at[1]],
        )
        for at in ((0, start), (start, len(cells)))
    ]  # fmt: skip
    tables = WaitingTables(tmp_path)
    whole, (first, last) = tables.put(own), tables.put_parts(len(cells), parts)
    assert texts(whole) == texts(own) and whole.rows.tolist() == own.rows.tolist()
    assert (whole.file, whole.headings, whole.notes) == (own.file, own.headings, own.notes)
    tables.let_go()
    assert [a + b for a, b in zip(texts(first), texts(last), strict=True)] == texts(whole.as_kept()) == texts(own)
    assert [*first.rows, *last.rows] == own.rows.tolist()


@given(TEXTS, st.integers(0, 29), st.integers(0, 30))
@settings(deadline=None, max_examples=50)
def test_a_part_has_its_own_words_alone(cells, start, length):
    part = pa.array(cells, pa.string()).dictionary_encode().slice(start, length)
    own = with_own_words(part)
    assert texts_of(own).to_pylist() == cells[start : start + length]
    assert sorted(words_of(own).to_pylist()) == sorted(set(cells[start : start + length]))
    plain = pa.array(cells, pa.string())
    assert with_own_words(plain) is plain


def test_a_small_table_stays_where_it_is(tmp_path):
    own = table(pa.array(["a"]))
    assert WaitingTables(tmp_path).put(own) is own


def test_no_memory_is_held_and_no_file_is_seen(tmp_path, monkeypatch):
    rows = waiting.MANY
    before = pa.total_allocated_bytes()
    own = table(pa.array(np.char.add("person ", np.arange(rows).astype(str))), same_in_all("x", rows))
    taken = pa.total_allocated_bytes() - before
    assert taken > 10 * rows
    waits = WaitingTables(tmp_path).put(own)
    del own
    assert pa.total_allocated_bytes() - before < taken / 10
    assert waits.column("a")[rows - 1].as_py() == f"person {rows - 1}"
    assert list(tmp_path.iterdir()) == [] or os.name == "nt"


def test_a_full_disk_is_told(tmp_path, all_wait, monkeypatch):
    def full(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(StoreUnwritable, match="No space left"):
        WaitingTables(tmp_path).put(table(pa.array(["a"])))


def test_where_the_folder_may_not_be_written_the_systems_is_used(tmp_path, all_wait, monkeypatch):
    asked = []
    file = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda dir: asked.append(dir) or file(dir=dir))
    WaitingTables(tmp_path / "not there").put(table(pa.array(["a"])))
    WaitingTables(tmp_path).put(table(pa.array(["a"])))
    assert asked == [None, tmp_path]
