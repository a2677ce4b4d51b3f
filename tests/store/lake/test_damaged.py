"""That what lies where all machines reach it is read by `verify`, and told of whoever's it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from analytics.model.errors import SharedDamaged
from analytics.store.versions import read_current
from tests.sampling import at_night
from tests.store.lake.test_lake import check_lake, shown
from tests.store.making import answers, kvalitet, put


@pytest.fixture
def told(capsys):
    """Runs a command with --json; how it ended, and what it printed."""

    def run(*words: object) -> tuple[int, dict]:
        capsys.readouterr()
        ended = kvalitet(*words, "--json")
        return ended, json.loads(capsys.readouterr().out)

    return run


def turned(lake, under: str, ending: str, at: float = 0.5) -> str:
    """Turns a byte in the largest of the shared files there; its name."""
    place, contents = lake.shared, {}
    for name in place.names(under):
        if name.endswith(ending):
            contents[name] = place.read(f"{under}/{name}")
    name = max(contents, key=lambda one: len(contents[one]))
    spoilt = bytearray(contents[name])
    spoilt[int(len(spoilt) * at)] ^= 0xFF
    place.write(f"{under}/{name}", bytes(spoilt))
    return name


def test_what_machines_share_is_read_and_views_are_laid_anew(lake, filled, told):
    assert told("verify", "--store", filled)[0] == 0
    turned(lake, "views", ".duckdb")
    ended, said = told("verify", "--store", filled)
    (problem,) = said["problems"]
    assert ended == 3 and "view-2.duckdb" in problem["problem"] and "kvalitet repair" in problem["hint"]
    assert shown(filled) == [("alfa", 26)], "the machine's own is whole"
    with pytest.raises(SharedDamaged):
        lake.machine("two")
    assert told("repair", "--store", filled)[0] == 0 and told("verify", "--store", filled)[0] == 0
    assert shown(lake.machine("two")) == [("alfa", 26)]


@at_night
@pytest.mark.parametrize("at", [0.02, 0.25, 0.5, 0.9])
def test_a_byte_turned_in_answers_is_told_or_turns_nothing(lake, filled, told, at):
    """The machine that loaded has its own: a store in a folder, once it says no more that it is of a lake."""
    name = turned(lake, "lake/answers/answer", ".parquet", at)
    ended, said = told("verify", "--store", filled)
    if ended == 0:  # it fell on what keeps the rows in their order, or on what nobody reads
        check_lake(filled)
        return
    (problem,) = said["problems"]
    assert ended == 3 and "answer" in problem["problem"] and "docs/lake.md" in problem["hint"], name
    back = shutil.copytree(filled, filled.parent / "back")
    (back / "LAKE.json").unlink()
    assert told("verify", "--store", back)[0] == 0 and shown(back) == [("alfa", 26)]
    assert put(back, answers=answers("beta", people=27)).version == 3


@at_night
def test_a_shared_view_that_is_gone_is_told_and_laid_anew(lake, filled, told):
    put(filled, answers=answers("beta", people=27))
    for name in lake.shared.names("views"):
        lake.shared.remove(f"views/{name}")
    ended, said = told("verify", "--store", filled)
    assert ended == 3 and "view-3.duckdb" in said["problems"][0]["problem"]
    ended, said = told("versions", "--store", lake.address)  # on a machine that has it
    assert ended == 0
    two: Path = filled.parent / "two"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KVALITET_LOCAL", str(two))
        ended, said = told("versions", "--store", lake.address)
    assert ended == 3 and "view-3.duckdb" in said["problems"][0]["problem"]
    assert told("repair", "--store", filled)[0] == 0
    assert lake.views() == sorted(version.view for version in read_current(filled).published)
    check_lake(filled)
