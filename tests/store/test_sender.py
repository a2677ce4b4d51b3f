"""Who sends the yearly report: kept beside the versions, written down, and never half read."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.model.errors import StoreBroken, StoreMissing
from analytics.model.sender import NOBODY, Dispatches, Filing, Sender
from analytics.store.audit import entries
from analytics.store.backup import BESIDE
from analytics.store.sender import FILE, file_report, sender_file, tell_sender

CITY = Sender("Malmö stad", "Grundskolenämnden", introduction="Två\nrader")
FILED = Filing("GRF-2019-12", date(2019, 2, 20), "§ 25")


@pytest.fixture
def folder(tmp_path):
    """What is enough of a store, that several people use."""
    (tmp_path / "CURRENT").write_text("{}")
    (tmp_path / "audit.jsonl").touch()
    return tmp_path


def test_what_is_said_of_the_city_is_of_every_year_and_the_rest_of_one(folder):
    there = sender_file(folder)
    assert there.said() == Dispatches() and there.said().of(2018) == NOBODY
    tell_sender(folder, CITY, "Anna")
    file_report(folder, 2018, FILED, "Bo")
    assert (there.said().of(2018).sender, there.said().of(2018).filing) == (CITY, FILED)
    assert (there.said().of(2019).sender, there.said().of(2019).filing) == (CITY, Filing())
    told = [(one.by, one.did, one.with_) for one in entries(folder, 9)]
    assert told == [("Bo", "sender_set", {"year": 2018}), ("Anna", "sender_set", {})]


def test_a_backup_takes_it_along():
    assert FILE in BESIDE


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"sender": {"city": 3}, "years": {}}', '{"sender": {}, "years": {"x": {}}}']
)
def test_a_file_that_is_not_as_it_should_be_is_broken_and_not_empty(folder, text):
    (folder / FILE).write_text(text)
    with pytest.raises(StoreBroken):
        sender_file(folder).said()


def test_nothing_is_said_where_there_is_no_store(tmp_path):
    with pytest.raises(StoreMissing):
        tell_sender(tmp_path, CITY, "Anna")
