"""A store that several machines share keeps what a folder promises."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from analytics.loads.disposal_rules import outright
from analytics.loads.disposing import dispose
from analytics.model.errors import StoreBroken, StoreBusy, StoreThere, StoreUnreachable
from analytics.model.people import Did, Identity, ViewerRole
from analytics.store import audit
from analytics.store.backup import back_up, restore
from analytics.store.drafts import Drafts, Typed
from analytics.store.homes import followed, home_of
from analytics.store.lake import home as homes
from analytics.store.moving import move
from analytics.store.reading import Store
from analytics.store.roles import Roles, give_role, take_role
from analytics.store.rollback import check_whole, choose
from analytics.store.versions import read_current
from analytics.store.writing import locked
from tests.sampling import at_night
from tests.store.making import answers, kvalitet, put

SHOWN = "select school_id, n from cell order by school_id"
ANNA, BO = Identity("https://idp", "1"), Identity("https://idp", "2")


def shown(folder: Path) -> list[tuple]:
    return Store(folder).current().rows(SHOWN)


def stop(*_: object) -> None:
    raise StoreUnreachable("stopped")


def check_lake(folder: Path) -> None:
    """What the lake's tables and the shared views are, version by version, is what the machine has."""
    with locked(folder):
        for version in read_current(folder).published:
            check_whole(folder, version)
            assert home_of(folder).differing(version) == []


def test_two_machines(lake, filled, monkeypatch):
    """By day the core of what the others try one by one."""
    two = lake.machine("two")
    assert shown(two) == [("alfa", 26)]
    assert not (two / "answers-2.duckdb").exists(), "answers lie where somebody loads"
    with monkeypatch.context() as patch:
        patch.setattr(homes, "tell", stop)
        with pytest.raises(StoreUnreachable, match="stopped"):
            put(filled, answers=answers("beta", people=33))
    with locked(filled), pytest.raises(StoreBusy), locked(two, wait_seconds=0.1):
        pass
    assert put(two, answers=answers("beta", people=27)).version > 2
    with locked(filled):
        pass  # whoever writes has what others have made
    assert shown(filled) == shown(two) == [("alfa", 26), ("beta", 27)]
    check_lake(filled)
    give_role(filled, ANNA, "Anna Ek", ViewerRole.ADMIN, (), "test")
    Drafts(filled, "anna").keep("d1", "s1", "dialogue alfa", "goal", Typed("", "half a sentence"))
    home_of(two).sync()
    assert [row.name for row in Roles(two).rows()] == ["Anna Ek"] and audit.verify(two).entries == 1
    assert [draft.owner for draft in Drafts(two).about("dialogue alfa")] == ["anna"]


@at_night
def test_what_one_machine_publishes_others_see_and_build_on(lake, filled):
    two = lake.machine("two")
    assert shown(two) == [("alfa", 26)]
    assert not (two / "answers-2.duckdb").exists(), "answers lie where somebody loads"
    assert put(two, answers=answers("beta", people=27)).version == 3
    with locked(filled):
        pass  # whoever writes has what others have made
    assert shown(filled) == [("alfa", 26), ("beta", 27)]
    choose(filled, 2, chosen_by="test")
    assert shown(lake.machine("two")) == [("alfa", 26)]
    assert put(two, answers=answers("beta", people=40)).version == 4, "a number is no other version's"
    assert shown(two) == [("alfa", 26), ("beta", 40)]
    check_lake(lake.machine("three"))


@at_night
def test_a_load_is_whole_or_not_at_all(lake, filled, monkeypatch):
    """Stopped when the lake's tables are changed and the pointer is not: what is left there is nobody's."""
    before = read_current(filled)

    with monkeypatch.context() as patch:
        patch.setattr(homes, "tell", stop)
        with pytest.raises(StoreUnreachable, match="stopped"):
            put(filled, answers=answers("beta", people=27))
    two = lake.machine("two")
    assert read_current(filled) == read_current(two) == before and shown(two) == [("alfa", 26)]
    assert put(two, answers=answers("beta", people=33)).version > 3
    assert shown(two) == [("alfa", 26), ("beta", 33)]
    check_lake(lake.machine("one"))
    assert shown(filled) == [("alfa", 26), ("beta", 33)]


@at_night
def test_of_two_writers_one_waits(lake, filled):
    two, held, done = lake.machine("two"), threading.Event(), []

    def write() -> None:
        held.wait(30)
        done.append(put(two, answers=answers("beta", people=27)).version)

    writer = threading.Thread(target=write)
    writer.start()
    with locked(filled):
        held.set()
        with pytest.raises(StoreBusy), locked(lake.machine("three"), wait_seconds=0.2):
            pass
        assert not done
    writer.join(60)
    assert done == [3]


@at_night
def test_what_is_taken_away_is_in_no_file(lake, filled):
    """Answers of alfa are in no Parquet file, no view of theirs on any machine."""
    put(filled, answers=answers("beta", people=27))
    two = lake.machine("two")
    assert (filled / "view-2.duckdb").exists() and alfas(lake) > 0
    dispose(filled, outright(None, "alfa", False, "a reason"), "test")
    two = lake.machine("two")
    assert shown(two) == [("beta", 27)] and alfas(lake) == 0
    assert {path.name for path in two.glob("*.duckdb")} <= named(two)
    assert lake.views() == sorted(v.view for v in read_current(two).published)
    check_lake(two)


def alfas(lake) -> int:
    """Rows of alfa's answers, or of what is noted of them, in any Parquet file, known to DuckLake or not."""
    return lake.rows("answers/answer", "school_id = 'alfa'") + lake.rows("kept/stands", "part like '%/alfa'")


def named(folder: Path) -> set[str]:
    return {name for version in read_current(folder).published for name in (version.view, version.answers)}


@at_night
def test_what_lies_beside_versions_is_shared(lake, filled):
    give_role(filled, ANNA, "Anna Ek", ViewerRole.ADMIN, (), "test")
    two = lake.machine("two")
    give_role(two, BO, "Bo Alm", ViewerRole.SCHOOL, ("alfa",), "Anna Ek")
    take_role(filled, ANNA, None, "Bo Alm")
    assert [row.name for row in Roles(lake.machine("two")).rows()] == ["Bo Alm"]
    audit.note(two, "Bo Alm", Did.SIGNED_IN)
    home_of(filled).sync()
    proof = audit.verify(filled)
    assert (proof.entries, proof.broken, proof.torn) == (4, None, ()) and proof == audit.verify(two)
    Drafts(filled, "anna").keep("d1", "s1", "dialogue alfa", "goal", Typed("", "half a sentence"))
    (found,) = Drafts(two).about("dialogue alfa")
    assert (found.owner, found.fields) == ("anna", {"goal": Typed("", "half a sentence")})
    Drafts(two, "anna").saved("d1", {"goal": ("half a sentence", "half a sentence", "")})
    assert Drafts(filled, "anna").read("d1") is None
    lake.shared.write("retention.toml", b"answers_years = 5\n")
    assert (lake.machine("two") / "retention.toml").read_text("utf-8") == "answers_years = 5\n"


@at_night
def test_moved_there_and_back_it_is_equal(lake, filled, tmp_path):
    give_role(filled, ANNA, "Anna Ek", ViewerRole.ADMIN, (), "test")
    Drafts(filled, "anna").keep("d1", "s1", "dialogue alfa", "goal", Typed("", "half a sentence"))
    with pytest.raises(StoreThere):
        move(filled, lake.machine("two"))
    move(lake.machine("two"), tmp_path / "back")
    back = tmp_path / "back"
    assert read_current(back) == read_current(filled) and not (back / "LAKE.json").exists()
    for version in read_current(back).published:
        assert (back / version.view).read_bytes() == (filled / version.view).read_bytes()
        assert home_of(filled).sharing.tables.differing(back / version.answers, filled / version.answers) == []
    assert Roles(back).rows() == Roles(filled).rows() and Drafts(back).every() == Drafts(filled).every()
    assert audit.verify(back) == audit.verify(filled)
    assert put(back, answers=answers("beta", people=27)).version == 3
    back_up(filled, tmp_path / "lake.zip")
    restore(tmp_path / "lake.zip", tmp_path / "restored")
    assert read_current(tmp_path / "restored") == read_current(filled)


@at_night
def test_a_server_follows(lake, filled, monkeypatch):
    """Told at once; where PostgreSQL is gone pages go on, and nobody's role counts for long."""
    two = lake.machine("two")
    followed(str(two))  # as a server's processes are told it
    store = Store(two)
    put(filled, answers=answers("beta", people=27))
    seen = threading.Event()
    for _ in range(40):
        if store.current().number == 3:
            break
        seen.wait(0.05)
    assert store.current().number == 3
    roles = Roles(two)
    assert roles.rows() == ()
    monkeypatch.setattr(homes, "FRESH", -1)
    with pytest.raises(StoreBroken):
        roles.rows()
    assert store.current().number == 3


def test_a_lake_that_cannot_be_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("KVALITET_DATA", raising=False)
    address = f"postgres://me:secret@/none?host={tmp_path}"
    assert kvalitet("versions", "--store", address) == 3
    assert "KVALITET_DATA" in capsys.readouterr().err
    monkeypatch.setenv("KVALITET_DATA", str(tmp_path))
    assert kvalitet("versions", "--store", address) == 3
    said = capsys.readouterr().err
    assert "PostgreSQL" in said and "secret" not in said
