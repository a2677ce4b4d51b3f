"""A year for the archive: all that is said to be there, as it is said to be."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.store.making import kvalitet

YEAR = 2024


@pytest.fixture(scope="module")
def package(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Path -> content."""
    out = tmp_path_factory.mktemp("archive") / "year.zip"
    assert kvalitet("export", "archive", "--year", YEAR, "--out", out, "--store", few_store) == 0
    with zipfile.ZipFile(out) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_the_list_has_every_other_file_with_its_digest(package):
    listed = dict(line.split("  ")[::-1] for line in package["manifest-sha256.txt"].decode().splitlines())
    assert listed == {name: sha256(data).hexdigest() for name, data in package.items() if name != "manifest-sha256.txt"}


def test_every_document_says_that_it_is_for_archives(package):
    documents = {name: data for name, data in package.items() if name.endswith(".pdf")}
    assert len([name for name in documents if name.startswith("reports/briefs/")]) == 7
    assert {"reports/followup-vebs-2022-2024.pdf", "protocols/gallring.pdf"} <= documents.keys()
    for name, data in documents.items():
        assert b"<pdfaid:part>2</pdfaid:part>" in data and b"<pdfaid:conformance>A</pdfaid:conformance>" in data, name


def test_every_table_has_the_columns_of_its_schema_and_no_other_year_s_rows(package):
    told = json.loads(package["tables/datapackage.json"])["resources"]
    tables = {f"tables/{one['path']}": f"tables/{one['schema']}" for one in told}
    tables |= {
        name: name.replace(".csv", ".schema.json")
        for name in package
        if name.startswith("dialogue/") and name.endswith(".csv")
    }
    assert tables.keys() == {name for name in package if name.endswith(".csv")} and len(tables) > 15
    for name, schema in tables.items():
        rows = list(csv.DictReader(io.StringIO(package[name].decode("utf-8-sig"))))
        fields = [field["name"] for field in json.loads(package[schema])["fields"]]
        head = next(csv.reader(io.StringIO(package[name].decode("utf-8-sig"))))
        assert head == fields, name
        if name.startswith("dialogue/") or f"-{YEAR}.csv" in name:
            assert {row["year"] for row in rows} <= {str(YEAR)}, name
    assert not any("-2023.csv" in name for name in package)


def test_a_year_with_nothing_is_refused(few_store, tmp_path, capsys):
    assert kvalitet("export", "archive", "--year", 1999, "--out", tmp_path / "a.zip", "--store", few_store) == 1
    assert "2024" in capsys.readouterr().err and not (tmp_path / "a.zip").exists()
