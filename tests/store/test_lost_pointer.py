"""A store whose CURRENT is gone or cannot be read: nothing is made over it, no words of ours advise what would harm it,
and going back brings everything back."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from analytics.cli import listing
from analytics.intake.files import ReadingOptions
from analytics.loads.freezing import freeze
from analytics.loads.load import load
from analytics.loads.recounting import republish
from analytics.loads.save import save
from analytics.loads.save_funding import FUNDING_REGISTER
from analytics.model.errors import PointerLost, StoreBroken, StoreMissing, StoreThere
from analytics.model.schools import Viewer
from analytics.store.drafts import Drafts, Typed
from analytics.store.reading import Store, version_history
from analytics.store.rollback import is_whole
from analytics.store.versions import read_current
from analytics.store.writing import locked
from analytics.words.language import CATALOGUE, words
from tests.loads.funding_edits import part, removed, texts
from tests.sampling import NIGHTLY, sample
from tests.store.damages import BROKEN, LEFT, LOST, NOT_READ, a_folder, files, gone, of_versions
from tests.store.making import SCHOOLS, answers, kvalitet, put, sources, write

ROOT = Path(__file__).parent.parent.parent
SAY = words("en")
SHOWN = "select school_id, n from cell order by school_id"
PROJECTS = "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2018-09-01,2020-08-31\n"


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("pointer") / "store")
    put(store, schools=SCHOOLS, answers=answers("alfa"), projects=PROJECTS)
    with locked(store):
        write(store, figures_stay=True, funding_stays=True)
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A store of its own at version 3, whose newest version shares the answers file of the one before."""
    return shutil.copytree(loaded, tmp_path / "store")


@pytest.fixture
def make_run(tmp_path: Path) -> Callable[[Path | str], subprocess.CompletedProcess]:
    """`make run` itself, with the command as it is here (`build` without demo data) and no app after it."""
    environment = tmp_path / "environment"
    (environment / "bin").mkdir(parents=True)
    command = f'{shlex.quote(sys.executable)} -m analytics "$@"'
    scripts = {
        "kvalitet": f'test "$1" != build || set -- build --empty\nexec {command}',
        "streamlit": "echo started",
        "python": "exit 1  # nothing is to be installed",
    }
    for name, script in scripts.items():
        (environment / "bin" / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (environment / "bin" / name).chmod(0o755)
    for installed in (".installed", ".installed-lake"):
        (environment / installed).touch()

    def run(store: Path | str) -> subprocess.CompletedProcess:
        call = ["make", "run", f"VENV={environment}", f"KVALITET_STORE={store}"]
        return subprocess.run(call, cwd=ROOT, capture_output=True, text=True)

    return run


@pytest.mark.parametrize("state", sample(list(BROKEN), 3))
def test_a_store_is_made_over_nothing_that_is_left_of_one(store, state, capsys):
    BROKEN[state](store)
    before = files(store)
    assert kvalitet("build", "--empty", "--store", store) == 1, "refused, and nothing changed"
    said = capsys.readouterr().err
    assert f"Det finns redan ett datalager i {store}" in said and "kvalitet build" not in said
    assert files(store) == before


@pytest.mark.parametrize("state", sample(list(BROKEN), 6, 2))
def test_nor_when_it_is_to_be_told_as_json(store, state, capsys):
    BROKEN[state](store)
    before = files(store)
    assert kvalitet("build", "--empty", "--store", store, "--json") == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
    assert files(store) == before


MADE = ["gone", "empty", "a view", "answers", "an empty CURRENT", "its answers"]


@pytest.mark.parametrize("state", sample(MADE, 6, 1))
def test_make_run_builds_over_nothing_either(store, make_run, state):
    BROKEN[state](store)
    before = files(store)
    done = make_run(store)
    assert {name: held for name, held in files(store).items() if name in before} == before
    assert "started" in done.stdout if state == "its answers" else done.returncode != 0, "pages need no answers file"
    assert "kvalitet build" not in done.stderr
    assert ("kvalitet rollback 3 --store" in done.stderr) == (state in LOST)


def test_make_run_serves_a_store_in_a_lake_with_what_that_takes(make_run, tmp_path):
    (tmp_path / "environment" / "bin" / "kvalitet").write_text('#!/bin/sh\necho "$@ $KVALITET_STORE"\n', "utf-8")
    address = "postgres://kvalitet@db/kvalitet"
    assert f"serve --demo --port 8501 {address}" in make_run(address).stdout.split("\n")


def test_make_run_makes_a_store_where_there_is_none_and_leaves_one_alone(tmp_path, make_run):
    fresh = tmp_path / "of its own" / "store"
    assert "started" in make_run(fresh).stdout
    before = files(fresh)
    assert read_current(fresh).number == 1
    assert "started" in make_run(fresh).stdout and files(fresh) == before


@pytest.mark.parametrize("state", sample(NOT_READ, 3, 1))
def test_without_a_pointer_a_store_is_broken_and_not_missing(store, state, tmp_path):
    (LOST | LEFT)[state](store)
    with pytest.raises(PointerLost):
        read_current(store)
    before = files(store)
    assert kvalitet("versions", "--store", store) == 3
    assert put_by_command(store, tmp_path) == 3
    assert files(store) == before


def put_by_command(store: Path, folder: Path, *options: str) -> int:
    (folder / "answers.csv").write_text(answers("beta"), "utf-8")
    return kvalitet("load", folder / "answers.csv", *options, "--store", store)


@pytest.mark.parametrize("state", sample(["gone", "empty"], 2))
def test_without_a_pointer_no_command_does_anything(store, state, tmp_path):
    LOST[state](store)
    before = files(store)
    assert put_by_command(store, tmp_path, "--replace") == 3
    out = tmp_path / "city.csv"
    for call in (
        ["check", tmp_path / "answers.csv"],
        ["republish"],
        ["republish", "--if-old"],
        ["export", "city", "--framework", "vebs-2022", "--out", out],
    ):
        assert kvalitet(*call, "--store", store) == 3, call
    assert files(store) == before and not out.exists()


def test_without_a_pointer_nothing_is_saved_or_frozen(store):
    anybody = Viewer("test", schools=None)
    project = part(texts(store), "projects", project_id="hav")
    away = removed(texts(store), project)
    gone("CURRENT")(store)
    before = files(store)
    with pytest.raises(PointerLost):
        save(store, anybody, FUNDING_REGISTER, away, SAY, saved_by="test")
    with pytest.raises(PointerLost):
        freeze(store, anybody, ("alfa", "vebs-2022", 2022), frozen_by="test", today=date(2023, 1, 1))
    with pytest.raises(PointerLost):
        republish(store, loaded_by="test")
    with locked(store), pytest.raises(PointerLost):
        write(store)
    assert files(store) == before


def test_a_store_is_not_made_where_somebody_else_has_just_made_one(store):
    """The command looks before it begins; what counts is what lies there once nobody else may write."""
    before = files(store)
    for become in (lambda _: None, gone("CURRENT")):
        become(store)
        with pytest.raises(StoreThere):
            load(store, [], ReadingOptions(), SAY, loaded_by="test", new_store=True, hide_below=5)
    assert files(store) == {name: held for name, held in before.items() if name != "CURRENT"}


@pytest.mark.parametrize("state", sample([state for state in LOST if state != "a folder"], 6, 1))
def test_going_back_without_a_pointer_brings_everything_back(store, state):
    before, history, made_from = files(store), version_history(store), sources(store)
    LOST[state](store)
    assert kvalitet("rollback", 9, "--store", store) == 1
    assert kvalitet("rollback", 3, "--store", store) == 0
    assert files(store) == before, "CURRENT as well, down to the answers that two versions share"
    assert version_history(store) == history and sources(store) == made_from
    assert put(store, answers=answers("beta")).version == 4
    assert Store(store).current().rows(SHOWN) == [("alfa", 26), ("beta", 26)]


def test_versions_are_listed_where_what_is_in_force_cannot_be_looked_up(store, monkeypatch, capsys):
    def fails(folder):
        raise StoreBroken(f"{folder}: Input/output error")

    monkeypatch.setattr(listing, "read_current", fails)
    assert not listing.list_versions(store, False, SAY)
    told = capsys.readouterr()
    assert "Input/output error" in told.out + told.err


def test_a_folder_in_the_place_of_the_pointer_is_told(store, capsys):
    a_folder(store)
    assert kvalitet("rollback", 3, "--store", store) == 3
    assert "går inte att skriva" in capsys.readouterr().err
    assert (store / "CURRENT").is_dir() and not (store / "CURRENT.part").exists()


ADVISED = ("rubbish", "a folder", "views", "a version", "the view in force", "its answers", "an earlier view")
"""One of each that the command says something else of."""


@pytest.mark.parametrize("state", BROKEN if NIGHTLY else ADVISED)
def test_what_the_command_advises_helps(store, state, capsys):
    """The line that `versions` ends with, run as it stands, puts the newest whole version in force."""
    BROKEN[state](store)
    assert kvalitet("versions", "--store", store) == 3
    said = capsys.readouterr().err
    advised = re.findall(r"kvalitet (.*)$", said, re.MULTILINE)
    newest = {**dict.fromkeys(LOST, 3), "a version": 2, "the view in force": 2, "its answers": 1}.get(state)
    if newest is None:
        assert advised == [], "there is nothing to go back to, or no reason to"
        return
    if state == "a folder":
        (store / "CURRENT").rmdir()
    before = of_versions(store)
    assert len(advised) == 1 and advised[0].startswith("rollback ")
    assert kvalitet(*shlex.split(advised[0])) == 0
    assert of_versions(store) == before
    current = read_current(store)
    assert current.number == newest and is_whole(store, current.in_force)


def test_a_damaged_earlier_version_is_no_reason_to_go_back(store, capsys):
    gone("view-1.duckdb")(store)
    assert kvalitet("versions", "--store", store) == 3
    said = capsys.readouterr().err
    assert "view-1.duckdb" in said and "Version 3, som gäller nu, är hel" in said and "rollback" not in said


@pytest.fixture(scope="module")
def named() -> set[str]:
    """The commands that any sentence of the program names."""
    with (CATALOGUE / "sv" / "LC_MESSAGES" / "kvalitetsdialog.po").open("rb") as file:
        texts = [text for entry in read_po(file) for text in (entry.id, entry.string) if isinstance(text, str)]
    return {name for text in texts for name in re.findall(r"\bkvalitet ([a-z]+)", text)}


STATES = BROKEN | {"whole": lambda _: None}


@pytest.mark.parametrize("state", sample(list(STATES), 4))
def test_no_command_in_our_words_harms_a_version(store, named, state, tmp_path):
    """Every command that any sentence of the program names, in every state; by day two of them in each, by turns."""
    tried = {
        "build",
        "load",
        "versions",
        "republish",
        "purge",
        "rollback",
        "repair",
        "gallra",
        "export",
        "fetch",
        "owners",
    }
    assert named == tried, "to be tried here before it is advised"
    STATES[state](store)
    (tmp_path / "answers.csv").write_text(answers("beta"), "utf-8")
    with_these = {"load": [tmp_path / "answers.csv"], "build": ["--empty"]}
    with_these["gallra"] = ["--with-figures", "--round", "vebs-2022/2031"]
    with_these["export"] = ["gallring", "--out", tmp_path / "protocol.json"]
    before = of_versions(store)  # which `fetch` has nothing to do with
    for name in sample(sorted(named - {"fetch"}), 3, list(STATES).index(state) % 3):
        kvalitet(name, *with_these.get(name, []), "--store", store)
        assert {file: held for file, held in of_versions(store).items() if file in before} == before, name


def test_drafts_alone_are_no_store_and_outlive_the_making_of_one(tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    Drafts(store).keep("d1", "s", "dialogue alfa", "notes", Typed("", "typed"))
    with pytest.raises(StoreMissing):
        read_current(store)
    assert kvalitet("build", "--empty", "--store", store) == 0
    assert Drafts(store).read("d1").fields["notes"].text == "typed"


def test_a_killed_first_build_can_be_done_again_and_leaves_no_answers(tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    for name in ("answers-1.duckdb.part", "answers-1.duckdb.part.wal", "view-1.duckdb.part", "answers-7.duckdb.part"):
        (store / name).write_bytes(b"half")
    (store / "view-1.duckdb.part.tmp").mkdir()
    assert kvalitet("build", "--empty", "--store", store) == 0
    assert sorted(files(store)) == ["CURRENT", "answers-1.duckdb", "view-1.duckdb"]
