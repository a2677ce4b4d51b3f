"""Several owners in a store that several machines share: each owner's part is a lake's store, and what holds of owners
in a folder holds here."""

from __future__ import annotations

import json
import shutil
import threading
from itertools import count
from pathlib import Path

import pytest

from analytics.cli.store_words import store_problem
from analytics.loads import by_owner
from analytics.loads.disposal_rules import outright
from analytics.loads.disposing import dispose
from analytics.loads.load import LoadRefused
from analytics.model.errors import StoreBroken, StoreBusy, StoreThere, StoreUnreachable, TurnLost
from analytics.model.owners import SchoolOwner
from analytics.model.people import Identity, ViewerRole
from analytics.store import audit, moving
from analytics.store.backup import AnotherOwners, back_up, restore
from analytics.store.drafts import Drafts, Typed
from analytics.store.homes import at_hand, followed, home_of
from analytics.store.lake import catalogue, parts
from analytics.store.lake import home as homes
from analytics.store.lake.turns import AT_OWNERS
from analytics.store.moving import copy_store, move_all
from analytics.store.owners import add_owners, folder_of_owner, owners_of, turn_at_owners
from analytics.store.reading import Store
from analytics.store.retention import read_retention
from analytics.store.roles import Roles, give_role, take_role
from analytics.store.rollback import check_whole, choose
from analytics.store.versions import holds_a_store, read_current
from analytics.store.writing import locked
from analytics.words.language import words
from tests.loads.test_by_owner import ANSWERS, FIRST, figures, put
from tests.sampling import NIGHTLY, at_night
from tests.store.lake.lakes import Lake
from tests.store.making import kvalitet

WHO = Identity("https://idp", "1")
MORE = "framework | year | school | respondent | criterion | level\n" + "\n".join(
    f"prov-2020 | 2023 | 20000002 | p{n} | A1 | 3" for n in range(9)
)


def versions(store: Path) -> dict[str, int]:
    return {
        one.id: read_current(folder).number
        for one in owners_of(store)
        if holds_a_store(folder := folder_of_owner(store, one.id))
    }


def check_parts(store: Path) -> None:
    """What the lake's tables and the shared views are of each part, version by version, is what the machine has."""
    for folder in (store, *(folder_of_owner(store, one.id) for one in owners_of(store))):
        with locked(folder):
            for version in read_current(folder).published:
                check_whole(folder, version)
                assert home_of(folder).differing(version) == []


@pytest.fixture
def whole(lake, store_once_built) -> Path:
    """The first machine's folder of a lake with two owners, a draft, roles, and what is kept for how long."""
    one = lake.machine("one")
    move_all(store_once_built, one)
    put(one, FIRST)
    lund = folder_of_owner(one, "lund")
    Drafts(lund, "anna").keep("d1", "s1", "dialogue alfa", "goal", Typed("", "half a sentence"))
    give_role(lund, WHO, "Anna Ek", ViewerRole.ADMIN, (), "test")
    give_role(one, WHO, "Bo Ek", ViewerRole.MANAGEMENT, (), "test")
    lake.shared.write("owners/lund/retention.toml", b"answers_years = 10\n")
    with locked(lund):
        pass  # and it is brought here
    return one


def said(store: Path) -> dict:
    """All that there is to tell of a store of several owners."""
    owners, found = owners_of(store), {}
    for folder in (store, *(folder_of_owner(store, one.id) for one in owners)):
        current = read_current(folder)
        views = [at_hand(folder / version.view).read_bytes() for version in current.published]
        at_hand(folder / current.in_force.answers)
        texts = [path.read_bytes() for name in BESIDE if (path := folder / name).exists()]
        found[folder.name if folder != store else ""] = (
            current, views, texts, figures(folder), Drafts(folder).every(), audit.verify(folder),
        )  # fmt: skip
    return found | {"owners": owners}


BESIDE = ("roles.json", "openness.json", "retention.toml", "audit.jsonl", "owners.json")


@at_night
def test_moved_there_and_back_it_is_equal(lake, whole, store_once_built, tmp_path, monkeypatch):
    """Also where it was ended between two owners; not where one of them is another since then."""
    before, back = said(whole), tmp_path / "back"

    def ends(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("lund", "malmo-stad"):
        with monkeypatch.context() as patch:
            patch.setattr(moving, "move", once(moving.move) if name == "lund" else ends)
            with pytest.raises(KeyboardInterrupt):
                move_all(whole, back)
        assert not holds_a_store(back) and holds_a_store(back / "owners" / "lund")
    moved = move_all(whole, back)
    assert {id_: one.number for id_, one in moved.owners.items()} == {"lund": 1, "malmo-stad": 1}
    assert said(back) == before and said(lake.machine("two")) == before
    assert not [*back.rglob("LAKE.json")]
    other = tmp_path / "other"
    with monkeypatch.context() as patch:
        patch.setattr(moving, "move", once(moving.move))
        with pytest.raises(KeyboardInterrupt):
            move_all(back, other)
    give_role(back / "owners" / "lund", WHO, "Anna Ek", ViewerRole.SCHOOL, ("alfa",), "test")
    with pytest.raises(StoreThere, match="lund"):
        move_all(back, other)
    put(back, {"more": MORE})
    assert versions(back) == {"lund": 2, "malmo-stad": 1} and said(whole) == before


def once(do):
    """Does it the first time, and is ended the second."""
    calls = count()

    def called(*arguments):
        if next(calls):
            raise KeyboardInterrupt
        return do(*arguments)

    return called


@at_night
def test_backed_up_and_put_back_in_either_home(lake, whole, postgres, tmp_path, monkeypatch):
    before = said(whole)
    back_up(whole, tmp_path / "all.zip")
    restore(tmp_path / "all.zip", tmp_path / "folder")
    assert said(tmp_path / "folder") == before
    back_up(tmp_path / "folder", tmp_path / "again.zip")
    (tmp_path / "third").mkdir()
    third = Lake(postgres.database(), tmp_path / "third", monkeypatch)
    restored = third.machine("one")
    restore(tmp_path / "again.zip", restored)
    assert said(restored) == before and said(third.machine("two")) == before
    check_parts(restored)
    with pytest.raises(StoreThere):
        restore(tmp_path / "all.zip", folder_of_owner(restored, "lund"))
    add_owners(restored, [SchoolOwner("ystad", "Ystad")])
    with pytest.raises(AnotherOwners):
        restore(tmp_path / "all.zip", folder_of_owner(restored, "ystad"))
    assert not holds_a_store(folder_of_owner(restored, "ystad"))
    (tmp_path / "fourth").mkdir()
    fourth = Lake(postgres.database(), tmp_path / "fourth", monkeypatch).machine("one")
    move_all(store_of_nobody(tmp_path, restored), fourth)
    add_owners(fourth, owners_of(restored))
    assert restore(tmp_path / "all.zip", folder_of_owner(fourth, "lund")).owner == "lund"
    assert versions(fourth) == {"lund": 1}


def store_of_nobody(folder: Path, like: Path) -> Path:
    """What a store has of no owner."""
    (folder / "nobodys").mkdir()
    with locked(like):
        copy_store(like, folder / "nobodys")
    (folder / "nobodys" / "owners.json").unlink()
    return folder / "nobodys"


@at_night
def test_each_owners_part_is_its_own(lake, whole):
    """Going back, roles, what is taken away: of one owner, on all machines, and of nobody else."""
    put(whole, {"more": MORE})
    two = lake.machine("two")
    lund, malmo = folder_of_owner(two, "lund"), folder_of_owner(two, "malmo-stad")
    assert [row.name for row in Roles(lund).rows()] == ["Anna Ek"] and not Roles(malmo).are_kept
    assert [row.name for row in Roles(two).rows()] == ["Bo Ek"]
    assert [draft.owner for draft in Drafts(lund).about("dialogue alfa")] == ["anna"]
    assert Drafts(malmo).every() == () and read_retention(malmo) is None and read_retention(lund)
    before = read_current(malmo)
    choose(lund, 1, chosen_by="test")
    with turn_at_owners(whole):
        assert versions(whole) == {"lund": 1, "malmo-stad": 1}
    dispose(lund, outright(None, "betaskolan", False, "a reason"), "test")
    with locked(folder_of_owner(whole, "lund")):
        assert len(read_current(folder_of_owner(whole, "lund")).published) == 1
    assert lake.views("owners/lund/") == sorted(version.view for version in read_current(lund).published)
    assert betas(lake, "lund") == 0 and read_current(malmo) == before
    check_parts(lake.machine("three"))


def betas(lake, owner: str) -> int:
    """Rows of a school's answers in any Parquet file of an owner's, known to DuckLake or not."""
    return lake.rows("answers/answer", "school_id = 'betaskolan'", of=f"owners/{owner}/")


@at_night
def test_a_server_follows_the_owners_that_it_has_named(lake, whole, monkeypatch):
    two = lake.machine("two")
    followed(str(two))  # as a server's processes are told it
    lund = folder_of_owner(two, "lund")
    roles, store = Roles(lund), Store(lund)
    assert store.current().number == 1 and [row.name for row in roles.rows()] == ["Anna Ek"]
    put(whole, {"more": MORE, "new": "name | school_unit_code | owner\nGamma | 30000001 | Ystad"})
    waits_for(lambda: store.current().number == 2 and len(owners_of(two)) == 3)
    assert not (two / "owners" / "malmo-stad").exists(), "nobody has asked for it here"
    take_role(folder_of_owner(whole, "lund"), WHO, None, "test")
    waits_for(lambda: not roles.rows())
    monkeypatch.setattr(homes, "FRESH", -1)
    monkeypatch.setattr(parts, "FRESH", -1)
    with pytest.raises(StoreBroken):
        roles.rows()
    assert store.current().number == 2 and len(owners_of(two)) == 3


def waits_for(holds) -> None:
    seen = threading.Event()
    for _ in range(200):
        if holds():
            return
        seen.wait(0.05)
    assert holds()


@at_night
def test_an_owner_whose_part_cannot_be_brought_keeps_nothing_from_the_others(lake, whole, capsys):
    lake.damage_views("owners/lund/")
    two = lake.machine("two")
    assert kvalitet("--store", two, "verify", "--json") == 3
    told = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in told["owners"]] == ["malmo-stad"]
    assert ["lund" in one["file"] for one in told["problems"]] == [True]
    assert [row["version"] for row in listed(two, capsys)] == [None, 1]
    (two.parent / "own.csv").write_text("framework,year,school,invited\nprov-2020,2021,10000001,40\n", "utf-8")
    assert kvalitet("--store", two, "--owner", "malmo-stad", "load", two.parent / "own.csv") == 0
    lund = folder_of_owner(two, "lund")
    give_role(lund, Identity("https://idp", "2"), "Cia Ek", ViewerRole.ADMIN, (), "test")
    assert [row.name for row in Roles(lund).rows()] == ["Anna Ek", "Cia Ek"]


def listed(store: Path, capsys) -> list[dict]:
    assert kvalitet("--store", store, "owners", "--json") == 0
    return json.loads(capsys.readouterr().out)["owners"]


@at_night
def test_an_earlier_edition_is_kept_out(lake, whole, monkeypatch):
    """It would leave what it loads of an owner on its own machine."""
    monkeypatch.setattr(catalogue, "FORMATS", (1,))
    with pytest.raises(StoreUnreachable):
        lake.machine("three")


def test_several_owners_on_two_machines(lake, store_once_built, tmp_path, monkeypatch):
    """By day no answers come with the first files, and one owner's with those from the other machine."""
    first = FIRST if NIGHTLY else {name: FIRST[name] for name in ("prov", "schools", "invited")}
    one = lake.machine("one")
    move_all(store_once_built, one)
    wrong = FIRST | {"answers": ANSWERS + "\nprov-2020 | 2022 | 10000001 | p1 | A1 | 9"}
    with pytest.raises(LoadRefused):
        put(one, wrong)
    assert not owners_of(one) and not lake.shared.names("owners/lund/views"), "nothing of anybody before all is checked"
    put(one, first)
    alone = shutil.copytree(store_once_built, tmp_path / "alone")
    put(alone, first)
    two = lake.machine("two")
    assert owners_of(two) == owners_of(alone) and versions(two) == {"lund": 1, "malmo-stad": 1}
    with monkeypatch.context() as patch:
        patch.setattr(homes.LakeHome, "sync", lambda home: pytest.fail(f"{home.folder} was brought just now"))
        home_of(two).sync_parts()
    lund = folder_of_owner(two, "lund")
    assert not [*lund.glob("answers-*")], "answers lie where somebody loads"
    assert [one.owner.id for one in put(two, {"more": MORE})] == ["lund"]
    with turn_at_owners(one):
        pass  # whoever loads has what others have made
    assert versions(one) == {"lund": 2, "malmo-stad": 1}
    put(alone, {"more": MORE})
    for owner in versions(one):
        assert figures(folder_of_owner(one, owner)) == figures(folder_of_owner(alone, owner))
    with turn_at_owners(one), pytest.raises(StoreBusy), turn_at_owners(two, 0.1):
        pass
    with locked(folder_of_owner(one, "lund")):
        with pytest.raises(StoreBusy), locked(lund, 0.1):
            pass
        with locked(folder_of_owner(two, "malmo-stad"), 0.1), locked(two, 0.1):
            pass  # one owner's load keeps nobody else waiting


@at_night
def test_a_turn_that_is_lost_in_the_middle_is_told(lake, store_once_built, monkeypatch):
    """PostgreSQL ends the connection that keeps others out, when one owner has got its part: no other gets any until
    the same files come once more."""
    one, load_one = lake.machine("one"), by_owner.load_one
    move_all(store_once_built, one)

    def ended_afterwards(*arguments, **how):
        outcome = load_one(*arguments, **how)
        with home_of(one).catalogue.alone() as other:
            mine = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = %s"
            assert other.execute(mine, [AT_OWNERS]).fetchall() == [(True,)]
        return outcome

    with monkeypatch.context() as patch:
        patch.setattr(by_owner, "load_one", ended_afterwards)
        with pytest.raises(TurnLost) as lost:
            put(one, FIRST)
    assert "it goes on from there" in store_problem(lost.value, words("en")).hint
    assert list(versions(one).values()) == [1] and len(owners_of(one)) == 2
    two = lake.machine("two")
    with turn_at_owners(two, 0.5):
        pass
    assert sorted(each.there_already for each in put(two, FIRST)) == [False, True]
    assert versions(two) == {"lund": 1, "malmo-stad": 1}
