"""CSV: which delimiter, which encoding, and the right number on every row, whatever blank lines and cells hold."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.intake import csv_text, delimited
from analytics.intake.csv_text import CsvText
from analytics.intake.delimited import read_delimited
from analytics.intake.plain_csv import DELIMITERS, read_plain
from analytics.intake.raw import RawTable, Unreadable
from tests.intake.making import SAY
from tests.sampling import examples

HEADINGS = ["school_id", "name", "note"]
# Whole words and everything that CSV has a meaning for.
CELLS = st.text(st.sampled_from("abå é0.\n;,\t\"'-"), max_size=6)
PLAIN_CELLS = st.text(st.sampled_from("abå é0.'-:"), max_size=6)


def written(records: list[list[str]], delimiter: str, end: str) -> str:
    """CSV as a program writes it; an empty record is a blank line."""
    out = io.StringIO(newline="")
    broken = any("\n" in cell for record in records for cell in record)
    quoting = csv.QUOTE_ALL if broken else csv.QUOTE_MINIMAL  # which forgets \n where lines end with \r
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    for record in (HEADINGS, *records):
        if record:
            writer.writerow(record)
        else:
            out.write(end)
    return out.getvalue()


def expected(records: list[list[str]]) -> list[tuple[int, list[str]]]:
    """(number, cells) of each row that holds something."""
    stripped = [(number, [cell.strip() for cell in record]) for number, record in enumerate(records, 1)]
    return [(number, record) for number, record in stripped if any(record)]


def content(table: RawTable) -> list[tuple[int, list[str]]]:
    columns = [column.to_pylist() for column in table.columns]
    return [(int(number), list(cells)) for number, cells in zip(table.rows, zip(*columns, strict=True), strict=True)]


records = st.lists(st.one_of(st.just([]), st.lists(CELLS, min_size=3, max_size=3)), max_size=8)
plain_records = st.lists(st.one_of(st.just([]), st.lists(PLAIN_CELLS, min_size=3, max_size=3)), max_size=8)
dialects = st.tuples(st.sampled_from(DELIMITERS), st.sampled_from(["\n", "\r\n", "\r"]))


@given(records, dialects)
@settings(deadline=None, max_examples=examples(150, 300))
def test_what_is_written_is_read_with_its_row(records, dialect):
    table = read_delimited(written(records, *dialect).encode(), SAY)
    assert table.headings == HEADINGS
    assert content(table) == expected(records)


@given(plain_records, dialects)
@settings(deadline=None, max_examples=examples(100, 200))
def test_both_ways_of_reading_agree(records, dialect):
    """Texts without quotation marks are read by a faster reader."""
    text = written(records, *dialect).replace('"', "")
    start = text.index(dialect[1]) + len(dialect[1])
    fast = read_plain(CsvText(text), start, dialect[0], HEADINGS)
    slow = delimited._read_carefully(text, start, dialect[0], HEADINGS, 3, SAY).without_blank_rows()
    if fast is not None:
        assert content(fast.without_blank_rows()) == content(slow)
    assert fast is not None or not expected(records)


quoted = st.lists(
    st.sampled_from(["a", '"', ";", "\n", "\r", " ", '""', 'b"', '";', '";"', '"\n', '\n"', ';"', "é"]), max_size=24
)


@given(
    st.one_of(quoted.map("".join), records.map(lambda made: written(made, ";", "\n"))),
    st.integers(2, 3),
    st.sampled_from([1, 1, 3]),
)
@settings(deadline=None, max_examples=examples(200, 20_000))
def test_nor_do_they_differ_over_any_quotation_marks(text, width, times):
    headings, text = HEADINGS[:width], "\n".join([text] * times)  # what comes again is read by its different words
    fast = read_plain(CsvText(text), 0, ";", headings)
    if fast is not None:
        slow = delimited._read_carefully(text, 0, ";", headings, width, SAY)
        assert content(fast.without_blank_rows()) == content(slow.without_blank_rows())


@pytest.mark.parametrize("cell", ["a", "", "a,b", "två\nrader", "=1+1"])
def test_what_programs_quote_is_read_fast_and_a_quotation_mark_within_with_care(cell):
    text = written([[cell, "b", "c"], ["d", "e", "f"]], ",", "\r\n").partition("\r\n")[2]
    assert content(read_plain(CsvText(text), 0, ",", HEADINGS)) == [(1, [cell, "b", "c"]), (2, ["d", "e", "f"])]
    for odd in (f'"a""b",{text}', f'"a"b,{text}', f'"{text}', f'a"b,{text}'):
        assert read_plain(CsvText(odd), 0, ",", HEADINGS) is None


@given(plain_records.filter(lambda records: len(expected(records)) > 1), st.data())
@settings(deadline=None, max_examples=100)
def test_rows_that_are_off_are_all_told_with_their_number(records, data):
    """Any rows made a cell longer or shorter are the rows complained about, and no others."""
    whole = [number for number, _ in expected(records)]
    wrong = data.draw(st.sets(st.sampled_from(whole[:-1]), min_size=1))
    for number in wrong:
        records[number - 1] = [*records[number - 1], "x"] if number % 2 else ["x", "y"]
    with pytest.raises(Unreadable) as refused:
        read_delimited(written(records, ";", "\n").encode(), SAY)
    assert [fault.row for fault in refused.value.faults] == sorted(wrong)


def read(text: str | bytes) -> list[tuple[int, list[str]]]:
    return content(read_delimited(text.encode() if isinstance(text, str) else text, SAY))


def refused(text: str | bytes) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(Unreadable) as error:
        read(text)
    return [(fault.row, fault.value, fault.problem) for fault in error.value.faults]


def test_a_line_break_in_a_cell_is_no_new_row():
    assert read('a,b\n"one\ntwo",x\n\n"three\r\nfour",y\n') == [(1, ["one\ntwo", "x"]), (3, ["three\r\nfour", "y"])]


def test_a_line_break_in_a_heading():
    assert read_delimited(b'skola;"A1\nRektor"\nalfa;3\n', SAY).headings == ["skola", "A1\nRektor"]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("skola;Läser, skriver, räknar;B\nalfa;3;4\nbeta;2;1\n", ["skola", "Läser, skriver, räknar", "B"]),
        ("skola\tLäser, skriver; räknar\nalfa\t3\n", ["skola", "Läser, skriver; räknar"]),
        ('skola,"a;b;c;d"\nalfa,3\n', ["skola", "a;b;c;d"]),
        ("a;b\n1,5;2,5\n", ["a", "b"]),
    ],
)
def test_separators_inside_cells_do_not_mislead(text, headings):
    assert read_delimited(text.encode(), SAY).headings == headings


def test_the_delimiter_that_excel_is_told():
    assert read("sep=;\r\na;b\r\n1;2\r\n") == [(1, ["1", "2"])]
    assert read('"sep=,"\na,b\n1,2\n') == [(1, ["1", "2"])]


def test_empty_cells_at_the_end_of_every_line():
    assert read("a;b;;\n1;2;;\n3;4;;\n5;6\n") == [(1, ["1", "2"]), (2, ["3", "4"]), (3, ["5", "6"])]
    assert refused("a;b;;\n1;2;;\n3;4;x;\n") == [(2, "x", "The row has cells to the right of the last heading.")]


def test_blank_lines_above_the_headings_do_not_count():
    assert read("\n;;\na;b\n1;2\n") == [(1, ["1", "2"])]


def test_too_many_and_too_few_cells():
    assert refused("a,b,c\n1,2,3\n1,2\n\n1,2,3,4\n") == [
        (2, "1,2", "The row has 2 cells, the headings 3."),
        (4, "1,2,3,4", "The row has 4 cells, the headings 3."),
    ]


def test_quotation_marks_out_of_place():
    assert refused('a,b\n1,2\n"x"y,2\n3,4\n"z"w,5\n') == [
        (2, None, "A quotation mark is out of place."),
        (4, None, "A quotation mark is out of place."),
    ]
    assert refused('a,b\n1,2\n3,"never closed\n4,5\n') == [(2, None, "A quotation mark is out of place.")]


def test_separators_of_a_record_are_counted_over_its_lines_and_not_within_its_quotation_marks(monkeypatch):
    wide = '"a\n"' + (',b,"\n"' * 9 + ",b" * 1_990) * 11 + "\n"
    with monkeypatch.context() as patched:  # which of its rows has the headings is not asked
        patched.setattr(delimited, "refuse_a_pivot", None)
        assert refused(wide) == [(None, None, "The file has more than 2,000 columns.")]
    never_closed = '"a,b,c\n' + "1,2,3\n" * 20_000
    assert refused(never_closed) == [(None, None, "A quotation mark is out of place.")]
    assert read('"a\n""b",c\n' + '"1,,2",3\n' * 30_000)[-1] == (30_000, ["1,,2", "3"])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"\xef\xbb\xbf \r\n\r\n", "The file is empty."),
        (b"\n\n;;;\n", "The file is empty."),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
            "This is not a table: the file is neither text nor a spreadsheet.",
        ),
        (b"%PDF-1.7\n\x81\x8d\x8f\n", "This is not a table: the file is neither text nor a spreadsheet."),
        (b"\xff\xfea\x00;", "This is not a table: the file is neither text nor a spreadsheet."),
        (b"\xef\xbb\xbfa;b\n\xe5;1\n", "This is not a table: the file is neither text nor a spreadsheet."),
        (
            b"Minutes of the meeting\nThose present were few.\n",
            "This is not a table: one column only, and no comma, semicolon or tab between cells.",
        ),
    ],
)
def test_no_table(data, problem):
    assert refused(data) == [(None, None, problem)]


def test_windows_1252_is_read_to_the_letter():
    """Every byte that the code page defines, dashes and quotation marks among them."""
    letters = "åäöÅÄÖéü–—”“’…€™"
    assert read(f"a;b\n{letters};1\n".encode("cp1252")) == [(1, [letters, "1"])]
    assert refused(b"a;b\n\x8d;1\n") == [
        (None, None, "This is not a table: the file is neither text nor a spreadsheet.")
    ]


def test_letters_in_two_parts_and_invisible_characters():
    """å as a and a ring, as a Mac writes it; zero-width spaces and marks of direction from a web page."""
    assert read("namn;o\nA\u030asa\u200b \u00ad;\u202aO\u0301d\u202c\ufeff\n") == [(1, ["Åsa", "Ód"])]


def test_a_very_long_cell_and_very_many_columns():
    long = "x" * 3_000_000
    assert read(f'a;b\n"{long}";1\n') == [(1, [long, "1"])]
    assert read(f"a;b\n{long};1\n") == [(1, [long, "1"])]
    table = read_delimited(
        (";".join(f"c{i}" for i in range(1000)) + "\n" + ";".join(["1"] * 1000) + "\n").encode(), SAY
    )
    assert len(table.columns) == 1000


ABOVE = ["", "sep=;\n", "sep=;" + ";" * 40 + "\n", "\n" * 40, "\r\n", "Skolor 2025\n\n", '"', "%PDF"]
LINES = ["a;b\n", "c;d\r\n", '"e";"f"\n', '"g\nh";i\n', "j;k;l\n", ";\n", '"', "m;n\r", "å;o\n"]


@given(st.sampled_from(ABOVE), st.lists(st.sampled_from(LINES)), st.integers(8, 60))
@settings(deadline=None, max_examples=examples(150, 20_000))
def test_a_text_of_which_the_start_is_looked_at_first_is_read_as_one_that_is_there_as_a_whole(above, lines, start):
    data = (above + "x;y\n" + "".join(lines)).encode()
    before, said = (csv_text.START, delimited.SAMPLE_LETTERS), []
    for csv_text.START in (before[0], start):
        delimited.SAMPLE_LETTERS = start // 2  # the delimiter is told from half of the start
        try:
            said.append(content(read_delimited(data, SAY)))
        except Unreadable as refused:
            said.append(refused.faults)
        finally:
            csv_text.START, delimited.SAMPLE_LETTERS = before
    assert said[0] == said[1]


def test_of_a_large_plain_file_no_text_is_made_as_a_whole(monkeypatch):
    data = b"a;b\n" + b'"1";x\n' * 20_000
    monkeypatch.setattr(csv_text, "START", 10_000)
    monkeypatch.setattr(csv_text.CsvText, "whole", None)
    assert len(read_delimited(data, SAY).rows) == 20_000
    text, _ = csv_text.text_of(data, SAY)
    assert text.goes_on and text.lines == text.after(3).lines == 20_001


def test_many_records_go_through_in_parts(monkeypatch):
    monkeypatch.setattr(delimited, "CHUNK", 3)
    body = "".join(f'"{i}",x\n' for i in range(10))
    table = read_delimited(f"a,b\n{body}".encode(), SAY)
    assert table.columns[0].to_pylist() == [str(i) for i in range(10)]
    assert np.array_equal(table.rows, np.arange(1, 11))
