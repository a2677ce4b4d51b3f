"""The files are read by programs that did not write them: pandas, DuckDB, Frictionless, and LibreOffice where it is."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess

import duckdb
import frictionless
import pandas
import pyarrow.parquet as pq

from analytics.opendata.folder import DATABASE, DICTIONARY, PACKAGE
from analytics.opendata.schema import DICTIONARY as HEADINGS
from analytics.opendata.symbols import Symbol
from tests.libreoffice import needs_calc
from tests.sampling import sample

ABSENT = [symbol.value for symbol in Symbol]


def files(written) -> list[str]:
    return [dataset.files[0].path for dataset in written.open_data.datasets if dataset.table]


def test_frictionless_finds_the_package_valid(written):
    report = frictionless.validate(str(written.folder / PACKAGE))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "note"])[:10]
    assert report.stats["tasks"] == len(files(written)) > 50


def test_frictionless_reads_what_the_version_has(written):
    package = frictionless.Package(str(written.folder / PACKAGE))
    assert package.version == str(written.view.number)
    assert package.licenses[0]["path"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    payments = package.get_resource("eu-payments").read_rows()
    assert [row["amount_sek"] for row in payments] == [
        amount for (amount,) in written.view.rows("select amount_sek from payment order by position")
    ]


def test_frictionless_finds_a_fault(written, tmp_path):
    """The schema says something: a text for a number, and a key twice, are found."""
    shutil.copytree(written.folder / "schemas", tmp_path / "schemas")
    with (written.folder / "tables/schools.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["pupils"], rows[1]["school_id"] = "många", rows[0]["school_id"]
    with (tmp_path / "schools.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "resource.json").write_text(
        '{"name": "schools", "path": "schools.csv", "schema": "schemas/schools.json"}'
    )
    resource = frictionless.Resource.from_descriptor(str(tmp_path / "resource.json"))
    assert {fault[0] for fault in resource.validate().flatten(["type"])} == {"type-error", "primary-key"}


def test_pandas_reads_every_table_alike_from_csv_and_parquet(written):
    for path in sample(files(written), 3):
        at = written.folder / path
        table = pq.read_table(at.with_suffix(".parquet"))
        texts = {field.name: "str" for field in table.schema if str(field.type) == "string"}
        found = pandas.read_csv(at, na_values=ABSENT, keep_default_na=False, dtype=texts)
        assert list(found.columns) == table.column_names and len(found) == table.num_rows
        for name in table.column_names:
            values = [None if pandas.isna(value) else value for value in found[name]]
            wanted = [_as_read(value) for value in table[name].to_pylist()]
            assert [_as_read(value) for value in values] == wanted, (path, name)


def test_duckdb_reads_every_table_alike_from_csv_and_parquet(written):
    with duckdb.connect() as connection:
        for path in sample(files(written), 3):
            at = written.folder / path
            parquet = f"read_parquet('{at.with_suffix('.parquet')}')"
            kinds = {row[0]: row[1] for row in connection.execute(f"describe from {parquet}").fetchall()}
            read = f"read_csv('{at}', nullstr = {ABSENT}, columns = {kinds}, header = true, strict_mode = true)"
            for one, other in ((read, parquet), (parquet, read)):
                assert connection.execute(f"select count(*) from (from {one} except all from {other})").fetchone() == (
                    0,
                )


def test_a_parquet_says_what_it_is_about(written):
    schema = pq.read_schema(written.folder / "tables/results-2025.parquet")
    about = json.loads(schema.metadata[b"about"])
    assert (about["table"], about["year"], about["version"]) == ("results", "2025", str(written.view.number))
    assert about["licence"].startswith("http://creativecommons.org/") and about["publisher"] == "Provstads kommun"
    assert schema.field("mean").metadata[b"description"]


def test_the_database_holds_the_same_tables_and_no_other(written):
    with duckdb.connect(str(written.folder / DATABASE), read_only=True) as connection:
        names = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        tables = {dataset.table.name for dataset in written.open_data.datasets if dataset.table}
        assert names == tables | {"about", "data_dictionary"}
        for name in tables:
            (count,) = connection.execute(f"select count(*) from {name}").fetchone()
            parts = [each for each in written.open_data.datasets if each.table and each.table.name == name]
            assert count == sum(part.rows for part in parts)
        undescribed = connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where not internal and comment is null and table_name not in ('about', 'data_dictionary')"
        ).fetchall()
    assert not undescribed


def test_the_dictionary_has_every_column_of_every_table(written):
    with (written.folder / DICTIONARY).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == HEADINGS
    told = {(row["table"], row["column"]) for row in rows}
    for dataset in written.open_data.datasets:
        if dataset.table:
            with (written.folder / dataset.files[0].path).open(newline="", encoding="utf-8") as file:
                assert {(dataset.table.name, name) for name in next(csv.reader(file))} <= told
    assert all(row["description_sv"] != row["description_en"] for row in rows if row["column"] != "currency")


@needs_calc
def test_libreoffice_opens_a_table_as_it_is(written, tmp_path):
    source = written.folder / "tables/schools.csv"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--infilter=CSV:44,34,UTF8,1", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
    )
    found = pandas.read_excel(tmp_path / "schools.xlsx", engine="calamine", na_values=ABSENT, keep_default_na=False)
    wanted = pandas.read_csv(source, na_values=ABSENT, keep_default_na=False)
    assert list(found["school"]) == list(wanted["school"]) and list(found.columns) == list(wanted.columns)


def _as_read(value):
    """Days as texts and numbers as numbers, whoever read them."""
    if value is None or isinstance(value, bool | str):
        return str(value).lower() if isinstance(value, bool) else value
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)
