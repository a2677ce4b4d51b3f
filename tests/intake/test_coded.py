"""Columns by their different words say what their texts say, and rows are told apart by them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.intake import coded
from analytics.intake.apart import combined, first_places, repeated
from analytics.intake.coded import TextColumns, changed, coded_at, texts_of, words_of
from analytics.intake.columns import ResolvedColumn
from analytics.intake.delimited import read_delimited
from analytics.intake.raw import RawTable
from analytics.intake.reading_process import ReadingProcess
from analytics.words.language import words

SAY = words("sv")
WORDS = st.lists(st.sampled_from(["", " ", "a", " a", "a ", "å", '"', "b", "'=1", "=1"]), max_size=40)


def column(texts):
    return pa.array(texts, pa.string())


@given(WORDS, st.integers(0, 5), st.integers(0, 50))
@settings(deadline=None, max_examples=100)
def test_a_column_by_its_words_has_its_texts(texts, start, length):
    kept = coded.coded(column(texts))
    columns = TextColumns([kept, column(texts)])
    assert columns[0].to_pylist() == columns[1].to_pylist() == columns[-1].to_pylist() == texts
    assert [one.to_pylist() for one in columns[:1]] == [texts] and len(columns) == 2
    assert set(words_of(kept).to_pylist()) == set(texts)
    part = coded_at(columns, 0).slice(start, length)
    assert part.to_pylist() == texts_of(part).to_pylist() == texts[start : start + length]


@given(WORDS)
@settings(deadline=None, max_examples=100)
def test_words_that_become_one_are_one(texts):
    kept = changed(coded.coded(column(texts)), pc.utf8_trim_whitespace)
    assert kept.to_pylist() == [text.strip() for text in texts]
    if isinstance(kept, pa.DictionaryArray):
        assert len(set(kept.dictionary.to_pylist())) == len(kept.dictionary)


def test_a_column_of_many_rows_and_few_words_is_kept_by_them_and_one_of_texts_as_it_is():
    few, many = column(["a", "b"] * 200), column([f"text {n}" for n in range(400)])
    assert isinstance(coded.coded(few), pa.DictionaryArray) and coded.coded(few).indices.type == pa.int8()
    assert coded.coded(many).equals(many)
    more = column([f"p{n}" for n in range(300)] * 3)
    assert coded.coded(more).indices.type == pa.int16() and coded.coded(more).to_pylist() == more.to_pylist()


@given(st.lists(WORDS, max_size=6), st.sampled_from([1, 3, 10_000]))
@settings(deadline=None, max_examples=100)
def test_a_column_that_comes_in_pieces_is_that_of_all_texts(pieces, sample):
    """Each piece has words of its own, in an order of its own."""
    kept, before = [], coded.SAMPLE
    try:
        coded.SAMPLE = sample
        kept = coded.coded_pieces([[column(texts), column(texts[::-1])] for texts in pieces], 2)
    finally:
        coded.SAMPLE = before
    assert kept[0].to_pylist() == [text for texts in pieces for text in texts]
    assert kept[1].to_pylist() == [text for texts in pieces for text in texts[::-1]]
    for one in kept:
        if isinstance(one, pa.DictionaryArray):
            one.validate(full=True)
            assert len(set(one.dictionary.to_pylist())) == len(one.dictionary)


RUNS = st.lists(st.tuples(st.sampled_from(["", "a", "å", "bb"]), st.sampled_from([1, 3, 9, 700])), max_size=9)


@given(RUNS, st.integers(0, 3))
@settings(deadline=None, max_examples=100)
def test_words_that_stand_in_runs_are_found_as_any(runs, start):
    """Where the first rows stand in runs and those after do not, and the other way about; of a part of a column too."""
    texts = column([word for word, times in runs for _ in range(times)]).slice(start)
    whole = pa.concat_arrays([texts, column(["a", "b"] * 300)])
    for each in (texts, texts[::-1], whole, whole[::-1]):
        found, places = coded._by_words(each)
        plain = each.dictionary_encode()
        assert found.equals(plain.dictionary)
        assert places.tolist() == plain.indices.to_pylist()


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b"])] * 2), max_size=30))
@settings(deadline=None, max_examples=50)
def test_rows_without_a_text_are_left_out_whichever_way_columns_are_kept(rows):
    columns = [column([row[place] for row in rows]) for place in range(2)]
    kept = RawTable(
        ["x", "y"], TextColumns(map(coded.coded, columns)), np.arange(1, len(rows) + 1)
    ).without_blank_rows()
    assert kept.rows.tolist() == [number for number, row in enumerate(rows, 1) if any(row)]
    assert list(zip(*(one.to_pylist() for one in kept.columns), strict=True)) == [row for row in rows if any(row)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-2, 2), st.sampled_from("xyzw")), max_size=60))
@settings(deadline=None, max_examples=100)
def test_rows_are_told_apart_as_their_values_are(rows):
    first, numbers, last = zip(*rows, strict=True) if rows else ((), (), ())
    arrays = pa.array(first, pa.string()), pa.array(numbers, pa.int16()), column(last).dictionary_encode()
    keys = combined(*arrays).tolist()
    assert len(set(keys)) == len(set(rows)) == len(set(zip(keys, rows, strict=True)))
    assert set(keys) == set(range(len(set(rows))))
    at = {}
    for place, row in enumerate(rows):
        at.setdefault(row, place)
    assert first_places(np.array(keys, dtype=np.int64)).tolist() == sorted(at.values())
    again = [(place, at[row]) for place, row in enumerate(rows) if at[row] != place]
    assert repeated(np.array(keys, dtype=np.int64)) == again


def test_two_words_for_one_value_have_one_code():
    found = ResolvedColumn(np.array([0, 1, 2, 1], dtype=np.int32), ["alfa", "beta", "alfa"]).words()
    assert found.to_pylist() == ["alfa", "beta", "alfa", "beta"]
    assert len(found.dictionary) == 2 and found.indices[0] == found.indices[2]


def test_a_file_whose_every_text_is_quoted_is_read_by_its_words_with_its_letters_and_blank_rows():
    lines = ['"skola";"nivå"', *['"Ålsäng ";"1"', '"";""', "Beta; 2"] * 50]
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        table = read_delimited("\r\n".join(lines).encode(encoding), SAY)
        assert table.headings == ["skola", "nivå"]
        assert [one.to_pylist() for one in table.columns] == [["Ålsäng", "Beta"] * 50, ["1", "2"] * 50]
        assert table.rows.tolist() == [n for n in range(1, 151) if n % 3 != 2]


@pytest.mark.parametrize("error", [PermissionError("too wide"), OSError("busy"), AttributeError("F_SETPIPE_SZ")])
def test_where_a_pipe_may_not_be_wider_files_are_read_all_the_same(monkeypatch, tmp_path, error):
    fcntl = pytest.importorskip("fcntl")

    def refused(*_):
        raise error

    (tmp_path / "a.csv").write_text("school;invited\nalfa;3\nalfa;4\n", "utf-8")
    monkeypatch.setattr(fcntl, "fcntl", refused)
    process = ReadingProcess()
    try:
        assert process.takes_up({"reads": "table", "suffix": ".csv", "sheet": None, "known": [], "language": "sv"})
        with (tmp_path / "a.csv").open("rb") as file:
            answer = process.read(file, SAY)
    finally:
        process.end()
    assert answer.said["headings"] == ["school", "invited"] and answer.said["rows"] == 2
    assert [texts_of(one).to_pylist() for one in answer.table.columns] == [["alfa", "alfa"], ["3", "4"]]
