"""A file of drafts that fails takes nobody's typing away: it is held, written as soon as it can be, and nothing of a
damaged file is thrown away."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.model.errors import StoreBroken
from analytics.store import session_drafts
from analytics.store.drafts import ASIDE, FILE, Draft, Drafts, DraftsDamaged, Typed
from analytics.store.session_drafts import Memory, SessionDrafts

ABOUT = "dialogue alfa vebs-2022 2025"
MINE, HERS = Typed("", "mine"), Typed("", "hers")


@pytest.fixture
def own() -> dict[str, Draft]:
    """The session's drafts as it last saw them."""
    return {}


@pytest.fixture
def drafts(tmp_path, own) -> SessionDrafts:
    """A session that has typed in a field, beside somebody else."""
    Drafts(tmp_path).keep("hers", "other", ABOUT, "notes", HERS)
    session = SessionDrafts(tmp_path, "", Memory(), own.values)
    session.keep("mine", "s", ABOUT, "notes", MINE)
    own[ABOUT] = session.read("mine")
    return session


def overwritten(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def cut_off(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    os.truncate(path, path.stat().st_size - 4096)


def a_page_is_spoilt(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        size = connection.execute("pragma page_size").fetchone()[0]
    held = bytearray(path.read_bytes())
    held[size:] = b"\xff" * (len(held) - size)
    path.write_bytes(held)


@pytest.mark.parametrize("damage", [overwritten, cut_off, a_page_is_spoilt])
def test_a_damaged_file_is_put_aside_once_and_what_the_session_had_goes_on(drafts, tmp_path, damage: Callable):
    damage(tmp_path / FILE)
    spoilt = (tmp_path / FILE).read_bytes()
    with pytest.raises(DraftsDamaged):
        Drafts(tmp_path).read("mine")
    drafts.keep("mine", "s", ABOUT, "held", Typed("", "2025-01-01"))
    assert not drafts.failing
    assert Drafts(tmp_path).read("mine").fields == {"notes": MINE, "held": Typed("", "2025-01-01")}, "on disk, same id"
    aside = [path for path in tmp_path.glob(f"{ASIDE}*.sqlite")]
    assert len(aside) == 1 and aside[0].read_bytes() == spoilt, "nothing is thrown away"
    assert abs((datetime.now(UTC) - drafts.put_aside_at()).total_seconds()) < 60
    another = SessionDrafts(tmp_path, "", Memory(), list)
    another.keep("hers", "other", ABOUT, "notes", HERS)
    assert len(another.about(ABOUT)) == 2 and [*tmp_path.glob(f"{ASIDE}*.sqlite")] == aside


def test_whoever_comes_second_does_not_put_the_new_file_aside(drafts, tmp_path):
    overwritten(tmp_path / FILE)
    drafts.put_aside()
    drafts.put_aside()
    drafts.keep("mine", "s", ABOUT, "notes", MINE)
    drafts.put_aside()
    assert len([*tmp_path.glob(f"{ASIDE}*")]) == 1 and Drafts(tmp_path).read("mine").fields == {"notes": MINE}


def a_folder_in_its_place(path: Path, _) -> None:
    for beside in path.parent.glob(f"{FILE}*"):
        beside.unlink()
    path.mkdir()
    (path / "something").touch()


def full_disk(path: Path, monkeypatch) -> None:
    """What is there can be read, and nothing can be written."""

    def no_room(self: Drafts, *_) -> None:
        raise StoreBroken(f"{path}: database or disk is full")

    monkeypatch.setattr(Drafts, "_write", no_room)


@pytest.mark.parametrize("fault", [a_folder_in_its_place, full_disk])
def test_what_cannot_be_kept_is_held_and_written_when_it_can_be(drafts, tmp_path, monkeypatch, fault, caplog):
    with monkeypatch.context() as patch:
        fault(tmp_path / FILE, patch)
        drafts.keep("mine", "s", ABOUT, "held", Typed("", "2025-01-01"))
        assert drafts.failing and "drafts cannot be kept" in caplog.text
        assert drafts.read("mine").fields == {"notes": MINE, "held": Typed("", "2025-01-01")}
        drafts.forget("mine", ("notes",))
        drafts.sign("mine", "Anna")
        assert drafts.about(ABOUT)[0].fields == {"held": Typed("", "2025-01-01")}
        assert not [*tmp_path.glob(f"{ASIDE}*")], "what is not damaged is left where it is"
    if fault is a_folder_in_its_place:
        (tmp_path / FILE / "something").unlink()
        (tmp_path / FILE).rmdir()
    assert drafts.read("mine") and drafts.failing, "it is tried now and then"
    monkeypatch.setattr(session_drafts, "TRY_AGAIN", 0)
    assert drafts.read("mine").fields == {"held": Typed("", "2025-01-01")} and not drafts.failing
    found = Drafts(tmp_path).read("mine")
    assert (found.fields, found.who, found.session) == ({"held": Typed("", "2025-01-01")}, "Anna", "s")
    drafts.saved("mine", {"held": ("2025-01-01", "2025-01-01", "")})
    assert Drafts(tmp_path).read("mine") is None
