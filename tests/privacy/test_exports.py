"""Two cities that differ in what is hidden alone give the same files, in every format, to the last part of each."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from pypdf import PdfReader

from tests.pages.attacked_city import FRAMEWORK, HIDDEN, load_city
from tests.pages.test_attacker import contents
from tests.sampling import at_night
from tests.store.making import kvalitet

YEAR, SCHOOLS = 2022, ("s1", "s3", "s5")  # of s3 and s5 cells are hidden in that year
OF_THE_MAKING = re.compile(rb"D[:]\d{14}[^)]*|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+\d\d:?\d\d)?")
DIGESTS = "manifest-sha256.txt"  # of files that say when they were made


@at_night
def test_no_file_tells_two_contents_of_the_hidden_cells_apart(tmp_path):
    first, again, other = (
        dict(given_out(load_city(told, folder(tmp_path / name)), tmp_path / name / "out"))
        for name, told in (("first", HIDDEN), ("again", HIDDEN), ("other", contents(33)))
    )
    assert len(first) > 200 and first.keys() == again.keys() == other.keys()
    assert [name for name in first if first[name] != again[name]] == [], "made of the same they are the same"
    assert [name for name in first if first[name] != other[name]] == []


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def given_out(store: Path, out: Path) -> Iterator[tuple[str, bytes]]:
    """All that the command gives of a store, part by part, but for when it was made."""
    out.mkdir()
    of_framework = ("--framework", FRAMEWORK.id)
    asked: list[tuple[object, ...]] = [
        (what, *of_framework, "--with-version", "--out", out / f"{what}{suffix}")
        for what in ("results", "city", "trends")
        for suffix in (".csv", ".xlsx", ".parquet", ".json")
    ]
    for suffix in (".pdf", ".docx", ".json"):
        asked.append(("followup", *of_framework, "--year", YEAR, "--out", out / f"followup{suffix}"))
        asked += [
            ("brief", *of_framework, "--school", school, "--year", YEAR, "--out", out / f"{school}{suffix}")
            for school in SCHOOLS
        ]
    asked += [("archive", "--year", YEAR, "--out", out / "archive.zip"), ("opendata", "--out", out / "open")]
    assert [words for words in asked if kvalitet("--store", store, "export", *words)] == []
    for path in sorted(out.rglob("*")):
        if path.is_file():
            name = path.relative_to(out).as_posix()
            found = tables(path) if path.suffix == ".duckdb" else parts(name, path.read_bytes())
            yield from ((part, OF_THE_MAKING.sub(b"", held)) for part, held in found)


def tables(path: Path) -> Iterator[tuple[str, bytes]]:
    """A database's, with their rows in the order they lie in."""
    with duckdb.connect(str(path), read_only=True) as connection:
        for (table,) in connection.execute("select table_name from duckdb_tables() order by all").fetchall():
            yield f"{path.name}/{table}", repr(connection.execute(f'from "{table}"').fetchall()).encode()


def parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """What a file is made of: a package's files and their order, a document's texts and what it says of itself."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield name, repr(package.namelist()).encode()
            for inner in package.namelist():
                yield from parts(f"{name}/{inner}", package.read(inner))
    elif data.startswith(b"%PDF"):
        document = PdfReader(io.BytesIO(data))
        told = {key: value for key, value in (document.metadata or {}).items() if "Date" not in key}
        yield name, repr((told, [page.extract_text() for page in document.pages])).encode()
    elif name.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(data))
        yield name, repr((table.schema.metadata, table.to_pylist())).encode()
    elif not name.endswith(DIGESTS):
        yield name, data
