"""What stands in answers files of answers that were taken away: the protocols, and which rounds a file holds.

A protocol lies in the file that the taking away has made, so that neither is ever there without the other, and every
later version has it. It says what went, when, by whom and by what rule: of answers no more than whose they were not any
more (school, round), and of no round how many.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analytics.model.errors import StoreBroken
from analytics.store.in_turn import InTurn
from analytics.store.rollback import known_versions

Round = tuple[str, int, str]
"""(framework, year, school)."""
HOLDING = ("answer", "level_count", "participation", "round_source")
"""The tables of an answers file that are of a round."""


@dataclass(frozen=True, slots=True)
class Rule:
    """By what anything went: the store's retention (`answers_years`, `versions_days`, `decision`), or because somebody
    said so outright (`round`, `school`, `figures`; `decision`: their reason)."""

    outright: bool
    decision: str = ""
    answers_years: int | None = None
    versions_days: int | None = None
    round: str = ""
    school: str = ""
    figures: bool = False


@dataclass(frozen=True, slots=True)
class GoneVersion:
    """A version that went: what it said of itself; `made_at` is UTC, '' where it could not be read."""

    number: int
    made_at: str
    by: str
    action: str


@dataclass(frozen=True, slots=True)
class Disposal:
    """A protocol. `answers`: rounds whose answers went, their figures staying; `figures`: those whose figures went too;
    `briefs`: rounds whose frozen brief went. `version`: the one that it made, 0 as long as it has made none."""

    version: int
    at: datetime
    by: str
    rule: Rule
    answers: tuple[Round, ...]
    figures: tuple[Round, ...]
    briefs: tuple[Round, ...]
    versions: tuple[GoneVersion, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.figures or self.briefs or self.versions)


def write_disposal(connection: duckdb.DuckDBPyConnection, disposal: Disposal, number: int) -> None:
    """Puts the protocol in the answers file of the version that is being made."""
    said = asdict(replace(disposal, version=number))
    made = said.pop("at").replace(tzinfo=None)
    connection.execute("insert into disposal values (?, ?, ?)", [number, made, json.dumps(said, ensure_ascii=False)])


def disposals(folder: Path) -> tuple[Disposal, ...]:
    """Every protocol that any version has, the oldest first. Raises StoreMissing, and StoreBroken where the folder
    cannot be read; a version that cannot be read has none to tell."""
    found: dict[tuple[int, datetime], Disposal] = {}
    with InTurn(folder) as files:
        for name in dict.fromkeys(version.answers for version in reversed(known_versions(folder))):
            with suppress(StoreBroken), files.opened(folder / name, has="round_source") as stored:
                found = disposals_in(stored) | found
    return tuple(found[key] for key in sorted(found))


def disposals_in(connection: duckdb.DuckDBPyConnection) -> dict[tuple[int, datetime], Disposal]:
    """The protocols of an answers file, by version and time."""
    if not _has(connection, "disposal"):
        return {}
    rows = connection.execute("select version, made_at, contents from disposal order by all").fetchall()
    return {(version, at): _read(at, json.loads(contents)) for version, at, contents in rows}


def _read(at: datetime, said: dict) -> Disposal:
    rounds = {name: tuple((f, y, s) for f, y, s in said[name]) for name in ("answers", "figures", "briefs")}
    versions = tuple(GoneVersion(**one) for one in said["versions"])
    rule = Rule(**said["rule"])
    return Disposal(said["version"], at.replace(tzinfo=UTC), said["by"], rule, **rounds, versions=versions)


def rounds_in(connection: duckdb.DuckDBPyConnection) -> dict[Round, int | None]:
    """The school-rounds that an answers file holds anything of, each with the version that brought it (None: nobody
    knows, as where there is nothing but how many took part)."""
    every = " union ".join(f"select framework, year, school_id from {table}" for table in HOLDING)
    brought = "left join round_source using (framework, year, school_id)"
    rows = connection.execute(f"select e.*, max(version) from ({every}) e {brought} group by all").fetchall()
    return {(framework, year, school): version for framework, year, school, version in rows}


def disposed_rounds(connection: duckdb.DuckDBPyConnection) -> frozenset[Round]:
    """The school-rounds whose figures stay without their answers, as an answers file says."""
    if not _has(connection, "disposed_round"):
        return frozenset()
    rows = connection.execute("select framework, year, school_id from disposed_round").fetchall()
    return frozenset((framework, year, school) for framework, year, school in rows)


def tables_of(connection: duckdb.DuckDBPyConnection, database: str) -> frozenset[str]:
    """The tables of an attached file; one that an earlier edition made may lack some."""
    sql = "select table_name from duckdb_tables() where database_name = ? and not internal"
    return frozenset(name for (name,) in connection.execute(sql, [database]).fetchall())


def _has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    sql = "select 1 from duckdb_tables() where table_name = ? and not internal"
    return bool(connection.execute(sql, [table]).fetchall())


def by_round(rounds: Iterable[Round]) -> dict[tuple[str, int], list[str]]:
    """(framework, year) -> the schools, both in order."""
    found: dict[tuple[str, int], list[str]] = {}
    for framework, year, school in sorted(rounds):
        found.setdefault((framework, year), []).append(school)
    return found
