"""A small workbook in Excel's binary format, with the least that makes it one: no tool at hand writes them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

ERRORS = {"#N/A": 0x2A, "#DIV/0!": 0x07, "#REF!": 0x17}
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}"
 Target="{target}"/></Relationships>"""


def xlsb_bytes(table: Sequence[Sequence[str]], sheet: str = "Blad1") -> bytes:
    """Whole numbers as numbers, errors as errors, the rest as texts in their cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(what="officeDocument", target="xl/workbook.bin"))
        archive.writestr(
            "xl/_rels/workbook.bin.rels", RELATIONS.format(what="worksheet", target="worksheets/sheet1.bin")
        )
        bundled = struct.pack("<II", 0, 1) + _text("rId1") + _text(sheet)
        archive.writestr(
            "xl/workbook.bin", b"".join((_record(131), _record(143), _record(156, bundled), _record(144), _record(132)))
        )
        archive.writestr("xl/worksheets/sheet1.bin", _sheet(table))
    return out.getvalue()


def _sheet(table: Sequence[Sequence[str]]) -> bytes:
    size = struct.pack("<IIII", 0, max(0, len(table) - 1), 0, max(map(len, table)) - 1)
    records = [_record(129), _record(148, size), _record(145)]
    for r, row in enumerate(table):
        records.append(_record(0, struct.pack("<IIH", r, 0, 300) + bytes(7)))
        for c, cell in enumerate(row):
            place = struct.pack("<II", c, 0)
            if cell in ERRORS:
                records.append(_record(3, place + bytes([ERRORS[cell]])))
            elif cell.isdigit():
                records.append(_record(5, place + struct.pack("<d", float(cell))))
            elif cell:
                records.append(_record(6, place + _text(cell)))
    return b"".join([*records, _record(146), _record(130)])


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, body: bytes = b"") -> bytes:
    return _seven_bits(kind) + _seven_bits(len(body)) + body


def _seven_bits(value: int) -> bytes:
    parts = []
    while True:
        value, part = value >> 7, value & 0x7F
        parts.append(part | (0x80 if value else 0))
        if not value:
            return bytes(parts)
