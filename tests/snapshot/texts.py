"""Whatever the product gives as a text with many short lines: files by their endings, values as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
from pypdf import PdfReader
from python_calamine import load_workbook

CHANGING = (
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"), "<when the store was made>"),
    (re.compile(r'"created_at": ?"[^"]*"'), '"created_at": "<when the store was made>"'),
    (re.compile(r"\$\$ID-[0-9a-f]{32}[^\"\n]*"), "<id>"),  # of an element on a page: the script's name, a draft's turn
)
"""What is another each time, or each time that a module moves."""

STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
TOLD = ("word/document", "word/header", "word/footer", "word/footnotes", "ppt/slides/slide", "ppt/charts/chart")
"""Parts of a Word file and of slides that are told; of the others (styles, fonts, pictures) the hash alone."""


def text_of(value: object) -> str:
    """A value of JSON's kinds: a line an entry, a line a list of plain values, texts as they are."""
    return lined("\n".join(_lines(value)))


def _lines(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in sorted(value.items()):
                yield from _entry(f"{key}:", inner)
        case list() | tuple() if any(isinstance(inner, dict | list | tuple) for inner in value):
            for inner in value:
                yield from _entry("-", inner)
        case list() | tuple():
            yield "[" + " | ".join("\n".join(_lines(inner)) for inner in value) + "]"
        case str():
            yield f"“{value}”"
        case float() if value.is_integer():
            yield str(int(value))  # a picture starts at 0 or at 0.0
        case _:
            yield str(value)


def _entry(lead: str, value: object) -> Iterator[str]:
    """On the lead's own line where there is but one, else indented below."""
    lines = list(_lines(value))
    if len(lines) == 1:
        yield f"{lead} {lines[0]}"
        return
    yield lead
    yield from (f" {line}" for line in lines)


def lined(text: str) -> str:
    """The text without what changes by itself, a line a tag. Style sheets are told by their hash alone: every page has
    them."""
    text = STYLE.sub(lambda found: f"<style {hash_of(found[0])[:12]}>", text)
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return text.replace("><", ">\n<")


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def file_text(data: bytes, suffix: str) -> str:
    """What a file holds: texts as they are, cells of workbooks, the XML of a Word file and of slides, the pages' texts
    of a PDF; of what an archive holds the hashes alone."""
    match suffix:
        case ".xlsx":
            book = load_workbook(BytesIO(data))
            return text_of({name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names})
        case ".parquet":
            table = pq.read_table(BytesIO(data))
            about = {name.decode(): told.decode() for name, told in (table.schema.metadata or {}).items()}
            return f"{table.schema.remove_metadata()}\n{text_of(about)}\n{text_of(table.to_pylist())}"
        case ".pdf":
            return lined("\n--- page\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))
        case ".docx" | ".pptx":
            with ZipFile(BytesIO(data)) as parts:
                # docProps tells when the file was made.
                names = [name for name in sorted(parts.namelist()) if not name.startswith("docProps")]
                return "\n".join(f"--- {name}\n{_part(parts.read(name), name)}" for name in names)
        case ".zip":
            with ZipFile(BytesIO(data)) as files:
                texts = {name: file_text(files.read(name), Path(name).suffix) for name in files.namelist()}
            return text_of({name: hash_of(text) for name, text in texts.items()})
    return lined(data.decode().replace("\r\n", "\\r\n"))


def _part(data: bytes, name: str) -> str:
    if name.endswith(".xlsx"):  # the sheet of a slide's chart: its own parts tell when it was made
        return file_text(data, ".xlsx")
    return lined(data.decode()) if name.startswith(TOLD) and name.endswith(".xml") else sha256(data).hexdigest()
