"""A lake whose machines share object storage. By night all of the lake's other tests run on it too (conftest.py)."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest

from analytics.model.errors import StorageUnreachable, StoreUnreachable
from analytics.store.lake import home as homes
from analytics.store.lake.address import LakeAddress
from analytics.store.lake.connecting import made
from analytics.store.lake.objects import ObjectPlace, S3Settings
from analytics.store.lake.places import FolderPlace
from analytics.store.reading import Store
from analytics.store.versions import read_current
from analytics.store.writing import locked
from tests.sampling import at_night
from tests.store.lake.lakes import Lake
from tests.store.lake.storage import KEY, SECRET
from tests.store.lake.test_lake import check_lake, shown, stop
from tests.store.making import SCHOOLS, answers, kvalitet, put


@pytest.fixture
def one(in_objects, empty_store) -> Path:
    """The first machine's folder, at version 2, with answers of one school."""
    folder = in_objects.machine("one")
    assert kvalitet("move", "--to", in_objects.address, "--store", empty_store) == 0
    put(folder, schools=SCHOOLS, answers=answers("alfa"))
    return folder


def test_two_machines_and_no_folder(in_objects, one, monkeypatch, tmp_path):
    two = in_objects.machine("two")
    assert shown(two) == [("alfa", 26)]
    with monkeypatch.context() as patch:
        patch.setattr(homes, "tell", stop)
        with pytest.raises(StoreUnreachable, match="stopped"):
            put(one, answers=answers("beta", people=33))
    assert put(two, answers=answers("beta", people=27)).version > 2
    with locked(one):
        pass  # whoever writes has what others have made
    assert shown(one) == shown(two) == [("alfa", 26), ("beta", 27)]
    check_lake(one)
    assert in_objects.views() == sorted(version.view for version in read_current(one).published)
    assert written_down(in_objects, tmp_path) == []


def written_down(lake: Lake, around: Path) -> list[str]:
    """Where the key's secret is written down, of what a lake keeps in PostgreSQL and on machines."""
    files = [path for path in around.rglob("*") if path.is_file() and path.stat().st_size < 1_000_000]
    found = [str(path) for path in files if SECRET.encode() in path.read_bytes()]
    with psycopg.connect(lake.address) as connection:
        tables = "select schemaname || '.' || tablename from pg_tables where schemaname ~ '^(kvalitet|ducklake)'"
        for (name,) in connection.execute(tables).fetchall():
            if any(SECRET in str(row) for row in connection.execute(f"table {name}").fetchall()):
                found.append(name)
    return found


def test_a_view_that_half_came_is_nobodys(in_objects, one, monkeypatch):
    """Python's file makes an object of what was written before it failed."""

    def half(self: ObjectPlace, file: Path, name: str) -> None:
        with self._storage.open_output_stream(self._at(name)) as shared:
            shared.write(file.read_bytes()[:1000])
            raise OSError("the line is gone")

    with monkeypatch.context() as patch:
        patch.setattr(ObjectPlace, "put", half)
        with pytest.raises(StorageUnreachable, match="the line is gone"):
            put(one, answers=answers("beta", people=27))
    shared = in_objects.shared
    halves = [name for name in shared.names("views") if len(shared.read(f"views/{name}")) == 1000]
    assert len(halves) == 1 and shown(in_objects.machine("two")) == [("alfa", 26)]
    assert put(one, answers=answers("beta", people=27)).version > 2
    check_lake(one)
    assert in_objects.views() == sorted(version.view for version in read_current(one).published)


def test_nobody_writes_over_a_view(in_objects, tmp_path):
    """Of two writers who give a version the same number, as one has lost the lock and does not know it."""
    for place in (in_objects.shared, FolderPlace(tmp_path)):
        place.begin("views")
        told = {}
        for text in ("one", "other"):
            (tmp_path / text).write_text(text, "utf-8")
            told[text] = place.named("views/view-7.duckdb", FolderPlace(tmp_path).digest(text))
            place.put(tmp_path / text, told[text])
        assert place.read(told["one"]) == b"one"
    assert in_objects.shared.read(told["other"]) is None
    assert len(in_objects.shared.names("views")) == 2 and len(FolderPlace(tmp_path).names("views")) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "Objektlagringen svarar inte"),
        ({"AWS_SECRET_ACCESS_KEY": ""}, "Ange nyckeln"),
        ({"KVALITET_DATA": "s3://no-such-bucket/city"}, "ingen delad mapp eller bucket"),
        ({"KVALITET_DATA": "s3://"}, "ingen delad mapp eller bucket"),
        ({"KVALITET_DATA": "s3://a//b"}, "ingen delad mapp eller bucket"),
    ],
    ids=["no answer", "no key", "no bucket", "no name", "no part of a name"],
)
def test_storage_that_cannot_be_is_told(in_objects, monkeypatch, capsys, wrong, says):
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    clock = time.monotonic()
    assert kvalitet("versions", "--store", in_objects.address) == 3
    told = capsys.readouterr().err
    assert says in told and SECRET not in told and time.monotonic() - clock < 15


def test_a_server_goes_on_while_storage_is_gone(in_objects, one, monkeypatch):
    """Pages have the version that is on the machine; who writes is told, and nothing is half done."""
    store, before = Store(one), read_current(one)

    def gone(*_: object) -> None:
        raise OSError("no answer")

    with monkeypatch.context() as patch:
        for name in ("put", "take", "read", "names", "digest"):
            patch.setattr(ObjectPlace, name, gone)
        with pytest.raises(StorageUnreachable, match="no answer"):
            put(one, answers=answers("beta", people=27))
        assert store.current().number == 2 and shown(one) == [("alfa", 26)]
    assert read_current(one) == before
    assert put(one, answers=answers("beta", people=27)).version > 2


def test_the_secret_is_shown_to_nobody(monkeypatch, storage):
    for name, value in (storage.environment | {"AWS_SESSION_TOKEN": "a-token"}).items():
        monkeypatch.setenv(name, value)
    settings = S3Settings.of_environment()
    assert KEY in repr(settings) and SECRET not in repr(settings) and "a-token" not in repr(settings)
    told = str(made(LakeAddress("", "s3://bucket/city")).execute("from duckdb_secrets()").fetchall())
    assert "s3://bucket/city" in told and KEY in told and SECRET not in told and "a-token" not in told


@at_night
def test_from_a_folder_to_storage_and_back(in_objects, one, tmp_path):
    assert kvalitet("move", "--to", tmp_path / "back", "--store", in_objects.address) == 0
    assert shown(tmp_path / "back") == shown(one)
    for version in read_current(one).published:
        assert (tmp_path / "back" / version.view).read_bytes() == (one / version.view).read_bytes()
