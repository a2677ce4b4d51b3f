"""All of the open data of a version as a folder: the tables, the database, and everything that describes them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from analytics.model.provenance import Provenance
from analytics.opendata.catalogue import Dataset, OpenFile, catalogue
from analytics.opendata.cells import write_open_csv, write_open_parquet
from analytics.opendata.database import write_database
from analytics.opendata.publisher import Publisher
from analytics.opendata.rdf import json_ld, rdf_xml
from analytics.opendata.readme import readme
from analytics.opendata.rounds import OpenRounds, open_rounds
from analytics.opendata.schema import data_package, dictionary_csv, dictionary_rows, resource, table_schema
from analytics.opendata.table import OpenTable
from analytics.opendata.tables import TABLES, open_table, rows_of_year, years_of
from analytics.store.reading import View, version_record
from analytics.words.language import words

PACKAGE, CATALOGUE, CATALOGUE_JSON, README = "datapackage.json", "catalog.rdf", "catalog.jsonld", "las-mig.txt"
DICTIONARY, DATABASE = "data-dictionary.csv", "kvalitetsdialog.duckdb"
INVENTED = {Provenance.SYNTHETIC.value, Provenance.MIXED.value}


@dataclass(frozen=True, slots=True)
class OpenData:
    """What was written: the version, the datasets, every file by its path below the folder, and what is held back."""

    version: int
    datasets: tuple[Dataset, ...]
    paths: tuple[str, ...]
    rounds: OpenRounds

    @property
    def tables(self) -> int:
        return len({dataset.table.name for dataset in self.datasets if dataset.table})

    @property
    def rows(self) -> int:
        return sum(dataset.rows for dataset in self.datasets if dataset.table)


def write_open_data(view: View, by: Publisher, folder: Path) -> OpenData:
    """Writes all of it into an empty folder. The same version and settings give the same files, but for the database,
    which is DuckDB's to lay out. Raises OSError where it cannot be written."""
    record, rounds = version_record(view), open_rounds(view)
    tables = [(table, open_table(view, table, rounds)) for table in TABLES]
    (folder / "tables").mkdir()
    (folder / "schemas").mkdir()
    about = {
        "title": words("sv")("Kvalitetsdialog's open data"),
        "version": str(view.number),
        "made": record.created_at.isoformat(timespec="seconds"),
        "publisher": by.name,
        "licence": by.licence,
        "address": by.root,
    }
    datasets, resources = [], []
    for table, rows in tables:
        _json(folder / "schemas" / f"{table.name}.json", table_schema(table, rows.column_names))
        for name, year, part in _parts(table, rows):
            said = about | {"table": table.name, **({"year": str(year)} if year else {})}
            files = (
                _written(folder, f"tables/{name}.csv", partial(write_open_csv, rows=part)),
                _written(folder, f"tables/{name}.parquet", partial(write_open_parquet, rows=part, about=said)),
            )
            dataset = Dataset(name, table, year, _version(part, view), part.num_rows, files, _is_invented(part))
            datasets.append(dataset)
            resources.append(resource(dataset, table, files[0], folder))
    dictionary = dictionary_rows((table, rows.column_names) for table, rows in tables)
    write_database(folder / DATABASE, tables, dictionary, about)
    invented = any(dataset.invented for dataset in datasets)
    whole = OpenFile(DATABASE, (folder / DATABASE).stat().st_size)
    datasets.append(Dataset("database", None, None, view.number, 0, (whole,), invented))
    (folder / DICTIONARY).write_bytes(dictionary_csv(dictionary))
    _json(folder / PACKAGE, data_package(resources, by, view.number, record.created_at))
    nodes = catalogue(datasets, by, record.created_at.date())
    (folder / CATALOGUE).write_bytes(rdf_xml(nodes))
    (folder / CATALOGUE_JSON).write_bytes(json_ld(nodes))
    text = readme(datasets, by, rounds, view.number, record.hide_below, words("sv"))
    (folder / README).write_text(text, "utf-8", newline="\n")
    paths = tuple(path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    return OpenData(view.number, tuple(datasets), paths, rounds)


def put_open_data(view: View, by: Publisher, folder: Path) -> OpenData:
    """The same in a folder of anybody's, whole or not at all: what was written there before gives place. Raises
    FileExistsError where something else lies there, and OSError where it cannot be written."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / PACKAGE).exists())):
        raise FileExistsError(folder)
    part, old = (folder.with_name(f"{folder.name}.{ending}") for ending in ("part", "old"))
    for leftover in (part, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        written = write_open_data(view, by, part)
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    finally:
        for leftover in (part, old):
            shutil.rmtree(leftover, ignore_errors=True)
    return written


def _parts(table: OpenTable, rows: pa.Table) -> Sequence[tuple[str, int | None, pa.Table]]:
    """(name, year, rows): a part a year, or all in one."""
    if not table.by_year:
        return [(table.name, None, rows)]
    return [(f"{table.name}-{year}", year, rows_of_year(rows, year)) for year in years_of(table, rows)]


def _version(rows: pa.Table, view: View) -> int:
    return rows["version"][0].as_py() if rows.num_rows else view.number


def _is_invented(rows: pa.Table) -> bool:
    return "provenance" in rows.column_names and not INVENTED.isdisjoint(rows["provenance"].unique().to_pylist())


def _written(folder: Path, path: str, write: Callable[[BinaryIO], None]) -> OpenFile:
    with (folder / path).open("wb") as out:
        write(out)
        return OpenFile(path, out.tell())


def _json(path: Path, said: Mapping) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
