"""The file that says what is shown to whom: read anew when it has changed, and closed where it cannot be read."""

from __future__ import annotations

import pytest

from analytics.model.errors import StoreBroken, StoreMissing
from analytics.model.people import Audience, Openness, OtherSchools
from analytics.store.audit import entries
from analytics.store.openness import FILE, openness_file, release, release_new_rounds, tell_of_other_schools

MANAGEMENT, PRINCIPALS, EVERYBODY = Audience
FIRST, SECOND = ("vebs-2022", 2024), ("vebs-2022", 2025)


@pytest.fixture
def folder(tmp_path):
    """What is enough of a store, that several people use."""
    (tmp_path / "CURRENT").write_text("{}")
    (tmp_path / "audit.jsonl").touch()
    return tmp_path


def test_nothing_is_held_back_where_nobody_has_said_anything(folder):
    said = openness_file(folder).said()
    assert said == Openness() and not said.in_steps
    assert said.released_to(*FIRST) is EVERYBODY and said.other_schools is OtherSchools.NOTHING


def test_each_step_has_those_before_it():
    assert [[one.includes(other) for other in Audience] for one in Audience] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_a_step_is_read_by_another_and_written_down(folder):
    there = openness_file(folder)
    release(folder, *SECOND, MANAGEMENT, "Anna")
    assert there.said().released_to(*SECOND) is MANAGEMENT and there.said().in_steps
    assert there.said().released_to(*FIRST) is EVERYBODY
    release(folder, *SECOND, PRINCIPALS, "Bo")
    (row,) = there.said().rounds
    assert (row.to, row.by) == (PRINCIPALS, "Bo")
    told = [(one.by, one.did, one.with_) for one in entries(folder, 9)]
    about = {"framework": "vebs-2022", "year": 2025}
    assert told == [
        ("Bo", "released", {**about, "to": "principals"}),
        ("Anna", "released", {**about, "to": "management"}),
    ]


def test_a_new_default_leaves_the_rounds_that_there_are_as_they_are(folder):
    there, coming = openness_file(folder), ("vebs-2022", 2026)
    release_new_rounds(folder, MANAGEMENT, [FIRST, SECOND], "Anna")
    assert [there.said().released_to(*of) for of in (FIRST, SECOND, coming)] == [EVERYBODY, EVERYBODY, MANAGEMENT]
    release_new_rounds(folder, EVERYBODY, [FIRST, SECOND, coming], "Anna")
    assert there.said().released_to(*coming) is MANAGEMENT, "a round that was held back is not let out by it"
    assert there.said().released_to("vebs-2022", 2027) is EVERYBODY


def test_what_schools_are_told_of_each_other_is_a_setting(folder):
    release(folder, *SECOND, PRINCIPALS, "Anna")
    assert tell_of_other_schools(folder, OtherSchools.NAMES, "Anna").other_schools is OtherSchools.NAMES
    assert openness_file(folder).said().released_to(*SECOND) is PRINCIPALS
    assert entries(folder, 1)[0].with_ == {"other_schools": "names"}


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"new_rounds": "everybody", "other_schools": "nothing", "rounds": []}',
        b'{"new_rounds": "all", "other_schools": "nothing", "rounds": [{"framework": "a", "year": 2025}]}',
        b'{"new_rounds": "all", "other_schools": "nothing", "rounds": 3}',
    ],
)
def test_what_cannot_be_read_lets_nothing_out(folder, wrong):
    (folder / FILE).write_bytes(wrong)
    with pytest.raises(StoreBroken):
        openness_file(folder).said()
    with pytest.raises(StoreBroken):
        release(folder, *SECOND, EVERYBODY, "Anna")
    assert (folder / FILE).read_bytes() == wrong


def test_nothing_is_released_that_is_not_written_down(folder):
    release(folder, *SECOND, MANAGEMENT, "Anna")
    (folder / "audit.jsonl").unlink()
    (folder / "audit.jsonl").mkdir()
    with pytest.raises(StoreBroken):
        release(folder, *SECOND, EVERYBODY, "Anna")
    assert openness_file(folder).said().released_to(*SECOND) is MANAGEMENT


def test_in_one_person_s_store_there_is_nobody_to_tell(folder):
    (folder / "audit.jsonl").unlink()
    release(folder, *SECOND, MANAGEMENT, "Anna")
    assert not (folder / "audit.jsonl").exists()


def test_there_must_be_a_store(tmp_path):
    with pytest.raises(StoreMissing):
        release(tmp_path, *SECOND, EVERYBODY, "Anna")
    assert list(tmp_path.iterdir()) == []
