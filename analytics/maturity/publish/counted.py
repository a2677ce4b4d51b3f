"""How many gave each answer, school by school: counted once, for as long as a round's answers are what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.maturity.publish.followed import SchoolRoundKey
from analytics.maturity.publish.kept import Arrays, KeptFigures, digest_of
from analytics.model.frameworks import Framework
from analytics.model.present import present

SQL = Path(__file__).parent / "sql"
LEVEL_ANSWERS = (SQL / "level_answers.sql").read_text("utf-8")
RESPONDED = (SQL / "responded.sql").read_text("utf-8")
OF_ROUND = "select school_id, criterion, level, answers from level_answers where framework = ? and year = ?"
ROUND = pa.schema([("framework", pa.string()), ("year", pa.int16())])
RESPONDED_THERE = pa.schema([*ROUND, ("school_id", pa.string()), ("responded", pa.int64())])

Round = tuple[str, int]  # framework, year


class CountedRound(NamedTuple):
    """The answers of a round. A cell an entry, in the order of `schools` and of the framework's criteria: which of them
    its `school` and its `criterion` are, its answers per level (a column each), and don't knows. A school an entry: how
    many `responded`, as round_people.sql has it where nobody states it; -1 where too few did in every cell."""

    schools: list[str]
    school: np.ndarray
    criterion: np.ndarray
    levels: np.ndarray
    dont_know: np.ndarray
    responded: np.ndarray


Counted = dict[Round, CountedRound]


def count_rounds(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Sequence[Framework],
    digests: Mapping[SchoolRoundKey, bytes],
    hide_below: int,
    kept: KeptFigures,
) -> Counted:
    """Every round that there are answers of. `digests`: of all that is said in each school's."""
    said: dict[Round, dict[str, bytes]] = defaultdict(dict)
    for (framework, year, school_id), digest in sorted(digests.items()):
        said[framework, year][school_id] = digest
    under = {round_: digest_of("counted", *round_, list(each.values())) for round_, each in said.items()}
    known = {round_: kept.known(digest) for round_, digest in under.items()}
    anew = {round_: list(said[round_]) for round_, found in known.items() if found is None}
    for round_, arrays in _count(connection, frameworks, anew, hide_below).items():
        known[round_] = kept.keep(under[round_], arrays)
    return {round_: CountedRound(list(said[round_]), *present(arrays)) for round_, arrays in known.items()}


def responded_table(counted: Counted) -> pa.Table:
    """One row a school-round with a shown cell: how many responded, as far as the answers tell."""
    rows = [
        (*round_, school_id, responded)
        for round_, each in counted.items()
        for school_id, responded in zip(each.schools, each.responded.tolist(), strict=True)
        if responded >= 0
    ]
    return _table(rows, RESPONDED_THERE)


def _count(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Sequence[Framework],
    rounds: Mapping[Round, Sequence[str]],
    hide_below: int,
) -> dict[Round, Arrays]:
    """What CountedRound has of these rounds beside the schools' names, which are given."""
    if not rounds:
        return {}
    by_id = {framework.id: framework for framework in frameworks}
    connection.register("to_count", _table(rounds, ROUND))
    connection.execute(LEVEL_ANSWERS)
    responded = {
        tuple(key): people for *key, people in connection.execute(RESPONDED, {"hide_below": hide_below}).fetchall()
    }
    found = {}
    for round_, schools in rounds.items():
        rows = connection.execute(OF_ROUND, round_).to_arrow_table()
        people = [responded.get((*round_, school_id), -1) for school_id in schools]
        found[round_] = (*_cells(by_id[round_[0]], schools, rows), np.array(people, dtype=np.int32))
    connection.execute("drop table level_answers")
    connection.unregister("to_count")
    return found


def _cells(framework: Framework, schools: Sequence[str], rows: pa.Table) -> Arrays:
    """From a row a school x criterion x level, in no order: school, criterion, levels and don't knows of the cells."""
    school, criterion = (
        _places(rows["school_id"], schools),
        _places(rows["criterion"], [c.id for c in framework.criteria]),
    )
    level = (
        rows["level"].cast(pa.int64()).fill_null(framework.scale_min - 1).to_numpy()
    )  # a column of its own, the first
    asked = criterion >= 0  # of one that the framework has no more nothing is published
    cell, at = np.unique(school[asked] * len(framework.criteria) + criterion[asked], return_inverse=True)
    counts = np.zeros((len(cell), 1 + len(framework.levels)), dtype=np.int64)
    np.add.at(counts, (at, level[asked] - framework.scale_min + 1), rows["answers"].to_numpy()[asked])
    figures = *np.divmod(cell, len(framework.criteria)), counts[:, 1:], counts[:, 0]
    return tuple(each.astype(np.int32) for each in figures)


def _places(column: pa.ChunkedArray, names: Sequence[str]) -> np.ndarray:
    """Where each is among the names; -1 where it is none of them."""
    return pc.index_in(column, pa.array(names, pa.string())).fill_null(-1).to_numpy().astype(np.int64)


def _table(rows: Iterable[tuple], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(each, field.type) for each, field in zip(columns, schema, strict=True)], schema)
