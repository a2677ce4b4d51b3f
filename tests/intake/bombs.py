"""Files of a few bytes that take gigabytes or hours where nobody stops them, and what becomes of them.

`python -m tests.intake.bombs FILE...` reads each in a process that is small itself, and prints a line of JSON for each:
what was refused, and what it took.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.intake.making import ods_bytes, rows, xlsx_bytes
from tests.sampling import NIGHTLY

TABLE = rows("school_id | name\nett | Ettan")
FAR = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 2**20


def changed(workbook: bytes, changes: dict[str, Callable[[str], str]], renamed: dict[str, str] | None = None) -> bytes:
    """The workbook with other texts in some of its parts, and other names for them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = changes[name](text) if name in changes else text
            new.writestr((renamed or {}).get(name, name), text)
    return out.getvalue()


def with_rows(more: str, **how: dict[str, str]) -> bytes:
    """A workbook of one small table with these rows of XML below it."""
    return changed(xlsx_bytes(TABLE), {SHEET: lambda text: text.replace("</sheetData>", more + "</sheetData>")}, **how)


def elsewhere() -> bytes:
    """A workbook whose sheet, which has a cell far away, lies in another folder than sheets do."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    changes = {
        SHEET: lambda text: text.replace("</sheetData>", far),
        "xl/_rels/workbook.xml.rels": lambda text: text.replace("worksheets/sheet1.xml", "there/one.xml"),
        "[Content_Types].xml": lambda text: text.replace("worksheets/sheet1.xml", "there/one.xml"),
    }
    return changed(xlsx_bytes(TABLE), changes, {SHEET: "xl/there/one.xml"})


def repeated_sheet(megabytes: int, told: int | None = None) -> bytes:
    """A workbook whose sheet is one megabyte of rows, packed once and repeated; `told`: the size that the archive says
    it has."""
    book = xlsx_bytes(TABLE)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        start, end = archive.read(SHEET).split(b"</sheetData>")
        others = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    row = b"<row><c><v>1</v></c><c><v>1</v></c></row>"
    parts = [start, row * (MEGABYTE // len(row)), b"</sheetData>" + end]
    packer = zlib.compressobj(9, wbits=-15)
    packed = [packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH) for part in parts[:2]]
    packed.append(packer.compress(parts[2]) + packer.flush())
    check = zlib.crc32(parts[0])
    for _ in range(megabytes):
        check = zlib.crc32(parts[1], check)
    check = zlib.crc32(parts[2], check)
    data = packed[0] + packed[1] * megabytes + packed[2]
    size = told or len(parts[0]) + len(parts[1]) * megabytes + len(parts[2])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in others.items():
            archive.writestr(name, content)
        at, name = out.tell(), SHEET.encode()
        about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, check, len(data), size, len(name), 0)
        out.write(b"PK\x03\x04" + about + name + data)
        info = zipfile.ZipInfo(SHEET)
        info.compress_type, info.CRC, info.compress_size, info.file_size = zipfile.ZIP_DEFLATED, check, len(data), size
        info.header_offset, archive.start_dir, archive._didModify = at, out.tell(), True
        archive.filelist.append(info)
        archive.NameToInfo[SHEET] = info
    return out.getvalue()


def shared_texts(letters: int, cells: int) -> bytes:
    """A workbook of which many cells share one very long text."""
    return changed(
        xlsx_bytes(TABLE),
        {
            "xl/sharedStrings.xml": lambda text: text.replace("Ettan", "a" * letters),
            SHEET: lambda text: text.replace(
                "</sheetData>", '<row><c t="s"><v>3</v></c></row>' * cells + "</sheetData>"
            ),
        },
    )


def ods_with(old: str, new: str) -> bytes:
    return changed(ods_bytes(TABLE), {"content.xml": lambda text: text.replace(old, new)})


def entities(head: str) -> str:
    """Nine levels of ten times the level below."""
    levels = ['<!ENTITY a0 "lololololo">'] + [f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)]
    return head + f"<!DOCTYPE x [{''.join(levels)}]>"


def parquet(columns: dict[str, pa.Array], times: int = 1) -> bytes:
    out, table = io.BytesIO(), pa.table(columns)
    pq.write_table(pa.concat_tables([table] * times), out, compression="zstd", row_group_size=10_000_000)
    return out.getvalue()


def long_parquet(letters: int, count: int) -> bytes:
    """Rows that all hold the same very long text, which Parquet keeps once."""
    word = pa.DictionaryArray.from_arrays(pa.array([0] * 1000, pa.int32()), pa.array(["a" * letters]))
    return parquet({"school_id": word, "name": word}, count // 1000)


def old_excel() -> bytes:
    """A compound file whose tables of sectors are said to be as long as can be."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    numbers = struct.pack("<IIIIIIIII", 0, 0x7FFFFFFF, 1, 0, 4096, 2, 0x7FFFFFFF, 0, 0x7FFFFFFF)
    return (head + numbers + struct.pack("<109I", *range(109))).ljust(512, b"\0") + b"\0" * 4096


def archive_of(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def overlapping(count: int) -> bytes:
    """An archive with many names for one part of 60 MB of blanks."""
    whole = bytearray(archive_of("xl/worksheets/a.xml", b" " * 60 * MEGABYTE))
    start = whole.index(b"PK\x01\x02")
    entry = bytes(whole[start : whole.index(b"PK\x05\x06")])
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(entry) * count, start, 0)
    return bytes(whole[:start]) + entry * count + b"PK\x05\x06" + end


FAR_CELL = '<row r = "1048576"><c {}><v>1</v></c></row>'

BOMBS: dict[str, Callable[[], bytes]] = {
    "blanks_around_the_sign.xlsx": lambda: with_rows(FAR_CELL.format('r = "XFD1048576"')),
    "small_letters.xlsx": lambda: with_rows(FAR_CELL.format('r="xfd1048576"')),
    "entity_in_a_reference.xlsx": lambda: with_rows(FAR_CELL.format('r="&#88;FD1048576"')),
    "another_folder.xlsx": elsewhere,
    "no_reference.xlsx": lambda: with_rows(
        '<row r="4294967295"><c r="XFD1"/><c><v>1</v></c></row>' + "<row><c/></row>"
    ),
    "past_the_last.xlsx": lambda: with_rows('<row><c r="ZZZZZZZ99999999999"><v>1</v></c></row>'),
    "far_and_plain.xlsx": lambda: with_rows('<row><c r="XFD1048576"><v>1</v></c></row>'),
    "shared_texts.xlsx": lambda: shared_texts(8 * MEGABYTE, 100_000),
    "entities.xlsx": lambda: changed(
        xlsx_bytes(TABLE), {"xl/sharedStrings.xml": lambda text: entities("") + text.replace("Ettan", "&a9;")}
    ),
    "sheet_of_900_mb.xlsx": lambda: repeated_sheet(900),
    "book_in_a_book.xlsx": lambda: archive_of("a.xlsx", archive_of("a.xlsx", xlsx_bytes(TABLE))),
    "many_names_for_one.xlsx": lambda: overlapping(1000),
    "half_a_letter.xlsx": lambda: with_rows('<row><c t="inlineStr"><is><t>&#xD800;</t></is></c></row>'),
    "macros.xlsm": lambda: with_rows(FAR_CELL.format('r = "XFD1048576"')),
    "old.xls": old_excel,
    "binary.xlsb": lambda: archive_of("xl/workbook.bin", b"\x83\x01\xff\xff\xff\x7f" + b"\xff" * 1000),
    "repeated_cells.ods": lambda: ods_with(
        "<table:table-cell office", '<table:table-cell table:number-columns-repeated="1000000000" office'
    ),
    "repeated_blanks.ods": lambda: ods_with("Ettan", '<text:s text:c="4000000000"/>'),
    "entities.ods": lambda: changed(ods_bytes(TABLE), {"content.xml": lambda t: _with_entities(t)}),
    "nested.ods": lambda: ods_with("Ettan", "<text:span>" * 300_000 + "</text:span>" * 300_000),
    "many_rows.parquet": lambda: parquet({"school_id": pa.array(["a"] * 10_000)}, 2000 if NIGHTLY else 501),
    "long_texts.parquet": lambda: long_parquet(MEGABYTE, 1_000_000),
    "many_columns.parquet": lambda: parquet({f"c{i}": pa.array([1]) for i in range(100_000 if NIGHTLY else 2_001)}),
    "no_end.parquet": lambda: b"PAR1" + b"\xff" * 100 + struct.pack("<I", 0x7FFFFFF0) + b"PAR1",
    "many_columns.csv": lambda: b"a," * 1_000_000 + b"a\n" + b"1," * 1_000_000 + b"1\n",
    "few_too_many_columns.csv": lambda: b",".join(b"c%d" % i for i in range(2_001)) + b"\n" + b"1," * 2_000 + b"1\n",
    "wide_in_quotes.csv": lambda: b'"a\n"' + b",b" * 19_000 + (b',"\n"' + b",b" * 19_000) * 200 + b"\n",
    "commas.csv": lambda: b"a,b\n" + b"," * MEGABYTE,
    "lines.csv": lambda: b"school_id,name\n" + b"\n" * (100_000_000 if NIGHTLY else 6_000_000),
    "returns.csv": lambda: b"school_id,name\n" + b"\r" * 6_000_000,
    "no_end_of_quotes.csv": lambda: b'school_id,name\n"' + b"a,\n" * 1_000_000,
    "one_line.csv": lambda: b"a" * 20_000_000,
    "nul.csv": lambda: b"school_id,name\nett,Et\x00tan\n",
    "half_a_letter.csv": lambda: b"\xff\xfe" + "school_id,name\nett,".encode("utf-16-le") + b"\x00\xd8\x0a\x00",
    "packed.csv": lambda: gzip.compress(gzip.compress(b"school_id,name\n" * 1_000_000)),
    "nested.json": lambda: b"[" * 1_000_000,
    "long_key.json": lambda: b'[{"' + b"a" * 20_000_000 + b'": 1}]',
    "nested.csv": lambda: b'{"a":' * 1_000_000,
    "deep_lists.toml": lambda: b"a = " + b"[" * 1_000_000,
    "deep_braces.toml": lambda: b"a = " + b"{a = " * 100_000,
    "comment.toml": lambda: b"#" * 200_000_000,
    "many_keys.toml": lambda: b"".join(b"a%d = 1\n" % i for i in range(20_000)),
    "long_number.toml": lambda: b"id = 0x" + b"f" * 6_000 + b"\n",
    "longer_number.toml": lambda: b"[goal]\nlevel = 0x" + b"f" * 1_000_000 + b"\n",
    "decimal_number.toml": lambda: b"valid_from = 1" + b"0" * 100_000 + b"\n",
    "half_a_letter.toml": lambda: b'id = "\\ud800"\n',
}
if NIGHTLY:
    BOMBS |= {
        "deep_keys.toml": lambda: b".".join([b"a"] * 100_000) + b" = 1\n",
        "short_rows.csv": lambda: b"school_id,name\n" + b"a\n" * 150_000,
        "quotes.csv": lambda: b"school_id,name\n" + b'"a"a,b\n' * 150_000,
        "deep_tables.toml": lambda: b"[" + b".".join([b"a"] * 100_000) + b"]\n",
        "repeated_rows.ods": lambda: ods_with(
            "<table:table-row>", '<table:table-row table:number-rows-repeated="4000000000">'
        ),
        "sheet_that_lies.xlsx": lambda: repeated_sheet(900, told=1000),
        "sheet_of_400_mb.xlsx": lambda: repeated_sheet(400),
    }


def _with_entities(text: str) -> str:
    head, rest = text.split("?>", 1)
    return entities(head + "?>") + rest.replace("Ettan", "&a9;")


def main() -> None:
    import resource

    from analytics.intake.files import ReadingOptions, take_in
    from analytics.intake.guard import processes
    from analytics.words.language import words

    def own_peak() -> int:
        (told,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
        return int(told.split()[1]) // 1024

    def peak_of_readers() -> int:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024

    def seconds() -> float:
        used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in used)

    before = own_peak()
    for path in map(Path, sys.argv[1:]):
        start, clock = seconds(), time.perf_counter()
        intake = take_in([path], (), (), ReadingOptions(), words("en"))
        if NIGHTLY:  # each with a reader of its own, so that what it took is told
            processes().end()
        told = [(p.file, p.row, p.problem, p.hint) for p in (*intake.problems[:1], *intake.problems[-1:])]
        print(
            json.dumps(
                {
                    "name": path.name,
                    "faults": len(intake.problems),
                    "first": told[0] if told else None,
                    "last": told[-1] if told else None,
                    "seconds": round(seconds() - start, 2),
                    "clock": round(time.perf_counter() - clock, 2),
                    "peak_of_readers": peak_of_readers(),
                    "growth": own_peak() - before,
                }
            ),
            flush=True,
        )
        del intake  # or it stands beside the next one
    processes().end()
    print(json.dumps({"peak_of_readers": peak_of_readers(), "growth": own_peak() - before}))


if __name__ == "__main__":
    main()
