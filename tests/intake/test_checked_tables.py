"""Checked rows of several files in one table: what each said, by as short codes as there are words."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.intake import waiting
from analytics.intake.checked_tables import narrowed, together
from analytics.intake.files import ReadingOptions, take_in
from analytics.intake.waiting import WaitingTables
from tests.intake.making import SAY, SCHOOLS, framework

PARTS = st.lists(st.lists(st.sampled_from([None, "", "a", "å", "b"]), min_size=1, max_size=9), min_size=1, max_size=4)


def part(words: list[str | None]) -> pa.Table:
    columns = [pa.array(words, pa.string()).dictionary_encode(), pa.array(range(len(words)), pa.int64())]
    return pa.Table.from_arrays(
        [*columns, pa.array([2025] * len(words), pa.int16())], names=["school_id", "row", "year"]
    )


@given(PARTS)
@settings(deadline=None, max_examples=50)
def test_parts_are_one_table_with_a_code_a_word(said):
    parts = [part(words) for words in said]
    rows = [row for one in parts for row in one.to_pylist()]
    split = pa.concat_tables([parts[0].slice(0, 1), parts[0].slice(1), *parts[1:]])
    waiting_parts = [narrowed(one) for one in parts]
    for whole in (together(waiting_parts), narrowed(split)):
        assert whole.to_pylist() == rows
        column = whole["school_id"].chunk(0)
        assert len(set(column.dictionary.to_pylist())) == len(column.dictionary)
    assert not waiting_parts  # nobody else holds what they held


@pytest.mark.parametrize("words", [100, 127, 128, 40_000])
def test_codes_are_as_short_as_the_words_are_few(words):
    halves = [part([f"s{n}" for n in range(start, words, 2)]) for start in (0, 1)]
    column = together([narrowed(half) for half in halves])["school_id"].chunk(0)
    assert column.type.index_type.bit_width == (8 if words <= 127 else 16 if words <= 32_767 else 32)
    assert column.to_pylist() == [f"s{n}" for start in (0, 1) for n in range(start, words, 2)]


def test_files_that_wait_are_checked_as_those_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "MANY", 1)
    files = []
    for year in (2021, 2022, 2023):
        lines = [f"prov-2020,{year},alfa,p{n},{criterion},{n % 4 + 1}" for n in range(9) for criterion in ("A1", "A2")]
        lines += ["prov-2020,2023,nowhere,p1,A1,5"] if year == 2023 else []
        path = tmp_path / f"answers-{year}.csv"
        path.write_text("\n".join(["framework,year,school,respondent,criterion,level", *lines]) + "\n", "utf-8")
        files.append(path)
    kept, waited = (
        take_in(files, [framework(tmp_path)], SCHOOLS, ReadingOptions(), SAY, waiting=where)
        for where in (None, WaitingTables(tmp_path))
    )
    assert kept.problems == waited.problems and kept.problems
    assert kept.answers.to_pylist() == waited.answers.to_pylist() and kept.reports == waited.reports
