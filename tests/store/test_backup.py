"""A store as one file and back: equal to the last byte, while others write, and never half."""

from __future__ import annotations

import errno
import json
import shutil
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from time import sleep

import pytest
from filelock import FileLock

from analytics.cli import main
from analytics.loads.disposal_rules import outright
from analytics.loads.disposing import dispose
from analytics.loads.purging import purge
from analytics.loads.tidying import tidy
from analytics.model.errors import StoreBroken, StoreBusy, StoreMissing, StoreThere
from analytics.model.people import Did, Identity, ViewerRole
from analytics.store import audit, backup, copying
from analytics.store.archive_file import CONTENTS
from analytics.store.aside import PREFIX, aside
from analytics.store.backup import BackupBroken, BackupThere, back_up, check_backup, restore
from analytics.store.drafts import ASIDE, Drafts, Typed
from analytics.store.roles import give_role
from analytics.store.rollback import check_whole
from analytics.store.versions import CURRENT, read_current
from tests.sampling import NIGHTLY, at_night
from tests.store.making import SCHOOLS, answers, put, tree
from tests.store.others import save_nothing, started


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions, something typed and not saved, and what no version knows of."""
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("backup å ö") / "store")
    put(store, schools=SCHOOLS)
    put(store, answers=answers("alfa"))
    Drafts(store).keep("one", "session", "dialogue alfa", "field", Typed("", "half a sentence, typed"))
    (store / "view-99.duckdb.part").write_text("of a killed load")
    (store / "notes.txt").write_text("somebody's")
    return store


@pytest.fixture(scope="module")
def archive(loaded: Path) -> Path:
    back_up(loaded, loaded.parent / "kvalitet.zip")
    return loaded.parent / "kvalitet.zip"


def versions(store: Path) -> dict[str, bytes]:
    return {name: text for name, text in tree(store).items() if name.endswith(".duckdb") or name == CURRENT}


def drafts(store: Path) -> list:
    return [(draft.id, draft.fields) for draft in Drafts(store).about("dialogue alfa")]


def test_a_store_comes_back_as_it_was(loaded, archive, tmp_path):
    for folder in (tmp_path / "new", tmp_path / "among others" / "deep", tmp_path):
        said = restore(archive, folder / "store")
        assert said == check_backup(archive) and said.version == read_current(folder / "store").number
        assert versions(folder / "store") == versions(loaded)
        assert drafts(folder / "store") == drafts(loaded) != []
        assert not {"notes.txt", "view-99.duckdb.part"} & set(tree(folder / "store"))
    put(tmp_path / "store", answers=answers("beta"))  # and can be worked on


@pytest.mark.parametrize("damage", [b"no file of SQLite's at all", b"SQLite format 3\0" + b"\7" * 5000])
def test_a_damaged_file_of_drafts_is_left_out_and_told_and_all_else_is_there(loaded, tmp_path, capsys, damage):
    store = shutil.copytree(loaded, tmp_path / "store")
    (store / "drafts.sqlite").write_bytes(damage)
    main(["backup", str(tmp_path / "one.zip"), "--store", str(store)])
    assert "drafts.sqlite" in capsys.readouterr().out
    assert restore(tmp_path / "one.zip", tmp_path / "again").files == check_backup(tmp_path / "one.zip").files
    assert versions(tmp_path / "again") == versions(loaded) and drafts(tmp_path / "again") == []
    assert (store / "drafts.sqlite").read_bytes() == damage


def test_the_document_for_the_data_protection_officer_names_every_file_that_a_store_has():
    told = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
    assert [
        name for name in (*backup.BESIDE, f"{ASIDE}*.sqlite", "view-N", "answers-N") if f"`{name}" not in told
    ] == []


@at_night
def test_it_is_taken_while_others_load_save_and_type(loaded, tmp_path):
    """Each is the store as it stood at a moment: to the last byte the versions that were published until then, what was
    written down of them and no more, and nothing half typed."""
    store = shutil.copytree(loaded, tmp_path / "store")
    give_role(store, Identity("https://idp", "1"), "Anna Ek", ViewerRole.ADMIN, (), "test")
    first, taken = read_current(store).number, []
    busy = [started(load_and_type, store), *(started(save_and_note, store, n) for n in range(20))]
    while any(one.is_alive() for one in busy) or not taken:
        back_up(store, tmp_path / f"{len(taken)}.zip")
        taken.append(tmp_path / f"{len(taken)}.zip")
    assert [one.exitcode for one in busy] == [0] * 21 and len(taken) > 2
    numbers = []
    for one in taken:
        back = tmp_path / f"back-{one.stem}"
        numbers.append(restore(one, back).version)
        current, held = read_current(back), versions(back)
        assert current.number == numbers[-1] == max(version.number for version in current.published)
        assert all(held[name] == (store / name).read_bytes() for name in held.keys() - {CURRENT})
        check_whole(back, current.in_force)
        assert (audit.verify(back).broken, audit.verify(back).torn) == (None, ())
        assert (store / audit.FILE).read_bytes().startswith((back / audit.FILE).read_bytes())
        made = {one.with_["version"] for one in audit.entries(back, 10_000) if one.did == "version_made"}
        assert made == set(range(first + 1, current.number + 1))
        assert all(
            typed.text == "typed" * 9 for draft in Drafts(back).about("typed") for typed in draft.fields.values()
        )
    assert numbers == sorted(numbers) and numbers[-1] == read_current(store).number


def load_and_type(store: Path) -> None:
    for year in (2023, 2024, 2025):
        put(store, **{f"answers{year}": answers("alfa", year)})
        for n in range(20):
            Drafts(store).keep(f"{year}-{n}", "session", "dialogue alfa", "field", Typed("", str(n)))


def save_and_note(store: Path, number: int) -> None:
    for n in range(4):
        save_nothing(store)
        for m in range(25):
            Drafts(store).keep(f"{number}-{n}-{m}", "session", "typed", "field", Typed("", "typed" * 9))
            audit.note(store, "name " * 60, Did.DOWNLOADED, file="file")


def test_those_who_save_do_not_wait_for_a_backup_and_nobody_takes_away_what_it_reads(loaded, tmp_path, monkeypatch):
    """A large store takes minutes to copy. What comes meanwhile is in no part of it, and the versions stay."""
    store = shutil.copytree(loaded, tmp_path / "store")
    before, number = versions(store), read_current(store).number
    audit.note(store, "test", Did.DOWNLOADED, file="before")
    put_in = backup.put_file
    meanwhile: list[Path] = []

    def busy(archive, path, below=""):
        if not meanwhile:
            meanwhile.append(path)
            save_nothing(store)
            audit.note(store, "test", Did.DOWNLOADED, file="meanwhile")
            Drafts(store).keep("two", "session", "dialogue alfa", "field", Typed("", "typed meanwhile"))
            for takes_away in (tidy_soon, dispose_soon, purge_soon):
                with pytest.raises(StoreBusy):
                    takes_away(store)
            with pytest.raises(StoreBusy):
                back_up(store, tmp_path / "another.zip")
        return put_in(archive, path, below)

    monkeypatch.setattr(backup, "put_file", busy)
    monkeypatch.setattr(backup, "WAIT", 0.1)
    monkeypatch.setattr(copying.nobody_copies.__wrapped__, "__defaults__", (0.1,))
    assert back_up(store, tmp_path / "one.zip").version == number
    restore(tmp_path / "one.zip", tmp_path / "back")
    assert versions(tmp_path / "back") == before and read_current(store).number == number + 1
    assert drafts(tmp_path / "back") == drafts(loaded) and len(drafts(store)) == 2
    assert [one.with_["file"] for one in audit.entries(tmp_path / "back", 9) if one.did == "downloaded"] == ["before"]
    assert audit.verify(tmp_path / "back").broken is None
    tidy_soon(store)  # and afterwards it may go


def tidy_soon(store: Path) -> None:
    tidy(store, tidied_by="test")


def dispose_soon(store: Path) -> None:
    dispose(store, outright(("vebs-2022", 2022), None, False, "test"), "test")


def purge_soon(store: Path) -> None:
    purge(store, purged_by="test")


def test_no_half_line_of_the_audit_is_taken_along(loaded, tmp_path):
    """As somebody writes it just then: a chain that goes on from half a line would be told as broken off there."""
    store = shutil.copytree(loaded, tmp_path / "store")
    audit.note(store, "test", Did.DOWNLOADED, file="one")
    line = (store / audit.FILE).read_bytes()
    with ThreadPoolExecutor() as others:
        with FileLock(store / audit.LOCK), (store / audit.FILE).open("ab") as writer:
            writer.write(line[: len(line) // 2])
            writer.flush()
            taken = others.submit(back_up, store, tmp_path / "one.zip")
            sleep(0.5)
            assert not taken.done()
            writer.truncate(len(line))  # as though it had never begun: it is done all the same
        taken.result()
    restore(tmp_path / "one.zip", tmp_path / "back")
    assert (tmp_path / "back" / audit.FILE).read_bytes() == line
    assert audit.verify(tmp_path / "back").torn == ()


def test_nothing_takes_the_place_of_what_is_there(loaded, archive, tmp_path):
    before = archive.read_bytes()
    with pytest.raises(BackupThere):
        back_up(loaded, archive)
    assert archive.read_bytes() == before
    here = tree(loaded)
    with pytest.raises(StoreThere):
        restore(archive, loaded)
    assert tree(loaded) == here
    for name in ("CURRENT", "answers-7.duckdb", "a letter.docx"):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        (folder / name).write_text("somebody's")
        with pytest.raises(StoreThere):
            restore(archive, folder)
        assert tree(folder) == {name: b"somebody's"}
    with pytest.raises(StoreMissing):
        back_up(tmp_path / "nowhere", tmp_path / "new.zip")
    assert not list(tmp_path.glob("new.zip*"))


def test_what_is_broken_is_not_taken_for_a_backup(loaded, tmp_path):
    store = shutil.copytree(loaded, tmp_path / "store")
    view = store / read_current(store).in_force.view
    view.write_bytes(view.read_bytes()[: view.stat().st_size // 2])
    with pytest.raises(StoreBroken):
        back_up(store, tmp_path / "new.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


@pytest.mark.parametrize("seed", range(300 if NIGHTLY else 6))
def test_an_altered_archive_is_refused_and_nothing_is_put_back(archive, tmp_path, seed):
    """Any byte that another stands in the place of, and any end that is gone; where ZIP itself does not care, the store
    is as it was."""
    random, altered = Random(seed), bytearray(archive.read_bytes())
    if seed % 3:
        altered[random.randrange(len(altered))] ^= 1 << random.randrange(8)
    else:
        del altered[random.randrange(len(altered)) :]
    (tmp_path / "a.zip").write_bytes(altered)
    try:
        restore(tmp_path / "a.zip", tmp_path / "store")
    except BackupBroken:
        assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    else:
        restore(archive, tmp_path / "whole")
        assert tree(tmp_path / "store") == tree(tmp_path / "whole")


def changed(archive: Path, to: Path, change) -> Path:
    """An archive whose contents and list are what `change` makes of them."""
    with zipfile.ZipFile(archive) as old:
        files = {name: old.read(name) for name in old.namelist() if name != CONTENTS}
        said = json.loads(old.read(CONTENTS))
    change(files, said)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in files.items():
            new.writestr(name, data)
        new.writestr(CONTENTS, json.dumps(said))
    return to


def named(name: str):
    def change(files, said):
        files[name] = files.pop(CURRENT)
        next(f for f in said["files"] if f["name"] == CURRENT)["name"] = name

    return change


def another_version(files, said):
    said["version"] -= 1


def a_file_left_out(files, said):
    in_force = json.loads(files[CURRENT])
    gone = next(v["answers"] for v in in_force["published"] if v["number"] == in_force["version"])
    del files[gone]
    said["files"] = [f for f in said["files"] if f["name"] != gone]


def a_file_nobody_told_of(files, said):
    files["view-77.duckdb"] = b"x"


def larger_than_said(files, said):
    files[CURRENT] += b" " * 50_000_000


def says_of_a_file(**said_of_it):
    def change(files, said):
        next(f for f in said["files"] if f["name"] == CURRENT).update(said_of_it)

    return change


def says(**all_in_all):
    return lambda files, said: said.update(all_in_all)


HOSTILE = [another_version, a_file_left_out, a_file_nobody_told_of, larger_than_said]
HOSTILE += [says_of_a_file(bytes=n) for n in (-1, float("inf"), "1" * 5000, None, "NaN")]
HOSTILE += [says(version=float("inf")), says(made_at=7), says(files=[[]]), says(format=None)]
HOSTILE += [named(n) for n in ("../CURRENT", "/tmp/CURRENT", "a/CURRENT", "..\\CURRENT", "C:CURRENT", "CURRENT ", "x")]


@pytest.mark.parametrize("change", HOSTILE)
def test_an_archive_that_somebody_has_made_up_is_refused(archive, tmp_path, change):
    made = changed(archive, tmp_path / "a.zip", change)
    with pytest.raises((BackupBroken, StoreBroken)):
        restore(made, tmp_path / "in" / "store")
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_what_has_no_room_is_told_before_a_byte_is_written(archive, tmp_path):
    """Some bytes say that they are as much as no disk holds, and would be held to it."""
    made = changed(archive, tmp_path / "a.zip", says_of_a_file(bytes=10**18))
    with pytest.raises(OSError, match="No space"):
        restore(made, tmp_path / "store")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_is_packed_otherwise_than_ours_is_not_unpacked(archive, tmp_path, packed):
    """LZMA takes as much memory as the archive asks for."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(tmp_path / "a.zip", "w", packed) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    with pytest.raises(BackupBroken, match="compression"):
        check_backup(tmp_path / "a.zip")


def test_an_archive_of_a_million_names_takes_no_memory_for_them(tmp_path):
    name = b"PK\x01\x02" + bytes(42)
    end = b"PK\x05\x06" + bytes(4) + b"\xff" * 4 + (len(name) * 10**6).to_bytes(4, "little") + bytes(6)
    (tmp_path / "a.zip").write_bytes(name * 10**6 + end)
    tracemalloc.start()
    with pytest.raises(BackupBroken, match="at once"):
        check_backup(tmp_path / "a.zip")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_what_a_killed_backup_or_restore_has_left_goes_with_the_next(loaded, archive, tmp_path):
    """And what somebody works in just now stays."""
    with aside(tmp_path) as busy:
        (busy / "store").mkdir()
        for name in ("a", "b"):
            left = tmp_path / f"{PREFIX}{name}"
            (left / "store").mkdir(parents=True)
            (left / "store" / "answers-1.duckdb").write_bytes(b"somebody's answers")
            if name == "a":
                restore(archive, tmp_path / "new")
            else:
                back_up(loaded, tmp_path / "new.zip")
            assert not left.exists() and (busy / "store").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "new.zip"]


@pytest.mark.parametrize("made", [b"", b"PK", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_told_as_that(made, tmp_path, capsys, monkeypatch):
    (tmp_path / "a.zip").write_bytes(made)
    for command in (["verify", str(tmp_path / "a.zip")], ["restore", str(tmp_path / "a.zip")]):
        with pytest.raises(SystemExit) as ended:
            main(["--store", str(tmp_path / "store"), *command])
        assert ended.value.code == 1
        assert "säkerhetskopia" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("at", range(4))
def test_a_full_disk_leaves_nothing_half(loaded, archive, tmp_path, monkeypatch, at):
    left = [at]

    def full(path: Path) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup, "sync", full)
    with pytest.raises(OSError, match="No space"):
        restore(archive, tmp_path / "store")
    assert list(tmp_path.iterdir()) == []
    if at == 0:
        with pytest.raises(OSError, match="No space"):
            back_up(loaded, tmp_path / "a.zip")
        assert list(tmp_path.iterdir()) == []


def test_the_commands_say_what_they_did(loaded, tmp_path, capsys):
    store, archive = shutil.copytree(loaded, tmp_path / "store"), tmp_path / "a.zip"

    def run(*words: str, of: Path = store) -> tuple[int, str]:
        code = 0
        try:
            main(["--store", str(of), *words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out = capsys.readouterr()
        return code, out.out + out.err

    number = read_current(store).number
    assert run("backup", str(archive))[0] == 0 and check_backup(archive).version == number
    code, said = run("backup", str(archive))
    assert code == 1 and "redan" in said
    other = tmp_path / "b.zip"
    assert run("backup", "--out", str(other))[0] == 0 and check_backup(other).version == number
    assert run("backup")[0] == run("backup", str(tmp_path / "c.zip"), "--out", str(tmp_path / "d.zip"))[0] == 2
    assert run("verify") == (0, f"Version {number} gäller nu.\n{number} versioner, alla hela.\n")
    assert json.loads(run("verify", str(archive), "--json")[1])["version"] == number
    assert run("restore", str(archive), of=tmp_path / "back")[0] == 0
    code, said = run("restore", str(archive), of=tmp_path / "back")
    assert code == 1 and "tom mapp" in said
    assert run("restore", str(tmp_path / "gone.zip"), of=tmp_path / "new")[0] == 1

    (store / CURRENT).unlink()
    assert run("verify")[0] == 3
    assert run("repair") == (0, f"Version {number} gäller nu.\n") and versions(store) == versions(tmp_path / "back")
    view = store / read_current(store).in_force.view
    view.write_bytes(b"broken")
    assert run("verify")[0] == 3
    assert run("repair") == (0, f"Version {number - 1} gäller nu.\n")
    code, said = run("verify")
    assert code == 0 and f"Version {number} är inte hel" in said
