"""The file of roles: read anew when it has changed, changed whole or not at all, and closed where it cannot be read."""

from __future__ import annotations

import json
import multiprocessing

import pytest

from analytics.model.errors import StoreBroken, StoreMissing
from analytics.model.people import Identity, ViewerRole
from analytics.store.audit import entries, verify
from analytics.store.roles import FILE, Roles

ANNA, BO = Identity("https://issuer", "anna"), Identity("https://issuer", "bo")
processes = multiprocessing.get_context("spawn")


@pytest.fixture
def folder(tmp_path):
    """What is enough of a store for its roles."""
    (tmp_path / "CURRENT").write_text("{}")
    return tmp_path


def add_many(folder, name, times):
    roles = Roles(folder)
    for place in range(times):
        roles.add(Identity("https://issuer", f"{name}-{place}"), name, ViewerRole.DATA, (), "test")


def test_what_is_given_is_read_by_another(folder):
    here, there = Roles(folder), Roles(folder)
    assert there.rows() == () and not there.are_kept
    here.add(ANNA, "Anna", ViewerRole.SCHOOL, ("b", "a", "b"), "root")
    (row,) = there.of(ANNA)
    assert (row.name, row.role, row.schools, row.by) == ("Anna", ViewerRole.SCHOOL, ("a", "b"), "root")
    assert there.of(BO) == () and there.are_kept


def test_a_role_that_is_given_anew_takes_the_place_of_itself(folder):
    roles = Roles(folder)
    roles.add(ANNA, "Anna", ViewerRole.SCHOOL, ("a",), "root")
    roles.add(ANNA, "Anna", ViewerRole.FUNDS, (), "root")
    roles.add(ANNA, "Anna A", ViewerRole.SCHOOL, ("b",), "root")
    assert {(row.role, row.schools) for row in roles.of(ANNA)} == {(ViewerRole.SCHOOL, ("b",)), (ViewerRole.FUNDS, ())}


def test_what_is_taken_away_is_gone_for_who_has_read_it(folder):
    here, there = Roles(folder), Roles(folder)
    for role in (ViewerRole.DATA, ViewerRole.ADMIN):
        here.add(ANNA, "Anna", role, (), "root")
    here.add(BO, "Bo", ViewerRole.DATA, (), "root")
    assert len(there.of(ANNA)) == 2
    assert [row.role for row in here.remove(ANNA, ViewerRole.DATA, "root")] == [ViewerRole.DATA]
    assert [row.role for row in there.of(ANNA)] == [ViewerRole.ADMIN] and len(there.of(BO)) == 1
    here.remove(ANNA, None, "root")
    assert there.of(ANNA) == () and here.remove(ANNA, None, "root") == ()
    assert [one.did for one in entries(folder, 9)] == ["role_taken"] * 2 + ["role_given"] * 3


BROKEN = [
    "", "{", "[]", '{"roles": 1}', '{"roles": [{}]}', '{"roles": [{"issuer": "i", "subject": "", "name": "n",'
    ' "role": "data", "schools": [], "since": "2026-01-01T00:00:00+00:00", "by": "b"}]}',
    '{"roles": [{"issuer": "i", "subject": "s", "name": "n", "role": "root", "schools": [],'
    ' "since": "2026-01-01T00:00:00+00:00", "by": "b"}]}',
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_that_cannot_be_read_gives_nobody_a_role(folder, text):
    roles = Roles(folder)
    roles.add(ANNA, "Anna", ViewerRole.ADMIN, (), "root")
    assert roles.of(ANNA)
    (folder / FILE).write_text(text)
    with pytest.raises(StoreBroken):
        roles.of(ANNA)
    assert roles.are_kept


def test_a_folder_without_a_store_gets_no_roles(tmp_path):
    with pytest.raises(StoreMissing):
        Roles(tmp_path).add(ANNA, "Anna", ViewerRole.ADMIN, (), "root")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_given_that_cannot_be_written_down(folder):
    (folder / "audit.jsonl").mkdir()
    with pytest.raises(StoreBroken):
        Roles(folder).add(ANNA, "Anna", ViewerRole.ADMIN, (), "root")
    assert not (folder / FILE).exists()


def test_a_half_written_file_is_never_seen(folder):
    roles = Roles(folder)
    roles.add(ANNA, "Anna", ViewerRole.ADMIN, (), "root")
    (folder / (FILE + ".part")).write_text('{"roles"')  # what a writer that was ended leaves
    assert Roles(folder).of(ANNA)
    roles.add(BO, "Bo", ViewerRole.DATA, (), "root")
    assert not (folder / (FILE + ".part")).exists() and json.loads((folder / FILE).read_text())["roles"]


def test_several_processes_change_it_at_once(folder):
    writers = [processes.Process(target=add_many, args=(folder, name, 15), daemon=True) for name in ("a", "b", "c")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(Roles(folder).rows()) == 45 and verify(folder).entries == 45
