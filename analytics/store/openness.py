"""What a city tells whom, in a small file of the store's own (store/beside.py): to whom each round's result has been
released, to whom new ones are, and what schools are told of each other. Where it does not lie, every round is released
to all, and schools are told nothing of each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from analytics.model.errors import StoreMissing
from analytics.model.people import Audience, Did, Openness, OtherSchools, RoundRelease
from analytics.model.schools import RoundId
from analytics.store.audit import note_where_kept
from analytics.store.beside import FileBeside, word
from analytics.store.reading import View
from analytics.store.versions import holds_a_store

FILE = "openness.json"


def openness_file(folder: Path) -> FileBeside[Openness]:
    return FileBeside(Path(folder) / FILE, _parsed, Openness())


def rounds_in(view: View) -> tuple[RoundId, ...]:
    """Every round that a version has figures of, oldest first."""
    found = "select framework, year from school_round union select framework, year from city_cell order by 2, 1"
    return tuple((framework, year) for framework, year in view.rows(found))


def release(folder: Path, framework: str, year: int, to: Audience, by: str) -> RoundRelease:
    """Releases a round's result to these, and holds it back from all others. It is written down first. Raises
    StoreMissing, StoreBusy or StoreBroken."""
    _must_be_there(folder)
    row = RoundRelease(framework, year, to, datetime.now(UTC), by)
    note_where_kept(folder, by, Did.RELEASED, framework=framework, year=year, to=to.value)
    openness_file(folder).change(lambda said: replace(said, rounds=_with(said.rounds, [row])), _text)
    return row


def release_new_rounds(folder: Path, to: Audience, rounds: Iterable[RoundId], by: str) -> Openness:
    """Sets to whom rounds go that are yet to come; those that there are (`rounds`) stay as they are. Raises as
    `release`."""
    _must_be_there(folder)
    note_where_kept(folder, by, Did.OPENNESS_SET, new_rounds=to.value)

    def change(said: Openness) -> Openness:
        now, told = datetime.now(UTC), {(row.framework, row.year) for row in said.rounds}
        kept = [RoundRelease(*of, said.new_rounds, now, by) for of in rounds if of not in told]
        return replace(said, new_rounds=to, rounds=_with(said.rounds, kept))

    file = openness_file(folder)
    file.change(change, _text)
    return file.said()


def tell_of_other_schools(folder: Path, what: OtherSchools, by: str) -> Openness:
    """Sets what schools are told of each other. Raises as `release`."""
    _must_be_there(folder)
    note_where_kept(folder, by, Did.OPENNESS_SET, other_schools=what.value)
    file = openness_file(folder)
    file.change(lambda said: replace(said, other_schools=what), _text)
    return file.said()


def _must_be_there(folder: Path) -> None:
    if not holds_a_store(folder):
        raise StoreMissing(str(folder))


def _with(rows: Iterable[RoundRelease], new: Iterable[RoundRelease]) -> tuple[RoundRelease, ...]:
    found = {(row.year, row.framework): row for row in (*rows, *new)}
    return tuple(found[key] for key in sorted(found))


def _text(said: Openness) -> str:
    rounds = [
        {
            "framework": row.framework,
            "year": row.year,
            "to": row.to.value,
            "since": row.since.isoformat(timespec="seconds"),
            "by": row.by,
        }
        for row in said.rounds
    ]
    whole = {"new_rounds": said.new_rounds.value, "other_schools": said.other_schools.value, "rounds": rounds}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _parsed(text: str) -> Openness:
    said = orjson.loads(text)
    rounds = (
        RoundRelease(
            word(one["framework"]),
            int(one["year"]),
            Audience(one["to"]),
            datetime.fromisoformat(one["since"]),
            str(one["by"]),
        )
        for one in said["rounds"]
    )
    return Openness(Audience(said["new_rounds"]), OtherSchools(said["other_schools"]), _with((), rounds))
