"""Taking answers away for good: in the version in force, in every earlier one, and in whatever file lies there still.

The version in force is made anew without them; all others that hold them go with the same move of CURRENT, so that a
store from which half is gone is never there. What is made anew is written into empty files: in a copy what is deleted
could be read still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.loads.load import NewView, in_steps
from analytics.loads.told_starts import round_starts
from analytics.model.errors import LeftBehind, StoreBroken
from analytics.model.people import Did
from analytics.store.audit import note_where_kept
from analytics.store.copying import nobody_copies
from analytics.store.disposals import (
    HOLDING,
    Disposal,
    GoneVersion,
    Round,
    Rule,
    disposed_rounds,
    rounds_in,
    tables_of,
    write_disposal,
)
from analytics.store.homes import at_hand
from analytics.store.reading import (
    HARDENED,
    NOTHING_SPILLED,
    QUIET,
    Store,
    View,
    open_answers,
    quoted,
    seal,
    version_record,
)
from analytics.store.reference import read_frameworks
from analytics.store.rollback import known_versions, lying
from analytics.store.versions import OF_A_VERSION, Published, numbers_taken, read_current
from analytics.store.writing import locked, write_version

ACTION = "gallra"
Goes = Callable[[Round, int | None], bool]
"""Whether a school-round that came with a version is to go."""
ROUND = ("framework", "year", "school_id")
COPY = "insert into {table} by name select * from before.{table} anti join gone using (framework, year, school_id)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to go, and by what rule. `figures`: those of the rounds too; `versions_before`: versions that another
    took the place of before that (UTC)."""

    rule: Rule
    goes: Goes
    figures: bool = False
    versions_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of it: as the protocol says it, and the files. `held`: what of it the version in force holds."""

    disposal: Disposal
    held: tuple[Round, ...]
    versions: tuple[Published, ...]
    files: tuple[str, ...]


def look_through(folder: Path, wanted: Wanted, by: str) -> Disposal:
    """What would go; changes nothing. Raises StoreMissing, StoreOld, StoreNewer or StoreBroken."""
    return _found(folder, Store(folder).current(), wanted, by).disposal


def dispose(folder: Path, wanted: Wanted, by: str) -> Disposal:
    """Takes it away; the protocol, which is empty where there was nothing. Raises as `look_through`, StoreBusy, and
    LeftBehind where all is done but a file lies there still."""
    from analytics.maturity.publish.version import publish  # scipy takes seconds to import

    with nobody_copies(folder), locked(folder):
        view = Store(folder).current()
        found = _found(folder, view, wanted, by)
        if found.disposal.is_empty:
            return found.disposal
        limit, noise = version_record(view).hide_below, _noise(folder, view, found)
        anew = bool(found.disposal.figures)

        def change_view(connection: duckdb.DuckDBPyConnection, number: int) -> pa.Table | None:
            worked_out = None
            for key in found.disposal.briefs:
                connection.execute("delete from frozen_brief where (framework, year, school_id) = (?, ?, ?)", key)
            if anew:
                connection.register("gone", _table(found.disposal.figures))
                connection.execute("delete from near_copy where (framework, year, school_id) in (from gone)")
                connection.unregister("gone")
                frameworks = read_frameworks(NewView(connection))
                worked_out = publish(connection, frameworks, limit, in_steps=in_steps(folder))
                round_starts(connection)
            note_where_kept(folder, by, Did.ANSWERS_DISPOSED, **_for_the_audit(found.disposal))
            return worked_out

        number = write_version(
            folder,
            loaded_by=by,
            action=ACTION,
            sources=(),
            hide_below=limit,
            change_answers=lambda connection, number: False,
            change_view=change_view,
            figures_stay=not anew,
            funding_stays=not anew,
            answers_anew=lambda connection, number: _what_stays(connection, number, found, noise),
            let_go=found.versions,
            let_go_files=found.files,
        )
        left = [name for name in found.files if (folder / name).exists()]
        if left:
            raise LeftBehind(f"{folder / left[0]}: {', '.join(left)}")
        return replace(found.disposal, version=number)


def _found(folder: Path, view: View, wanted: Wanted, by: str) -> Found:
    """What of it there is, in the version in force (`view`) and in the others."""
    current = read_current(folder)
    in_force = current.version(view.number)
    others = [version for version in _every_version(folder) if version.number != in_force.number]
    with open_answers(folder / in_force.answers) as stored:
        held = {key for key, version in rounds_in(stored).items() if wanted.goes(key, version)}
        standing = {key for key in disposed_rounds(stored) if wanted.figures and wanted.goes(key, None)}
    for name in (name for version in others for name in (version.view, version.answers)):
        at_hand(folder / name)  # each is looked through, wherever it lies
    gone, unread = _holding(folder, wanted)
    told = {version: _told(folder, version, wanted) for version in others}
    briefs = {key for key, made in _briefs(view).items() if wanted.figures and wanted.goes(key, made)}
    if gone or standing or briefs or True in told.values():  # what cannot be read may hold it too; alone it is no sign
        gone |= unread
        told = {version: told_ is not False for version, told_ in told.items()}
    old = _old(folder, [*others, in_force], in_force, wanted)
    versions = [version for version in others if version.answers in gone or version in old or told[version]]
    if held or standing or briefs:
        versions.append(in_force)
    kept = {name for one in (*others, in_force) if one not in versions for name in (one.view, one.answers)}
    files = {*gone, *(name for version in versions for name in (version.view, version.answers))} - kept
    numbers = [_gone_version(folder, version) for version in sorted(versions, key=lambda one: one.number)]
    figures = {*held, *standing} if wanted.figures else set()
    disposal = Disposal(
        0, datetime.now(UTC).replace(microsecond=0), by, wanted.rule,
        tuple(sorted(held - figures)), tuple(sorted(figures)), tuple(sorted(briefs)), tuple(numbers),
    )  # fmt: skip
    return Found(disposal, tuple(sorted(held)), tuple(versions), tuple(sorted(files)))


def _every_version(folder: Path) -> list[Published]:
    """Those that CURRENT names, and those whose files lie there though it does not."""
    listed = known_versions(folder)
    left = numbers_taken(folder) - {version.number for version in listed}
    return sorted({*listed, *lying(folder, sorted(left))}, key=lambda version: version.number)


def _holding(folder: Path, wanted: Wanted) -> tuple[set[str], set[str]]:
    """The files of answers that hold any of it, and those that cannot be read, of which no version can be made."""
    found, unread = set(), set()
    for path in folder.iterdir():
        match = OF_A_VERSION.fullmatch(path.name)
        if match and match[1].lower() == "answers":
            try:
                with open_answers(path) as stored:
                    if any(wanted.goes(key, version) for key, version in rounds_in(stored).items()):
                        found.add(path.name)
            except StoreBroken:
                unread.add(path.name)
    return found, unread


def _told(folder: Path, version: Published, wanted: Wanted) -> bool | None:
    """Whether figures that are to go, or a brief made of them, stand in an earlier version; None: it cannot be read."""
    if not wanted.figures or not (folder / version.view).exists():
        return False
    try:
        view = View(folder / version.view, version.number)
    except StoreBroken:
        return None
    try:
        told = view.rows("select framework, year, school_id, loaded_version from school_round")
        rounds = {(framework, year, school): loaded for framework, year, school, loaded in told}
        return any(wanted.goes(key, made) for key, made in [*rounds.items(), *_briefs(view).items()])
    except StoreBroken:
        return None
    finally:
        view.close()


def _briefs(view: View) -> dict[Round, int]:
    """The rounds that the version has a frozen brief of, and the version that it was made from."""
    rows = view.rows("select framework, year, school_id, made_from from frozen_brief")
    return {(framework, year, school): made for framework, year, school, made in rows}


def _old(folder: Path, versions: list[Published], in_force: Published, wanted: Wanted) -> set[Published]:
    """The versions that others have long taken the place of; none where only taking away has made them, or each taking
    away would be the reason for another."""
    if wanted.versions_before is None:
        return set()
    made = {version: _gone_version(folder, version) for version in versions}
    by_number = sorted(versions, key=lambda version: version.number)
    followed = {one: made[later].made_at for one, later in pairwise(by_number)}
    before = wanted.versions_before.isoformat()
    old = {
        version for version in versions if version != in_force and followed.get(version, made[version].made_at) < before
    }
    return old if any(made[version].action != ACTION for version in old) else set()


def _gone_version(folder: Path, version: Published) -> GoneVersion:
    try:
        view = View(folder / version.view, version.number)
    except StoreBroken:
        return GoneVersion(version.number, "", "", "")
    try:
        record = version_record(view)
        return GoneVersion(
            version.number, record.created_at.isoformat(timespec="seconds"), record.loaded_by, record.action
        )
    except StoreBroken:
        return GoneVersion(version.number, "", "", "")
    finally:
        view.close()


def _noise(folder: Path, view: View, found: Found) -> pa.Table:
    """What following people says of the rounds whose figures stay: a row of disposed_noise a school x area."""
    from analytics.maturity.publish.version import AREA_PARTS

    with duckdb.connect(config=HARDENED) as connection:
        connection.execute(QUIET)
        connection.execute(NOTHING_SPILLED)
        answers = folder / read_current(folder).version(view.number).answers
        connection.execute(f"attach '{quoted(answers)}' as answers (read_only)")
        connection.execute(f"attach '{quoted(view.path)}' as base (read_only)")
        seal(connection)
        connection.register("gone", _table(found.disposal.answers))
        connection.execute("create temp view framework as from base.framework")
        connection.execute("create temp table cell as from base.cell semi join gone using (framework, year, school_id)")
        connection.execute(
            "create temp table followed_before"
            " (framework varchar, year smallint, school_id varchar, area varchar, respondents double, error double)"
        )
        connection.execute(AREA_PARTS, {"hide_below": version_record(view).hide_below})
        return connection.execute(
            "select framework, year, school_id, area, respondents, followed_error as error from area_parts"
            " where followed_error is not null order by all"
        ).to_arrow_table()


def _what_stays(connection: duckdb.DuckDBPyConnection, number: int, found: Found, noise: pa.Table) -> None:
    """Fills the new answers file from the one `before`, and puts the protocol in."""
    there = tables_of(connection, "before")
    connection.register("gone", _table(found.held))
    for table in HOLDING:
        connection.execute(f"{COPY.format(table=table)} order by rowid")
    connection.unregister("gone")
    connection.register("gone", _table(found.disposal.figures))
    for table in {"disposed_round", "disposed_noise"} & there:
        connection.execute(COPY.format(table=table))
    connection.unregister("gone")
    connection.register("stays", _table(found.disposal.answers))
    connection.execute("insert into disposed_round select *, ? from stays", [number])
    connection.unregister("stays")
    connection.register("noise", noise)
    connection.execute("insert into disposed_noise by name select * from noise")
    connection.unregister("noise")
    if "disposal" in there:
        connection.execute("insert into disposal by name select * from before.disposal")
    write_disposal(connection, found.disposal, number)


def _table(rounds: Iterable[Round]) -> pa.Table:
    columns = list(zip(*rounds, strict=True)) or [(), (), ()]
    types = (pa.string(), pa.int16(), pa.string())
    return pa.table(dict(zip(ROUND, map(pa.array, columns, types), strict=True)))


def _for_the_audit(disposal: Disposal) -> dict[str, object]:
    """What went, as the audit file says it: rounds and versions, no schools' lists."""
    rounds = {f"{framework}/{year}": "answers" for framework, year, _ in disposal.answers}
    rounds |= {f"{framework}/{year}": "answers and figures" for framework, year, _ in disposal.figures}
    schools = sorted({school for *_, school in disposal.figures}) if disposal.rule.school else []
    return {"rounds": rounds, "schools": schools, "versions": [one.number for one in disposal.versions]}
