"""What files and people have written is shown on a terminal and never obeyed by it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analytics import cli
from analytics.model.people import Did
from analytics.store.audit import note
from tests.store.making import kvalitet

RED, BACK = "\x1b[31m", "\u202e"


def test_no_text_of_a_file_moves_or_colours_the_terminal(store_once_built, tmp_path, capsys):
    store = shutil.copytree(store_once_built, tmp_path / "store")
    name = f"Skola{RED}{BACK}\x9b2J\x7f"
    headings = ("framework", "year", "school", "respondent", "criterion", "level")
    rows = dict(zip(headings, ("vebs-2022", "2024", name, "1", "A1", "3"), strict=True))
    pq.write_table(pa.table({heading: [text] for heading, text in rows.items()}), tmp_path / "answers.parquet")
    assert kvalitet("load", tmp_path / "answers.parquet", "--store", store) == 1
    told = capsys.readouterr()
    assert "Skola␛[31m" in told.err
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told.out + told.err)


def test_nobodys_name_begins_another_entry(store_once_built, tmp_path, capsys):
    store = shutil.copytree(store_once_built, tmp_path / "store")
    note(store, "Eva\n9  2026-01-01 00:00 UTC  Anna  signed_in", Did.REFUSED, page="behorighet")
    assert kvalitet("audit", "list", "--store", store) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_texts_are_printed_in_one_place():
    folder = Path(cli.__file__).parent
    printing = {
        path.name: re.findall(r"click\.s?echo\((?!by_tls|orjson)", path.read_text("utf-8"))
        for path in folder.rglob("*.py")
    }
    assert {name: len(found) for name, found in printing.items() if found} == {"output.py": 1}
