"""`kvalitet versions`: what every version says of itself, also where another one's files are missing or damaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from analytics.cli.output import announce, print_json, tell_of_the_store
from analytics.cli.store_words import store_problem
from analytics.funding.removed import RemovedProject, in_words, removed_projects
from analytics.loads.load import LoadOutcome
from analytics.loads.near_copies import Round
from analytics.loads.purging import Telling, telling
from analytics.model.errors import PointerLost, StoreBroken
from analytics.store.reading import VersionRecord, View, version_record
from analytics.store.rollback import check_whole, known_versions
from analytics.store.sources import SourceFile, sources_of
from analytics.store.versions import Published, read_current
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class Listed:
    """A version: what it says of itself, the files that it was made from, and the projects that it took away."""

    record: VersionRecord
    files: tuple[SourceFile, ...]
    removed: tuple[RemovedProject, ...]


def list_versions(folder: Path, as_json: bool, say: Words) -> bool:
    """Prints every version that can be read, and what is wrong with the others; returns whether nothing is. Raises
    StoreMissing."""
    broken: dict[str, StoreBroken] = {}  # by the file that is missing or damaged
    try:
        in_force = read_current(folder).in_force
        check_whole(folder, in_force)
    except PointerLost as error:
        in_force = None
        broken[str(error)] = error
    except StoreBroken as error:
        broken[_file_of(error)] = error
    listed = []
    for version in known_versions(folder):
        try:
            listed.append(_listed(folder, version, broken))
        except StoreBroken as error:
            broken.setdefault(_file_of(error), error)
    number = in_force.number if in_force else None
    tells = {one.version.number: one for one in telling(folder)}
    problems = tuple(store_problem(error, say) for error in broken.values())
    if as_json:
        versions = [_as_json(one, number, tells.get(one.record.number)) for one in listed]
        print_json(LoadOutcome(number, (), problems), versions=versions)
    else:
        _print(listed, tells, number, say)
        tell_of_the_store(problems, say)
    return not broken


def _listed(folder: Path, version: Published, broken: dict[str, StoreBroken]) -> Listed:
    """Raises StoreBroken where the view cannot be read; where the answers cannot, they are put to what is broken."""
    view = View(folder / version.view, version.number)
    try:
        record, removed = version_record(view), removed_projects(view)
        try:
            files = sources_of(folder, version, view)
        except StoreBroken as error:
            broken.setdefault(_file_of(error), error)
            files = ()
    finally:
        view.close()
    return Listed(record, files, removed)


def _file_of(error: StoreBroken) -> str:
    return str(error).partition(": ")[0]


def _as_json(listed: Listed, in_force: int | None, telling: Telling | None) -> dict[str, object]:
    record = listed.record
    return {
        "version": record.number,
        "in_force": record.number == in_force,
        "parent": record.parent,
        "created_at": record.created_at.isoformat(timespec="seconds"),
        "by": record.loaded_by,
        "action": record.action,
        "files": [{"file": f.file, "sha256": f.sha256, "kind": f.kind, "rows": f.rows} for f in listed.files],
        "removed_projects": [
            {
                "project_id": gone.id,
                "title": gone.title,
                "rows": dict(gone.rows),
                "paid_sek": orjson.Fragment(str(gone.paid_sek)),
            }
            for gone in listed.removed
        ],
        "tells_beside_later": [
            {"framework": framework, "year": year, "school_id": school}
            for framework, year, school in rounds_told(telling)
        ],
    }


def _print(versions: Sequence[Listed], telling: Mapping[int, Telling], in_force: int | None, say: Words) -> None:
    """Every version with its files, the projects that it took away and what of it should be taken away; the one in
    force has a star."""
    for listed in versions:
        record = listed.record
        mark = "*" if record.number == in_force else " "
        announce(f"{mark} {record.number}  {record.created_at:%Y-%m-%d %H:%M} UTC  {record.loaded_by}  {record.action}")
        for file in listed.files:
            rows = say.plural("{n} row", "{n} rows", file.rows)
            announce(f"     {file.kind}  {file.file}  {rows}  sha256 {file.sha256}")
        for gone in listed.removed:
            announce(f"     {in_words(gone, say)}")
        if told := rounds_told(telling.get(record.number)):
            text = say.plural(
                "holds {n} round as it was before one to four people's answers were changed ({rounds}): kvalitet purge "
                "takes the version away",
                "holds {n} rounds as they were before one to four people's answers were changed ({rounds}): kvalitet "
                "purge takes the version away",
                len(told),
                rounds=", ".join(f"{school} {year}" for _, year, school in told),
            )
            announce(f"     {text}")


def rounds_told(telling: Telling | None) -> list[Round]:
    """The rounds that a version holds, or a frozen brief in it is of, as they were before a few people's answers were
    changed."""
    if telling is None:
        return []
    return sorted({*telling.rounds, *((framework, year, school) for school, framework, year in telling.briefs)})
