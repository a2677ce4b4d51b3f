"""Tables are read by programs that did not write them: pandas, DuckDB, LibreOffice. What was put in comes out."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.documents.marked_copy import CellMark, marked_copy
from analytics.documents.own_workbook import OwnColumn, own_workbook
from analytics.documents.tables import harmless, table_bytes
from analytics.loads.own_files import EXPORTED, TEMPLATES, own_rows, template
from analytics.maturity.results import city_table, results_table, trends_table
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks
from analytics.words.language import words
from tests.libreoffice import needs_calc
from tests.sampling import at_night

AS_IT_IS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false"  # comma, UTF-8, no cell as it is drawn
SAY = words("sv")
HOSTILE = ["=1+1", "+46 40 1", "@SUM(1)", 'Å "citat"; ö, ä', "https://example.se", "0012", "två\nrader", "-", "1/2"]
Values = Sequence[Sequence[object]]


def read(folder: Path, files: dict[str, bytes]) -> dict[str, list[list[str]]]:
    """The first sheet of each, as LibreOffice has it, in one call and a profile of its own."""
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", AS_IT_IS, "--outdir", str(folder / "out")]
    command += [str(folder / f"{name}.xlsx") for name in files]
    subprocess.run(command, capture_output=True, timeout=300, check=True)
    found = {}
    for name in files:
        with (folder / "out" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            found[name] = list(csv.reader(file))
    return found


def same(cell: str, value: object) -> bool:
    match value:
        case None:
            return cell == ""
        case bool():
            return cell == str(value).upper()
        case int() | float() | Decimal():
            return cell != "" and float(cell) == pytest.approx(float(value), rel=1e-14)
        case date():
            return cell == value.isoformat()
    return cell == str(value)


def held(found: list[list[str]], headings: Sequence[str], rows: Values) -> None:
    assert found[0] == list(headings)
    assert len(found) == len(rows) + 1
    for line, row in zip(found[1:], rows, strict=True):
        line += [""] * (len(row) - len(line))
        wrong = [(cell, value) for cell, value in zip(line, row, strict=True) if not same(cell, value)]
        assert not wrong, wrong[:5]


def a_table() -> pa.Table:
    numbers = [1 / 3, 2.0, None, -0.125, 1e-7, 3.85, 4.0, 0.1, 12345.678]
    return pa.table({"text": HOSTILE, "n": range(9), "mean": numbers, "met": [True, False, None] * 3})


def test_pandas_and_duckdb_read_every_format_alike(tmp_path):
    import duckdb  # here: LibreOffice's tests need neither
    import pandas

    table = a_table()
    for suffix in (".csv", ".parquet", ".json"):
        (tmp_path / f"t{suffix}").write_bytes(table_bytes(table, suffix, {"Version": "1"}))
    (tmp_path / "excel.csv").write_bytes(table_bytes(table, ".csv", {}, excel=True))
    rows = table.to_pylist()
    guarded = [row | {"text": harmless(row["text"])} for row in rows]
    plain = {"keep_default_na": False, "na_values": {"mean": [""], "met": [""]}, "dtype": {"text": str}}
    excel = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"}
    frames = {
        "csv": (pandas.read_csv(tmp_path / "t.csv", **plain), guarded),
        "excel": (pandas.read_csv(tmp_path / "excel.csv", **plain, **excel), guarded),
        "parquet": (pandas.read_parquet(tmp_path / "t.parquet"), rows),
        "json": (pandas.read_json(tmp_path / "t.json", dtype={"text": str}), rows),
    }
    for name, (frame, wanted) in frames.items():
        found = frame.astype(object).where(frame.notna(), None).to_dict("records")
        assert [{**row, "met": told(row["met"])} for row in found] == [
            pytest.approx(row | {"met": told(row["met"])}) for row in wanted
        ], name
    with duckdb.connect() as connection:
        columns = "{'text': 'VARCHAR', 'n': 'BIGINT', 'mean': 'DOUBLE', 'met': 'BOOLEAN'}"
        read_csv = f"read_csv('{tmp_path}/t.csv', columns = {columns}, header = true, strict_mode = true)"
        for read, wanted in ((read_csv, guarded), (f"read_parquet('{tmp_path}/t.parquet')", rows)):
            assert connection.execute(f"from {read}").fetchall() == [tuple(row.values()) for row in wanted]


def told(met: object) -> str | None:
    return None if met is None else str(bool(met)) if not isinstance(met, str) else met


@needs_calc
@at_night
def test_every_text_number_and_day_comes_back(tmp_path):
    table = a_table()
    columns = [OwnColumn("Text", ("ja", "nej")), OwnColumn("Dag"), OwnColumn("Belopp")]
    own = [(text, date(2026, 1, n + 1), Decimal("1234.50")) for n, text in enumerate(HOSTILE)]
    mark = CellMark(2, "b", "x", "Fel.", "Rätta.")
    files = {
        "table": table_bytes(table, ".xlsx", {"Om": "=1+1"}),
        "own": own_workbook("Blad", columns, own, {"Version": "1"}, SAY),
        "marked": marked_copy(["a", "b"], [HOSTILE, HOSTILE], list(range(1, 10)), [mark], ["Rad"], "Att rätta"),
    }
    found = read(tmp_path, files)
    held(found["table"], table.column_names, list(zip(*(c.to_pylist() for c in table.columns), strict=True)))
    held(found["own"], [column.heading for column in columns], own)
    held(found["marked"], ["a", "b"], [(text, text) for text in HOSTILE])


@needs_calc
@at_night
def test_the_results_and_the_templates_come_back(few_copy, tmp_path):
    view, boss = Store(few_copy).current(), Viewer("boss", None)
    framework = next(one for one in read_frameworks(view) if one.id == "vebs-2022")
    tables = {
        "results": results_table(view, boss, framework.id),
        "city": city_table(view, framework.id),
        "trends": trends_table(view, boss, framework.id),
    }
    own = {kind: own_rows(view, kind, SAY) for kind in EXPORTED}
    forms = {f"form-{kind}": template(view, kind, framework, 2025, SAY) for kind in TEMPLATES}
    files = {name: table_bytes(table, ".xlsx", {"Version": "1"}) for name, table in tables.items()}
    files |= {name: file.xlsx({"Version": "1"}, SAY) for name, file in {**own, **forms}.items()}
    found = read(tmp_path, files)
    for name, table in tables.items():
        held(found[name], table.column_names, list(zip(*(c.to_pylist() for c in table.columns), strict=True)))
    for name, file in {**own, **forms}.items():
        held(found[name], [column.heading for column in file.columns], file.rows)
