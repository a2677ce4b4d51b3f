"""Who sends the yearly report, in a small file of the store's own (store/beside.py): the city, its committee and
administration, whom to ask, an introduction, and for each year the report's number, day and decision. Where it does not
lie, nobody has said anything.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path

import orjson

from analytics.model.errors import StoreMissing
from analytics.model.people import Did
from analytics.model.sender import Dispatches, Filing, Sender
from analytics.store.audit import note_where_kept
from analytics.store.beside import FileBeside
from analytics.store.versions import holds_a_store

FILE = "sender.json"


def sender_file(folder: Path) -> FileBeside[Dispatches]:
    return FileBeside(Path(folder) / FILE, _parsed, Dispatches())


def tell_sender(folder: Path, sender: Sender, by: str) -> None:
    """Says who sends the reports, of every year. It is written down first. Raises StoreMissing, StoreBusy or
    StoreBroken."""
    _must_be_there(folder)
    note_where_kept(folder, by, Did.SENDER_SET)
    sender_file(folder).change(lambda said: replace(said, sender=sender), _text)


def file_report(folder: Path, year: int, filing: Filing, by: str) -> None:
    """Says how a year's report is kept and decided on. Raises as `tell_sender`."""
    _must_be_there(folder)
    note_where_kept(folder, by, Did.SENDER_SET, year=year)
    sender_file(folder).change(lambda said: replace(said, filings={**said.filings, year: filing}), _text)


def _must_be_there(folder: Path) -> None:
    if not holds_a_store(folder):
        raise StoreMissing(str(folder))


def _text(said: Dispatches) -> str:
    years = {
        str(year): asdict(filing) | {"day": filing.day.isoformat() if filing.day else None}
        for year, filing in sorted(said.filings.items())
    }
    return json.dumps({"sender": asdict(said.sender), "years": years}, ensure_ascii=False, indent=1) + "\n"


def _parsed(text: str) -> Dispatches:
    said = orjson.loads(text)
    sender = {field.name: _line(said["sender"].get(field.name, "")) for field in fields(Sender)}
    filings = {
        int(year): Filing(
            _line(one["number"]), date.fromisoformat(one["day"]) if one["day"] else None, _line(one["decision"])
        )
        for year, one in said["years"].items()
    }
    return Dispatches(Sender(**sender), filings)


def _line(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value
