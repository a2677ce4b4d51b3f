"""`kvalitet versions`: what every version says of itself, also where another one's files are missing or damaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson

from analytics.cli.output import announce, on_one_line, print_json, tell_of_the_store
from analytics.cli.store_words import store_problem
from analytics.funding.removed import in_words
from analytics.loads.load import LoadOutcome
from analytics.loads.near_copies import Round
from analytics.loads.purging import Telling, telling
from analytics.loads.version_list import Listed, listed
from analytics.model.errors import PointerLost, StoreBroken
from analytics.store.rollback import check_whole, known_versions
from analytics.store.versions import read_current
from analytics.words.language import Words


def list_versions(folder: Path, as_json: bool, say: Words) -> bool:
    """Prints every version that can be read, and what is wrong with the others; returns whether nothing is. Raises
    StoreMissing."""
    broken: dict[str, StoreBroken] = {}  # by the file that is missing or damaged
    in_force = None
    try:
        in_force = read_current(folder).in_force
        check_whole(folder, in_force)
    except PointerLost as error:
        broken[str(error)] = error
    except StoreBroken as error:
        broken[_file_of(error)] = error
    found = []
    for version in known_versions(folder):
        try:
            one = listed(folder, version)
        except StoreBroken as error:
            broken.setdefault(_file_of(error), error)
            continue
        if one.broken:
            broken.setdefault(_file_of(one.broken), one.broken)
        found.append(one)
    number = in_force.number if in_force else None
    tells = {one.version.number: one for one in telling(folder)}
    problems = tuple(store_problem(error, say) for error in broken.values())
    if as_json:
        versions = [_as_json(one, number, tells.get(one.record.number)) for one in found]
        print_json(LoadOutcome(number, (), problems), versions=versions)
    else:
        _print(found, tells, number, say)
        tell_of_the_store(problems, say)
    return not broken


def _file_of(error: StoreBroken) -> str:
    return str(error).partition(": ")[0]


def _as_json(version: Listed, in_force: int | None, telling: Telling | None) -> dict[str, object]:
    record = version.record
    return {
        "version": record.number,
        "in_force": record.number == in_force,
        "parent": record.parent,
        "created_at": record.created_at.isoformat(timespec="seconds"),
        "by": record.loaded_by,
        "action": record.action,
        "files": [{"file": f.file, "sha256": f.sha256, "kind": f.kind, "rows": f.rows} for f in version.files],
        "removed_projects": [
            {
                "project_id": gone.id,
                "title": gone.title,
                "rows": dict(gone.rows),
                "paid_sek": orjson.Fragment(str(gone.paid_sek)),
            }
            for gone in version.removed
        ],
        "tells_beside_later": [
            {"framework": framework, "year": year, "school_id": school}
            for framework, year, school in rounds_told(telling)
        ],
    }


def _print(versions: Sequence[Listed], telling: Mapping[int, Telling], in_force: int | None, say: Words) -> None:
    """Every version with its files, the projects that it took away and what of it should be taken away; the one in
    force has a star."""
    for version in versions:
        record = version.record
        mark = "*" if record.number == in_force else " "
        who = on_one_line(record.loaded_by)
        announce(f"{mark} {record.number}  {record.created_at:%Y-%m-%d %H:%M} UTC  {who}  {record.action}")
        for file in version.files:
            rows = say.plural("{n} row", "{n} rows", file.rows)
            announce(f"     {file.kind}  {file.file}  {rows}  sha256 {file.sha256}")
        for gone in version.removed:
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
