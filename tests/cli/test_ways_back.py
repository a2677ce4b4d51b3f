"""`kvalitet withdraw` and `kvalitet tidy`, as whoever runs the server uses them."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from analytics import cli
from analytics.store.versions import read_current
from tests.intake.making import PROV, csv_bytes, rows
from tests.loads.test_load import COUNTS, INVITED, SCHOOLS, put
from tests.loads.test_withdrawing import answers, people
from tests.sampling import at_night


@pytest.fixture(scope="module")
def loaded_twice(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a round that was loaded twice (versions 3 and 4)."""
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("back") / "store")
    put(store, prov=PROV, schools=SCHOOLS)
    put(store, first=answers(people("alfa", 2021, "33443322")))
    put(store, replace=True, again=answers(people("alfa", 2021, "1111111111111")))
    return store


@pytest.fixture
def store(loaded_twice: Path, tmp_path: Path) -> Path:
    return shutil.copytree(loaded_twice, tmp_path / "store")


@pytest.fixture
def told(store: Path, monkeypatch, capfd):
    """Runs the command: exit code and JSON."""
    monkeypatch.setenv("KVALITET_STORE", str(store))

    def run(*words: str) -> tuple[int, dict]:
        code = 0
        try:
            cli.main([*words, "--json"])
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, json.loads(capfd.readouterr().out)

    return run


def test_a_load_is_taken_back_and_what_goes_is_told(told, store: Path, capfd):
    of_alfa = [{"framework": "prov-2020", "year": 2021, "school": "alfa"}]
    goes = {"answers": 13, "schools": 1, "rounds": of_alfa, "invited": [], "stay": []}
    code, said = told("withdraw", "4", "--dry-run")
    assert (code, said["version"], said["gone"], said["dry_run"]) == (0, 4, goes, True)
    with suppress(SystemExit):
        cli.main(["withdraw", "4", "--dry-run"])
    assert capfd.readouterr().out.splitlines() == [
        "Skulle tas tillbaka: 13 svar, 1 omgång, 1 skola: Alfaskolan.",
        "Version 4 gäller nu.",
    ]
    code, said = told("withdraw", "4")
    assert (code, said["ok"], said["version"], said["gone"], said["dry_run"]) == (0, True, 5, goes, False)
    code, said = told("versions")
    assert said["versions"][-1]["action"] == "withdraw"


@pytest.mark.parametrize("number", ["2", "99"])
def test_what_cannot_be_taken_back_is_told(told, store: Path, number: str):
    before = read_current(store)
    code, said = told("withdraw", number)
    assert code == 1 and not said["ok"] and said["problems"][0]["hint"]
    assert read_current(store) == before


def test_tidying_is_tried_first(told, store: Path, monkeypatch):
    monkeypatch.setattr("analytics.loads.tidying.LATEST", 1)
    code, said = told("tidy", "--dry-run")
    assert (code, said["gone"], said["dry_run"]) == (0, [1, 2], True)
    assert [one["version"] for one in said["kept"]] == [3, 4]
    assert len(read_current(store).published) == 4
    assert told("tidy")[1]["gone"] == [1, 2]
    assert [version.number for version in read_current(store).published] == [3, 4]
    assert told("tidy")[1]["gone"] == []


@pytest.fixture
def loaded(told, tmp_path: Path):
    """Loads a text as a file in place of what is there: the version in force, and the note on its earlier load."""

    def run(name: str, text: str, *words: str) -> tuple[int, list[str]]:
        path = tmp_path / name
        path.write_bytes(csv_bytes(rows(text), ","))
        code, said = told("load", "--replace", "--by", "Anna", str(path), *words)
        assert code == 0
        return said["version"], [note for note in said["files"][0]["notes"] if "Anna (version" in note]

    return run


def test_the_same_file_once_more_is_said_to_be_and_makes_no_version(loaded, store: Path):
    first, other = (answers(people("alfa", 2021, levels)) for levels in ("2222222222222", "4444444444444"))
    assert loaded("a.csv", first) == (5, [])
    version, (note,) = loaded("of another name.csv", first)
    assert version == 5 and "(version 5)" in note
    assert len(read_current(store).published) == 5
    assert loaded("a.csv", other) == (6, [])
    version, (note,) = loaded("a.csv", first)  # which is not what is there any more
    assert version == 7 and "(version 5)" in note


FORM = "school | A1 | A2\n" + "".join(f"alfa | {n % 4 + 1} | {n % 3 + 1}\n" for n in range(12))
PROJECTS = "project_id | title | programme | start | end\nlank | Länk | Erasmus+ | 2020-01-01 | 2022-12-31"


def test_the_same_file_read_as_something_else_is_loaded(loaded):
    assert loaded("form.csv", FORM, "--framework", "prov-2020", "--year", "2022")[0] == 5
    assert loaded("form.csv", FORM, "--framework", "prov-2020", "--year", "2022")[0] == 5
    assert loaded("form.csv", FORM, "--framework", "prov-2020", "--year", "2023")[0] == 6


KINDS = {
    "schools": (SCHOOLS, SCHOOLS.replace("Beta", "Gamma")),
    "projects": (PROJECTS, PROJECTS.replace("2022", "2023")),
    "invited": (INVITED, INVITED.replace("40", "41")),
    "counts": (COUNTS, COUNTS.replace("| 8", "| 20")),
}


@at_night
@pytest.mark.parametrize("kind", KINDS)
def test_so_does_every_kind_of_file(loaded, kind: str):
    text, other = KINDS[kind]
    begun = loaded("a.csv", text)[0]
    assert loaded("a.csv", text)[0] == begun
    assert loaded("a.csv", other)[0] == begun + 1
    assert loaded("a.csv", text)[0] == begun + 2
