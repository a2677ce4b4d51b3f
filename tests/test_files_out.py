"""Files that leave the program: one place writes what a spreadsheet may run, and what is taken along says its version.

A new download or writer that goes another way fails here.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from analytics.documents.framework_file import framework_toml
from analytics.intake.framework_toml import parsed_framework
from pages.ui import guarded
from tests.intake.making import PROV, SAY
from tests.test_structure import PRODUCT, nodes

OWN_FILES = {"preview.py"}  # what somebody left comes back under its own name
TEXTS = (["TEXTS_STAY"], ["{**TEXTS_STAY, **way}"])  # how a workbook is opened; `way` says how large ones are written
BUTTONS = ("download", "file_buttons")


def where(*names: str) -> dict[str, list[ast.Call]]:
    """The modules that call anything of these names, whole or the last of it, and how."""
    found: dict[str, list[ast.Call]] = {}
    lasts = {name.rpartition(".")[2] for name in names}
    for path in PRODUCT:
        if not any(f"{last}(" in text_of(path) for last in lasts):
            continue
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = ast.unparse(node.func)
                if called in names or called.rpartition(".")[2] in names:
                    found.setdefault(path.name, []).append(node)
    return found


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def test_csv_is_written_in_one_place():
    assert set(where("csv.writer", "DictWriter", "to_csv")) == {"tables.py"}
    others = [call for found in where("write_csv").values() for call in found if ast.unparse(call.func) != "write_csv"]
    assert not others, "but for our own function there is no other"


def test_in_no_workbook_a_text_becomes_a_formula_a_link_or_a_number():
    books = where("xlsxwriter.Workbook", "to_excel")
    assert len(books) >= 4
    for module, found in books.items():
        assert all([ast.unparse(one) for one in call.args[1:]] in TEXTS for call in found), module
    sums = where("write_formula", "write_array_formula", "write_dynamic_array_formula")
    assert set(sums) == {"workbook.py"}, "the report's own sums of what stands above"


def test_files_are_offered_in_one_place():
    assert set(where("st.download_button")) == {"guarded.py"}


def test_every_file_that_is_offered_says_its_version():
    offered = where(*BUTTONS)
    assert sum(map(len, offered.values())) > 8
    for module, found in offered.items():
        for call in found:
            given = {one.arg: ast.unparse(one.value) for one in call.keywords}
            if ast.unparse(call.func) == "download":
                assert (given["version"] == "None") == (module in OWN_FILES), module
            else:
                assert "version" in ast.unparse(call.args[4]) or "number" in ast.unparse(call.args[4]), module


@pytest.mark.parametrize(("version", "name"), [(3, "a-2025-v3.csv"), (None, "a-2025.csv")])
def test_a_file_is_called_what_it_is_about_and_its_version(monkeypatch, version, name):
    offered = []
    monkeypatch.setattr(guarded.access, "asks_who", lambda: False)
    monkeypatch.setattr(guarded.st, "download_button", lambda label, made, file, *_, **__: offered.append(file))
    guarded.download(None, "CSV", bytes, "a-2025", ".csv", "text/csv", key="a", version=version)
    assert offered == [name]


def test_a_framework_says_which_version_it_was_taken_from_and_loads_again():
    one = parsed_framework(PROV.encode(), SAY)[0]
    taken = framework_toml(one, 3)
    assert taken.startswith(b"# Kvalitetsdialog, version 3\n") and parsed_framework(taken, SAY)[0] == one
