"""What a version was made from is told by its answers file, and by its view to nobody."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
from itertools import combinations_with_replacement
from pathlib import Path

import duckdb
import pytest

from analytics.cli import cli
from analytics.model.errors import StoreBroken
from analytics.store.reading import View
from analytics.store.rollback import check_whole, is_whole
from analytics.store.versions import read_current
from analytics.store.writing import locked
from tests.store.making import SCHOOLS, put, sources, write

PEOPLE = "framework,year,school,respondent,criterion,level\n"
HIDDEN = 4
"""So many have answered: nothing of it is told."""


def answers(levels: tuple[int, ...]) -> str:
    return PEOPLE + "".join(f"vebs-2022,2022,alfa,p{i},A1,{level}\n" for i, level in enumerate(levels))


GUESSES = list(combinations_with_replacement(range(1, 5), HIDDEN))
TRUTH = GUESSES[17]
PROJECTS = "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2018-09-01,2020-08-31\n"


@pytest.fixture(scope="module")
def made(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose version 2 hides a cell, and whose version 3 comes of a file of projects alone."""
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("sources") / "store")
    put(store, schools=SCHOOLS, **{"fyra svar": answers(TRUTH)})
    put(store, projects=PROJECTS)
    return store


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "store")


def digests(text: str) -> list[str]:
    """What an enemy can make of a guessed file."""
    data, sha256 = text.encode(), hashlib.sha256(text.encode()).hexdigest()
    keyed = (hmac.digest(key, told, "sha256").hex() for key in (b"", bytes(32)) for told in (data, sha256.encode()))
    return [sha256, *keyed]


def everything_in(view: Path) -> str:
    with duckdb.connect(str(view), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        return json.dumps([connection.execute(f'from "{name}"').fetchall() for name in tables], default=str)


@pytest.mark.parametrize("number", [2, 3])
def test_who_has_the_view_alone_learns_nothing_of_the_files(made, number):
    """No guess at what is hidden can be tried, and neither rows nor names of files tell how many answered."""
    assert len(GUESSES) == 35 and (made.parent / "fyra svar.csv").read_text("utf-8") == answers(TRUTH)
    view = made / f"view-{number}.duckdb"
    held, told = view.read_bytes(), everything_in(view)
    for levels in GUESSES:
        for digest in digests(answers(levels)):
            assert digest not in told and digest.encode() not in held and bytes.fromhex(digest) not in held
    with duckdb.connect(str(made / read_current(made).version(number).answers), read_only=True) as kept:
        ((key,),) = kept.execute("select key from made").fetchall()
    assert len(bytes.fromhex(key)) == 32 and key not in told
    for secret in (b"fyra svar", b"projects.csv", key.encode(), bytes.fromhex(key)):
        assert secret not in held, "neither in the tables nor in what DuckDB has left between them"


def test_the_same_files_make_another_digest_each_time(store_once_built, made, tmp_path):
    """So a store that somebody makes of a guess cannot be laid beside the view."""
    guessed = shutil.copytree(store_once_built, tmp_path / "store")
    put(guessed, schools=SCHOOLS, **{"fyra svar": answers(TRUTH)})
    said = "select answers_digest from version"
    one, other = (View(store / "view-2.duckdb", 2).rows(said) for store in (made, guessed))
    assert one != other and all(len(digest) == 64 for ((digest,),) in (one, other))


def test_whoever_may_open_the_answers_is_told(made, capsys):
    text = answers(TRUTH)
    cli.main(["versions", "--json", "--store", str(made)], standalone_mode=False)
    listed = json.loads(capsys.readouterr().out)["versions"]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    assert listed[1]["files"][1] == {"file": "fyra svar.csv", "sha256": sha256, "kind": "answers", "rows": HIDDEN}
    assert [(file["file"], file["rows"]) for file in listed[2]["files"]] == [("projects.csv", 1)]


def test_what_is_typed_or_published_once_more_is_no_file(store):
    """Such a version shares the answers file of the one before, and has nothing to hide in it."""
    before = sources(store)
    with locked(store):
        write(store, figures_stay=True, funding_stays=True)
        write(store)
    assert sources(store) == [*before, [], []]
    assert [version.answers for version in read_current(store).published[-2:]] == [
        "answers-3.duckdb",
        "answers-5.duckdb",
    ]
    for version in read_current(store).published:
        check_whole(store, version)


def test_another_stores_answers_are_not_taken_for_the_versions_own(store, store_once_built, tmp_path):
    """As when files of two copies of a folder are mixed."""
    other = shutil.copytree(store_once_built, tmp_path / "other")
    put(other, schools=SCHOOLS, **{"fyra svar": answers(TRUTH)})
    in_force = read_current(store).version(2)
    assert is_whole(store, in_force)
    shutil.copyfile(other / in_force.answers, store / in_force.answers)
    with pytest.raises(StoreBroken, match="not the answers of version 2"):
        check_whole(store, in_force)
