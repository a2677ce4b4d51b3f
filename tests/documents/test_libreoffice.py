"""Workbooks are read by LibreOffice, which did not write them: the figures, texts and days that were put in."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.documents.marked_copy import CellMark, marked_copy
from analytics.documents.own_workbook import OwnColumn, own_workbook
from analytics.documents.tables import table_bytes
from analytics.loads.own_files import EXPORTED, TEMPLATES, own_rows, template
from analytics.maturity.results import city_table, results_table, trends_table
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks
from analytics.words.language import words
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
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    if not (folder / "out").is_dir():
        pytest.skip(f"a LibreOffice without Calc: {done.stderr[-100:]!r}")
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


pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


@at_night
def test_every_text_number_and_day_comes_back(tmp_path):
    numbers = [1 / 3, 2.0, None, -0.125, 1e-7, 3.85, 4.0, 0.1, 12345.678]
    table = pa.table({"text": HOSTILE, "n": range(9), "mean": numbers, "met": [True, False, None] * 3})
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
