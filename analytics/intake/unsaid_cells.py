"""What a workbook holds and calamine does not tell: error cells and formulas without a value, which it gives as empty;
and rows that are hidden.

Each format is asked in the cheapest way: XLSX by its text, ODS by an XML reader, XLSB by its records, XLS by xlrd.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from xml.etree import ElementTree
from xml.parsers import expat

import xlrd

from analytics.intake.cell_faults import UNSAVED
from analytics.intake.limits import MEGABYTE

Cells = dict[tuple[int, int], str]
"""By row and column, both from 0: what the cell is to be read as."""

CELL = re.compile(
    rb"<(?:\w+:)?c\b(?P<about>[^>]*?)(?<!/)>\s*(?:<(?:\w+:)?f\b[^>]*?(?:/>|>(?P<formula>[^<]*)</(?:\w+:)?f>))?"
    rb"\s*(?:<(?:\w+:)?v\s*(?:/>|>(?P<value>[^<]*)</(?:\w+:)?v>))?(?P<rest>\s*</(?:\w+:)?c>)?"
)
PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*\br=["'](\d{1,7})["']""")
SUSPECT = re.compile(rb"""\bt=["']e["']|<(?:\w+:)?f\b|\bhidden=""")
XLSB_ERRORS = {
    **{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"},
    0x2B: "#GETTING_DATA",
}
ROW, ERROR, FORMULA_ERROR = 0, 3, 11  # records of an XLSB sheet
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
MOST_UNSAID = 200_000  # cells that are put back; more are not told of a file anyway


@dataclass
class Unsaid:
    """Of one sheet. `hidden`: the rows, from 0. `merged`: of ODS, the first and last of cells over rows."""

    cells: Cells = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def unsaid(data: bytes, sheet: str, number: int) -> Unsaid:
    """What calamine does not tell of the sheet, the so-manyeth of the workbook; raises whatever the format's reader
    does where the workbook is damaged."""
    if not data.startswith(b"PK"):
        return _of_xls(data, sheet)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return _of_ods(archive, number)
        part = _part(archive, names, sheet, number)
        if part is None:
            return Unsaid()
        return _of_xlsb(archive.read(part)) if part.endswith(".bin") else _of_xlsx(archive, part)


def _part(archive: zipfile.ZipFile, names: set[str], sheet: str, number: int) -> str | None:
    """The archive's part that has the sheet's cells."""
    if "xl/workbook.bin" in names:
        parts = sorted((name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.bin", name)), key=_numbered)
        ids = dict(_bundled(archive.read("xl/workbook.bin")))
        targets = _targets(archive, names, "xl/_rels/workbook.bin.rels")
        return targets.get(ids.get(sheet, "")) or (parts[number] if number < len(parts) else None)
    book = next((name for name in names if re.fullmatch(r"xl/workbook\d*\.xml", name)), None)
    if book is None:
        return None
    targets = _targets(archive, names, book.replace("xl/", "xl/_rels/") + ".rels")
    for element in ElementTree.fromstring(archive.read(book)).iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            id_ = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            return targets.get(id_)
    return None


def _targets(archive: zipfile.ZipFile, names: set[str], relations: str) -> dict[str, str]:
    """By a relation's id, the part that it leads to."""
    if relations not in names:
        return {}
    found = {}
    for element in ElementTree.fromstring(archive.read(relations)).iter():
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in names:
            found[element.get("Id", "")] = path
    return found


def _numbered(name: str) -> int:
    return int("".join(filter(str.isdigit, name)))


def _of_xlsx(archive: zipfile.ZipFile, part: str) -> Unsaid:
    found = Unsaid()
    if not any(SUSPECT.search(piece) for piece in _pieces(archive, part)):
        return found
    for piece in _pieces(archive, part):
        found.hidden += (int(row) - 1 for row in HIDDEN_ROW.findall(piece))
        for cell in CELL.finditer(piece):
            text = _unsaid_text(cell)
            place = PLACE.search(cell["about"]) if text else None
            if text and place and len(found.cells) < MOST_UNSAID:
                found.cells[int(place[2]) - 1, _column(place[1])] = text
    return found


def _unsaid_text(cell: re.Match[bytes]) -> str:
    """What a cell that calamine gives as empty is to be read as; '' of all others. A formula whose value is an empty
    text has one that is saved."""
    type_ = TYPE.search(cell["about"])
    if type_ and type_[1] == b"e":
        return (cell["value"] or b"#N/A").decode("utf-8", "replace")
    formula = cell[0].find(b"<f") >= 0 or cell[0].find(b":f") >= 0
    if not formula or cell["rest"] is None or cell["value"]:
        return ""
    saved_empty = type_ and type_[1] == b"str" and re.search(rb"<(?:\w+:)?v\b", cell[0])
    return "" if saved_empty else f"{UNSAVED}={(cell['formula'] or b'').decode('utf-8', 'replace')}"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """What the part holds, some megabytes at a time, each piece with whole cells."""
    with archive.open(part) as content:
        end = b""
        while piece := content.read(MEGABYTE):
            whole, mark, end = (end + piece).rpartition(b"c>")
            if len(end) > 8 * MEGABYTE:
                end = b""  # no cell is as long: whatever this is, it is none
            yield whole + mark
        yield end


def _of_ods(archive: zipfile.ZipFile, number: int) -> Unsaid:
    """The table's cells by an XML reader that counts rows and columns, as those that are alike are written once."""
    found = Unsaid()
    with archive.open("content.xml") as content:
        suspect, end = False, b""
        while not suspect and (piece := content.read(MEGABYTE)):
            suspect = any(mark in end + piece for mark in (b'"error"', b":formula=", b"visibility=", b"rows-spanned="))
            end = piece[-20:]
    if not suspect:
        return found
    place = {"table": -1, "row": -1, "column": -1}

    def start(tag: str, about: dict[str, str]) -> None:
        if tag == f"{TABLE} table":
            place["table"] += 1
            place["row"] = -1
        elif place["table"] != number:
            return
        elif tag == f"{TABLE} table-row":
            rows = int(about.get(f"{TABLE} number-rows-repeated", 1))
            if about.get(f"{TABLE} visibility") in ("collapse", "filter") and rows < 10_000:
                found.hidden.extend(range(place["row"] + 1, place["row"] + 1 + rows))
            place["row"], place["column"] = place["row"] + rows, -1
        elif tag in (f"{TABLE} table-cell", f"{TABLE} covered-table-cell"):
            formula = about.get(f"{TABLE} formula")
            over = int(about.get(f"{TABLE} number-rows-spanned", 1))
            if over > 1:
                at = place["column"] + 1
                found.merged.append(((place["row"], at), (place["row"] + over - 1, at)))
            place["column"] += int(about.get(f"{TABLE} number-columns-repeated", 1))
            if about.get(f"{CALC} value-type") == "error":
                found.cells[place["row"], place["column"]] = "#N/A"
            elif formula is not None and not about.get(f"{OFFICE} value-type"):
                found.cells[place["row"], place["column"]] = UNSAVED + formula.partition(":")[2]

    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartElementHandler = start
    with archive.open("content.xml") as content:
        reader.ParseFile(content)
    return found


def _of_xlsb(part: bytes) -> Unsaid:
    found, row = Unsaid(), -1
    for kind, body in _records(part):
        if kind == ROW:
            row = int.from_bytes(body[:4], "little")
            if len(body) > 11 and body[11] & 0x10:  # fDyZero
                found.hidden.append(row)
        elif kind in (ERROR, FORMULA_ERROR) and len(body) > 8:
            found.cells[row, int.from_bytes(body[:4], "little")] = XLSB_ERRORS.get(body[8], "#N/A")
    return found


def _bundled(book: bytes) -> Iterator[tuple[str, str]]:
    """The sheets of an XLSB workbook: name, and the id of the relation that leads to it."""
    for kind, body in _records(book):
        if kind == 156:
            length = int.from_bytes(body[8:12], "little")
            id_ = body[12 : 12 + 2 * length].decode("utf-16-le", "replace")
            name = body[16 + 2 * length :]
            yield name.decode("utf-16-le", "replace"), id_


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a binary part: kind and length are written seven bits a byte, the lowest first."""
    at = 0
    while at < len(part):
        kind, at = _seven_bits(part, at, 2)
        length, at = _seven_bits(part, at, 4)
        yield kind, part[at : at + length]
        at += length


def _seven_bits(part: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for i in range(most):
        byte = part[at] if at < len(part) else 0
        at += 1
        value |= (byte & 0x7F) << 7 * i
        if not byte & 0x80:
            break
    return value, at


def _of_xls(data: bytes, sheet: str) -> Unsaid:
    found = Unsaid()
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=StringIO())
    own = book.sheet_by_name(sheet)
    for row in range(own.nrows):
        for column, kind in enumerate(own.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                code = int(own.cell_value(row, column))
                found.cells[row, column] = xlrd.error_text_from_code.get(code, "#N/A")
    found.hidden += sorted(row for row, about in own.rowinfo_map.items() if about.hidden)
    return found
