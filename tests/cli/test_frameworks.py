"""`kvalitet export framework`: a file that loads again to the same, and files that a new framework is begun with."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.intake.framework_toml import parsed_framework
from analytics.loads.framework_copies import successor_of
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks
from tests.cli.test_contract import kvalitet
from tests.intake.making import SAY


@pytest.fixture
def at(empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KVALITET_STORE", str(empty_store))
    return empty_store


def known(store: Path) -> dict:
    return {one.id: one for one in read_frameworks(Store(store).current())}


def test_a_framework_comes_out_as_the_file_that_loads_again(at, tmp_path):
    before = known(at)
    files = [tmp_path / f"{id_}.toml" for id_ in before]
    assert [kvalitet("export", "framework", "--framework", f.stem, "--out", str(f)) for f in files] == [0] * len(files)
    assert [parsed_framework(f.read_bytes(), SAY) for f in files] == [(before[f.stem], ()) for f in files]
    assert kvalitet("load", "--replace", *map(str, files)) == 0
    assert known(at) == before


def test_a_successor_and_a_copy_load_as_they_come(at, tmp_path):
    before, after, copy = known(at), tmp_path / "after.toml", tmp_path / "copy.toml"
    assert kvalitet("export", "framework", "--framework", "vebs-2022", "--successor", "--out", str(after)) == 0
    assert kvalitet("export", "framework", "--framework", "vebs-2022", "--copy", "--out", str(copy)) == 0
    assert kvalitet("load", str(after), str(copy)) == 0
    assert known(at)["vebs-2026"] == successor_of(before["vebs-2022"], before)
    assert known(at)["vebs-2022-kopia"].criteria == before["vebs-2022"].criteria


def test_what_cannot_be_is_refused(at, tmp_path, capsys):
    out = tmp_path / "out.toml"
    assert kvalitet("export", "framework", "--framework", "vebs", "--out", str(out)) == 1
    assert kvalitet("export", "framework", "--framework", "lika", "--successor", "--out", str(out)) == 1
    assert "Ramverket har inget sista år." in "".join(capsys.readouterr())
    assert kvalitet("export", "framework", "--framework", "vebs-2022", "--successor", "--copy", "--out", str(out)) == 2
    assert kvalitet("export", "framework", "--framework", "vebs-2022", "--out", str(tmp_path / "out.txt")) == 2
    assert not out.exists()
