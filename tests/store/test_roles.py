"""The file of roles: read anew when it has changed, changed whole or not at all, and closed where it cannot be read."""

from __future__ import annotations

import json
import multiprocessing

import pytest

from analytics.model.errors import DoneUnnoted, StoreBroken, StoreMissing
from analytics.model.people import Identity, ViewerRole
from analytics.store.audit import entries, verify
from analytics.store.roles import FILE, Roles, give_role, take_role

ANNA, BO = Identity("https://issuer", "anna"), Identity("https://issuer", "bo")
processes = multiprocessing.get_context("spawn")


@pytest.fixture
def folder(tmp_path):
    """What is enough of a store for its roles."""
    (tmp_path / "CURRENT").write_text("{}")
    return tmp_path


def add_many(folder, name, times):
    for place in range(times):
        give_role(folder, Identity("https://issuer", f"{name}-{place}"), name, ViewerRole.DATA, (), "test")


def test_what_is_given_is_read_by_another(folder):
    there = Roles(folder)
    assert there.rows() == () and not there.are_kept
    give_role(folder, ANNA, "Anna", ViewerRole.SCHOOL, ("b", "a", "b"), "root")
    (row,) = there.of(ANNA)
    assert (row.name, row.role, row.schools, row.by) == ("Anna", ViewerRole.SCHOOL, ("a", "b"), "root")
    assert there.of(BO) == () and there.are_kept


def test_a_role_that_is_given_anew_takes_the_place_of_itself(folder):
    roles = Roles(folder)
    give_role(folder, ANNA, "Anna", ViewerRole.SCHOOL, ("a",), "root")
    give_role(folder, ANNA, "Anna", ViewerRole.FUNDS, (), "root")
    give_role(folder, ANNA, "Anna A", ViewerRole.SCHOOL, ("b",), "root")
    assert {(row.role, row.schools) for row in roles.of(ANNA)} == {(ViewerRole.SCHOOL, ("b",)), (ViewerRole.FUNDS, ())}


def test_what_is_taken_away_is_gone_for_who_has_read_it(folder):
    there = Roles(folder)
    for role in (ViewerRole.DATA, ViewerRole.ADMIN):
        give_role(folder, ANNA, "Anna", role, (), "root")
    give_role(folder, BO, "Bo", ViewerRole.DATA, (), "root")
    assert len(there.of(ANNA)) == 2
    assert [row.role for row in take_role(folder, ANNA, ViewerRole.DATA, "root")] == [ViewerRole.DATA]
    assert [row.role for row in there.of(ANNA)] == [ViewerRole.ADMIN] and len(there.of(BO)) == 1
    take_role(folder, ANNA, None, "root")
    assert there.of(ANNA) == () and take_role(folder, ANNA, None, "root") == ()
    assert [one.did for one in entries(folder, 9)] == ["role_taken"] * 2 + ["role_given"] * 3


BROKEN = [
    "", "{", "[]", "[" * 200_000, '{"roles": ' * 100_000, '{"roles": 1e999}', "\0" * 99, '{"roles": 1}',
    '{"roles": [{}]}', '{"roles": [{"issuer": "i", "subject": "", "name": "n",'
    ' "role": "data", "schools": [], "since": "2026-01-01T00:00:00+00:00", "by": "b"}]}',
    '{"roles": [{"issuer": "i", "subject": "s", "name": "n", "role": "root", "schools": [],'
    ' "since": "2026-01-01T00:00:00+00:00", "by": "b"}]}',
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_that_cannot_be_read_gives_nobody_a_role(folder, text):
    roles = Roles(folder)
    give_role(folder, ANNA, "Anna", ViewerRole.ADMIN, (), "root")
    assert roles.of(ANNA)
    (folder / FILE).write_text(text)
    with pytest.raises(StoreBroken):
        roles.of(ANNA)
    assert roles.are_kept


def test_a_folder_without_a_store_gets_no_roles(tmp_path):
    with pytest.raises(StoreMissing):
        give_role(tmp_path, ANNA, "Anna", ViewerRole.ADMIN, (), "root")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_given_that_cannot_be_written_down(folder):
    (folder / "audit.jsonl").mkdir()
    with pytest.raises(StoreBroken):
        give_role(folder, ANNA, "Anna", ViewerRole.ADMIN, (), "root")
    assert not (folder / FILE).exists()


def test_a_role_is_gone_also_where_that_cannot_be_written_down(folder):
    for role in (ViewerRole.DATA, ViewerRole.ADMIN):
        give_role(folder, ANNA, "Anna", role, (), "root")
    (folder / "audit.jsonl").unlink()
    (folder / "audit.jsonl").mkdir()
    with pytest.raises(DoneUnnoted):
        take_role(folder, ANNA, None, "root")
    assert Roles(folder).of(ANNA) == ()


def test_a_half_written_file_is_never_seen(folder):
    give_role(folder, ANNA, "Anna", ViewerRole.ADMIN, (), "root")
    (folder / (FILE + ".part")).write_text('{"roles"')  # what a writer that was ended leaves
    assert Roles(folder).of(ANNA)
    give_role(folder, BO, "Bo", ViewerRole.DATA, (), "root")
    assert not (folder / (FILE + ".part")).exists() and json.loads((folder / FILE).read_text())["roles"]


def test_several_processes_change_it_at_once(folder):
    writers = [processes.Process(target=add_many, args=(folder, name, 15), daemon=True) for name in ("a", "b", "c")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(Roles(folder).rows()) == 45 and verify(folder).entries == 45
