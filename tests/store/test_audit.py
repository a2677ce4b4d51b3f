"""The audit file: an entry a line, each with the digest of the one before, whoever writes and whatever ends them."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from analytics.model.people import Did, Identity
from analytics.store import audit
from analytics.store.audit import FILE, FIRST, acting_as, entries, entries_since, note, note_where_kept, verify

processes = multiprocessing.get_context("spawn")


def write_many(folder, name, times):
    for place in range(times):
        note(folder, name, Did.DOWNLOADED, file=f"{name}-{place}")


def noted(folder, times=5):
    write_many(folder, "anna", times)
    return (folder / FILE).read_bytes().splitlines(keepends=True)


def test_what_is_noted_is_told_the_last_first(tmp_path):
    note(tmp_path, "Anna Å", Did.SIGNED_IN, who=["https://issuer", "1"])
    note(tmp_path, "Bo", Did.REFUSED, page="behorighet")
    told = entries(tmp_path, 10)
    assert [(one.number, one.by, one.did) for one in told] == [(2, "Bo", "refused"), (1, "Anna Å", "signed_in")]
    assert told[1].with_ == {"who": ["https://issuer", "1"]} and entries(tmp_path, 1) == told[:1]


def test_where_one_person_is_alone_nothing_is_noted(tmp_path):
    note_where_kept(tmp_path, "anna", Did.VERSION_MADE, version=1)
    assert list(tmp_path.iterdir()) == []
    note(tmp_path, "anna", Did.SIGNED_IN)
    note_where_kept(tmp_path, "anna", Did.VERSION_MADE, version=1)
    assert [one.did for one in entries(tmp_path, 9)] == ["version_made", "signed_in"]


def test_a_whole_file_is_found_whole(tmp_path):
    assert verify(tmp_path).entries == 0 and verify(tmp_path).last == FIRST
    noted(tmp_path)
    early = verify(tmp_path)
    assert (early.entries, early.broken, early.torn) == (5, None, ())
    noted(tmp_path, 2)
    assert verify(tmp_path, last=early.last).found is True, "what was noted elsewhere is still in it"
    assert verify(tmp_path, last="0f" * 32).found is False


ALTERED = {
    "a name": lambda lines: [line.replace(b"anna-2", b"bertil") for line in lines],
    "a line taken out": lambda lines: lines[:2] + lines[3:],
    "the first taken out": lambda lines: lines[1:],
    "two that have changed places": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "a line put in": lambda lines: [*lines[:3], lines[2], *lines[3:]],
    "a line that is nothing": lambda lines: [*lines[:2], b"gone\n", *lines[3:]],
    "a number": lambda lines: [line.replace(b'"n":2', b'"n":7') for line in lines],
}


@pytest.mark.parametrize("how", ALTERED)
def test_what_is_altered_is_seen(tmp_path, how):
    lines = noted(tmp_path)
    assert verify(tmp_path).broken is None
    (tmp_path / FILE).write_bytes(b"".join(ALTERED[how](lines)))
    assert verify(tmp_path).broken is not None


def test_what_is_cut_off_at_the_end_is_seen_by_who_noted_the_last(tmp_path):
    lines = noted(tmp_path)
    last = verify(tmp_path).last
    (tmp_path / FILE).write_bytes(b"".join(lines[:-1]))
    assert verify(tmp_path).broken is None and verify(tmp_path, last=last).found is False


@pytest.mark.parametrize("left", [1, 20, -1])
def test_a_line_that_was_never_finished_stops_nobody(tmp_path, left):
    lines = noted(tmp_path, 3)
    (tmp_path / FILE).write_bytes(b"".join(lines[:2]) + lines[2][:left])
    note(tmp_path, "bo", Did.SIGNED_OUT)
    note(tmp_path, "bo", Did.SIGNED_IN)
    proof = verify(tmp_path)
    assert proof.broken is None and entries(tmp_path, 1)[0].by == "bo"
    assert proof.torn == ((3,) if left > 0 else ()), "where only the end of the line is missing, all of it is there"
    held = (tmp_path / FILE).read_bytes().splitlines(keepends=True)
    (tmp_path / FILE).write_bytes(b"".join([*held[:2], b"altered\n", *held[3:]]))
    assert verify(tmp_path).broken == 4, "nor may what is left of it be altered"


ODD = {
    "a list": b'["n","at","by","did","with","before"]',
    "deep": b"[" * 200_000,
    "a deep object": b'{"with":' * 100_000,
    "a time that is a number": b'{"n":1,"at":5,"by":"x","did":"y","with":{},"before":"0"}',
    "a time without a zone": b'{"n":1,"at":"2020-01-01","by":"x","did":"y","with":{},"before":"0"}',
    "a number that is a text": b'{"n":"x","at":"2020-01-01T00:00+00:00","by":"x","did":"y","with":{},"before":"0"}',
    "a number without end": b'{"n":1e999,"at":"2020-01-01T00:00+00:00","by":"x","did":"y","with":{},"before":"0"}',
    "a name that is a list": b'{"n":1,"at":"2020-01-01T00:00+00:00","by":[],"did":"y","with":{},"before":"0"}',
    "half a letter": b'{"n":1,"at":"2020-01-01T00:00+00:00","by":"\\ud800","did":"y","with":{},"before":"0"}',
    "nothing": bytes(100),
    "more nothing than is looked at": bytes(400_000),
}


@pytest.mark.parametrize("what", ODD)
def test_nor_does_a_line_of_another_kind(tmp_path, what):
    (tmp_path / FILE).write_bytes(ODD[what] + b"\n")
    note(tmp_path, "bo", Did.SIGNED_IN)
    assert [one.by for one in entries(tmp_path, 9)] == ["bo"]
    assert verify(tmp_path).torn == (1,) and verify(tmp_path).broken is None
    assert [one.by for one in entries_since(tmp_path, datetime.now(UTC) - timedelta(hours=1))] == ["bo"]


def test_no_name_makes_another_line_and_none_keeps_it_from_being_written(tmp_path):
    line = noted(tmp_path, 1)[0].decode()
    for name in (f"\n{line}\n", "a\r\nb\x85\u2028\u2029c", "\0\x1b", "\ud800 half a letter", "\udcff.csv"):
        note(tmp_path, name, Did.DOWNLOADED, file=name)
    assert verify(tmp_path).entries == 6 and verify(tmp_path).broken is None and verify(tmp_path).torn == ()


def test_those_that_were_added_since_are_found_however_many_came_later(tmp_path, monkeypatch):
    at = datetime.now(UTC)
    monkeypatch.setattr(audit, "_now", lambda: (at - timedelta(hours=2)).isoformat())
    noted(tmp_path, 3)
    monkeypatch.setattr(audit, "_now", lambda: at.isoformat())
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    write_many(tmp_path, "bo", 700)
    assert [one.number for one in entries_since(tmp_path, at - timedelta(hours=1))] == [*range(703, 3, -1)]
    assert len(entries_since(tmp_path, at - timedelta(hours=3))) == 703


def test_who_acts_is_told_by_who_they_are_as_well(tmp_path):
    with acting_as(Identity("https://issuer", "anna")):
        note(tmp_path, "Anna", Did.VERSION_MADE, version=2)
    note(tmp_path, "Anna", Did.VERSION_MADE, version=3)
    assert [one.with_.get("who") for one in entries(tmp_path, 9)] == [None, ["https://issuer", "anna"]]


def test_several_processes_write_at_once(tmp_path):
    names = ["anna", "bo", "cia"]
    writers = [processes.Process(target=write_many, args=(tmp_path, name, 40), daemon=True) for name in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert verify(tmp_path).entries == 120 and verify(tmp_path).broken is None
    told = [one.with_["file"] for one in reversed(entries(tmp_path, 200))]
    for name in names:
        assert [file for file in told if file.startswith(name)] == [f"{name}-{place}" for place in range(40)]


def test_a_writer_that_is_ended_leaves_a_chain(tmp_path):
    for seed in range(3):
        writer = processes.Process(target=write_many, args=(tmp_path, "anna", 100_000), daemon=True)
        writer.start()
        until = time.monotonic() + 30
        while not (tmp_path / FILE).exists() and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(random.Random(seed).uniform(0, 0.1))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join(30)
        note(tmp_path, "bo", Did.SIGNED_IN)
        assert verify(tmp_path).broken is None and verify(tmp_path).entries > seed + 1


def test_a_line_is_json_that_others_can_read(tmp_path):
    (line,) = noted(tmp_path, 1)
    assert set(json.loads(line)) == {"n", "at", "by", "did", "with", "before"}
