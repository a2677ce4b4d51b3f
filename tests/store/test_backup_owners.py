"""A store of several owners as one file, and back: every owner's part whole, and nobody's in another's place."""

from __future__ import annotations

import shutil
import signal
from itertools import count
from pathlib import Path

import pytest

from analytics.loads.owners import make_owner
from analytics.loads.tidying import tidy
from analytics.model.errors import StoreBroken, StoreBusy, StoreThere
from analytics.model.people import Did, Identity, ViewerRole
from analytics.store import audit, backup, copying
from analytics.store.aside import PREFIX
from analytics.store.backup import AnotherOwners, BackupBroken, back_up, check_backup, restore
from analytics.store.drafts import Drafts, Typed
from analytics.store.owners import FILE, folder_of_owner, owners_of, turn_at_owners
from analytics.store.roles import FILE as ROLES
from analytics.store.roles import give_role
from analytics.store.versions import CURRENT, read_current
from tests.sampling import at_night
from tests.store.making import SAY, answers, put
from tests.store.others import back_up_beside, dying_at, restore_beside, save_nothing, started
from tests.store.test_backup import changed, says

WHO = Identity("https://idp", "1")


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three owners: one with two versions, a draft, roles and a retention of its own, one with one version, one with
    nothing loaded; and roles in the store itself."""
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("backup å ö") / "store")
    for name in ("Lund", "Malmö stad", "Eslöv"):
        make_owner(store, name, SAY, made_by="test")
    lund = folder_of_owner(store, "lund")
    put(lund, schools="school_id,name\nalfa,Alfaskolan\n", answers=answers("alfa"))
    put(
        folder_of_owner(store, "malmo-stad"), schools="school_id,name\nalfa,Alfaskolan\n", answers=answers("alfa", 2023)
    )
    for file in lund.parent.glob("*.csv"):  # what was loaded lies beside
        file.unlink()
    Drafts(lund).keep("one", "session", "dialogue alfa", "field", Typed("", "typed"))
    (lund / "retention.toml").write_text("answers_years = 10\n", "utf-8")
    give_role(lund, WHO, "Anna Ek", ViewerRole.ADMIN, (), "test")
    give_role(store, WHO, "Bo Ek", ViewerRole.ADMIN, (), "test")
    return store


@pytest.fixture
def store(loaded, tmp_path) -> Path:
    return shutil.copytree(loaded, tmp_path / "store")


@pytest.fixture(scope="module")
def archive(loaded: Path) -> Path:
    back_up(loaded, loaded.parent / "before.zip")
    return loaded.parent / "before.zip"


def all_of(store: Path) -> dict[str, bytes]:
    """Every file but those of locks, and of drafts, which SQLite copies in pages of its own."""
    return {
        path.relative_to(store).as_posix(): path.read_bytes()
        for path in store.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".sqlite"
    }


def test_all_of_every_owner_comes_back_as_it_was(loaded, archive, tmp_path):
    said = restore(archive, tmp_path / "back")
    assert said == check_backup(archive)
    assert {one.id: one.version for one in said.owners} == {"eslov": 1, "lund": 2, "malmo-stad": 2}
    before = all_of(loaded)
    assert all_of(tmp_path / "back") == before and {FILE, ROLES, "owners/lund/retention.toml"} < before.keys()
    assert owners_of(tmp_path / "back") == owners_of(loaded)
    assert [draft.id for draft in Drafts(folder_of_owner(tmp_path / "back", "lund")).about("dialogue alfa")] == ["one"]
    put(folder_of_owner(tmp_path / "back", "lund"), answers=answers("alfa", 2024))  # and can be worked on


@pytest.mark.parametrize("of", ["all", "own"])
def test_one_owners_part_is_put_back_alone(store, archive, tmp_path, of):
    lund, before = folder_of_owner(store, "lund"), all_of(store)
    if of == "own":
        archive = tmp_path / "lund.zip"
        assert back_up(lund, archive).owner == "lund"
    with pytest.raises(StoreThere):
        restore(archive, lund)
    shutil.rmtree(lund)
    assert restore(archive, lund).owner == "lund"
    assert all_of(store) == before


def test_nobodys_store_is_put_in_anothers_place(store, archive, tmp_path):
    back_up(folder_of_owner(store, "lund"), tmp_path / "lund.zip")
    malmo, late = folder_of_owner(store, "malmo-stad"), make_owner(store, "Ystad", SAY, made_by="test")
    for owner, held in ((malmo, tmp_path / "lund.zip"), (folder_of_owner(store, late.id), archive)):
        shutil.rmtree(owner)
        with pytest.raises(AnotherOwners, match="lund"):
            restore(held, owner)
        assert not owner.exists()
    restore(tmp_path / "lund.zip", tmp_path / "alone")  # an owner who leaves takes it along
    assert all_of(tmp_path / "alone") == all_of(folder_of_owner(store, "lund"))


def test_one_owners_damage_keeps_a_backup_from_being_made_and_names_the_owner(store, tmp_path):
    view = folder_of_owner(store, "lund") / read_current(folder_of_owner(store, "lund")).in_force.view
    view.write_bytes(b"no view")
    with pytest.raises(StoreBroken, match="lund"):
        back_up(store, tmp_path / "new.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_an_owner_of_whom_there_is_nothing_is_told(store, tmp_path):
    shutil.rmtree(folder_of_owner(store, "eslov"))
    made = back_up(store, tmp_path / "new.zip")
    assert made.without == ("eslov",) and [one.id for one in made.owners] == ["lund", "malmo-stad"]
    restore(tmp_path / "new.zip", tmp_path / "back")
    assert all_of(tmp_path / "back") == all_of(store)


def another_version(files, said):
    next(one for one in said["owners"] if one["id"] == "lund")["version"] -= 1


def an_owner_left_out(files, said):
    said["owners"] = [one for one in said["owners"] if one["id"] != "lund"]


def an_owners_files_left_out(files, said):
    for name in [name for name in files if name.startswith("owners/lund/")]:
        del files[name]
    said["files"] = [one for one in said["files"] if one["name"] in files]


def nobody_is_named(files, said):
    del files[FILE]
    said["files"] = [one for one in said["files"] if one["name"] != FILE]


def called(name: str):
    def change(files, said):
        files[name] = files.pop(f"owners/lund/{CURRENT}")
        next(f for f in said["files"] if f["name"] == f"owners/lund/{CURRENT}")["name"] = name

    return change


HOSTILE = [another_version, an_owner_left_out, an_owners_files_left_out, nobody_is_named, says(format=1), says(owner=7)]
HOSTILE += [says(owners=x) for x in (None, [[]], [{"id": "../x", "version": 1, "made_at": "2026-01-01"}])]
HOSTILE += [called(f"{n}/CURRENT") for n in ("owners/..", "owners/lund/..", "owners/none", "owners", "owners/lund/x")]


@pytest.mark.parametrize("change", HOSTILE)
def test_an_archive_that_somebody_has_made_up_is_refused(archive, tmp_path, change):
    made = changed(archive, tmp_path / "a.zip", change)
    with pytest.raises((BackupBroken, StoreBroken)):
        restore(made, tmp_path / "in" / "store")
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_nobody_takes_away_what_a_backup_of_all_reads_and_all_may_save(store, tmp_path, monkeypatch):
    """And no load of several owners is half in it: it is taken between two of them."""
    lund, put_in, before = folder_of_owner(store, "lund"), backup.put_file, all_of(store)
    meanwhile: list[Path] = []

    def busy(archive, path, below=""):
        if not meanwhile:
            meanwhile.append(path)
            save_nothing(lund)
            audit.note(lund, "test", Did.DOWNLOADED, file="meanwhile")
            with pytest.raises(StoreBusy):
                tidy(lund, tidied_by="test")
            with turn_at_owners(store, 0.1):
                pass
        return put_in(archive, path, below)

    monkeypatch.setattr(backup, "put_file", busy)
    monkeypatch.setattr(copying.nobody_copies.__wrapped__, "__defaults__", (0.1,))
    back_up(store, tmp_path / "one.zip")
    restore(tmp_path / "one.zip", tmp_path / "back")
    assert meanwhile and all_of(tmp_path / "back") == before
    tidy(lund, tidied_by="test")  # and afterwards it may go
    monkeypatch.setattr(backup, "LONGEST", 0.1)
    with turn_at_owners(store), pytest.raises(StoreBusy):
        back_up(store, tmp_path / "two.zip")
    assert not (tmp_path / "two.zip").exists()


@at_night  # by day a store's own is killed (test_kills), by the same means
@pytest.mark.parametrize("do", [back_up_beside, restore_beside])
def test_a_kill_leaves_nothing_half(loaded, archive, tmp_path, do):
    """Wherever it comes: there is a whole backup, or store, or none; and the next takes away what was left."""
    for place in count(0, 3):
        folder = tmp_path / str(place)
        store = shutil.copytree(loaded, folder / "store")
        shutil.copyfile(archive, folder / archive.name)
        writer = started(dying_at, place, store, do)
        writer.join(120)
        assert writer.exitcode in (0, -signal.SIGKILL)
        assert all_of(store) == all_of(loaded)
        if (folder / "new.zip").exists():
            assert len(check_backup(folder / "new.zip").owners) == 3
        if (folder / "back").exists():
            assert all_of(folder / "back") == all_of(loaded)
        back_up(store, folder / "again.zip")
        assert not [*folder.glob(f"{PREFIX}*")]
        if writer.exitcode == 0:
            return
