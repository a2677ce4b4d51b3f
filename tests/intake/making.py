"""Small files for tests: tables written inline, in every format that intake reads."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from analytics.intake.files import Intake, ReadingOptions, take_in
from analytics.intake.frameworks import read_framework
from analytics.intake.kinds import known_headings
from analytics.intake.parsing import parsed
from analytics.intake.raw import Unreadable
from analytics.intake.readers import checked_table
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.words.language import words

SAY = words("en")
Rows = Sequence[Sequence[str]]

PROV = """
id = "prov-2020"
title = { sv = "Prov", en = "Trial" }
issuer = "Provkommunen"
valid_from = 2020
valid_to = 2024
[scale]
min = 1
max = 4
labels = { sv = ["Påbörjad", "Aktiverad", "Trygg", "Välutvecklad"], en = ["Started", "Active", "Safe", "Developed"] }
[goal]
level = 3
[[area]]
id = "ledning"
title = { sv = "Ledning", en = "Leadership" }
[[area.criterion]]
id = "A1"
title = { sv = "Rektor följer upp", en = "The head follows up" }
[[area.criterion]]
id = "A2"
title = { sv = "Planen har mål", en = "The plan has goals" }
[[area]]
id = "undervisning"
title = { sv = "Undervisning", en = "Teaching" }
[[area.criterion]]
id = "B1"
title = { sv = "Eleverna läser, skriver och räknar", en = "Pupils read, write and count" }
"""

SCHOOLS = (
    School("alfa", "Alfaskolan", "10000001"),
    School("beta", "Betaskolan", "10000002"),
    School("strand", "Ängsstrandskolan", aliases=("Strandens skola",)),
)


def rows(text: str) -> list[list[str]]:
    """`a | b` a line -> the cells; blank lines are left out."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]


def framework(folder: Path, text: str = PROV) -> Framework:
    """The framework in a TOML text."""
    return read_framework(save(folder / "framework.toml", text), SAY)[0]


def take(folder: Path, *files: Path, schools: Sequence[School] = SCHOOLS, **said: object) -> Intake:
    """What intake makes of files, in a city that knows prov-2020 and three schools."""
    return take_in(files, [framework(folder)], schools, ReadingOptions(**said), SAY)


def take_table(folder: Path, text: str, **said: object) -> Intake:
    """The same for a table written inline."""
    return take(folder, save(folder / "file.csv", csv_bytes(rows(text))), **said)


def refusals(intake: Intake) -> list[tuple[int | None, str | None, str | None, str]]:
    """(row, column, value, problem) of everything that is wrong."""
    return [(p.row, p.column, p.value, p.problem) for p in intake.problems]


def csv_bytes(table: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    return out.getvalue().encode(encoding)


def xlsx_bytes(table: Rows, sheet: str = "Blad1", *, sheets_before: Sequence[str] = (), rows_above: int = 0) -> bytes:
    """A workbook as a person types it: what looks like a number is one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": True}) as book:
        for name in sheets_before:
            book.add_worksheet(name).write(0, 0, "nothing here")
        worksheet = book.add_worksheet(sheet)
        for r, row in enumerate(table):
            worksheet.write_row(r + rows_above, 0, row)
    return out.getvalue()


def ods_bytes(table: Rows, sheet: str = "Blad1") -> bytes:
    """An OpenDocument spreadsheet with the least that makes it one."""

    def cell(text: str) -> str:
        if not text:
            return "<table:table-cell/>"
        if text.isdigit():
            return f'<table:table-cell office:value-type="float" office:value="{text}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in table)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="{sheet}">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{type_}"/>'
        for path, type_ in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f"{files}</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def parquet_bytes(table: Rows) -> bytes:
    """Columns with types: whole numbers as doubles where cells are missing, else as integers; the rest as text."""
    columns = {}
    for heading, *cells in zip(*table, strict=True):
        filled = [cell for cell in cells if cell]
        if filled and all(cell.isdigit() for cell in filled):
            kind = pa.int64() if len(filled) == len(cells) else pa.float64()
            columns[heading] = pa.array([float(cell) if cell else None for cell in cells]).cast(kind)
        else:
            columns[heading] = pa.array([cell or None for cell in cells], pa.string())
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def save(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def take_bytes(name: str, data: bytes, frameworks: Sequence[Framework], **said: object) -> Intake:
    """What intake makes of a file's bytes, parsed here and not by a process of their own: for very many files."""
    known = known_headings(frameworks, SAY)
    try:
        raw = parsed(Path(name).suffix, data, None, SAY, known)
    except Unreadable as error:
        return Intake(problems=error.refused(name).problems)
    table = checked_table(Path(name), raw, hashlib.sha256(data).hexdigest(), SAY)
    return take_in([table], frameworks, SCHOOLS, ReadingOptions(**said), SAY)
